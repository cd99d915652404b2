"""Opens packages for a second reader: who reads, where it stopped, and the page for it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from qmix_core.base.errors import QMixError
from qmix_core.second_readers.reading import open_reading, readers_of
from qmix_gui.reading.page import ReadingPage
from qmix_gui.settings.settings import REVIEWER, Settings
from qmix_gui.widgets.reviewer_prompt import ReviewerPrompt


class ReadingController(QObject):
    """`opened(page)` wants a page shown, `left()` follows its end, `failed(text)` a refusal."""

    opened = Signal(object)
    left = Signal()
    failed = Signal(str)

    def __init__(self, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._settings = settings
        self._window = window
        self._path = Path()
        self.page: ReadingPage | None = None
        self.prompt: ReviewerPrompt | None = None

    @Slot(object)
    def open(self, path: Path) -> None:
        """Resume a reading of this package; asks who reads where that is not known."""
        try:
            readers = readers_of(path)
        except QMixError as error:
            self.failed.emit(str(error))
            return
        self._path = path
        name = readers[0] if path.is_dir() else self._settings.get(REVIEWER)
        if name in readers:
            self._begin(name)
        else:
            self._ask(name)

    def leave_unless(self, page: QWidget | None) -> None:
        """Close the reading where another page is shown; every answer is on the disk."""
        if self.page is not None and page is not self.page:
            gone, self.page = self.page, None
            gone.close()
            gone.deleteLater()

    def _ask(self, name: str) -> None:
        why = self.tr(
            "The name goes along with your answers, so that they can be told from other readers'. "
            "With the same name you go on where you stopped."
        )
        self.prompt = ReviewerPrompt(name, why=why, parent=self._window)
        self.prompt.named.connect(self._begin)
        self.prompt.finished.connect(self.prompt.deleteLater)
        self.prompt.open()

    @Slot(str)
    def _begin(self, name: str) -> None:
        if self.page is not None and self.page.is_of(self._path, name):
            return
        try:
            reading = open_reading(self._path, reader=name)
        except QMixError as error:
            self.failed.emit(str(error))
            return
        self.leave_unless(None)
        self._settings.set(REVIEWER, name)
        self.page = ReadingPage(reading, self._settings)
        self.page.leave_requested.connect(self.left)
        self.page.reader_change_requested.connect(self._ask_again)
        self.opened.emit(self.page)

    @Slot()
    def _ask_again(self) -> None:
        if self.page is not None:
            self._path = self.page.reading.package.file
            self._ask(self.page.reading.reader)
