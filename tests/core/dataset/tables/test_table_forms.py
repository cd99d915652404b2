"""Tables as datasets publish them come in through the command line and go out in their form."""

from __future__ import annotations

import csv
import json
from dataclasses import replace

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

from qmix_core.cli.main import main
from qmix_core.dataset.dataset import TableOptions, load_dataset
from qmix_core.dataset.tables.table import read_table
from qmix_core.project.operations.accept_changes import add_images
from qmix_core.project.operations.file_scan import dataset_state

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
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    with out.open(newline="", encoding="utf-8-sig") as file:
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
    assert labels_of(dataset) == {"a b.png": "0", "c.png": "2", "d.png": ""}
    assert dataset.classes == ("0", "2")
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


def test_the_form_of_a_plain_table_is_what_older_versions_read(table_dataset, tmp_path):
    with project_of(table_dataset, tmp_path / "p.qmix") as project:
        told = json.loads(project.form.to_json())
        assert type(project.form).from_json(project.form.to_json()) == project.form
    assert set(told) == {"header", "delimiter", "image_column", "label_column"}


def test_a_form_from_elsewhere_that_points_outside_its_header_is_refused(project):
    with pytest.raises(ValueError, match="no form"):
        type(project.form).from_json(replace(project.form, patient_column=7).to_json())
