"""A file that is no image here is called what it is, with a remedy."""

from __future__ import annotations

import sys

import pytest
from dicom_files import dicom, write_dicom
from sample_images import paint

from qmix_core.base.errors import DataError
from qmix_core.dataset.dataset import load_dataset
from qmix_core.dataset.files.file_kinds import file_kind
from qmix_core.dataset.pixels.image_reader import read_rgb
from qmix_core.preflight.check import check_dataset

HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0\0\0\x08mdat" + b"x" * 400


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("a.jpg", b"", "empty files"),
        ("a.jpg", b"\0" * 70_000, "files of zeros"),
        ("a.jpg", b"version https://git-lfs.github.com/spec/v1\noid", "Git LFS pointers"),
        ("a.jpg", b"/annex/objects/SHA256E-s1--1.jpg\n", "git-annex pointers"),
        ("a.jpg", b"\n <!DOCTYPE html><html>", "web pages saved as images"),
        ("a.jpg", HEIC, "HEIC photographs"),
        ("a.heic", b"x", "HEIC photographs"),
        ("a.jpg", b"\0\0\0\x1cftypavif\0\0\0\0mif1avif", "AVIF images"),
        ("a.png", b"\0\0\0\x0cJXL \r\n\x87\n", "JPEG XL images"),
        ("a.CR3", b"\0\0\0\x18ftypcrx \0\0\0\1", "raw camera files"),
        ("a.dng", b"MM\0*" + b"x" * 9, "raw camera files"),
        ("a.mov", b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "videos"),
        ("a.fda", b"FOCT", "files of an OCT or fundus device"),
        ("a.E2E", b"x", "files of an OCT or fundus device"),
        ("a.vol", b"x", "files of an OCT or fundus device"),
        ("a.jpg", b"%PDF-1.4", "PDF documents"),
        ("a.nii.gz", b"\x1f\x8b", "packed archives"),
        ("a.npz", b"PK\x03\x04", "stored arrays"),
        ("a.jxl", b"\xff\x0a", "JPEG XL images"),
        ("a.jxl", b"x" * 300, "JPEG XL images"),
        ("a.jxl", b"version https://git-lfs.github.com/spec/v1\noid", "Git LFS pointers"),
    ],
)  # fmt: skip
def test_files_are_called_what_they_are(tmp_path, name, data, what):
    (tmp_path / name).write_bytes(data)
    assert file_kind(tmp_path / name).many == what


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("eye.jxl", b"FOCT", "a file named .jxl with the content of a file of an OCT or fundus "
         "device is not read (.jxl 1): export DICOM, TIFF or PNG from the device's program."),
        ("eye.DNG", b"FOCT", "a file named .dng with the content of a file of an OCT or fundus "
         "device is not read (.dng 1): export DICOM, TIFF or PNG from the device's program."),
        ("eye.vol", b"%PDF-1.4", "a file named .vol with the content of a PDF document"
         " is not read (.vol 1): save the pictures as PNG."),
        ("eye.jxl", b"\xff\xd8\xff\xe0", "a file named .jxl with the content of a JPEG, PNG or"
         " GIF image is not read (.jxl 1): rename it to what it is."),
    ],
)  # fmt: skip
def test_where_name_and_content_differ_both_are_told(class_folders, name, data, sentence):
    (class_folders / "sick" / name).write_bytes(data)
    told = [p.text for p in load_dataset(class_folders).problems if p.kind == "not_read"]
    assert [text[0].lower() + text[1:] for text in told] == [sentence]


def test_an_image_and_a_folder_are_of_no_such_kind(tmp_path):
    paint(tmp_path / "a.png", (9, 9, 9), 0)
    assert file_kind(tmp_path / "a.png") is None
    assert file_kind(tmp_path) is None
    assert file_kind(tmp_path / "missing.jpg") is None


def test_a_picture_that_is_none_is_told_with_its_remedy(class_folders):
    (class_folders / "sick" / "x.jpg").write_bytes(b"version https://git-lfs.github.com/spec/v1\n")
    told = [p.text for p in check_dataset(load_dataset(class_folders)).problems if p.image]
    assert told == ["x.jpg is a Git LFS pointer: fetch the image with 'git lfs pull'."]


def test_without_its_extra_heic_is_told_with_the_remedy(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    (tmp_path / "IMG_0003.jpg").write_bytes(HEIC)
    with pytest.raises(DataError, match=r"^IMG_0003\.jpg is a HEIC photograph: install qmix-gui\["):
        read_rgb(tmp_path / "IMG_0003.jpg")


@pytest.mark.parametrize("implicit", [True, False])
@pytest.mark.parametrize("name", ["bare.dcm", "IM0009"])
def test_dicom_without_its_mark_is_read(tmp_path, name, implicit):
    import numpy as np

    pixels = np.arange(80 * 80 * 3, dtype=np.uint8).reshape(80, 80, 3)
    whole = write_dicom(tmp_path / "in" / "a" / "whole.dcm", pixels)
    made = dicom(pixels, PatientID="P7", ImageLaterality="L")
    path = tmp_path / "in" / "b" / name
    path.parent.mkdir()
    del made.file_meta
    made.save_as(path, implicit_vr=implicit, little_endian=True, enforce_file_format=False)
    # pydicom keeps the preamble that it was made with
    path.write_bytes(path.read_bytes().removeprefix(b"\0" * 128 + b"DICM"))
    assert np.array_equal(np.asarray(read_rgb(path)), np.asarray(read_rgb(whole)))
    samples = check_dataset(load_dataset(tmp_path / "in")).dataset.samples
    assert [(s.image, s.patient, s.eye) for s in samples][1:] == [(f"b/{name}", "P7", "left")]
