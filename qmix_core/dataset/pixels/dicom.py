"""DICOM files: one frame as an 8-bit picture, and what the header says of patient and eye.

pydicom is an extra and is imported by the first DICOM file. docs/decisions/0017-dicom.md
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from qmix_core.base.errors import DataError, printable
from qmix_core.base.types import Sample
from qmix_core.dataset.files.dicom_mark import MARK, PREAMBLE, holds_dicom, syntax_without_mark
from qmix_core.dataset.pixels.deep_pixels import Greys
from qmix_core.dataset.pixels.value_ranges import DICOM, UsedValues, ValueRanges

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

_NEEDED = (
    "Rows", "Columns", "SamplesPerPixel", "PhotometricInterpretation", "BitsAllocated",
    "BitsStored", "PixelRepresentation",
)  # fmt: skip
# without segmented palettes, which unfold without a limit
_COLORS = ("Red", "Green", "Blue")
_TAGS = [
    *_NEEDED, "HighBit", "PlanarConfiguration", "NumberOfFrames", "RescaleSlope",
    "RescaleIntercept", "ModalityLUTSequence", "WindowCenter", "WindowWidth", "VOILUTFunction",
    "VOILUTSequence", "PatientID", "ImageLaterality", "Laterality", "BurnedInAnnotation",
    "PixelPaddingValue", "PixelPaddingRangeLimit", "Modality", "Manufacturer",
    "ManufacturerModelName",
    *(f"{color}PaletteColorLookupTableDescriptor" for color in _COLORS),
    *(f"{color}PaletteColorLookupTableData" for color in _COLORS),
]  # fmt: skip
_GREYS = ("MONOCHROME1", "MONOCHROME2")
_COLOUR = ("RGB", "YBR_FULL", "YBR_FULL_422", "YBR_ICT", "YBR_RCT")
_EYES = {"L": "left", "R": "right"}
#: What to install for a transfer syntax, by how its name begins.
_DECODERS = {
    "JPEG-LS": "pyjpegls",
    "JPEG 2000": "pylibjpeg-openjpeg",
    "High-Throughput": "pylibjpeg-openjpeg",
    "JPEG": "pylibjpeg-libjpeg (GPL) or python-gdcm",
}
#: Stands outside any window: mapped to the darkest and the brightest shade.
_BEYOND = 1e30
#: The VOI LUT functions that are a line, and what their formula takes off the centre (PS3.3,
#: C.11.2.1.2).
_STRAIGHT = {"LINEAR": 0.5, "LINEAR_EXACT": 0.0}


@dataclass(frozen=True, slots=True)
class DicomHeader:
    """The part of a file before its pixels. `frame`: number of the frame that counts, from 0."""

    path: Path
    values: Dataset
    width: int
    height: int
    frames: int

    @property
    def frame(self) -> int:
        """The middle one: of a volume that through the fovea, of an angiogram one with dye."""
        return self.frames // 2

    @property
    def camera(self) -> str:
        """Maker and model, as far as they are known."""
        words = (self.values.get("Manufacturer"), self.values.get("ManufacturerModelName"))
        return " ".join(str(word).strip() for word in words if word)

    @property
    def patient(self) -> str:
        """The patient's number; empty where none is given."""
        return printable(str(self.values.get("PatientID") or "").strip())

    @property
    def eye(self) -> str:
        """Left, right, or empty where none is given."""
        side = self.values.get("ImageLaterality") or self.values.get("Laterality")
        return _EYES.get(str(side or "").upper(), "")

    @property
    def tells_of_text(self) -> bool:
        """Whether text is burned into the pixels, as the file says."""
        return str(self.values.get("BurnedInAnnotation") or "").upper() == "YES"


def _source(path: Path) -> BinaryIO:
    """The file, with a preamble and mark where it lacks them."""
    file = path.open("rb")
    syntax = syntax_without_mark(file.read(PREAMBLE + len(MARK)))
    file.seek(0)
    if syntax is None:
        return file
    with file:
        code = syntax.encode() + b"\0" * (len(syntax) % 2)
        meta = b"\x02\0\x10\0UI" + struct.pack("<H", len(code)) + code
        size = b"\x02\0\0\0UL\x04\0" + struct.pack("<L", len(meta))
        return io.BytesIO(b"\0" * PREAMBLE + MARK + size + meta + file.read())


