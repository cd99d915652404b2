"""DICOM files made by pydicom come through the one reader, from class folders and tables."""

from __future__ import annotations

import sys

import numpy as np
import pydicom
import pytest
from dicom_files import dicom, write_dicom
from pydicom.dataset import Dataset
from pydicom.encaps import encapsulate
from pydicom.uid import (
    MPEG2MPML,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGBaseline8Bit,
    JPEGLosslessSV1,
    JPEGLSLossless,
    RLELossless,
)
from sample_images import COLORS

from qmix_core.base.errors import DataError
from qmix_core.dataset.dataset import load_dataset
from qmix_core.dataset.patients import patient_groups, patients_of
from qmix_core.dataset.pixels.image_reader import first_look, read_rgb, read_square
from qmix_core.preflight.check import check_dataset
from qmix_core.project.operations.file_scan import dataset_state
from qmix_core.project.operations.relink import find_images
from qmix_core.project.store import ProjectStore

Y, X = np.mgrid[0:80, 0:96]
#: Smooth colours, uint8 [80, 96, 3], and patches of all 8-bit shades, uint8 [64, 64].
PICTURE = np.stack([X * 2, Y * 3, 255 - X], axis=2).astype(np.uint8)
SHADES = np.arange(256, dtype=np.uint8)
RAMP = np.kron(SHADES.reshape(16, 16), np.ones((4, 4), np.uint8))


def shown(path):
    return np.asarray(read_rgb(path)).astype(int)


def greys(path):
    """The grey picture, int [H, W]."""
    pixels = shown(path)
    assert (pixels == pixels[:, :, :1]).all()
    return pixels[:, :, 0]


@pytest.mark.parametrize(
    "syntax", [ExplicitVRLittleEndian, ImplicitVRLittleEndian, ExplicitVRBigEndian]
)
def test_plain_pixels_come_through_every_byte_order(tmp_path, syntax):
    assert (shown(write_dicom(tmp_path / "rgb.dcm", PICTURE, syntax=syntax)) == PICTURE).all()
    deep = RAMP.astype(np.uint16) * 257
    window = {"WindowCenter": 32768, "WindowWidth": 65536}
    path = write_dicom(tmp_path / "grey.dcm", deep, syntax=syntax, **window)
    assert np.abs(greys(path) - RAMP).max() <= 1


def test_monochrome1_is_inverted(tmp_path):
    path = write_dicom(tmp_path / "a.dcm", RAMP, PhotometricInterpretation="MONOCHROME1")
    assert (greys(path) == 255 - RAMP).all()


def test_ybr_becomes_rgb(tmp_path):
    wanted = np.zeros((16, 16, 3), dtype=np.uint8)
    wanted[:, :8], wanted[:, 8:] = (200, 60, 30), (30, 60, 200)
    luma = pydicom.pixels.convert_color_space(wanted, "RGB", "YBR_FULL")
    path = write_dicom(tmp_path / "full.dcm", luma, PhotometricInterpretation="YBR_FULL")
    assert np.abs(shown(path) - wanted).max() <= 2
    half = dicom(luma, PhotometricInterpretation="YBR_FULL_422")
    pairs = luma.reshape(-1, 2, 3)
    half.PixelData = np.stack(
        [pairs[:, 0, 0], pairs[:, 1, 0], pairs[:, 0, 1], pairs[:, 0, 2]], axis=1
    ).tobytes()
    half.save_as(tmp_path / "half.dcm", enforce_file_format=True)
    assert np.abs(shown(tmp_path / "half.dcm") - wanted).max() <= 2


