"""How much of each bucket is reviewed, how far it can be trusted, and when one may stop."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from qmix_core.base.types import BUCKETS
from qmix_core.review.blind_checks import Share, expected_left, precision
from qmix_gui.review.model.blind_checks import CLEAN_CHECKS, OTHER_CHECKS
from qmix_gui.review.model.queue import ReviewQueue
from qmix_gui.theme.bucket_style import BUCKET_STYLES
from qmix_gui.theme.counted import percent
from qmix_gui.widgets.plain_text import PlainLabel


class BlindCheckBox(QWidget):
    """Follows a queue; `mixed(count)` after so many blind checks were mixed into it."""

    mixed = Signal(int)

    def __init__(self, queue: ReviewQueue, parent: QWidget) -> None:
        # without its parent it would be a window when it is shown, and take the focus
        super().__init__(parent)
        self._queue = queue
        heading = QLabel(self.tr("Progress and trust"))
        heading.setProperty("role", "strong")
        self.lines = {bucket: PlainLabel() for bucket in BUCKETS}
        self.expected = PlainLabel()
        self.button = QPushButton(self.tr("Mix in blind checks"))
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self.mix)
        hint = self.tr(
            "Puts {0} random images of Clean and {1} of each other bucket among the next ones. "
            "Their verdict is hidden until you have decided, so they tell how often a bucket is "
            "right, of so many checks. The ranges are 95 % Wilson intervals; the errors still "
            "expected are the share of faulty checks times the images left. Stop when that number "
            "is small enough for your purpose. Ambiguous answers do not count."
        ).format(CLEAN_CHECKS, OTHER_CHECKS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(heading)
        for label in (*self.lines.values(), self.expected):
            label.setWordWrap(True)
            layout.addWidget(label)
        layout.addWidget(self.button)
        for widget in (*self.lines.values(), self.expected, self.button):
            widget.setToolTip(hint)
        queue.listed.connect(self.refresh)
        queue.counted.connect(self.refresh)
        self.refresh()

    def mix(self) -> None:
        """Mix blind checks into the queue after the current image."""
        self.mixed.emit(self._queue.mix_in_checks())

    def refresh(self) -> None:
        """Say how far the review is, and what the checks have shown."""
        has_run = self._queue.session.verdicts.results is not None
        self.setVisible(has_run)
        if not has_run:
            return
        self.button.setEnabled(not self._queue.session.project.read_only)
        samples, totals = self._queue.checks.samples(), self._queue.checks.totals()
        for bucket, label in self.lines.items():
            sample = samples[bucket]
            text = self.tr("{0} {1} reviewed, {2} left").format(
                BUCKET_STYLES[bucket].symbol,
                f"{totals[bucket] - sample.left:,}",
                f"{sample.left:,}",
            )
            share = precision(bucket, sample)
            if share is not None:
                text += "\n" + self.tr("    right {0} of {1}").format(
                    _percent(share), sample.checked
                )
            label.setText(text)
            label.setAccessibleName(f"{BUCKET_STYLES[bucket].name}: {text}")
        expected = expected_left(samples)
        if expected is None:
            self.expected.setText(self.tr("Blind checks tell how many wrong labels were missed"))
        else:
            self.expected.setText(
                self.tr("Errors still expected:\n{0} ({1} to {2})").format(
                    f"{expected.value:,.0f}", f"{expected.low:,.0f}", f"{expected.high:,.0f}"
                )
            )


def _percent(share: Share) -> str:
    return f"{percent(share.value)} ({100 * share.low:.0f}–{percent(share.high)})"