def read_header(path: Path) -> DicomHeader:
    """Read a DICOM file up to its pixels.

    Raises:
        DataError: pydicom is not installed, or no image of 8 to 16 bits that it can read; the
            message names the file. Other exceptions: the file is damaged.
    """
    values = _values(path)
    if lacking := [name for name in _NEEDED if values.get(name) is None]:
        raise DataError(f"{path.name} is a DICOM file without {lacking[0]}: it holds no image.")
    if int(values.BitsAllocated) > 16 or not 1 <= int(values.BitsStored) <= 16:
        raise DataError(
            f"{path.name} has {values.BitsAllocated} bits a pixel: only DICOM images of up to 16 "
            "bits are read."
        )
    kind = str(values.PhotometricInterpretation)
    if kind not in (*_GREYS, *_COLOUR, "PALETTE COLOR"):
        raise DataError(f"{path.name} has the colours {kind}, which are not read: convert it.")
    frames = max(1, int(values.get("NumberOfFrames") or 1))
    return DicomHeader(path, values, int(values.Columns), int(values.Rows), frames)


def read_frame(header: DicomHeader, ranges: ValueRanges) -> tuple[Image.Image, UsedValues | None]:
    """Decode the frame that counts, as grey ("L") or "RGB" of 8 bits.

    Greys go through the modality LUT and the first VOI LUT or window. Where there is neither,
    8 bits are shown as they are; deeper ones by `ranges`, else from the darkest to the brightest
    pixel, and these values come along. Padding is black, and no pixel.

    Raises:
        DataError: there are no pixels, or no decoder for them. Other exceptions: as `read_header`.
    """
    pixels = _pixels(header)
    stored = int(header.values.BitsStored)
    kind = str(header.values.PhotometricInterpretation)
    if kind in _COLOUR and pixels.dtype == np.uint8 and stored == 8:
        return Image.fromarray(pixels), None
    used = None
    values, places = _all_values(pixels, stored)
    with np.errstate(all="ignore"):
        if kind == "PALETTE COLOR":
            shades = _palette(values, header.values)
        elif kind in _GREYS:
            shades, used = _greys(values, header.values, places, ranges)
        else:
            shades = values / (2**stored - 1)
        table = (np.nan_to_num(shades).clip(0, 1) * 255).round().astype(np.uint8)
    return Image.fromarray(_looked_up(table, places)), used


def read_greys(header: DicomHeader, ranges: ValueRanges) -> Greys | None:
    """Decode the frame that counts, as the values that its modality LUT gives.

    None where these are no greys, plain 8-bit ones, or shown by more than a straight line. Errors
    are those of `read_frame`.
    """
    from pydicom.pixels.processing import apply_modality_lut

    about, window = header.values, _window(header.values)
    form = str(about.get("VOILUTFunction") or "LINEAR").upper()
    is_plain = window is None and _is_plain(about)
    if str(about.PhotometricInterpretation) not in _GREYS or about.get("VOILUTSequence"):
        return None
    if is_plain or (window is not None and form not in _STRAIGHT):
        return None
    values, places = _all_values(_pixels(header), int(about.BitsStored))
    measured = apply_modality_lut(values, about).astype(np.float64)
    padding = _padding(values, about)
    if window is not None:
        center, width = (_numbers(about.get(n))[window] for n in ("WindowCenter", "WindowWidth"))
        shift = _STRAIGHT[form]
        black, white = (center - shift + side * (width - 2 * shift) / 2 for side in (-1, 1))
    else:
        _used, black, white = _range(measured, padding, places, about, ranges)
    if about.PhotometricInterpretation == "MONOCHROME1":
        black, white = white, black
    measured[padding] = black
    return Greys(Image.fromarray(_looked_up(measured.astype(np.float32), places)), black, white)


def described(sample: Sample, path: Path) -> Sample:
    """The sample of a readable file, with patient and eye from its header where it is DICOM."""
    if not holds_dicom(path):
        return sample
    header = read_header(path)
    return replace(sample, patient=header.patient, eye=header.eye)


def _values(path: Path) -> Dataset:
    try:
        from pydicom import dcmread
    except ImportError as error:
        raise DataError(
            f"{path.name} is a DICOM file: install qmix-gui[dicom] to read it."
        ) from error
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # it would be unpacked whole before anything is known of its size
        with _source(path) as file:
            has_mark = not isinstance(file, io.BytesIO)
            if has_mark and _is_deflated(path):
                raise DataError(f"{path.name} is packed whole (deflated): save it without that.")
            return dcmread(file, stop_before_pixels=True, specific_tags=list(_TAGS))


