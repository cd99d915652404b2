"""`qmix verify`: 0 where all is well, 1 and every item where something is not."""

from __future__ import annotations

import json
import sqlite3

import pytest

from qmix_core.base.cancellation import Cancelled, Control
from qmix_core.base.types import Action
from qmix_core.cli.main import main
from qmix_core.project.storage.decision_log import NewDecision
from qmix_core.project.storage.journal import JOURNAL
from qmix_core.project.store import DATABASE
from qmix_core.workflow.verify import verify


@pytest.fixture
def reviewed(project):
    images = [sample.image for sample in project.samples[:3]]
    project.decisions.decide(NewDecision(images[0], Action.CONFIRM), reviewer="x")
    project.decisions.decide_all([NewDecision(i, Action.EXCLUDE) for i in images], reviewer="x")
    project.close()
    return project


@pytest.fixture
def check(reviewed, capsys):
    def run(*options):
        code = main(["verify", str(reviewed.folder), "--json", *options])
        found = json.loads(capsys.readouterr().out)["findings"]
        assert (code == 1) == bool(found)
        return [(item["kind"], item["item"]) for item in found]

    return run


def tamper(project, *statements):
    """As one who knows SQL: the triggers are no hindrance."""
    with sqlite3.connect(project.folder / DATABASE) as connection:
        for name in ("changed", "deleted"):
            connection.execute(f"DROP TRIGGER decisions_are_never_{name}")
        for statement in statements:
            connection.execute(statement)
    connection.close()


def test_all_is_well(reviewed, capsys):
    assert main(["verify", str(reviewed.folder)]) == 0
    out = capsys.readouterr().out
    assert "4 decisions and 25 originals" in out
    assert "all is well" in out


def test_originals_altered_and_missing_are_named_unless_quick(reviewed, check):
    altered, missing = (reviewed.root / reviewed.samples[i].image for i in (4, 7))
    altered.write_bytes(altered.read_bytes() + b"x")
    missing.unlink()
    names = [("original", reviewed.samples[i].image) for i in (4, 7)]
    assert check() == names
    assert check("--quick") == []


def test_a_missing_dataset_folder_is_one_finding(reviewed, check):
    reviewed.root.rename(reviewed.root.with_name("elsewhere"))
    assert check() == [("original", str(reviewed.root))]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE decisions SET reviewer = 'someone else' WHERE id = 4",
        "UPDATE decisions SET batch = NULL WHERE id = 4",
        "UPDATE decisions SET at = '2020-01-01T00:00:00.000+00:00' WHERE id = 4",
    ],
)
def test_an_altered_decision_is_named_by_the_chain_and_by_the_journal(reviewed, check, statement):
    tamper(reviewed, statement)
    item = f"decision 4, {reviewed.samples[0].image}"
    assert check("--quick") == [("decision", item), ("journal", item)]


def test_a_removed_decision_is_found(reviewed, check):
    tamper(reviewed, "DELETE FROM decisions WHERE id = 5")
    assert check("--quick") == [
        ("decision", f"decision 6, {reviewed.samples[2].image}"),
        ("journal", f"decision 5, {reviewed.samples[1].image}"),
    ]


def test_decisions_cut_off_at_the_end_are_damage(reviewed, check):
    tamper(reviewed, "DELETE FROM decisions WHERE id = 6")
    assert check("--quick") == [("database", reviewed.folder.name)]


def test_a_journal_that_lacks_or_garbles_rows_is_found(reviewed, check):
    file = reviewed.folder / JOURNAL
    lines = file.read_text().splitlines(keepends=True)
    file.write_text("".join(["no JSON\n", *lines[1:2], *lines[3:5]]))
    images = [sample.image for sample in reviewed.samples]
    assert check("--quick") == [
        ("journal", JOURNAL),
        ("journal", "decision 1, seal of samples"),
        ("journal", f"decision 3, {images[0]}"),
        ("journal", f"decision 6, {images[2]}"),
    ]


def test_rows_that_point_nowhere_are_found(reviewed, check):
    tamper(
        reviewed,
        "PRAGMA foreign_keys = OFF",
        "INSERT INTO results VALUES (9, 0, 'clean', 'sick', 0, 0, 0, 0, 0, 0, 0, 0)",
    )
    assert check("--quick") == [("database", "results")]


def test_a_damaged_database_is_a_finding_and_no_traceback(reviewed, check):
    (reviewed.folder / DATABASE).write_bytes(b"x" * 5000)
    assert check("--quick") == [("database", reviewed.folder.name)]


def test_it_can_be_cancelled(reviewed):
    control = Control()
    control.cancel()
    with pytest.raises(Cancelled):
        verify(reviewed.folder, control=control)
