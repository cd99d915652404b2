"""How far the work is that comes before the first epoch."""

from __future__ import annotations

import time

from qmix_core.base.events import Preparing, Sink

_SHORTEST_GAP_SECONDS = 0.1


class PreparingProgress:
    """Reports the work before the first epoch, at most ten times a second and at its end."""

    def __init__(self, sink: Sink, stage: str) -> None:
        self._sink = sink
        self._stage = stage
        self._last = 0.0

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._last >= _SHORTEST_GAP_SECONDS or done == total:
            self._last = now
            self._sink(Preparing(self._stage, done, total))
