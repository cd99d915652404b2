"""Training as a child process: its events become signals, its standard input takes our orders."""

from __future__ import annotations

import contextlib
import logging
import queue
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import IO

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject, Qt, QThread, Signal, Slot

from qmix_core.base.events import BatchDone, Event, Preparing, RunFinished, RunStarted, decode
from qmix_core.base.resource_errors import failure_cause, resource_error_text
from qmix_core.runs.run_options import RunOptions
from qmix_gui.jobs import child_process
from qmix_gui.jobs.child_process import Child
from qmix_gui.training.run_log import RunLog

#: How long a run that is told to stop may take before it is ended.
CANCEL_MS = 5000
#: Things that may wait. Above it events make the sender wait, and lines of text are dropped.
MOST_WAITING = 500
_PATIENCE_S = 0.2


class Mailbox:
    """Events and lines of text in order; of progress events in a row only the newest waits."""

    def __init__(self) -> None:
        self._waiting: deque[Event | str] = deque()
        self._changed = threading.Condition()
        self._is_told = False

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, item: Event | str, *, hurry: threading.Event) -> bool:
        """Leave an item, or drop it where the box is full: text at once, events after `hurry`.

        True where the other thread has yet to be told that there is something to take.
        """
        with self._changed:
            last = self._waiting[-1] if self._waiting else None
            if isinstance(item, BatchDone | Preparing) and type(item) is type(last):
                self._waiting[-1] = item
                return False
            while len(self._waiting) >= MOST_WAITING:
                if isinstance(item, str) or hurry.is_set():
                    return False
                self._changed.wait(_PATIENCE_S)
            self._waiting.append(item)
            was_told, self._is_told = self._is_told, True
            return not was_told

    def take(self, most: int) -> list[Event | str]:
        """The oldest items, `most` of them at once."""
        with self._changed:
            taken = [self._waiting.popleft() for _ in range(min(most, len(self._waiting)))]
            self._is_told = bool(self._waiting)
            self._changed.notify_all()
        return taken


_log = logging.getLogger(__name__)
_POLL_S, _REAPED_WITHIN_S = 0.2, 5.0
#: A look at the clock that comes later than this is no sign of patience: the computer slept.
_LONGEST_STEP_S = 1.0
_LINES_READ_AHEAD = 200
_DELIVERED_AT_ONCE = 100


def train_command(project: Path, options: RunOptions) -> list[str]:
    """The command line of a run. In a frozen build `sys.executable` re-runs itself (main.py)."""
    command = [sys.executable, "-m", "qmix_core", "train", "--project", str(project), "--events"]
    return [*command, *options.arguments()]


def resume_command(project: Path, options: RunOptions | None = None) -> list[str]:
    """The command line that lets the stopped run go on, with its own settings, where `options`
    say that it runs.
    """
    command = [sys.executable, "-m", "qmix_core", "train", "--project", str(project)]
    own = options or RunOptions()
    where = RunOptions(
        runner=own.runner, remote_folder=own.remote_folder, keep_remote=own.keep_remote
    )
    return [*command, "--resume", "--events", *where.arguments()]


