"""Any image file -> uint8 RGB. One reader serves training, thumbnails and the viewer."""

from __future__ import annotations

import hashlib
import io
import os
import threading
import warnings
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import cache
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError, features

from qmix_core.base.cancellation import Cancelled
from qmix_core.base.errors import DataError
from qmix_core.base.foreign_files import require_regular_file
from qmix_core.dataset.files.dicom_mark import begins_dicom
from qmix_core.dataset.files.file_kinds import AVIF, DICOM, HEIC, file_kind, is_heic
from qmix_core.dataset.files.file_stamps import Stamp, stamp_of
from qmix_core.dataset.pixels import dicom
from qmix_core.dataset.pixels.bare_files import exif_part, without_metadata
from qmix_core.dataset.pixels.deep_pixels import Greys, deep_pixels, needs_another_reader
from qmix_core.dataset.pixels.exif import Exif, exif_of
from qmix_core.dataset.pixels.tiff_pixels import TiffFirstPage, is_tiff
from qmix_core.dataset.pixels.value_ranges import NO_RANGES, UsedValues, ValueRanges

if TYPE_CHECKING:
    from typing_extensions import Buffer

#: Larger images are refused as decompression bombs; the largest fundus cameras give about 50 MP.
MAX_PIXELS = 100_000_000
#: The content decides, not the ending. Pillow knows more formats, and runs a program for EPS.
_FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "WEBP", "JPEG2000", "GIF", "PPM")
#: Kinds with a reader of their own, which has said what is wrong.
_READ = (HEIC, AVIF, DICOM) if features.check("avif") else (HEIC, DICOM)
#: Enough to tell formats apart.
_HEAD = 256
#: A file of at most so many bytes is read into memory as a whole; of larger ones, as of volumes
#: with many pages, only a part may be needed.
_WHOLE_BYTES = 32 << 20
#: Larger ones are decoded one at a time, so that a folder of bombs does not fill the memory.
_LARGE_PIXELS = 60_000_000
_one_at_a_time = threading.Lock()


def read_rgb(
    path: Path, *, at_least: int | None = None, ranges: ValueRanges = NO_RANGES
) -> Image.Image:
    """Decode an image upright (EXIF) as 8-bit RGB; alpha is on black.

    Deeper values are shown by what the file says is black and white, else by `ranges`, those of
    the set, else by what the image itself uses (`UsedValues.shown`). Of several frames or pages
    the first is read, of a DICOM file the middle one (see `dicom.read_frame`). `at_least`: the
    shorter side, in pixels, that the caller needs; JPEGs are then decoded at a reduced size where
    that saves time.

    Raises:
        DataError: the file is missing, no regular file, no image, truncated or too large, or in a
            format without its decoder; the message names it.
    """
    with _open(path) as file:
        return _read(path, file, Wanted(at_least, ranges)).image


def read_to_show(path: Path, wanted: Wanted) -> Decoded:
    """As `read_rgb`, with the values of a deep grey picture where it has them.

    Raises:
        DataError: as `read_rgb`. Cancelled: by `wanted.check`.
    """
    with _open(path, wanted.check) as file:
        return _read(path, file, wanted)


