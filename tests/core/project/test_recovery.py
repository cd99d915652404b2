"""Damaged projects, through `qmix recover`."""

from __future__ import annotations

import json
import sqlite3

import pytest

from qmix_core.base.errors import DamagedProject
from qmix_core.base.types import Action
from qmix_core.cli.main import main
from qmix_core.project.storage import lock
from qmix_core.project.storage.backups import list_backups
from qmix_core.project.storage.decision_log import NewDecision
from qmix_core.project.storage.journal import JOURNAL
from qmix_core.project.store import DATABASE, ProjectStore
from qmix_core.runs.run_options import RunOptions


def decide(project, *positions):
    images = [project.samples[position].image for position in positions]
    return project.decisions.decide_all(
        [NewDecision(i, Action.EXCLUDE) for i in images], reviewer="Dr. Ü"
    )


def recover(capsys, folder):
    code = main(["recover", str(folder), "--json"])
    out, err = capsys.readouterr()
    return (json.loads(out) if code == 0 else err), code


def truncate(file):
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def scribble(file):
    with file.open("r+b") as stream:
        stream.seek(4096)
        stream.write(b"\xff" * 3 * 4096)


def overwrite(file):
    file.write_bytes(b"not a database" * 100)


def empty(file):
    file.write_bytes(b"")


def remove(file):
    file.unlink()


@pytest.fixture
def reviewed(project):
    """A closed project with a backup after the first decision and two more since."""
    decide(project, 0)
    project.close()
    with ProjectStore.open(project.folder) as again:
        again.begin_review()
        again._keeper._backups.close()
        decide(again, 1)
        decide(again, 2, 3)
        again.decisions.undo(reviewer="x")
    return project.folder


@pytest.mark.parametrize("harm", [truncate, scribble, overwrite, empty, remove])
def test_every_decision_comes_back_and_the_damaged_file_is_kept(reviewed, capsys, harm):
    with ProjectStore.open(reviewed) as project:
        expected = project.decisions.all()
    harm(reviewed / DATABASE)
    left = (reviewed / DATABASE).read_bytes() if (reviewed / DATABASE).exists() else None
    with pytest.raises(DamagedProject, match="qmix recover"):
        ProjectStore.open(reviewed)
    said, code = recover(capsys, reviewed)
    assert code == 0
    assert said["backup_from"]
    assert (said["replayed"], said["lost"]) == (5, [])
    with ProjectStore.open(reviewed) as project:
        assert project.decisions.all() == expected
    assert main(["verify", str(reviewed)]) == 0
    aside = [file.read_bytes() for file in reviewed.glob(f"damaged-*/{DATABASE}")]
    assert aside == ([left] if left is not None else [])


def test_what_is_lost_is_said_by_number_and_image(reviewed, capsys):
    lines = (reviewed / JOURNAL).read_text().splitlines(keepends=True)
    (reviewed / JOURNAL).write_text("".join([*lines[:4], "torn\n", *lines[5:]]))
    overwrite(reviewed / DATABASE)
    said, _ = recover(capsys, reviewed)
    with ProjectStore.open(reviewed) as project:
        fourth, fifth, third = (project.samples[position].image for position in (3, 3, 2))
        assert len(project.decisions.all()) == 2
    # row 5 itself cannot be read; those after it do not follow from row 4
    assert said["lost"] == [[6, fourth], [7, fifth], [8, third]]
    assert said["unreadable"] == 1
    assert list(reviewed.glob("decisions-replaced-*.jsonl"))
    assert main(["verify", str(reviewed)]) == 0


def test_decisions_missing_in_the_journal_come_from_what_is_left_of_the_database(reviewed, capsys):
    with ProjectStore.open(reviewed) as project:
        expected = project.decisions.all()
    (reviewed / JOURNAL).unlink()
    with sqlite3.connect(reviewed / DATABASE) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        page = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'problems'"
        ).fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.close()
    with (reviewed / DATABASE).open("r+b") as stream:
        stream.seek((page - 1) * size)
        stream.write(b"\xff" * size)
    with pytest.raises(DamagedProject):
        ProjectStore.open(reviewed)
    assert recover(capsys, reviewed)[0]["lost"] == []
    with ProjectStore.open(reviewed) as project:
        assert project.decisions.all() == expected


