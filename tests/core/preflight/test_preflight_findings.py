"""What `qmix check` finds, and what `qmix train` leaves out because of it."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc

import numpy as np
import pytest
from flawed_dataset import REGULAR, photograph, write_flawed
from PIL import ImageDraw

from qmix_core.base.types import Status
from qmix_core.cli.main import main
from qmix_core.preflight.fingerprint import take_fingerprint
from qmix_core.preflight.near_duplicates import nearly_same
from qmix_core.preflight.outliers import odd_sized, unlike_the_rest
from qmix_core.project.store import ProjectStore

#: kind -> the images of its findings
WANTED = {
    "duplicate": [("r00.png", "same.png")],
    "conflicting": [("r02.png", "contradicts.png")],
    "near_duplicate": [("resaved.jpg", "r04.png")],
    "near_conflicting": [("r06.png", "resaved_otherwise.jpg")],
    "tiny": [("tiny.png",)],
    "odd_size": [("tiny.png",), ("wide.png",)],
    "unlike": [("page.png",)],
    "burned_text": [("named.png",)],
    "several_frames": [("pages.tif",)],
    "unreadable": [("broken.png",)],
    "unlabelled": [("unlabelled.png",)],
    "unlisted": [("nowhere.png",)],
    "missing": [("gone.png",)],
    "patient_conflict": [("p7_left.png", "p7_right.png")],
    "across_splits": [("p8_left.png", "p8_right.png")],
}


@pytest.fixture(scope="module")
def flawed(tmp_path_factory):
    return write_flawed(tmp_path_factory.mktemp("flawed"))


@pytest.fixture(scope="module")
def report(flawed):
    return _check(flawed)


def _check(table, *options):
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout", out)
        assert main(["check", str(table), "--json", *options]) == 0
    return json.loads(out.getvalue())


def _images(report, kind):
    found = [problem["images"] for problem in report["problems"] if problem["kind"] == kind]
    return sorted(tuple(name.removeprefix("images/") for name in names) for names in found)


@pytest.mark.parametrize("kind", WANTED)
def test_check_finds_just_the_flaw_of_this_kind(report, kind):
    assert _images(report, kind) == sorted(WANTED[kind])


def test_check_counts_the_classes_and_tells_what_a_training_costs(report):
    assert sum(report["classes"].values()) == report["images"] == REGULAR + 13
    costs = {cost["preset"]: cost for cost in report["costs"]}
    assert set(costs) == {"quick", "standard"}
    assert 0 < costs["quick"]["seconds"] < costs["standard"]["seconds"]
    assert report["images_per_second"] > 0


def test_check_tells_what_an_exclusion_means_without_doing_it(flawed):
    report = _check(flawed, "--exclude", "duplicate", "--exclude", "conflicting")
    assert report["left_out"] == {
        "images/same.png": "preflight: duplicate",
        "images/r02.png": "preflight: conflicting",
        "images/contradicts.png": "preflight: conflicting",
    }


def test_exclusions_as_decisions_begin_a_project(flawed, tmp_path, capsys):
    assert main(["check", str(flawed), "--exclude", "unlike", "--as-decisions"]) == 0
    table = tmp_path / "decisions.csv"
    table.write_text(capsys.readouterr().out + "images/r02.png,relabel,1,seen\n")
    project, cleaned = tmp_path / "p.qmix", tmp_path / "cleaned.csv"
    code = main(
        ["train", str(flawed), "--project", str(project), "--exclude", "duplicate",
         "--decisions", str(table), "--reviewer", "Dr. A", "--preset", "quick", "--weights", "",
         "--device", "no-such-device"]
    )  # fmt: skip
    assert code != 0  # the run fails over its device: the project and its decisions are there
    with ProjectStore.open(project) as opened:
        reviews = opened.decisions.reviews()
        samples = len(opened.samples)
    assert {name: review.status for name, review in reviews.items()} == {
        "images/same.png": Status.EXCLUDED,
        "images/page.png": Status.EXCLUDED,
        "images/r02.png": Status.RELABELED,
    }
    assert reviews["images/same.png"].reason == "preflight: duplicate"
    assert reviews["images/r02.png"].reviewer == "Dr. A"
    assert main(["export", str(project), "--what", "cleaned", "--out", str(cleaned)]) == 0
    with cleaned.open(newline="", encoding="utf-8") as file:
        rows = {row["image"]: row for row in csv.DictReader(file)}
    assert len(rows) == samples - 2
    assert "same.png" not in rows
    assert rows["r02.png"]["level"] == "1"


def test_exclusions_are_refused_where_no_two_classes_remain(tmp_path, capsys):
    for label, seeds in (("a", range(3)), ("b", (7,))):
        (tmp_path / "in" / label).mkdir(parents=True)
        for seed in seeds:
            photograph(seed, side=60).save(tmp_path / "in" / label / f"{seed}.png")
    assert main(["check", str(tmp_path / "in"), "--exclude", "tiny"]) == 2
    assert "fewer than two classes remain" in capsys.readouterr().err


def test_exclusions_are_refused_on_a_project_that_exists(flawed, tmp_path, capsys):
    project = tmp_path / "p.qmix"
    main(["train", str(flawed), "--project", str(project), "--device", "no-such-device"])
    assert main(["train", "--project", str(project), "--exclude", "duplicate"]) != 0
    assert "exists already" in capsys.readouterr().err


def test_many_findings_of_one_kind_are_counted_on_a_terminal(tmp_path, capsys):
    for seed in range(50):
        folder = tmp_path / "in" / str(seed % 2)
        folder.mkdir(parents=True, exist_ok=True)
        photograph(seed, side=60).save(folder / f"{seed}.png")
    assert main(["check", str(tmp_path / "in")]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("tiny: ")]
    assert len(lines) == 21
    assert "30 more" in lines[-1]


def test_copies_are_found_among_many_pictures_and_nothing_else():
    rng = np.random.default_rng(0)
    prints = rng.integers(0, 256, (3000, 256), dtype=np.uint8)
    bits = rng.integers(0, 256, (3000, 32), dtype=np.uint8)
    prints[2000] = np.clip(prints[10].astype(int) + rng.integers(-4, 5, 256), 0, 255)
    bits[2000] = bits[10]
    bits[2000, :6] ^= 1
    assert nearly_same(bits, prints) == [[10, 2000]]


def test_a_thousand_black_pictures_are_neither_copies_nor_slow():
    assert nearly_same(np.zeros((1000, 32), np.uint8), np.zeros((1000, 256), np.uint8)) == []


def test_a_second_camera_is_no_outlier():
    rng = np.random.default_rng(0)
    features = rng.normal(100, 10, (400, 13)).astype(np.float32)
    features[:30] += 40
    assert not unlike_the_rest(features).any()
    features[0] = 250
    assert np.flatnonzero(unlike_the_rest(features)).tolist() == [0]
    widths = np.where(np.arange(400) < 30, 4000, 600)
    assert not odd_sized(widths, widths).any()


@pytest.mark.parametrize("ending", ["png", "jpg"])
def test_a_look_gives_the_size_of_the_whole_image_and_the_hash_of_its_file(tmp_path, ending):
    path = tmp_path / f"large.{ending}"
    photograph(1, side=1200).resize((1200, 900)).save(path)
    look = take_fingerprint(path)
    assert (look.width, look.height) == (1200, 900)
    assert not look.has_text


def test_a_reflex_on_the_rim_is_no_text(tmp_path):
    picture = photograph(1, side=300)
    ImageDraw.Draw(picture).ellipse((6, 20, 12, 52), fill="white")
    picture.save(tmp_path / "reflex.png")
    assert not take_fingerprint(tmp_path / "reflex.png").has_text
    ImageDraw.Draw(picture).text((4, 4), "2024-05-01", fill="white")
    picture.save(tmp_path / "date.png")
    assert take_fingerprint(tmp_path / "date.png").has_text


def test_the_search_for_outliers_keeps_no_distances() -> None:
    features = np.random.default_rng(0).normal(100, 20, (12_000, 13)).astype(np.float32)
    tracemalloc.start()
    unlike_the_rest(features)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    # all distances to the 4,000 references would be 190 MB
    assert peak < 60 * 2**20
