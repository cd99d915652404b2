"""Caches end with a checksum: one that a disk altered is made anew, and is never shown."""

from __future__ import annotations

import os
import zlib
from pathlib import Path
from typing import IO

#: Bytes of a CRC-32, which finds every single altered bit.
CHECKSUM_BYTES = 4
_CHUNK = 1 << 22


def with_checksum(content: bytes) -> bytes:
    """The content of a cache as it is written."""
    return content + zlib.crc32(content).to_bytes(CHECKSUM_BYTES, "little")


def without_checksum(raw: bytes) -> bytes | None:
    """The content of a cache as it was written; None where it is another now."""
    content = raw[:-CHECKSUM_BYTES]
    return content if raw and with_checksum(content) == raw else None


def append_checksum(file: IO[bytes]) -> None:
    """End a file that is complete with its checksum. Raises OSError."""
    checksum = _checksum(file, file.seek(0, os.SEEK_END))
    file.seek(0, os.SEEK_END)
    file.write(checksum)


def ends_with_checksum(path: Path) -> bool:
    """Whether a file is as `append_checksum` left it; 1 s for 2 GB. Raises OSError."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END) - CHECKSUM_BYTES
        return size >= 0 and _checksum(file, size) == file.read(CHECKSUM_BYTES)


def _checksum(file: IO[bytes], size: int) -> bytes:
    file.seek(0)
    found, left = 0, size
    while left and (part := file.read(min(_CHUNK, left))):
        found = zlib.crc32(part, found)
        left -= len(part)
    return found.to_bytes(CHECKSUM_BYTES, "little")
