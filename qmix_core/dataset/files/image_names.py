"""Which files of a folder are images: by their names, and DICOM whatever its name is."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from qmix_core.dataset.files.dicom_mark import holds_dicom

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
        ".avif",
        ".heic",
        ".heif",
        ".hif",
        ".dcm",
        ".dicom",
    }
)


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
    return may_be and holds_dicom(folder / name)