@pytest.mark.parametrize(("bits", "kind"), [(8, "u1"), (16, "u2")])
def test_palette_colours(tmp_path, bits, kind):
    top = 2**bits - 1
    made = dicom(RAMP, PhotometricInterpretation="PALETTE COLOR")
    for color, values in (
        ("Red", SHADES),
        ("Green", 255 - SHADES),
        ("Blue", [0] * 256),
    ):
        setattr(made, f"{color}PaletteColorLookupTableDescriptor", [256, 0, bits])
        data = (np.asarray(values, dtype=np.uint32) * (top // 255)).astype(f"<{kind}").tobytes()
        setattr(made, f"{color}PaletteColorLookupTableData", data)
    made.save_as(tmp_path / "a.dcm", enforce_file_format=True)
    wanted = np.stack([RAMP, 255 - RAMP, np.zeros_like(RAMP)], axis=2)
    assert np.abs(shown(tmp_path / "a.dcm") - wanted).max() <= 1


def test_rescale_comes_before_the_window(tmp_path):
    stored = (RAMP.astype(np.int16) - 128) * 8  # -1024 to 1016
    path = write_dicom(
        tmp_path / "a.dcm", stored, RescaleSlope=2, RescaleIntercept=2048,
        WindowCenter=[1024, 5], WindowWidth=[2048, 5],
    )  # fmt: skip
    wanted = np.clip((stored * 2.0 + 2048) / 2048 * 255, 0, 255)
    assert np.abs(greys(path) - wanted).max() <= 1


def test_window_wider_than_the_pixels_keeps_them_within_its_shades(tmp_path):
    path = write_dicom(tmp_path / "a.dcm", RAMP, WindowCenter=256, WindowWidth=512)
    assert np.abs(greys(path) - RAMP / 2).max() <= 1


def test_lookup_tables_of_modality_and_display(tmp_path):
    def table(values, bits):
        item = Dataset()
        item.LUTDescriptor = [len(values), 0, bits]
        item.LUTData = np.asarray(values, dtype="<u2").tobytes()
        item["LUTData"].VR = "OW"
        item["LUTDescriptor"].VR = "US"
        return item

    made = dicom(RAMP)
    made.ModalityLUTSequence = [table(np.arange(256) * 2, 16)]
    made.ModalityLUTSequence[0].ModalityLUTType = "US"
    made.VOILUTSequence = [table(4095 - np.arange(512) * 8, 12)]
    made.save_as(tmp_path / "a.dcm", enforce_file_format=True)
    assert np.abs(greys(tmp_path / "a.dcm") - (255 - RAMP)).max() <= 1


@pytest.mark.parametrize("dtype", [np.uint16, np.int16])
def test_twelve_bits_without_a_window_show_darkest_to_brightest(tmp_path, dtype):
    low = 100 if dtype == np.uint16 else -700
    pixels = (RAMP.astype(np.int32) * 5 + low).astype(dtype)
    if dtype == np.uint16:
        pixels |= 0xF000  # an overlay in the bits that are not stored
    path = write_dicom(tmp_path / "a.dcm", pixels, BitsStored=12, HighBit=11)
    assert np.abs(greys(path) - RAMP).max() <= 1


@pytest.mark.parametrize("syntax", [RLELossless, JPEG2000Lossless, JPEGLSLossless])
@pytest.mark.parametrize("kind", ["colour", "grey", "deep"])
def test_compressed_pixels(tmp_path, syntax, kind):
    deep = (RAMP.astype(np.uint16) + 3) * 16
    made = dicom({"colour": PICTURE, "grey": RAMP, "deep": deep}[kind])
    made.compress(syntax)
    made.save_as(tmp_path / "a.dcm", enforce_file_format=True)
    wanted = {"colour": PICTURE, "grey": RAMP[..., None], "deep": RAMP[..., None]}[kind]
    assert np.abs(shown(tmp_path / "a.dcm") - wanted).max() <= 1


def packed(pixels, syntax, *frames, **values):
    """`dicom(pixels)`, whose compressed frames are these bytes."""
    made = dicom(pixels, **values)
    made.file_meta.TransferSyntaxUID = syntax
    made.PixelData = encapsulate([bytes(frame) for frame in frames])
    made["PixelData"].is_undefined_length = True
    made["PixelData"].VR = "OB"
    return made


def jpeg(pixels):
    from io import BytesIO

    from PIL import Image

    file = BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=95, subsampling=0)
    return file.getvalue()


def test_photographs_as_jpeg(tmp_path):
    made = packed(
        PICTURE, JPEGBaseline8Bit, jpeg(PICTURE), PhotometricInterpretation="YBR_FULL_422"
    )
    made.save_as(tmp_path / "a.dcm", enforce_file_format=True)
    assert np.abs(shown(tmp_path / "a.dcm") - PICTURE).mean() < 2


def test_the_middle_frame_counts_and_the_preflight_says_so(tmp_path):
    frames = np.stack([np.full((80, 80), shade, np.uint8) for shade in (10, 20, 30, 40, 50)])
    plain = write_dicom(tmp_path / "in" / "a" / "x.dcm", frames, NumberOfFrames=5)
    assert (greys(plain) == 30).all()
    assert first_look(plain, at_least=32).decoded.has_more_frames
    made = packed(frames, JPEGBaseline8Bit, *map(jpeg, frames), NumberOfFrames=5)
    made.save_as(tmp_path / "in" / "b.dcm", enforce_file_format=True)
    assert np.abs(greys(tmp_path / "in" / "b.dcm") - 30).max() <= 1
    write_dicom(tmp_path / "in" / "b" / "y.dcm", frames[0])
    report = check_dataset(load_dataset(tmp_path / "in"))
    assert [p.image for p in report.problems if p.kind == "several_frames"] == ["a/x.dcm"]


# -- datasets -----------------------------------------------------------------------------------


def color(name):
    return np.full((80, 80, 3), COLORS[name], dtype=np.uint8)


@pytest.fixture
def clinic(tmp_path):
    """Two eyes of each of four patients, as a camera names its files: no endings, or a UID."""
    root = tmp_path / "clinic"
    for number in range(4):
        values = {"PatientID": f"P{number}"}
        write_dicom(
            root / "healthy" / f"IM{number:04d}", color("healthy"), ImageLaterality="L", **values
        )
        write_dicom(root / "sick" / f"1.2.840.{number}", color("sick"), Laterality="R", **values)
    (root / "sick" / "README").write_text("no image")
    return root


def test_files_without_ending_are_found_in_class_folders_with_patient_and_eye(clinic, tmp_path):
    report = check_dataset(load_dataset(clinic))
    samples = report.dataset.samples
    assert report.class_counts == {"healthy": 4, "sick": 4}
    assert [(s.patient, s.eye) for s in samples] == [
        (f"P{number}", eye) for eye in ("left", "right") for number in range(4)
    ]
    assert patient_groups(samples, None) == [0, 1, 2, 3] * 2
    with ProjectStore.create(tmp_path / "p.qmix", report.dataset) as project:
        assert project.samples == samples
        write_dicom(clinic / "sick" / "IM9", color("sick"), PatientID="P9", ImageLaterality="R")
        added = dataset_state(project).added
    assert [(s.image, s.patient, s.eye) for s in added] == [("sick/IM9", "P9", "right")]


def test_files_without_ending_are_found_again_by_their_content(clinic, tmp_path):
    dataset = check_dataset(load_dataset(clinic)).dataset
    with ProjectStore.create(tmp_path / "p.qmix", dataset) as project:
        moved = clinic.rename(tmp_path / "moved")
        (moved / "sick" / "1.2.840.0").rename(moved / "sick" / "IM77")
        found = find_images(project, moved)
    assert len(found.places) == 8
    assert found.places["sick/1.2.840.0"] == "sick/IM77"


def test_one_patient_number_on_all_files_tells_nothing(clinic):
    for path in clinic.glob("*/*[0-9]"):
        values = pydicom.dcmread(path)
        values.PatientID = "ANONYMOUS"
        values.save_as(path)
    samples = check_dataset(load_dataset(clinic)).dataset.samples
    assert {sample.patient for sample in samples} == {"ANONYMOUS"}
    assert set(patients_of(samples, None)) == {""}


def test_a_table_names_dicom_files_with_and_without_their_ending(tmp_path):
    for name in ("a.dcm", "b.DCM", "c", "1.2.3.4"):
        write_dicom(tmp_path / "images" / name, color("sick"))
    (tmp_path / "t.csv").write_text("image,label\na,0\nb.dcm,1\nc,0\n1.2.3.4,1\n")
    found = [sample.image for sample in load_dataset(tmp_path / "t.csv").samples]
    assert found == ["images/a.dcm", "images/b.DCM", "images/c", "images/1.2.3.4"]


def test_text_that_is_burned_in_is_told(clinic):
    write_dicom(clinic / "sick" / "x.dcm", color("sick"), BurnedInAnnotation="YES")
    write_dicom(clinic / "sick" / "y.dcm", color("sick"), BurnedInAnnotation="NO")
    problems = check_dataset(load_dataset(clinic)).problems
    assert [p.image for p in problems if p.kind == "burned_text"] == ["sick/x.dcm"]


def test_without_pydicom_the_remedy_is_told_and_the_rest_goes_on(class_folders, monkeypatch):
    write_dicom(class_folders / "sick" / "x.dcm", color("sick"))
    for name in [name for name in sys.modules if name.startswith("pydicom")] + ["pydicom"]:
        monkeypatch.setitem(sys.modules, name, None)
    report = check_dataset(load_dataset(class_folders))
    assert [(p.kind, p.text) for p in report.problems if p.image] == [
        ("unreadable", "x.dcm is a DICOM file: install qmix-gui[dicom] to read it.")
    ]
    assert len(report.dataset.samples) == 25


# -- what cannot be read ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("syntax", "words"),
    [
        (JPEGLosslessSV1, "compressed as JPEG Lossless.*install pylibjpeg-libjpeg"),
        (JPEGLSLossless, "compressed as JPEG-LS.*install pyjpegls"),
        (MPEG2MPML, "compressed as MPEG2.*is not read: convert it"),
    ],
)
def test_a_missing_decoder_is_named(tmp_path, monkeypatch, syntax, words):
    from pydicom.pixels.decoders import base

    for decoder in {id(d): d for d in base._PIXEL_DATA_DECODERS.values()}.values():
        monkeypatch.setattr(decoder[0] if isinstance(decoder, tuple) else decoder, "_available", {})
    packed(PICTURE, syntax, b"\0" * 100).save_as(tmp_path / "a.dcm", enforce_file_format=True)
    with pytest.raises(DataError, match=rf"^a\.dcm is {words}"):
        read_rgb(tmp_path / "a.dcm")


