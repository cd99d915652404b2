"""Where poor begins, moved by a person who sees what follows; and what readers teach of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from qmix_core.base.image_quality import POOR_BELOW, QualityLevel
from qmix_core.base.types import BUCKETS
from qmix_core.review.quality_teaching import FEWEST
from qmix_core.review.quality_threshold import QualityCounts
from qmix_core.runs.quality_files import TaughtQuality
from qmix_gui.review.model.image_quality import Offer
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.review.model.thumbnails import Thumbnails
from qmix_gui.review.sidebar.border_strip import BorderStrip
from qmix_gui.theme.bucket_style import BUCKET_STYLES
from qmix_gui.theme.translation import tr
from qmix_gui.widgets.plain_text import PlainLabel
from qmix_gui.widgets.quality_words import level_name
from qmix_gui.widgets.small_widgets import SpinBox, announce, resize_on_screen, scrolled

_DEFAULT = round(100 * POOR_BELOW)
#: A lower AUROC is said to be little.
_LITTLE = 0.75


class CountTable(QWidget):
    """A row each for things that are counted: as they are now, and as they would be."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(2)
        for column, text in enumerate((self.tr("now"), self.tr("with this")), 1):
            head = QLabel(text)
            head.setProperty("role", "muted")
            grid.addWidget(head, 0, column, Qt.AlignmentFlag.AlignRight)
        self.cells: list[tuple[QLabel, QLabel]] = []
        for row, name in enumerate(names, 1):
            grid.addWidget(PlainLabel(name), row, 0)
            now, then = QLabel(), QLabel()
            self.cells.append((now, then))
            for column, cell in enumerate((now, then), 1):
                grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(0, 1)

    def show_counts(self, now: Sequence[int], then: Sequence[int]) -> None:
        """Show both; what would change stands out."""
        for (left, right), before, after in zip(self.cells, now, then, strict=True):
            left.setText(f"{before:,}")
            right.setText(f"{after:,}")
            right.setProperty("role", "strong" if before != after else "muted")
            right.style().unpolish(right)
            right.style().polish(right)


