"""How well each image of a folder can be read, before any training and without labels."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qmix_core.base.errors import ProjectError
from qmix_core.base.image_quality import QualityLevel
from qmix_core.base.problem import POOR_QUALITY
from qmix_core.runs.quality_report import QualityReport, write_table
from qmix_gui.jobs.background_job import BackgroundJob
from qmix_gui.preflight.choices import PreflightChoices
from qmix_gui.preflight.finding_kinds import hint_of, name_of
from qmix_gui.preflight.findings_dialog import FindingsDialog
from qmix_gui.preflight.quality_job import judge
from qmix_gui.theme import theme
from qmix_gui.theme.translation import tr
from qmix_gui.widgets.plain_text import PlainLabel
from qmix_gui.widgets.quality_words import fault_name, level_name
from qmix_gui.widgets.small_widgets import announce, format_duration, resize_on_screen

_BUSY, _DONE, _FAILED = range(3)
#: Seconds after which the pace says something of the time that is left.
_PACE_AFTER = 3.0


class QualityCheckDialog(QDialog):
    """Judges as soon as it is shown; `judged(report)` carries a QualityReport.

    `folder`: of the images; `choices`: on them, where they are a dataset with labels. A `report`
    of before is shown again.
    """

    judged = Signal(object)

    def __init__(
        self,
        folder: Path,
        choices: PreflightChoices,
        report: QualityReport | None = None,
        parent: QWidget | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Image quality"))
        resize_on_screen(self, 640, 360)
        self._folder, self._choices = folder, choices
        self._report = report
        self._clock, self._began = clock, clock()
        self._job = BackgroundJob(self)
        self._job.progressed.connect(self._show_progress)
        self._job.succeeded.connect(self._take)
        self._job.failed.connect(self._show_failure)
        self._states = QStackedWidget()
        for state in (self._build_busy(), self._build_done(), self._build_failed()):
            self._states.addWidget(state)
        head = QLabel(self.windowTitle())
        head.setProperty("role", "title")
        what = PlainLabel(
            self.tr(
                "Each image is compared with the better images of this set, and with copies of "
                "them made poor. Nothing leaves this computer, and no label is needed."
            )
        )
        what.setProperty("role", "muted")
        what.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(10)
        layout.addWidget(head)
        layout.addWidget(what)
        layout.addWidget(self._states, 1)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        choices.changed.connect(self._show_choices)
        self.finished.connect(self._job.drop)
        if report is None:
            self._start()
        else:
            self._show_report(report)

    # -- building -----------------------------------------------------------------------------

    def _build_busy(self) -> QWidget:
        self.busy_label = PlainLabel()
        self.left_label = PlainLabel()
        self.left_label.setProperty("role", "muted")
        self.progress_bar = QProgressBar()
        self.progress_bar.setTextVisible(False)
        self.progress_bar.setAccessibleName(self.tr("Progress"))
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.clicked.connect(self.reject)
        return _column(
            self.busy_label,
            self.progress_bar,
            self.left_label,
            None,
            _row(None, self.cancel_button),
        )

    def _build_done(self) -> QWidget:
        self.counts = {level: PlainLabel() for level in QualityLevel}
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(2, 1)
        for row, (level, label) in enumerate(self.counts.items()):
            name = PlainLabel(level_name(level))
            name.setProperty("role", "strong")
            grid.addWidget(name, row, 0)
            grid.addWidget(label, row, 1)
        self.other_label, self.reasons_label, self.remarks_label = (PlainLabel() for _ in range(3))
        self.out_label = PlainLabel()
        self.out_label.setProperty("role", "muted")
        for label in (self.other_label, self.reasons_label, self.remarks_label, self.out_label):
            label.setWordWrap(True)
        self.look_button = QPushButton(theme.icon("gallery"), self.tr("Look at the poor ones…"))
        self.look_button.clicked.connect(self._look)
        self.leave_out_button = QPushButton(theme.icon("exclude"), self.tr("Leave the poor out"))
        self.leave_out_button.clicked.connect(self._leave_out)
        self.save_button = QPushButton(theme.icon("table"), self.tr("Save the table…"))
        self.save_button.clicked.connect(self._save)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.accept)
        counted = QWidget()
        counted.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        return _column(
            counted, self.other_label, self.reasons_label, self.remarks_label, None,
            self.out_label,
            _row(self.look_button, self.leave_out_button, self.save_button, None, close),
        )  # fmt: skip

    def _build_failed(self) -> QWidget:
        self.error_label = PlainLabel()
        self.error_label.setProperty("role", "error")
        self.error_label.setWordWrap(True)
        self.again_button = QPushButton(self.tr("Try again"))
        self.again_button.clicked.connect(self._start)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.reject)
        return _column(self.error_label, None, _row(self.again_button, None, close))

    # -- judging ------------------------------------------------------------------------------

    @Slot()
    def _start(self) -> None:
        self.busy_label.setText(self.tr("Getting ready…"))
        self.left_label.clear()
        self.progress_bar.setRange(0, 0)
        self._states.setCurrentIndex(_BUSY)
        samples = self._choices.preflight.dataset.samples
        # all without a label are none of a class of their own
        labels = [sample.label for sample in samples]
        self._job.start(judge(self._folder, [s.image for s in samples], labels))

    @Slot(int, int)
    def _show_progress(self, done: int, total: int) -> None:
        if self.progress_bar.maximum() == 0:
            self._began, self._first = self._clock(), done
        self.progress_bar.setRange(0, total)
        self.progress_bar.setValue(done)
        self.busy_label.setText(
            self.tr("{done} of {total} images").format(done=f"{done:,}", total=f"{total:,}")
        )
        spent, new = self._clock() - self._began, done - self._first
        if done == total:
            self.left_label.setText(self.tr("Comparing them…"))
        elif spent >= _PACE_AFTER and new > 0:
            self.left_label.setText(format_duration(spent * (total - done) / new))

    @Slot(str)
    def _show_failure(self, text: str) -> None:
        self.error_label.setText(text)
        self._states.setCurrentIndex(_FAILED)
        announce(self.error_label, text)

    @Slot(object)
    def _take(self, report: QualityReport) -> None:
        self.judged.emit(report)
        self._show_report(report)
        announce(self, self.counts[QualityLevel.POOR].text())

    # -- the result ---------------------------------------------------------------------------

    def _show_report(self, report: QualityReport) -> None:
        self._report = report
        levels = Counter(image.level for image in report.images)
        for level, label in self.counts.items():
            label.setText(f"{levels[level.value]:,}" if report.is_judged else "–")
        unreadable = sum(bool(image.problem) for image in report.images)
        self._show(
            self.other_label,
            self.tr("Files that cannot be read: {0}").format(f"{unreadable:,}")
            if unreadable
            else "",
        )
        reasons = Counter(i.reason for i in report.images if i.is_poor and i.reason)
        listed = [f"{fault_name(name)} {count:,}" for name, count in reasons.most_common()]
        most = self.tr("What the poor ones are most like, where it can be told: {0}.")
        self._show(self.reasons_label, most.format(", ".join(listed)) if listed else "")
        self._show(self.remarks_label, "\n".join(report.sentences(tr)))
        self.look_button.setEnabled(bool(levels[QualityLevel.POOR]))
        self._show_choices()
        self._states.setCurrentIndex(_DONE)
        self.look_button.setFocus()

    @staticmethod
    def _show(label: QLabel, text: str) -> None:
        label.setText(text)
        label.setVisible(bool(text))

    def _poor(self) -> list[str]:
        """Those that may be left out."""
        found = self._report.images if self._report is not None else ()
        return [i.image for i in found if i.is_poor and i.image in self._choices.given]

    @Slot()
    def _show_choices(self) -> None:
        poor = self._poor()
        out = sum(self._choices.is_left_out(image) for image in poor)
        self.leave_out_button.setVisible(bool(self._choices.given))
        self.leave_out_button.setEnabled(out < len(poor))
        text = self.tr("{count} of {total} images are left out.")
        self._show(
            self.out_label, text.format(count=f"{out:,}", total=f"{len(poor):,}") if out else ""
        )

    @Slot()
    def _look(self) -> None:
        self.dialog = FindingsDialog(
            POOR_QUALITY, name_of(POOR_QUALITY), hint_of(POOR_QUALITY), self._choices, self
        )
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()

    @Slot()
    def _leave_out(self) -> None:
        self._choices.leave_out(self._poor(), POOR_QUALITY)

    @Slot()
    def _save(self) -> None:
        name = f"{self._folder.name}-quality.csv"
        path, _filter = QFileDialog.getSaveFileName(
            self,
            self.tr("Save the table"),
            str(self._folder.parent / name),
            self.tr("Tables (*.csv)"),
        )
        if not path or self._report is None:
            return
        try:
            write_table(Path(path), self._report.rows())
        except ProjectError as error:
            self._show(self.out_label, str(error))
        else:
            self._show(self.out_label, self.tr("Saved: {0}").format(path))


def _column(*parts: QWidget | None) -> QWidget:
    """Parts below each other; None takes the room that is left."""
    return _lined_up(QVBoxLayout(), 10, parts)


def _row(*parts: QWidget | None) -> QWidget:
    return _lined_up(QHBoxLayout(), 8, parts)


def _lined_up(layout: QBoxLayout, spacing: int, parts: Iterable[QWidget | None]) -> QWidget:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        else:
            layout.addWidget(part)
    whole = QWidget()
    whole.setLayout(layout)
    return whole
