"""Folders and tables say the classes; what is neither is told, and what is unclear is asked."""

from __future__ import annotations

import csv

import pytest
from table_files import (
    check_json,
    export,
    labels_of,
    make_images,
    problem_texts,
    project_of,
    relabel,
)

from qmix_core.base.errors import DataError
from qmix_core.cli.main import main
from qmix_core.dataset.dataset import TableOptions, load_dataset
from qmix_core.dataset.labels.folder_labels import LabelsFrom, is_split_name
from qmix_core.dataset.labels.label_choice import LabelsMissing, LabelsUnclear
from qmix_core.project.operations.file_scan import dataset_state


def make_tree(root, *folders, count=2):
    for number, folder in enumerate(folders):
        make_images(root / folder, [f"{number}_{at}.png" for at in range(count)])


def counts(dataset):
    labels = [sample.label for sample in dataset.samples]
    return {label: labels.count(label) for label in dataset.classes}


@pytest.mark.parametrize(
    "names",
    [
        ("train", "val", "test"),
        ("Training", "Validation", "Testing"),
        ("train_images", "test_images"),
        ("a. Training Set", "b. Testing Set"),
        ("fold1", "fold2", "fold3"),
    ],
)
def test_split_folders_are_a_split_column_that_comes_back(capsys, tmp_path, names):
    root = tmp_path / "set"
    make_tree(root, *(f"{name}/{label}" for name in names for label in ("normal", "dr")))
    dataset = load_dataset(root)
    assert counts(dataset) == {"dr": 2 * len(names), "normal": 2 * len(names)}
    assert problem_texts(dataset, "split")
    with project_of(root, tmp_path / "p.qmix") as project:
        image = project.samples[0].image
        relabel(project, image, "normal")
        out = export(capsys, project, tmp_path / "cleaned.csv")
        make_images(root / names[0] / "dr", ["new.png"])
        added = dataset_state(project).added
    with out.open(encoding="utf-8", newline="") as file:
        rows = {row["image"]: row for row in csv.DictReader(file)}
    assert rows[image]["split"] == image.partition("/")[0]
    assert (rows[image]["label"], rows[image]["original_label"]) == ("normal", "dr")
    assert [sample.cells[-1] for sample in added] == [names[0]]
    again = load_dataset(out, options=TableOptions(images=root, split=names[0]))
    assert {sample.image.partition("/")[0] for sample in again.samples} == {names[0]}


def test_one_split_can_be_taken_of_folders(capsys, tmp_path):
    make_tree(tmp_path / "set", "train/a", "train/b", "test/a", "test/b")
    assert check_json(capsys, tmp_path / "set", "--split", "train")["images"] == 4
    assert main(["check", str(tmp_path / "set"), "--split", "val"]) == 2
    assert "test, train" in capsys.readouterr().err


def test_splits_inside_of_class_folders_are_a_split_column_too(tmp_path):
    make_tree(tmp_path, "normal/train", "normal/test", "dr/train", "dr/test")
    dataset = load_dataset(tmp_path)
    assert counts(dataset) == {"dr": 4, "normal": 4}
    assert {sample.cells[-1] for sample in dataset.samples} == {"train", "test"}


@pytest.mark.parametrize("name", ["normal", "training day", "latest", "control", "1. Originals"])
def test_other_names_are_no_splits(name):
    assert not is_split_name(name)


def test_splits_without_classes_need_a_table(tmp_path):
    make_tree(tmp_path, "train_images", "test_images")
    with pytest.raises(LabelsMissing, match="called like splits"):
        load_dataset(tmp_path)
    options = TableOptions(labels_from=LabelsFrom.FOLDERS)
    assert load_dataset(tmp_path, options=options).classes == ("test_images", "train_images")


def test_a_table_above_folders_of_images_wins(tmp_path):
    make_tree(tmp_path, "train_images", "test_images")
    (tmp_path / "train.csv").write_text("id_code,diagnosis\n0_0,0\n0_1,2\n")
    (tmp_path / "test.csv").write_text("id_code\n1_0\n1_1\n")
    (tmp_path / "sample_submission.csv").write_text("id_code,diagnosis\n1_0,0\n1_1,0\n")
    dataset = load_dataset(tmp_path)
    assert labels_of(dataset) == {"0_0.png": "0", "0_1.png": "2"}
    assert len(problem_texts(dataset, "unused_table")) == 2
    assert "2 images below" in problem_texts(dataset, "unlisted")[0]


@pytest.mark.parametrize(
    "name", ["masks", "Ground truth", "All Segmentation Groundtruths", "heat-maps", "discMasks"]
)
def test_drawn_folders_are_left_out_and_told(tmp_path, name):
    make_tree(tmp_path, "images", name)
    (tmp_path / "labels.csv").write_text("image,label\n0_0,a\n0_1,b\n")
    dataset = load_dataset(tmp_path)
    assert counts(dataset) == {"a": 1, "b": 1}
    assert problem_texts(dataset, "left_out_folder")[0].startswith("2 images in 1 folders")
    assert not problem_texts(dataset, "unlisted")


def test_classes_about_masks_are_classes(tmp_path):
    make_tree(tmp_path, "with_mask", "without mask")
    assert load_dataset(tmp_path).classes == ("with_mask", "without mask")


