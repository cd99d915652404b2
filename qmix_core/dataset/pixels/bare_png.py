"""Images made anew as PNG: their pixels alone, with nothing that a file says beside them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from qmix_core.dataset.pixels.deep_pixels import Greys
from qmix_core.dataset.pixels.image_reader import Wanted, read_to_show
from qmix_core.dataset.pixels.value_ranges import ValueRanges

_MOST_IN_PNG = 65535


@dataclass(frozen=True, slots=True)
class BarePng:
    """`content`: the bytes of a PNG; `is_whole`: whether it has every value of the original."""

    content: bytes
    is_whole: bool


def png_of(image: Image.Image) -> bytes:
    """The pixels of an image that is in memory, without loss and without its metadata."""
    # what the decoder found beside the pixels would be written again
    image.info.clear()
    stream = io.BytesIO()
    image.save(stream, "PNG", compress_level=4)
    return stream.getvalue()


def bare_png(path: Path, ranges: ValueRanges) -> BarePng:
    """An image upright: 8-bit RGB, or 16-bit grey where its values are whole numbers of so many.

    Other deep values become the 8 bits that training sees. Of several frames there is the one that
    training sees; alpha is on black.

    Raises:
        DataError: as `read_rgb`.
    """
    decoded = read_to_show(path, Wanted(ranges=ranges, greys=True))
    if decoded.greys is not None:
        values = _in_16_bits(decoded.greys)
        if values is not None:
            return BarePng(png_of(values), True)
        decoded = read_to_show(path, Wanted(ranges=ranges))
        return BarePng(png_of(decoded.image), False)
    is_deep = decoded.header is not None and int(decoded.header.values.BitsStored) > 8
    return BarePng(png_of(decoded.image), not is_deep and decoded.used is None)


def _in_16_bits(greys: Greys) -> Image.Image | None:
    """The values as they are; None where PNG cannot hold them, or black is the greatest."""
    values = np.asarray(greys.image)
    if greys.black > greys.white or not np.isfinite(values).all():
        return None
    if values.min() < 0 or values.max() > _MOST_IN_PNG or (values != np.floor(values)).any():
        return None
    return Image.fromarray(values.astype(np.uint16))
