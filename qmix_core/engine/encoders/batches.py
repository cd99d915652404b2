"""Batches that fit the device: halved when its memory runs out, then the work goes on."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable

import torch
from torch import Tensor

from qmix_core.base.errors import ConfigError

#: Smaller batches teach little; the halves of a batch also keep batch normalisation at two images.
SMALLEST_BATCH = 4

OnShrink = Callable[[int], None]


def split(order: Tensor, size: int) -> tuple[Tensor, ...]:
    """Cut indices into equal parts of at most `size`, but never a part of a single image.

    A batch of one image would break batch normalisation.
    """
    count = len(order)
    parts = min(math.ceil(count / size), max(1, count // 2))
    return order.tensor_split(max(1, parts))


class BatchSize:
    """The number of images that are worked on at once. `on_shrink` is told the new one."""

    def __init__(self, size: int, *, on_shrink: OnShrink) -> None:
        self.size = size
        self._on_shrink = on_shrink

    def each(self, indices: Tensor, work: Callable[[Tensor], None]) -> None:
        """Call `work` on the indices, in parts once memory has run out; a failed part is redone.

        Raises:
            ConfigError: the memory does not hold the smallest batch.
        """
        waiting = deque([indices])
        while waiting:
            part = waiting.popleft()
            smaller = split(part, self.size)
            if len(smaller) > 1:
                waiting.extendleft(reversed(smaller))
            elif not _fits(work, part):
                self._shrink(len(part))
                waiting.appendleft(part)

    def _shrink(self, failed: int) -> None:
        if failed <= SMALLEST_BATCH:
            raise ConfigError(
                f"The device's memory does not hold {failed} images at once: choose a smaller "
                "--image-size, a smaller network with --encoder, or --device cpu."
            )
        self.size = max(SMALLEST_BATCH, failed // 2)
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
        elif torch.backends.mps.is_available():
            torch.mps.empty_cache()
        self._on_shrink(self.size)


def _fits(work: Callable[[Tensor], None], part: Tensor) -> bool:
    try:
        work(part)
    except RuntimeError as error:
        # MPS raises a plain RuntimeError
        if not isinstance(error, torch.OutOfMemoryError) and "out of memory" not in str(error):
            raise
        return False
    return True
