"""What readers say of images beside their labels: reasons, and that an image is fine."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from qmix_core.base.types import Action, Context, QualityVerdict, Status
from qmix_core.cli.main import main
from qmix_core.dataset.dataset import load_dataset
from qmix_core.preflight.check import check_dataset
from qmix_core.project.storage.decision_log import NewDecision
from qmix_core.project.storage.schema import SCHEMA_VERSION
from qmix_core.project.store import DATABASE, ProjectStore

FIRST, SECOND = "healthy/h00.png", "healthy/h01.png"
POOR, FINE, NONE = QualityVerdict.POOR, QualityVerdict.FINE, QualityVerdict.NONE


def decide(project, image, action, *, reviewer="A", **more):
    return project.decisions.decide(NewDecision(image, action, **more), reviewer=reviewer)


def state(project, image=FIRST):
    review = project.decisions.review(image)
    return review.status, review.quality


def test_an_image_is_fine_and_its_label_and_state_are_what_they_were(project):
    decide(project, FIRST, Action.RELABEL, label="sick")
    decide(project, FIRST, Action.IMAGE_FINE, reviewer="B")
    review = project.decisions.review(FIRST)
    assert (review.status, review.label, review.quality) == (Status.RELABELED, "sick", FINE)
    assert review.reviewer == "A"  # who decided on the label
    decide(project, SECOND, Action.IMAGE_FINE, reviewer="B")
    assert state(project, SECOND) == (Status.UNREVIEWED, FINE)


def test_that_an_image_is_fine_can_be_taken_back_and_said_again(project):
    decide(project, FIRST, Action.RETAKE)
    decide(project, FIRST, Action.IMAGE_FINE)
    assert state(project) == (Status.RETAKE, FINE)
    project.decisions.undo(reviewer="A")
    assert state(project) == (Status.RETAKE, POOR)
    project.decisions.redo(reviewer="A")
    assert state(project) == (Status.RETAKE, FINE)


@pytest.mark.parametrize(
    ("action", "more", "said"),
    [
        (Action.RETAKE, {}, POOR),
        (Action.KEEP_POOR, {}, POOR),
        (Action.EXCLUDE, {"reason": "haze"}, POOR),
        (Action.EXCLUDE, {"reason": "wrong_kind"}, NONE),
        (Action.EXCLUDE, {"reason": "other"}, NONE),
        (Action.EXCLUDE, {"reason": "consent withdrawn"}, NONE),
        (Action.EXCLUDE, {}, NONE),
        (Action.CONFIRM, {}, FINE),
        (Action.RELABEL, {"label": "sick"}, FINE),
        (Action.CONFIRM, {"context": Context.PREFLIGHT}, NONE),
        (Action.AMBIGUOUS, {}, NONE),
        (Action.NOTE, {"note": "dark"}, NONE),
    ],
)
def test_what_decisions_say_of_the_image(project, action, more, said):
    decide(project, FIRST, action, **more)
    assert project.decisions.review(FIRST).quality is said


def test_a_reason_goes_with_its_decision_and_not_beyond(project):
    decide(project, FIRST, Action.EXCLUDE, reason="blur")
    decide(project, FIRST, Action.NOTE, note="really")
    assert project.decisions.review(FIRST).reason == "blur"
    decide(project, FIRST, Action.EXCLUDE)
    assert project.decisions.review(FIRST).reason == ""


def apply_table(capsys, project, tmp_path, *rows):
    table = tmp_path / "decisions.csv"
    table.write_text("image,action,reason\n" + "".join(f"{row}\n" for row in rows))
    code = main(["apply", str(project.folder), str(table), "--reviewer", "C"])
    return code, capsys.readouterr()


def test_tables_bring_reasons_and_fine_images(capsys, project, tmp_path):
    project.close()
    rows = (f"{FIRST},exclude,Wrong kind", f"{SECOND},image_fine,")
    assert apply_table(capsys, project, tmp_path, *rows)[0] == 0
    with ProjectStore.open(project.folder) as again:
        assert again.decisions.review(FIRST).reason == "wrong_kind"
        assert state(again, SECOND) == (Status.UNREVIEWED, FINE)


def test_a_table_cannot_write_what_the_program_writes(capsys, project, tmp_path):
    code, said = apply_table(capsys, project, tmp_path, f"{FIRST},seal,")
    assert code != 0
    assert "image_fine" in said.err
    assert "seal," not in said.err.partition("use ")[2]


def test_reasons_and_fine_images_go_through_audit_verify_and_export(
    capsys, class_folders, project, tmp_path
):
    decide(project, FIRST, Action.EXCLUDE, reason="glare")
    decide(project, SECOND, Action.IMAGE_FINE)
    with closing(sqlite3.connect(project.folder / DATABASE)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    journal = (project.folder / "decisions.jsonl").read_text().splitlines()
    assert [json.loads(line)["action"] for line in journal][-2:] == ["exclude", "image_fine"]
    audit, excluded = tmp_path / "audit.csv", tmp_path / "excluded.csv"
    for what, out in (("audit", audit), ("excluded", excluded)):
        assert main(["export", str(project.folder), "--what", what, "--out", str(out)]) == 0
    with excluded.open(newline="", encoding="utf-8") as file:
        assert [row["reason"] for row in csv.DictReader(file)] == ["glare"]
    project.close()
    assert main(["verify", str(project.folder)]) == 0
    dataset = check_dataset(load_dataset(class_folders)).dataset
    with ProjectStore.create(tmp_path / "copy.qmix", dataset) as copy:
        folder = copy.folder
    assert main(["apply", str(folder), str(audit), "--reviewer", "D"]) == 0
    with ProjectStore.open(folder) as copy:
        assert copy.decisions.review(FIRST).reason == "glare"
        assert state(copy, SECOND) == (Status.UNREVIEWED, FINE)


def test_that_an_image_is_fine_contradicts_no_label_of_another_log(
    capsys, class_folders, project, tmp_path
):
    dataset = check_dataset(load_dataset(class_folders)).dataset
    with ProjectStore.create(tmp_path / "other.qmix", dataset) as other:
        decide(other, FIRST, Action.IMAGE_FINE)
        folder = other.folder
    audit = tmp_path / "audit.csv"
    assert main(["export", str(folder), "--what", "audit", "--out", str(audit)]) == 0
    decide(project, FIRST, Action.KEEP_POOR)
    project.close()
    capsys.readouterr()
    assert main(["apply", str(project.folder), str(audit), "--reviewer", "D", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["decisions"] == 1
    with ProjectStore.open(project.folder) as again:
        assert state(again) == (Status.KEPT_POOR, FINE)


def test_a_decision_and_its_reason_are_undone_and_redone_together_also_when_opened_again(project):
    images = [sample.image for sample in project.samples]
    log = project.decisions
    log.decide(NewDecision(images[2], Action.CONFIRM), reviewer="A")
    log.decide_all([NewDecision(image, Action.RETAKE) for image in images[:2]], reviewer="A")
    reasons = [NewDecision(image, Action.RETAKE, reason="haze") for image in images[:2]]
    log.decide_all(reasons, reviewer="A")
    assert len(log.undo(reviewer="A")) == 4
    assert {*log.reviews()} == {images[2]}
    project.close()
    with ProjectStore.open(project.folder) as again:
        assert again.decisions.redo(reviewer="A")
        assert [again.decisions.review(image).reason for image in images[:2]] == ["haze"] * 2
        assert again.decisions.undo(reviewer="A")
        assert {*again.decisions.reviews()} == {images[2]}
        assert again.decisions.undo(reviewer="A")
        assert not again.decisions.reviews()


@pytest.mark.parametrize(
    ("first", "reason"),
    [
        (NewDecision("", Action.RETAKE), "haze"),  # another decision
        (NewDecision("", Action.EXCLUDE, reason="blur"), "haze"),  # with a reason of its own
        (NewDecision("", Action.EXCLUDE), "looks odd"),  # another kind of reason
    ],
)
def test_what_is_no_reason_of_the_decision_before_is_undone_alone(project, first, reason):
    image, log = project.samples[0].image, project.decisions
    log.decide(replace(first, image=image), reviewer="A")
    log.decide(NewDecision(image, Action.EXCLUDE, reason=reason), reviewer="A")
    log.undo(reviewer="A")
    assert log.review(image).reason == first.reason
    assert log.review(image).status is not Status.UNREVIEWED
