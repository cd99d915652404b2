"""Work on files that may never come back, as on a dead network drive: nobody waits for it."""

from __future__ import annotations

import logging
import threading

from PySide6.QtCore import QCoreApplication, QObject, Signal

from qmix_core.base.cancellation import Cancelled, Control
from qmix_core.base.errors import QMixError
from qmix_gui.jobs.background_job import Work

_log = logging.getLogger(__name__)


class _Bridge(QObject):
    """Carries results into the GUI thread; alive as long as the work is."""

    progressed = Signal(int, int)
    succeeded = Signal(object)
    failed = Signal(str)


class DetachedJob(QObject):
    """Holds one current piece of work; a new one takes its place, and nothing is heard of the old.

    Unlike a JobSlot it never waits: its thread is left behind when the window closes. The work
    must not write anything that would be missed.
    """

    progressed = Signal(int, int)
    succeeded = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._control: Control | None = None
        self._bridge: _Bridge | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a result is awaited."""
        return self._bridge is not None

    def start(self, work: Work) -> None:
        """Start `work` in place of the current one."""
        self.drop()
        bridge, control = _Bridge(), Control()
        self._bridge, self._control = bridge, control
        bridge.progressed.connect(self._pass_progress)
        bridge.succeeded.connect(self._pass_result)
        bridge.failed.connect(self._pass_failure)
        threading.Thread(
            target=_do, args=(work, bridge, control), name="files", daemon=True
        ).start()

    def drop(self) -> None:
        """Ask the work to stop and hear no more of it."""
        if self._control is not None:
            self._control.cancel()
        self._bridge = self._control = None

    def _pass_progress(self, done: int, total: int) -> None:
        if self.sender() is self._bridge:
            self.progressed.emit(done, total)

    def _pass_result(self, result: object) -> None:
        if self.sender() is self._bridge:
            self._bridge = None
            self.succeeded.emit(result)

    def _pass_failure(self, text: str) -> None:
        if self.sender() is self._bridge:
            self._bridge = None
            self.failed.emit(text)


def _do(work: Work, bridge: _Bridge, control: Control) -> None:
    def report(done: int, total: int) -> None:
        control.check()
        bridge.progressed.emit(done, total)

    try:
        bridge.succeeded.emit(work(report, control))
    except Cancelled:
        pass
    except QMixError as error:
        bridge.failed.emit(str(error))
    except Exception as error:  # noqa: BLE001 - the page must leave its busy state
        _log.exception("Work on files failed")
        text = QCoreApplication.translate("detached_job", "Unexpected error: {error}")
        bridge.failed.emit(text.format(error=error))
