"""`qmix map`."""

from __future__ import annotations

import csv
import json
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from qmix_core.base.events import Preparing, decode
from qmix_core.cli.main import main
from qmix_core.dataset.dataset import load_dataset
from qmix_core.preflight.check import check_dataset
from qmix_core.project.store import ProjectStore
from qmix_core.review import embedding_map
from qmix_core.runs.run_options import RunOptions
from qmix_core.runs.scores import FEATURES_FILE, save_features

COUNT = 12


@pytest.fixture
def project(tmp_path, make_results):
    """Two classes of six images, one called as a formula, and one finished run."""
    rng = np.random.default_rng(0)
    for number in range(COUNT):
        label = ("a", "b")[number % 2]
        name = "=1+1" if number == 0 else str(number)
        (tmp_path / "eyes" / label).mkdir(parents=True, exist_ok=True)
        pixels = rng.integers(0, 256, (40, 40, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(tmp_path / "eyes" / label / f"{name}.png")
    dataset = check_dataset(load_dataset(tmp_path / "eyes")).dataset
    with ProjectStore.create(tmp_path / "p.qmix", dataset) as opened:
        run = opened.runs.begin(RunOptions(epochs=3).config(), device="cpu")
        features = rng.standard_normal((COUNT - 1, 8)).astype(np.float32)
        # one image came after the run
        save_features(opened.runs.folder(run), sample=np.arange(COUNT - 1), features=features)
        opened.runs.finish(run, status="done", results=make_results(COUNT))
    return tmp_path / "p.qmix"


def qmix(capsys, *arguments):
    code = main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.parametrize("by", ["axes", "likeness"])
def test_table_has_a_place_for_every_image_that_the_run_knows(capsys, project, tmp_path, by):
    out = tmp_path / "map.csv"
    code, text, _ = qmix(capsys, "map", project, "--by", by, "--out", out, "--json")
    assert code == 0
    told = json.loads(text)
    assert (told["run"], told["by"], told["images"]) == (1, by, COUNT - 1)
    with out.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["image", "x", "y"]
    with ProjectStore.open(project) as opened:
        assert [row["image"] for row in rows] == [s.image for s in opened.samples[:-1]]
    places = np.array([[float(row["x"]), float(row["y"])] for row in rows])
    assert np.abs(places).max() == pytest.approx(1)
    assert [file.parent.name for file in (project / "cache").rglob("*.npz")] == ["map"]


def test_kept_map_is_used_again(capsys, project, monkeypatch):
    assert qmix(capsys, "map", project)[0] == 0

    def fail(*_arguments):
        raise AssertionError("the map is kept")

    monkeypatch.setattr(embedding_map, "_arranged", fail)
    code, text, _ = qmix(capsys, "map", project)
    assert code == 0
    assert text == f"{COUNT - 1} images of run 1 are on the map, by likeness.\n"


def test_damaged_kept_map_is_made_anew(capsys, project):
    assert qmix(capsys, "map", project, "--by", "axes")[0] == 0
    (file,) = (project / "cache" / "map").iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:100])
    assert qmix(capsys, "map", project, "--by", "axes")[0] == 0
    assert file.read_bytes()[-200:] == whole[-200:]


def test_run_that_left_nothing_and_no_run_are_told(capsys, project):
    code, _, err = qmix(capsys, "map", project, "--run", "7")
    assert (code, err) == (2, "qmix: Run 7 is no finished run: choose one of [1].\n")
    (project / "runs" / "0001" / FEATURES_FILE).unlink()
    code, _, err = qmix(capsys, "map", project)
    assert code == 2
    assert "Run 1" in err
    assert err.endswith("has left nothing to make a map of: train again.\n")


def test_features_beyond_all_measure_make_no_map(capsys, project):
    features = np.full((COUNT, 3), 1e30, dtype=np.float32)
    folder = project / "runs" / "0001"
    save_features(folder, sample=np.arange(COUNT), features=features)
    code, _, err = qmix(capsys, "map", project)
    assert code == 2
    assert "which make no map" in err


def test_table_goes_neither_into_the_dataset_nor_into_the_project(capsys, project, tmp_path):
    for out in (tmp_path / "eyes" / "map.csv", project / "map.csv"):
        code, _, err = qmix(capsys, "map", project, "--out", out)
        assert code == 2
        assert "choose another folder" in err
        assert not out.exists()
    assert not (project / "cache" / "map").exists()


def test_child_tells_its_steps_keeps_the_map_and_ends_with_its_parent(project):
    command = [sys.executable, "-m", "qmix_core", "map", "--child", str(project)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, **pipes) as child:
        lines = [line.decode() for line in child.stdout]
        assert child.wait() == 0
    steps = [decode(line) for line in lines]
    assert all(isinstance(step, Preparing) for step in steps)
    assert steps[-1].done == steps[-1].total
    (file,) = (project / "cache" / "map").iterdir()
    file.unlink()
    with subprocess.Popen(command, **pipes) as child:
        child.stdin.close()
        assert child.wait() == 3
    assert not list((project / "cache" / "map").iterdir())
