"""A training child's link to its parent: events out, orders in, an end when the parent dies."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import threading
from pathlib import Path
from types import TracebackType

import psutil

from qmix_core.base.cancellation import Control
from qmix_core.base.events import Event, encode

#: How long a job whose parent died may take to end by itself.
GRACE_S = 5.0
_PR_SET_PDEATHSIG = 1
_LOOK_S = 1.0
_EXIT_CANCELLED = 3


class ParentLink:
    """A context manager around the job: lines of JSON on standard output, orders on standard input.

    The orders are the lines `pause`, `resume` and `cancel`. The end of the input means that the
    parent died: the job is cancelled, and where it has not ended `grace_s` later, as in a long
    native call, the process ends hard. Nothing that it started outlives it.
    """

    def __init__(self, control: Control, *, grace_s: float = GRACE_S) -> None:
        self._control = control
        self._grace_s = grace_s
        self._is_done = threading.Event()

    def send(self, event: Event) -> None:
        """Write one event; where nobody listens any more, the job is cancelled instead."""
        try:
            sys.stdout.write(encode(event) + "\n")
            sys.stdout.flush()
        except OSError:
            # what is left in the buffer must not fail again when Python ends
            sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
            self._control.cancel()

    def __enter__(self) -> ParentLink:
        if sys.platform == "linux":
            _wake_and_end_after_parent()
            threading.Thread(target=self._disarm, args=(os.getppid(),), daemon=True).start()
        threading.Thread(target=self._obey, args=(sys.stdin.fileno(),), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._is_done.set()
        _kill_children()

    def _disarm(self, parent: int) -> None:
        """Take the alarm back that a continued job has, as long as its parent lives."""
        while os.getppid() == parent and not self._is_done.wait(_LOOK_S):
            signal.alarm(0)

    def _obey(self, stdin: int) -> None:
        control = self._control
        orders = {b"pause": control.pause, b"resume": control.resume, b"cancel": control.cancel}
        # unbuffered: a daemon thread that holds a buffer's lock breaks the end of the interpreter
        with contextlib.suppress(OSError), open(stdin, "rb", buffering=0, closefd=False) as lines:
            for line in lines:
                order = orders.get(line.strip())
                if order is not None:
                    order()
        control.cancel()
        if not self._is_done.wait(self._grace_s):
            _kill_children()
            os._exit(_EXIT_CANCELLED)


def _kill_children() -> None:
    with contextlib.suppress(psutil.Error):
        for child in psutil.Process().children(recursive=True):
            with contextlib.suppress(psutil.Error):
                child.kill()


def _wake_and_end_after_parent() -> None:
    """Have Linux continue this process when its parent dies, if it is stopped, and soon end it.

    A second line: `_obey` cannot run while the process is stopped, or while native code holds
    Python's lock. The handler of SIGCONT is alarm() of the C library itself, which takes the number
    of the signal, 18, for seconds.
    """
    libc = ctypes.CDLL(None)
    libc.signal.argtypes = (ctypes.c_int, ctypes.c_void_p)
    libc.signal.restype = ctypes.c_void_p
    libc.signal(signal.SIGCONT, ctypes.cast(libc.alarm, ctypes.c_void_p))
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGCONT)
