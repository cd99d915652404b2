"""Pace of a run: images a second, time left, memory; at most ten events a second."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import torch

from qmix_core.base.events import BatchDone, Sink
from qmix_core.engine.computing.device import memory_mb

_SHORTEST_GAP_SECONDS = 0.1


class Pace:
    """Reports the batches of a run on `device`. `costs`: what each epoch of the run takes, in
    proportion; `done_epochs` were trained before.

    Images a second are those of the current epoch; the time left counts all that an epoch takes.
    """

    def __init__(
        self, sink: Sink, device: torch.device, *, costs: Sequence[float], done_epochs: int = 0
    ) -> None:
        self._sink = sink
        self._device = device
        self._costs = costs
        self._before = sum(costs[:done_epochs])
        self._started = time.monotonic()
        self._last = 0.0
        self.begin_epoch()

    def begin_epoch(self) -> None:
        """The first batch of an epoch begins."""
        self._epoch_started = time.monotonic()
        self._images = 0

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """Work that comes once, or a pause, says nothing of how long the epochs take."""
        began = time.monotonic()
        yield
        stood = time.monotonic() - began
        self._started += stood
        self._epoch_started += stood

    def batch(self, epoch: int, *, batch: int, batches: int, images: int) -> None:
        """Note one batch of `images`; `batch` counts from 1 to `batches` within the epoch."""
        self._images += images
        now = time.monotonic()
        if now - self._last < _SHORTEST_GAP_SECONDS and batch < batches:
            return
        self._last = now
        elapsed = max(now - self._started, 1e-6)
        spent = sum(self._costs[: epoch - 1]) + self._costs[epoch - 1] * batch / batches
        done = (spent - self._before) / (sum(self._costs) - self._before)
        self._sink(
            BatchDone(
                epoch=epoch,
                batch=batch,
                batches=batches,
                images_per_second=self._images / max(now - self._epoch_started, 1e-6),
                seconds_left=elapsed * (1 - done) / max(done, 1e-6),
                memory_mb=memory_mb(self._device),
            )
        )