def without(name):
    made = dicom(RAMP)
    delattr(made, name)
    return made


def larger_inside(syntax):
    """A small DICOM header around the header of a huge stream."""
    if syntax == JPEGBaseline8Bit:
        stream = bytearray(jpeg(np.zeros((16, 16), np.uint8)))
        place = stream.index(b"\xff\xc0")
        stream[place + 5 : place + 9] = (60_000).to_bytes(2) * 2
    else:
        small = dicom(RAMP)
        small.compress(JPEG2000Lossless)
        stream = bytearray(
            next(pydicom.encaps.generate_frames(small.PixelData, number_of_frames=1))
        )
        place = stream.index(b"\xff\x4f\xff\x51")
        stream[place + 8 : place + 16] = (60_000).to_bytes(4) * 2
    return packed(RAMP, syntax, stream)


def stream_behind_a_decoy():
    """A huge JPEG with the header of a small JPEG 2000 stream in its comment."""
    decoy = b"\xff\x4f\xff\x51" + b"\0" * 4 + (64).to_bytes(4) * 2 + b"\0" * 8
    comment = b"\xff\xfe" + (len(decoy) + 2).to_bytes(2) + decoy
    stream = bytearray(jpeg(np.zeros((16, 16), np.uint8)))
    place = stream.index(b"\xff\xc0")
    stream[place + 5 : place + 9] = (60_000).to_bytes(2) * 2
    return packed(RAMP, JPEGBaseline8Bit, stream[:2] + comment + stream[2:])


