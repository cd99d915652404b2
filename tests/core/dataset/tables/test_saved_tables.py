"""Tables as people and programs save them are read, and the remedy of each sentence works."""

from __future__ import annotations

import csv

import pytest
from table_files import export, labels_of, make_images, make_sheet, project_of

from qmix_core.base.errors import DataError
from qmix_core.dataset.dataset import TableOptions, load_dataset
from qmix_core.dataset.tables.table import read_table

WANTED = {"a.png": "x", "b.png": "y", "c.png": "x"}


def load(folder, data, name="labels.csv", **options):
    make_images(folder, ["a.png", "b.png", "c.png"])
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return load_dataset(path, options=TableOptions(**options))


LAYOUTS = {
    "sep line": "sep=;\r\nimage;label;mm\r\na.png;x;0,1\r\nb.png;y;0,2\r\nc.png;x;0,3\r\n",
    "quoted sep line": '"sep=;"\nimage;label\na.png;x\nb.png;y\nc.png;x\n',
    "row names of R": '"image","label"\n"1","a.png","x"\n"2","b.png","y"\n"3","c.png","x"\n',
    "write.table of R": '"image" "label"\n"1" "a.png" "x"\n"2" "b.png" "y"\n"3" "c.png" "x"\n',
    "trailing commas": "image,label\na.png,x,,\nb.png,y,,\nc.png,x,\n",
    "trailing commas in all": "image,label,\na.png,x,\nb.png,y,\nc.png,x,\n",
    "short rows": "image,label,note\na.png,x\nb.png,y,blurred\nc.png,x\n",
    "title rows": "Grades of 2024\n\nimage,label,note\na.png,x,1\nb.png,y,2\nc.png,x,3\n",
    "title rows, padded": "Grades of 2024,,\nimage,label,n\na.png,x,1\nb.png,y,2\nc.png,x,3\n",
    "wide table with names above": "Read by;Dr. A\nimage;label;a;b;c\na.png;x;1;2;3\n"
    "b.png;y;1;2;3\nc.png;x;1;2;3\n",
    "quoted lines": '"image,label"\n"a.png,x"\n"b.png,y"\n"c.png,x"\n',
    "quoted rows": 'image,label,note\n"a.png,x,""1, 2"""\n"b.png,y,2"\n"c.png,x,3"\n',
    "bars": "image|label\na.png|x\nb.png|y\nc.png|x\n",
    "Markdown": "| image | label |\n|:---|---:|\n| a.png | x |\n| b.png | y |\n| c.png | x |\n",
    "semicolons with commas in each row": "image;label;mm\na.png;x;0,1\nb.png;y;0,2\nc.png;x;0,3\n",
    "tabs": "image\tlabel\na.png\tx\nb.png\ty\nc.png\tx\n",
    "byte order mark": "\ufeffimage,label\na.png,x\nb.png,y\nc.png,x\n",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_is_read_goes_out_and_comes_in_again(capsys, tmp_path, layout):
    assert labels_of(load(tmp_path / "in", LAYOUTS[layout])) == WANTED
    with project_of(tmp_path / "in" / "labels.csv", tmp_path / "p.qmix") as project:
        out = export(capsys, project, tmp_path / "cleaned.csv")
    assert labels_of(load_dataset(out, options=TableOptions(tmp_path / "in"))) == WANTED


@pytest.mark.parametrize("layout", ["sep line", "title rows"])
def test_lines_above_the_header_go_out_as_they_came(capsys, tmp_path, layout):
    load(tmp_path / "in", LAYOUTS[layout])
    with project_of(tmp_path / "in" / "labels.csv", tmp_path / "p.qmix") as project:
        out = export(capsys, project, tmp_path / "cleaned.csv")
    above = LAYOUTS[layout].partition("image")[0]
    assert out.read_bytes().startswith(above.encode() + b"image")


def test_rows_are_counted_as_in_the_file(tmp_path):
    data = "sep=,\nTitle\nimage,label\na.png,x\nb.png,y\nz.png,x\nc.png,x\n"
    texts = [p.text for p in load(tmp_path, data).problems if p.kind == "missing"]
    assert texts == ["labels.csv, row 6: image 'z.png' was not found: left out."]


def test_titles_above_a_sheet_leave_its_numbers_numbers(tmp_path):
    make_images(tmp_path, ["a.png", "b.png"])
    rows = [["Grades of 2024"], [], ["image", "label"], ["a.png", 0], ["b.png", 1]]
    table = read_table(make_sheet(tmp_path / "t.xlsx", rows))
    assert table.header == ("image", "label")
    assert table.numbers == (1,)


def _with_csv(replace_with):
    return lambda folder: load(folder, replace_with)


GOOD = "image,label\na.png,x\nb.png,y\nc.png,x\n"
#: What is wrong, words of the sentence, and what one does who follows it.
REMEDIES = {
    "too many cells": (
        lambda f: load(f, "image,label,note\na.png,x,1, 2\nb.png,y,\nc.png,x,\n"),
        "row 2 has 4 cells, the header 3: put quotes around the cell",
        _with_csv('image,label,note\na.png,x,"1, 2"\nb.png,y,\nc.png,x,\n'),
    ),
    "a header too short": (
        lambda f: load(f, "image,label\na.png,x,m\nb.png,y,n\nc.png,x,o\n"),
        "row 2 has 3 cells, the header 2: write a name for each column",
        _with_csv("image,label,more\na.png,x,m\nb.png,y,n\nc.png,x,o\n"),
    ),
    "open quotes": (
        lambda f: load(f, 'image,label\na.png,"x\nb.png,y\nc.png,x\n'),
        "correct its quotes",
        _with_csv(GOOD),
    ),
    "no rows": (lambda f: load(f, "image,label\n"), "add a row for each image", _with_csv(GOOD)),
    "another encoding": (
        lambda f: load(f, "image,label\na.png,ä\nb.png,y\n".encode("latin-1")),
        "save it as CSV UTF-8",
        _with_csv(GOOD),
    ),
    "NUL bytes": (
        lambda f: load(f, GOOD.encode("utf-16-le")), "save it as CSV UTF-8", _with_csv(GOOD),
    ),
    "another spreadsheet": (
        lambda f: load(f, b"x", "labels.ods"), "save it as XLSX or CSV", _with_csv(GOOD),
    ),
    "no table": (lambda f: load(f, GOOD, "labels.json"), "save it as CSV", _with_csv(GOOD)),
    "a damaged workbook": (
        lambda f: load(f, b"PK", "labels.xlsx"), "save it as CSV and give that", _with_csv(GOOD),
    ),
    "no image column": (
        lambda f: load(f, "picture,label\nq.png,x\nr.png,y\n"),
        "name it with --image-column",
        lambda f: load(f, "picture,label\na.png,x\nb.png,y\nc.png,x\n", image_column="picture"),
    ),
    "no label column": (
        lambda f: load(f, "image,verdict\na.png,x\nb.png,y\nc.png,x\n"),
        "among image, verdict: name it with --label-column",
        lambda f: load(f, "image,verdict\na.png,x\nb.png,y\nc.png,x\n", label_column="verdict"),
    ),
    "no split column": (
        lambda f: load(f, "image,label,part\na.png,x,1\nb.png,y,1\nc.png,x,1\n", split="1"),
        "name it with --split-column",
        lambda f: load(
            f, "image,label,part\na.png,x,1\nb.png,y,1\nc.png,x,1\n", split="1", split_column="part"
        ),
    ),
    "two label columns": (
        lambda f: load(f, "image,label,Label\na.png,x,1\nb.png,y,1\nc.png,x,1\n"),
        "rename all but the one that counts",
        _with_csv("image,label,other\na.png,x,1\nb.png,y,1\nc.png,x,1\n"),
    ),
    "images elsewhere": (
        lambda f: load(f / "tables", GOOD.replace("a.png", "q").replace("b.png", "r")
                       .replace("c.png", "s")),
        "give the folder of the images with --images DIR",
        lambda f: load(f, GOOD, images=f),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REMEDIES)
def test_who_follows_the_sentence_succeeds(tmp_path, case):
    wrong, words, right = REMEDIES[case]
    with pytest.raises(DataError) as caught:
        wrong(tmp_path / "wrong")
    assert words in str(caught.value)
    assert labels_of(right(tmp_path / "right")) == WANTED


def test_the_sentence_on_another_sheet_names_it_and_that_works(tmp_path):
    make_images(tmp_path, ["a.png", "b.png"])
    labels = [["image", "label"], ["a.png", "x"], ["b.png", "y"]]
    book = make_sheet(tmp_path / "t.xlsx", [["Graded by two readers"], ["Version 2"]], labels)
    with pytest.raises(DataError, match=r"with --sheet \(Sheet2\)"):
        load_dataset(book)
    assert load_dataset(book, options=TableOptions(sheet="Sheet2")).classes == ("x", "y")


def test_a_markdown_table_in_a_md_file_is_read(tmp_path):
    assert labels_of(load(tmp_path, LAYOUTS["Markdown"], "labels.md")) == WANTED


def test_cells_that_a_project_keeps_are_those_of_the_file(tmp_path):
    dataset = load(tmp_path, LAYOUTS["row names of R"])
    assert dataset.table.header == ("", "image", "label")
    assert dataset.samples[0].cells == ("1", "a.png", "x")
    with (tmp_path / "labels.csv").open(newline="") as file:
        assert len(next(csv.reader(file))) == 2
