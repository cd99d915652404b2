"""Work on files away from the GUI thread."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, QThread, Signal, Slot

from qmix_core.base.cancellation import Cancelled, Control
from qmix_core.base.errors import QMixError
from qmix_core.base.types import Progress

Work = Callable[[Progress, Control], object]
_log = logging.getLogger(__name__)


class BackgroundJob(QThread):
    """Runs `work(progress, control)` once, in its own thread.

    Just one of `succeeded` (what the work gave back), `failed` (a sentence) and `cancelled` comes
    before `finished`. Connect bound methods of QObjects of the GUI thread only.
    """

    progressed = Signal(int, int)
    succeeded = Signal(object)
    failed = Signal(str)
    cancelled = Signal()

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._control = Control()

    def cancel(self) -> None:
        """Ask the work to stop at its next check."""
        self._control.cancel()

    def run(self) -> None:
        try:
            result = self._work(self._report, self._control)
        except Cancelled:
            self.cancelled.emit()
        except QMixError as error:
            self.failed.emit(str(error))
        except Exception as error:  # noqa: BLE001 - the page must leave its busy state
            _log.exception("Background job failed")
            self.failed.emit(self.tr("Unexpected error: {error}").format(error=error))
        else:
            self.succeeded.emit(result)

    def _report(self, done: int, total: int) -> None:
        self._control.check()
        self.progressed.emit(done, total)


class JobSlot(QObject):
    """Holds one current job. A new one takes the place of the old, whose outcome is dropped.

    Lives in the GUI thread and passes on the signals of the current job alone; `drained` follows
    when no thread is left.
    """

    progressed = Signal(int, int)
    succeeded = Signal(object)
    failed = Signal(str)
    cancelled = Signal()
    drained = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._current: BackgroundJob | None = None
        self._alive: set[BackgroundJob] = set()

    @property
    def is_busy(self) -> bool:
        """Whether a thread is left, be it of a dropped job."""
        return bool(self._alive)

    def start(self, work: Work) -> None:
        """Start `work` in place of the current job."""
        self.drop()
        job = BackgroundJob(work, parent=self)
        self._current = job
        self._alive.add(job)
        job.progressed.connect(self._pass_progress)
        job.succeeded.connect(self._pass_result)
        job.failed.connect(self._pass_failure)
        job.cancelled.connect(self._pass_cancellation)
        job.finished.connect(self._bury)
        job.start()

    def cancel(self) -> None:
        """Ask the current job to stop; `cancelled` follows, or its result if it was too late."""
        if self._current is not None:
            self._current.cancel()

    def drop(self) -> None:
        """Ask the current job to stop and hear no more of it."""
        self.cancel()
        self._current = None

    def shut_down(self) -> None:
        """Stop and wait for all threads; no signal follows."""
        self.drop()
        for job in self._alive:
            job.finished.disconnect(self._bury)
            job.wait()
        self._alive.clear()

    @Slot(int, int)
    def _pass_progress(self, done: int, total: int) -> None:
        if self.sender() is self._current:
            self.progressed.emit(done, total)

    @Slot(object)
    def _pass_result(self, result: object) -> None:
        if self.sender() is self._current:
            self.succeeded.emit(result)

    @Slot(str)
    def _pass_failure(self, text: str) -> None:
        if self.sender() is self._current:
            self.failed.emit(text)

    @Slot()
    def _pass_cancellation(self) -> None:
        if self.sender() is self._current:
            self.cancelled.emit()

    @Slot()
    def _bury(self) -> None:
        job = self.sender()
        if isinstance(job, BackgroundJob):
            self._alive.discard(job)
            if job is self._current:
                self._current = None
            job.deleteLater()
        if not self._alive:
            self.drained.emit()
