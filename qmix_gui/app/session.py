"""From the start of the application to its end, and what is left to say of the one before."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QMetaObject, QObject, Qt, Slot
from PySide6.QtWidgets import QApplication

from qmix_core.base.version import __version__
from qmix_gui.app import crash
from qmix_gui.app.crash import end_of_log, report_text
from qmix_gui.app.crash_dialog import ReportDialog
from qmix_gui.app.main_window import MainWindow
from qmix_gui.app.session_mark import SessionMark, UncleanEnd, take_unclean_ends
from qmix_gui.app.system_end import SystemEnd

_log = logging.getLogger(__name__)
_SIGNAL_EXIT = 128


class Lifetime(QObject):
    """Marks that the application runs; after an unclean end it offers to open the project again.

    A signal and the end of the session stop the training with its checkpoint and close the window
    without a question.
    """

    def __init__(self, app: QApplication, window: MainWindow) -> None:
        super().__init__(app)
        self._app = app
        self._window = window
        self._folder = crash.log_path().parent / "running"
        self._mark = SessionMark(self._folder)
        self._system_end = SystemEnd(app)
        self._system_end.signalled.connect(self._quit)
        self._system_end.session_ending.connect(self._end_session)
        self._project: Path | None = None
        self.offer: ReportDialog | None = None

    def begin(self) -> None:
        """The window is about to be shown."""
        ends = take_unclean_ends(self._folder)
        # what the report shows ends where the last session did
        log = end_of_log(crash.log_path())
        for end in ends:
            _log.warning("A session before did not end properly. %s", end.trace)
        _log.info("QMix GUI %s starts", __version__)
        self._mark.begin()
        self._window.project_changed.connect(self._note_project)
        self._window.training.started.connect(self._note_run)
        self._window.training.finished.connect(self._note_run_end)
        self._system_end.install()
        told = next((end for end in ends if end.project is not None or end.trace), None)
        if told is not None:
            self._make_offer(told, log)

    def end(self) -> None:
        """All is closed."""
        self._system_end.uninstall()
        self._mark.end()
        _log.info("QMix GUI ends")

    def _make_offer(self, end: UncleanEnd, log: str) -> None:
        if end.project is not None and end.project.is_dir():
            self._project = end.project
        text = self.tr("Every decision was saved.")
        if self._project is not None:
            text = self.tr(
                "Every decision was saved, and a training that was running can be resumed "
                "where it was last saved. Open {project} again?"
            ).format(project=self._project.stem)
        self.offer = ReportDialog(
            title=self.tr("QMix"),
            heading=self.tr("QMix GUI did not close properly."),
            text=text,
            report=report_text("\n\n".join(filter(None, (end.trace, log)))),
            log_file=crash.log_path(),
            accept_text=self.tr("Open again") if self._project is not None else "",
            reject_text=self.tr("Not now") if self._project is not None else self.tr("Close"),
            open_report=False,
            parent=self._window,
        )
        self.offer.accepted.connect(self._open_again)
        self.offer.finished.connect(self.offer.deleteLater)
        # above the window, which is shown first
        QMetaObject.invokeMethod(self.offer, "open", Qt.ConnectionType.QueuedConnection)

    @Slot()
    def _open_again(self) -> None:
        if self._project is not None:
            self._window.open_project(self._project)

    @Slot(object)
    def _note_project(self, folder: Path | None) -> None:
        self._mark.note_project(folder)
        _log.info("A project was closed" if folder is None else "A project was opened")

    @Slot()
    def _note_run(self) -> None:
        _log.info("A training starts")

    @Slot(str, str, int)
    def _note_run_end(self, status: str, reason: str, run: int) -> None:
        _log.info("Run %s ended: %s %s", run, status, reason)

    @Slot(int)
    def _quit(self, number: int) -> None:
        _log.warning("Ended by signal %s", number)
        self._window.hide()
        self._app.exit(_SIGNAL_EXIT + number)

    @Slot()
    def _end_session(self) -> None:
        # the system may end us any time from now on
        self._window.training.cancel()
        self._mark.end()
