"""Every kind of pixels against what the format's own library makes of the same file."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import pydicom
import pytest
import tifffile
from dicom_files import write_dicom
from PIL import Image
from pydicom.dataset import Dataset
from pydicom.pixels import apply_modality_lut, apply_voi_lut

from qmix_core.dataset.pixels.image_reader import read_rgb

Y, X = np.mgrid[0:36, 0:44]
#: uint8 [36, 44, 3] with all shades from 0 to 255, and its grey, which has 0 and 255.
PICTURE = np.stack([X * 255 // 43, Y * 255 // 35, 255 - X * 255 // 43], axis=2).astype(np.uint8)
GREY = PICTURE[..., 0]


def assert_shows(path, wanted, tolerance=1):
    """Compare with uint8 or float [H, W] or [H, W, 3] shades."""
    shown = np.asarray(read_rgb(path)).astype(float)
    wanted = np.asarray(wanted, dtype=float)
    if wanted.ndim == 2:
        wanted = np.repeat(wanted[..., None], 3, axis=2)
    assert shown.shape == wanted.shape
    assert np.abs(shown - wanted).max() <= tolerance


def scaled(values, low, high):
    return ((values.astype(float) - low) / (high - low)).clip(0, 1) * 255


# -- TIFF, as tifffile reads it -------------------------------------------------------------------

#: dtype, how shades 0 to 255 become values, black, white
VALUES = [
    ("uint8", lambda v: v, 0, 255),
    ("uint16", lambda v: v * 257, 0, 65535),
    ("uint16", lambda v: v * 16, 0, 4095),
    ("uint16", lambda v: v * 4, 0, 1023),
    ("uint32", lambda v: v * 257, 0, 65535),
    ("uint32", lambda v: v * 16843009, 0, 2**32 - 1),
    ("int8", lambda v: v - 128, -128, 127),
    ("int16", lambda v: v * 128, 0, 32767),
    ("int16", lambda v: v * 16, 0, 4095),
    ("int16", lambda v: (v - 128) * 256, -32768, 32767),
    ("int16", lambda v: v * 16 - 1024, -1024, 4095),
    ("int32", lambda v: v * 257, 0, 65535),
    ("float32", lambda v: v / 255, 0, 1),
    ("float32", lambda v: v / 127.5 - 1, -1, 1),
    ("float32", lambda v: v * 1.0, 0, 255),
    ("float32", lambda v: v * 257.0, 0, 65535),
    ("float64", lambda v: v / 255, 0, 1),
    ("float16", lambda v: v / 255, 0, 1),
]


@pytest.mark.parametrize("byteorder", ["<", ">"])
@pytest.mark.parametrize(("dtype", "values", "low", "high"), VALUES)
def test_grey_tiff_of_every_type(tmp_path, dtype, values, low, high, byteorder):
    path = tmp_path / "a.tif"
    made = values(GREY.astype(np.int64)).astype(dtype)
    tifffile.imwrite(path, made, byteorder=byteorder, photometric="minisblack")
    assert_shows(path, scaled(tifffile.imread(path), low, high))


@pytest.mark.parametrize("planar", ["contig", "separate"])
@pytest.mark.parametrize("compression", [None, "zlib"])
@pytest.mark.parametrize(
    ("dtype", "values", "low", "high"), [VALUES[i] for i in (0, 1, 2, 5, 8, 12, 16)]
)
def test_colour_tiff_of_every_type(tmp_path, dtype, values, low, high, compression, planar):
    path = tmp_path / "a.tif"
    made = values(PICTURE.astype(np.int64)).astype(dtype)
    stored = made.transpose(2, 0, 1).copy() if planar == "separate" else made
    tifffile.imwrite(path, stored, photometric="rgb", planarconfig=planar, compression=compression)
    read = tifffile.imread(path)
    read = read.transpose(1, 2, 0) if planar == "separate" else read
    assert_shows(path, scaled(read, low, high))


@pytest.mark.parametrize(("dtype", "top"), [("uint8", 255), ("uint16", 65535), ("float32", 1)])
def test_white_is_zero_is_inverted(tmp_path, dtype, top):
    path = tmp_path / "a.tif"
    made = (top - GREY.astype(np.float64) * (top / 255)).astype(dtype)
    tifffile.imwrite(path, made, photometric="miniswhite")
    assert_shows(path, 255 - scaled(tifffile.imread(path), 0, top))


@pytest.mark.parametrize("options", [{"tile": (16, 16)}, {"rowsperstrip": 5}, {"bigtiff": True}])
@pytest.mark.parametrize("predictor", [False, True])
@pytest.mark.parametrize("dtype", ["uint16", "float64"])
def test_layouts_of_deep_tiff(tmp_path, options, predictor, dtype):
    path = tmp_path / "a.tif"
    made = (PICTURE * (257.0 if dtype == "uint16" else 1 / 255)).astype(dtype)
    deflated = {"compression": "zlib", "predictor": predictor and dtype == "uint16"}
    tifffile.imwrite(path, made, photometric="rgb", **options, **deflated)
    assert_shows(path, scaled(tifffile.imread(path), 0, 65535 if dtype == "uint16" else 1))


def test_lzw_of_sixteen_bits_of_grey(tmp_path):
    made = Image.fromarray(GREY.astype(np.uint16) * 16)
    made.save(tmp_path / "a.tif", compression="tiff_lzw")
    assert_shows(tmp_path / "a.tif", GREY * (16 * 255 / 4095))


# -- PNG of 16 bits, as it was written -------------------------------------------------------------


def png16(path, values):
    """A PNG of uint16 [H, W, channels]."""
    height, width, channels = values.shape
    lines = b"".join(b"\0" + row.astype(">u2").tobytes() for row in values)
    colour = {1: 0, 2: 4, 3: 2, 4: 6}[channels]
    chunks = [
        (b"IHDR", struct.pack(">LLBBBBB", width, height, 16, colour, 0, 0, 0)),
        (b"IDAT", zlib.compress(lines)),
        (b"IEND", b""),
    ]
    parts = [
        struct.pack(">L", len(data)) + name + data + struct.pack(">L", zlib.crc32(name + data))
        for name, data in chunks
    ]
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(parts))


@pytest.mark.parametrize(("factor", "top"), [(257, 65535), (16, 4095), (4, 1023)])
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_png_of_sixteen_bits(tmp_path, channels, factor, top):
    colours = PICTURE[..., :1] if channels < 3 else PICTURE
    share = (Y >= 10).astype(np.float64)
    values = colours.astype(np.uint16) * factor
    if channels in (2, 4):
        values = np.concatenate([values, (share * top).astype(np.uint16)[..., None]], axis=2)
    png16(tmp_path / "a.png", values)
    wanted = scaled(colours.astype(int) * factor, 0, top)
    if channels in (2, 4):
        wanted = wanted * share[..., None]
    assert_shows(tmp_path / "a.png", wanted[..., 0] if channels < 3 else wanted)


# -- DICOM, as pydicom's own functions show it ---------------------------------------------------


def by_pydicom(path):
    """Modality LUT and VOI LUT or window, then from the darkest to the brightest possible."""
    values = pydicom.dcmread(path)
    measured = apply_modality_lut(values.pixel_array, values).astype(float)
    shown = apply_voi_lut(measured, values)
    with np.errstate(over="ignore"):
        ends = apply_voi_lut(np.array([-1e30, 1e30]), values)
    low, high = ends if "WindowWidth" in values else (measured.min(), measured.max())
    shades = scaled(shown, low, high)
    return 255 - shades if values.PhotometricInterpretation == "MONOCHROME1" else shades


STORED = [
    ("uint16", lambda v: v * 16, 12),
    ("uint16", lambda v: v * 257, 16),
    ("int16", lambda v: (v - 128) * 16, 12),
    ("int16", lambda v: (v - 128) * 256, 16),
]


@pytest.mark.parametrize("kind", ["MONOCHROME1", "MONOCHROME2"])
@pytest.mark.parametrize(("slope", "intercept"), [(1, 0), (2, -1024), (0.5, 10)])
@pytest.mark.parametrize("window", [None, (1000, 800), (0, 3000.5)])
@pytest.mark.parametrize(("dtype", "values", "bits"), STORED)
def test_dicom_rescaled_and_windowed(tmp_path, dtype, values, bits, window, slope, intercept, kind):
    extra = {} if window is None else {"WindowCenter": window[0], "WindowWidth": window[1]}
    path = write_dicom(
        tmp_path / "a.dcm", values(GREY.astype(np.int64)).astype(dtype),
        BitsStored=bits, HighBit=bits - 1, PhotometricInterpretation=kind,
        RescaleSlope=slope, RescaleIntercept=intercept, **extra,
    )  # fmt: skip
    assert_shows(path, by_pydicom(path))


@pytest.mark.parametrize("function", ["LINEAR", "LINEAR_EXACT", "SIGMOID"])
def test_dicom_window_functions(tmp_path, function):
    path = write_dicom(
        tmp_path / "a.dcm", GREY.astype(np.uint16) * 16, BitsStored=12, HighBit=11,
        WindowCenter=2000, WindowWidth=900, VOILUTFunction=function,
    )  # fmt: skip
    assert_shows(path, by_pydicom(path))


@pytest.mark.parametrize(("center", "width"), [(100, 0), (100, -5), ([50, 2000], [0, 4000])])
def test_a_dicom_window_that_shows_nothing_does_not_count(tmp_path, center, width):
    path = write_dicom(
        tmp_path / "a.dcm", GREY.astype(np.uint16) * 16, WindowCenter=center, WindowWidth=width
    )
    wanted = scaled(GREY.astype(int) * 16, 0, 4000) if isinstance(center, list) else GREY
    assert_shows(path, wanted, 2)


@pytest.mark.parametrize("kind", ["MONOCHROME1", "MONOCHROME2"])
@pytest.mark.parametrize(("dtype", "padding"), [("int16", -32768), ("int16", 32767), ("uint16", 0)])
def test_dicom_padding_is_black_and_no_part_of_the_range(tmp_path, dtype, padding, kind):
    made = (GREY.astype(np.int64) * 8 + 100).astype(dtype)
    made[:, :9] = padding
    path = write_dicom(
        tmp_path / "a.dcm", made, PixelPaddingValue=padding, PhotometricInterpretation=kind
    )
    wanted = scaled(made, made[:, 9:].min(), made[:, 9:].max())
    wanted = 255 - wanted if kind == "MONOCHROME1" else wanted
    wanted[:, :9] = 0
    assert_shows(path, wanted)


def test_dicom_values_further_apart_than_sixteen_bits_with_a_sign_reach(tmp_path):
    ramp = np.linspace(-20000, 20000, 96)[None].repeat(40, axis=0).astype(np.int16)
    path = write_dicom(tmp_path / "a.dcm", ramp)
    assert_shows(path, np.linspace(0, 255, 96)[None].repeat(40, axis=0))


def test_dicom_display_table_of_signed_values(tmp_path):
    item = Dataset()
    item.LUTDescriptor = [256, -128, 8]
    item["LUTDescriptor"].VR = "SS"
    item.LUTData = np.arange(255, -1, -1).astype("<u2").tobytes()
    item["LUTData"].VR = "OW"
    path = write_dicom(tmp_path / "a.dcm", GREY.astype(np.int16) - 128, VOILUTSequence=[item])
    shown = np.asarray(read_rgb(path)).astype(int)[..., 0]
    assert np.abs(shown - (255 - GREY.astype(int))).max() <= 1


# -- other formats, as Pillow reads them -----------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "mode", "options"),
    [
        ("a.png", "1", {}), ("a.png", "L", {}), ("a.png", "P", {}), ("a.png", "RGB", {}),
        ("a.jpg", "L", {}), ("a.jpg", "RGB", {"progressive": True}), ("a.jpg", "CMYK", {}),
        ("a.tif", "CMYK", {}), ("a.tif", "YCbCr", {}), ("a.tif", "1", {"compression": "group4"}),
        ("a.tif", "RGB", {"compression": "jpeg"}), ("a.tif", "P", {}), ("a.bmp", "RGB", {}),
        ("a.webp", "RGB", {"lossless": True}), ("a.gif", "P", {}), ("a.ppm", "RGB", {}),
        ("a.jp2", "RGB", {"irreversible": False}), ("a.jp2", "L", {"irreversible": False}),
        ("a.avif", "RGB", {"quality": 100}),
    ],
)  # fmt: skip
def test_plain_formats(tmp_path, name, mode, options):
    Image.fromarray(PICTURE).convert(mode).save(tmp_path / name, **options)
    with Image.open(tmp_path / name) as image:
        assert_shows(tmp_path / name, np.asarray(image.convert("RGB")), 0)


@pytest.mark.parametrize(
    ("name", "mode"),
    [("a.jpg", "RGB"), ("a.png", "RGB"), ("a.webp", "RGB"), ("a.tif", "RGB"), ("a.tif", "I;16")],
)
@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientations(tmp_path, name, mode, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    deep = Image.fromarray(GREY.astype(np.uint16) * 257)
    made = deep if mode == "I;16" else Image.fromarray(PICTURE)
    made.save(tmp_path / name, exif=exif)
    # the same pixels without the mark, turned by hand
    made.save(tmp_path / f"plain{name[1:]}")
    with Image.open(tmp_path / f"plain{name[1:]}") as image:
        stored = np.asarray(image.convert("RGB") if mode == "RGB" else Image.fromarray(GREY))
    turns = {
        1: stored, 2: stored[:, ::-1], 3: stored[::-1, ::-1], 4: stored[::-1],
        5: stored.swapaxes(0, 1), 6: np.rot90(stored, -1),
        7: np.rot90(stored, 2).swapaxes(0, 1), 8: np.rot90(stored),
    }  # fmt: skip
    assert_shows(tmp_path / name, turns[orientation])


def test_heic_as_its_library_reads_it(tmp_path):
    heif = pytest.importorskip("pillow_heif")
    heif.from_pillow(Image.fromarray(PICTURE)).save(tmp_path / "a.jpg", format="HEIF", quality=-1)
    wanted = heif.open_heif(tmp_path / "a.jpg").to_pillow().convert("RGB")
    assert_shows(tmp_path / "a.jpg", np.asarray(wanted))
