"""The system asks the application to end: by a signal, or since the person logs out."""

from __future__ import annotations

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot
from PySide6.QtGui import QGuiApplication

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


class SystemEnd(QObject):
    """`signalled` carries the number of a signal, `session_ending` comes before a log-out.

    Qt's loop gives Python no chance to see a signal: a socket wakes it. A second signal of the
    same kind ends the process at once.
    """

    signalled = Signal(int)
    session_ending = Signal()

    def __init__(self, app: QGuiApplication) -> None:
        super().__init__(app)
        self._reader, self._writer = socket.socketpair()
        for end in (self._reader, self._writer):
            end.setblocking(False)
        self._notifier = QSocketNotifier(
            self._reader.fileno(), QSocketNotifier.Type.Read, parent=self
        )
        self._notifier.activated.connect(self._read)
        app.commitDataRequest.connect(self.end_session)

    def install(self) -> None:
        """Take over the signals, but for those that whoever started us wants ignored."""
        signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        for name in _SIGNALS:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, _once)

    def uninstall(self) -> None:
        """Give the signals back."""
        signal.set_wakeup_fd(-1)
        for name in _SIGNALS:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is _once:
                signal.signal(number, signal.SIG_DFL)

    @Slot()
    def end_session(self) -> None:
        """The session ends: there is no time to ask anything."""
        self.session_ending.emit()

    @Slot()
    def _read(self) -> None:
        for number in self._reader.recv(64):
            self.signalled.emit(number)


def _once(number: int, frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_DFL)
