"""Text burned into a picture: a name or date beside it in the dark, or on it in a signal colour."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Mask = NDArray[np.bool_]

#: Strokes differ by this much from the dark beside them; of 255.
_CONTRAST = 70
#: Fewer pixels of strokes are dust.
_LEAST = 14


def has_burned_text(pixels: NDArray[np.uint8], picture: Mask) -> bool:
    """Whether uint8 [H, W, 3] seems to carry text; `picture`: bool [H, W], where it is not dark.

    It finds small bright strokes in the dark ground, apart from the picture, and strokes in the
    signal green of camera stamps anywhere. It does not find grey or dark text on the picture.
    """
    return _is_text(_strokes_beside(pixels, picture)) or _is_text(_signal_green(pixels))


def _strokes_beside(pixels: NDArray[np.uint8], picture: Mask) -> Mask:
    """Bright, sharp and away from every large bright area."""
    height, width = picture.shape
    if picture.mean() > 0.97:
        return np.zeros_like(picture)
    cell = max(4, min(height, width) // 40)
    coarse = (
        Image.fromarray(picture)
        .convert("L")
        .resize((max(1, width // cell), max(1, height // cell)), Image.Resampling.BOX)
    )
    body = coarse.point(lambda v: 255 if v > 127 else 0)
    # what is thinner than three cells is no picture
    body = body.filter(ImageFilter.MinFilter(3)).filter(ImageFilter.MaxFilter(7))
    near = np.asarray(body.resize((width, height), Image.Resampling.NEAREST)) > 0
    light = Image.fromarray(pixels.max(axis=2))
    ground = np.asarray(light.filter(ImageFilter.MinFilter(5)), dtype=np.int16)
    return (np.asarray(light, dtype=np.int16) - ground > _CONTRAST) & ~near


def _signal_green(pixels: NDArray[np.uint8]) -> Mask:
    red, green, blue = (pixels[..., channel].astype(np.int16) for channel in range(3))
    return (green - np.maximum(red, blue) > _CONTRAST) & (green > 110)


def _is_text(strokes: Mask) -> bool:
    """Few strokes, together in a low and wide band, or in one small sign."""
    count = int(strokes.sum())
    if count < _LEAST or count > 0.05 * strokes.size:
        return False
    rows = strokes.any(axis=1)
    # lines of text have gaps between them; take the fullest
    edges = np.flatnonzero(np.diff(np.concatenate([[False], rows, [False]])))
    lines = edges.reshape(-1, 2)
    first, last = max(lines, key=lambda line: int(strokes[line[0] : line[1]].sum()))
    line = strokes[first:last]
    height = last - first
    if line.sum() < _LEAST or not 3 <= height <= strokes.shape[0] // 8:
        return False
    return bool(line.any(axis=0).sum() >= height / 2)
