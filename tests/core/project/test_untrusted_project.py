"""A crafted project database is refused with a sentence before anything believes it."""

from __future__ import annotations

import json
import os
import sqlite3
from dataclasses import fields

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qmix_core.base.errors import ProjectError, QMixError
from qmix_core.base.types import Action, Decision
from qmix_core.cli.main import main
from qmix_core.project.operations.file_scan import dataset_state
from qmix_core.project.storage.decision_log import NewDecision
from qmix_core.project.store import DATABASE, ProjectStore


@pytest.fixture
def folder(project):
    image = project.samples[0].image
    project.decisions.decide(NewDecision(image, Action.RELABEL, label="sick"), reviewer="R")
    project.close()
    return project.folder


def craft(folder, sql: str) -> None:
    connection = sqlite3.connect(folder / DATABASE)
    connection.executescript(f"PRAGMA foreign_keys = OFF; PRAGMA writable_schema = ON; {sql}")
    connection.commit()
    connection.close()


def second_decision(**changed: str) -> str:
    """SQL for a copy of the one decision with other values."""
    names = [item.name for item in fields(Decision)]
    values = ", ".join({"id": "id + 1", **changed}.get(name, name) for name in names)
    source = "decisions ORDER BY id DESC LIMIT 1"
    return f"INSERT INTO decisions ({', '.join(names)}) SELECT {values} FROM {source}"


def test_a_project_of_ones_own_opens(folder):
    with ProjectStore.open(folder) as project:
        assert len(project.decisions.all()) == 1


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE samples SET image = '../../../etc/passwd' WHERE id = 1",
        "UPDATE samples SET image = '/etc/passwd' WHERE id = 1",
        "UPDATE samples SET image = 'sick/../../up.png' WHERE id = 1",
        "UPDATE samples SET image = 'a' || char(0) || 'b' WHERE id = 1",
        "UPDATE samples SET image = x'ff' WHERE id = 1",
        "UPDATE samples SET sha256 = '../../../home/x' WHERE id = 1",
        "UPDATE samples SET sha256 = 'abc' WHERE id = 1",
        "UPDATE samples SET cells = '{}' WHERE id = 1",
        "UPDATE samples SET cells = '[1]' WHERE id = 1",
        f"UPDATE samples SET cells = '{'[' * 5000}' WHERE id = 1",
        "UPDATE samples SET id = 9999999 WHERE id = 1",
        "UPDATE settings SET value = '{}' WHERE key = 'form'",
        f"UPDATE settings SET value = '{'[' * 5000}' WHERE key = 'form'",
        "UPDATE settings SET value = x'00' WHERE key = 'root'",
        "DELETE FROM settings",
        "DROP TABLE decisions",
        "CREATE VIEW extra AS SELECT * FROM samples",
        "CREATE TRIGGER swallow BEFORE INSERT ON decisions BEGIN SELECT RAISE(IGNORE); END",
        "DROP TRIGGER decisions_are_never_changed; CREATE TRIGGER decisions_are_never_changed "
        "BEFORE INSERT ON decisions BEGIN SELECT RAISE(IGNORE); END",
        "ALTER TABLE problems RENAME TO p; CREATE VIEW problems AS SELECT 'a', 'b', 'c'",
        "CREATE VIRTUAL TABLE extra USING fts5(a)",
        "INSERT INTO runs VALUES (-1, '', '', 'done', '', '', '', '')",
        "INSERT INTO runs VALUES (1, '', '', x'ff', '', '', '', '')",
        "INSERT INTO results VALUES (1, 9999, 'clean', 'sick', 0, 0, 0, 0, 0, 0, 0, 0)",
        "INSERT INTO results VALUES (1, -1, 'clean', 'sick', 0, 0, 0, 0, 0, 0, 0, 0)",
        "INSERT INTO results VALUES (1, 1, 'best', 'sick', 0, 0, 0, 0, 0, 0, 0, 0)",
        "INSERT INTO results VALUES (1, 1, 'clean', 'none', 0, 0, 0, 0, 0, 0, 0, 0)",
        "INSERT INTO results VALUES (1, 1, 'clean', 'sick', 'x', 0, 0, 0, 0, 0, 0, 0)",
        second_decision(action="'run'"),
        second_decision(image="'x'"),
        second_decision(new_label="'x'"),
        second_decision(undoes="id + 1"),
        second_decision(image="''", new_label="'healthy'"),
        second_decision(action="'delete_class'", old_label="'healthy'"),
        second_decision(image="''", action="'rename_class'", old_label="'x'", new_label="'y'"),
        second_decision(image="''", action="'delete_class'", old_label="'sick'"),
        second_decision(note="CAST(x'ff' AS TEXT)"),
        "UPDATE samples SET label = CAST(x'ff' AS TEXT)",
    ],
)
def test_a_crafted_database_is_refused(folder, sql):
    try:
        craft(folder, sql)
    except sqlite3.OperationalError as error:
        pytest.skip(f"this SQLite cannot make it: {error}")
    with pytest.raises(ProjectError, match=folder.name):
        ProjectStore.open(folder)


@pytest.mark.skipif(not os.path.exists("/dev/null"), reason="needs a device file")  # noqa: PTH110
def test_a_dataset_that_is_a_device_counts_as_gone(folder):
    craft(folder, "UPDATE settings SET value = '/dev/null' WHERE key = 'root'")
    with ProjectStore.open(folder) as project:
        assert dataset_state(project).is_gone


def test_the_command_line_says_it_in_one_line(folder, capsys):
    craft(folder, "UPDATE samples SET image = '../up.png' WHERE id = 1")
    assert main(["status", str(folder)]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "was not written by QMix GUI" in error


def test_functions_in_the_schema_are_not_trusted(folder):
    with ProjectStore.open(folder) as project:
        trusted = project._database.read("PRAGMA trusted_schema").fetchone()
    assert trusted == (0,)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=st.lists(st.tuples(st.integers(0, 2**20), st.binary(min_size=1, max_size=40))))
def test_changed_bytes_open_or_are_refused(folder, changes):
    file = folder / DATABASE
    whole = file.read_bytes()
    data = bytearray(whole)
    for place, new in changes:
        start = place % len(data)
        data[start : start + len(new)] = new
    try:
        file.write_bytes(data[: len(whole)])
        with ProjectStore.open(folder) as project:
            json.dumps([project.classes.names, str(project.root), len(project.decisions.reviews())])
    except QMixError as error:
        assert folder.name in str(error)  # noqa: PT017 - either end is right
    finally:
        for part in folder.glob(f"{DATABASE}*"):
            part.unlink()
        file.write_bytes(whole)
