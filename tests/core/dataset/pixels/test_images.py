from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from qmix_core.base.errors import DataError
from qmix_core.dataset.pixels.image_reader import read_rgb, read_square


def test_exif_orientation_is_applied(tmp_path):
    image = Image.new("RGB", (40, 20), "red")
    exif = Image.Exif()
    exif[0x0112] = 6
    image.save(tmp_path / "turned.jpg", exif=exif)
    assert read_rgb(tmp_path / "turned.jpg").size == (20, 40)


def test_sixteen_bit_grey_is_scaled_not_clipped(tmp_path):
    pixels = np.linspace(0, 65535, 64 * 64).reshape(64, 64).astype(np.uint16)
    Image.fromarray(pixels).save(tmp_path / "deep.png")
    values = np.asarray(read_rgb(tmp_path / "deep.png"))
    assert values.max() > 250
    assert 120 < values.mean() < 135


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "CMYK", "1"])
def test_every_mode_becomes_rgb(tmp_path, mode):
    suffix = "jpg" if mode == "CMYK" else "png"
    Image.new(mode, (30, 30)).save(tmp_path / f"image.{suffix}")
    assert read_rgb(tmp_path / f"image.{suffix}").mode == "RGB"


def test_square_is_padded_with_black_and_keeps_its_shape(tmp_path):
    Image.new("RGB", (100, 50), "white").save(tmp_path / "wide.png")
    square = read_square(tmp_path / "wide.png", 64)
    assert square.shape == (64, 64, 3)
    assert square[0].max() == 0
    assert square[32].min() == 255


def test_missing_file_is_named(tmp_path):
    with pytest.raises(DataError, match=r"gone\.png is missing"):
        read_rgb(tmp_path / "gone.png")


def test_a_large_jpeg_is_decoded_at_a_reduced_size_that_still_suffices(tmp_path):
    Image.new("RGB", (4000, 3000), "red").save(tmp_path / "large.jpg")
    assert read_rgb(tmp_path / "large.jpg", at_least=370).size == (500, 375)
    assert read_rgb(tmp_path / "large.jpg").size == (4000, 3000)
