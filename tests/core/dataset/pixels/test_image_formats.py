"""Every format and depth gives the same picture, upright, through the one reader."""

from __future__ import annotations

import ast
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image

import qmix_core
import qmix_gui
from qmix_core.dataset.files.image_names import is_image_name
from qmix_core.dataset.pixels.image_reader import read_rgb, read_square

PACKAGES = [Path(package.__file__).parent for package in (qmix_core, qmix_gui)]


@pytest.fixture
def picture():
    """A smooth colourful 96 x 80 picture: uint8 [80, 96, 3]."""
    y, x = np.mgrid[0:80, 0:96]
    return np.stack([x * 2, y * 3, 255 - x], axis=2).astype(np.uint8)


def difference(path, wanted):
    return np.abs(np.asarray(read_rgb(path)).astype(int) - wanted.astype(int)).mean()


@pytest.mark.parametrize(
    ("name", "options", "tolerance"),
    [
        ("a.jpg", {"quality": 95, "subsampling": 0}, 2.0),
        ("a.JPEG", {"quality": 95, "subsampling": 0, "progressive": True}, 2.0),
        ("a.png", {}, 0),
        ("a.tif", {}, 0),
        ("lzw.tiff", {"compression": "tiff_lzw"}, 0),
        ("deflate.tiff", {"compression": "tiff_adobe_deflate"}, 0),
        ("a.bmp", {}, 0),
        ("a.webp", {"lossless": True}, 0),
        ("lossy.webp", {"quality": 95}, 3.0),
        ("a.jp2", {"irreversible": False}, 0),
        ("a.j2k", {"irreversible": False}, 0),
    ],
)
def test_colour_comes_through_every_format(tmp_path, picture, name, options, tolerance):
    Image.fromarray(picture).save(tmp_path / name, **options)
    assert is_image_name(name)
    assert difference(tmp_path / name, picture) <= tolerance


@pytest.mark.parametrize("suffix", ["png", "tif", "bmp", "jp2", "webp"])
def test_grey_and_palette_become_their_colours(tmp_path, picture, suffix):
    grey = Image.fromarray(picture).convert("L")
    path = tmp_path / f"grey.{suffix}"
    grey.save(path, **({"lossless": True} if suffix == "webp" else {}))
    assert difference(path, np.asarray(grey.convert("RGB"))) <= 0.5
    if suffix in {"png", "tif", "bmp"}:
        palette = Image.fromarray(picture).quantize(64)
        palette.save(tmp_path / f"palette.{suffix}")
        assert difference(tmp_path / f"palette.{suffix}", np.asarray(palette.convert("RGB"))) == 0


def test_sixteen_bits_of_colour_and_grey_are_scaled(tmp_path, picture):
    deep = picture.astype(np.uint16) * 257
    tifffile.imwrite(tmp_path / "rgb.tif", deep, photometric="rgb")
    tifffile.imwrite(tmp_path / "grey.tif", deep[:, :, 0])
    tifffile.imwrite(tmp_path / "big.tif", deep[:, :, 0], byteorder=">")
    Image.fromarray(deep[:, :, 0]).save(tmp_path / "grey.png")
    Image.fromarray(deep[:, :, 0]).save(tmp_path / "grey.jp2", irreversible=False)
    assert difference(tmp_path / "rgb.tif", picture) <= 1
    for name in ("grey.tif", "big.tif", "grey.png", "grey.jp2"):
        assert difference(tmp_path / name, np.repeat(picture[:, :, :1], 3, axis=2)) <= 1, name


@pytest.mark.parametrize("suffix", ["png", "tif", "webp"])
def test_what_is_transparent_is_black(tmp_path, picture, suffix):
    alpha = np.full(picture.shape[:2], 255, dtype=np.uint8)
    alpha[:, :48] = 0
    path = tmp_path / f"a.{suffix}"
    Image.fromarray(np.dstack([picture, alpha])).save(
        path, **({"lossless": True, "exact": True} if suffix == "webp" else {})
    )
    assert difference(path, picture * (alpha[:, :, None] > 0)) == 0


def test_a_palette_with_a_transparent_colour_is_black_there(tmp_path):
    image = Image.new("P", (64, 64), 1)
    image.putpalette([0, 255, 0, 200, 10, 10])
    image.paste(0, (0, 0, 32, 64))
    image.save(tmp_path / "a.png", transparency=0)
    pixels = np.asarray(read_rgb(tmp_path / "a.png"))
    assert pixels[0, 0].tolist() == [0, 0, 0]
    assert pixels[0, 40].tolist() == [200, 10, 10]


@pytest.mark.parametrize("suffix", ["jpg", "tif"])
def test_cmyk_becomes_rgb(tmp_path, suffix):
    path = tmp_path / f"a.{suffix}"
    Image.new("CMYK", (64, 64), (0, 255, 255, 0)).save(path)
    assert np.asarray(read_rgb(path))[5, 5] == pytest.approx([255, 0, 0], abs=3)


@pytest.mark.parametrize("suffix", ["jpg", "png", "tif", "webp"])
@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_every_orientation_is_turned_upright(tmp_path, picture, suffix, orientation):
    turned = {3: 2, 6: 1, 8: 3}[orientation]  # quarter turns that the camera lay
    exif = Image.Exif()
    exif[0x0112] = orientation
    lossless = {"webp": {"lossless": True}, "jpg": {"quality": 95, "subsampling": 0}}
    path = tmp_path / f"a.{suffix}"
    Image.fromarray(np.rot90(picture, turned).copy()).save(
        path, exif=exif, **lossless.get(suffix, {})
    )
    assert difference(path, picture) <= 2


def test_training_sees_what_the_viewer_shows(tmp_path, picture):
    square = np.ascontiguousarray(picture[:80, :80])
    Image.fromarray(square).save(tmp_path / "a.png")
    assert np.array_equal(
        read_square(tmp_path / "a.png", 80), np.asarray(read_rgb(tmp_path / "a.png"))
    )


def test_only_the_one_reader_opens_images():
    openers = {
        path.relative_to(package.parent).as_posix()
        for package in PACKAGES
        for path in package.rglob("*.py")
        if "resources" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Attribute) and ast.unparse(node) == "Image.open")
        or (isinstance(node, ast.Name) and node.id == "QImageReader")
    }
    assert openers == {
        "qmix_core/dataset/pixels/deep_pixels.py",
        "qmix_core/dataset/pixels/image_reader.py",
    }
