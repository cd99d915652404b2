"""Orders to a run that nobody holds by a pipe: lines in a file, read by who runs and obeyed."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from qmix_core.base.cancellation import Control
from qmix_core.base.foreign_files import open_to_extend

PAUSE, RESUME, CANCEL = "pause", "resume", "cancel"
ORDERS = (PAUSE, RESUME, CANCEL)
#: How long a run that was told to stop may take to end by itself.
GRACE_S = 5.0
_LOOK_S = 0.2
_EXIT_CANCELLED = 3


def give(file: Path, order: str) -> None:
    """Leave an order. Raises OSError."""
    with open_to_extend(file) as stream:
        stream.seek(0, os.SEEK_END)
        stream.write(f"{order}\n".encode())


class Orders:
    """A context manager around a run: what is written to `file` is obeyed.

    A run that has not ended `grace_s` after it was told to, as in a long native call, ends hard.
    """

    def __init__(self, file: Path, control: Control, *, grace_s: float = GRACE_S) -> None:
        self._file = file
        self._control = control
        self._grace_s = grace_s
        self._is_done = threading.Event()

    def __enter__(self) -> Orders:
        threading.Thread(target=self._obey, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._is_done.set()

    def _obey(self) -> None:
        control, obeyed = self._control, 0
        does = {PAUSE: control.pause, RESUME: control.resume, CANCEL: control.cancel}
        while not self._is_done.wait(_LOOK_S):
            given: list[str] = []
            with suppress(OSError, ValueError):
                # opened anew: a network disk shows what others wrote to who opens a file
                given = self._file.read_text(encoding="ascii").splitlines()
            for order in given[obeyed:]:
                does.get(order, lambda: None)()
                if order == CANCEL and not self._is_done.wait(self._grace_s):
                    os._exit(_EXIT_CANCELLED)
            obeyed = len(given)
