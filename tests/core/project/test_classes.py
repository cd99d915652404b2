"""Classes renamed, merged and deleted, through `qmix classes`, and what follows everywhere else."""

from __future__ import annotations

import csv
import json
from dataclasses import replace

import numpy as np
import pytest

from qmix_core.base.cancellation import Control
from qmix_core.base.errors import ProjectError
from qmix_core.base.types import Action, Status
from qmix_core.cli.main import main
from qmix_core.dataset.dataset import TableOptions, load_dataset
from qmix_core.engine.training_set import TrainingSet
from qmix_core.export.tables import export_table
from qmix_core.preflight.check import check_dataset
from qmix_core.project.operations.class_changes import (
    ChangePreview,
    ClassChange,
    ClassCount,
    change_class,
    class_counts,
    preview_change,
)
from qmix_core.project.storage.decision_log import NewDecision
from qmix_core.project.storage.journal import JOURNAL, read_rows
from qmix_core.project.store import DATABASE, ProjectStore
from qmix_core.runs.run_options import RunOptions
from qmix_core.workflow.training_images import training_set

RENAME, MERGE, DELETE = Action.RENAME_CLASS, Action.MERGE_CLASS, Action.DELETE_CLASS
GRADES = ("0", "1", "2")


@pytest.fixture
def graded(tmp_path, table_dataset):
    """A project of a table with three grades of four images each, `0000` to `0011`."""
    lines = table_dataset.read_text(encoding="utf-8").splitlines()
    rows = [line.rsplit(",", 1)[0] for line in lines[1:]]
    rows = [f"{row},{GRADES[number % 3]}" for number, row in enumerate(rows)]
    table_dataset.write_text("\n".join([lines[0], *rows, ""]), encoding="utf-8")
    dataset = check_dataset(load_dataset(table_dataset)).dataset
    with ProjectStore.create(tmp_path / "grades.qmix", dataset) as project:
        yield project


def change(project, action, name, new=""):
    return change_class(project, ClassChange(action, name, new), reviewer="Dr. Ü")


def decide(project, position, action, label=""):
    image = project.samples[position].image
    return project.decisions.decide(NewDecision(image, action, label=label), reviewer="Dr. Ü")


def review(project, position):
    return project.decisions.review(project.samples[position].image)


def add_run(project, make_results, suggested):
    results = replace(make_results(len(project.samples)), suggested=np.array(suggested))
    run = project.runs.begin(RunOptions(epochs=3).config(), device="cpu")
    project.runs.finish(run, status="done", results=results)
    return run


def suggested_names(project, run):
    codes = project.runs.results(run).suggested
    return [project.classes.names[code] if code >= 0 else None for code in codes]


def qmix(capsys, *arguments):
    code = main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return code, out, err


def table_of(path):
    with path.open(newline="", encoding="utf-8") as file:
        return {row["id_code"]: row for row in csv.DictReader(file)}


# -- the command line --------------------------------------------------------------------------


def test_the_command_lists_classes_with_their_images(graded, capsys):
    decide(graded, 0, Action.RELABEL, "2")
    decide(graded, 1, Action.EXCLUDE)
    code, out, _ = qmix(capsys, "classes", graded.folder, "--json")
    assert code == 0
    assert [tuple(entry.values()) for entry in json.loads(out)["classes"]] == [
        ("0", 4, 3),
        ("1", 4, 3),
        ("2", 4, 5),
    ]


def test_a_preview_counts_exactly_and_writes_nothing(graded, capsys):
    decide(graded, 0, Action.RELABEL, "1")
    decide(graded, 4, Action.EXCLUDE)
    rows = len(graded.decisions.all())
    code, out, _ = qmix(capsys, "classes", graded.folder, "--merge", "1", "2", "--preview")
    assert code == 0
    assert out.splitlines()[0] == (
        "5 images labelled '1' become '2' (1 of them excluded or to re-take already); "
        "1 decision names it."
    )
    assert "Nothing was changed." in out
    assert len(graded.decisions.all()) == rows


