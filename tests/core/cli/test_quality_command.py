"""`qmix quality` and `assess_quality`, as a person without labels uses them."""

from __future__ import annotations

import csv
import json
import subprocess
import sys

import numpy as np
import pytest

import qmix_core
from qmix_core.base.events import Preparing, decode
from qmix_core.base.types import Bucket
from qmix_core.cli.main import main
from qmix_core.runs.quality_report import QualityRequest, load_report, save_request
from qmix_core.simulation.demo import write_demo
from qmix_core.simulation.noise import TRUTH_NAME

LOW = Bucket.MISLABELED_LOW_QUALITY


@pytest.fixture(scope="module")
def photographs(tmp_path_factory):
    """Generated fundus photographs, some made poor, and one file that is no image."""
    root = tmp_path_factory.mktemp("Fotos ü") / "set"
    write_demo(root, images=60, seed=0, progress=lambda done, total: None)
    (root / "broken.jpg").write_bytes(b"no image")
    return root


@pytest.fixture(scope="module")
def poor(photographs):
    """Names of the images that were made poor."""
    with (photographs / TRUTH_NAME).open(encoding="utf-8", newline="") as file:
        return {row["image"] for row in csv.DictReader(file) if row["bucket"] == LOW}


@pytest.fixture(scope="module")
def table(photographs, tmp_path_factory):
    """The rows that the command writes, by image."""
    out = tmp_path_factory.mktemp("out") / "quality.csv"
    assert main(["quality", str(photographs), "--out", str(out), "--device", "cpu"]) == 0
    with out.open(encoding="utf-8", newline="") as file:
        return {row["image"]: row for row in csv.DictReader(file)}


def test_poor_images_have_the_lowest_quality(table, poor):
    qualities = {name: float(row["quality"]) for name, row in table.items() if row["quality"]}
    assert len(qualities) == 60
    pairs = [(qualities[bad], qualities[good]) for bad in poor for good in qualities.keys() - poor]
    assert np.mean([bad < good for bad, good in pairs]) > 0.85
    called = {name for name, row in table.items() if row["is_poor"] == "true"}
    assert len(called & poor) > len(called) / 2


def test_file_that_cannot_be_read_is_listed_and_ends_nothing(table):
    row = table["broken.jpg"]
    assert (row["quality"], row["is_poor"]) == ("", "")
    assert "broken.jpg cannot be read" in row["reason"]


def test_threshold_moves_what_is_poor(photographs, tmp_path, capsys):
    counts = []
    for threshold in ("0", "1"):
        out = tmp_path / f"{threshold}.csv"
        arguments = ["quality", str(photographs), "--out", str(out), "--poor-below", threshold]
        assert main([*arguments, "--device", "cpu", "--json"]) == 0
        counts.append(json.loads(capsys.readouterr().out)["poor"])
    assert counts[0] == 0
    assert counts[1] > 50


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "not a folder"),
        (["."], "no images"),
        ([".", "--poor-below", "2"], "from 0 to 1"),
    ],
)
def test_what_cannot_be_judged_is_said_in_one_line(arguments, said, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["quality", *arguments, "--out", "q.csv"]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert not (tmp_path / "q.csv").exists()


def test_few_images_are_listed_as_not_judged(photographs, tmp_path):
    few = sorted(photographs.rglob("*_left.jpg"))[:3]
    report = qmix_core.assess_quality(few, device="cpu")
    assert not report.is_judged
    assert [image.quality for image in report.images] == [None] * 3
    assert "Not judged" in report.sentences()[0]


def test_a_window_gets_progress_and_a_report_of_the_images_that_it_names(photographs, tmp_path):
    names = [p.relative_to(photographs).as_posix() for p in sorted(photographs.rglob("*_left.jpg"))]
    request, report = tmp_path / "request.json", tmp_path / "report.json"
    save_request(request, QualityRequest((*names[:2], "broken.jpg"), ("a", "a", "b")))
    command = [sys.executable, "-m", "qmix_core", "quality", f"--child={request}"]
    command += [f"--out={report}", "--device=cpu", "--", str(photographs)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        told = [decode(line) for line in child.stdout.read().decode().splitlines()]
    assert child.returncode == 0
    assert told[-1] == Preparing("embedding", 3, 3)
    found = load_report(report)
    assert [image.image for image in found.images] == [*names[:2], "broken.jpg"]
    assert not found.is_judged
    assert "cannot be read" in found.images[2].problem


def test_labels_must_fit_the_images(photographs):
    with pytest.raises(qmix_core.QMixError, match="one each"):
        qmix_core.assess_quality(photographs, labels=["a"])
