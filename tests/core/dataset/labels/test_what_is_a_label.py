"""What a label cell means: no label, a number, several labels, one spelling of a class of many."""

from __future__ import annotations

import csv
import unicodedata

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

from qmix_core.base.cancellation import Control
from qmix_core.base.errors import DataError, ProjectError
from qmix_core.base.types import Action
from qmix_core.cli.main import main
from qmix_core.dataset.dataset import TableOptions, load_dataset
from qmix_core.dataset.labels.class_scale import ClassScale, find_scale
from qmix_core.dataset.labels.label_values import class_of_labels, sort_classes, spelt_alike
from qmix_core.preflight.check import check_dataset
from qmix_core.project.operations.apply import create_decided, merge_spellings
from qmix_core.project.storage.decision_log import NewDecision
from qmix_core.project.store import ProjectStore
from qmix_core.workflow.training_images import training_set


def table_of(folder, labels, header="image,label"):
    make_images(folder, [f"{number}.png" for number in range(len(labels))])
    rows = "".join(f"{number}.png,{label}\n" for number, label in enumerate(labels))
    (folder / "labels.csv").write_text(f"{header}\n{rows}", encoding="utf-8")
    return folder / "labels.csv"


@pytest.mark.parametrize(
    "cell", ["", " ", "nan", "NaN", "NA", "N/A", "n/a", "None", "null", "NULL", "#N/A", "?", "-"]
)
def test_a_cell_without_a_value_is_no_label(tmp_path, cell):
    dataset = load_dataset(table_of(tmp_path, ["0", "1", cell]))
    assert dataset.classes == ("0", "1")
    assert "2.png" in problem_texts(dataset, "unlabelled")[0]


def test_none_is_a_grade_among_grades():
    assert class_of_labels(["None", "Mild", "nan"]) == {"None": "None", "Mild": "Mild", "nan": ""}


def test_one_number_in_two_forms_is_one_class_and_is_written_back_as_it_came(capsys, tmp_path):
    table = table_of(tmp_path / "in", ["0", "0.0", "0", "1.0", "1.0", "1"])
    with project_of(table, tmp_path / "p.qmix") as project:
        assert project.classes.names == ("0", "1.0")
        relabel(project, "0.png", "1.0")
        out = export(capsys, project, tmp_path / "cleaned.csv")
    with out.open(newline="") as file:
        cells = [row["label"] for row in csv.DictReader(file)]
    assert cells == ["1.0", "0.0", "0", "1.0", "1.0", "1"]
    assert problem_texts(load_dataset(table), "joined_numbers")


def test_names_that_differ_in_case_blanks_or_unicode_form_are_spelt_alike():
    nfd = unicodedata.normalize("NFD", "Früh")
    names = ["Normal", "normal", "DR ", "DR", "Früh", nfd, "No_DR", "No DR", "01", "1", "2", "12"]
    assert {frozenset(group) for group in spelt_alike(names)} == {
        frozenset({"Normal", "normal"}), frozenset({"DR ", "DR"}), frozenset({"Früh", nfd}),
        frozenset({"No_DR", "No DR"}), frozenset({"01", "1"}),
    }  # fmt: skip


def test_spellings_are_merged_when_asked_and_that_can_be_undone(capsys, tmp_path):
    table = table_of(tmp_path / "in", ["Normal", "Normal", "normal", "DR", "DR", "AMD"])
    said = check_json(capsys, table, "--merge-spellings")
    assert said["merged"] == {"normal": "Normal"}
    assert [p["kind"] for p in said["problems"] if "--merge-spellings" in p["text"]] == ["spelling"]
    dataset = check_dataset(load_dataset(table)).dataset
    create_decided(tmp_path / "p.qmix", dataset, merge_spellings(dataset), reviewer="Dr. A")
    with ProjectStore.open(tmp_path / "p.qmix") as project:
        assert project.classes.names == ("AMD", "DR", "Normal")
        out = export(capsys, project, tmp_path / "cleaned.csv")
        with out.open(newline="") as file:
            rows = list(csv.DictReader(file))
        assert (rows[2]["label"], rows[2]["original_label"]) == ("Normal", "normal")
        project.decisions.undo(reviewer="Dr. A")
        assert project.classes.names == ("AMD", "DR", "Normal", "normal")


def test_merging_down_to_one_class_is_refused(capsys, tmp_path):
    table = table_of(tmp_path, ["Normal", "normal"])
    assert main(["check", str(table), "--merge-spellings"]) == 2
    assert "fewer than two classes remain" in capsys.readouterr().err


def test_several_labels_in_a_cell_are_told_and_one_can_be_taken(capsys, tmp_path):
    labels = ["normal", "DR", "AMD", "DR|AMD", "AMD|DR", "DR|HTN", "normal", "nan"]
    table = table_of(tmp_path / "in", labels)
    told = problem_texts(load_dataset(table), "several_labels")[0]
    assert "--target 'AMD'" in told
    assert "AMD, DR, HTN, normal" in told
    options = TableOptions(target="DR")
    dataset = load_dataset(table, options=options)
    assert labels_of(dataset) == {
        "0.png": "0", "1.png": "1", "2.png": "0", "3.png": "1", "4.png": "1", "5.png": "1",
        "6.png": "0", "7.png": "",
    }  # fmt: skip
    with project_of(table, tmp_path / "p.qmix", options) as project:
        relabel(project, "0.png", "1")
        out = export(capsys, project, tmp_path / "cleaned.csv")
    with out.open(newline="") as file:
        row = next(csv.DictReader(file))
    assert (row["label"], row["target_label"]) == ("normal", "1")


