"""Files that pretend to be images: refused with their name, quickly, without filling the memory."""

from __future__ import annotations

import io
import os
import socket
import struct
import tracemalloc
import zlib
from pathlib import Path

import numpy as np
import pytest
import tifffile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from qmix_core.base.errors import DataError
from qmix_core.cli.main import main
from qmix_core.dataset.dataset import load_dataset
from qmix_core.dataset.pixels.image_reader import first_look, read_rgb, read_square
from qmix_core.preflight.check import check_dataset

#: Windows has no FIFOs, and its names are stricter.
posix = pytest.mark.skipif(os.name == "nt", reason="needs the file system of a Unix")


def png_chunk(kind: bytes, data: bytes, *, length: int | None = None) -> bytes:
    size = len(data) if length is None else length
    return struct.pack(">I", size) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, pixels: bytes, *, length: int | None = None) -> bytes:
    """An 8-bit grey PNG whose header says what it likes."""
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    body = png_chunk(b"IDAT", pixels, length=length)
    return b"\x89PNG\r\n\x1a\n" + head + body + png_chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [10_001, 30_000])
def test_decompression_bomb_is_refused_undecoded(tmp_path, side):
    path = tmp_path / "bomb.png"
    path.write_bytes(png(side, side, zlib.compress(b"\0" * 1_000_000)))
    tracemalloc.start()
    with pytest.raises(DataError, match=r"bomb\.png has more than 100 million pixels"):
        read_square(path, 64)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


def test_large_photograph_is_still_read(tmp_path):
    Image.new("L", (9_000, 6_000)).save(tmp_path / "large.jpg")
    assert read_square(tmp_path / "large.jpg", 64).shape == (64, 64, 3)


EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 8 8\n%%EndComments\n(x) run\n%%EOF\n"
GIF_OF_65535 = b"GIF89a" + b"\xff" * 4 + b"\0\0\0," + b"\0" * 4 + b"\xff" * 4 + b"\0\2"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is an empty file"),
        (b"no image", "no known image format"),
        (EPS, "is a drawing"),  # Pillow would hand it to Ghostscript
        (b"\xff\xd8\xff\xe0" + b"\0" * 50, "cannot be read"),
        (png(9_000, 9_000, zlib.compress(b"\0" * 100)), "cannot be read"),
        (png(64, 64, b"x", length=0x7FFFFFFF), "cannot be read"),
        (png(0, 64, zlib.compress(b"")), "cannot be read"),
        (GIF_OF_65535, "more than 100 million"),
        (b"P6 99999999 99999999 255\n", "more than 100 million"),
    ],
)
def test_what_is_no_image_is_refused_with_its_name(tmp_path, data, words):
    (tmp_path / "image.png").write_bytes(data)
    with pytest.raises(DataError, match=rf"image\.png .*{words}"):
        read_rgb(tmp_path / "image.png")


@posix
@pytest.mark.parametrize(
    ("make", "words"),
    [
        (os.mkfifo, "no regular file"),
        (Path.mkdir, "no regular file"),
        (lambda path: path.symlink_to("/dev/zero"), "no regular file"),
        (lambda path: path.symlink_to("image.png"), "cannot be opened"),
        (lambda path: path.symlink_to("nowhere"), "is missing"),
    ],
)
def test_what_is_no_file_is_refused_unopened(tmp_path, make, words):
    make(tmp_path / "image.png")
    with pytest.raises(DataError, match=rf"image\.png .*{words}"):
        read_rgb(tmp_path / "image.png")


def test_image_of_another_kind_than_its_ending_is_read(tmp_path):
    Image.new("RGB", (20, 20), "red").save(tmp_path / "a.jpg", "PNG")
    assert read_rgb(tmp_path / "a.jpg").getpixel((3, 3)) == (255, 0, 0)


@pytest.mark.parametrize("suffix", ["gif", "tif", "png", "webp"])
def test_first_frame_counts_and_the_preflight_says_so(class_folders, suffix):
    noise = np.random.default_rng(3).integers(0, 256, (2, 80, 80, 3), dtype=np.uint8)
    first, second = (Image.fromarray(pixels) for pixels in noise)
    path = class_folders / "sick" / f"several.{suffix}"
    first.save(path, save_all=True, append_images=[second])
    assert first_look(path, at_least=32).decoded.has_more_frames
    assert not first_look(class_folders / "sick" / "s01.png", at_least=32).decoded.has_more_frames
    problems = check_dataset(load_dataset(class_folders)).problems
    assert [p.image for p in problems if p.kind == "several_frames"] == [f"sick/several.{suffix}"]


@posix
def test_special_files_and_loops_end_neither_the_listing_nor_the_check(class_folders):
    """Opening a FIFO would wait for ever."""
    sick = class_folders / "sick"
    os.mkfifo(sick / "pipe.png")
    os.mkfifo(class_folders / "labels.csv")
    (sick / "loop.png").symlink_to("loop.png")
    (sick / "down").symlink_to(class_folders)
    (class_folders / "again").symlink_to(class_folders)
    (class_folders / "circle").symlink_to("circle")
    with socket.socket(socket.AF_UNIX) as server:
        os.chdir(sick)  # the names of sockets are short
        server.bind("socket.png")
        report = check_dataset(load_dataset(class_folders))
    assert len(report.dataset.samples) == 25
    unreadable = {p.image for p in report.problems if p.kind == "unreadable"}
    assert unreadable == {"sick/pipe.png", "sick/loop.png", "sick/socket.png"}


