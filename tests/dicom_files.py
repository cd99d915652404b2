"""DICOM files for tests, written by pydicom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from pydicom.dataset import Dataset, FileDataset
from pydicom.uid import ExplicitVRLittleEndian, OphthalmicPhotography8BitImageStorage, generate_uid


def dicom(pixels: np.ndarray, **values: Any) -> FileDataset:
    """A data set with these pixels: [H, W], [H, W, 3] or, with NumberOfFrames, [N, H, W(, 3)].

    `syntax` is its transfer syntax, uncompressed; further values are its attributes by name.
    """
    syntax = values.pop("syntax", ExplicitVRLittleEndian)
    is_colour = pixels.shape[-1] == 3
    height, width = pixels.shape[-3:-1] if is_colour else pixels.shape[-2:]
    meta = Dataset()
    meta.TransferSyntaxUID = syntax
    meta.MediaStorageSOPClassUID = OphthalmicPhotography8BitImageStorage
    meta.MediaStorageSOPInstanceUID = generate_uid()
    made = FileDataset("", {}, file_meta=meta, preamble=b"\0" * 128)
    made.set_original_encoding(syntax.is_implicit_VR, syntax.is_little_endian)
    made.SOPClassUID, made.SOPInstanceUID = (
        meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID
    )  # fmt: skip
    made.Rows, made.Columns = height, width
    made.SamplesPerPixel = 3 if is_colour else 1
    made.PhotometricInterpretation = "RGB" if is_colour else "MONOCHROME2"
    if is_colour:
        made.PlanarConfiguration = 0
    bits = pixels.dtype.itemsize * 8
    made.BitsAllocated = made.BitsStored = bits
    made.HighBit = bits - 1
    made.PixelRepresentation = int(pixels.dtype.kind == "i")
    for name, value in values.items():
        setattr(made, name, value)
    order = "<" if syntax.is_little_endian else ">"
    made.PixelData = pixels.astype(pixels.dtype.newbyteorder(order)).tobytes()
    made["PixelData"].VR = "OB" if bits == 8 and not syntax.is_implicit_VR else "OW"
    return made


def write_dicom(path: Path, pixels: np.ndarray, **values: Any) -> Path:
    """Save `dicom(...)` at `path`, which may have any ending."""
    path.parent.mkdir(parents=True, exist_ok=True)
    dicom(pixels, **values).save_as(path, enforce_file_format=True)
    return path
