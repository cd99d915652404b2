"""Valid DICOM files of each transfer syntax that the extra `dicom` reads, to be mutated."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from PIL import Image
from pydicom.dataset import Dataset, FileDataset
from pydicom.encaps import encapsulate
from pydicom.uid import (
    UID,
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGBaseline8Bit,
    JPEGLosslessSV1,
    OphthalmicPhotography8BitImageStorage,
    RLELossless,
)

_PLAIN = (
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    ExplicitVRBigEndian,
    DeflatedExplicitVRLittleEndian,
)


def dicom_files() -> dict[str, bytes]:
    """The bytes of each kind of file, by its name."""
    noise = np.random.default_rng(0).integers(0, 256, (3, 64, 80, 3), dtype=np.uint8)
    colour, grey, deep = noise[0], noise[0, :, :, 0], noise[0, :, :, 0].astype(np.uint16) * 16
    window = {"WindowCenter": 2048, "WindowWidth": 4096, "RescaleSlope": 1, "RescaleIntercept": 0}
    found = {syntax.name: _saved(_made(colour, syntax)) for syntax in _PLAIN}
    found["12 bits"] = _saved(_made(deep, BitsStored=12, HighBit=11, **window))
    found["frames"] = _saved(_made(noise, NumberOfFrames=3))
    found["MONOCHROME1"] = _saved(_made(grey, PhotometricInterpretation="MONOCHROME1"))
    found["palette"] = _saved(_palette(grey))
    for syntax in (RLELossless, JPEG2000Lossless):
        for name, pixels in (("colour", colour), ("deep", deep)):
            made = _made(pixels)
            made.compress(syntax)
            found[f"{syntax.name} {name}"] = _saved(made)
    found["JPEG"] = _saved(_photograph(colour, JPEGBaseline8Bit))
    found["no decoder"] = _saved(_photograph(colour, JPEGLosslessSV1))
    return found


def _made(
    pixels: np.ndarray, syntax: UID = ExplicitVRLittleEndian, **values: object
) -> FileDataset:
    meta = Dataset()
    meta.TransferSyntaxUID = syntax
    meta.MediaStorageSOPClassUID = OphthalmicPhotography8BitImageStorage
    meta.MediaStorageSOPInstanceUID = "1.2.3"
    made = FileDataset("", {}, file_meta=meta, preamble=b"\0" * 128)
    made.set_original_encoding(syntax.is_implicit_VR, syntax.is_little_endian)
    made.SOPClassUID, made.SOPInstanceUID = meta.MediaStorageSOPClassUID, "1.2.3"
    made.PatientID, made.ImageLaterality, made.BurnedInAnnotation = "P1", "L", "YES"
    is_colour = pixels.shape[-1] == 3
    made.Rows, made.Columns = pixels.shape[-3:-1] if is_colour else pixels.shape
    made.SamplesPerPixel = 3 if is_colour else 1
    made.PhotometricInterpretation = "RGB" if is_colour else "MONOCHROME2"
    if is_colour:
        made.PlanarConfiguration = 0
    made.BitsAllocated = made.BitsStored = pixels.dtype.itemsize * 8
    made.HighBit = made.BitsStored - 1
    made.PixelRepresentation = 0
    for name, value in values.items():
        setattr(made, name, value)
    made.PixelData = pixels.tobytes()
    made["PixelData"].VR = "OW"
    return made


def _palette(pixels: np.ndarray) -> FileDataset:
    made = _made(pixels, PhotometricInterpretation="PALETTE COLOR")
    for color in ("Red", "Green", "Blue"):
        setattr(made, f"{color}PaletteColorLookupTableDescriptor", [256, 0, 8])
        setattr(made, f"{color}PaletteColorLookupTableData", bytes(range(256)))
    return made


def _photograph(pixels: np.ndarray, syntax: UID) -> FileDataset:
    file = BytesIO()
    Image.fromarray(pixels).save(file, "JPEG")
    made = _made(pixels, PhotometricInterpretation="YBR_FULL_422")
    made.file_meta.TransferSyntaxUID = syntax
    made.PixelData = encapsulate([file.getvalue()])
    made["PixelData"].VR = "OB"
    made["PixelData"].is_undefined_length = True
    return made


def _saved(made: FileDataset) -> bytes:
    file = BytesIO()
    made.save_as(file, enforce_file_format=True)
    return file.getvalue()
