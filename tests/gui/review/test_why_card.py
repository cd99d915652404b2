from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt

from qmix_core.base.types import Action, Partition
from qmix_gui.review.explanation import similar_strip
from qmix_gui.review.model.alike import words_of
from qmix_gui.review.model.image_scores import ImageScores, explanation_text
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.theme.counted import percent


def sentence(session, sample):
    return explanation_text(session, sample, ImageScores(session).of(sample))


def first_of(session, bucket):
    return next(s for s, code in enumerate(session.verdicts.results.bucket) if code == bucket)


def test_the_sentence_names_both_classes_of_a_wrong_label(session):
    sample = first_of(session, 1)
    given = session.project.samples[sample].label
    seen = session.verdicts.suggested_label(sample)
    assert sentence(session, sample) == f"Labelled {given}; looks like {seen}, 92\u00a0%."


def test_a_close_verdict_is_called_borderline(session):
    sample = first_of(session, 1)
    session.verdicts.results.posterior[sample] = (0.55, 0.45, 0)
    assert sentence(session, sample).startswith("Borderline: ")
    assert "wrong with 45\u00a0%" in sentence(session, sample)


@pytest.mark.parametrize(
    ("bucket", "starts"),
    [(0, "Image and label agree: "), (1, ("Labelled ", "Borderline: ")), (2, "Too poor to read, ")],
)
def test_no_sentence_says_another_thing_than_the_bucket(session, bucket, starts):
    rng = np.random.default_rng(0)
    results = session.verdicts.results
    results.posterior[:] = rng.dirichlet((1, 1, 1), len(results.posterior))
    results.bucket[:] = Partition.of(results.posterior).bucket
    said = [sentence(session, int(row)) for row in np.flatnonzero(results.bucket == bucket)]
    assert said
    assert all(text.startswith(starts) for text in said)


def test_the_card_says_what_the_patients_other_images_did(bench):
    session, card = bench.session, bench.page.why_card
    clean, doubted, poor = (first_of(session, bucket) for bucket in range(3))
    p_wrong = session.verdicts.results.p_wrong
    alone = p_wrong.copy()
    alone[clean], alone[doubted], alone[poor] = 0.6, 0.3, 0.9
    others = [s for s in range(len(alone)) if s not in (clean, doubted, poor)]
    like_the_verdict, of_a_person = others[:2]
    alone[of_a_person] = np.nan
    session.verdicts.history = replace(session.verdicts.history, p_wrong_alone=alone)
    for sample, by_itself in ((clean, 60), (doubted, 30)):
        card.show_sample(sample)
        assert card.patient.isVisibleTo(card)
        with_others = f"{100 * p_wrong[sample]:.0f}\u00a0% with the patient's other images"
        assert f"{by_itself}\u00a0% likely by this image alone" in card.patient.text()
        assert with_others in card.patient.text()
    for sample in (poor, like_the_verdict, of_a_person, None):
        card.show_sample(sample)
        assert not card.patient.isVisibleTo(card)


def test_alike_are_clean_images_until_a_reader_has_verified_some(session):
    sample = 0
    label = session.project.samples[sample].label
    book = ImageScores(session)

    alike = book.similar(sample, label)
    assert not alike.verified
    assert sample not in alike.samples
    assert {int(session.verdicts.results.bucket[s]) for s in alike.samples} == {0}

    assert session.decisions.decide([5], Action.CONFIRM)
    assert session.decisions.decide([12], Action.RELABEL, label=label)
    alike = book.similar(sample, label)
    assert alike.verified
    assert set(alike.samples) == {5, 12}
    assert list(alike.cosines) == sorted(alike.cosines, reverse=True)


@pytest.mark.parametrize("action", [Action.AMBIGUOUS, Action.KEEP_POOR, Action.EXCLUDE])
def test_only_a_confirmed_or_corrected_label_makes_an_image_verified(session, action):
    label = session.project.samples[0].label
    assert session.decisions.decide([3], action)
    assert session.decisions.decide([4], Action.NOTE, note="odd")
    assert not ImageScores(session).similar(0, label).verified


def test_image_corrected_to_another_class_is_an_example_of_that_class_alone(session):
    given, other = session.project.samples[3].label, "severe"
    assert session.decisions.decide([3], Action.RELABEL, label=other)
    book = ImageScores(session)
    assert book.similar(0, other).samples == (3,)
    assert not book.similar(0, given).verified


def test_card_places_the_image_among_all_by_loss_and_uncertainty(bench):
    bench.press(Qt.Key.Key_W)
    session, card = bench.session, bench.page.why_card
    for name in ("loss", "uncertainty"):
        values = getattr(session.verdicts.history, name)[-1].mean(axis=0)
        bench.page.queue.go_to(int(values.argmax()))
        share = (len(values) - 1) / len(values)
        assert (
            f"{getattr(session.verdicts.results, name)[bench.current]:.2f}, above"
            in card._facts.text()
        )
        assert f"above that of {percent(share)}" in card._facts.text()
        bench.page.queue.go_to(int(values.argmin()))
        assert "above that of 0\u00a0%" in card._facts.text()
    assert card._facts.text().startswith("90\u00a0% of the networks' rounds say so.")


def test_the_key_that_asks_why_shows_the_answer_where_the_card_is_low(bench):
    card = bench.page.why_card
    card.setMaximumHeight(200)
    bench.qtbot.waitUntil(lambda: card.height() <= 200)
    bench.press(Qt.Key.Key_W)
    bench.qtbot.waitUntil(lambda: not card._bars.visibleRegion().isEmpty())
    # the next image begins with its sentence
    bench.press(Qt.Key.Key_Right)
    bench.qtbot.waitUntil(lambda: not card.verdict.visibleRegion().isEmpty())


def test_card_explains_the_image_at_hand_and_opens_one_alike(bench):
    bench.press(Qt.Key.Key_W)
    sample = next(
        s for s in bench.page.queue.model.order if bench.session.verdicts.results.bucket[s] == 1
    )
    bench.page.queue.go_to(int(sample))
    card = bench.page.why_card
    assert bench.session.verdicts.suggested_label(int(sample)) in card.verdict.text()
    bench.qtbot.waitUntil(lambda: bool(card.strips[0].samples) and card.strips[0].isEnabled())
    wanted = card.strips[0].samples[0]

    card.strips[0].opened.emit(wanted)

    assert bench.current == wanted
    assert bench.page.stage.is_viewer


def test_card_follows_a_decision(bench):
    sample = bench.wait_shown()
    assert bench.session.decisions.decide([sample], Action.NOTE, note="cropped")
    assert "cropped" in bench.page.why_card.review.text()


@pytest.mark.parametrize("has_image", [True, False])
def test_card_has_an_empty_state(make_bench, bare_project, has_image):
    bench = make_bench(ReviewSession(bare_project, reviewer="Dr. Test"))
    if not has_image:
        bench.page.sidebar.search.setText("no such name")

    text = bench.page.why_card.verdict.text()

    assert ("no verdict" in text) == has_image
    assert ("No image" in text) != has_image


def test_words_on_how_alike_images_are_fit_below_their_pictures(bench):
    pictures = bench.page.why_card.findChildren(similar_strip._Small)
    assert pictures
    for cosine in np.linspace(-1, 1, 101):
        for picture in pictures[:1]:
            words = picture.fontMetrics().boundingRect(
                picture.below, similar_strip._WRAPPED, words_of(float(cosine))
            )
            assert picture.below.contains(words)
