"""The one way to work away from the GUI thread: on files, on many images, on what takes long."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from qmix_core.base.cancellation import Cancelled, Control
from qmix_core.base.errors import QMixError
from qmix_core.base.types import Progress

Work = Callable[[Progress, Control], object]
_NAME = "background job"
_log = logging.getLogger(__name__)


class BackgroundJob(QObject):
    """Holds one current piece of work. A new one takes its place, and the old is not heard again.

    Lives in the GUI thread, as all that follows its signals. Just one of `succeeded` (what the
    work returned), `failed` (a sentence) and `cancelled` ends the current work; `drained` follows
    when no thread is left. Connect bound methods of QObjects only.
    """

    progressed = Signal(int, int)
    succeeded = Signal(object)
    failed = Signal(str)
    cancelled = Signal()
    drained = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._current: _Thread | None = None
        self._threads: set[_Thread] = set()
        threads = self._threads
        # no work, and no process that it started, stays behind a page that is gone
        self.destroyed.connect(lambda: _cancel(threads))

    @property
    def is_busy(self) -> bool:
        """Whether an outcome is awaited."""
        return self._current is not None

    @property
    def is_drained(self) -> bool:
        """Whether no thread is left, not even of dropped work."""
        return not self._threads

    def start(self, work: Work) -> None:
        """Start `work(progress, control)` in place of the current one."""
        self.drop()
        thread = _Thread(work)
        thread.progressed.connect(self._pass_progress)
        thread.ended.connect(self._take_end)
        self._current = thread
        self._threads.add(thread)
        thread.start()

    def cancel(self) -> None:
        """Ask the current work to stop; `cancelled` follows, or its result if it was too late."""
        if self._current is not None:
            self._current.control.cancel()

    def drop(self) -> None:
        """Ask the current work to stop and hear no more of it; nobody waits for its thread.

        That is right for work on files that may never come back, as on a dead network drive, if
        it writes nothing that would be missed.
        """
        self.cancel()
        self._current = None

    def shut_down(self) -> None:
        """Stop and wait for all threads; no signal follows."""
        self.drop()
        while self._threads:
            self._threads.pop().join()

    @Slot(object, int, int)
    def _pass_progress(self, thread: _Thread, done: int, total: int) -> None:
        if thread is self._current:
            self.progressed.emit(done, total)

    @Slot(object, object)
    def _take_end(self, thread: _Thread, outcome: _Outcome) -> None:
        if thread not in self._threads:
            return
        self._threads.remove(thread)
        if thread is self._current:
            self._current = None
            outcome(self)
        if self.is_drained:
            self.drained.emit()


_Outcome = Callable[[BackgroundJob], None]


class _Thread(QObject):
    """A thread with one piece of work; its signals carry it along, which keeps it alive."""

    progressed = Signal(object, int, int)
    ended = Signal(object, object)

    def __init__(self, work: Work) -> None:
        super().__init__()
        self.control = Control()
        self._work = work
        # a thread that hangs on a dead drive must not keep the process alive
        self._thread = threading.Thread(target=self._run, name=_NAME, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def join(self) -> None:
        self._thread.join()

    def _run(self) -> None:
        self.ended.emit(self, self._outcome())

    def _outcome(self) -> _Outcome:
        try:
            result = self._work(self._report, self.control)
        except Cancelled:
            return lambda job: job.cancelled.emit()
        except QMixError as error:
            text = str(error)
        except Exception as error:  # noqa: BLE001 - the page must leave its busy state
            _log.exception("Background job failed")
            text = QCoreApplication.translate("BackgroundJob", "Unexpected error: {error}")
            text = text.format(error=error)
        else:
            return lambda job: job.succeeded.emit(result)
        return lambda job: job.failed.emit(text)

    def _report(self, done: int, total: int) -> None:
        self.control.check()
        self.progressed.emit(self, done, total)


def _cancel(threads: set[_Thread]) -> None:
    for thread in threads:
        thread.control.cancel()


def wait_for_threads(seconds: float) -> bool:
    """Let the threads of dropped work end, for so long at most; whether all have."""
    end = monotonic() + seconds
    threads = [thread for thread in threading.enumerate() if thread.name == _NAME]
    for thread in threads:
        thread.join(max(0.0, end - monotonic()))
    return not any(thread.is_alive() for thread in threads)
