"""Errors nobody expected: into the log file always, into a dialog from the GUI thread only."""

from __future__ import annotations

import logging
import platform
import re
import sys
import threading
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

import PySide6
from platformdirs import user_log_path
from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QtMsgType,
    Signal,
    Slot,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from qmix_core.base.atomic_write import make_private_folder
from qmix_core.base.version import __version__
from qmix_gui.app.crash_dialog import ReportDialog
from qmix_gui.settings.settings import APP_NAME

_IMAGE = r"\.(?:png|jpe?g|tiff?|bmp|gif|webp|dcm|ppm)\b"
#: Quoted, else from the first slash of a path, else one word: names may be those of patients.
_IMAGE_NAMES = re.compile(
    rf"""'[^'\n]*{_IMAGE}'|"[^"\n]*{_IMAGE}"|(?:[A-Za-z]:)?[\\/][^\n'"]*?{_IMAGE}|[^\s'"]+{_IMAGE}""",
    re.IGNORECASE,
)


def report_text(text: str) -> str:
    """Versions, then `text` without the names of images and of the home folder."""
    home = str(Path.home())
    if len(home) > 1:
        text = text.replace(home, "~")
    return (
        f"QMix GUI {__version__}, Python {platform.python_version()}, "
        f"PySide6 {PySide6.__version__}, {platform.platform()}\n\n"
        f"{_IMAGE_NAMES.sub('<image>', text)}"
    )


def end_of_log(path: Path, *, lines: int = 100) -> str:
    """The last lines of the log; empty where there is none."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return "\n".join(text.splitlines()[-lines:])


_log = logging.getLogger("qmix_gui")
#: So often while its dialog is open, an error is no accident any more.
_TOO_MANY = 5
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def log_path() -> Path:
    """The log file of this user."""
    return user_log_path(APP_NAME, appauthor=False) / "qmix-gui.log"


def start_logging(path: Path) -> None:
    """Send Python's and Qt's messages to `path`; a folder that cannot be written is no obstacle."""
    try:
        make_private_folder(path.parent)
        handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=3, encoding="utf-8")
    except OSError as error:
        logging.basicConfig(level=logging.INFO)
        _log.warning("No log file: %s", error)
    else:
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logging.basicConfig(level=logging.INFO, handlers=[handler])
    qInstallMessageHandler(_log_qt_message)


def _log_qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    if kind is QtMsgType.QtFatalMsg:
        # Qt ends the process after this
        text += "\n" + "".join(traceback.format_stack())
    logging.getLogger("qt").log(_LEVELS.get(kind, logging.WARNING), "%s", text)


class CrashReporter(QObject):
    """Takes over `sys.excepthook`, `threading.excepthook` and `sys.unraisablehook`.

    Make it in the GUI thread. An error in another thread reaches the dialog through a queued
    signal; errors while a dialog is open are logged and counted, those while one is reported, and
    those that Python cannot raise anywhere, only logged.
    """

    reported = Signal(str)

    def __init__(self, *, log_file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log_file = log_file
        self._busy = threading.local()
        self.dialog: ReportDialog | None = None
        self._count = 0
        self.reported.connect(self._show)

    def install(self) -> None:
        """Take over the hooks."""
        sys.excepthook = self.handle
        threading.excepthook = self._handle_in_thread
        sys.unraisablehook = _log_unraisable

    def uninstall(self) -> None:
        """Give the hooks back to Python."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        sys.unraisablehook = sys.__unraisablehook__

    def handle(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Log an unexpected error and have it shown; never raises."""
        if issubclass(kind, KeyboardInterrupt):
            QGuiApplication.exit(130)
            return
        if getattr(self._busy, "now", False):
            return
        self._busy.now = True
        try:
            text = "".join(traceback.format_exception(kind, error, trace))
            _log.critical("Unexpected error\n%s", text)
            self.reported.emit(text)
        finally:
            self._busy.now = False

    def _handle_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.handle(args.exc_type, args.exc_value, args.exc_traceback)

    @Slot(str)
    def _show(self, text: str) -> None:
        self._count += 1
        if self.dialog is not None and self.dialog.isVisible():
            if self._count >= _TOO_MANY:
                text = self.tr(
                    "The error keeps coming back ({count} times): close QMix and start it again."
                )
                self.dialog.heading.setText(text.format(count=self._count))
            return
        self._count = 1
        self.dialog = ReportDialog(
            title=self.tr("Unexpected error"),
            heading=self.tr("Something went wrong that should not have."),
            text=self.tr("Every decision made so far is saved; it is safe to go on or to restart."),
            report=report_text(text),
            log_file=self._log_file,
            reject_text=self.tr("Go on"),
            parent=QApplication.activeWindow(),
        )
        self.dialog.open()


def _log_unraisable(args: sys.UnraisableHookArgs) -> None:
    error = args.exc_value
    trace = traceback.format_exception(error) if error is not None else [str(args.exc_type)]
    _log.error("%s %r\n%s", args.err_msg or "Ignored in", args.object, "".join(trace))
