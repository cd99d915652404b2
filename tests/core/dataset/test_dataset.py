from __future__ import annotations

from pathlib import Path

import pytest
from sample_images import COLORS, paint

from qmix_core.base.cancellation import Cancelled, Control
from qmix_core.base.errors import DataError
from qmix_core.dataset.dataset import TableOptions, load_dataset
from qmix_core.dataset.labels.label_values import sort_classes
from qmix_core.preflight.check import check_dataset


def kinds(problems):
    return sorted(problem.kind for problem in problems)


def test_class_folders_give_relative_names_and_labels(class_folders):
    dataset = load_dataset(class_folders)
    assert dataset.classes == ("healthy", "sick")
    assert dataset.samples[0].image == "healthy/h00.png"
    assert len(dataset.samples) == 25


def test_table_ids_are_matched_without_extension_and_with_leading_zeros(table_dataset):
    dataset = load_dataset(table_dataset)
    assert dataset.samples[3].image == "images/0003.png"
    assert dataset.samples[3].label == "1"
    assert dataset.samples[3].cells == ("0003", "site A", "1")


def test_folder_with_one_table_inside_is_read_through_the_table(table_dataset):
    assert load_dataset(table_dataset.parent).table is not None


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_table_delimiters_and_encodings(table_dataset, encoding, delimiter):
    text = table_dataset.read_text(encoding="utf-8").replace(",", delimiter)
    table_dataset.write_text(text, encoding=encoding)
    assert len(load_dataset(table_dataset).samples) == 12


def test_table_with_missing_images_lists_them(table_dataset):
    with table_dataset.open("a") as file:
        file.write("9999,site A,1\n")
    problems = load_dataset(table_dataset).problems
    missing = [problem for problem in problems if problem.kind == "missing"]
    assert len(missing) == 1
    assert "9999" in missing[0].text
    assert "row 14" in missing[0].text


def test_table_whose_images_are_elsewhere_needs_the_folder(table_dataset, tmp_path):
    elsewhere = tmp_path / "labels.csv"
    elsewhere.write_bytes(table_dataset.read_bytes())
    (tmp_path / "aptos" / "train.csv").rename(tmp_path / "aptos" / "other.txt")
    options = TableOptions(images=table_dataset.parent / "images")
    assert load_dataset(elsewhere, options=options).samples[0].image == "0000.png"


def test_unknown_label_column_lists_the_columns_there_are(table_dataset):
    with pytest.raises(DataError, match="'grading' among id_code, site, diagnosis"):
        load_dataset(table_dataset, options=TableOptions(label_column="grading"))


def test_table_without_known_columns_names_the_remedy(table_dataset):
    text = table_dataset.read_text().replace("diagnosis", "verdict")
    table_dataset.write_text(text)
    with pytest.raises(DataError, match="--label-column"):
        load_dataset(table_dataset)


def test_id_that_two_files_share_is_not_guessed(table_dataset):
    paint(table_dataset.parent / "other" / "0003.png", COLORS["sick"], 1)
    missing = [p for p in load_dataset(table_dataset).problems if p.kind == "missing"]
    assert [problem.image for problem in missing] == ["0003"]


def test_image_named_twice_with_other_label_is_a_conflict(table_dataset):
    with table_dataset.open("a") as file:
        file.write("0003,site B,0\n")
    assert "conflicting" in kinds(load_dataset(table_dataset).problems)


def test_empty_folder_says_what_is_expected(tmp_path):
    with pytest.raises(DataError, match="one sub-folder per class"):
        load_dataset(tmp_path)


def test_missing_path_is_named(tmp_path):
    with pytest.raises(DataError, match=r"nowhere does not exist"):
        load_dataset(tmp_path / "nowhere")


def test_one_class_only_is_refused(tmp_path):
    paint(tmp_path / "only" / "a.png", COLORS["sick"], 1)
    with pytest.raises(DataError, match="at least two classes"):
        load_dataset(tmp_path)


def test_class_of_two_images_is_reported(class_folders):
    for number in range(2):
        paint(class_folders / "rare" / f"r{number}.png", (90, 90, 200), number)
    problems = check_dataset(load_dataset(class_folders)).problems
    small = [problem for problem in problems if problem.kind == "small_class"]
    assert "'rare' has few images (2)" in small[0].text


def test_numeric_classes_are_in_numeric_order():
    assert sort_classes({"10", "2", "0"}) == ("0", "2", "10")


def test_check_lists_truncated_and_fake_images_and_goes_on(class_folders):
    whole = class_folders / "sick" / "s00.png"
    Path(class_folders / "sick" / "cut.jpg").write_bytes(_truncated_jpeg(class_folders))
    (class_folders / "sick" / "text.png").write_text("no image at all")
    report = check_dataset(load_dataset(class_folders))
    unreadable = {p.image: p.text for p in report.problems if p.kind == "unreadable"}
    assert set(unreadable) == {"sick/cut.jpg", "sick/text.png"}
    assert all("replace it" in text for text in unreadable.values())
    assert len(report.dataset.samples) == 25
    assert whole.exists()


def _truncated_jpeg(folder: Path) -> bytes:
    path = folder.parent / "whole.jpg"
    paint(path, COLORS["sick"], 5, size=200)
    return path.read_bytes()[:2000]


def test_check_finds_duplicates_conflicts_and_tiny_images(class_folders):
    data = (class_folders / "sick" / "s01.png").read_bytes()
    (class_folders / "sick" / "copy.png").write_bytes(data)
    data = (class_folders / "sick" / "s02.png").read_bytes()
    (class_folders / "healthy" / "copy2.png").write_bytes(data)
    paint(class_folders / "sick" / "small.png", COLORS["sick"], 3, size=20)
    found = kinds(check_dataset(load_dataset(class_folders)).problems)
    assert found == ["conflicting", "duplicate", "tiny"]


def test_check_can_be_cancelled(class_folders):
    control = Control()
    control.cancel()
    with pytest.raises(Cancelled):
        check_dataset(load_dataset(class_folders), control=control)
