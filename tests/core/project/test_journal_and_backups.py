from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing

import pytest

from qmix_core.base.errors import DamagedProject
from qmix_core.base.types import Action
from qmix_core.cli.main import main
from qmix_core.project.storage.backups import is_intact, list_backups
from qmix_core.project.storage.decision_log import NewDecision
from qmix_core.project.storage.journal import JOURNAL, read_rows
from qmix_core.project.store import DATABASE, ProjectStore


def settle(project):
    """Begin the review, and let the backup that this begins be made before anything is decided."""
    project.begin_review()
    project._keeper._backups.close()


def decide(project, *positions, action=Action.EXCLUDE, note=""):
    images = [project.samples[position].image for position in positions]
    new = [NewDecision(image, action, note=note) for image in images]
    return project.decisions.decide_all(new, reviewer="Dr. Ü")


def journal(project):
    rows, unreadable = read_rows(project.folder / JOURNAL)
    assert unreadable == 0
    return rows


def decisions_in(file):
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(
            "SELECT count(*) FROM decisions WHERE action != 'seal'"
        ).fetchone()[0]


def reopen(project):
    project.close()
    again = ProjectStore.open(project.folder)
    settle(again)
    return again


# -- journal --------------------------------------------------------------------------------------


def test_every_decision_is_a_line_with_its_hash_at_once(project):
    decide(project, 0, note="two\nlines")
    decide(project, 1, 2)
    project.decisions.undo(reviewer="x")
    lines = (project.folder / JOURNAL).read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["hash"] for line in lines] == [
        r.hash for r in project.decisions.rows()
    ]
    assert journal(project) == project.decisions.rows()


def test_decision_counts_where_the_journal_cannot_be_written_and_is_told(project):
    decide(project, 0)
    (project.folder / JOURNAL).rename(project.folder / "away")
    (project.folder / JOURNAL).mkdir()
    decide(project, 1)
    assert len(project.decisions.all()) == 2
    assert JOURNAL in project.warning
    (project.folder / JOURNAL).rmdir()
    (project.folder / "away").rename(project.folder / JOURNAL)
    decide(project, 2)
    assert project.warning == ""
    assert journal(project) == project.decisions.rows()


@pytest.mark.parametrize("kept", [0, 40, -1, -30])
def test_journal_that_lags_or_was_torn_is_completed_at_opening(project, kept):
    for position in range(3):
        decide(project, position, note="n" * 20_000)
    content = (project.folder / JOURNAL).read_bytes()
    project.close()
    (project.folder / JOURNAL).write_bytes(content[:kept])
    with reopen(project) as again:
        assert journal(again) == again.decisions.rows()
    assert (project.folder / JOURNAL).read_bytes() == content


def test_journal_of_another_history_is_set_aside_not_overwritten(project):
    decide(project, 0)
    text = (project.folder / JOURNAL).read_text().replace("exclude", "confirm")
    (project.folder / JOURNAL).write_text(text)
    with reopen(project) as again:
        assert journal(again) == again.decisions.rows()
    (aside,) = project.folder.glob("decisions-replaced-*.jsonl")
    assert aside.read_text() == text


def test_database_behind_its_journal_is_damage_and_recovered_from_it(project, capsys):
    """Such as a project.sqlite of last week that was copied back by hand."""
    decide(project, 0)
    project.close()
    shutil.copy(project.folder / DATABASE, project.folder / "old")
    with ProjectStore.open(project.folder) as later:
        decide(later, 1)
        expected = later.decisions.rows()
    (project.folder / "old").replace(project.folder / DATABASE)
    with pytest.raises(DamagedProject, match="lacks 1 decisions"):
        ProjectStore.open(project.folder)
    assert main(["recover", str(project.folder)]) == 0
    assert "whole and was kept" in capsys.readouterr().out
    with ProjectStore.open(project.folder) as again:
        assert again.decisions.rows() == expected


# -- backups --------------------------------------------------------------------------------------


def test_a_new_project_has_a_backup(project):
    assert [is_intact(file) for file in list_backups(project.folder)] == [True]


def test_reopening_keeps_two_generations_and_makes_none_without_a_change(project):
    for position in (0, 1):
        settle(project)
        decide(project, position)
        with reopen(project):
            pass
        project = ProjectStore.open(project.folder)
    newest, older = list_backups(project.folder)
    assert (decisions_in(newest), decisions_in(older)) == (2, 1)
    with reopen(project):
        pass
    assert [decisions_in(file) for file in list_backups(project.folder)] == [2, 1]


def test_a_backup_is_made_every_so_many_decisions(project, monkeypatch):
    monkeypatch.setattr("qmix_core.project.storage.backups.BACKUP_EVERY", 3)
    settle(project)
    decide(project, 0, 1)
    assert decisions_in(list_backups(project.folder)[0]) == 0
    decide(project, 2)
    project.close()
    assert decisions_in(list_backups(project.folder)[0]) == 3


def test_a_damaged_backup_never_pushes_an_intact_one_out(project):
    settle(project)
    decide(project, 0)
    with reopen(project) as again:
        decide(again, 1)
    newest, older = list_backups(project.folder)
    newest.write_bytes(b"damaged")
    with reopen(project):
        pass
    assert [decisions_in(file) for file in (newest, older)] == [2, 0]


def test_backup_that_cannot_be_made_is_told_and_stops_nothing(project):
    shutil.rmtree(project.folder / "backups")
    (project.folder / "backups").write_text("in the way")
    with reopen(project) as again:
        decide(again, 0)
        assert "No backup" in again.warning
        assert len(again.decisions.all()) == 1
