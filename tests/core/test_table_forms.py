"""Tables as datasets publish them come in through the command line and go out in their form."""

from __future__ import annotations

import builtins
import csv
import json
import zipfile
from dataclasses import replace

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from qmix_core.cli import main
from qmix_core.data.dataset import TableOptions, load_dataset
from qmix_core.data.preflight import check_dataset
from qmix_core.data.spreadsheet import MAX_UNPACKED
from qmix_core.data.table import read_table
from qmix_core.errors import DataError
from qmix_core.project.data_state import dataset_state
from qmix_core.project.decisions import NewDecision
from qmix_core.project.store import Project
from qmix_core.project.take_in import add_images
from qmix_core.types import Action


def make_images(folder, names):
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(len(names))
    for name in names:
        Image.fromarray(rng.integers(0, 256, (64, 64, 3), dtype=np.uint8)).save(folder / name)


def make_sheet(path, *sheets):
    """A workbook of sheets, each a list of rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, start=1):
        page = book.create_sheet(f"Sheet{number}")
        for row in rows:
            page.append(row)
    book.save(path)
    return path


def labels_of(dataset):
    return {sample.image.rpartition("/")[2]: sample.label for sample in dataset.samples}


def problem_texts(dataset, kind):
    return [problem.text for problem in dataset.problems if problem.kind == kind]


def check_json(capsys, *arguments):
    code = main(["check", *map(str, arguments), "--json"])
    out, err = capsys.readouterr()
    assert code == 0, err
    return json.loads(out)


def project_of(path, folder, options=None):
    return Project.create(folder, check_dataset(load_dataset(path, options=options)).dataset)


def relabel(project, image, label):
    project.decide_all([NewDecision(image, Action.RELABEL, label=label)], reviewer="Dr. A")


def export(capsys, project, out, what="cleaned"):
    assert main(["export", str(project.folder), "--what", what, "--out", str(out)]) == 0
    capsys.readouterr()
    return out


# -- text -------------------------------------------------------------------------------------


def test_decimal_commas_quoted_newlines_and_delimiters_come_back_untouched(capsys, tmp_path):
    make_images(tmp_path / "in", ["001.png", "002.png"])
    table = tmp_path / "in" / "t.csv"
    table.write_bytes(
        '\ufeff"Name, erster";image;level;mm;note\r\n'
        'a;001;0;1,50;"two\r\nlines; ""so"""\r\n'
        "b;002;1;2,25;\r\n".encode()
    )
    with project_of(table, tmp_path / "p.qmix") as project:
        out = export(capsys, project, tmp_path / "out.csv")
    with out.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert rows[0][:5] == ["Name, erster", "image", "level", "mm", "note"]
    assert rows[1][:5] == ["a", "001", "0", "1,50", 'two\r\nlines; "so"']
    assert rows[2][:5] == ["b", "002", "1", "2,25", ""]


def test_a_script_for_aptos_reads_the_cleaned_table_as_it_read_the_first(capsys, tmp_path):
    names = ["000c1434d8d7", "0097f532ac9f", "1e-3", "00012"]
    make_images(tmp_path / "in" / "train_images", [f"{name}.png" for name in names])
    table = tmp_path / "in" / "train.csv"
    table.write_text("id_code,diagnosis\n" + "".join(f"{n},{i % 2}\n" for i, n in enumerate(names)))

    def script(path):
        with path.open() as file:
            return {row["id_code"]: int(row["diagnosis"]) for row in csv.DictReader(file)}

    before = script(table)
    with project_of(table, tmp_path / "p.qmix") as project:
        relabel(project, "train_images/1e-3.png", "1")
        after = script(export(capsys, project, tmp_path / "cleaned.csv"))
    assert list(after) == list(before)
    assert after == before | {"1e-3": 1}


def test_the_columns_of_idrid_with_blanks_and_empty_ends_stay_as_they_are(capsys, tmp_path):
    make_images(tmp_path / "in", ["IDRiD_001.jpg", "IDRiD_002.jpg"])
    table = tmp_path / "in" / "a. Training.csv"
    header = ["Image name", "Retinopathy grade", "Risk of macular edema ", "", ""]
    table.write_text(",".join(header) + "\nIDRiD_001,3,2,,\nIDRiD_002,0,1,,\n")
    assert check_json(capsys, table)["classes"] == {"0": 1, "3": 1}
    with project_of(table, tmp_path / "p.qmix") as project:
        out = export(capsys, project, tmp_path / "out.csv")
    with out.open(newline="") as file:
        assert next(csv.reader(file))[:5] == header


