"""Every file of a dataset is accounted for: read, left out, or not readable, with the remedy."""

from __future__ import annotations

import json

import pytest
from table_files import make_images

from qmix_core.cli.main import main


@pytest.fixture
def folders(tmp_path):
    for label in ("normal", "dr"):
        make_images(tmp_path / label, [f"{number}.png" for number in range(3)])
    return tmp_path


def told(capsys, folder, kind):
    assert main(["check", str(folder), "--json"]) == 0
    problems = json.loads(capsys.readouterr().out)["problems"]
    return [problem for problem in problems if problem["kind"] == kind]


def test_files_that_cannot_be_read_here_are_counted_by_kind_with_the_remedy(capsys, folders):
    for name in ("a.fda", "b.E2E", "c.vol", "d.dng", "e.mp4", "f.zip", "g.jxl", "h.nii.gz"):
        (folders / "dr" / name).write_bytes(b"unknown" * 30)
    found = told(capsys, folders, "not_read")
    texts = [problem["text"] for problem in found]
    assert any(".e2e 1, .fda 1, .vol 1): export DICOM" in text for text in texts)
    assert sum(len(problem["images"]) for problem in found) == 8


def test_other_files_are_counted_too(capsys, folders):
    (folders / "README.txt").write_text("x")
    (folders / "dr" / "notes.docx.bak").write_text("x")
    assert told(capsys, folders, "other_files")[0]["text"].startswith("2 others are no images")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "an empty file"),
        (b"\0" * 9000, "file of zeros"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "git lfs pull"),
        (b"<!DOCTYPE html>\n<html><body>Sign in</body></html>", "web page"),
        (b"%PDF-1.7\n", "PDF document"),
    ],
)
def test_why_many_files_named_like_images_are_none_is_told_once(capsys, folders, data, words):
    for number in range(5):
        (folders / "dr" / f"bad{number}.jpg").write_bytes(data)
    found = told(capsys, folders, "unreadable")
    assert len(found) == 1
    assert found[0]["text"].startswith("5 images fail alike")
    assert words in found[0]["text"]
    assert found[0]["images"] == [f"dr/bad{number}.jpg" for number in range(5)]
