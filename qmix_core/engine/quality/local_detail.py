"""How much fine detail an image shows, without any network."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from qmix_core.base.types import FloatArray
from qmix_core.engine.views.degraded_views import blurred, field_of_view

_CHUNK = 64
#: Blurs whose difference is detail, and the one that tells how bright it is there, in pixels of
#: an image of 224.
_FINE, _COARSE, _AROUND, _OF = 0.8, 2.0, 8.0, 224
_DARKEST = 0.04


def local_detail(pixels: NDArray[np.uint8]) -> FloatArray:
    """Mean local contrast of the green channel in the field of view: float32 [N].

    `pixels`: uint8 [N, S, S, 3], may be memory-mapped. The rim of the field of view is left out.
    """
    found = np.zeros(len(pixels), dtype=np.float32)
    for start in range(0, len(pixels), _CHUNK):
        part = torch.from_numpy(np.array(pixels[start : start + _CHUNK]))
        images = part.permute(0, 3, 1, 2).float() / 255
        found[start : start + _CHUNK] = _detail(images).numpy()
    return found


def _detail(images: Tensor) -> Tensor:
    size, green = images.shape[2], images[:, 1:2]
    fine, coarse, around = (
        blurred(green, torch.full((len(images),), sigma * size / _OF))
        for sigma in (_FINE, _COARSE, _AROUND)
    )
    contrast = (fine - coarse).abs() / (around + _DARKEST)
    rim = size // 16
    outside = functional.pad(1 - field_of_view(images), (rim,) * 4)
    # the largest of a square is the largest of its rows' largest, in much less time
    side = 2 * rim + 1
    inside = 1 - functional.max_pool2d(functional.max_pool2d(outside, (1, side), 1), (side, 1), 1)
    total = inside.sum(dim=(1, 2, 3))
    return (contrast * inside).sum(dim=(1, 2, 3)) / total.clamp_min(1)
