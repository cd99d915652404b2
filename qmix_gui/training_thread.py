"""Training as a child process: its events become signals, its standard input takes our orders."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import psutil
from PySide6.QtCore import QObject, QThread, Signal

import qmix_core
from qmix_core.events import RunFinished, decode

#: Lines of the child's error output that are kept for the details of a failure.
LOG_LINES = 400
_POLL_S = 0.2
_WINDOWS_FLAGS: int = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0) | getattr(
    subprocess, "CREATE_NO_WINDOW", 0
)


def train_command(
    project: Path,
    *,
    preset: str,
    weights: str = "",
    epochs: int | None = None,
    seed: int = 0,
    encoder: str | None = None,
    device: str = "auto",
    no_mirror: bool = False,
    image_size: int | None = None,
    batch_size: int | None = None,
) -> list[str]:
    """The command line of a run. In a frozen build `sys.executable` re-runs itself (main.py)."""
    command = [sys.executable, "-m", "qmix_core", "train", "--project", str(project), "--events"]
    command += ["--preset", preset, "--seed", str(seed), "--device", device]
    chosen = {
        "--weights": weights,
        "--epochs": epochs,
        "--encoder": encoder,
        "--image-size": image_size,
        "--batch-size": batch_size,
    }
    for option, value in chosen.items():
        if value:
            command += [option, str(value)]
    if no_mirror:
        command.append("--no-mirror")
    return command


def resume_command(project: Path) -> list[str]:
    """The command line that lets the stopped run go on, with its own settings."""
    command = [sys.executable, "-m", "qmix_core", "train", "--project", str(project)]
    return [*command, "--resume", "--events"]


class TrainingThread(QThread):
    """Runs one training command and watches over it until nothing of it is left.

    `event_received` carries qmix_core.events.Event, `log_line` every other line of output;
    `finished_run(status, reason, log)` comes exactly once: status is done, failed or cancelled.
    Stop ladder: "cancel" on standard input, `cancel_ms` later terminate, `terminate_ms` later kill
    of the process tree. No method blocks.
    """

    event_received = Signal(object)
    log_line = Signal(str)
    finished_run = Signal(str, str, str)

    def __init__(
        self,
        command: Sequence[str],
        *,
        cancel_ms: int = 5000,
        terminate_ms: int = 3000,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._command = list(command)
        self._steps_s = (cancel_ms / 1000, terminate_ms / 1000)
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._unsent: list[str] = []
        self._cancelled = threading.Event()
        self._log: deque[str] = deque(maxlen=LOG_LINES)

    def pause(self) -> None:
        """Hold the run at its next batch."""
        self._send("pause")

    def resume(self) -> None:
        """Let a paused run go on."""
        self._send("resume")

    def cancel(self) -> None:
        """Start the stop ladder."""
        if not self._cancelled.is_set():
            self._cancelled.set()
            self._send("cancel")

    def _send(self, word: str) -> None:
        with self._lock:
            if self._process is None:
                self._unsent.append(word)
            else:
                _write_line(self._process, word)

    # -- in the thread ------------------------------------------------------------------------

    def run(self) -> None:
        try:
            process = _start(self._command)
        except OSError as error:
            reason = self.tr("The training process could not be started: {reason}.")
            self.finished_run.emit("failed", reason.format(reason=error.strerror or error), "")
            return
        with self._lock:
            self._process = process
            for word in self._unsent:
                _write_line(process, word)
        lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        readers = [
            threading.Thread(target=_drain, args=(process.stdout, lines), daemon=True),
            threading.Thread(target=self._keep_errors, args=(process.stderr,), daemon=True),
        ]
        for reader in readers:
            reader.start()
        finished = self._follow(process, lines)
        _end(process, readers)
        with self._lock:
            _close_input(process)
        status, reason = self._verdict(process.returncode, finished)
        self.finished_run.emit(status, reason, "\n".join(self._log))

    def _follow(
        self, process: subprocess.Popen[str], lines: queue.SimpleQueue[str | None]
    ) -> RunFinished | None:
        """Pass lines on until the output ends or the ladder has been climbed."""
        finished: RunFinished | None = None
        ladder = _Ladder(process, self._steps_s)
        while True:
            if finished is not None or self._cancelled.is_set():
                ladder.climb()
            try:
                line = lines.get(timeout=_POLL_S)
            except queue.Empty:
                if process.poll() is not None:
                    return finished
                continue
            if line is None:
                lines = queue.SimpleQueue()  # output closed: wait for the exit alone
                continue
            finished = self._take(line.rstrip("\r\n")) or finished

    def _take(self, line: str) -> RunFinished | None:
        try:
            event = decode(line)
        except ValueError:
            if line:
                self.log_line.emit(line)
            return None
        self.event_received.emit(event)
        return event if isinstance(event, RunFinished) else None

    def _keep_errors(self, stream: IO[str]) -> None:
        with contextlib.suppress(OSError, ValueError), stream:
            for line in stream:
                self._log.append(line.rstrip("\r\n"))
                self.log_line.emit(self._log[-1])

    def _verdict(self, code: int, finished: RunFinished | None) -> tuple[str, str]:
        if finished is not None:
            return finished.status, finished.reason
        if self._cancelled.is_set():
            return "cancelled", self.tr("The training was stopped before it was done.")
        if code < 0:
            name = _signal_name(-code)
            text = self.tr("The training process was ended by signal {number} ({name}).")
            if name == "SIGKILL":
                text += " " + self.tr("Most often the computer ran out of memory.")
            return "failed", text.format(number=-code, name=name)
        last = next((line for line in reversed(self._log) if line.strip()), "")
        if code == 2 and last:
            return "failed", last.strip()
        text = self.tr("The training process ended without a result (exit code {code}).")
        return "failed", text.format(code=code)


class _Ladder:
    """Terminate, then kill, as time passes from the first call of `climb`."""

    def __init__(self, process: subprocess.Popen[str], steps_s: tuple[float, float]) -> None:
        self._process = process
        self._steps_s = steps_s
        self._since: float | None = None
        self._step = 0

    def climb(self) -> None:
        now = time.monotonic()
        if self._since is None:
            self._since = now
        if self._step == 0 and now >= self._since + self._steps_s[0]:
            self._step = 1
            with contextlib.suppress(OSError):
                self._process.terminate()
        elif self._step == 1 and now >= self._since + sum(self._steps_s):
            self._step = 2
            _kill_tree(self._process)


def _start(command: list[str]) -> subprocess.Popen[str]:
    environment = os.environ | {
        "PYTHONUTF8": "1",
        "PYTHONUNBUFFERED": "1",
        # the child finds the same qmix_core, and no module that lies in its working folder
        "PYTHONSAFEPATH": "1",
        "PYTHONPATH": os.pathsep.join(
            filter(None, [str(Path(qmix_core.__file__).parents[1]), os.environ.get("PYTHONPATH")])
        ),
    }
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        env=environment,
        start_new_session=True,
        creationflags=_WINDOWS_FLAGS,
    )


def _write_line(process: subprocess.Popen[str], word: str) -> None:
    # the child may be gone or its pipe closed: its end is reported by `run`
    with contextlib.suppress(OSError, ValueError):
        if process.stdin is not None:
            process.stdin.write(f"{word}\n")
            process.stdin.flush()


def _close_input(process: subprocess.Popen[str]) -> None:
    with contextlib.suppress(OSError, ValueError):
        if process.stdin is not None:
            process.stdin.close()


def _drain(stream: IO[str], lines: queue.SimpleQueue[str | None]) -> None:
    with contextlib.suppress(OSError, ValueError), stream:
        for line in stream:
            lines.put(line)
    lines.put(None)


def _end(process: subprocess.Popen[str], readers: list[threading.Thread]) -> None:
    """Reap the child, and whatever of its group still holds its pipes."""
    process.wait()
    for reader in readers:
        reader.join(1.0)
    if any(reader.is_alive() for reader in readers):
        _kill_group(process.pid)
        for reader in readers:
            reader.join(1.0)


def _kill_tree(process: subprocess.Popen[str]) -> None:
    """Kill the child and all its descendants, also those that left its group."""
    with contextlib.suppress(psutil.Error):
        for child in psutil.Process(process.pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):
                child.kill()
    _kill_group(process.pid)
    with contextlib.suppress(OSError):
        process.kill()


def _kill_group(group: int) -> None:
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.killpg(group, signal.SIGKILL)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)
