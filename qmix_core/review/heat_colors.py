"""Colours of a heat map that is laid over an image: none where there is no heat. No torch."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from qmix_core.base.types import FloatArray

#: From cold to hot; rising in lightness, so that it is told apart without seeing colours, and
#: bluish, since what lies below is mostly red.
_RAMP = np.array(
    [(40, 20, 120), (30, 90, 190), (20, 160, 170), (130, 220, 110), (250, 250, 90)],
    dtype=np.float32,
)
_MOST_OPAQUE = 0.6


def heat_colors(heat: FloatArray) -> NDArray[np.uint8]:
    """float32 [H, W] in [0, 1] -> RGBA, uint8 [H, W, 4], not premultiplied."""
    heat = np.clip(heat, 0.0, 1.0).astype(np.float64)
    stops = np.linspace(0, 1, len(_RAMP))
    channels = [np.interp(heat, stops, _RAMP[:, channel]) for channel in range(3)]
    opacity = 255 * _MOST_OPAQUE * heat**0.8
    colors: NDArray[np.uint8] = np.stack([*channels, opacity], axis=-1).round().astype(np.uint8)
    return colors
