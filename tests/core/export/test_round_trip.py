"""What goes out comes in again as the same dataset, and goes out again as the same bytes."""

from __future__ import annotations

import csv
import io
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from table_files import export, make_images, make_sheet, project_of, relabel

from qmix_core.base.errors import ProjectError
from qmix_core.base.types import Action
from qmix_core.dataset.dataset import TableOptions, load_dataset
from qmix_core.dataset.tables.table import read_table
from qmix_core.dataset.tables.text_dialect import BOMS
from qmix_core.export.tables import export_table
from qmix_core.project.operations.accept_changes import record_state
from qmix_core.project.operations.class_changes import ClassChange, change_class
from qmix_core.project.operations.file_scan import dataset_state
from qmix_core.project.store import ProjectStore

TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8
) | st.sampled_from(["=1+1", "'=1+1", "''=x", "-5", "'-5", "0012", "1,5", 'a "b"', "a\r\nb", "\r"])
NAMES = st.lists(
    st.from_regex(r"[a-z0-9=+'][a-z0-9 _;,\-]{0,6}[a-z0-9]", fullmatch=True),
    min_size=2,
    max_size=5,
    unique=True,
)
_numbers = count()


def samples_of(project):
    return [(sample.image, sample.label) for sample in project.samples]


def given_bytes(path, columns):
    """The columns of the input as they stand in the file, without those that were added."""
    data = path.read_bytes()
    table = read_table(path)
    text = data.removeprefix(BOMS[table.text.encoding]).decode(
        table.text.encoding.removesuffix("-sig")
    )
    # cells as written, quotes included
    rows, cell, row, in_quotes = [], "", [], False
    for character in text:
        in_quotes ^= character == '"'
        if not in_quotes and character == table.delimiter:
            row.append(cell)
            cell = ""
        elif not in_quotes and character in "\r\n":
            if row:
                rows.append([*row, cell][:columns])
            cell, row = "", []
        else:
            cell += character
    return rows


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_text_table_goes_out_as_it_came_and_comes_in_the_same(tmp_path_factory, data):
    names = data.draw(NAMES)
    id_form = data.draw(st.sampled_from(["id", "name", "path"]))
    delimiter = data.draw(st.sampled_from(",;\t"))
    encoding = data.draw(st.sampled_from(sorted(BOMS)))
    newline = data.draw(st.sampled_from(["\r\n", "\n", "\r"]))
    extra = data.draw(st.integers(0, 2))
    labels = [data.draw(st.sampled_from(["0", "1", "=a", " 2 "])) for _ in names]
    labels[:2] = ["0", "mild; NPDR"]
    folder = tmp_path_factory.getbasetemp() / f"round-trip-{next(_numbers)}"
    for name in names:
        (folder / "in" / "images").mkdir(parents=True, exist_ok=True)
        (folder / "in" / "images" / f"{name}.png").write_bytes(name.encode())
    ids = {"id": "{}", "name": "{}.png", "path": "images/{}.png"}[id_form]
    rows = [["id_code", *(f"x{n}{delimiter}" for n in range(extra)), "diagnosis"]] + [
        [ids.format(name), *(data.draw(TEXT) for _ in range(extra)), label]
        for name, label in zip(names, labels, strict=True)
    ]
    text = io.StringIO(newline="")
    # the csv module leaves a lone CR bare before Python 3.13
    has_breaks = any("\r" in cell or "\n" in cell for row in rows for cell in row)
    quoting = csv.QUOTE_ALL if has_breaks or data.draw(st.booleans()) else csv.QUOTE_MINIMAL
    csv.writer(text, delimiter=delimiter, lineterminator=newline, quoting=quoting).writerows(rows)
    raw = text.getvalue()
    table = folder / "in" / "t.csv"
    table.write_bytes(BOMS[encoding] + raw.encode(encoding.removesuffix("-sig")))
    assert read_table(table).rows == tuple(map(tuple, rows[1:]))

    once, twice = folder / "once.csv", folder / "twice.csv"
    width = len(rows[0])
    with ProjectStore.create(folder / "p.qmix", load_dataset(table)) as project:
        export_table(project, "cleaned", once)
        first = samples_of(project)
    # the harmless cells are as they were, the others have an apostrophe
    came, went = read_table(table), read_table(once)
    assert went.text.delimiter == delimiter
    assert (went.text.encoding, went.text.newline) == (encoding, newline)
    for before, after in zip(came.rows, went.rows, strict=True):
        for old, new in zip(before, after[:width], strict=True):
            assert new in (old, f"'{old}")
    options = TableOptions(images=folder / "in")
    with ProjectStore.create(folder / "q.qmix", load_dataset(once, options=options)) as project:
        export_table(project, "cleaned", twice)
        assert samples_of(project) == first
    assert given_bytes(twice, width) == given_bytes(once, width)


def files_of(folder, names):
    make_images(folder, names)
    return folder


def eyes(folder: Path) -> Path:
    return files_of(folder, ["007.png", "b 2.png", "c.png"])