@pytest.mark.parametrize(
    ("options", "listed"),
    [
        (("--rename", "1", " mild "), ["0", "mild", "2"]),
        (("--merge", "1", "2"), ["0", "2"]),
        (("--delete", "1"), ["0", "2"]),
    ],
)
def test_the_command_changes_a_class_as_one_decision(graded, capsys, options, listed):
    graded.close()
    given = ("classes", graded.folder, *options, "--reviewer", "Dr. Ü")
    code, out, _ = qmix(capsys, *given, "--json")
    assert code == 0
    assert [entry["name"] for entry in json.loads(out)["classes"]] == listed
    with ProjectStore.open(graded.folder) as again:
        (row,) = again.decisions.all()
        assert (row.image, row.old_label, row.reviewer) == ("", "1", "Dr. Ü")
        assert list(again.classes.names) == listed
    assert main(["verify", str(graded.folder), "--quick"]) == 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--rename", "1", "2"), "There is a class '2' already"),
        (("--rename", "1", "  "), "The new name is empty"),
        (("--rename", "1", "a\nb"), "no name for a class"),
        (("--rename", "9", "x"), "'9' is no class"),
        (("--merge", "1", "1"), "cannot be merged into '1'"),
        (("--merge", "1", "9"), "cannot be merged into '9'"),
        (("--delete", "9"), "'9' is no class"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_changes_nothing(graded, capsys, options, words):
    code, _, err = qmix(capsys, "classes", graded.folder, *options, "--reviewer", "x")
    assert code == 2
    assert words in err
    assert err.count("\n") == 1
    assert graded.decisions.all() == []


def test_a_change_needs_a_reviewer_and_a_preview_a_change(graded, capsys):
    assert "--reviewer" in qmix(capsys, "classes", graded.folder, "--delete", "1")[2]
    assert "nothing to preview" in qmix(capsys, "classes", graded.folder, "--preview")[2]


def test_two_classes_are_left(graded):
    change(graded, DELETE, "0")
    for action, new in ((DELETE, ""), (MERGE, "2")):
        with pytest.raises(ProjectError, match="fewer cannot be trained on"):
            change(graded, action, "1", new)


def test_while_another_decides_nothing_is_changed(graded):
    graded.begin_review()
    with ProjectStore.open(graded.folder) as other:
        with pytest.raises(ProjectError, match="read-only"):
            change(other, DELETE, "0")
        assert other.classes.names == GRADES


def test_decisions_from_a_file_are_about_images_only(graded, tmp_path, capsys):
    file = tmp_path / "decisions.csv"
    file.write_text(f"image,action,label\n{graded.samples[0].image},rename_class,x\n")
    code, _, err = qmix(capsys, "apply", graded.folder, file, "--reviewer", "x")
    assert code == 2
    assert "row 2: 'rename_class' is about a class, not an image: use qmix classes" in err
    assert graded.decisions.all() == []


# -- the fold ----------------------------------------------------------------------------------


def test_names_may_be_swapped_and_each_image_follows_its_own_class(graded):
    decide(graded, 2, Action.RELABEL, "0")
    for name, new in (("0", "x"), ("1", "0"), ("x", "1")):
        change(graded, RENAME, name, new)
    assert graded.classes.names == ("1", "0", "2")
    assert [graded.given_label(sample) for sample in graded.samples[:3]] == ["1", "0", "2"]
    assert review(graded, 2).label == "1"
    assert decide(graded, 1, Action.RELABEL, "0").action is Action.CONFIRM


def test_images_of_a_deleted_class_are_excluded_until_they_are_relabeled(graded):
    decide(graded, 4, Action.CONFIRM)
    change(graded, DELETE, "1")
    for position in (1, 4):
        state = review(graded, position)
        assert (state.status, state.reason) == (Status.EXCLUDED, "class deleted")
        assert state.reviewer == "Dr. Ü"
    with pytest.raises(ProjectError, match="was deleted: give the image another label"):
        decide(graded, 1, Action.CONFIRM)
    decide(graded, 1, Action.RELABEL, "2")
    assert review(graded, 1).status is Status.RELABELED
    graded.decisions.undo(reviewer="x")
    graded.decisions.undo(reviewer="x")
    assert review(graded, 1).status is Status.UNREVIEWED
    assert review(graded, 4).status is Status.CONFIRMED


def test_operations_are_undone_in_order_with_decisions_across_restarts(graded):
    change(graded, RENAME, "1", "mild")
    decide(graded, 0, Action.RELABEL, "mild")
    change(graded, MERGE, "2", "mild")
    graded.close()
    with ProjectStore.open(graded.folder) as again:
        assert again.classes.names == ("0", "mild")
        again.decisions.undo(reviewer="x")
        assert again.classes.names == ("0", "mild", "2")
        again.decisions.undo(reviewer="x")
        again.decisions.undo(reviewer="x")
        assert (again.classes.names, again.decisions.reviews()) == (GRADES, {})
        for _ in range(3):
            assert again.decisions.redo(reviewer="x")
        assert again.decisions.redo(reviewer="x") == []
        assert again.classes.names == ("0", "mild")
        assert review(again, 0).label == "mild"


def test_stored_samples_are_never_changed(graded):
    before = graded.samples
    change(graded, MERGE, "2", "1")
    change(graded, RENAME, "1", "sick")
    graded.close()
    with ProjectStore.open(graded.folder) as again:
        assert again.samples == before


def test_counts_follow_the_labels_of_now(graded):
    decide(graded, 0, Action.RELABEL, "1")
    change(graded, MERGE, "2", "1")
    assert class_counts(graded) == [ClassCount("0", 4, 3), ClassCount("1", 8, 9)]
    preview = preview_change(graded, ClassChange(RENAME, "1", "sick"))
    assert preview == ChangePreview(images=9, dropped=0, decisions=1)


# -- runs --------------------------------------------------------------------------------------


def test_suggestions_of_earlier_runs_follow_and_come_back(graded, make_results):
    run = add_run(graded, make_results, [number % 3 for number in range(12)])
    change(graded, RENAME, "0", "none")
    change(graded, MERGE, "1", "2")
    assert suggested_names(graded, run)[:3] == ["none", "2", "2"]
    graded.decisions.undo(reviewer="x")
    change(graded, DELETE, "1")
    assert suggested_names(graded, run)[:3] == ["none", None, "2"]
    graded.decisions.undo(reviewer="x")
    graded.decisions.undo(reviewer="x")
    assert suggested_names(graded, run)[:3] == ["0", "1", "2"]


def test_suggestions_of_a_run_made_with_other_classes_keep_their_meaning(graded, make_results):
    change(graded, RENAME, "2", "much")
    change(graded, MERGE, "0", "1")
    run = add_run(graded, make_results, [number % 2 for number in range(12)])
    assert suggested_names(graded, run)[:2] == ["1", "much"]
    assert graded.runs.origins(run, 2) == ("1", "2")
    graded.decisions.undo(reviewer="x")
    graded.decisions.undo(reviewer="x")
    assert suggested_names(graded, run)[:2] == ["1", "2"]


def test_verdicts_kept_beside_a_full_database_are_stored_after_a_change(graded, make_results):
    run = add_run(graded, make_results, [number % 3 for number in range(12)])
    change(graded, DELETE, "1")
    graded.runs.reopen(run)
    assert graded.runs.finished() == []
    assert graded.runs.store_kept() == [run]
    assert suggested_names(graded, run)[:3] == ["0", None, "2"]


def test_probabilities_by_class_are_added_up_where_classes_were_merged(graded):
    change(graded, MERGE, "0", "2")
    probabilities = np.array([[0.5, 0.2, 0.3]], dtype=np.float32)
    gathered = graded.classes.gather(probabilities, GRADES)
    assert np.allclose(gathered, [[0.2, 0.8]])


def make_training_set(project) -> TrainingSet:
    return training_set(project, sink=lambda _event: None, control=Control())


def test_training_uses_the_classes_of_now(graded):
    decide(graded, 1, Action.RELABEL, "0")
    change(graded, DELETE, "1")
    change(graded, RENAME, "0", "none")
    images = make_training_set(graded)
    assert images.classes == ("none", "2")
    # 1 was relabeled before, the other three of its class are left out
    assert images.sample.tolist() == [0, 1, 2, 3, 5, 6, 8, 9, 11]
    assert images.labels.tolist() == [0, 0, 1, 0, 1, 0, 1, 0, 1]
    assert images.given is not None
    assert images.given.tolist() == images.labels.tolist()
    change(graded, RENAME, "2", "much")
    graded.decisions.undo(reviewer="x")
    graded.decisions.undo(reviewer="x")
    graded.decisions.undo(reviewer="x")
    assert make_training_set(graded).labels.tolist()[:3] == [0, 0, 2]


# -- tables ------------------------------------------------------------------------------------


def test_the_cleaned_table_has_the_new_values_and_the_given_ones_beside(graded, tmp_path):
    decide(graded, 3, Action.RELABEL, "1")
    change(graded, RENAME, "1", "mild")
    change(graded, MERGE, "2", "mild")
    out = tmp_path / "out" / "cleaned.csv"
    export_table(graded, "cleaned", out)
    rows = table_of(out)
    found = [(rows[f"{n:04d}"]["diagnosis"], rows[f"{n:04d}"]["original_label"]) for n in range(4)]
    assert found == [("0", "0"), ("mild", "1"), ("mild", "2"), ("mild", "0")]
    # it comes in again with the classes as they are now
    options = TableOptions(images=graded.root)
    assert check_dataset(load_dataset(out, options=options)).dataset.classes == graded.classes.names


def test_excluded_and_score_tables_follow_a_deletion(graded, tmp_path, make_results):
    add_run(graded, make_results, [number % 3 for number in range(12)])
    change(graded, DELETE, "1")
    export_table(graded, "excluded", tmp_path / "out" / "excluded.csv")
    rows = table_of(tmp_path / "out" / "excluded.csv")
    assert sorted(rows) == ["0001", "0004", "0007", "0010"]
    assert {row["reason"] for row in rows.values()} == {"class deleted"}
    assert {row["diagnosis"] for row in rows.values()} == {"1"}
    export_table(graded, "scores", tmp_path / "out" / "scores.csv")
    scores = table_of(tmp_path / "out" / "scores.csv")
    assert (scores["0001"]["suggested_label"], scores["0001"]["suggested_probability"]) == ("", "")
    assert scores["0002"]["suggested_label"] == "2"


def test_class_folders_come_out_with_the_new_names(project, tmp_path):
    change(project, RENAME, "sick", "ill")
    out = tmp_path / "out" / "cleaned.csv"
    export_table(project, "cleaned", out)
    with out.open(newline="", encoding="utf-8") as file:
        labels = {(row["label"], row["original_label"]) for row in csv.DictReader(file)}
    assert labels == {("healthy", "healthy"), ("ill", "sick")}


# -- care --------------------------------------------------------------------------------------


def back_up_first(project):
    """Begin the review, and let the backup that this begins be made before anything is decided."""
    project.begin_review()
    project._keeper._backups.close()


def harm(project):
    """Leave of the database nothing but its first backup, which has no decision."""
    project.close()
    (project.folder / DATABASE).write_bytes(b"not a database" * 100)


def test_class_operations_come_back_from_the_journal(graded, capsys):
    back_up_first(graded)
    change(graded, RENAME, "1", "mild")
    decide(graded, 0, Action.RELABEL, "mild")
    change(graded, DELETE, "2")
    graded.decisions.undo(reviewer="x")
    expected = graded.decisions.rows()
    harm(graded)
    assert read_rows(graded.folder / JOURNAL) == (expected, 0)
    code, out, _ = qmix(capsys, "recover", graded.folder, "--json")
    said = json.loads(out)
    assert (code, said["replayed"], said["lost"]) == (0, 4, [])
    with ProjectStore.open(graded.folder) as again:
        assert again.decisions.rows()[: len(expected)] == expected
        assert again.classes.names == ("0", "mild", "2")
        assert review(again, 0).label == "mild"


def test_a_lost_operation_is_named_by_its_class(graded, capsys):
    back_up_first(graded)
    decide(graded, 0, Action.EXCLUDE)
    change(graded, DELETE, "2")
    harm(graded)
    lines = (graded.folder / JOURNAL).read_text().splitlines(keepends=True)
    (graded.folder / JOURNAL).write_text("".join([*lines[:2], "torn\n", *lines[3:]]))
    assert "Decisions lost: 1, of class 2." in qmix(capsys, "recover", graded.folder)[1]
