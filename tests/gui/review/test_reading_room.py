"""The reading room through its keys: the photograph, one sentence, one key, the summary."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from qmix_core.base.types import Action, NoiseEstimate, Status
from qmix_core.project.store import ProjectStore
from qmix_core.runs.noise_report import save_noise
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.review.sitting.overview import Overview

CTRL = Qt.KeyboardModifier.ControlModifier
KEYS = Qt.Key


@pytest.fixture
def room(bench):
    """The bench after Start review."""
    bench.press(KEYS.Key_Return, CTRL)
    bench.wait_shown()
    return bench


def suspicious(session) -> set[int]:
    return {i for i, code in enumerate(session.verdicts.results.bucket) if code > 0}


def read_all(bench, key=KEYS.Key_K) -> None:
    while bench.page.stage.is_viewer:
        bench.press(key)


def test_the_overview_says_how_many_images_need_the_eye_and_follows(bench):
    overview, count = bench.page.overview, len(suspicious(bench.session))
    assert overview.isVisible()
    assert overview.sentence.text().startswith(f"{count} of 18 images need your eye")
    bench.page.queue.go_to(min(suspicious(bench.session)))
    bench.press(KEYS.Key_K)
    assert f"1 of {count} suspicious images are read" in overview.sentence.text()
    bench.press(KEYS.Key_Z, CTRL)
    assert overview.sentence.text().startswith(f"{count} of 18 images need your eye")


def test_the_overview_says_what_the_next_images_hold(bench):
    assert "The next 20 images hold about" in bench.page.overview.estimate.text()


@pytest.mark.parametrize("rate", [0.0, 0.07])
def test_a_set_with_wrong_labels_of_which_none_is_marked_is_not_called_right(bench, rate):
    session, classes = bench.session, len(bench.session.project.classes.names)
    noise = NoiseEstimate(rate, 0.0, 0.2, 0.0, np.zeros(classes), np.eye(classes))
    save_noise(
        session.project.runs.folder(session.verdicts.run),
        noise,
        classes=session.project.classes.names,
    )
    session.verdicts.results.bucket[:] = 0
    overview = Overview(session, QAction())
    overview.set_wanted(True)
    said = f"{overview.sentence.text()} {overview.estimate.text()}"
    assert ("7 % of the labels look wrong" in said) == (rate > 0)
    assert said.startswith("No single image" if rate else "No image looks wrong")


def test_start_review_lists_what_is_suspicious_and_shows_the_first_large(bench):
    bench.press(KEYS.Key_Return, CTRL)
    assert bench.page.stage.is_viewer
    assert set(bench.page.queue.model.order.tolist()) == suspicious(bench.session)
    assert bench.page.queue.row == 0
    assert not bench.page.sidebar.isVisible()
    assert not bench.page.bottom.isVisible()
    assert bench.page.decisions.isVisible()


def test_going_on_leads_to_the_first_unread_image(bench):
    bench.press(KEYS.Key_Return, CTRL)
    bench.press(KEYS.Key_K)
    bench.press(KEYS.Key_K)
    bench.press(KEYS.Key_Escape)
    bench.press(KEYS.Key_Return, CTRL)
    assert bench.page.queue.row == 2
    assert "Go on" in bench.page.overview.button.text() or not bench.page.overview.isVisible()


def test_without_a_run_start_review_says_why_nothing_starts(make_bench, bare_project, qapp):
    bench = make_bench(ReviewSession(bare_project, reviewer="x"))
    assert not bench.page.overview.isVisible()
    bench.press(KEYS.Key_Return, CTRL)
    assert "No run has finished" in bench.page.toast.text()
    assert not bench.page.stage.is_viewer


def test_the_last_decision_leads_to_a_summary_of_all_of_them(room):
    session, count = room.session, len(suspicious(room.session))
    room.press(KEYS.Key_X)
    read_all(room)
    page = room.page
    assert page.stage.is_summary
    assert session.sitting.counts().left == 0
    assert page.stage.summary.title.text() == "Every suspicious image is read."
    assert session.sitting.outcomes() == {Status.CONFIRMED: count - 1, Status.EXCLUDED: 1}
    assert not page.column.isVisible()
    assert QApplication.focusWidget() is page.stage.summary.buttons[0]


def test_the_summary_stands_in_the_middle_of_its_page(room):
    read_all(room)
    summary = room.page.stage.summary
    panel = summary.panel

    def margins() -> tuple[int, int, int, int]:
        at = panel.mapTo(summary, panel.rect().topLeft())
        right = summary.width() - at.x() - panel.width()
        return at.x(), right, at.y(), summary.height() - at.y() - panel.height()

    room.qtbot.waitUntil(lambda: abs(margins()[0] - margins()[1]) < 4)
    left, _, above, below = margins()
    assert panel.width() <= 640
    assert left > 24
    assert 24 < above <= below
    assert {button.width() for button in summary.buttons} == {summary.buttons[0].width()}


def test_keys_decide_nothing_on_the_summary_and_escape_leads_to_the_gallery(room):
    read_all(room)
    decided = room.log()
    room.hit(KEYS.Key_X)
    room.hit(KEYS.Key_1)
    assert room.log() == decided
    room.hit(KEYS.Key_Escape)
    assert not room.page.stage.is_summary
    assert not room.page.stage.is_viewer
    assert room.page.overview.isVisible()
    assert "Summary" in room.page.overview.button.text()


def test_undo_on_the_summary_leads_back_to_the_image(room):
    read_all(room)
    last = room.session.reviews.position[room.log()[-1][0]]
    room.hit(KEYS.Key_Z, CTRL)
    assert room.current == last
    assert room.page.stage.is_viewer


def test_the_summary_offers_blind_checks_of_the_clean_images(room):
    read_all(room)
    room.page.stage.summary.checks_wanted.emit()
    assert room.page.stage.is_viewer
    assert room.session.verdicts.is_hidden(room.current)


def test_ambiguous_images_are_listed_again_from_the_summary(room):
    sample = room.current
    room.press(KEYS.Key_A)
    read_all(room)
    room.page.stage.summary.status_wanted.emit(Status.AMBIGUOUS)
    assert room.page.queue.model.order.tolist() == [sample]


@pytest.mark.parametrize(("key", "code"), [(KEYS.Key_1, 0), (KEYS.Key_2, 1), (KEYS.Key_3, 2)])
def test_a_key_lists_one_bucket_and_another_all(bench, key, code):
    bench.press(key, CTRL)
    buckets = bench.session.verdicts.results.bucket[bench.page.queue.model.order]
    assert set(buckets.tolist()) == {code}
    bench.press(KEYS.Key_0, CTRL)
    assert len(bench.page.queue) == 18
    assert bench.log() == []


def test_keys_fold_what_is_around_the_photograph(room):
    page = room.page
    room.press(KEYS.Key_B)
    assert page.sidebar.isVisible()
    room.press(KEYS.Key_B)
    assert not page.sidebar.isVisible()
    room.press(KEYS.Key_B, CTRL)
    assert page.bottom.isVisible()
    room.press(KEYS.Key_B, CTRL)
    assert not page.bottom.isVisible()
    room.press(KEYS.Key_W)
    assert page.why_card._details.isVisible()
    room.press(KEYS.Key_O)
    assert not page.column.isVisible()
    assert not page.stage.filmstrip.isVisible()
    before = len(room.log())
    room.press(KEYS.Key_K)
    assert len(room.log()) == before + 1
    room.press(KEYS.Key_O)
    assert page.column.isVisible()


def test_gallery_and_room_remember_their_own_sides(room):
    room.press(KEYS.Key_B)
    room.press(KEYS.Key_Escape)
    room.press(KEYS.Key_B)
    assert not room.page.sidebar.isVisible()
    room.press(KEYS.Key_Return)
    assert room.page.sidebar.isVisible()


def test_examples_of_both_classes_stand_beside_the_image_with_one_zoom(room):
    session = room.session
    sample = next(s for s in suspicious(session) if session.verdicts.results.bucket[s] == 1)
    room.page.queue.go_to(sample)
    room.press(KEYS.Key_V)
    given, suggested = room.page.stage.viewer.examples
    room.qtbot.waitUntil(lambda: suggested.image.shown_sample is not None)
    assert given.caption.words == f"{session.classes.given_label(sample)}, not yet verified"
    assert suggested.caption.words.startswith(f"{session.verdicts.suggested_label(sample)},")
    image = room.page.stage.viewer.image
    mark = room.page.stage.viewer._own_mark
    assert (mark.isVisible(), mark.text()) == (True, "This image")
    # all stand at one height, or none could be compared with the other
    assert given.image.height() == suggested.image.height() == image.height()
    image.actual_size()
    assert given.image.zoom == suggested.image.zoom == image.zoom
    suggested.image.fit()
    assert image.zoom == given.image.zoom == 1.0
    room.press(KEYS.Key_V)
    assert given.isHidden()
    assert suggested.isHidden()
    assert mark.isHidden()


def test_a_verified_example_says_so(room):
    session = room.session
    label = session.classes.given_label(room.current)
    other = next(
        s for s in range(18) if s != room.current and session.classes.given_label(s) == label
    )
    assert session.decisions.decide([other], Action.CONFIRM)
    room.press(KEYS.Key_V)
    given = room.page.stage.viewer.examples[0]
    assert (given.sample, given.caption.words) == (other, f"{label}, verified")


def test_a_blind_check_gets_no_examples(room):
    room.session.verdicts.hide([room.current])
    room.press(KEYS.Key_V)
    assert all(view.isHidden() for view in room.page.stage.viewer.examples)
    assert room.page.stage.viewer._own_mark.text() == "no example"


def test_the_filmstrip_shows_what_comes_next_and_leads_there(room):
    strip = room.page.stage.filmstrip
    assert strip.isVisible()
    assert strip.rows()[:3] == [0, 1, 2]
    room.qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip._area(2).center())
    assert room.page.queue.row == 2
    assert strip.rows()[0] == 1


def test_a_decided_image_shows_its_decision(room):
    sample = room.current
    room.press(KEYS.Key_X)
    room.page.queue.go_to(sample)
    room.wait_shown()
    assert "Excluded · Dr. Test" in room.page.why_card.review.text()
    excluded = room.page.decisions.findChild(object, "review.exclude")
    assert excluded.accessibleDescription() == "chosen"


def test_after_a_bar_the_keys_belong_to_the_images(room, next_run):
    run = next_run(room.session.project, seed=1)
    room.page.new_results_available(run)
    room.page.show_run_requested.connect(room.session.verdicts.show_run)
    room.page.results_bar.action_button.setFocus()
    room.qtbot.mouseClick(room.page.results_bar.action_button, Qt.MouseButton.LeftButton)
    assert room.page.results_bar.isHidden()
    room.wait_shown()
    before = len(room.log())
    room.hit(KEYS.Key_K)
    assert room.page.sidebar.search.text() == ""
    assert len(room.log()) == before + 1


def test_the_line_above_the_tiles_begins_with_both_labels(bench):
    session = bench.session
    sample = next(s for s in suspicious(session) if session.verdicts.results.bucket[s] == 1)
    bench.page.queue.go_to(sample)
    given = session.classes.given_label(sample)
    labels = f"{given} → {session.verdicts.suggested_label(sample)} "
    assert bench.page.stage.strip.text().startswith(labels)
    bench.press(KEYS.Key_K)
    bench.page.queue.go_to(sample)
    assert bench.page.stage.strip.text().startswith(f"{given} ")
    assert bench.page.stage.strip.text().endswith("Label kept")


def test_a_read_only_window_shows_it_on_the_buttons(make_bench, project):
    with ProjectStore.open(project.folder) as other:
        other.begin_review()
        project.begin_review()
        bench = make_bench(ReviewSession(project, reviewer="Dr. Test"))
        assert not bench.page.decisions.isEnabled()
        assert not bench.page.sidebar.trust.button.isEnabled()
        bench.press(KEYS.Key_K)
        assert bench.log() == []
        assert bench.page.message_bar.isHidden()


def test_the_last_decision_is_said_before_the_name_of_the_file(room):
    sample = room.wait_shown()
    given = room.session.classes.given_label(sample)
    other = 1 if room.session.project.classes.names[0] == given else 0
    room.press((KEYS.Key_1, KEYS.Key_2)[other])
    label = room.session.reviews.of(sample).label
    assert room.page.toast.text().startswith(f"Relabeled → {label} - eye_")


def test_the_plots_get_room_when_they_are_asked_for(bench):
    page = bench.page
    bench.press(KEYS.Key_B, CTRL)
    assert page.bottom.isVisible()
    assert page.bottom.height() >= 0.38 * page.height()


def test_each_count_of_the_overview_stands_on_the_line_of_its_bucket(bench):
    for label in bench.page.overview._counts.values():
        assert label.alignment() & Qt.AlignmentFlag.AlignVCenter
