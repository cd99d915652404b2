"""Whether a file is DICOM, by how it begins."""

from __future__ import annotations

import struct
from pathlib import Path

from qmix_core.base.errors import DataError
from qmix_core.base.foreign_files import require_regular_file

#: 128 bytes for whatever the maker likes, then the mark.
PREAMBLE, MARK = 128, b"DICM"
_IMPLICIT, _EXPLICIT = "1.2.840.10008.1.2", "1.2.840.10008.1.2.1"


def holds_dicom(path: Path) -> bool:
    """Whether a regular file has the mark of DICOM, or begins with DICOM's own first elements.

    Its name may end with anything.
    """
    try:
        require_regular_file(path)
        with path.open("rb") as file:
            return begins_dicom(file.read(PREAMBLE + len(MARK)))
    except (DataError, OSError):
        return False


def begins_dicom(head: bytes) -> bool:
    """Whether a file with this beginning, of at least 132 bytes, is DICOM."""
    head = head[: PREAMBLE + len(MARK)]
    return head.endswith(MARK) or syntax_without_mark(head) is not None


def syntax_without_mark(head: bytes) -> str | None:
    """The transfer syntax of a file that begins with its data set; None where it does not.

    Old programs leave out preamble and mark. The first two elements must be of the group that
    identifies an image, in ascending order, with lengths that fit.
    """
    if head[:2] != b"\x08\0":
        return None
    is_explicit = head[4:6].isalpha() and head[4:6].isupper()
    form, place = "<HH2xH" if is_explicit else "<HHL", 0
    tags: list[tuple[int, int]] = []
    while len(tags) < 2 and place + 8 <= len(head):
        group, element, length = struct.unpack_from(form, head, place)
        tags.append((group, element))
        place += 8 + length
    if len(tags) < 2 or tags[0] >= tags[1] or tags[1][0] != 8 or tags[0][1] > 0x100:
        return None
    return _EXPLICIT if is_explicit else _IMPLICIT
