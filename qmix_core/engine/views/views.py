"""View sources: batches of weak, strong and plain views by index. The engine sees only these."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import Any, Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Generator, Tensor

from qmix_core.base.types import FloatArray, IntArray
from qmix_core.engine.computing.device import free_memory, has_own_memory, sent
from qmix_core.engine.views.augment import ViewSet, strong_view, weak_view
from qmix_core.engine.views.degraded_views import poor_view

#: Share of the device's free memory that pixels, or features, may take.
_SHARE_OF_FREE_MEMORY = 1 / 3
_CHUNK = 256
#: Batches that wait for the device: the one that is asked for next, and one that follows.
_AHEAD = 2


class DeviceArray:
    """Rows of an array for networks on a device: kept there whole where its memory allows it, else
    sent as they are asked for, or a batch ahead.

    `array`: [P, ...], may be memory-mapped; image i is row `rows[i]`.
    """

    def __init__(self, array: NDArray[Any], *, rows: IntArray, device: torch.device) -> None:
        self._array = array
        self._rows = rows
        self._device = device
        self._coming: deque[tuple[Tensor, Future[Tensor]]] = deque(maxlen=_AHEAD)
        needed = len(rows) * int(np.prod(array.shape[1:])) * array.itemsize
        self.is_resident = needed <= free_memory(device) * _SHARE_OF_FREE_MEMORY
        if self.is_resident:
            first = torch.from_numpy(array[rows[:1]])
            shape = (len(rows), *array.shape[1:])
            self._resident = torch.empty(shape, dtype=first.dtype, device=device)
            for start in range(0, len(rows), _CHUNK):
                part = array[rows[start : start + _CHUNK]]
                self._resident[start : start + _CHUNK] = torch.from_numpy(part)

    def expect(self, indices: Tensor) -> None:
        """These images are taken next: read and send them while the device computes."""
        if not self.is_resident and has_own_memory(self._device):
            self._coming.append((indices, _reader().submit(self._sent, indices)))

    def take(self, indices: Tensor, *inner: Tensor) -> Tensor:
        """The images `indices` (int64 [B]): [B, ...] on the device; of each image the part that
        `inner` (int64 [B]) names, if given.
        """
        if self.is_resident:
            return self._resident[(indices.to(self._device), *(i.to(self._device) for i in inner))]
        for number, (expected, found) in enumerate(self._coming):
            if not inner and torch.equal(expected, indices):
                del self._coming[number]
                return found.result()
        return self._sent(indices, *inner)

    def _sent(self, indices: Tensor, *inner: Tensor) -> Tensor:
        found = self._array[(self._rows[indices.numpy()], *(item.numpy() for item in inner))]
        return sent(torch.from_numpy(found), self._device)


@cache
def _reader() -> ThreadPoolExecutor:
    """One thread reads ahead for all."""
    return ThreadPoolExecutor(1, thread_name_prefix="reader")


#: Mean and standard deviation of fundus photographs, from the published loader (METHOD section 2).
FUNDUS_MEAN = (0.426, 0.298, 0.213)
FUNDUS_STD = (0.277, 0.203, 0.169)


class ViewSource(Protocol):
    """Gives views of the images `indices` (int64 [B]) as one float32 tensor, batch first."""

    #: Shape of one view without the batch axis.
    shape: tuple[int, ...]
    #: How many different weak views a separation averages over, besides the plain one.
    scoring_views: int

    def expect(self, indices: Tensor) -> None:
        """These images are asked for next, and may be read meanwhile."""

    def plain(self, indices: Tensor) -> Tensor: ...

    def weak(self, indices: Tensor, *, generator: Generator) -> Tensor: ...

    def strong(self, indices: Tensor, *, generator: Generator) -> Tensor: ...

    def scoring(self, indices: Tensor, number: int, *, generator: Generator) -> Tensor:
        """The weak view `number` (0 to scoring_views - 1) that a separation looks at."""

    def poor(self, indices: Tensor, *, generator: Generator) -> Tensor:
        """A copy of each image with one fault, mild to so severe that it cannot be read."""


class PixelViews:
    """Images, augmented afresh at each call.

    `pixels`: uint8 [P, H, W, 3], may be memory-mapped; image i of the views is row `rows[i]`.
    `fault_rows`: int64 [N], what decides the faults of the poor views, `rows` if None.
    """

    def __init__(
        self,
        pixels: NDArray[np.uint8],
        *,
        rows: IntArray,
        fault_rows: IntArray | None = None,
        views: ViewSet,
        device: torch.device,
        mean: tuple[float, float, float] = FUNDUS_MEAN,
        std: tuple[float, float, float] = FUNDUS_STD,
        scoring_views: int = 2,
    ) -> None:
        self._pixels = DeviceArray(pixels, rows=rows, device=device)
        self.fault_rows = rows if fault_rows is None else fault_rows
        self._views = views
        self._mean = torch.tensor(mean, device=device).view(1, 3, 1, 1)
        self._std = torch.tensor(std, device=device).view(1, 3, 1, 1)
        self.shape: tuple[int, ...] = (3, *pixels.shape[1:3])
        self.scoring_views = scoring_views

    def expect(self, indices: Tensor) -> None:
        self._pixels.expect(indices)

    def plain(self, indices: Tensor) -> Tensor:
        return self._normalised(self._images(indices))

    def weak(self, indices: Tensor, *, generator: Generator) -> Tensor:
        images = self._images(indices)
        return self._normalised(weak_view(images, views=self._views, generator=generator))

    def strong(self, indices: Tensor, *, generator: Generator) -> Tensor:
        images = self._images(indices)
        return self._normalised(strong_view(images, views=self._views, generator=generator))

    def scoring(self, indices: Tensor, number: int, *, generator: Generator) -> Tensor:
        return self.weak(indices, generator=generator)

    def poor(self, indices: Tensor, *, generator: Generator) -> Tensor:
        rows = self.fault_rows[indices.numpy()]
        return self._normalised(poor_view(self._images(indices), rows, generator=generator))

    def _images(self, indices: Tensor) -> Tensor:
        return self._pixels.take(indices).permute(0, 3, 1, 2).float().div_(255)

    def _normalised(self, images: Tensor) -> Tensor:
        return (images - self._mean) / self._std


class FeatureViews:
    """Embeddings of one plain, K weak, K strong and one poor view, made once.

    `features`: float16 [P, 2 + 2K, D], may be memory-mapped; image i is row `rows[i]`.
    `fault_rows`: int64 [N], those that the poor views were made with, `rows` if None; `detail`:
    float32 [N], see `quality.local_detail`, None where there are no pixels; `parts`: those of the D
    features that are to count alike, empty where all do. The encoder is frozen, so that heads must
    learn each kind of view: `strong` draws from all but the poor one.
    """

    def __init__(
        self,
        features: NDArray[np.float16],
        *,
        rows: IntArray,
        device: torch.device,
        fault_rows: IntArray | None = None,
        detail: FloatArray | None = None,
        parts: tuple[int, ...] = (),
    ) -> None:
        self._features = DeviceArray(features, rows=rows, device=device)
        self.parts = parts
        self.detail = detail
        self.fault_rows = rows if fault_rows is None else fault_rows
        self._count = views_of_a_kind(features.shape[1])
        self.shape: tuple[int, ...] = (features.shape[2],)
        self.scoring_views = self._count

    def expect(self, indices: Tensor) -> None:
        """Which view will be asked for is drawn later."""

    def plain(self, indices: Tensor) -> Tensor:
        return self._take(indices, torch.zeros(len(indices), dtype=torch.int64))

    def weak(self, indices: Tensor, *, generator: Generator) -> Tensor:
        number = torch.randint(self._count, (len(indices),), generator=generator)
        return self._take(indices, 1 + number)

    def strong(self, indices: Tensor, *, generator: Generator) -> Tensor:
        return self.any_view(indices, poor_share=0, generator=generator)

    def scoring(self, indices: Tensor, number: int, *, generator: Generator) -> Tensor:
        return self._take(indices, torch.full((len(indices),), 1 + number))

    def poor(self, indices: Tensor, *, generator: Generator | None = None) -> Tensor:
        return self._take(indices, torch.full((len(indices),), 1 + 2 * self._count))

    def any_view(self, indices: Tensor, *, poor_share: float, generator: Generator) -> Tensor:
        """Of each image the poor view, with this probability, or else one of the others."""
        others = 1 + 2 * self._count
        view = torch.randint(others, (len(indices),), generator=generator)
        is_poor = torch.rand(len(indices), generator=generator) < poor_share
        return self._take(indices, torch.where(is_poor, others, view))

    def _take(self, indices: Tensor, view: Tensor) -> Tensor:
        return self._features.take(indices, view).float()


def view_count(views_of_a_kind: int) -> int:
    """How many views of an image are embedded: one plain, K weak, K strong and one poor."""
    return 2 + 2 * views_of_a_kind


def views_of_a_kind(views: int) -> int:
    """K of an image with this many embedded views."""
    return (views - 2) // 2
