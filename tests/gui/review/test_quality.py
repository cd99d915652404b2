"""Image quality through the window: verdicts, reasons, filter, order."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt

from qmix_core.base.types import LOW, Action, QualityVerdict, Status
from qmix_gui.review.model.filters import QUALITY_LEVELS, Facet
from qmix_gui.review.model.sorting import Sorting, SortKey

Key = Qt.Key


def test_the_decision_is_on_the_disk_before_its_reason_and_the_digit_labels_nothing(bench):
    first = bench.wait_shown()
    bench.press(Key.Key_X)
    assert [row[:2] for row in bench.log()] == [(bench.image(first), Action.EXCLUDE)]
    assert not bench.page.reason_bar.isHidden()

    following = bench.wait_shown()
    assert following != first
    bench.hit(Key.Key_1)
    assert bench.page.reason_bar.isHidden()
    review = bench.session.reviews.of(first)
    assert (review.status, review.reason) == (Status.EXCLUDED, "blur")
    assert review.quality is QualityVerdict.POOR
    assert bench.session.reviews.of(following).status is Status.UNREVIEWED

    bench.press(Key.Key_1)
    assert bench.session.reviews.of(following).status is not Status.UNREVIEWED


def test_one_undo_takes_the_reason_and_the_decision_back_and_one_redo_brings_both(bench):
    sample = bench.wait_shown()
    bench.press(Key.Key_X)
    bench.wait_shown()
    bench.hit(Key.Key_3)
    bench.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert bench.current == sample
    review = bench.session.reviews.of(sample)
    assert (review.status, review.reason) == (Status.UNREVIEWED, "")
    bench.press(Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    review = bench.session.reviews.of(sample)
    assert (review.status, review.reason) == (Status.EXCLUDED, "glare")
    assert bench.session.quality.said == (1, 0)


def test_a_digit_without_a_reason_labels_nothing_and_escape_skips(bench):
    first = bench.wait_shown()
    bench.press(Key.Key_R)
    bench.wait_shown()
    bench.hit(Key.Key_9)
    assert not bench.page.reason_bar.isHidden()
    bench.hit(Key.Key_Escape)
    assert bench.page.reason_bar.isHidden()
    assert [row[:2] for row in bench.log()] == [(bench.image(first), Action.RETAKE)]


def test_another_decision_skips_the_reason(bench):
    first = bench.wait_shown()
    bench.press(Key.Key_X)
    second = bench.wait_shown()
    bench.hit(Key.Key_K)
    assert bench.page.reason_bar.isHidden()
    assert bench.session.reviews.of(first).reason == ""
    assert bench.session.reviews.of(second).status is Status.CONFIRMED


def test_moving_on_by_hand_skips_the_reason(bench):
    bench.press(Key.Key_X)
    bench.press(Key.Key_Right)
    assert bench.page.reason_bar.isHidden()


def test_many_images_are_asked_about_once(bench):
    bench.wait_shown()
    bench.page.stage.gallery.selectAll()
    bench.hit(Key.Key_X)
    bench.page.confirm_bar.accepted.emit()
    assert "18" in bench.page.reason_bar.question.text()
    bench.page.reason_bar.buttons[4].click()
    assert {bench.session.reviews.of(s).reason for s in range(18)} == {"haze"}


def test_image_is_fine_says_nothing_of_the_label_and_stays_on_the_image(bench):
    sample = bench.wait_shown()
    bench.press(Key.Key_Q)
    review = bench.session.reviews.of(sample)
    assert (review.status, review.quality) == (Status.UNREVIEWED, QualityVerdict.FINE)
    assert bench.current == sample
    assert "Image quality: fine, says the reader" in bench.page.why_card.review.text()


def test_a_blind_check_called_fine_is_still_to_be_checked(bench):
    sample = bench.wait_shown()
    bench.session.verdicts.hide([sample])
    bench.press(Key.Key_Q)
    assert bench.session.verdicts.is_hidden(sample)
    assert bench.page.why_card.quality.isHidden()


def test_the_card_tells_the_quality_in_a_word(bench):
    results = bench.session.verdicts.results
    poor = int(np.flatnonzero(results.bucket == LOW)[0])
    bench.page.queue.go_to(poor)
    assert bench.page.why_card.quality.text() == "Image quality: poor, 20\u00a0%"


def test_images_are_listed_by_quality_and_ordered_poorest_first(bench):
    queue, results = bench.page.queue, bench.session.verdicts.results
    rows = {row.text(): row for row in bench.page.sidebar.boxes[Facet.QUALITY].rows}
    assert rows["Poor"].count == 6
    rows["Poor"].click()
    assert set(queue.model.order) == set(np.flatnonzero(results.bucket == LOW))
    assert queue.spec.codes(Facet.QUALITY) == {QUALITY_LEVELS.index("poor")}
    bench.page.sidebar.reset()
    queue.apply(queue.spec.with_sorting(Sorting(SortKey.QUALITY)))
    assert set(queue.model.order[:6]) == set(np.flatnonzero(results.bucket == LOW))
