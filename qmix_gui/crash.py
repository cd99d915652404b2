"""Errors nobody expected: into the log file always, into a dialog from the GUI thread only."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

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
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from qmix_gui.settings import APP_NAME

_log = logging.getLogger("qmix_gui")
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
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=3, encoding="utf-8")
        # not the log's own stream: it is closed when the log rotates
        faulthandler.enable(path.with_suffix(".crash").open("w"))
    except OSError as error:
        logging.basicConfig(level=logging.INFO)
        _log.warning("No log file: %s", error)
    else:
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logging.basicConfig(level=logging.INFO, handlers=[handler])
    qInstallMessageHandler(_log_qt_message)


def _log_qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    logging.getLogger("qt").log(_LEVELS.get(kind, logging.WARNING), "%s", text)


class CrashReporter(QObject):
    """Takes over `sys.excepthook` and `threading.excepthook`.

    Make it in the GUI thread. An error in another thread reaches the dialog through a queued
    signal; errors while a dialog is open, or while one is reported, are only logged.
    """

    reported = Signal(str)

    def __init__(self, *, log_file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log_file = log_file
        self._busy = threading.local()
        self.dialog: QDialog | None = None
        self.reported.connect(self._show)

    def install(self) -> None:
        """Take over the hooks."""
        sys.excepthook = self.handle
        threading.excepthook = self._handle_in_thread

    def uninstall(self) -> None:
        """Give the hooks back to Python."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

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
        if self.dialog is not None and self.dialog.isVisible():
            return
        self.dialog = CrashDialog(text, self._log_file, parent=QApplication.activeWindow())
        self.dialog.open()


class CrashDialog(QDialog):
    """Says that something went wrong, with the details to copy."""

    def __init__(self, text: str, log_file: Path, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Unexpected error"))
        self.resize(720, 440)
        self._text = text
        head = QLabel(
            self.tr(
                "Something went wrong that should not have. Every decision made so far is saved; "
                "it is safe to go on or to restart."
            )
        )
        head.setProperty("role", "heading")
        head.setWordWrap(True)
        where = QLabel(self.tr("The log is in {file}").format(file=log_file))
        where.setProperty("role", "muted")
        where.setWordWrap(True)
        where.setTextInteractionFlags(where.textInteractionFlags().TextSelectableByMouse)
        details = QPlainTextEdit(text)
        details.setProperty("role", "log")
        details.setReadOnly(True)
        details.setAccessibleName(self.tr("Details of the error"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(self.tr("Copy details"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        for part in (head, where, details, buttons):
            layout.addWidget(part)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
