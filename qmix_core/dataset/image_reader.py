"""Any image file -> uint8 RGB. One reader serves training, thumbnails and the viewer."""

from __future__ import annotations

import hashlib
import threading
import warnings
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from qmix_core.base.errors import DataError
from qmix_core.base.foreign_files import require_regular_file
from qmix_core.dataset import dicom

#: File endings that are taken for images, in lower case.
IMAGE_SUFFIXES = frozenset(
    {
        ".jpg",
        ".jpeg",
        ".jfif",
        ".png",
        ".tif",
        ".tiff",
        ".bmp",
        ".webp",
        ".jp2",
        ".j2k",
        ".gif",
        ".ppm",
        ".pgm",
        ".dcm",
        ".dicom",
    }
)
#: Larger images are refused as decompression bombs; the largest fundus cameras give about 50 MP.
MAX_PIXELS = 100_000_000
#: The content decides, not the ending. Pillow knows more formats, and runs a program for EPS.
_FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "WEBP", "JPEG2000", "GIF", "PPM")
#: Larger ones are decoded one at a time, so that a folder of bombs does not fill the memory.
_LARGE_PIXELS = 60_000_000
_one_at_a_time = threading.Lock()


def is_image_name(name: str) -> bool:
    """Whether the file name ends like an image and is not hidden."""
    return not name.startswith(".") and Path(name).suffix.lower() in IMAGE_SUFFIXES


def is_image_file(folder: Path, name: str) -> bool:
    """Whether `name` below `folder` is named like an image, or is DICOM without such a name.

    DICOM files are often called `IM0001` or by a UID, whose last number looks like an ending.
    """
    path = PurePosixPath(name)
    if is_image_name(path.name):
        return True
    may_be = not path.name.startswith(".") and (not path.suffix or path.suffix[1:].isdecimal())
    return may_be and dicom.holds_dicom(folder / name)


def read_rgb(path: Path, *, at_least: int | None = None) -> Image.Image:
    """Decode an image upright (EXIF) as 8-bit RGB; 16-bit greys are scaled, alpha is on black.

    Of several frames or pages the first is read, of a DICOM file the middle one (see
    `dicom.read_frame`). `at_least`: the shorter side, in pixels, that the caller needs; JPEGs are
    then decoded at a reduced size where that saves time.

    Raises:
        DataError: the file is missing, no regular file, no image, truncated or too large, or DICOM
            without its decoder; the message names it.
    """
    with _opened(path) as image:
        return _decoded(image, at_least)


@dataclass(frozen=True, slots=True)
class FirstLook:
    """A file that was read once: `image` as of `read_rgb`, `size` (width, height) of the whole."""

    image: Image.Image
    size: tuple[int, int]
    has_more_frames: bool
    sha256: str


def first_look(path: Path, *, at_least: int) -> FirstLook:
    """Hash and decode a file in one reading; `at_least` and errors are those of `read_rgb`."""
    require_regular_file(path)
    try:
        file = path.open("rb")
    except OSError as error:
        raise DataError(f"{path.name} may not be read: check its permissions.") from error
    with file:
        # the second pass over the bytes is served from the system's memory
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        with _opened(path, file) as image:
            size, more = image.size, _has_more_frames(image)
            decoded = _decoded(image, at_least)
    # EXIF may have turned it
    is_turned = (decoded.width > decoded.height) != (size[0] > size[1])
    return FirstLook(decoded, size[::-1] if is_turned else size, more, digest)


def _decoded(image: Image.Image, at_least: int | None) -> Image.Image:
    if at_least is not None and image.format == "JPEG":
        image.draft("RGB", (at_least, at_least))
    with _turn(image.width * image.height):
        ImageOps.exif_transpose(image, in_place=True)
        return _to_rgb(image)


def has_more_frames(path: Path) -> bool:
    """Whether the file is an animation or has several pages, of which only one is read.

    Raises:
        DataError: as `read_rgb`.
    """
    with _opened(path) as image:
        return _has_more_frames(image)


def _has_more_frames(image: Image.Image) -> bool:
    # an MPO is a photograph with the camera's own previews
    return image.format != "MPO" and bool(getattr(image, "is_animated", False))


@contextmanager
def _opened(path: Path, file: BinaryIO | None = None) -> Iterator[Image.Image]:
    """The image by its header; whatever goes wrong inside is raised as a DataError."""
    require_regular_file(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if dicom.holds_dicom(path):
                yield _dicom_image(path)
                return
            with Image.open(file or path, formats=_FORMATS) as image:
                _refuse_bomb(image.width * image.height)
                yield image
    except DataError:
        raise
    except Image.DecompressionBombError as error:
        raise DataError(
            f"{path.name} has more than {MAX_PIXELS // 1_000_000} million pixels, too many to read "
            "safely: scale it down."
        ) from error
    except PermissionError as error:
        raise DataError(f"{path.name} may not be read: check its permissions.") from error
    except Exception as error:  # the parsers raise whatever they met
        raise DataError(
            f"{path.name} cannot be read as an image ({_reason(error)}): "
            "replace it with an intact copy or leave it out."
        ) from error


def _dicom_image(path: Path) -> Image.Image:
    header = dicom.read_header(path)
    _refuse_bomb(header.width * header.height)
    with _turn(header.width * header.height):
        image = dicom.read_frame(header)
    image.is_animated = header.frames > 1  # type: ignore[attr-defined]  # as Pillow's readers say
    return image


def _refuse_bomb(pixels: int) -> None:
    if pixels > MAX_PIXELS:
        raise Image.DecompressionBombError


def _turn(pixels: int) -> AbstractContextManager[object]:
    return _one_at_a_time if pixels > _LARGE_PIXELS else nullcontext()


def _reason(error: Exception) -> str:
    text = str(error).partition(":")[0].partition("\n")[0]
    return "no known image format" if text.startswith("cannot identify") else text or "damaged"


def _to_rgb(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I;16"):
        return Image.fromarray((np.asarray(image) // 257).astype(np.uint8)).convert("RGB")
    if image.mode.startswith(("I", "F")):
        values = np.asarray(image, dtype=np.float32)
        top = 65535.0 if values.max(initial=0) > 255 else 255.0
        return Image.fromarray((values / top * 255.0).clip(0, 255).astype(np.uint8)).convert("RGB")
    if image.has_transparency_data:
        upper = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", upper.size, "black"), upper).convert("RGB")
    image.load()
    return image if image.mode == "RGB" else image.convert("RGB")


def read_square(path: Path, size: int) -> NDArray[np.uint8]:
    """Decode, pad to a square with black and resize: uint8 [size, size, 3].

    Raises:
        DataError: as `read_rgb`.
    """
    image = read_rgb(path, at_least=size)
    return np.asarray(ImageOps.pad(image, (size, size), Image.Resampling.BILINEAR, color="black"))
