"""What a file is that is not read as an image, by its first bytes and its name, and the remedy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from qmix_core.base.errors import DataError
from qmix_core.base.foreign_files import require_regular_file

_HEAD = 4096


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: `one` and `many` of them, and what helps, as the end of a sentence."""

    one: str
    many: str
    remedy: str


EMPTY = FileKind("an empty file", "empty files", "copy again from where it came from")
ZEROS = FileKind(
    "a file of zeros",
    "files of zeros",
    "the disk lost the content: copy again from where it came from",
)
PLACEHOLDER = FileKind(
    "a placeholder of a cloud folder",
    "placeholders of a cloud folder",
    "let the cloud program download the content",
)
LFS = FileKind("a Git LFS pointer", "Git LFS pointers", "fetch the image with 'git lfs pull'")
ANNEX = FileKind(
    "a git-annex pointer",
    "git-annex pointers",
    "fetch the image with 'git annex get'",
)
HTML = FileKind(
    "a web page saved as an image",
    "web pages saved as images",
    "download again: the server sent a page, not the image",
)
HEIC = FileKind("a HEIC photograph", "HEIC photographs", "install qmix-gui[heic], or save as JPEG")
AVIF = FileKind("an AVIF image", "AVIF images", "install Pillow 11.3 or newer, or save as PNG")
JXL = FileKind("a JPEG XL image", "JPEG XL images", "save as PNG")
RAW = FileKind(
    "a raw camera file",
    "raw camera files",
    "develop to TIFF or JPEG with the camera's program",
)
OCT = FileKind(
    "a file of an OCT or fundus device",
    "files of an OCT or fundus device",
    "export DICOM, TIFF or PNG from the device's program",
)
PDF = FileKind("a PDF document", "PDF documents", "save the pictures as PNG")
VIDEO = FileKind("a video", "videos", "save the frames that count as PNG")
ARCHIVE = FileKind("a packed archive", "packed archives", "unpack beside the other images")
NIFTI = FileKind(
    "a NIfTI or other volume",
    "NIfTI or other volumes",
    "save the slices that count as PNG or TIFF",
)
DICOM = FileKind(
    "a DICOM file without a picture",
    "DICOM files without a picture",
    "no remedy is needed: there is no image inside",
)
ARRAY = FileKind("a stored array", "stored arrays", "save as PNG or TIFF")
VECTOR = FileKind("a drawing (SVG, EPS)", "drawings (SVG, EPS)", "save as PNG")
PHOTOSHOP = FileKind(
    "a document of a picture editor",
    "documents of a picture editor",
    "save as PNG or TIFF",
)