def test_a_second_backup_serves_where_the_first_is_damaged(reviewed, capsys):
    overwrite(reviewed / DATABASE)
    overwrite(list_backups(reviewed)[0])
    assert recover(capsys, reviewed)[0]["replayed"] == 6


def test_without_an_intact_backup_everything_stays_as_it_is(reviewed, capsys):
    overwrite(reviewed / DATABASE)
    for file in list_backups(reviewed):
        overwrite(file)
    message, code = recover(capsys, reviewed)
    assert code == 2
    assert "no intact backup" in message
    assert "Traceback" not in message
    assert (reviewed / DATABASE).read_bytes().startswith(b"not a database")


def test_runs_come_back_from_their_folders_and_keep_their_numbers(project, capsys, make_results):
    config = RunOptions(epochs=3).config()
    results = make_results(len(project.samples))
    for has_results in (True, False):
        run = project.runs.begin(config, device="cpu")
        project.runs.finish(run, status="done", results=results)
        if not has_results:
            (project.runs.folder(run) / "results.npz").unlink()
    project.close()
    overwrite(project.folder / DATABASE)
    said, _ = recover(capsys, project.folder)
    assert (said["runs_back"], said["runs_lost"]) == ([1], [2])
    with ProjectStore.open(project.folder) as again:
        assert again.runs.finished() == [1]
        assert (again.runs.results(1).bucket == results.bucket).all()
        assert again.runs.begin(config, device="cpu") == 3


def test_altered_decisions_are_put_right_from_backup_and_journal(reviewed, capsys):
    with ProjectStore.open(reviewed) as project:
        expected = project.decisions.all()
    with sqlite3.connect(reviewed / DATABASE) as connection:
        connection.execute("DROP TRIGGER decisions_are_never_changed")
        connection.execute("UPDATE decisions SET reviewer = 'me' WHERE id = 2")
    connection.close()
    assert main(["verify", str(reviewed), "--quick"]) == 1
    capsys.readouterr()
    assert recover(capsys, reviewed)[0]["replayed"] == 5
    assert main(["verify", str(reviewed)]) == 0
    with ProjectStore.open(reviewed) as project:
        assert project.decisions.all() == expected


def test_a_project_in_order_is_left_as_it_is(reviewed, capsys):
    said, code = recover(capsys, reviewed)
    assert code == 0
    assert (said["backup_from"], said["replayed"], said["set_aside"]) == ("", 0, "")


def test_a_project_open_in_a_window_is_not_recovered(project, capsys):
    project.begin_review()
    message, code = recover(capsys, project.folder)
    assert code == 2
    assert "another window" in message


def test_a_project_in_training_is_not_recovered(reviewed, capsys, monkeypatch):
    truncate(reviewed / DATABASE)
    before = (reviewed / DATABASE).read_bytes()
    monkeypatch.setattr(lock, "_LONGEST_END", 0.1)
    with lock.training_alone(reviewed, check=lambda: None):
        said, code = recover(capsys, reviewed)
    assert code == 2
    assert "Another process is training on" in said
    assert (reviewed / DATABASE).read_bytes() == before
    assert recover(capsys, reviewed)[1] == 0


def test_what_was_never_a_project_is_one_sentence(tmp_path, capsys):
    message, code = recover(capsys, tmp_path)
    assert code == 2
    assert "no QMix project" in message


def test_a_newer_project_is_not_recovered_over(reviewed, capsys):
    with sqlite3.connect(reviewed / DATABASE) as other:
        other.execute("PRAGMA user_version = 99")
    other.close()
    message, code = recover(capsys, reviewed)
    assert code == 2
    assert "newer QMix GUI" in message


def test_training_on_a_damaged_project_names_the_remedy(reviewed, capsys):
    remove(reviewed / DATABASE)
    assert main(["train", "--project", str(reviewed)]) == 2
    assert "qmix recover" in capsys.readouterr().err