FORMS = {
    "quotes around everything": '"image","level"\n"007","0"\n"b 2","1"\n"c","1"\n',
    "quotes around texts, as R writes": '"image","level"\n"007",0\n"b 2",1\n"c",1\n',
    "UTF-16 with semicolons": "﻿image;level;größe\r\n007;0;1,5\r\nb 2;1;\r\nc;1;2\r\n",
    "BOM": "﻿image,level\r\n007,0\r\nb 2,1\r\nc,1\r\n",
    "Messidor with a blank grade": (
        "image_id,adjudicated_dr_grade,adjudicated_dme\n007.png,0,\nb 2.png,,\nc.png,1,0\n"
    ),
    "blanks around names and empty columns": "Image name,grade ,,\n007,0,,\nb 2,1,,\nc,1,,\n",
    "paths, tabs and a lone CR": "image\tlabel\r007.png\t0\r./b 2.png\t1\rC.PNG\t1\r",
}


@pytest.mark.parametrize("form", FORMS)
def test_a_form_goes_out_byte_for_byte_but_for_what_was_left_out(capsys, tmp_path, form):
    codec = "utf-16-le" if form.startswith("UTF-16") else "utf-8"
    eyes(tmp_path / "in")
    table = tmp_path / "in" / "t.csv"
    table.write_bytes(FORMS[form].encode(codec))
    with project_of(table, tmp_path / "p.qmix") as project:
        out = export(capsys, project, tmp_path / "out.csv")
    width = len(read_table(table).header)
    assert given_bytes(out, width) == given_bytes(table, width)


def test_labels_without_a_header_go_out_byte_for_byte(capsys, tmp_path):
    eyes(tmp_path / "in")
    table = tmp_path / "in" / "train.txt"
    table.write_bytes(b"007.png 0\nb 2.png 1\nc.png 1\n")
    with project_of(table, tmp_path / "p.qmix") as project:
        out = export(capsys, project, tmp_path / "out.txt")
    assert out.read_bytes() == table.read_bytes()


def test_a_class_renamed_with_a_blank_does_not_break_labels_between_blanks(tmp_path):
    eyes(tmp_path / "in")
    table = tmp_path / "in" / "train.txt"
    table.write_bytes(b"007.png 0\nb 2.png 1\nc.png 1\n")
    with project_of(table, tmp_path / "p.qmix") as project:
        change_class(project, ClassChange(Action.RENAME_CLASS, "0", "no DR"), reviewer="Dr. A")
        with pytest.raises(ProjectError, match="'no DR' has a blank"):
            export_table(project, "cleaned", tmp_path / "out.txt")


def test_a_workbook_comes_in_again_as_it_went_out(capsys, tmp_path):
    eyes(tmp_path / "in")
    rows = [
        ["id", "level", "x", "text"],
        ["007", 0, 0.0000001, "'=1"],
        ["b 2", 1, 5, "'-"],
        ["c", 1, None, "a"],
    ]
    table = make_sheet(tmp_path / "in" / "t.xlsx", rows)
    outs = []
    for number in (1, 2):
        options = TableOptions(images=tmp_path / "in")
        with project_of(table, tmp_path / f"{number}.qmix", options) as project:
            table = export(capsys, project, tmp_path / f"{number}.xlsx")
            outs.append((samples_of(project), [row[:4] for row in read_table(table).rows]))
    assert read_table(table).sheet == "Sheet1"
    assert outs[0] == outs[1]
    assert outs[0][1][0] == ("007", "0", "1e-07", "'=1")


def test_class_folders_come_in_again_from_their_table(capsys, project, tmp_path):
    out = export(capsys, project, tmp_path / "out.csv")
    again = load_dataset(out, options=TableOptions(images=project.root))
    assert [(s.image, s.label) for s in again.samples] == samples_of(project)


def test_a_corrected_label_is_all_that_changes(capsys, tmp_path):
    eyes(tmp_path / "in")
    table = tmp_path / "in" / "t.csv"
    table.write_bytes(FORMS["quotes around texts, as R writes"].encode())
    with project_of(table, tmp_path / "p.qmix") as project:
        relabel(project, "c.png", "0")
        out = export(capsys, project, tmp_path / "out.csv")
    assert given_bytes(out, 2)[1:] == [['"007"', "0"], ['"b 2"', "1"], ['"c"', "0"]]


@pytest.mark.parametrize(
    ("cell", "new"), [("c", "d"), ("c.png", "d.png"), ("images/c.png", "images/d.png")]
)
def test_an_image_that_was_renamed_has_its_new_name_in_the_old_form(capsys, tmp_path, cell, new):
    eyes(tmp_path / "in" / "images")
    table = tmp_path / "in" / "t.csv"
    table.write_text(f"image,level\n007,0\n{cell},1\n")
    with project_of(table, tmp_path / "p.qmix") as project:
        (tmp_path / "in" / "images" / "c.png").rename(tmp_path / "in" / "images" / "d.png")
        record_state(project, dataset_state(project))
        out = export(capsys, project, tmp_path / "out.csv")
    assert given_bytes(out, 2)[1:] == [["007", "0"], [new, "1"]]
    assert len(load_dataset(out, options=TableOptions(images=tmp_path / "in")).samples) == 2


def test_the_table_that_came_in_is_never_written_over(tmp_path):
    eyes(tmp_path / "images")
    table = tmp_path / "labels.csv"
    table.write_bytes(FORMS["BOM"].encode())
    before = table.read_bytes()
    options = TableOptions(images=tmp_path / "images")
    with project_of(table, tmp_path / "p.qmix", options) as project:
        for out in (table, tmp_path / "p.qmix" / "x.csv", tmp_path / "images" / "x.csv"):
            with pytest.raises(ProjectError, match="choose another"):
                export_table(project, "cleaned", out)
    assert table.read_bytes() == before