class QualityDialog(QDialog):
    """Nothing changes before Apply or Take; both can be taken back here."""

    def __init__(
        self, session: ReviewSession, thumbnails: Thumbnails, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What counts as poor"))
        self._session, self._quality = session, session.quality
        self._offer: Offer | None = None
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 20, 24, 8)
        column.setSpacing(10)
        self._build_threshold(column, thumbnails)
        column.addSpacing(4)
        line = QFrame()
        line.setFrameShape(QFrame.Shape.HLine)
        column.addWidget(line)
        self._build_learning(column)
        column.addStretch(1)
        self.problem = _wrapped("error")
        self.problem.hide()
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.accept)
        bottom = QHBoxLayout()
        bottom.setContentsMargins(24, 4, 24, 16)
        bottom.addWidget(self.problem, 1)
        bottom.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(inside), 1)
        layout.addLayout(bottom)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        resize_on_screen(self, 800, 600)
        self.percent.valueChanged.connect(self._preview)
        session.verdicts.changed.connect(self._start_anew)
        self._quality.offered.connect(self._show_offer)
        self._quality.failed.connect(self._show_problem)
        self.finished.connect(self._stop)
        self._start_anew()
        if session.project.read_only:
            self._show_problem(session.project.read_only)
        self.slider.setFocus()

    # -- building -----------------------------------------------------------------------------

    def _build_threshold(self, column: QVBoxLayout, thumbnails: Thumbnails) -> None:
        head = QLabel(self.windowTitle())
        head.setProperty("role", "title")
        what = _wrapped("muted")
        what.setText(
            self.tr(
                "Each image has a quality from 0 to 100\u00a0%. Below the threshold it is poor, "
                "and lies in “{bucket}” whatever its label says. No decision changes."
            ).format(bucket=BUCKET_STYLES[BUCKETS[-1]].name)
        )
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(1, 99)
        self.slider.setAccessibleName(self.tr("Poor below a quality of"))
        self.percent = SpinBox()
        self.percent.setRange(1, 99)
        self.percent.setSuffix("\u00a0%")
        self.percent.setAccessibleName(self.slider.accessibleName())
        self.slider.valueChanged.connect(self.percent.setValue)
        self.percent.valueChanged.connect(self.slider.setValue)
        self.apply_button = QPushButton(self.tr("Apply"))
        self.apply_button.setProperty("kind", "primary")
        self.apply_button.clicked.connect(self._apply)
        self.reset_button = QPushButton(self.tr("Reset to {0}\u00a0%").format(_DEFAULT))
        self.reset_button.setToolTip(self.tr("The default, as it was measured"))
        self.reset_button.clicked.connect(self._reset)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(PlainLabel(self.slider.accessibleName()))
        row.addWidget(self.slider, 1)
        for part in (self.percent, self.apply_button, self.reset_button):
            row.addWidget(part)
        self.border = BorderStrip(self._session, thumbnails)
        self.levels = CountTable([level_name(level) for level in QualityLevel])
        self.buckets = CountTable(
            [f"{BUCKET_STYLES[b].symbol}  {BUCKET_STYLES[b].name}" for b in BUCKETS]
        )
        tables = QHBoxLayout()
        tables.setSpacing(48)
        tables.addWidget(self.levels, 2)
        tables.addWidget(self.buckets, 3)
        self.how = _wrapped("")
        column.addWidget(head)
        column.addWidget(what)
        column.addLayout(row)
        column.addWidget(self.border)
        column.addLayout(tables)
        column.addWidget(self.how)

    def _build_learning(self, column: QVBoxLayout) -> None:
        head = QLabel(self.tr("Learn from what was called poor and fine"))
        head.setProperty("role", "heading")
        self.said, self.outcome = _wrapped(""), _wrapped("")
        self.take_button = QPushButton(self.tr("Take what you said about image quality"))
        self.take_button.setProperty("kind", "primary")
        self.take_button.clicked.connect(self._take)
        self.forget_button = QPushButton(self.tr("Forget again"))
        self.forget_button.clicked.connect(self._forget)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.take_button)
        row.addWidget(self.forget_button)
        row.addStretch(1)
        for part in (head, self.said, self.outcome):
            column.addWidget(part)
        column.addLayout(row)

    # -- the threshold ------------------------------------------------------------------------

    def _start_anew(self) -> None:
        """Show what holds now, and ask what could be learned."""
        self.problem.hide()
        self.percent.setValue(round(100 * self._quality.poor_below))
        self._preview()
        how = self._quality.how
        self.how.setText("" if how is None else "\n".join(how.sentences(tr)))
        self.how.setVisible(bool(self.how.text()))
        self._offer = None
        self._show_learning()
        self._quality.learn()

    def _preview(self) -> None:
        wanted = self.percent.value() / 100
        is_kept = self.percent.value() == round(100 * self._quality.poor_below)
        wanted = self._quality.poor_below if is_kept else wanted
        now, then = self._quality.counts(self._quality.poor_below), self._quality.counts(wanted)
        can_change = not self._session.project.read_only
        self.apply_button.setEnabled(can_change and not is_kept)
        self.reset_button.setEnabled(can_change and self._quality.poor_below != POOR_BELOW)
        if now is None or then is None:
            return
        self.levels.show_counts(*([c.levels[level] for level in QualityLevel] for c in (now, then)))
        self.buckets.show_counts(*(_by_bucket(c) for c in (now, then)))
        self.border.show_around(wanted)

    def _apply(self) -> None:
        self._quality.move_threshold(self.percent.value() / 100)

    def _reset(self) -> None:
        self._quality.move_threshold(POOR_BELOW)

    # -- what readers teach -------------------------------------------------------------------

    def _show_offer(self, offer: Offer) -> None:
        self._offer = offer
        self._show_learning()
        announce(self.outcome, self.outcome.text())

    def _show_learning(self) -> None:
        poor, fine = self._quality.said
        taught, offer = self._quality.taught, self._offer
        lines = [self.tr("Called poor: {0}; called fine: {1}.").format(f"{poor:,}", f"{fine:,}")]
        if taught is not None:
            lines.insert(
                0,
                self.tr("In force: what {0} poor and {1} fine ones taught.").format(
                    f"{taught.poor:,}", f"{taught.fine:,}"
                ),
            )
        self.said.setText(" ".join(lines))
        missing = self._missing(poor, fine)
        self.outcome.setText(missing or ("" if offer is None else self._told(offer)))
        if not missing and offer is None:
            self.outcome.setText(self.tr("Finding out what that teaches…"))
        can_change = not self._session.project.read_only
        is_to_take = offer is not None and offer.lesson.taught is not None and offer.is_new
        self.take_button.setEnabled(can_change and is_to_take)
        self.forget_button.setEnabled(can_change)
        self.forget_button.setVisible(taught is not None)

    def _missing(self, poor: int, fine: int) -> str:
        """How many verdicts are missing, and which keys give them; empty where there are enough."""
        lacking = [
            text.format(FEWEST - count)
            for count, text in (
                (poor, self.tr("{0} more called poor (re-take; keep, poor image; exclude)")),
                (fine, self.tr("{0} more called fine (image quality is fine; keep; relabel)")),
            )
            if count < FEWEST
        ]
        if not lacking:
            return ""
        text = self.tr("To learn from that it still takes {0}.")
        return text.format(self.tr(" and ").join(lacking))

    def _told(self, offer: Offer) -> str:
        """What taking it would change, and how far it can be trusted."""
        taught, counts = offer.lesson.taught, offer.counts
        if taught is None or counts is None:
            return ""
        if not offer.is_new:
            return self.tr("Nothing else was said since.") + self._trust(taught)
        now = self._quality.counts(self._quality.poor_below)
        text = self.tr(
            "With it {poor} images are poor instead of {before}: {more} become poor, {less} "
            "readable. Nothing is trained again."
        ).format(
            poor=f"{counts.levels[QualityLevel.POOR]:,}",
            before="–" if now is None else f"{now.levels[QualityLevel.POOR]:,}",
            more=f"{offer.to_poor:,}",
            less=f"{offer.from_poor:,}",
        )
        return text + self._trust(taught)

    def _trust(self, taught: TaughtQuality) -> str:
        if taught.auroc is None:
            return ""
        text = "\n" + self.tr(
            "Of one called poor and one called fine, the poor one gets the lower quality in {0} of "
            "100 cases, each judged by what was said of other patients (AUROC {1})."
        ).format(f"{100 * taught.auroc:.0f}", f"{taught.auroc:.2f}")
        if taught.auroc < _LITTLE:
            text += " " + self.tr("By chance it would be 50: more verdicts may help.")
        return text

    def _take(self) -> None:
        if self._offer is not None and self._offer.lesson.taught is not None:
            self._quality.take(self._offer.lesson.taught)

    def _forget(self) -> None:
        self._quality.take(None)

    # -- the rest -----------------------------------------------------------------------------

    def _show_problem(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.show()
        announce(self.problem, text)

    def _stop(self) -> None:
        self._quality.close()
        self.border.stop()


def _by_bucket(counts: QualityCounts) -> list[int]:
    return [counts.buckets[bucket] for bucket in BUCKETS]


def _wrapped(role: str) -> PlainLabel:
    label = PlainLabel()
    label.setWordWrap(True)
    if role:
        label.setProperty("role", role)
    return label
