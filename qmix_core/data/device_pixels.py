"""Decoded pixels on the training device: kept there where they fit, else copied batch by batch."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from qmix_core.types import IntArray

#: Share of the device's free memory that pixels may take.
_SHARE_OF_FREE_MEMORY = 1 / 3
_CHUNK = 256


class DevicePixels:
    """`pixels`: uint8 [P, H, W, 3], may be memory-mapped; image i is row `rows[i]`."""

    def __init__(self, pixels: NDArray[np.uint8], *, rows: IntArray, device: torch.device) -> None:
        self._pixels = pixels
        self._rows = rows
        self._device = device
        needed = len(rows) * int(np.prod(pixels.shape[1:]))
        self.is_resident = needed <= free_memory(device) * _SHARE_OF_FREE_MEMORY
        if self.is_resident:
            shape = (len(rows), *pixels.shape[1:])
            self._resident = torch.empty(shape, dtype=torch.uint8, device=device)
            for start in range(0, len(rows), _CHUNK):
                part = pixels[rows[start : start + _CHUNK]]
                self._resident[start : start + _CHUNK] = torch.from_numpy(part)

    def take(self, indices: Tensor) -> Tensor:
        """The images `indices` (int64 [B]): uint8 [B, H, W, 3] on the device."""
        if self.is_resident:
            return self._resident[indices.to(self._device)]
        batch = torch.from_numpy(self._pixels[self._rows[indices.numpy()]])
        if self._device.type == "cuda":
            return batch.pin_memory().to(self._device, non_blocking=True)
        return batch.to(self._device)


def free_memory(device: torch.device) -> int:
    """Bytes of the device's own memory that are free; 0 on a CPU, whose disk cache serves it."""
    if device.type == "cuda":
        return torch.cuda.mem_get_info(device)[0]
    if device.type == "mps":
        return torch.mps.recommended_max_memory() - torch.mps.current_allocated_memory()
    return 0
