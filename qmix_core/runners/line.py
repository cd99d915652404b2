"""The line to the other side: one command each, by the system's OpenSSH or without, and its ends.

ssh does the rest with its own configuration, keys and known hosts: no password is asked for, no
unknown host is spoken to.
"""

from __future__ import annotations

import os
import queue
import shlex
import shutil
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from qmix_core.base.errors import ConfigError, RunError, printable
from qmix_core.base.version import __version__
from qmix_core.runners.spec import Elsewhere

Check = Callable[[], None]

_SSH_OPTIONS = (
    "BatchMode=yes",
    "StrictHostKeyChecking=yes",
    "Compression=yes",
    "ClearAllForwardings=yes",
    "ConnectTimeout=10",
    "ServerAliveInterval=5",
    "ServerAliveCountMax=3",
)
_SSH_FAILED = 255
_NOT_FOUND = {126, 127}
_POLL_S = 0.1
_END_S = 3.0
_CHUNK = 1 << 18
_LAST_LINES = 20


class LineDropped(Exception):
    """The line ended before the command did; the message is what ssh said."""


class Line:
    """To the other side of a runner. `folder`: where it keeps its files, empty for the usual."""

    def __init__(self, runner: Elsewhere, folder: str = "") -> None:
        """Raises ConfigError: this computer has no ssh."""
        self.name = runner.name
        self.python = runner.python or ("python3" if runner.host else sys.executable)
        self._folder = folder
        self._prefix: list[str] = []
        self.is_ssh = bool(runner.host)
        if self.is_ssh:
            ssh = shutil.which("ssh")
            if ssh is None:
                raise ConfigError("This computer has no ssh: install the OpenSSH client.")
            options = [part for option in _SSH_OPTIONS for part in ("-o", option)]
            self._prefix = [ssh, "-T", *options, "--", runner.host]

    def command(self, *arguments: str) -> list[str]:
        """The command that runs `qmix ARGUMENTS` on the other side."""
        there = [self.python, "-P", "-m", "qmix_core", *arguments]
        # the shell of the other computer takes the words apart again
        return [*self._prefix, shlex.join(there)] if self.is_ssh else there

    def far(self, step: str, *arguments: str) -> list[str]:
        """The command of one step of the other side."""
        folder = [f"--folder={self._folder}"] if self._folder else []
        return self.command("far", step, *folder, *arguments)

    @contextmanager
    def open(self, command: Sequence[str]) -> Iterator[Talk]:
        """Run a command with pipes; it is ended with the block."""
        # of its own group: Ctrl+C on a terminal is ours to pass on
        own_group = {} if sys.platform == "win32" else {"process_group": 0}
        try:
            process = subprocess.Popen(
                list(command),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=_environment(),
                **own_group,  # type: ignore[call-overload]
            )
        except OSError as error:
            raise ConfigError(f"{command[0]} cannot be started ({error.strerror}).") from error
        talk = Talk(self, process)
        try:
            yield talk
        finally:
            talk.close()

    def ask(self, command: Sequence[str], *, check: Check, given: bytes = b"") -> bytes:
        """What a command prints. `check` is called all the time; what it raises ends the command.

        Raises:
            LineDropped: see there. RunError: the other side refuses, with its sentence.
        """
        with self.open(command) as talk:
            talk.give_all(given)
            parts = []
            while (part := talk.take(check)) is not None:
                parts.append(part)
            talk.end(check)
        return b"".join(parts)

    def send(self, command: Sequence[str], file: IO[bytes], *, check: Check, sent: Check) -> None:
        """Give a command the rest of a file; `sent` is called after each part. Raises as `ask`."""
        with self.open(command) as talk:
            while chunk := file.read(_CHUNK):
                if not talk.give(chunk, check):
                    break
                sent()
            talk.hang_up()
            talk.end(check)

    def fetch(self, command: Sequence[str], write: Callable[[bytes], object], check: Check) -> None:
        """Write what a command gives. Raises as `ask`, and what `write` raises."""
        with self.open(command) as talk:
            talk.hang_up()
            while (part := talk.take(check)) is not None:
                write(part)
            talk.end(check)

    def require_version(self, *, check: Check) -> None:
        """Have the other side answer, with the version of QMix that is here.

        Raises:
            ConfigError: it cannot be reached, lacks QMix, or has another version.
        """
        fix = self._fix()
        try:
            said = self.ask(self.command("--version"), check=check).decode(errors="replace")
        except LineDropped as error:
            raise ConfigError(self._unreachable(str(error))) from error
        except FarSideFailed as error:
            if error.code in _NOT_FOUND:
                raise ConfigError(
                    f"{self.name} has no program {self.python} (it says: {error.words}): name a "
                    f"Python that has QMix, as in --runner ssh:{self.name}:/path/to/python."
                ) from error
            if "qmix_core" in error.words:
                raise ConfigError(f"{self.name} has no QMix: run {fix}") from error
            raise ConfigError(f"QMix does not start on {self.name}: {error.words}") from error
        there = said.split()[-1] if said.split() else "no version"
        if there != __version__:
            raise ConfigError(
                f"{self.name} has QMix {printable(there)}, and this computer {__version__}: run "
                f"{fix}"
            )

    def _fix(self) -> str:
        install = [self.python, "-m", "pip", "install", f"qmix-gui=={__version__}"]
        return f"ssh {self.name} {shlex.join(install)}" if self.is_ssh else shlex.join(install)

    def _unreachable(self, said: str) -> str:
        if "Host key verification failed" in said or "host key" in said.lower():
            return (
                f"{self.name} shows no host key that is known here: run ssh {self.name} once in a "
                "terminal and compare the key with what its owner says."
            )
        if "Permission denied" in said:
            return (
                f"{self.name} lets no key of yours in: run ssh-copy-id {self.name} once in a "
                "terminal."
            )
        return f"{self.name} cannot be reached ({said}): check its name and the network."