_BY_SUFFIX = {
    **dict.fromkeys((".heic", ".heif", ".hif"), HEIC),
    ".avif": AVIF,
    ".jxl": JXL,
    **dict.fromkeys(
        (
            ".dng", ".cr2", ".cr3", ".crw", ".nef", ".nrw", ".arw", ".srf", ".sr2", ".raf", ".rw2",
            ".orf", ".pef", ".raw", ".3fr", ".iiq", ".kdc", ".x3f",
        ),
        RAW,
    ),
    **dict.fromkeys((".fda", ".fds", ".e2e", ".sdb", ".vol", ".oct", ".octa", ".poct"), OCT),
    ".pdf": PDF,
    **dict.fromkeys((".mp4", ".mov", ".avi", ".mkv", ".wmv", ".m4v", ".mpg", ".webm"), VIDEO),
    **dict.fromkeys((".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz"), ARCHIVE),
    **dict.fromkeys((".nii", ".mha", ".mhd", ".nrrd", ".mgz"), NIFTI),
    **dict.fromkeys((".npy", ".npz", ".mat", ".h5", ".hdf5"), ARRAY),
    **dict.fromkeys((".svg", ".eps", ".ai"), VECTOR),
    **dict.fromkeys((".psd", ".xcf", ".kra", ".clip"), PHOTOSHOP),
    ".icloud": PLACEHOLDER,
}  # fmt: skip
#: What is told without the name: it may have any, or is read whatever its name is.
_UNDER_ANY_NAME = frozenset({LFS, ANNEX, HTML, HEIC, AVIF, DICOM})
#: Begins of files that are read, once they are named like images.
_READABLE = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8")
_HEIC_BRANDS = frozenset(
    {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
)  # fmt: skip


def file_kind(path: Path) -> FileKind | None:
    """What a file is that cannot be read as an image; None where nothing is known of it.

    The content decides before the name; where both are known and differ, both are told. At most
    4 KB are read of a file that has other content, and nothing of one that a cloud program would
    have to download first.
    """
    try:
        size = require_regular_file(path)
        if not size:
            return EMPTY
        if _is_placeholder(path):
            return PLACEHOLDER
        with path.open("rb") as file:
            head = file.read(_HEAD)
            if not any(head):
                return ZEROS if _holds_zeros_only(file) else _by_name(path)
    except (DataError, OSError):
        return None
    return _weighed(path, head)


def _weighed(path: Path, head: bytes) -> FileKind | None:
    """One kind of name and content, or one that tells both where they differ."""
    named, content = _by_name(path), _by_content(head)
    if named is None or content in _UNDER_ANY_NAME:
        return content
    if content in (None, named, ARCHIVE) and not head.startswith(_READABLE):
        return named  # many kinds are packed archives inside
    of = "a JPEG, PNG or GIF image" if content is None else content.one
    remedy = "rename it to what it is" if content is None else content.remedy
    name = path.suffix.lower()
    return FileKind(
        f"a file named {name} with the content of {of}",
        f"files named {name} with the content of {of}",
        remedy,
    )


def is_heic(head: bytes) -> bool:
    """Whether a file begins like a photograph in HEIC."""
    return head[4:8] == b"ftyp" and _of_media_box(head) is HEIC


def _by_name(path: Path) -> FileKind | None:
    if path.name.lower() == "dicomdir":
        return DICOM
    return _BY_SUFFIX.get(path.suffix.lower())


def _by_content(head: bytes) -> FileKind | None:
    if head[4:8] == b"ftyp":
        return _of_media_box(head)
    return next((kind for is_kind, kind in _SIGNS if is_kind(head)), None)


def _of_media_box(head: bytes) -> FileKind:
    """HEIC, AVIF, a raw file or a video: they share the box that names their brands."""
    length = min(int.from_bytes(head[:4]), 256)
    brands = {head[8:12], *(head[start : start + 4] for start in range(16, length, 4))}
    if b"crx " in brands:
        return RAW
    if brands & {b"avif", b"avis"}:
        return AVIF
    return HEIC if brands & _HEIC_BRANDS else VIDEO


def _is_html(head: bytes) -> bool:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body"))


def _starts(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(marks)


_SIGNS: tuple[tuple[Callable[[bytes], bool], FileKind], ...] = (
    (_starts(b"version https://git-lfs"), LFS),
    (_starts(b"/annex/objects/", b"../.git/annex/"), ANNEX),
    (_is_html, HTML),
    (_starts(b"\xff\x0a", b"\0\0\0\x0cJXL \r\n\x87\n"), JXL),
    (_starts(b"FOCT", b"FDA", b"CMDb", b"HSF-OCT"), OCT),
    (_starts(b"FUJIFILMCCD-RAW", b"II\x1a\0\0\0HEAPCCDR", b"IIRO", b"IIU\0", b"FOVb"), RAW),
    (lambda head: head.startswith(b"II*\0") and head[8:10] == b"CR", RAW),
    (_starts(b"%PDF-"), PDF),
    (_starts(b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b"), ARCHIVE),
    (_starts(b"\x93NUMPY", b"\x89HDF"), ARRAY),
    (_starts(b"<svg", b"%!PS"), VECTOR),
    (_starts(b"8BPS", b"gimp xcf"), PHOTOSHOP),
    (lambda head: head[128:132] == b"DICM", DICOM),
)


def _is_placeholder(path: Path) -> bool:
    """Whether the content is elsewhere: OneDrive and others mark such files on Windows."""
    attributes = getattr(path.stat(), "st_file_attributes", 0)
    # FILE_ATTRIBUTE_OFFLINE, RECALL_ON_OPEN and RECALL_ON_DATA_ACCESS
    return bool(attributes & (0x1000 | 0x40000 | 0x400000))


def _holds_zeros_only(file: BinaryIO) -> bool:
    while chunk := file.read(1 << 20):
        if any(chunk):
            return False
    return True
