"""Text burned into a picture: a name or date beside it in the dark, or on it in a signal colour."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from qmix_core.base.types import BoolArray

Channel = NDArray[np.uint8]

#: Strokes differ by this much from the dark beside them; of 255.
_CONTRAST = 70
#: Where this share of the image is picture there is no dark ground to look at.
_WHOLE = 0.97
#: Fewer pixels of strokes are dust.
_LEAST = 14


def has_burned_text(red: Channel, green: Channel, blue: Channel, picture: BoolArray) -> bool:
    """Whether uint8 [H, W] channels seem to carry text; `picture`: bool [H, W], where not dark.

    It finds small bright strokes in the dark ground, apart from the picture, and strokes in the
    signal green of camera stamps anywhere. It does not find grey or dark text on the picture.
    """
    other = np.maximum(red, blue)
    # no negative numbers in uint8: what is darker than the others wraps, and is masked
    signal_green = (green > 110) & (green > other) & (green - other > _CONTRAST)
    if _is_text(signal_green):
        return True
    return bool(picture.mean() < _WHOLE) and _is_text(_beside(np.maximum(green, other), picture))


def _beside(light: Channel, picture: BoolArray) -> BoolArray:
    """Bright, sharp and away from every large bright area."""
    height, width = picture.shape
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
    is_sharp: BoolArray = light - _lowest_around(light) > _CONTRAST
    return is_sharp & ~near


def _lowest_around(values: Channel) -> Channel:
    """The least within two pixels; a filter of Pillow takes ten times as long."""
    for _ in range(2):
        padded = np.pad(values, ((2, 2), (0, 0)), mode="edge")
        lowest = values.copy()
        for step in (0, 1, 3, 4):
            np.minimum(lowest, padded[step : step + len(values)], out=lowest)
        values = np.ascontiguousarray(lowest.T)
    return values


def _is_text(strokes: BoolArray) -> bool:
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
    # a reflex on the rim is taller than wide
    return bool(line.any(axis=0).sum() >= 0.7 * height)