class TrainingThread(QThread):
    """Runs one training command and watches over it until nothing of it is left.

    `event_received` carries qmix_core.base.events.Event, `log_line` every other line of output,
    unless they come faster than they can be shown; `quiet` the seconds without any of them, each
    `quiet_ms` anew unless the run is paused. `finished_run(status, reason, log)` comes exactly
    once, last: status is done, failed or cancelled; `cause` then is that of RunFinished.
    Stop ladder: "cancel" on standard input, `cancel_ms` later terminate, `terminate_ms` later kill
    of the process tree. No method blocks. All signals but `quiet` are sent in the thread that made
    the object.
    """

    event_received = Signal(object)
    log_line = Signal(str)
    quiet = Signal(int)
    finished_run = Signal(str, str, str)
    _has_news = Signal()

    def __init__(
        self,
        command: Sequence[str],
        *,
        cancel_ms: int = CANCEL_MS,
        terminate_ms: int = 3000,
        quiet_ms: int = 120_000,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._command = list(command)
        self._steps_s = (cancel_ms / 1000, terminate_ms / 1000)
        self._silence = _Silence(quiet_ms / 1000)
        self._lock = threading.Lock()
        self._child: Child | None = None
        self._unsent: list[str] = []
        self._cancelled = threading.Event()
        self._paused = threading.Event()
        self._mailbox = Mailbox()
        self._run_log = RunLog()
        self._end: tuple[str, str] | None = None
        self.cause = ""
        self._has_news.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def pause(self) -> None:
        """Hold the run at its next batch."""
        self._paused.set()
        self._send("pause")

    def resume(self) -> None:
        """Let a paused run go on."""
        self._paused.clear()
        self._send("resume")

    def cancel(self) -> None:
        """Start the stop ladder."""
        if not self._cancelled.is_set():
            self._cancelled.set()
            self._send("cancel")

    def _send(self, word: str) -> None:
        with self._lock:
            if self._child is None:
                self._unsent.append(word)
            else:
                child_process.write_line(self._child, word)

    @Slot()
    def _deliver(self) -> None:
        for item in self._mailbox.take(_DELIVERED_AT_ONCE):
            if isinstance(item, Event):
                self.event_received.emit(item)
            else:
                self.log_line.emit(item)
        if len(self._mailbox):
            # other things of this thread have their turn in between
            self._has_news.emit()
        elif self._end is not None:
            end, self._end = self._end, None
            self.finished_run.emit(*end, self._run_log.text)

    # -- in the thread ------------------------------------------------------------------------

    def run(self) -> None:
        try:
            end = self._supervise()
        except OSError as error:
            reason = self.tr("The training process could not be started: {reason}.")
            end = ("failed", reason.format(reason=error.strerror or error))
        except Exception as error:  # noqa: BLE001 - no run may be left without an end
            _log.exception("The training thread failed")
            reason = self.tr("The training could not be followed any more: {reason}.")
            end = ("failed", reason.format(reason=error))
        try:
            self._run_log.close(": ".join(filter(None, end)))
        finally:
            # whatever the log's disk says, the end is told
            self._end = end
            self._has_news.emit()

    def _supervise(self) -> tuple[str, str]:
        child = child_process.start(self._command)
        try:
            with self._lock:
                self._child = child
                for word in self._unsent:
                    child_process.write_line(child, word)
            return self._follow(child)
        finally:
            with self._lock:
                child_process.close_input(child)
            if child.poll() is None:
                child_process.kill_tree(child)
                # the end is told when it has come, unless a disk holds the child up
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.wait(_REAPED_WITHIN_S)

    def _follow(self, child: Child) -> tuple[str, str]:
        lines: queue.Queue[str | None] = queue.Queue(_LINES_READ_AHEAD)
        readers = [
            threading.Thread(target=_read_output, args=(child.stdout, lines), daemon=True),
            threading.Thread(target=self._keep_errors, args=(child.stderr,), daemon=True),
        ]
        for reader in readers:
            reader.start()
        finished = self._take_lines(child, lines)
        child.wait()
        # a grandchild may hold the pipes open
        child_process.kill_group(child)
        for reader in readers:
            reader.join(1.0)
        self.cause = exit_cause(child.returncode, finished, last_words=self._run_log.last_words)
        return exit_status(
            child.returncode,
            finished,
            is_cancelled=self._cancelled.is_set(),
            last_words=self._run_log.last_words,
        )

    def _take_lines(self, child: Child, lines: queue.Queue[str | None]) -> RunFinished | None:
        """Pass lines on until the output ends or the ladder has been climbed."""
        finished: RunFinished | None = None
        ladder = _Ladder(child, self._steps_s)
        looked = monotonic()
        while True:
            now = monotonic()
            passed, looked = min(now - looked, _LONGEST_STEP_S), now
            if finished is not None or self._cancelled.is_set():
                ladder.climb(passed)
            elif self._paused.is_set():
                self._silence.seconds = 0.0
            elif self._silence.grow(passed):
                self.quiet.emit(round(self._silence.seconds))
            try:
                line = lines.get(timeout=_POLL_S)
            except queue.Empty:
                if child.poll() is not None:
                    return finished
                continue
            self._silence.seconds = 0.0
            if line is None:
                lines = queue.Queue()  # output closed: wait for the exit alone
            elif line:
                finished = self._take(line, finished)

    def _take(self, line: str, finished: RunFinished | None) -> RunFinished | None:
        try:
            event = decode(line)
        except ValueError:
            self._tell(self._run_log.add(line))
            return finished
        if finished is not None:
            _log.warning("An event after the end of a run was ignored: %s", event)
            return finished
        if isinstance(event, RunStarted):
            self._run_log.open_in(Path(event.folder))
        self._tell(event)
        return event if isinstance(event, RunFinished) else None

    def _keep_errors(self, stream: IO[bytes]) -> None:
        for line in child_process.read_lines(stream):
            self._silence.seconds = 0.0
            self._tell(self._run_log.add(line))

    def _tell(self, item: Event | str) -> None:
        if self._mailbox.put(item, hurry=self._cancelled):
            self._has_news.emit()


class _Ladder:
    """Terminate, then kill, as time passes."""

    def __init__(self, child: Child, steps_s: tuple[float, float]) -> None:
        self._child = child
        self._steps = [
            (steps_s[0], child.terminate),
            (sum(steps_s), lambda: child_process.kill_tree(child)),
        ]
        self._seconds = 0.0

    def climb(self, passed: float) -> None:
        self._seconds += passed
        if self._steps and self._seconds >= self._steps[0][0]:
            _, step = self._steps.pop(0)
            step()


class _Silence:
    """Seconds without a sign of life."""

    def __init__(self, limit_s: float) -> None:
        self._limit_s = limit_s
        self.seconds = 0.0

    def grow(self, passed: float) -> bool:
        """Whether another `limit_s` is full."""
        before, self.seconds = self.seconds, self.seconds + passed
        return self.seconds // self._limit_s > before // self._limit_s


def _read_output(stream: IO[bytes], lines: queue.Queue[str | None]) -> None:
    for line in child_process.read_lines(stream):
        lines.put(line)
    lines.put(None)


_ = QT_TRANSLATE_NOOP
_STATUSES = ("done", "failed", "cancelled")
_CRASH = _("child_end", "The training process crashed inside a library ({name}).")
_ENDED = _("child_end", "The training process was ended from outside ({name}).")
_BY_SIGNAL = {
    "SIGKILL": _(
        "child_end",
        "The training process was ended by the system, probably because the computer ran out of "
        "memory.",
    ),
    "SIGSEGV": _CRASH,
    "SIGBUS": _CRASH,
    "SIGILL": _CRASH,
    "SIGFPE": _CRASH,
    "SIGABRT": _CRASH,
}
#: Exit codes of Windows from here on are exceptions such as an access violation.
_WINDOWS_EXCEPTION = 0xC0000000


def exit_status(
    code: int, finished: RunFinished | None, *, is_cancelled: bool, last_words: str
) -> tuple[str, str]:
    """Status (done, failed or cancelled) and reason, a sentence; empty where all went well.

    `code` is that of subprocess.Popen, `last_words` the last line of the error output.
    """
    if finished is not None:
        status = finished.status if finished.status in _STATUSES else "failed"
        return status, finished.reason
    if is_cancelled:
        return "cancelled", _translate(
            _("child_end", "The training was stopped before it was done.")
        )
    if code == 2 and last_words:
        return "failed", last_words.removeprefix("qmix: ")
    if text := resource_error_text(RuntimeError(last_words)):
        # a library that ends the process itself, such as OpenBLAS and OpenMP
        return "failed", text
    if code < 0:
        name = _signal_name(-code)
        return "failed", _translate(_BY_SIGNAL.get(name, _ENDED)).format(name=name)
    if code >= _WINDOWS_EXCEPTION:
        return "failed", _translate(_CRASH).format(name=f"{code:#x}")
    text = _translate(
        _("child_end", "The training process ended without a result (exit code {code}).")
    )
    return "failed", text.format(code=code)


def exit_cause(code: int, finished: RunFinished | None, *, last_words: str) -> str:
    """Why a run failed, as in RunFinished; empty where it did not say, or did not fail."""
    if finished is not None:
        return finished.cause
    if code < 0 and _signal_name(-code) == "SIGKILL":
        return "memory"
    return failure_cause(RuntimeError(last_words))


def _translate(text: object) -> str:
    return QCoreApplication.translate("child_end", str(text))


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)
