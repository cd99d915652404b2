"""The audit: the whole log, readable, to be checked without this program, and to be made again."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from pathlib import Path

import pytest
from table_files import export

from qmix_core.base.types import Action, Status
from qmix_core.cli.main import main
from qmix_core.dataset.dataset import load_dataset
from qmix_core.preflight.check import check_dataset
from qmix_core.project.operations.class_changes import ClassChange, change_class
from qmix_core.project.storage.decision_log import NewDecision
from qmix_core.project.store import ProjectStore

DOCS = Path(__file__).parents[3] / "docs" / "formats.md"


def decide(project, number, action, **values):
    image = project.samples[number].image
    return project.decisions.decide(NewDecision(image, action, **values), reviewer="Dr. Ü")


@pytest.fixture
def reviewed(project):
    decide(project, 0, Action.RELABEL, label="sick", note='=1+1 "quoted"\nsecond line')
    decide(project, 1, Action.EXCLUDE, reason="blurred")
    decide(project, 2, Action.RETAKE)
    project.decisions.undo(reviewer="Dr. Ü")
    project.decisions.redo(reviewer="Dr. Ü")
    decide(project, 3, Action.EXCLUDE)
    project.decisions.undo(reviewer="Dr. B")
    change_class(project, ClassChange(Action.RENAME_CLASS, "sick", "ill"), reviewer="Dr. B")
    decide(project, 4, Action.RELABEL, label="ill")
    decide(project, 4, Action.NOTE, note="ask")
    return project


def states(project):
    return {
        image: (review.status, review.label, review.reason, review.note)
        for image, review in project.decisions.reviews().items()
    }


def fresh(project, folder):
    return ProjectStore.create(folder, check_dataset(load_dataset(project.root)).dataset)


def apply(project, audit, capsys):
    code = main(["apply", str(project.folder), str(audit), "--reviewer", "Dr. New"])
    return code, capsys.readouterr()


def test_the_audit_says_who_decided_what_when(capsys, reviewed, tmp_path):
    out = export(capsys, reviewed, tmp_path / "audit.csv", "audit")
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(reviewed.decisions.rows())
    first = next(row for row in rows if row["action"] != "seal")
    assert (first["reviewer"], first["action"]) == ("Dr. Ü", "relabel")
    assert (first["old_label"], first["new_label"]) == ("healthy", "sick")
    assert first["at"].endswith("+00:00")
    assert first["app_version"]
    assert first["note"].startswith("'=1+1")
    assert [row["action"] for row in rows if row["undoes"]] == ["undo"] * 3


def test_python_alone_checks_the_hashes_as_the_documentation_shows(capsys, reviewed, tmp_path):
    out = export(capsys, reviewed, tmp_path / "audit.csv", "audit")
    found = re.search(r"```python\n([^`]*hashlib[^`]*)```", DOCS.read_text(encoding="utf-8"))
    script = tmp_path / "check.py"
    script.write_text(found.group(1), encoding="utf-8")

    def run():
        return subprocess.run(
            [sys.executable, "-I", str(script)], cwd=tmp_path, capture_output=True, text=True
        )

    sound = run()
    assert sound.returncode == 0, sound.stderr
    assert sound.stdout.strip() == f"{len(reviewed.decisions.rows())} rows, none altered"
    out.write_text(out.read_text(encoding="utf-8").replace("blurred", "sharp"), encoding="utf-8")
    assert run().returncode != 0


def test_a_new_project_of_the_dataset_takes_the_decisions_of_an_audit(capsys, reviewed, tmp_path):
    out = export(capsys, reviewed, tmp_path / "audit.csv", "audit")
    with fresh(reviewed, tmp_path / "new.qmix") as again:
        code, said = apply(again, out, capsys)
        assert code == 0, said.err
        assert "6 decisions were recorded." in said.out
    with ProjectStore.open(tmp_path / "new.qmix") as again:
        assert states(again) == states(reviewed)
        assert again.classes.names == reviewed.classes.names
        assert {row.reviewer for row in again.decisions.all()} == {"Dr. New"}
        first = export(capsys, reviewed, tmp_path / "1.csv").read_text(encoding="utf-8")
        second = export(capsys, again, tmp_path / "2.csv").read_text(encoding="utf-8")
    for text in ("reviewer", "reviewed_at"):
        assert text in first
    cut = [[line.split(",")[:5] for line in text.splitlines()] for text in (first, second)]
    assert cut[0] == cut[1]


def test_an_altered_or_shortened_audit_is_refused_and_changes_nothing(capsys, reviewed, tmp_path):
    out = export(capsys, reviewed, tmp_path / "audit.csv", "audit")
    whole = out.read_text(encoding="utf-8")
    lines = whole.split("\n")
    with fresh(reviewed, tmp_path / "new.qmix") as again:
        for text in (whole.replace("blurred", "sharp"), "\n".join(lines[:2] + lines[3:])):
            out.write_text(text, encoding="utf-8", newline="")
            code, said = apply(again, out, capsys)
            assert code == 2
            assert "audit.csv, row" in said.err
            assert "altered" in said.err or "no decision" in said.err
        assert again.decisions.all() == []


def test_an_audit_of_another_dataset_is_refused_by_name(capsys, reviewed, tmp_path, table_dataset):
    out = export(capsys, reviewed, tmp_path / "audit.csv", "audit")
    other = check_dataset(load_dataset(table_dataset)).dataset
    with ProjectStore.create(tmp_path / "other.qmix", other) as project:
        code, said = apply(project, out, capsys)
        assert (code, project.decisions.all()) == (2, [])
    assert "there is no image" in said.err


def test_decisions_about_other_content_are_left_out_and_told(capsys, reviewed, tmp_path):
    out = export(capsys, reviewed, tmp_path / "audit.csv", "audit")
    file = reviewed.files.path(reviewed.samples[1])
    file.write_bytes(reviewed.files.path(reviewed.samples[5]).read_bytes())
    with fresh(reviewed, tmp_path / "new.qmix") as again:
        code, said = apply(again, out, capsys)
        assert code == 0, said.err
        assert "1 are left out" in said.out
        assert states(again)[again.samples[0].image][0] is Status.RELABELED
        assert again.samples[1].image not in states(again)


def test_a_renamed_image_is_found_by_its_content(capsys, reviewed, tmp_path):
    out = export(capsys, reviewed, tmp_path / "audit.csv", "audit")
    file = reviewed.files.path(reviewed.samples[1])
    file.rename(file.with_name("z.png"))
    with fresh(reviewed, tmp_path / "new.qmix") as again:
        assert apply(again, out, capsys)[0] == 0
        assert states(again)["healthy/z.png"][0] is Status.EXCLUDED
