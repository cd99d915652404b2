"""Blind checks: mixed in, hidden until decided, counted; and the pace of a sitting."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, Qt

from qmix_core.base.types import Action, Bucket, Context, Status
from qmix_gui.review.model.filters import Facet, FilterSpec
from qmix_gui.review.model.pace import BREAK, ReviewPace
from qmix_gui.review.model.session import ReviewSession


def mix(bench) -> None:
    bench.page.sidebar.trust.button.click()


def next_check(bench, bucket: Bucket) -> int:
    session = bench.session
    codes = session.verdicts.results.bucket
    sample = next(
        i for i in sorted(session.verdicts.blind) if codes[i] == list(Bucket).index(bucket)
    )
    bench.page.queue.go_to(sample)
    return sample


def choose_given_class(bench) -> None:
    """Decide for the label that the image has, without having seen it."""
    classes = bench.session.project.classes.names
    number = classes.index(bench.session.classes.given_label(bench.current)) + 1
    bench.press(Qt.Key(Qt.Key.Key_0 + number))


def test_the_label_of_a_check_is_shown_nowhere_until_it_is_decided(bench) -> None:
    mix(bench)
    sample = next_check(bench, Bucket.MISLABELED_HIGH_QUALITY)
    page, index = bench.page, bench.page.queue.model.index(bench.page.queue.row)
    given = bench.session.classes.given_label(sample)

    def words() -> list[str]:
        return [
            page.stage.strip.text(),
            page.why_card.given.name.text(),
            page.why_card._name.text(),
            page.stage.gallery.itemDelegate()._change(sample)[0],
            str(index.data(Qt.ItemDataRole.AccessibleTextRole)),
            str(index.data(Qt.ItemDataRole.ToolTipRole)),
            page.decisions.class_buttons[given].accessibleName(),
        ]

    assert not [text for text in words()[:-1] if given in text]
    assert "label" not in words()[-1]
    choose_given_class(bench)
    bench.page.queue.go_to(sample)
    assert all(given in text for text in words())


def test_checks_are_in_the_list_once_and_the_image_at_hand_stays_and_is_none(bench) -> None:
    queue, current, row = bench.page.queue, bench.current, bench.page.queue.row
    mix(bench)
    assert sorted(queue.model.order.tolist()) == list(range(len(bench.session.classes.given_codes)))
    assert (bench.current, queue.row) == (current, row)
    # its label and verdict have been read already
    everything = set(range(len(bench.session.classes.given_codes)))
    assert set(bench.session.verdicts.blind) == everything - {current}


def test_the_overview_says_which_suspicious_images_it_does_not_count(bench) -> None:
    codes, overview = bench.session.verdicts.results.bucket, bench.page.overview
    bench.page.queue.go_to(int(np.flatnonzero(codes > 0)[0]))
    mix(bench)
    assert overview.sentence.text().startswith("1 of 18 images needs your eye")
    hidden = int((codes > 0).sum()) - 1
    assert f"{hidden} more are hidden among the blind checks" in overview.estimate.text()


def test_suspicious_images_that_are_all_blind_checks_are_not_denied(bench) -> None:
    bench.page.queue.go_to(int(np.flatnonzero(bench.session.verdicts.results.bucket == 0)[0]))
    mix(bench)
    assert bench.page.overview.sentence.text() == (
        "All suspicious images are among the blind checks."
    )


def test_the_verdict_on_a_check_is_hidden_until_it_is_decided(bench) -> None:
    mix(bench)
    sample = next_check(bench, Bucket.MISLABELED_HIGH_QUALITY)
    session, page = bench.session, bench.page
    assert session.verdicts.bucket(sample) is None
    assert "Blind check" in page.why_card.verdict.text()
    assert not page.decisions.keep.isEnabled()
    assert "Blind check" in page.stage.strip.text()
    assert "Mislabeled" not in page.queue.model.index(page.queue.row).data(
        Qt.ItemDataRole.AccessibleTextRole
    )
    bench.press(Qt.Key.Key_Space)
    assert bench.log() == []
    assert "hidden" in page.toast.text()
    bench.press(Qt.Key.Key_K)
    assert bench.log() == []
    assert "hidden" in page.toast.text()
    choose_given_class(bench)
    assert session.verdicts.bucket(sample) is Bucket.MISLABELED_HIGH_QUALITY
    page.queue.go_to(sample)
    assert page.decisions.keep.isEnabled()


def test_neither_a_filter_nor_an_order_tells_the_verdict_on_a_check(bench) -> None:
    mix(bench)
    hidden = set(bench.session.verdicts.hidden())
    queue = bench.page.queue
    for code in range(len(Bucket)):
        queue.apply(FilterSpec().with_codes(Facet.BUCKET, frozenset({code})))
        assert hidden <= set(queue.model.order.tolist())
    first = next_check(bench, Bucket.CLEAN)
    choose_given_class(bench)
    queue.apply(FilterSpec().with_codes(Facet.BUCKET, frozenset({1})))
    assert first not in queue.model.order
    queue.apply(FilterSpec())
    by_score = bench.session.verdicts.order()
    assert queue.model.order.tolist() != by_score.tolist()


def test_only_checks_count_and_they_count_after_the_project_was_opened_again(bench) -> None:
    session, box = bench.session, bench.page.sidebar.trust
    bench.press(Qt.Key.Key_X)
    mix(bench)
    clean = next_check(bench, Bucket.CLEAN)
    choose_given_class(bench)
    assert "right 100\u00a0% (21–100\u00a0%) of 1" in box.lines[Bucket.CLEAN].text()
    assert "Blind checks tell" in box.expected.text()
    for bucket in (Bucket.MISLABELED_HIGH_QUALITY, Bucket.MISLABELED_LOW_QUALITY):
        next_check(bench, bucket)
        bench.press(Qt.Key.Key_X)
    assert "Errors still expected" in box.expected.text()
    again = ReviewSession(session.project, reviewer="other")
    assert again.reviews.of(clean).context is Context.BLIND_CHECK
    contexts = [row.context for row in session.project.decisions.all()]
    assert contexts == [Context.REVIEW, *[Context.BLIND_CHECK] * 3]


def test_checks_come_only_after_the_image_at_hand(bench) -> None:
    checks, order = bench.page.queue.checks, np.arange(18)
    for _ in range(20):
        mixed = checks.mixed(order, 8, np.array([10, 11, 12]))
        assert mixed[:9].tolist() == list(range(9))
        assert sorted(mixed) == list(range(18))


def test_what_was_decided_in_bulk_is_no_check(bench) -> None:
    mix(bench)
    hidden = sorted(bench.session.verdicts.hidden())
    bench.session.decisions.decide(hidden, Action.EXCLUDE)
    lines = bench.page.sidebar.trust.lines.values()
    assert not [line.text() for line in lines if "right" in line.text()]


def test_an_undone_check_is_no_check_and_is_hidden_again(bench) -> None:
    mix(bench)
    sample = next_check(bench, Bucket.CLEAN)
    choose_given_class(bench)
    bench.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert bench.session.reviews.of(sample).status is Status.UNREVIEWED
    assert bench.session.verdicts.is_hidden(sample)
    assert "right" not in bench.page.sidebar.trust.lines[Bucket.CLEAN].text()


def test_a_question_about_many_says_how_many_were_reviewed_before(bench) -> None:
    bench.press(Qt.Key.Key_K)
    bench.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    bench.press(Qt.Key.Key_X)
    text = bench.page.confirm_bar.text
    assert "18 images" in text
    assert "1 of them were reviewed before" in text


def test_breaks_are_no_part_of_the_pace() -> None:
    now = [0.0]
    pace = ReviewPace(clock=lambda: now[0])
    for _ in range(11):
        now[0] += 6
        pace.note()
    assert pace.per_minute == pytest.approx(10)
    now[0] += BREAK + 1
    pace.note()
    assert pace.per_minute == pytest.approx(10)
    assert pace.seconds_left(100) == pytest.approx(600)
    assert ReviewPace().seconds_left(100) is None


class ShownWindows(QObject):
    """Names of the classes of all windows that come up."""

    def __init__(self, app):
        super().__init__()
        self.names = []
        app.installEventFilter(self)

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Show and watched.isWidgetType() and watched.isWindow():
            self.names.append(type(watched).__name__)
        return False


def test_opening_a_project_brings_up_no_window(window, qtbot, qapp, project_folder, add_run):
    add_run(project_folder)
    shown = ShownWindows(qapp)
    window.open_project(project_folder)
    qtbot.waitUntil(lambda: window.workspace.page.sidebar.trust.isVisible())
    assert shown.names == []