@posix
def test_links_to_images_elsewhere_are_read(class_folders, tmp_path):
    """Datasets are often made of links into a store (ADR 0009)."""
    store = tmp_path / "store"
    store.mkdir()
    Image.new("RGB", (80, 80), "red").save(store / "1.png")
    (class_folders / "sick" / "linked.png").symlink_to(store / "1.png")
    (class_folders / "third").symlink_to(store)
    images = {s.image for s in check_dataset(load_dataset(class_folders)).dataset.samples}
    assert {"sick/linked.png", "third/1.png"} <= images


@posix
@pytest.mark.parametrize(
    "name",
    ["a\nb", "'quoted\" name", "turned\u202egnp", "dots...", "spaces  ", "n" * 251, "\U0001f441"],
)
def test_odd_names_are_kept_as_they_are_and_told_on_one_line(class_folders, name):
    good = class_folders / "sick" / f"{name}.png"
    Image.new("RGB", (20, 20), "red").save(good)
    report = check_dataset(load_dataset(class_folders))
    assert f"sick/{name}.png" in {sample.image for sample in report.dataset.samples}
    tiny = next(p for p in report.problems if p.kind == "tiny")
    assert tiny.text.isprintable()


@posix
def test_names_give_the_terminal_no_orders(capsys, class_folders):
    (class_folders / "sick").rename(class_folders / "\x1b[2Jsick\u202e")
    (class_folders / "\x1b[0m").mkdir()
    assert main(["check", str(class_folders)]) == 0
    out, err = capsys.readouterr()
    assert r"\x1b[2Jsick\u202e: 12" in out
    assert "\x1b" not in out + err


@posix
def test_names_that_are_no_unicode_are_left_out_and_told(class_folders):
    source = class_folders / "sick" / "s00.png"
    folder = os.fsencode(class_folders / "sick")
    Path(os.fsdecode(folder + b"/latin-\xe9.png")).write_bytes(source.read_bytes())
    Path(os.fsdecode(os.fsencode(class_folders) + b"/class-\xe9")).mkdir()
    dataset = load_dataset(class_folders)
    assert len(dataset.samples) == 25
    told = next(p for p in dataset.problems if p.kind == "unreadable")
    assert r"latin-\udce9.png" in told.text
    told.image.encode()


@posix
def test_dataset_below_a_name_that_is_no_unicode_is_refused(class_folders):
    moved = class_folders.rename(os.fsdecode(os.fsencode(class_folders.parent) + b"/set-\xe9"))
    with pytest.raises(DataError, match="not valid Unicode"):
        load_dataset(moved)


@posix
def test_deep_folders_are_read_without_recursion(class_folders):
    depth = 1200
    os.chdir(class_folders / "sick")
    for _ in range(depth):
        Path("d").mkdir()
        os.chdir("d")
    try:
        assert len(load_dataset(class_folders).samples) == 25
    finally:  # what clears temporary folders may recurse
        for _ in range(depth):
            os.chdir("..")
            Path("d").rmdir()


def test_a_tiff_of_doubles_that_unpacks_to_far_more_is_refused(tmp_path):
    """One strip of 40 x 40 doubles whose deflated bytes hold 300 MB."""
    resource = pytest.importorskip("resource")
    path = tmp_path / "bomb.tif"
    tifffile.imwrite(path, np.zeros((40, 40)), compression="zlib")
    bomb = zlib.compress(b"\0" * 300_000_000, 9)
    with tifffile.TiffFile(path) as file:
        page = file.pages.first
        offset, count = (page.tags[tag].valueoffset for tag in (273, 279))
    data = bytearray(path.read_bytes())
    data[offset : offset + 4] = len(data).to_bytes(4, "little")
    data[count : count + 4] = len(bomb).to_bytes(4, "little")
    path.write_bytes(data + bomb)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(DataError, match=r"^bomb\.tif .*its parts are larger than the image"):
        read_square(path, 32)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


def test_doubles_in_a_form_that_is_not_read_are_told_with_a_remedy(tmp_path):
    path = tmp_path / "a.tif"
    tifffile.imwrite(path, np.zeros((40, 40)))
    with tifffile.TiffFile(path, mode="r+") as file:
        file.pages.first.tags[259].overwrite(5)
    with pytest.raises(DataError, match=r"^a\.tif has float64 values .*save it without compr"):
        read_square(path, 32)


def test_damage_of_a_tiff_is_told_by_the_check_alone(capfd, class_folders):
    path = class_folders / "sick" / "x.tif"
    tifffile.imwrite(path, np.zeros((40, 40)))
    path.write_bytes(path.read_bytes()[:100])
    assert main(["check", str(class_folders)]) == 0
    out, err = capfd.readouterr()
    assert "x.tif cannot be read as an image" in out
    assert "tifffile" not in out + err


def _valid(suffix: str) -> bytes:
    noise = np.random.default_rng(0).integers(0, 256, (48, 48, 3), dtype=np.uint8)
    file = io.BytesIO()
    Image.fromarray(noise).save(file, suffix)
    return file.getvalue()


VALID = {suffix: _valid(suffix) for suffix in ("PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP")}


@settings(max_examples=150, deadline=None)
@given(
    suffix=st.sampled_from(sorted(VALID)),
    changes=st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), max_size=12),
    cut=st.integers(0, 9000),
)
def test_changed_bytes_give_an_image_or_a_data_error(tmp_path_factory, suffix, changes, cut):
    data = bytearray(VALID[suffix][: max(cut, 1)])
    for place, value in changes:
        data[place % len(data)] = value
    path = tmp_path_factory.getbasetemp() / f"changed.{suffix}"
    path.write_bytes(data)
    try:
        assert read_square(path, 32).shape == (32, 32, 3)
    except DataError as error:
        assert str(error).startswith("changed.")  # noqa: PT017 - either end is right


@pytest.fixture(autouse=True)
def same_folder_afterwards(monkeypatch):
    monkeypatch.chdir("/")
