"""ImageFolders of Hugging Face datasets come in and go out, in the form that it documents."""

from __future__ import annotations

import csv
import json

import pytest
from table_files import check_json, labels_of, make_images, project_of, relabel

from qmix_core.base.errors import DataError
from qmix_core.cli.main import main
from qmix_core.dataset.dataset import load_dataset

LABELS = {"0001.png": "dr", "0002.png": "normal", "0003.png": "dr"}


def as_the_library_reads(folder):
    """file_name leads from the folder of the list to each image; all else are columns."""
    with (folder / "metadata.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all((folder / row["file_name"]).is_file() for row in rows)
    return {row["file_name"]: row["label"] for row in rows}


@pytest.mark.parametrize("form", ["csv", "jsonl"])
@pytest.mark.parametrize("whole", [True, False])
def test_a_list_of_metadata_comes_in(tmp_path, form, whole):
    """As in "Create an image dataset": one of metadata.csv and metadata.jsonl beside the images."""
    make_images(tmp_path, LABELS)
    path = tmp_path / f"metadata.{form}"
    if form == "csv":
        rows = "".join(f"{name},{label}\n" for name, label in LABELS.items())
        path.write_text(f"file_name,label\n{rows}")
    else:
        lines = [{"file_name": name, "label": label} for name, label in LABELS.items()]
        path.write_text("\n".join(map(json.dumps, lines)))
    assert labels_of(load_dataset(tmp_path if whole else path)) == LABELS


def test_numbers_lists_and_gaps_of_a_record_a_line(tmp_path):
    make_images(tmp_path, ["0.png", "1.png"])
    (tmp_path / "metadata.jsonl").write_text(
        '{"file_name": "0.png", "label": 0, "text": null}\n\n'
        '{"file_name": "1.png", "label": 1, "tags": ["a", "b"]}\n'
    )
    dataset = load_dataset(tmp_path)
    assert labels_of(dataset) == {"0.png": "0", "1.png": "1"}
    assert dataset.table.rows == (("0.png", "0", "", ""), ("1.png", "1", "", "a|b"))


@pytest.mark.parametrize("line", ["[1]", "{", "1"])
def test_a_line_that_is_no_record_is_named(tmp_path, line):
    (tmp_path / "metadata.jsonl").write_text(f'{{"file_name": "0.png", "label": 0}}\n{line}\n')
    with pytest.raises(DataError, match=r"metadata\.jsonl, line 2"):
        load_dataset(tmp_path / "metadata.jsonl")


@pytest.mark.parametrize("link", ["copy", "symlink"])
def test_what_goes_out_is_an_image_folder_and_comes_in_again(capsys, tmp_path, link):
    make_images(tmp_path / "in", LABELS)
    rows = "".join(f"{name},{label}\n" for name, label in LABELS.items())
    (tmp_path / "in" / "t.csv").write_text(f"image,label\n{rows}")
    out = tmp_path / "out"
    with project_of(tmp_path / "in" / "t.csv", tmp_path / "p.qmix") as project:
        relabel(project, "0003.png", "normal")
        arguments = ["--what", "imagefolder", "--link", link, "--out", str(out)]
        assert main(["export", str(project.folder), *arguments]) == 0
    capsys.readouterr()
    assert as_the_library_reads(out) == {
        "dr/0001.png": "dr", "normal/0002.png": "normal", "normal/0003.png": "normal",
    }  # fmt: skip
    assert check_json(capsys, out)["classes"] == {"dr": 1, "normal": 2}
    assert check_json(capsys, out / "metadata.csv")["classes"] == {"dr": 1, "normal": 2}


def test_the_library_itself_reads_it(capsys, tmp_path):
    datasets = pytest.importorskip("datasets")
    make_images(tmp_path / "in", LABELS)
    rows = "".join(f"{name},{label}\n" for name, label in LABELS.items())
    (tmp_path / "in" / "t.csv").write_text(f"image,label\n{rows}")
    with project_of(tmp_path / "in" / "t.csv", tmp_path / "p.qmix") as project:
        main(["export", str(project.folder), "--what", "imagefolder", "--out", str(tmp_path / "o")])
    found = datasets.load_dataset(
        "imagefolder", data_dir=str(tmp_path / "o"), cache_dir=str(tmp_path / "cache")
    )
    assert sorted(found["train"]["label"]) == ["dr", "dr", "normal"]