def _is_deflated(path: Path) -> bool:
    from pydicom.filereader import read_file_meta_info
    from pydicom.uid import DeflatedExplicitVRLittleEndian

    syntax = read_file_meta_info(path).get("TransferSyntaxUID")
    return bool(syntax == DeflatedExplicitVRLittleEndian)


def _check_pixels(header: DicomHeader) -> str:
    """Find the decoder and look at what it would decode; give the plugin, "" for any."""
    from pydicom import dcmread
    from pydicom.encaps import get_frame
    from pydicom.pixels.decoders.base import get_decoder
    from pydicom.uid import RLELossless

    path, syntax = header.path, header.values.file_meta.TransferSyntaxUID
    with _source(path) as file:
        dcmread(file, stop_before_pixels=True, specific_tags=["Rows"])
        start = file.read(12)
        if start[:4] not in (b"\xe0\x7f\x10\x00", b"\x7f\xe0\x00\x10"):
            raise DataError(f"{path.name} is a DICOM file without pixels: it holds no image.")
        try:
            decoder = get_decoder(syntax)
        except NotImplementedError as error:
            text = f"{path.name} is compressed as {syntax.name}, which is not read: convert it."
            raise DataError(text) from error
        if not decoder.is_available:
            raise DataError(f"{path.name} is compressed as {syntax.name}: {_remedy(syntax.name)}")
        if decoder.is_encapsulated:
            packed = get_frame(file, header.frame, number_of_frames=header.frames)
            if syntax == RLELossless:
                _refuse_rle_bomb(packed, header.width * header.height)
                return "pydicom"  # the others panic, or end the process, over damaged runs
            if _inner_size(packed) != (header.width, header.height):
                raise ValueError("the compressed pixels have another size than the header says")
    return ""


def _refuse_rle_bomb(packed: bytes, pixels: int) -> None:
    """Follow the runs of each segment (PS3.5, annex G): it unpacks to a byte for each pixel."""
    count, *offsets = struct.unpack("<16L", packed[:64])
    starts = offsets[:count]
    for start, stop in zip(starts, [*starts[1:], len(packed)], strict=True):
        place, size = start, 0
        while place < stop:
            code = packed[place]
            size += code + 1 if code < 128 else (257 - code) % 129
            place += code + 2 if code < 128 else 1 + (code > 128)
        if size > pixels + 1:  # a segment may be padded
            raise ValueError("its runs are longer than the image")


def _remedy(syntax: str) -> str:
    package = next(name for start, name in _DECODERS.items() if syntax.startswith(start))
    return f"install {package} to read it."


def _inner_size(packed: bytes) -> tuple[int, int]:
    """Width and height of a JPEG, JPEG-LS or JPEG 2000 stream by its own header.

    Decoders believe the stream: it may be far larger than the DICOM header says.
    """
    if packed[:4] == b"\xff\x4f\xff\x51":
        right, lower, left, upper = struct.unpack(">4L", packed[8:24])
        return right - left, lower - upper
    place = 2
    while packed[:2] == b"\xff\xd8" and packed[place : place + 1] == b"\xff":
        marker = packed[place + 1]
        if marker == 0xFF:  # a fill byte
            place += 1
        elif marker == 0xF7 or (0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC)):
            height, width = struct.unpack(">HH", packed[place + 5 : place + 9])
            return width, height
        else:
            place += 2 + int.from_bytes(packed[place + 2 : place + 4])
    raise ValueError("the compressed pixels have no header")


