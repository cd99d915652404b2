"""What the window offers for a project that is damaged: to recover it, and then to open it."""

from __future__ import annotations

from pathlib import Path
from textwrap import shorten

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from qmix_core.project.operations.recovery import Recovery, recover
from qmix_gui.jobs.background_job import BackgroundJob
from qmix_gui.widgets.message_bar import MessageBar

_KEY = "project.recover"
_WIDTH = 300


class RecoveryOffer(QObject):
    """Speaks through the window's message bar; `recovered` carries the project's folder."""

    recovered = Signal(object)

    def __init__(self, bar: MessageBar, window: QWidget) -> None:
        super().__init__(window)
        self.job = BackgroundJob(self)
        self.job.succeeded.connect(self._say)
        self.job.failed.connect(self._show_failure)
        self.statement: QMessageBox | None = None
        self._bar = bar
        self._window = window
        self._folder = Path()
        bar.action_clicked.connect(self._obey)

    def offer(self, folder: Path, text: str) -> None:
        """Show why the project cannot be opened, with a button that recovers it."""
        self._folder = folder
        self._bar.show_message(text, is_error=True, action=self.tr("Recover"), key=_KEY)

    @Slot(str)
    def _obey(self, key: str) -> None:
        if key == _KEY:
            folder = self._folder
            self._bar.show_message(self.tr("Recovering {0}…").format(folder.name))
            self.job.start(lambda _progress, _control: recover(folder))

    @Slot(str)
    def _show_failure(self, text: str) -> None:
        self._bar.show_message(text, is_error=True)

    @Slot(object)
    def _say(self, recovery: Recovery) -> None:
        self._bar.hide()
        self.statement = QMessageBox(self._window)
        self.statement.setWindowTitle(self.tr("Project recovered"))
        self.statement.setText(self.tr("{0} was recovered.").format(self._folder.name))
        said = recovery.sentences()
        # thousands of images may be named
        short = [shorten(sentence, _WIDTH, placeholder=" …") for sentence in said]
        self.statement.setInformativeText("\n\n".join(short))
        self.statement.setDetailedText("\n".join(said))
        self.statement.finished.connect(self.statement.deleteLater)
        self.statement.open()
        self.recovered.emit(self._folder)
