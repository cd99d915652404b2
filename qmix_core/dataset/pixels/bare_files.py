"""PNG and JPEG files without the parts beside the pixels that a decoder may stumble over."""

from __future__ import annotations

import struct

#: Chunks of PNG that count: pixels, colours, transparency, frames and orientation.
_KEPT_CHUNKS = frozenset(
    {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"acTL", b"fcTL", b"fdAT", b"eXIf"}
)
_PNG = b"\x89PNG\r\n\x1a\n"
#: Says how the colours of a JPEG are coded.
_ADOBE = 0xEE
_START_OF_SCAN = 0xDA


def without_metadata(data: bytes) -> bytes | None:
    """The file without texts, profiles and the like; None where it is none of these, or has none.

    EXIF stays in a PNG and is dropped from a JPEG: `exif_part` has it.
    """
    if data.startswith(_PNG):
        bare = _bare_png(data)
    elif data.startswith(b"\xff\xd8"):
        bare = _bare_jpeg(data)
    else:
        return None
    return bare if len(bare) < len(data) else None


def exif_part(data: bytes) -> bytes:
    """The EXIF of a JPEG file, empty where it has none."""
    for marker, start, stop in _segments(data):
        if marker == 0xE1 and data[start + 4 : start + 8] == b"Exif":
            return data[start + 4 : stop]
    return b""


def _bare_png(data: bytes) -> bytes:
    parts, place = [_PNG], len(_PNG)
    while place + 8 <= len(data):
        length, kind = struct.unpack_from(">L4s", data, place)
        if kind in _KEPT_CHUNKS:
            parts.append(data[place : place + 12 + length])
        place += 12 + length
    return b"".join(parts)


def _bare_jpeg(data: bytes) -> bytes:
    parts, end = [data[:2]], 2
    for marker, start, stop in _segments(data):
        if not (0xE0 <= marker <= 0xEF or marker == 0xFE) or marker == _ADOBE:
            parts.append(data[start:stop])
        end = stop
    return b"".join([*parts, data[end:]])


def _segments(data: bytes) -> list[tuple[int, int, int]]:
    """Marker, start and end of each segment before the pixels."""
    found, place = [], 2
    while place + 4 <= len(data) and data[place] == 0xFF and data[place + 1] != _START_OF_SCAN:
        if data[place + 1] == 0xFF:  # a fill byte
            place += 1
            continue
        length = int.from_bytes(data[place + 2 : place + 4])
        found.append((data[place + 1], place, place + 2 + length))
        place += 2 + length
    return found
