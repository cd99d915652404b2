"""Any bytes give a table or a DataError; what is written is read back the same."""

from __future__ import annotations

import csv
import io
import os
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from qmix_core.base.errors import DataError
from qmix_core.dataset.dataset import MAX_CLASSES, load_dataset
from qmix_core.dataset.tables.table import MAX_BYTES, Table, defuse, read_table, undefuse
from qmix_core.dataset.tables.table_columns import find_columns

FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "'=1"]


def write(folder, data: bytes | str, name: str = "labels.csv"):
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("image,label\na,\0\n", "NUL bytes"),
        ("image,label\na,1\n".encode("utf-16-le"), "NUL bytes"),
        ("image,label\na,é\n".encode("latin-1"), "not UTF-8"),
        (b"\xff\xfei\0m\0a", "not UTF-8"),
        ('image,label\na,"1\nb,2\n', "line 3 is not valid CSV"),
        ('image,label\na,"1"x\n', "line 2 is not valid CSV"),
        ("image,label\na,1,2\n", "row 2 has 3 cells"),
        ("image,label\n" + "a" * 1_000_001 + ",1\n", "line 2 is not valid CSV"),
        ("image,label\n", "no rows"),
        ("", "no rows"),
        ("\n\n\n", "no rows"),
    ],
)
def test_what_is_no_table_is_refused_with_its_name_and_line(tmp_path, data, words):
    with pytest.raises(DataError, match=words) as caught:
        read_table(write(tmp_path, data))
    assert str(caught.value).startswith("labels.csv")


def test_one_line_of_a_hundred_megabytes_is_refused_quickly(tmp_path):
    start = time.monotonic()
    with pytest.raises(DataError, match="not valid CSV"):
        read_table(write(tmp_path, b"a" * 100_000_000))
    assert time.monotonic() - start < 30  # a second on an idle machine


def test_a_file_that_is_too_large_is_refused_unread(tmp_path):
    path = write(tmp_path, "image,label\n")
    os.truncate(path, MAX_BYTES + 1)  # a sparse file
    with pytest.raises(DataError, match="larger than 200 MB"):
        read_table(path)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no FIFOs")
def test_a_pipe_is_no_table(tmp_path):
    os.mkfifo(tmp_path / "labels.csv")
    with pytest.raises(DataError, match="no regular file"):
        load_dataset(tmp_path / "labels.csv")


@pytest.mark.parametrize("header", ["image,label,label", "image,Label,LABEL", "image,image,label"])
def test_a_column_that_is_there_twice_is_not_guessed(tmp_path, header):
    table = read_table(write(tmp_path, f"{header}\na,b,c\n"))
    with pytest.raises(DataError, match="has 2 columns"):
        find_columns(table)


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "/etc/passwd", "~/.ssh/id_rsa", r"\\host\share\a.png", r"C:\a.png",
     "../secret.png", "images/../../secret.png", "file:///etc/passwd", "."],
)  # fmt: skip
def test_names_that_climb_out_of_the_dataset_find_nothing(table_dataset, name):
    outside = table_dataset.parent.parent / "secret.png"
    outside.write_bytes((table_dataset.parent / "images" / "0001.png").read_bytes())
    with table_dataset.open("a", newline="") as file:
        csv.writer(file).writerow([name, "site A", "1"])
    dataset = load_dataset(table_dataset)
    assert len(dataset.samples) == 12
    assert [p.image for p in dataset.problems if p.kind == "missing"] == [name]


@pytest.mark.parametrize(
    "label",
    ["'; DROP TABLE samples; --", "<img src=x onerror=alert(1)>", "\U0001f441️‍\U0001f5e8️", "a\nb",
     "../up", "CON", *FORMULAS[:4]],
)  # fmt: skip
def test_labels_of_any_text_are_classes(table_dataset, label):
    rows = [["0001", "s", label], ["0002", "s", "other"]]
    file = io.StringIO(newline="")
    csv.writer(file).writerows([["id_code", "site", "diagnosis"], *rows])
    table_dataset.write_text(file.getvalue(), encoding="utf-8", newline="")
    assert label in load_dataset(table_dataset).classes


def test_a_label_of_ten_thousand_characters_is_no_class(table_dataset):
    with table_dataset.open("a") as file:
        file.write(f"0003,site A,{'x' * 10_000}\n")
        file.write(f"0004.png,site A,{'x' * 10_000}\n")
    dataset = load_dataset(table_dataset)
    assert dataset.classes == ("0", "1")
    assert "10000 characters" in next(p.text for p in dataset.problems if p.kind == "unlabelled")


def test_a_label_column_of_all_different_texts_was_mistaken(tmp_path):
    (tmp_path / "images").mkdir()
    for number in range(MAX_CLASSES + 1):
        Image.new("L", (1, 1)).save(tmp_path / "images" / f"{number}.png")
    rows = "".join(f"{number},name{number}\n" for number in range(MAX_CLASSES + 1))
    write(tmp_path, f"image,label\n{rows}")
    with pytest.raises(DataError, match="1001 different labels"):
        load_dataset(tmp_path)


@settings(max_examples=100, deadline=None)
@given(data=st.one_of(st.binary(max_size=400), st.text(max_size=400).map(str.encode)))
def test_any_bytes_give_a_table_or_a_data_error(tmp_path_factory, data):
    path = write(tmp_path_factory.getbasetemp(), data, "any.csv")
    try:
        table = read_table(path)
    except DataError as error:
        assert str(error).startswith("any.csv")  # noqa: PT017 - either end is right
        return
    assert isinstance(table, Table)
    assert {len(row) for row in table.rows} == {len(table.header)}


CELL = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=20
)


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(st.tuples(CELL, CELL), min_size=1, max_size=8),
    delimiter=st.sampled_from([",", ";", "\t"]),
)
def test_what_is_written_is_read_back_the_same(tmp_path_factory, rows, delimiter):
    path = tmp_path_factory.getbasetemp() / "round.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(["image", "label"])
        writer.writerows([defuse(cell) for cell in row] for row in rows)
    table = read_table(path)
    assert table.delimiter == delimiter
    assert [tuple(undefuse(cell) for cell in row) for row in table.rows] == rows


@given(cell=st.one_of(CELL, st.sampled_from(FORMULAS), st.text("'=+-@1 \t", max_size=6)))
def test_defused_cells_start_harmlessly_and_come_back(cell):
    safe = defuse(cell)
    assert undefuse(safe) == cell
    if safe[:1] in tuple("=+-@\t\r\n＝＋－＠") and safe:
        float(safe)
