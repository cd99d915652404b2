from __future__ import annotations

import csv

import pytest

from qmix_core.dataset.dataset import load_dataset
from qmix_core.preflight.check import check_dataset
from qmix_core.project.store import ProjectStore
from qmix_gui.review.model.filters import FilterSpec
from qmix_gui.review.model.saved_filters import SavedFilters
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.settings.settings import Settings

CAMERAS = ("Topcon TRC", "Topcon", "Canon")


@pytest.fixture
def bench(eyes, tmp_path, make_bench):
    """Images of three cameras at two sites, by a table."""
    table = eyes / "labels.csv"
    with table.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["image", "label", "camera", "site", "split", "weight"])
        for number, path in enumerate(sorted(eyes.rglob("*.png"))):
            name = path.relative_to(eyes).as_posix()
            split = "test" if number < 4 else "train"
            row = [name, path.parent.name, CAMERAS[number % 3], "AB"[number % 2], split, number]
            writer.writerow(row)
    dataset = check_dataset(load_dataset(table)).dataset
    with ProjectStore.create(tmp_path / "table.qmix", dataset) as project:
        yield make_bench(ReviewSession(project, reviewer="Dr. Test"))


def listed(bench):
    return sorted(bench.page.queue.model.order.tolist())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("camera:topcon", range(1, 18, 3)),
        ("CAMERA: Topcon TRC site:a", range(0, 18, 6)),
        ("camera:can", range(2, 18, 3)),
        ("split:test", range(4)),
        ("weight:1", [1]),
        ("camera:", range(18)),
        ("camera:Nikon", []),
    ],
)
def test_search_box_finds_values_of_columns(bench, text, wanted):
    bench.page.sidebar.search.setText(text)
    assert listed(bench) == list(wanted)


def test_text_before_a_column_is_part_of_the_name(bench):
    bench.page.sidebar.search.setText("eye_00 site:A")
    images = [bench.image(sample) for sample in listed(bench)]
    assert len(images) == 1
    assert "eye_00" in images[0]


def test_box_offers_columns_with_few_values_and_filters_by_them(bench):
    box = bench.page.columns
    assert set(box.boxes) == {"camera", "site", "split", "weight"}
    assert not box.boxes["camera"].isVisible()
    box.fold.click()
    rows = {row.text(): row for row in box.boxes["camera"].rows}
    assert rows["Canon"].isVisible()
    assert rows["Canon"].count == 6
    rows["Canon"].click()
    assert listed(bench) == list(range(2, 18, 3))
    assert {row.text(): row.count for row in box.boxes["site"].rows}["A"] == 3
    rows["All"].click()
    assert len(listed(bench)) == 18
    rows["Canon"].click()
    bench.page.sidebar.reset()
    assert len(listed(bench)) == 18
    assert rows["All"].isChecked()


def test_saved_filter_keeps_its_columns(bench):
    filters = SavedFilters(Settings(), bench.session.project)
    spec = FilterSpec().with_column("camera", frozenset({"Canon"}))
    filters.save("mine", spec)
    assert filters.load("mine").columns == spec.columns


def test_class_folders_have_no_columns(make_bench, session):
    assert not make_bench(session).page.columns.isVisible()
