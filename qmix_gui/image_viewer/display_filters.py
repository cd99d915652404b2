"""How the viewer may show an image. Display only: no pixel is ever written back."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
_TILES = 8
_CLIP = 3.0


@dataclass(frozen=True, slots=True)
class DisplaySettings:
    """`brightness` and `contrast` are in [-1, 1], 0 for the image as it is."""

    red_free: bool = False
    clahe: bool = False
    invert: bool = False
    brightness: float = 0.0
    contrast: float = 0.0


def render(rgb: Pixels, settings: DisplaySettings) -> Pixels:
    """The image as it is to be shown: uint8 [H, W, 3] in and out; `rgb` is not changed."""
    if settings.red_free:
        rgb = np.repeat(rgb[:, :, 1:2], 3, axis=2)
    if settings.clahe:
        rgb = _with_local_contrast(rgb)
    if settings.brightness or settings.contrast:
        curve = _tone_curve(settings.brightness, settings.contrast)
        rgb = np.asarray(curve[rgb], dtype=np.uint8)
    return np.invert(rgb) if settings.invert else rgb


def _tone_curve(brightness: float, contrast: float) -> Pixels:
    slope = float(3.0**contrast)
    levels = np.arange(256, dtype=np.float32) - 127.5
    return (levels * slope + 127.5 + 127.5 * brightness).clip(0, 255).astype(np.uint8)


def _with_local_contrast(rgb: Pixels) -> Pixels:
    # luminance is equalised and its change added to all channels, which keeps the hues
    weights = np.array([77, 150, 29], dtype=np.uint32)
    grey = ((rgb.astype(np.uint32) @ weights) >> 8).astype(np.uint8)
    change = clahe(grey).astype(np.int16) - grey
    return np.clip(rgb.astype(np.int16) + change[:, :, None], 0, 255).astype(np.uint8)


def clahe(grey: Pixels, *, tiles: int = _TILES, clip: float = _CLIP) -> Pixels:
    """Contrast-limited adaptive histogram equalisation of uint8 [H, W].

    `clip` limits each bin to so many times the mean bin, which bounds the gain in noise.
    """
    height, width = grey.shape
    rows = np.linspace(0, height, min(tiles, height) + 1).astype(int)
    columns = np.linspace(0, width, min(tiles, width) + 1).astype(int)
    curves = np.stack(
        [
            [_curve(grey[top:bottom, left:right], clip) for left, right in pairwise(columns)]
            for top, bottom in pairwise(rows)
        ]
    )
    out = np.empty_like(grey)
    y_index, y_weight = _neighbours(rows)
    x_index, x_weight = _neighbours(columns)
    for top, bottom in _stretches(y_index):
        above = y_index[top]
        below = min(above + 1, len(rows) - 2)
        fy = y_weight[top:bottom, None]
        for left, right in _stretches(x_index):
            before = x_index[left]
            after = min(before + 1, len(columns) - 2)
            fx = x_weight[None, left:right]
            block = grey[top:bottom, left:right]
            upper = curves[above, before][block] * (1 - fx) + curves[above, after][block] * fx
            lower = curves[below, before][block] * (1 - fx) + curves[below, after][block] * fx
            out[top:bottom, left:right] = upper * (1 - fy) + lower * fy + 0.5
    return out


def _curve(tile: Pixels, clip: float) -> NDArray[np.float32]:
    counts = np.bincount(tile.ravel(), minlength=256).astype(np.float64)
    limit = clip * tile.size / 256
    excess = np.maximum(counts - limit, 0).sum()
    counts = np.minimum(counts, limit) + excess / 256
    return (np.cumsum(counts) * (255 / tile.size)).clip(0, 255).astype(np.float32)


def _neighbours(edges: NDArray[np.int_]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """For each pixel along an axis: the tile centre before it, and the weight of the next one."""
    centres = (edges[:-1] + edges[1:] - 1) / 2
    place = np.arange(edges[-1])
    index = np.clip(np.searchsorted(centres, place, side="right") - 1, 0, len(centres) - 1)
    following = np.minimum(index + 1, len(centres) - 1)
    gap = np.maximum(centres[following] - centres[index], 1)
    weight = np.clip((place - centres[index]) / gap, 0, 1)
    return index.astype(np.int64), weight.astype(np.float32)


def _stretches(index: NDArray[np.int64]) -> list[tuple[int, int]]:
    cuts = [0, *(np.flatnonzero(np.diff(index)) + 1).tolist(), len(index)]
    return list(pairwise(cuts))