def test_copies_that_programs_keep_are_no_images_of_the_set(capsys, tmp_path):
    hidden = (
        "normal/.ipynb_checkpoints", "normal/@eaDir/1.jpg", "dr/.thumbnails", "dr/.Trash-1000/x",
        "$RECYCLE.BIN/S-1", "__MACOSX/dr", ".hidden",
    )  # fmt: skip
    make_tree(tmp_path, "normal", "dr", *hidden)
    report = check_json(capsys, tmp_path)
    assert report["classes"] == {"dr": 2, "normal": 2}
    told = [p["text"] for p in report["problems"] if p["kind"] == "left_out_folder"]
    assert told[0].startswith("14 images in 7 folders are left out")


def test_a_single_wrapping_folder_is_entered_and_told(tmp_path):
    make_tree(tmp_path, "outer/archive/normal", "outer/archive/dr", "__MACOSX/x")
    dataset = load_dataset(tmp_path)
    assert dataset.classes == ("dr", "normal")
    assert dataset.root == tmp_path / "outer" / "archive"
    assert "outer/archive" in problem_texts(dataset, "entered")[0]


def test_folders_inside_of_class_folders_are_told(tmp_path):
    make_tree(tmp_path, "normal/p1", "normal/p2", "dr/p3")
    dataset = load_dataset(tmp_path)
    assert counts(dataset) == {"dr": 2, "normal": 4}
    assert "'normal' has folders inside (p1, p2)" in problem_texts(dataset, "deeper_folders")[1]


def test_two_levels_that_could_be_the_classes_are_asked_about(capsys, tmp_path):
    make_tree(tmp_path, "siteA/normal", "siteA/dr", "siteB/normal", "siteB/dr")
    assert main(["check", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert "--labels-from folders or --labels-from subfolders" in said
    assert "siteA 4" in said
    below = check_json(capsys, tmp_path, "--labels-from", "subfolders")
    assert below["classes"] == {"dr": 4, "normal": 4}
    above = check_json(capsys, tmp_path, "--labels-from", "folders")
    assert above["classes"] == {"siteA": 4, "siteB": 4}


def test_a_table_that_differs_from_class_folders_is_asked_about(capsys, tmp_path):
    make_tree(tmp_path, "left", "right")
    (tmp_path / "labels.csv").write_text("image,label\n0_0,a\n0_1,b\n1_0,a\n1_1,b\n")
    with pytest.raises(LabelsUnclear) as caught:
        load_dataset(tmp_path)
    assert [choice.counts for choice in caught.value.choices] == [
        (("a", 2), ("b", 2)),
        (("left", 2), ("right", 2)),
    ]
    assert "--labels-from table or --labels-from folders" in str(caught.value)
    assert check_json(capsys, tmp_path, "--labels-from", "table")["classes"] == {"a": 2, "b": 2}
    by_folder = check_json(capsys, tmp_path, "--labels-from", "folders")
    assert by_folder["classes"] == {"left": 2, "right": 2}
    assert check_json(capsys, tmp_path / "labels.csv")["classes"] == {"a": 2, "b": 2}


def test_a_table_that_says_what_the_folders_say_is_read(tmp_path):
    make_tree(tmp_path, "AMD_DR", "normal")
    rows = (
        "AMD_DR/0_0.png,AMD/DR\nAMD_DR/0_1.png,AMD/DR\nnormal/1_0.png,normal\nnormal/1_1.png,normal"
    )
    (tmp_path / "manifest.csv").write_text(f"path,label\n{rows}\n")
    assert load_dataset(tmp_path).classes == ("AMD/DR", "normal")


def test_several_tables_with_labels_are_asked_about(capsys, tmp_path):
    make_tree(tmp_path, "images", count=4)
    (tmp_path / "first.csv").write_text("image,label\n0_0,a\n0_1,b\n")
    (tmp_path / "second.csv").write_text("image,label\n0_2,a\n0_3,b\n")
    assert main(["check", str(tmp_path)]) == 2
    assert (
        "give the table that counts as DATASET (first.csv, second.csv)" in capsys.readouterr().err
    )
    assert check_json(capsys, tmp_path / "first.csv")["images"] == 2


def test_labels_in_a_folder_beside_the_images_are_found(tmp_path):
    make_tree(tmp_path, "1. Original Images/a. Training Set", "1. Original Images/b. Testing Set")
    (tmp_path / "2. Groundtruths").mkdir()
    table = tmp_path / "2. Groundtruths" / "a. Labels.csv"
    table.write_text("Image name,Retinopathy grade\n0_0,0\n0_1,3\n")
    dataset = load_dataset(tmp_path)
    assert dataset.source == table
    assert labels_of(dataset) == {"0_0.png": "0", "0_1.png": "3"}


def test_a_flat_folder_says_how_to_name_its_table_and_that_works(tmp_path):
    make_images(tmp_path / "flat", ["a.png", "b.png"])
    (tmp_path / "labels.csv").write_text("image,label\na,0\nb,1\n")
    with pytest.raises(LabelsMissing, match="give the table as DATASET with --images"):
        load_dataset(tmp_path / "flat")
    options = TableOptions(images=tmp_path / "flat")
    assert load_dataset(tmp_path / "labels.csv", options=options).classes == ("0", "1")


def test_an_option_for_tables_asks_for_the_table(tmp_path):
    make_tree(tmp_path, "left", "right")
    (tmp_path / "t.csv").write_text("image,label,site\n0_0,a,x\n0_1,b,y\n")
    dataset = load_dataset(tmp_path, options=TableOptions(label_column="site"))
    assert dataset.classes == ("x", "y")
    with pytest.raises(DataError, match="no column 'none'"):
        load_dataset(tmp_path, options=TableOptions(label_column="none"))