def test_ungradable_rows_of_messidor_are_listed_apart(tmp_path):
    make_images(tmp_path, ["a b.png", "c.png", "d.png", "extra.png"])
    table = tmp_path / "messidor_data.csv"
    table.write_text(
        "image_id,adjudicated_dr_grade,adjudicated_dme,adjudicated_gradable\n"
        "a b.png,0,0,1\nc.png,2,1,1\nd.png,,,0\n"
    )
    dataset = load_dataset(table)
    assert labels_of(dataset) == {"a b.png": "0", "c.png": "2"}
    assert ["d.png" in text for text in problem_texts(dataset, "unlabelled")] == [True]
    unlisted = problem_texts(dataset, "unlisted")
    assert len(unlisted) == 1
    assert "extra.png" in unlisted[0]
    assert "d.png" not in unlisted[0]


def test_ddr_without_a_header_comes_in_and_goes_out_in_its_two_columns(capsys, tmp_path):
    names = ["007-0004-000.jpg", "eye 2.jpg", "007-0006-000.jpg"]
    make_images(tmp_path / "in" / "train", names)
    table = tmp_path / "in" / "train.txt"
    table.write_text("007-0004-000.jpg 0\neye 2.jpg 4\n007-0006-000.jpg 5\n")
    report = check_json(capsys, table)
    assert report["classes"] == {"0": 1, "4": 1, "5": 1}
    assert "--leave-out 5" in next(
        p["text"] for p in report["problems"] if p["kind"] == "ungradable"
    )
    assert check_json(capsys, table, "--leave-out", "5")["classes"] == {"0": 1, "4": 1}
    options = TableOptions(leave_out=("5",))
    with project_of(table, tmp_path / "p.qmix", options) as project:
        relabel(project, "train/eye 2.jpg", "0")
        out = export(capsys, project, tmp_path / "train.txt")
        scores = export(capsys, project, tmp_path / "scores.csv", "scores")
        assert out.read_text() == "007-0004-000.jpg 0\neye 2.jpg 0\n"
        assert scores.read_text().startswith("image,label,original_label,")


def test_a_csv_without_a_header_keeps_its_first_image(tmp_path):
    make_images(tmp_path, ["a.png", "b.png"])
    (tmp_path / "t.csv").write_text("a.png,0\nb.png,1\n")
    assert labels_of(load_dataset(tmp_path)) == {"a.png": "0", "b.png": "1"}


@pytest.mark.parametrize(
    "header",
    ["image,level", "image_id,adjudicated_dr_grade", "id_code,diagnosis", "File Name,Label"],
)
def test_usual_names_of_columns_are_found(tmp_path, header):
    make_images(tmp_path, ["10_left.jpeg", "10_right.jpeg"])
    (tmp_path / "t.csv").write_text(f"{header}\n10_left,0\n10_right,moderate\n")
    assert labels_of(load_dataset(tmp_path)) == {"10_left.jpeg": "0", "10_right.jpeg": "moderate"}


def test_a_table_whose_rows_have_no_label_is_not_said_to_miss_its_images(capsys, tmp_path):
    make_images(tmp_path, ["a.png", "b.png"])
    (tmp_path / "t.csv").write_text("image,label\na,\nb,\n")
    assert main(["check", str(tmp_path / "t.csv")]) == 2
    assert "No labelled image was found" in capsys.readouterr().err


def test_a_split_can_be_chosen_and_is_told(capsys, tmp_path):
    make_images(tmp_path, ["a.png", "b.png", "c.png"])
    table = tmp_path / "t.csv"
    table.write_text("image,label,fold_name\na,0,train\nb,1,train\nc,1,test\n")
    chosen = ("--split-column", "fold_name")
    assert check_json(capsys, table, *chosen)["images"] == 3
    report = check_json(capsys, table, *chosen, "--split", "train")
    assert report["images"] == 2
    assert [p["kind"] for p in report["problems"] if "test 1" in p["text"]] == ["split"]
    assert not [p for p in report["problems"] if p["kind"] == "unlisted"]
    assert main(["check", str(table), *chosen, "--split", "val"]) == 2
    assert "test, train" in capsys.readouterr().err


