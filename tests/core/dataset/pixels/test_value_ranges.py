"""Where no file says what is black and white, the whole set is shown alike, and it is said."""

from __future__ import annotations

import json

import numpy as np
import pytest
import tifffile
from dicom_files import write_dicom
from PIL import Image

from qmix_core.base.cancellation import Control
from qmix_core.cli.main import main
from qmix_core.dataset.dataset import load_dataset
from qmix_core.dataset.pixels.image_reader import read_rgb, read_square
from qmix_core.dataset.pixels.value_ranges import UsedValues, ValueRanges
from qmix_core.engine.views.pixel_cache import load_pixels
from qmix_core.preflight.check import check_dataset
from qmix_core.project.store import ProjectStore

RAMP = np.linspace(0, 1, 80)[None].repeat(72, axis=0)


def write_set(root, brightest):
    """Two classes of 16-bit images, each a ramp up to one of these values."""
    for number, top in enumerate(brightest):
        path = root / ("a", "b")[number % 2] / f"{number}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray((RAMP * top).astype(np.uint16)).save(path)
    return root


def problems_of(report, kind):
    return [problem.text for problem in report.problems if problem.kind == kind]


def test_a_dark_image_of_a_set_stays_dark_beside_a_bright_one(tmp_path):
    report = check_dataset(load_dataset(write_set(tmp_path / "in", [4095, 200, 4000, 1000])))
    ranges = report.dataset.value_ranges
    assert ranges.shown == {"uint16": (0, 4095)}
    assert problems_of(report, "value_range") == [
        "12-bit values in 16-bit files: shown as 0 to 4,095, which was found over all images, "
        "since no file says what is white."
    ]
    dark = tmp_path / "in" / "b" / "1.png"
    assert np.asarray(read_rgb(dark, ranges=ranges)).max() == round(200 / 4095 * 255)
    assert np.asarray(read_rgb(dark)).max() == 200


def test_the_project_keeps_the_range_and_training_sees_it(tmp_path):
    dataset = check_dataset(load_dataset(write_set(tmp_path / "in", [4095, 200]))).dataset
    ProjectStore.create(tmp_path / "p.qmix", dataset).close()
    with ProjectStore.open(tmp_path / "p.qmix") as project:
        assert project.files.value_ranges == dataset.value_ranges
        paths = [project.files.path(sample) for sample in project.samples]
        pixels = load_pixels(
            paths, ["1", "2"], size=32, folder=tmp_path / "cache",
            ranges=project.files.value_ranges, progress=lambda *_: None, control=Control(),
        )  # fmt: skip
    assert pixels[1].max() == 12
    assert read_square(paths[1], 32).max() > 190


def test_dicom_without_a_window_is_shown_from_the_darkest_to_the_brightest_of_the_set(tmp_path):
    for label, low, high in (("a", 100, 900), ("b", 300, 2100)):
        values = (low + RAMP * (high - low)).astype(np.int16)
        write_dicom(tmp_path / "in" / label / "x.dcm", values, Modality="OPT")
    report = check_dataset(load_dataset(tmp_path / "in"))
    assert report.dataset.value_ranges.shown == {"DICOM OPT": (100, 2100)}
    shown = np.asarray(
        read_rgb(tmp_path / "in" / "a" / "x.dcm", ranges=report.dataset.value_ranges)
    )
    assert (shown.min(), shown.max()) == (0, 102)
    assert problems_of(report, "value_range")[0].startswith("DICOM OPT images without a window")


def test_plain_images_have_no_range_and_no_remark(class_folders):
    report = check_dataset(load_dataset(class_folders))
    assert report.dataset.value_ranges == ValueRanges()
    assert not problems_of(report, "value_range") + problems_of(report, "shades")


@pytest.mark.parametrize(
    ("kind", "low", "high", "shown"),
    [
        ("uint16", 0, 255, (0, 255)), ("uint16", 0, 256, (0, 1023)),
        ("uint16", 7, 16383, (0, 16383)), ("uint32", 0, 70_000, (0, 131_071)),
        ("int16", -1024, 3071, (-1024, 4095)), ("int8", -100, 100, (-128, 127)),
        ("float", 0, 0.9, (0, 1)), ("float", 0, 0.01, (0, 2**-6)), ("float", -0.5, 0.5, (-1, 1)),
        ("float", 0, 200.2, (0, 255)), ("float", 0, 3000, (0, 4095)), ("float", 0, 1e6, (0, 2**20)),
        ("float", 0, 0, (0, 0)),
    ],
)  # fmt: skip
def test_what_is_used_is_rounded_up_to_a_usual_depth(kind, low, high, shown):
    assert UsedValues(kind, low, high).shown() == shown


@pytest.mark.parametrize(
    ("shade", "words"), [(4, "nearly black"), (250, "nearly white"), (120, "flat: ")]
)
def test_a_set_that_shows_next_to_nothing_is_told(capsys, tmp_path, shade, words):
    for number in range(8):
        path = tmp_path / ("a", "b")[number % 2] / f"{number}.png"
        path.parent.mkdir(exist_ok=True)
        noise = np.random.default_rng(number).integers(-3, 4, (72, 80))
        Image.fromarray((shade + noise).clip(0, 255).astype(np.uint8)).save(path)
    assert main(["check", str(tmp_path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["problems"]
    text = next(problem["text"] for problem in found if problem["kind"] == "shades")
    assert text.startswith(f"8 of 8 images are {words}")


def test_values_that_are_no_numbers_cost_no_picture(tmp_path):
    values = RAMP.astype(np.float32)
    values[0, :3] = (np.nan, np.inf, -np.inf)
    tifffile.imwrite(tmp_path / "a.tif", values)
    shown = np.asarray(read_rgb(tmp_path / "a.tif"))[..., 0]
    assert shown[0, :3].tolist() == [0, 255, 0]
    assert shown[1, -1] == 255
