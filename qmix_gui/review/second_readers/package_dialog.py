"""What to give a second reader: which images, with which instructions, in which file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qmix_core.second_readers.packing import DEFAULT_INSTRUCTIONS, Packed, draw_sample
from qmix_core.second_readers.schema import MAX_INSTRUCTIONS, PACKAGE_SUFFIX
from qmix_gui.jobs.background_job import BackgroundJob
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.review.second_readers.jobs import package
from qmix_gui.widgets.plain_text import PlainLabel
from qmix_gui.widgets.small_widgets import SpinBox

_TOLD = 3


class PackageDialog(QDialog):
    """Takes a random sample of the images listed; the sidebar chooses what is listed."""

    def __init__(
        self, session: ReviewSession, listed: Sequence[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Package for a second reader"))
        self.setMinimumWidth(620)
        self._session = session
        self._listed = listed
        self._job = BackgroundJob(self)
        self._job.progressed.connect(self._show_progress)
        self._job.succeeded.connect(self._show_done)
        self._job.failed.connect(self._show_error)
        self._job.cancelled.connect(self._show_cancelled)
        self._job.drained.connect(self._end)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        for label in self._make_head():
            layout.addWidget(label)
        layout.addLayout(self._make_form())
        self.progress = QProgressBar()
        self.progress.setAccessibleName(self.tr("Images packed"))
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.told = PlainLabel()
        self.told.setWordWrap(True)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(self.progress)
        layout.addWidget(self.told)
        layout.addStretch(1)
        layout.addLayout(self._make_buttons())
        self.path.textChanged.connect(self._update)
        self.instructions.textChanged.connect(self._update)
        self._update()

    def _make_head(self) -> list[QLabel]:
        head = QLabel(self.tr("Package for a second reader"))
        head.setProperty("role", "title")
        why = QLabel(
            self.tr(
                "One file with the images in random order and the classes: no labels, verdicts, "
                "file names, patients or EXIF. What is written in a picture itself goes along. "
                "The reader opens it with qmix-gui and sends back a small file of answers."
            )
        )
        why.setProperty("role", "muted")
        why.setWordWrap(True)
        return [head, why]

    def _make_form(self) -> QFormLayout:
        count = len(self._listed)
        self.count = SpinBox()
        self.count.setRange(min(1, count), count)
        self.count.setValue(count)
        self.count.setGroupSeparatorShown(True)
        self.count.setAccessibleName(self.tr("Number of images"))
        amount = QHBoxLayout()
        amount.addWidget(self.count)
        text = self.tr("of the {0} images listed now, drawn at random")
        amount.addWidget(QLabel(text.format(f"{count:,}")), 1)
        self.instructions = QPlainTextEdit(DEFAULT_INSTRUCTIONS)
        self.instructions.setAccessibleName(self.tr("Instructions for the reader"))
        self.instructions.setTabChangesFocus(True)
        self.instructions.setFixedHeight(90)
        project = self._session.project
        self.path = QLineEdit(str(_free_path(project.folder, f"{project.name}-reading")))
        self.path.setAccessibleName(self.tr("File to write"))
        choose = QPushButton(self.tr("Choose…"))
        choose.setAccessibleName(self.tr("Choose the file to write"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        place = QHBoxLayout()
        place.addWidget(self.path, 1)
        place.addWidget(choose)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(self.tr("Images"), amount)
        form.addRow(self.tr("Instructions"), self.instructions)
        form.addRow(self.tr("File"), place)
        return form

    def _make_buttons(self) -> QHBoxLayout:
        self.start_button = QPushButton(self.tr("Write package"))
        self.start_button.setProperty("kind", "primary")
        self.start_button.setDefault(True)
        self.start_button.clicked.connect(self._start)
        self.close_button = QPushButton()
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self._cancel_or_close)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.start_button)
        return buttons

    @Slot()
    def _update(self) -> None:
        too_long = len(self.instructions.toPlainText()) > MAX_INSTRUCTIONS
        is_ready = bool(self._listed) and bool(self.path.text().strip()) and not too_long
        self.start_button.setEnabled(is_ready and self._job.is_drained)
        self.close_button.setText(self.tr("Close") if self._job.is_drained else self.tr("Cancel"))
        if not self._listed:
            self.told.setText(self.tr("No image is listed: reset the filters first."))
        elif too_long:
            text = self.tr("The instructions are longer than {0} characters.")
            self.told.setText(text.format(MAX_INSTRUCTIONS))

    @Slot()
    def _choose(self) -> None:
        path, _filter = QFileDialog.getSaveFileName(
            self,
            self.tr("Write the package to"),
            self.path.text(),
            self.tr("Reading packages (*{0})").format(PACKAGE_SUFFIX),
        )
        if path:
            self.path.setText(path)

    @Slot()
    def _start(self) -> None:
        chosen = draw_sample(self._listed, count=self.count.value(), seed=0)
        out = Path(self.path.text().strip()).expanduser()
        if out.suffix.lower() != PACKAGE_SUFFIX:
            out = out.with_name(out.name + PACKAGE_SUFFIX)
            self.path.setText(str(out))
        work = package(self._session.project.folder, chosen, out, self.instructions.toPlainText())
        self.progress.setRange(0, len(chosen))
        self.progress.setValue(0)
        self.progress.show()
        self._say("")
        self._job.start(work)
        self._update()

    @Slot(int, int)
    def _show_progress(self, done: int, total: int) -> None:
        self.progress.setValue(done)
        self.told.setText(self.tr("{0} of {1} images packed").format(f"{done:,}", f"{total:,}"))

    @Slot(object)
    def _show_done(self, packed: Packed) -> None:
        name = Path(self.path.text()).name
        text = self.tr("{0} images are in {1}.").format(f"{packed.images:,}", name)
        if packed.left_out:
            more = self.tr("{0} could not go along: {1}")
            told = " ".join(packed.left_out[:_TOLD])
            text += " " + more.format(f"{len(packed.left_out):,}", told)
        self._say(text)

    @Slot(str)
    def _show_error(self, text: str) -> None:
        self._say(text, is_error=True)

    @Slot()
    def _show_cancelled(self) -> None:
        self._say(self.tr("Cancelled: nothing was written."))

    def _say(self, text: str, *, is_error: bool = False) -> None:
        self.told.setText(text)
        self.told.setProperty("role", "error" if is_error else "")
        self.told.style().unpolish(self.told)
        self.told.style().polish(self.told)

    @Slot()
    def _end(self) -> None:
        self.progress.hide()
        self._update()

    @Slot()
    def _cancel_or_close(self) -> None:
        if self._job.is_drained:
            self.reject()
        else:
            self._job.cancel()

    def done(self, result: int) -> None:
        """Close; the thread must not outlive its parent."""
        self._job.shut_down()
        super().done(result)


def _free_path(beside: Path, name: str) -> Path:
    path, number = beside.with_name(name + PACKAGE_SUFFIX), 1
    while path.exists():
        number += 1
        path = beside.with_name(f"{name}-{number}{PACKAGE_SUFFIX}")
    return path