def read_square(path: Path, size: int, ranges: ValueRanges = NO_RANGES) -> NDArray[np.uint8]:
    """Decode, pad to a square with black and resize: uint8 [size, size, 3].

    Raises:
        DataError: as `read_rgb`.
    """
    image = read_rgb(path, at_least=size, ranges=ranges)
    return np.asarray(ImageOps.pad(image, (size, size), Image.Resampling.BILINEAR, color="black"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """`at_least` and `ranges` are those of `read_rgb`.

    `greys`: whether the values of grey pictures of more than 8 bits are wanted, not their shades.
    `check` is called while a file is read, and may raise Cancelled.
    """

    at_least: int | None = None
    ranges: ValueRanges = NO_RANGES
    greys: bool = False
    check: Callable[[], object] = bool


@dataclass(frozen=True, slots=True)
class Decoded:
    """An image as of `read_rgb`, and what its file says beside the pixels.

    `size`: width and height of the whole; `used`: the values used, where the file does not say
    which are black and white; `camera`: make and model; `tables`: how strongly a JPEG is
    compressed, as the sums of its quantisation tables; `header`: that of a DICOM file; `greys`: the
    values of a deep grey picture, if they were wanted: `image` is theirs then.
    """

    image: Image.Image
    size: tuple[int, int]
    has_more_frames: bool = False
    used: UsedValues | None = None
    camera: str = ""
    tables: tuple[int, ...] = ()
    header: dicom.DicomHeader | None = None
    greys: Greys | None = None


@dataclass(frozen=True, slots=True)
class FirstLook:
    """A file that was read once: its image, its stamp and the SHA-256 of its bytes."""

    decoded: Decoded
    stamp: Stamp
    sha256: str


def first_look(path: Path, *, at_least: int, ranges: ValueRanges = NO_RANGES) -> FirstLook:
    """Hash and decode a file in one reading; arguments and errors are those of `read_rgb`."""
    with _open(path) as file:
        stamp = stamp_of(os.fstat(file.fileno()))
        content = io.BytesIO(file.read()) if stamp[0] <= _WHOLE_BYTES else file
        digest = hashlib.file_digest(content, "sha256").hexdigest()
        content.seek(0)
        return FirstLook(_read(path, content, Wanted(at_least, ranges)), stamp, digest)


class _Watched(io.FileIO):
    """A file that calls `check` before each part that is read."""

    def __init__(self, path: Path, check: Callable[[], object]) -> None:
        super().__init__(path)
        self._check = check

    def readinto(self, buffer: Buffer) -> int | None:
        self._check()
        return super().readinto(buffer)


def _open(path: Path, check: Callable[[], object] | None = None) -> BufferedReader:
    require_regular_file(path)
    try:
        if check is not None:
            return io.BufferedReader(_Watched(path, check))
        return path.open("rb")
    except OSError as error:
        raise DataError(f"{path.name} may not be read: check its permissions.") from error


def _read(path: Path, file: BinaryIO, wanted: Wanted) -> Decoded:
    """Whatever goes wrong inside is raised as a DataError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            head = file.read(_HEAD)
            file.seek(0)
            if begins_dicom(head):
                return _dicom_image(path, wanted)
            return _decoded(path, file, head, wanted)
    except (DataError, Cancelled):
        raise
    except Image.DecompressionBombError as error:
        raise DataError(
            f"{path.name} has more than {MAX_PIXELS // 1_000_000} million pixels, too many to read "
            "safely: scale it down."
        ) from error
    except Exception as error:  # the parsers raise whatever they met
        kind = file_kind(path)
        if kind is not None and kind not in _READ:
            raise DataError(f"{path.name} is {kind.one}: {kind.remedy}.") from error
        what = "cannot be read as an image" if kind is None else f"is {kind.one} that is damaged"
        raise DataError(
            f"{path.name} {what} ({_reason(error)}): "
            "replace it with an intact copy or leave it out."
        ) from error


def _decoded(path: Path, file: BinaryIO, head: bytes, wanted: Wanted) -> Decoded:
    try:
        with Image.open(file, formats=_formats(path, head)) as image:
            _refuse_bomb(image.width * image.height)
            if not needs_another_reader(image):
                return _plain(image, file, exif_of(image), wanted)
    except (DataError, Cancelled, Image.DecompressionBombError):
        raise
    except Exception as error:
        if not (isinstance(error, UnidentifiedImageError) and is_tiff(head)):
            # what is beside the pixels may be broken
            file.seek(0)
            data = file.read()
            bare = without_metadata(data)
            if bare is None:
                raise
            return _bare(bare, exif_part(data), wanted)
    file.seek(0)
    page = TiffFirstPage(file, path.name, MAX_PIXELS)
    with _turn(page.size[0] * page.size[1]):
        wanted.check()
        pixels = page.pixels()
        if wanted.greys and (greys := pixels.greys(wanted.ranges)):
            return _of_greys(greys, page.exif, page.has_more)
        shades, used = pixels.shades(wanted.ranges)
    upright = page.exif.upright(shades.convert("RGB"))
    return Decoded(upright, upright.size, page.has_more, used)


def _of_greys(greys: Greys, exif: Exif, has_more: bool) -> Decoded:
    upright = replace(greys, image=exif.upright(greys.image))
    return Decoded(upright.image, upright.image.size, has_more, greys=upright)


def _bare(data: bytes, exif: bytes, wanted: Wanted) -> Decoded:
    file = io.BytesIO(data)
    with Image.open(file, formats=_FORMATS) as image:
        _refuse_bomb(image.width * image.height)
        if exif:
            image.info["exif"] = exif
        return _plain(image, file, exif_of(image), wanted)


def _plain(image: Image.Image, file: BinaryIO, exif: Exif, wanted: Wanted) -> Decoded:
    size, more = image.size, _has_more_frames(image)
    tables = tuple(sum(table) for _, table in sorted(getattr(image, "quantization", {}).items()))
    if wanted.at_least is not None and image.format == "JPEG":
        image.draft("RGB", (wanted.at_least, wanted.at_least))
    with _turn(image.width * image.height):
        wanted.check()
        deep = deep_pixels(image, file)
        if deep is not None and wanted.greys and (greys := deep.greys(wanted.ranges)):
            return _of_greys(greys, exif, more)
        shades, used = (image, None) if deep is None else deep.shades(wanted.ranges)
        upright = exif.upright(_to_rgb(shades))
    # EXIF may have turned it
    is_turned = (upright.width > upright.height) != (size[0] > size[1])
    size = size[::-1] if is_turned else size
    return Decoded(upright, size, more, used, exif.camera, tables)


def _has_more_frames(image: Image.Image) -> bool:
    # an MPO is a photograph with the camera's own previews, a HEIC may hold a burst
    return image.format not in {"MPO", "HEIF"} and bool(getattr(image, "is_animated", False))


def _dicom_image(path: Path, wanted: Wanted) -> Decoded:
    header = dicom.read_header(path)
    _refuse_bomb(header.width * header.height)
    with _turn(header.width * header.height):
        wanted.check()
        if wanted.greys and (greys := dicom.read_greys(header, wanted.ranges)):
            return Decoded(greys.image, greys.image.size, header.frames > 1, greys=greys)
        image, used = dicom.read_frame(header, wanted.ranges)
    return Decoded(
        _to_rgb(image), image.size, header.frames > 1, used, header.camera, header=header
    )


def _formats(path: Path, head: bytes) -> tuple[str, ...]:
    """What Pillow may open; it learns HEIC by the first such file."""
    if is_heic(head):
        try:
            from pillow_heif import register_heif_opener
        except ImportError as error:
            raise DataError(f"{path.name} is {HEIC.one}: {HEIC.remedy}.") from error
        register_heif_opener()
        return ("HEIF",)
    return _formats_of_pillow()


@cache
def _formats_of_pillow() -> tuple[str, ...]:
    return (*_FORMATS, "AVIF") if features.check("avif") else _FORMATS


def _refuse_bomb(pixels: int) -> None:
    if pixels > MAX_PIXELS:
        raise Image.DecompressionBombError


def _turn(pixels: int) -> AbstractContextManager[object]:
    return _one_at_a_time if pixels > _LARGE_PIXELS else nullcontext()


def _reason(error: Exception) -> str:
    text = str(error).partition(":")[0].partition("\n")[0]
    return "no known image format" if text.startswith("cannot identify") else text or "damaged"


def _to_rgb(image: Image.Image) -> Image.Image:
    if image.has_transparency_data:
        upper = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", upper.size, "black"), upper).convert("RGB")
    image.load()
    return image if image.mode == "RGB" else image.convert("RGB")
