"""What is broken beside the pixels costs no picture; the orientation is found where it can be."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from qmix_core.base.errors import DataError
from qmix_core.dataset.pixels.image_reader import first_look, read_rgb

Y, X = np.mgrid[0:40, 0:64]
PICTURE = np.stack([X * 4, Y * 6, 255 - X], axis=2).astype(np.uint8)


def encoded(kind, **options):
    file = io.BytesIO()
    Image.fromarray(PICTURE).save(file, kind, **options)
    return file.getvalue()


JPEG = encoded("JPEG", quality=95, subsampling=0)
PNG = encoded("PNG")


def segment(marker, data):
    return bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data


def chunk(name, data, sum_=None):
    code = zlib.crc32(name + data) if sum_ is None else sum_
    return struct.pack(">L", len(data)) + name + data + struct.pack(">L", code)


def jpeg_with(*segments):
    return JPEG[:2] + b"".join(segments) + JPEG[2:]


def png_with(*chunks, at_the_end=False):
    place = len(PNG) - 12 if at_the_end else 33
    return PNG[:place] + b"".join(chunks) + PNG[place:]


def exif(*entries, head=b"II*\0\x08\0\0\0"):
    return b"Exif\0\0" + head + struct.pack("<H", len(entries)) + b"".join(entries)


TURNED = struct.pack("<HHLHH", 0x0112, 3, 1, 6, 0)
BIG = b"A" * 2_000_000
BROKEN = {
    "rational of nothing": jpeg_with(segment(0xE1, exif(struct.pack("<HHLL", 0x11A, 10, 1, 9999)))),
    "garbage": jpeg_with(segment(0xE1, b"Exif\0\0" + b"\xff" * 40)),
    "cut": jpeg_with(segment(0xE1, exif(TURNED)[:12])),
    "no such type": jpeg_with(segment(0xE1, exif(struct.pack("<HHLL", 0x112, 99, 1, 6)))),
    "endless": jpeg_with(segment(0xE1, exif(struct.pack("<HHLL", 0x8769, 4, 1, 8)))),
    "short JFIF": jpeg_with(segment(0xE0, b"JFIF\0")),
    "short Photoshop": jpeg_with(segment(0xED, b"Photoshop 3.0\x008BIM\x04")),
    "short profile": jpeg_with(segment(0xE2, b"ICC_PROFILE\0\x01")),
    "MPO of nothing": jpeg_with(segment(0xE2, b"MPF\0II*\0\x08\0\0\0\xff\xff")),
    "EXIF without head": png_with(chunk(b"eXIf", exif(TURNED)[14:])),
    "large text": png_with(chunk(b"zTXt", b"a\0\0" + zlib.compress(BIG))),
    "large text behind": png_with(chunk(b"zTXt", b"a\0\0" + zlib.compress(BIG)), at_the_end=True),
    "many texts": png_with(*[chunk(b"tEXt", b"a\0" + BIG[:900_000])] * 80),
    "large profile": png_with(chunk(b"iCCP", b"a\0\0" + zlib.compress(BIG))),
    "profile of nothing": png_with(chunk(b"iCCP", b"a\0\0x")),
    "wrong sum": png_with(chunk(b"tIME", b"1234567", 0)),
    "short gamma": png_with(chunk(b"gAMA", b"")),
    "odd chunk": png_with(chunk(b"prVt", b"x" * 100), chunk(b"\xff\xfe\xfd\xfc", b"")),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_parts_beside_the_pixels_cost_no_picture(tmp_path, name):
    path = tmp_path / "a.jpg"
    path.write_bytes(BROKEN[name])
    whole = tmp_path / "whole.jpg"
    whole.write_bytes(PNG if BROKEN[name].startswith(b"\x89PNG") else JPEG)
    assert np.array_equal(np.asarray(read_rgb(path)), np.asarray(read_rgb(whole)))


@pytest.mark.parametrize(
    "data",
    [
        jpeg_with(segment(0xE1, exif(TURNED, struct.pack("<HHLL", 0x11A, 10, 1, 38)))),
        jpeg_with(segment(0xE1, b"Exif\0\0" + exif(TURNED))),
        jpeg_with(segment(0xED, b"Photoshop 3.0\x008BIM\x04"), segment(0xE1, exif(TURNED))),
        png_with(chunk(b"eXIf", exif(TURNED)[6:]), chunk(b"zTXt", b"a\0\0" + zlib.compress(BIG))),
        png_with(chunk(b"iTXt", b'XML:com.adobe.xmp\0\0\0\0\0<x tiff:Orientation="6"/>')),
    ],
    ids=["rational", "doubled", "Photoshop", "large text", "XMP"],
)  # fmt: skip
def test_the_orientation_is_found_beside_what_is_broken(tmp_path, data):
    path = tmp_path / "a.jpg"
    path.write_bytes(data)
    shown = np.asarray(read_rgb(path)).astype(int)
    assert np.abs(shown - np.rot90(PICTURE, -1)).mean() < 3


def test_an_image_cut_off_is_still_refused(tmp_path):
    (tmp_path / "a.png").write_bytes(png_with(chunk(b"tEXt", b"a\0b"))[:-60])
    with pytest.raises(DataError, match=r"^a\.png cannot be read"):
        read_rgb(tmp_path / "a.png")


def test_a_bomb_is_found_behind_broken_parts(tmp_path):
    header = struct.pack(">LLBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    text = chunk(b"zTXt", b"a\0\0" + zlib.compress(BIG))
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + text + PNG[33:]
    (tmp_path / "a.png").write_bytes(data)
    with pytest.raises(DataError, match="more than 100 million pixels"):
        read_rgb(tmp_path / "a.png")


def test_camera_and_compression_are_told(tmp_path):
    made = Image.Exif()
    made[0x010F], made[0x0110] = "Maker", "Model 5"
    for name, quality in (("a.jpg", 60), ("b.jpg", 95)):
        Image.fromarray(PICTURE).save(tmp_path / name, exif=made, quality=quality)
    strong, weak = (first_look(tmp_path / n, at_least=32).decoded for n in ("a.jpg", "b.jpg"))
    assert strong.camera == "Maker Model 5"
    assert strong.tables > weak.tables