class FarSideFailed(RunError):
    """The other side ended with an error. `words`: its last line; `code`: its exit code."""

    def __init__(self, name: str, words: str, code: int) -> None:
        super().__init__(f"{name}: {words}")
        self.words = words
        self.code = code


class Talk:
    """One command that runs on the other side."""

    def __init__(self, line: Line, process: subprocess.Popen[bytes]) -> None:
        self._line = line
        self._process = process
        self._errors: deque[str] = deque(maxlen=_LAST_LINES)
        self._out: queue.Queue[bytes | None] = queue.Queue(64)
        self._in: queue.Queue[bytes | None] = queue.Queue(4)
        self._is_closed = threading.Event()
        for work in (self._read_out, self._read_errors, self._write_in):
            threading.Thread(target=work, daemon=True).start()

    def give_all(self, content: bytes) -> None:
        """Give the command its whole input, and its end."""
        self._in.put(content)
        self._in.put(None)

    def give(self, content: bytes, check: Check | None = None) -> bool:
        """Give the command a part of its input; False where it has ended."""
        while self._process.poll() is None:
            if check is not None:
                check()
            with suppress(queue.Full):
                self._in.put(content, timeout=_POLL_S)
                return True
        return False

    def hang_up(self) -> None:
        """End the command's input."""
        while self._process.poll() is None:
            with suppress(queue.Full):
                self._in.put(None, timeout=_POLL_S)
                return

    def take(self, check: Check) -> bytes | None:
        """The next line of output; None at its end."""
        while True:
            found, part = self.take_now()
            if found:
                return part
            check()

    def take_now(self) -> tuple[bool, bytes | None]:
        """Whether there is something within a moment, and what; None is the end of the output."""
        try:
            return True, self._out.get(timeout=_POLL_S)
        except queue.Empty:
            return False, None

    def end(self, check: Check) -> None:
        """Wait for the end of the command.

        Raises:
            LineDropped: the line ended first. FarSideFailed: an error on the other side.
        """
        while self._process.poll() is None:
            check()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_POLL_S)
        code = self._process.returncode
        if code == 0:
            return
        words = self._last_words()
        if self._line.is_ssh and (code == _SSH_FAILED or code < 0):
            raise LineDropped(words)
        raise FarSideFailed(self._line.name, words, code)

    def close(self) -> None:
        """End what is left of the command."""
        self._is_closed.set()
        with suppress(queue.Full):
            self._in.put_nowait(None)
        if self._process.poll() is None:
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_END_S)
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        while not self._out.empty():
            self._out.get_nowait()

    def _last_words(self) -> str:
        for thread in threading.enumerate():
            if getattr(thread, "talk", None) is self:
                thread.join(_END_S)
        lines = [line for line in self._errors if line]
        own = [line for line in lines if line.startswith("qmix: ")]
        return printable((own or lines or ["it says nothing"])[-1].removeprefix("qmix: "))

    def _read_out(self) -> None:
        self._pump(self._process.stdout)
        while not self._is_closed.is_set():
            with suppress(queue.Full):
                self._out.put(None, timeout=_POLL_S)
                return

    def _pump(self, stream: IO[bytes] | None) -> None:
        with suppress(OSError, ValueError):
            while stream is not None and (part := stream.readline(_CHUNK)):
                while not self._is_closed.is_set():
                    with suppress(queue.Full):
                        self._out.put(part, timeout=_POLL_S)
                        break

    def _read_errors(self) -> None:
        threading.current_thread().talk = self  # type: ignore[attr-defined]
        stream = self._process.stderr
        with suppress(OSError, ValueError):
            while stream is not None and (line := stream.readline(_CHUNK)):
                self._errors.append(line.decode(errors="replace").strip())

    def _write_in(self) -> None:
        stream = self._process.stdin
        assert stream is not None
        with suppress(OSError, ValueError), stream:
            while (content := self._in.get()) is not None:
                stream.write(content)
                stream.flush()


def _environment() -> dict[str, str]:
    # the other side on this computer is this installation
    here = str(Path(__file__).resolve().parents[2])
    known = os.environ.get("PYTHONPATH", "")
    return os.environ | {
        "PYTHONPATH": os.pathsep.join(filter(None, [here, known])),
        "PYTHONUTF8": "1",
    }
