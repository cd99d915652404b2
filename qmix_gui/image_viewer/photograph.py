"""An image file as the viewer holds it: at about the size of the screen, its full size apart.

For the loader's threads. Filters work on these pixels, never on all of a large file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtGui import QImage

from qmix_core.dataset.pixels.image_reader import Wanted, read_to_show
from qmix_core.dataset.pixels.value_ranges import ValueRanges
from qmix_gui.image_viewer.display_filters import (
    DisplaySettings,
    Part,
    Pixels,
    render,
    windowed,
    without_tone,
)
from qmix_gui.image_viewer.qimages import to_qimage
from qmix_gui.image_viewer.tone import Span

# Pillow keeps an image in blocks; what C libraries take for small ones, up to 32 MB, they keep when
# an image is gone, and one image of 8,000 x 8,000 pixels after the other would add up
Image.core.set_block_size(64 << 20)  # type: ignore[attr-defined]
#: Means of 16-bit values are taken over so many rows of the result at a time.
_ROWS = 64


#: What a region is finer for: all that the view shows, or what is under the magnifier.
VIEW, LENS = "view", "lens"


@dataclass(frozen=True, slots=True)
class Region:
    """A part of an image that is to be shown finer.

    `kind` is VIEW or LENS; `box` is left, top, right and bottom in pixels of the file; each pixel
    shown is the mean of a square of the file that is `step` pixels wide.
    """

    kind: str
    box: tuple[int, int, int, int]
    step: int


@dataclass(frozen=True, slots=True)
class Photograph:
    """`size`: width and height in the file; `pixels`: uint8 [H, W, 3], or values [H, W] where
    `span` says which are black and white; `whole`: all pixels of the file, if they were decoded
    and `pixels` may be fewer.
    """

    size: tuple[int, int]
    pixels: NDArray[Any]
    span: Span | None
    whole: Image.Image | None

    @property
    def step(self) -> float:
        """How many pixels of the file, each way, are one of `pixels`."""
        width: int = self.pixels.shape[1]
        return self.size[0] / width

    def shown(self, settings: DisplaySettings) -> QImage:
        """The image as it is to be displayed."""
        rgb, others = self._toned(self.pixels, settings)
        return to_qimage(render(rgb, others))

    def closer(self, whole: Image.Image, region: Region, settings: DisplaySettings) -> QImage:
        """A part of it from its whole, displayed as it is in `shown`."""
        left, top, right, bottom = region.box
        width, height = self.size
        box = (left / width, top / height, right / width, bottom / height)
        rgb, others = self._toned(_reduced(whole, region.step, region.box), settings)
        part = None
        if others.clahe:
            part = Part(self._toned(self.pixels, settings)[0], box)
        return to_qimage(render(rgb, others, part))

    def _toned(
        self, pixels: NDArray[Any], settings: DisplaySettings
    ) -> tuple[Pixels, DisplaySettings]:
        if self.span is None:
            return pixels, settings
        return windowed(pixels, self.span, settings), without_tone(settings)


def read_photograph(
    path: Path,
    ranges: ValueRanges,
    fit: tuple[int, int],
    check: Callable[[], object],
    *,
    is_whole: bool,
) -> Photograph:
    """Decode an image for a screen of `fit` pixels, wide and high; `is_whole`: also all of it.

    Raises:
        DataError: as `read_rgb`. Cancelled: by `check`, which is called again and again.
    """
    at_least = None if is_whole else min(fit)
    decoded = read_to_show(path, Wanted(at_least, ranges, greys=True, check=check))
    image, greys = decoded.image, decoded.greys
    step = max(1, int(max(image.width / fit[0], image.height / fit[1])))
    check()
    pixels = _reduced(image, step, (0, 0, *image.size))
    has_more = (is_whole or step > 1) and image.size == decoded.size
    span = None if greys is None else (greys.black, greys.white)
    return Photograph(decoded.size, pixels, span, image if has_more else None)


def _reduced(image: Image.Image, step: int, box: tuple[int, int, int, int]) -> NDArray[Any]:
    """A part of an image, each pixel the mean of a square; those at the edge may be of less."""
    if step == 1:
        return np.asarray(image.crop(box))
    if image.mode != "I;16":
        return np.asarray(image.reduce(step, box))
    left, top, right, bottom = box
    rows = range(top, bottom, step * _ROWS)
    return np.concatenate(
        [
            _means(image.crop((left, row, right, min(row + step * _ROWS, bottom))), step)
            for row in rows
        ]
    )


def _means(image: Image.Image, step: int) -> NDArray[np.float32]:
    values = np.asarray(image)
    short = [-length % step for length in values.shape]
    values = np.pad(values, [(0, missing) for missing in short], mode="edge")
    height, width = values.shape
    squares = values.reshape(height // step, step, width // step, step)
    means: NDArray[np.float32] = squares.mean(axis=(1, 3), dtype=np.float32)
    return means
