"""Watches over the dataset's files: looks when asked, says what changed, does what is answered."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from qmix_core.base.cancellation import Control
from qmix_core.base.errors import ProjectError
from qmix_core.base.types import Progress
from qmix_core.project.operations.file_scan import DatasetState, Depth, dataset_state
from qmix_core.project.operations.relink import Relink, find_images
from qmix_gui.jobs.background_job import BackgroundJob
from qmix_gui.review.files.files_bar import FilesBar
from qmix_gui.review.files.files_dialog import FilesDialog
from qmix_gui.review.model.session import ReviewSession

#: Unreadable images come in crowds: the files are scanned once after them; in ms.
_SCAN_AFTER = 1_000
#: A drive that takes longer for a first look may be dead; in ms.
SLOW_MS = 10_000


class DatasetWatcher(QObject):
    """`bar` belongs above the images. All looking at the disk is done off the GUI thread.

    `came_back()` follows a look that finds the folder again or other files; `list_requested()`
    asks to list altered and missing images; `reopen_requested(text)` follows a change that the
    whole page must follow. `failed(text)` carries a sentence.
    """

    came_back = Signal()
    list_requested = Signal()
    reopen_requested = Signal(str)
    failed = Signal(str)

    def __init__(self, session: ReviewSession, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._page = parent
        self._found: Relink | None = None
        self._text = ""
        self._is_training = False
        self.is_gone = False
        self.state: DatasetState | None = None
        self.dialog: FilesDialog | None = None
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SLOW_MS)
        self._slow.timeout.connect(self._say_slow)
        self._soon = QTimer(self, singleShot=True, interval=_SCAN_AFTER)
        self._soon.timeout.connect(self.look)
        self.bar = FilesBar()
        self.bar.picked.connect(self._obey)
        self._look = BackgroundJob(self)
        self._look.succeeded.connect(self._take_state)
        self._look.failed.connect(self._take_failure)
        self._look.progressed.connect(self._show_progress)
        self._search = BackgroundJob(self)
        self._search.succeeded.connect(self._take_found)
        self._search.failed.connect(self._take_failure)
        self._search.progressed.connect(self._show_progress)

    @property
    def is_busy(self) -> bool:
        """Whether the disk is being looked at."""
        return self._look.is_busy or self._search.is_busy

    def set_training(self, is_training: bool) -> None:
        """Allow no change of the files' places while a run reads them."""
        self._is_training = is_training

    def look(self) -> None:
        """Look at the files in the background, unless that is being done."""
        if not self.is_busy:
            self._text = ""
            self._slow.start()
            self._start_look(Depth.QUICK)

    def note_problem(self, sample: int, problem: str) -> None:
        """An image cannot be read: is it the only one, or is the whole folder away?"""
        if problem and self._session.files.mark(sample) is None:
            self._soon.start()

    def check_every_file(self) -> None:
        """Read every file in the background, and list what was found."""
        self._search.drop()
        self._slow.stop()
        self._text = self.tr("Reading every file…")
        self.bar.show_message(self._text, [("stop", self.tr("Stop"))])
        self._start_look(Depth.FULL)

    def relink(self, folder: Path) -> None:
        """Look for the images in another folder, and read them from there where they match."""
        if self._is_training:
            self.failed.emit(self.tr("Wait for the training to end, then find the folder."))
            return
        self._look.drop()
        self._slow.stop()
        project = self._session.project
        self._text = self.tr("Looking for the images in {folder}…").format(folder=folder)
        self.bar.show_message(self._text, [("stop", self.tr("Stop"))])

        def work(progress: Progress, control: Control) -> Relink:
            return find_images(project, folder, progress=progress, control=control)

        self._search.start(work)

    def close(self) -> None:
        """Hear of no more work."""
        self._soon.stop()
        self._slow.stop()
        self._look.drop()
        self._search.drop()
        if self.dialog is not None:
            self.dialog.close()

    # -- what the disk says -------------------------------------------------------------------

    def _start_look(self, depth: Depth) -> None:
        project = self._session.project

        def work(progress: Progress, control: Control) -> DatasetState:
            return dataset_state(project, depth=depth, progress=progress, control=control)

        self._look.start(work)

    def _show_progress(self, done: int, total: int) -> None:
        if self._text:
            text = self.tr("{text} {done} of {total}")
            self.bar.set_text(text.format(text=self._text, done=f"{done:,}", total=f"{total:,}"))

    def _take_state(self, state: DatasetState) -> None:
        was_gone, self.is_gone, was_asked = self.is_gone, state.is_gone, bool(self._text)
        before = self.state
        self.state = state
        self._slow.stop()
        if state.is_gone:
            if was_asked or before is None or not before.is_gone:
                self._say_gone()
            return
        try:
            self._session.files.record(state)
        except ProjectError as error:
            self.failed.emit(str(error))
        if was_gone:
            self.came_back.emit()
        if was_asked:
            self.bar.hide()
            self.show_files()
        elif state.is_unchanged:
            self.bar.hide()
        elif was_gone or state != before:
            self.bar.show_message(
                self._summary(state),
                [("details", self.tr("Details…")), ("show", self.tr("Show"))]
                if state.altered or state.missing
                else [("details", self.tr("Details…"))],
            )

    def _summary(self, state: DatasetState) -> str:
        counts = (
            (len(state.altered), self.tr("{0} images altered")),
            (len(state.added), self.tr("{0} new")),
            (len(state.missing), self.tr("{0} missing")),
            (len(state.renamed), self.tr("{0} renamed")),
        )
        parts = [text.format(f"{count:,}") for count, text in counts if count]
        return self.tr("Since the project last saw its files: {0}.").format(", ".join(parts))

    def _say_gone(self) -> None:
        text = self.tr(
            "The images are not at {0} any more. Connect the drive, or find their folder; you can "
            "also drop it here. Decisions made so far are safe."
        )
        self._offer_to_find(text)

    def _say_slow(self) -> None:
        self.is_gone = True
        text = self.tr(
            "{0} answers slowly, or not at all. If the images are elsewhere now, find their "
            "folder; you can also drop it here."
        )
        self._offer_to_find(text)

    def _offer_to_find(self, text: str) -> None:
        buttons = [("find", self.tr("Find folder…")), ("again", self.tr("Look again"))]
        self.bar.show_message(text.format(self._session.project.root), buttons, is_error=True)

    def _take_failure(self, text: str) -> None:
        self._end_work()
        self.failed.emit(text)

    def _end_work(self) -> None:
        self.bar.hide()
        if self.is_gone:
            self._say_gone()

    # -- what the person answers --------------------------------------------------------------

    def _obey(self, key: str) -> None:
        answers = {
            "details": self.show_files,
            "show": self.list_requested.emit,
            "find": self._find_folder,
            "again": self.look,
            "stop": self._stop,
            "use": self._use_anyway,
            "take": self._take_altered,
            "add": self._add,
            "check": self.check_every_file,
        }
        answers[key]()

    def show_files(self) -> None:
        """List what the last look found."""
        if self.state is None:
            return
        self.dialog = FilesDialog(
            self.state, can_change=not self._is_training, parent=self._page.window()
        )
        self.dialog.picked.connect(self._obey)
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.finished.connect(self._forget_dialog)
        self.dialog.show()

    def _forget_dialog(self) -> None:
        self.dialog = None

    def _find_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self._page, self.tr("Where are the images now?"), str(Path.home())
        )
        if folder:
            self.relink(Path(folder))

    def _stop(self) -> None:
        self._look.drop()
        self._search.drop()
        self._end_work()

    def _take_found(self, found: Relink) -> None:
        self._found = found
        text = self.tr(
            "{root}: {matched} of {total} images match, {altered} have other content, {missing} "
            "are not there."
        ).format(
            root=found.root,
            matched=f"{len(found.places):,}",
            total=f"{found.total:,}",
            altered=f"{len(found.altered):,}",
            missing=f"{len(found.missing):,}",
        )
        find = ("find", self.tr("Find folder…"))
        if found.is_safe:
            self._use(found, text)
        elif found.is_possible:
            text += " " + self.tr("Images with other content would be marked as altered.")
            self.bar.show_message(text, [("use", self.tr("Use it anyway")), find], is_error=True)
        else:
            self.bar.show_message(text, [find], is_error=True)

    def _use_anyway(self) -> None:
        if self._found is not None:
            text = self.tr("The images are read from {0} now.")
            self._use(self._found, text.format(self._found.root))

    def _use(self, found: Relink, text: str) -> None:
        try:
            self._session.files.relink(found)
        except ProjectError as error:
            self.failed.emit(str(error))
            return
        self.reopen_requested.emit(text)

    def _take_altered(self) -> None:
        try:
            count = self._session.files.accept_altered()
        except ProjectError as error:
            self.failed.emit(str(error))
            return
        text = self.tr("{0} altered images were accepted, unreviewed. Retrain to judge them.")
        self.reopen_requested.emit(text.format(f"{count:,}"))

    def _add(self) -> None:
        if self.state is None:
            return
        try:
            count = self._session.files.add_images(self.state)
        except ProjectError as error:
            self.failed.emit(str(error))
            return
        text = self.tr("{0} images were added, unreviewed. Retrain to judge them.")
        self.reopen_requested.emit(text.format(f"{count:,}"))
