"""Workbooks come in as a person sees them; damaged and crafted ones are refused by name."""

from __future__ import annotations

import builtins
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from table_files import export, labels_of, make_images, make_sheet, project_of, relabel

from qmix_core.base.errors import DataError
from qmix_core.cli.main import main
from qmix_core.dataset.dataset import TableOptions, load_dataset
from qmix_core.dataset.tables.table import read_table
from qmix_core.dataset.tables.workbook import MAX_UNPACKED


def test_a_workbook_shows_numbers_and_ids_as_a_person_sees_them(tmp_path):
    path = make_sheet(
        tmp_path / "t.xlsx",
        [
            ["id", "padded", "level", "mm", "empty "],
            ["007", 7, 1.0, 0.1 + 0.2, None],
            [],
            ["008", 8, 2, 5, None],
        ],
    )
    book = openpyxl.load_workbook(path)
    for row in (2, 4):
        book.active.cell(row, 2).number_format = "0000"
    book.save(path)
    table = read_table(path)
    assert table.header == ("id", "padded", "level", "mm", "empty ")
    assert table.rows == (("007", "0007", "1", "0.3", ""), ("008", "0008", "2", "5", ""))
    assert table.numbers == (2, 3, 4)


def test_a_workbook_goes_out_as_a_workbook_or_as_csv_with_the_values_it_had(capsys, tmp_path):
    make_images(tmp_path / "in", ["007.png", "008.png", "9.png"])
    path = make_sheet(
        tmp_path / "in" / "t.xlsx",
        [["note"]],
        [["id", "level", "age"], ["007", 0, 50.5], ["008", 1, 61], ["9", 1, 7]],
    )
    options = TableOptions(sheet="Sheet2")
    with project_of(path, tmp_path / "p.qmix", options) as project:
        relabel(project, "008.png", "0")
        sheet = export(capsys, project, tmp_path / "out.xlsx")
        text = export(capsys, project, tmp_path / "out.csv")
    rows = list(openpyxl.load_workbook(sheet).active.iter_rows(values_only=True))
    assert rows[0][:4] == ("id", "level", "age", "original_label")
    assert rows[1][:4] == ("007", 0, 50.5, 0)
    assert rows[2][:4] == ("008", 0, 61, 1)
    assert text.read_text().splitlines()[2].startswith("008,0,61,1,")
    assert (
        labels_of(load_dataset(sheet, options=TableOptions(images=tmp_path / "in")))["008.png"]
        == "0"
    )


def test_no_cell_of_a_workbook_is_a_formula(capsys, tmp_path):
    make_images(tmp_path / "in", ["=1+1.png", "b.png"])
    table = tmp_path / "in" / "t.csv"
    table.write_text("image,label\n'=1+1.png,0\nb.png,1\n")
    with project_of(table, tmp_path / "p.qmix") as project:
        out = export(capsys, project, tmp_path / "out.xlsx")
    cell = openpyxl.load_workbook(out).active["A2"]
    assert cell.data_type == "s"


def test_an_unknown_sheet_lists_those_there_are(capsys, tmp_path):
    path = make_sheet(tmp_path / "t.xlsx", [["image", "label"]], [["a"]])
    assert main(["check", str(path), "--sheet", "labels"]) == 2
    assert "Sheet1, Sheet2" in capsys.readouterr().err


def test_without_openpyxl_the_sentence_names_what_to_install(tmp_path, monkeypatch):
    path = make_sheet(tmp_path / "t.xlsx", [["image", "label"]])
    real = builtins.__import__

    def without(name, *arguments, **options):
        if name.partition(".")[0] == "openpyxl":
            raise ImportError(name)
        return real(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(DataError, match=r"t\.xlsx .* pip install 'qmix-gui\[xlsx\]'"):
        read_table(path)


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x05\x06" + b"\0" * 18, b"x" * 100])
def test_what_is_no_workbook_is_refused_by_name(tmp_path, data):
    (tmp_path / "t.xlsx").write_bytes(data)
    with pytest.raises(DataError, match=r"t\.xlsx is no intact XLSX"):
        read_table(tmp_path / "t.xlsx")


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = make_sheet(tmp_path / "t.xlsx", [["image", "label"], ["a", 0]])
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/media/bomb.bin", "w") as member,
    ):
        for _ in range(MAX_UNPACKED // 1_000_000 + 1):
            member.write(bytes(1_000_000))
    with pytest.raises(DataError, match="400 MB unpacked"):
        read_table(path)


@settings(max_examples=60, deadline=None)
@given(place=st.floats(0, 1, exclude_max=True), value=st.integers(0, 255))
def test_a_damaged_workbook_gives_a_table_or_a_data_error(tmp_path_factory, place, value):
    path = make_sheet(tmp_path_factory.getbasetemp() / "d.xlsx", [["image", "label"], ["a", 0]])
    data = bytearray(path.read_bytes())
    data[int(place * len(data))] = value
    path.write_bytes(data)
    try:
        table = read_table(path)
    except DataError as error:
        assert str(error).startswith("d.xlsx")  # noqa: PT017 - either end is right
    else:
        assert {len(row) for row in table.rows} == {len(table.header)}


def rewrite_sheet(path, change):
    """Pass the XML of the first sheet through a function."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    members[name] = change(members[name].decode()).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for member, data in members.items():
            archive.writestr(member, data)


def test_entities_that_grow_are_not_expanded(tmp_path):
    path = make_sheet(tmp_path / "t.xlsx", [["image", "label"], ["a", 0]])
    lols = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE w [<!ENTITY l0 "lol">{lols}]>'

    def grow(xml):
        return f'<?xml version="1.0"?>{bomb}' + xml.replace("<v>0</v>", "<v>&l9;</v>")

    rewrite_sheet(path, grow)
    with pytest.raises(DataError, match="no intact XLSX"):
        read_table(path)


@pytest.mark.parametrize("cell", ["A99999999999", "ZZZ3"])
def test_a_sheet_that_claims_to_be_huge_is_refused(tmp_path, cell):
    path = make_sheet(tmp_path / "t.xlsx", [["image", "label"], ["a", 0]])
    row = "".join(filter(str.isdigit, cell))
    crafted = f'<row r="{row}"><c r="{cell}"><v>1</v></c></row></sheetData>'
    rewrite_sheet(path, lambda xml: xml.replace("</sheetData>", crafted))
    with pytest.raises(DataError, match="rows or 1,000 columns"):
        read_table(path)
