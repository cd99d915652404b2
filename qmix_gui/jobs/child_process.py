"""Starts a child process on pipes, reads its lines, and kills all that is left of it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import psutil

import qmix_core

#: Bytes of a line that are kept; the rest is skipped, so that no child can fill our memory.
MAX_LINE = 2**20
_WINDOWS_FLAGS: int = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0) | getattr(
    subprocess, "CREATE_NO_WINDOW", 0
)

Child = subprocess.Popen[bytes]
_POLL_S = 0.05
_LAST_BREATH_S = 2.0


def start(command: list[str]) -> Child:
    """Start a command with all three pipes, in a group of its own.

    Raises:
        OSError: it cannot be started.
    """
    environment = os.environ | {
        "PYTHONUTF8": "1",
        "PYTHONUNBUFFERED": "1",
        # a native crash leaves a trace in the error output
        "PYTHONFAULTHANDLER": "1",
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
        env=environment,
        # a group of its own in our session: when we die and it is stopped, the system ends it
        process_group=0 if sys.platform != "win32" else None,
        creationflags=_WINDOWS_FLAGS,
    )


def run_to_end(
    command: list[str],
    *,
    check: Callable[[], None],
    output: deque[str] | None = None,
    tell: Callable[[str], None] | None = None,
    grace_s: float = 0.0,
) -> tuple[int, str]:
    """Run a command; give its exit code and the last line of its error output.

    `check` is called all the time; what it raises ends the command with all that it started: it is
    asked to end, and killed where it has not within `grace_s`. `output` takes the lines of its
    standard output; with `tell` that is called with each instead, in another thread.

    Raises:
        OSError: it cannot be started.
    """
    child = start(command)
    errors: deque[str] = deque(maxlen=1)
    lines = deque(maxlen=0) if output is None else output
    readers = [
        threading.Thread(target=_drain, args=(child.stdout, tell or lines.append), daemon=True),
        threading.Thread(target=_drain, args=(child.stderr, errors.append), daemon=True),
    ]
    for reader in readers:
        reader.start()
    try:
        while child.poll() is None:
            check()
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(_POLL_S)
    finally:
        if grace_s and child.poll() is None:
            child.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(grace_s)
        if child.poll() is None:
            kill_tree(child)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(_LAST_BREATH_S)
        close_input(child)
    for reader in readers:
        reader.join(_LAST_BREATH_S)
    return child.returncode, errors[0] if errors else ""


def _drain(stream: IO[bytes], tell: Callable[[str], object]) -> None:
    for line in read_lines(stream):
        tell(line)


def write_line(child: Child, word: str) -> None:
    """Write a line to the child's input, which may be closed already."""
    with contextlib.suppress(OSError, ValueError):
        if child.stdin is not None:
            child.stdin.write(f"{word}\n".encode())
            child.stdin.flush()


def close_input(child: Child) -> None:
    """Close the child's input."""
    with contextlib.suppress(OSError, ValueError):
        if child.stdin is not None:
            child.stdin.close()


def read_lines(stream: IO[bytes]) -> Iterator[str]:
    """The lines of a stream without their ends, whatever bytes they are made of."""
    with contextlib.suppress(OSError, ValueError), stream:
        while line := stream.readline(MAX_LINE):
            text = line.decode(errors="replace").rstrip("\r\n")
            skipped = 0
            while len(line) == MAX_LINE and not line.endswith(b"\n"):
                line = stream.readline(MAX_LINE)
                skipped += len(line)
            yield f"{text} … {skipped:,} bytes more" if skipped else text


def kill_tree(child: Child) -> None:
    """Kill the child and all its descendants, also those that left its group."""
    with contextlib.suppress(psutil.Error):
        for descendant in psutil.Process(child.pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):
                descendant.kill()
    kill_group(child)
    with contextlib.suppress(OSError):
        child.kill()


def kill_group(child: Child) -> None:
    """Kill what is left of the child's group, also after its own end."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.killpg(child.pid, signal.SIGKILL)
