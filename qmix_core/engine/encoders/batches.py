"""Batches that fit the device: halved when its memory runs out, then the work goes on."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable

from torch import Tensor

from qmix_core.base.errors import ConfigError
from qmix_core.engine.computing.device import is_out_of_memory, release_memory

#: Smaller batches teach little; the halves of a batch also keep batch normalisation at two images.
SMALLEST_BATCH = 4

OnShrink = Callable[[int], None]


def memory_text(size: int) -> str:
    """What a person is told when `size` images at a time are left."""
    return (
        f"The device's memory ran out: the run continues with {size} images at a time or fewer, "
        "which takes longer."
    )


def split(order: Tensor, size: int) -> tuple[Tensor, ...]:
    """Cut indices into equal parts of at most `size`, but never a part of a single image.

    A batch of one image would break batch normalisation.
    """
    count = len(order)
    parts = min(math.ceil(count / size), max(1, count // 2))
    return order.tensor_split(max(1, parts))


class BatchSize:
    """The number of images that are worked on at once. `on_shrink` is told the new one.

    `most`: what memory is known to hold; it has not run out where this is `UNKNOWN`.
    """

    UNKNOWN = 2**31

    def __init__(self, size: int, *, on_shrink: OnShrink) -> None:
        self.size = size
        self.most = self.UNKNOWN
        self._on_shrink = on_shrink

    def limit(self, most: int) -> None:
        """Take over that memory elsewhere holds no more than this."""
        if most < self.most:
            self.most = most
            self.size = min(self.size, most)
            self._on_shrink(self.size)

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
        self.size = self.most = max(SMALLEST_BATCH, failed // 2)
        release_memory()
        self._on_shrink(self.size)


def _fits(work: Callable[[Tensor], None], part: Tensor) -> bool:
    try:
        work(part)
    except RuntimeError as error:
        if not is_out_of_memory(error):
            raise
        return False
    return True