@pytest.mark.parametrize("sign", ["|", ";", "/"])
def test_a_sign_in_a_name_alone_is_no_list(tmp_path, sign):
    table = table_of(tmp_path, [f"AMD{sign}DR", f"AMD{sign}DR", "normal"], "image\tlabel")
    table.write_text(table.read_text().replace(",", "\t"))
    dataset = load_dataset(table)
    assert dataset.classes == (f"AMD{sign}DR", "normal")
    assert not problem_texts(dataset, "several_labels")


def test_columns_of_flags_are_offered_and_can_all_be_classes(capsys, tmp_path):
    make_images(tmp_path, ["0.png", "1.png", "2.png"])
    table = tmp_path / "t.csv"
    table.write_text("image,MEL,NV,BCC\n0,1,0,0\n1,0,1,0\n2,0,0,1\n")
    assert main(["check", str(table)]) == 2
    said = capsys.readouterr().err
    assert "--target MEL, or all as classes with --target MEL,NV,BCC" in said
    assert check_json(capsys, table, "--target", "MEL")["classes"] == {"0": 2, "1": 1}
    every = check_json(capsys, table, "--target", "MEL,NV,BCC")
    assert every["classes"] == {"BCC": 1, "MEL": 1, "NV": 1}
    with pytest.raises(DataError, match="no column 'XYZ' to choose with --target"):
        load_dataset(table, options=TableOptions(target="XYZ"))


def test_classes_are_in_natural_order():
    names = {f"stage {number}" for number in range(1, 13)}
    assert sort_classes(names) == tuple(f"stage {number}" for number in range(1, 13))
    assert sort_classes({"10", "2", "0", "b", "a"}) == ("0", "2", "10", "a", "b")


@pytest.mark.parametrize(
    ("classes", "order"),
    [
        (["4", "0", "2"], ("0", "2", "4")),
        (["0.0", "1.0", "2.0"], ("0.0", "1.0", "2.0")),
        (["Proliferate_DR", "No_DR", "Severe", "Mild", "Moderate"],
         ("No_DR", "Mild", "Moderate", "Severe", "Proliferate_DR")),
        (["PDR", "no apparent retinopathy", "mild NPDR"],
         ("no apparent retinopathy", "mild NPDR", "PDR")),
        (["late", "early", "intermediate"], ("early", "intermediate", "late")),
        (["normal", "dr"], None),
        (["amd", "cataract", "normal"], None),
    ],
)  # fmt: skip
def test_grades_are_found_by_their_names(classes, order):
    scale = find_scale(classes)
    assert (scale.order if scale.is_ordered else None) == order


def test_grades_of_retinopathy_are_called_by_their_scale_where_the_table_says_so(tmp_path):
    table = table_of(tmp_path, ["0", "1", "2"], "id_code,diagnosis")
    scale = load_dataset(table).scale
    assert scale.display("2") == "2 · Moderate NPDR"
    assert (scale.grade("0"), scale.grade("2")) == (0, 2)
    other = load_dataset(table_of(tmp_path, ["0", "1", "2"])).scale
    assert other.display("2") == "2"
    assert ClassScale.from_json(scale.to_json()) == scale


def test_the_scale_can_be_chosen_on_the_command_line(capsys, tmp_path):
    table = table_of(tmp_path, ["low", "bad", "high"])
    chosen = ("--class-order", "bad,low,high", "--class-name", "bad=Poor image")
    scale = check_json(capsys, table, *chosen)["scale"]
    assert scale["order"] == ["bad", "low", "high"]
    assert scale["is_ordered"] is True
    assert scale["names"] == [["bad", "Poor image"]]
    for wrong in (("--class-order", "bad,low"), ("--class-name", "best=x")):
        assert main(["check", str(table), *wrong]) == 2
    assert "bad, high, low" in capsys.readouterr().err


def test_an_image_without_a_label_can_be_given_one_and_keeps_its_cell_until_then(capsys, tmp_path):
    table = table_of(tmp_path / "in", ["a", "b", "a", "nan", "?"])
    report = check_json(capsys, table)
    assert report["classes"] == {"a": 2, "b": 1}
    assert [p["images"] for p in report["problems"] if p["kind"] == "unlabelled"] == [
        ["3.png", "4.png"]
    ]
    with project_of(table, tmp_path / "p.qmix") as project:
        assert project.classes.names == ("a", "b")
        relabel(project, "3.png", "b")
        confirm = NewDecision("4.png", Action.CONFIRM)
        with pytest.raises(ProjectError, match="came without a label"):
            project.decisions.decide_all([confirm], reviewer="Dr. A")
        trained = training_set(project, sink=lambda _: None, control=Control())
        assert [project.samples[at].image for at in trained.sample] == [
            "0.png", "1.png", "2.png", "3.png",
        ]  # fmt: skip
        out = export(capsys, project, tmp_path / "cleaned.csv")
        export(capsys, project, tmp_path / "folder", "folder")
    with out.open(newline="") as file:
        assert [row["label"] for row in csv.DictReader(file)] == ["a", "b", "a", "b", "?"]
    assert sorted(path.name for path in (tmp_path / "folder").iterdir()) == [
        "a",
        "b",
        "manifest.csv",
    ]


def test_a_row_with_a_label_counts_before_one_without(tmp_path):
    make_images(tmp_path, ["a.png", "b.png"])
    (tmp_path / "t.csv").write_text("image,label\na.png,\na.png,x\nb.png,y\n")
    assert labels_of(load_dataset(tmp_path / "t.csv")) == {"a.png": "x", "b.png": "y"}
