"""Letting a window live while a script measures it."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication


def rest(seconds: float) -> None:
    """Turn the event loop, with Python's threads running, for some time.

    PySide6 6.11 now and then frees the timer that `QTimer.singleShot` makes twice, and the process
    dies: a timer of our own lives as long as it is needed.
    """
    loop, timer = QEventLoop(), QTimer(singleShot=True)
    timer.timeout.connect(loop.quit)
    timer.start(round(1000 * seconds))
    loop.exec()


def until(is_true: Callable[[], bool], *, seconds: float = 20) -> None:
    """Turn the event loop until something holds; TimeoutError where it does not in time."""
    end = time.monotonic() + seconds
    while not is_true():
        if time.monotonic() > end:
            raise TimeoutError("The window did not get there.")
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        # processEvents keeps the interpreter: the workers need it too
        time.sleep(0.0002)