# -- one row per patient ----------------------------------------------------------------------

ODIR = (
    "ID,Patient Age,Patient Sex,Left-Fundus,Right-Fundus,Left-Diagnostic Keywords,"
    "Right-Diagnostic Keywords,N,D,G,C,A,H,M,O\n"
    '1,57,Male,1_left.jpg,1_right.jpg,normal fundus,"glaucoma，cataract",0,0,1,1,0,0,0,0\n'
    "2,60,Female,2_left.jpg,2_right.jpg,glaucoma,suspected glaucoma,0,0,1,0,0,0,0,0\n"
    "3,61,Female,3_left.jpg,3_right.jpg,normal fundus,normal fundus,1,0,0,0,0,0,0,0\n"
)


@pytest.fixture
def odir(tmp_path):
    make_images(
        tmp_path / "odir" / "images",
        [f"{n}_{side}.jpg" for n in (1, 2, 3) for side in ("left", "right")],
    )
    (tmp_path / "odir" / "data.csv").write_text(ODIR, encoding="utf-8")
    return tmp_path / "odir" / "data.csv"


def test_odir_gives_both_eyes_of_a_patient_for_the_chosen_disease(capsys, odir):
    assert main(["check", str(odir)]) == 2
    assert "N, G, C with --target" in capsys.readouterr().err
    dataset = load_dataset(odir, options=TableOptions(target="G"))
    assert labels_of(dataset) == {
        "1_left.jpg": "0", "1_right.jpg": "1", "2_left.jpg": "1", "2_right.jpg": "1",
        "3_left.jpg": "0", "3_right.jpg": "0",
    }  # fmt: skip
    assert "for 1 patients both eyes" in problem_texts(dataset, "per_patient")[0]
    healthy = load_dataset(odir, options=TableOptions(target="N"))
    assert labels_of(healthy)["1_left.jpg"] == "1"
    assert labels_of(healthy)["1_right.jpg"] == "0"
    assert check_json(capsys, odir, "--target", "G")["classes"] == {"0": 3, "1": 3}


def test_the_row_of_a_missing_eye_is_the_one_in_the_file(odir):
    (odir.parent / "images" / "2_right.jpg").unlink()
    dataset = load_dataset(odir, options=TableOptions(target="G"))
    assert "row 3: image '2_right.jpg'" in problem_texts(dataset, "missing")[0]


def test_cleaned_odir_has_a_row_for_each_eye_and_comes_in_again(capsys, odir, tmp_path):
    with project_of(odir, tmp_path / "p.qmix", TableOptions(target="G")) as project:
        relabel(project, "images/2_left.jpg", "0")
        out = export(capsys, project, tmp_path / "cleaned.csv")
    again = load_dataset(out, options=TableOptions(images=odir.parent))
    assert labels_of(again)["2_left.jpg"] == "0"
    assert labels_of(again)["2_right.jpg"] == "1"
    assert again.table.header[:15] == read_table(odir).header


def test_new_rows_are_read_with_the_options_the_project_was_made_with(odir, tmp_path):
    with project_of(odir, tmp_path / "p.qmix", TableOptions(target="G")) as project:
        make_images(odir.parent / "images", ["4_left.jpg", "4_right.jpg"])
        odir.write_text(
            ODIR + "4,50,Male,4_left.jpg,4_right.jpg,normal fundus,glaucoma,0,0,1,0,0,0,0,0\n"
        )
        state = dataset_state(project)
        assert add_images(project, state) == 2
        labels = {sample.image: sample.label for sample in project.samples}
    assert labels["images/4_left.jpg"] == "0"
    assert labels["images/4_right.jpg"] == "1"


# -- spreadsheets -----------------------------------------------------------------------------


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


def test_the_form_of_a_plain_table_is_what_older_versions_read(table_dataset, tmp_path):
    with project_of(table_dataset, tmp_path / "p.qmix") as project:
        told = json.loads(project.form.to_json())
        assert type(project.form).from_json(project.form.to_json()) == project.form
    assert set(told) == {"header", "delimiter", "image_column", "label_column"}


def test_a_form_from_elsewhere_that_points_outside_its_header_is_refused(project):
    with pytest.raises(ValueError, match="no form"):
        type(project.form).from_json(replace(project.form, patient_column=7).to_json())
