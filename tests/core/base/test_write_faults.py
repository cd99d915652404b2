"""Full disks and drives that go and come back: nothing is shown that is not on the disk."""

from __future__ import annotations

import errno
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from small_encoder import FLAGS

from qmix_core.base.errors import ProjectError
from qmix_core.base.types import Action, Status
from qmix_core.cli.main import main
from qmix_core.export.tables import export_table
from qmix_core.project import runs
from qmix_core.project.storage import database
from qmix_core.project.storage.decision_log import NewDecision
from qmix_core.project.store import DATABASE, ProjectStore


def decide(project, position, note=""):
    new = NewDecision(project.samples[position].image, Action.EXCLUDE, note=note)
    return project.decisions.decide(new, reviewer="x")


def status(project, position):
    return project.decisions.review(project.samples[position].image).status


@pytest.fixture
def disk(monkeypatch):
    """`disk["free"] = 0` fills the disk for every connection that is opened from then on."""
    state = {"free": 1_000_000}
    original = database.connect

    def connect(file, **options):
        connection = original(file, **options)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + state['free']}")
        return connection

    monkeypatch.setattr(database, "connect", connect)
    return state


def test_full_disk_is_one_sentence_and_the_next_attempt_works(disk, project):
    project.close()
    disk["free"] = 0
    with ProjectStore.open(project.folder) as again:
        for _ in range(2):
            with pytest.raises(ProjectError, match=r"the disk is full.*nothing was changed"):
                decide(again, 0, note="n" * 50_000)
        disk["free"] = 1_000_000
        assert again.decisions.all() == []
        assert decide(again, 0, note="n" * 50_000)
        assert status(again, 0) is Status.EXCLUDED


def test_drive_that_goes_and_comes_back(project):
    decide(project, 0)
    away = project.folder.with_name("away")
    project.folder.rename(away)
    with pytest.raises(ProjectError, match="could not be written"):
        decide(project, 1)
    with pytest.raises(ProjectError):
        decide(project, 1)
    away.rename(project.folder)
    decide(project, 2)
    assert [status(project, i) for i in range(3)] == [
        Status.EXCLUDED,
        Status.UNREVIEWED,
        Status.EXCLUDED,
    ]


def test_decisions_never_go_into_a_file_that_was_replaced(project):
    decide(project, 0)
    file = project.folder / DATABASE
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(":memory:")) as copy:
        source.backup(copy)
        with closing(sqlite3.connect(project.folder / "new")) as new:
            copy.backup(new)
    (project.folder / "new").replace(file)
    for side in ("-wal", "-shm"):
        (project.folder / (DATABASE + side)).unlink(missing_ok=True)
    decide(project, 1)
    project.close()
    with ProjectStore.open(project.folder) as again:
        assert len(again.decisions.all()) == 2


def fail_commit(monkeypatch, *, lands):
    """The next COMMIT fails, after or before it has reached the disk."""
    original = database.transaction
    faults = ["once"]

    class Broken:
        def __init__(self, connection):
            self.connection = connection

        def execute(self, sql):
            if sql == "COMMIT" and faults:
                faults.pop()
                if lands:
                    self.connection.execute(sql)
                raise sqlite3.OperationalError("disk I/O error")
            return self.connection.execute(sql)

        @property
        def in_transaction(self):
            return self.connection.in_transaction

    monkeypatch.setattr(database, "transaction", lambda connection: original(Broken(connection)))


def test_failed_commit_changes_nothing(project, monkeypatch):
    project.begin_review()
    fail_commit(monkeypatch, lands=False)
    with pytest.raises(ProjectError, match="could not be written"):
        decide(project, 0)
    assert project.decisions.all() == []
    row = decide(project, 0)
    assert project.decisions.all() == [row]


def test_commit_that_failed_after_reaching_the_disk_counts_once(project, monkeypatch):
    project.begin_review()
    fail_commit(monkeypatch, lands=True)
    row = decide(project, 0)
    assert project.decisions.all() == [row]


REVIEWER = """
import itertools, sys
from pathlib import Path
from qmix_core.project.storage.decision_log import NewDecision
from qmix_core.project.store import ProjectStore
from qmix_core.base.types import Action
project = ProjectStore.open(Path(sys.argv[1]))
for sample in itertools.cycle(project.samples):
    row = project.decisions.decide(NewDecision(sample.image, Action.CONFIRM), reviewer="x")
    print(row.hash, flush=True)
"""


def test_a_window_killed_while_deciding_loses_nothing_that_was_shown(project):
    command = [sys.executable, "-c", REVIEWER, str(project.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        shown = [child.stdout.readline().strip() for _ in range(25)]
        child.kill()
        rest = child.stdout.read()
        # the last line may be torn
        shown += rest.splitlines()[: rest.count("\n")]
    assert [row.hash for row in project.decisions.all()][: len(shown)] == shown
    project.begin_review()
    assert main(["verify", str(project.folder)]) == 0


SHORT = FLAGS


def refuse(*_):
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    raise error


@pytest.mark.parametrize("how", ["resume", "reopen", "apply"])
def test_scores_of_a_run_that_could_not_be_stored_are_stored_later(
    project, capsys, monkeypatch, tmp_path, how
):
    with monkeypatch.context() as full_disk:
        full_disk.setattr(runs, "insert_results", refuse)
        assert main(["train", "--project", str(project.folder), *SHORT]) == 2
    assert "could not be written" in capsys.readouterr().err
    assert project.runs.finished() == []
    if how == "resume":
        assert main(["train", "--project", str(project.folder), "--resume"]) == 0
    elif how == "apply":
        table = tmp_path / "d.csv"
        table.write_text(f"image,action\n{project.samples[0].image},confirm\n", encoding="utf-8")
        assert main(["apply", str(project.folder), str(table), "--reviewer", "x"]) == 0
    else:
        project.begin_review()
    assert project.runs.finished() == [1]
    assert (project.runs.results(1).bucket >= 0).all()
    assert (project.runs.results(1).error_score > 0).any()


def test_export_to_a_disk_that_goes_while_it_is_written_is_one_sentence(
    project, tmp_path, monkeypatch
):
    out = tmp_path / "cleaned.csv"
    out.write_text("yesterday's", encoding="utf-8")

    def gone(*_, **__):
        raise OSError(errno.EROFS, "Read-only file system")

    with monkeypatch.context() as disk:
        disk.setattr(Path, "replace", gone)
        disk.setattr(Path, "unlink", gone)
        with pytest.raises(ProjectError, match=r"cleaned.csv cannot be written"):
            export_table(project, "cleaned", out)
    assert out.read_text(encoding="utf-8") == "yesterday's"