def rle_bomb():
    header = (1).to_bytes(4, "little") + (64).to_bytes(4, "little") + b"\0" * 56
    return packed(RAMP, RLELossless, header + b"\x81\0" * 4_000_000)  # 512 MB


def huge():
    made = dicom(RAMP)
    made.Rows = made.Columns = 60_000
    return made


def deep():
    made = dicom(RAMP.astype(np.uint16))
    made.BitsAllocated = made.BitsStored = 32
    return made


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: without("PixelData"), "is a DICOM file without pixels"),
        (lambda: without("Rows"), "is a DICOM file without Rows"),
        (huge, "more than 100 million pixels"),
        (deep, "has 32 bits a pixel"),
        (lambda: dicom(RAMP, PhotometricInterpretation="HSV"), "has the colours HSV"),
        (lambda: dicom(RAMP, NumberOfFrames=2_000_000_000), "that is damaged"),
        (lambda: larger_inside(JPEGBaseline8Bit), "another size than the header says"),
        (lambda: larger_inside(JPEG2000Lossless), "another size than the header says"),
        (stream_behind_a_decoy, "another size than the header says"),
        (lambda: packed(RAMP, JPEGBaseline8Bit, b"no stream"), "have no header"),
        (rle_bomb, "its runs are longer than the image"),
    ],
)
def test_hostile_dicom_is_refused_with_its_name_and_little_memory(tmp_path, make, words):
    resource = pytest.importorskip("resource")
    make().save_as(tmp_path / "a.dcm", enforce_file_format=True)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(DataError, match=rf"^a\.dcm .*{words}"):
        read_square(tmp_path / "a.dcm", 32)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # KB


def test_a_deflated_file_is_not_unpacked(tmp_path):
    made = dicom(np.zeros((2000, 2000), np.uint8))
    made.file_meta.TransferSyntaxUID = pydicom.uid.DeflatedExplicitVRLittleEndian
    made.save_as(tmp_path / "a.dcm", enforce_file_format=True)
    with pytest.raises(DataError, match=r"^a\.dcm is packed whole \(deflated\)"):
        read_rgb(tmp_path / "a.dcm")


@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.99])
def test_a_truncated_file_is_refused_with_its_name(tmp_path, part):
    path = write_dicom(tmp_path / "a.dcm", PICTURE)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * part)])
    with pytest.raises(DataError, match=r"^a\.dcm "):
        read_rgb(path)