def _all_values(pixels: NDArray[Any], stored: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """Every value that a pixel can have, and the pixels as positions among them.

    LUTs then work on 65,536 values at most, whatever the size of the image. Bits above the
    `stored` ones may hold anything; they are dropped and the sign is drawn out.
    """
    width = pixels.dtype.itemsize
    places = pixels.astype(pixels.dtype.newbyteorder("="), copy=False).view(f"u{width}")
    shift = max(0, 8 * width - stored)
    codes = np.arange(2 ** (8 * width), dtype=f"u{width}") << shift
    return codes.view(f"{pixels.dtype.kind}{width}") >> shift, places


def _slices(places: NDArray[Any]) -> Iterator[slice]:
    """Some rows at a time: numpy makes positions eight bytes wide to look them up."""
    step = max(1, 1_000_000 // max(1, places[0].size))
    return (slice(start, start + step) for start in range(0, len(places), step))


def _pixels(header: DicomHeader) -> NDArray[Any]:
    """The frame that counts, as it is stored."""
    from pydicom.pixels.utils import pixel_array

    plugin = _check_pixels(header)
    with _source(header.path) as file:
        pixels: NDArray[Any] = pixel_array(file, index=header.frame, decoding_plugin=plugin)
    return pixels


def _is_plain(header: Dataset) -> bool:
    """Whether the values are shades from 0 to 255 already."""
    return int(header.PixelRepresentation) == 0 and int(header.BitsStored) == 8


def _looked_up(table: NDArray[Any], places: NDArray[Any]) -> NDArray[Any]:
    shown = np.empty((*places.shape, *table.shape[1:]), dtype=table.dtype)
    for rows in _slices(places):
        shown[rows] = table[places[rows]]
    return shown


def _range(
    measured: NDArray[np.float64],
    padding: NDArray[np.bool_],
    places: NDArray[Any],
    header: Dataset,
    ranges: ValueRanges,
) -> tuple[UsedValues | None, float, float]:
    """The values used outside the padding, and those that become black and white."""
    is_there = np.zeros(len(measured), dtype=bool)
    for rows in _slices(places):
        is_there[places[rows]] = True
    there = measured[is_there & ~padding]
    if not there.size:
        return None, 0.0, 1.0
    kind = f"{DICOM} {header.get('Modality') or ''}".strip()
    used = UsedValues(kind, float(there.min()), float(there.max()))
    low, high = ranges.range_of(used)
    return used, low, max(high, low + 1e-9)


def _greys(
    values: NDArray[Any], header: Dataset, places: NDArray[Any], ranges: ValueRanges
) -> tuple[NDArray[np.float64], UsedValues | None]:
    """The shade in [0, 1] of each value, of which those at `places` are in the image.

    The values used come along where no header says which are black and white.
    """
    from pydicom.pixels.processing import apply_modality_lut, apply_voi, apply_windowing

    measured = apply_modality_lut(values, header).astype(np.float64)
    used = None
    padding = _padding(values, header)
    shades: NDArray[np.float64]
    if header.get("VOILUTSequence"):
        bits = header.VOILUTSequence[0].LUTDescriptor[2]
        shades = apply_voi(measured.astype(np.int64), header) / (2**bits - 1)
    elif (window := _window(header)) is not None:
        # the two ends are what the window makes of anything below and above it
        ended = apply_windowing(np.append(measured, [-_BEYOND, _BEYOND]), header, index=window)
        shades = (ended[:-2] - ended[-2]) / (ended[-1] - ended[-2])
    elif _is_plain(header):
        shades = values / 255
    else:
        used, low, high = _range(measured, padding, places, header, ranges)
        shades = (measured - low) / (high - low)
    if header.PhotometricInterpretation == "MONOCHROME1":
        shades = 1 - shades
    shades[padding] = 0
    return shades, used


def _padding(values: NDArray[Any], header: Dataset) -> NDArray[np.bool_]:
    """Which values fill the frame around the picture; a header may hold them without the sign."""
    if header.get("PixelPaddingValue") is None:
        return np.zeros(len(values), dtype=np.bool_)
    span = 2 ** int(header.BitsStored)
    bounds = [int(header.PixelPaddingValue)]
    if header.get("PixelPaddingRangeLimit") is not None:
        bounds.append(int(header.PixelPaddingRangeLimit))
    lowest = -span // 2 if values.dtype.kind == "i" else 0
    low, high = sorted((bound - lowest) % span + lowest for bound in (bounds[0], bounds[-1]))
    is_padding: NDArray[np.bool_] = (values >= low) & (values <= high)
    return is_padding


def _window(header: Dataset) -> int | None:
    """Number of the first window that is wide enough to show anything."""
    centers, widths = (_numbers(header.get(name)) for name in ("WindowCenter", "WindowWidth"))
    least = 1.0 if str(header.get("VOILUTFunction") or "LINEAR").upper() == "LINEAR" else 1e-9
    pairs = enumerate(zip(centers, widths, strict=False))
    return next((number for number, (_, width) in pairs if width >= least), None)


def _numbers(value: object) -> list[float]:
    """One number or several, as DICOM has them."""
    if value is None or value == "":
        return []
    return [float(item) for item in value] if isinstance(value, Iterable) else [float(str(value))]


def _palette(values: NDArray[Any], header: Dataset) -> NDArray[np.float64]:
    """The colour in [0, 1] of each value: float64 [values, 3]."""
    from pydicom.pixels.processing import apply_color_lut

    colors = apply_color_lut(values[None], header)[0]
    shades: NDArray[np.float64] = colors / np.iinfo(colors.dtype).max
    return shades
