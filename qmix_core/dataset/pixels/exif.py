"""The few tags of EXIF that count. Cameras and editors break the others, which costs no picture."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass

from PIL import Image

_ORIENTATION, _MAKE, _MODEL = 0x0112, 0x010F, 0x0110
_SHORT, _ASCII = 3, 2
_MOST_TAGS, _MOST_TEXT = 1_000, 64
_XMP_ORIENTATION = re.compile(rb'tiff:Orientation(?:="|>)([1-8])')
_HEAD = re.compile(rb"II\*\0|MM\0\*")
#: Where each orientation has its top; 1 is upright.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True, slots=True)
class Exif:
    """`orientation` is 1 to 8; `camera` its make and model, empty where nothing says it."""

    orientation: int = 1
    camera: str = ""

    def upright(self, image: Image.Image) -> Image.Image:
        """The image as it was seen."""
        turn = _TURNS.get(self.orientation)
        return image if turn is None else image.transpose(turn)


def exif_of(image: Image.Image) -> Exif:
    """What the header of an opened image says; Pillow is kept from parsing all of it."""
    raw = image.info.get("exif")
    tags = getattr(image, "tag_v2", None)  # of TIFF: the file itself is the directory
    if tags is not None:
        found = {tag: tags.get(tag) for tag in (_ORIENTATION, _MAKE, _MODEL)}
    else:
        found = _tags(raw) if isinstance(raw, bytes) else {}
    if image.format in {"AVIF", "HEIF"}:
        found.pop(_ORIENTATION, None)  # the box of the container counts, and was followed
    elif _ORIENTATION not in found:
        found[_ORIENTATION] = _of_xmp(image)
    orientation = found.get(_ORIENTATION)
    short = Image.Exif()
    if tags is not None:  # Pillow turns TIFF itself, and asks what is below
        short[_ORIENTATION] = orientation if orientation in _TURNS else 1
        orientation = 1
    image.getexif = lambda: short  # type: ignore[method-assign]
    words = [str(found.get(tag) or "").strip("\0 ") for tag in (_MAKE, _MODEL)]
    known = orientation if isinstance(orientation, int) and orientation in _TURNS else 1
    return Exif(known, " ".join(filter(None, words))[:_MOST_TEXT])


def _of_xmp(image: Image.Image) -> int | None:
    text = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    data = text.encode(errors="ignore") if isinstance(text, str) else text
    found = _XMP_ORIENTATION.search(data) if isinstance(data, bytes) else None
    return int(found[1]) if found else None


def _tags(raw: bytes) -> dict[int, object]:
    """Short and text tags of the first directory; as many as can be read."""
    # some programs write the mark twice, others leave out the head
    head = _HEAD.search(raw[:_MOST_TEXT])
    if head is None:
        return {}
    data = raw[head.start() :]
    order = "<" if data[:2] == b"II" else ">"
    found: dict[int, object] = {}
    try:
        (place,) = struct.unpack_from(f"{order}L", data, 4)
        (count,) = struct.unpack_from(f"{order}H", data, place)
        for number in range(min(count, _MOST_TAGS)):
            tag, kind, length = struct.unpack_from(f"{order}HHL", data, place + 2 + 12 * number)
            value = place + 10 + 12 * number
            if kind == _SHORT and tag == _ORIENTATION:
                found[tag] = struct.unpack_from(f"{order}H", data, value)[0]
            elif kind == _ASCII and tag in (_MAKE, _MODEL):
                (far,) = struct.unpack_from(f"{order}L", data, value)
                begin = value if length <= 4 else far
                text = data[begin : begin + min(length, _MOST_TEXT)]
                found[tag] = text.partition(b"\0")[0].decode("ascii", "replace")
    except struct.error:
        pass  # cut off: what came before counts
    return found
