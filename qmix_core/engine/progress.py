"""Pace of a run: images a second, time left, memory; at most ten events a second."""

from __future__ import annotations

import time

import psutil

from qmix_core.events import BatchDone, Preparing, Sink

_SHORTEST_GAP_SECONDS = 0.1


class Pace:
    """Counts the batches of a run and reports them. `done_epochs` were trained before."""

    def __init__(self, sink: Sink, *, done_epochs: int = 0) -> None:
        self._sink = sink
        self._done_epochs = done_epochs
        self._started = time.monotonic()
        self._last = 0.0
        self._images = 0
        self._process = psutil.Process()

    def batch(self, epoch: int, epochs: int, *, batch: int, batches: int, images: int) -> None:
        """Note one batch of `images`; `batch` counts from 1 to `batches` within the epoch."""
        self._images += images
        now = time.monotonic()
        if now - self._last < _SHORTEST_GAP_SECONDS and batch < batches:
            return
        self._last = now
        elapsed = max(now - self._started, 1e-6)
        trained = epoch - 1 - self._done_epochs + batch / batches
        done = trained / (epochs - self._done_epochs)
        self._sink(
            BatchDone(
                epoch=epoch,
                batch=batch,
                batches=batches,
                images_per_second=self._images / elapsed,
                seconds_left=elapsed * (1 - done) / max(done, 1e-6),
                memory_mb=self._process.memory_info().rss / 2**20,
            )
        )


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
