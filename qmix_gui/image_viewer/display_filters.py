"""How the viewer may show an image. Display only: no pixel is ever written back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from qmix_gui.image_viewer.tone import Span, Tone

Pixels = NDArray[np.uint8]
#: Left, top, right and bottom in shares of an image.
Box = tuple[float, float, float, float]
WHOLE: Box = (0.0, 0.0, 1.0, 1.0)
_TILES = 8
_CLIP = 3.0


@dataclass(frozen=True, slots=True)
class DisplaySettings:
    """`brightness` and `contrast` are 0 for the image as it is; see `Tone`."""

    red_free: bool = False
    clahe: bool = False
    invert: bool = False
    brightness: float = 0.0
    contrast: float = 0.0


@dataclass(frozen=True, slots=True)
class Part:
    """Where a part lies in its whole image: `whole` is uint8 [H, W, 3], as small as it may be."""

    whole: Pixels
    box: Box


def render(rgb: Pixels, settings: DisplaySettings, part: Part | None = None) -> Pixels:
    """The image as it is to be shown: uint8 [H, W, 3] in and out; `rgb` is not changed.

    `part`: of which whole image `rgb` shows a part, so that its contrast is that of the whole.
    """
    if settings.red_free:
        rgb = np.repeat(rgb[:, :, 1:2], 3, axis=2)
    if settings.clahe:
        rgb = _with_local_contrast(rgb, settings, part)
    if settings.brightness or settings.contrast:
        levels = np.arange(256, dtype=np.float32)
        curve = Tone(settings.brightness, settings.contrast).applied(levels).astype(np.uint8)
        rgb = np.asarray(curve[rgb], dtype=np.uint8)
    return np.invert(rgb) if settings.invert else rgb


def windowed(values: NDArray[Any], span: Span, settings: DisplaySettings) -> Pixels:
    """Grey values [H, W] of a file as uint8 [H, W, 3], its tone applied to the values themselves.

    `span`: the values that are black and white without it.
    """
    black, white = span
    with np.errstate(all="ignore"):
        shades = (values.astype(np.float32) - black) * (255 / ((white - black) or 1e-9))
        shades = Tone(settings.brightness, settings.contrast).applied(shades)
        grey = np.rint(np.nan_to_num(shades, nan=0)).astype(np.uint8)
    return np.repeat(grey[:, :, None], 3, axis=2)


def without_tone(settings: DisplaySettings) -> DisplaySettings:
    """The other filters, for what has been windowed."""
    return replace(settings, brightness=0.0, contrast=0.0)


def _with_local_contrast(rgb: Pixels, settings: DisplaySettings, part: Part | None) -> Pixels:
    # luminance is equalised and its change added to all channels, which keeps the hues
    grey = _luminance(rgb)
    if part is None:
        equal = clahe(grey)
    else:
        whole = render(part.whole, DisplaySettings(red_free=settings.red_free))
        equal = LocalContrast(_luminance(whole)).applied(grey, part.box)
    change = equal.astype(np.int16) - grey
    return np.clip(rgb.astype(np.int16) + change[:, :, None], 0, 255).astype(np.uint8)


def _luminance(rgb: Pixels) -> Pixels:
    return np.asarray(Image.fromarray(rgb).convert("L"))


def clahe(grey: Pixels, *, tiles: int = _TILES, clip: float = _CLIP) -> Pixels:
    """Contrast-limited adaptive histogram equalisation of uint8 [H, W].

    `clip` limits each bin to so many times the mean bin, which bounds the gain in noise.
    """
    return LocalContrast(grey, tiles=tiles, clip=clip).applied(grey)


class LocalContrast:
    """The curves of CLAHE as found over a whole image, for any part of it at any resolution."""

    def __init__(self, grey: Pixels, *, tiles: int = _TILES, clip: float = _CLIP) -> None:
        height, width = grey.shape
        self._rows = np.linspace(0, height, min(tiles, height) + 1).astype(int)
        self._columns = np.linspace(0, width, min(tiles, width) + 1).astype(int)
        self._curves = np.stack(
            [
                [
                    _curve(grey[top:bottom, left:right], clip)
                    for left, right in pairwise(self._columns)
                ]
                for top, bottom in pairwise(self._rows)
            ]
        )

    def applied(self, grey: Pixels, box: Box = WHOLE) -> Pixels:
        """The part of the image that `box` bounds, uint8 [h, w] of any size, equalised."""
        left_end, top_end, right_end, bottom_end = box
        out = np.empty_like(grey)
        y_index, y_weight = _neighbours(self._rows, top_end, bottom_end, grey.shape[0])
        x_index, x_weight = _neighbours(self._columns, left_end, right_end, grey.shape[1])
        curves = self._curves
        for top, bottom in _stretches(y_index):
            above = y_index[top]
            below = min(above + 1, len(self._rows) - 2)
            fy = y_weight[top:bottom, None]
            for left, right in _stretches(x_index):
                before = x_index[left]
                after = min(before + 1, len(self._columns) - 2)
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


def _neighbours(
    edges: NDArray[np.int_], start: float, stop: float, count: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """For `count` pixels along a part of an axis: the tile centre before, the next one's weight."""
    centres = (edges[:-1] + edges[1:] - 1) / 2
    place = (start + (np.arange(count) + 0.5) * (stop - start) / count) * edges[-1] - 0.5
    index = np.clip(np.searchsorted(centres, place, side="right") - 1, 0, len(centres) - 1)
    following = np.minimum(index + 1, len(centres) - 1)
    gap = np.maximum(centres[following] - centres[index], 1)
    weight = np.clip((place - centres[index]) / gap, 0, 1)
    return index.astype(np.int64), weight.astype(np.float32)


def _stretches(index: NDArray[np.int64]) -> list[tuple[int, int]]:
    cuts = [0, *(np.flatnonzero(np.diff(index)) + 1).tolist(), len(index)]
    return list(pairwise(cuts))
