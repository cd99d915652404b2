"""TIFF files with values that Pillow does not know: doubles, colours as fractions, 16-bit planes.

tifffile says how the file is laid out, and decodes it after a look at how large it would become.
"""

from __future__ import annotations

import logging
import zlib
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from qmix_core.base.errors import DataError
from qmix_core.dataset.pixels.deep_pixels import DeepPixels
from qmix_core.dataset.pixels.exif import Exif

if TYPE_CHECKING:
    from tifffile import TiffPage

# it writes about damage to the terminal, which the check tells in its own words
logging.getLogger("tifffile").addHandler(logging.NullHandler())
_ORIENTATION = 274
_WHITE_IS_ZERO, _BLACK_IS_ZERO, _RGB = 0, 1, 2
_PHOTOMETRICS = (_WHITE_IS_ZERO, _BLACK_IS_ZERO, _RGB)
_PLAIN, _DEFLATE = 1, (8, 32946)
#: One value may take as much: a double.
_MOST_BYTES = 8


def is_tiff(head: bytes) -> bool:
    """Whether a file begins like TIFF or BigTIFF."""
    return head[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")


class TiffFirstPage:
    """The first page of a file that is open; `size` is width and height."""

    def __init__(self, file: BinaryIO, name: str, most_pixels: int) -> None:
        """Raises DataError: too large, or of a form that is not read. Others: it is damaged."""
        from tifffile import TiffFile

        tiff = TiffFile(file, name=name)
        self._page: TiffPage = tiff.pages.first
        self.has_more = len(tiff.pages) > 1
        page = self._page
        self.size = (page.imagewidth, page.imagelength)
        turn = page.tags.get(_ORIENTATION)
        value = turn.value if turn is not None else 1
        self.exif = Exif(value if isinstance(value, int) else 1)
        self._refuse(name, most_pixels)

    def pixels(self) -> DeepPixels:
        """Decode it; what it raises says that the file is damaged."""
        page = self._page
        values = page.asarray()
        if page.axes.startswith("S"):
            values = np.moveaxis(values, 0, -1)
        is_inverted = int(page.photometric) == _WHITE_IS_ZERO
        if values.ndim == 2:
            return DeepPixels(values, is_inverted)
        return DeepPixels(values[..., :3] if values.shape[-1] >= 3 else values[..., 0], is_inverted)

    def _refuse(self, name: str, most_pixels: int) -> None:
        page = self._page
        samples = page.samplesperpixel
        if self.size[0] * self.size[1] > most_pixels or samples > 5 or page.imagedepth != 1:
            raise DataError(
                f"{name} has more than {most_pixels // 1_000_000} million pixels, too many to read "
                "safely: scale it down."
            )
        is_known = page.axes in ("YX", "YXS", "SYX") and int(page.photometric) in _PHOTOMETRICS
        if page.dtype is None or page.dtype.kind not in "uif" or not is_known:
            raise DataError(f"{name} has values of a kind that is not read: save it as plain TIFF.")
        if page.compression not in (_PLAIN, *_DEFLATE):
            raise DataError(
                f"{name} has {page.dtype.name} values in a compressed form that is not read: save "
                "it without compression."
            )
        self._refuse_bomb()

    def _refuse_bomb(self) -> None:
        """Unpack each segment no further than it may reach."""
        page = self._page
        side = (page.tilewidth or page.imagewidth, page.tilelength or page.rowsperstrip)
        values = min(side[0], 2 * self.size[0] + 64) * min(side[1], 2 * self.size[1] + 64)
        if side[0] * side[1] != values and page.is_tiled:
            raise ValueError("its tiles are far larger than the image")
        most = values * page.samplesperpixel * _MOST_BYTES
        if page.compression == _PLAIN:
            return
        file = page.parent.filehandle
        for offset, count in zip(page.dataoffsets, page.databytecounts, strict=False):
            file.seek(offset)
            unpacking = zlib.decompressobj()
            unpacking.decompress(file.read(count), most)
            if unpacking.unconsumed_tail:
                raise ValueError("its parts are larger than the image")
