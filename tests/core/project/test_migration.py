"""Projects of earlier versions, made with their own SQL."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing

import pytest

from qmix_core.base.errors import ProjectError
from qmix_core.base.types import Context, Status
from qmix_core.cli.main import main
from qmix_core.project.storage.backups import is_intact
from qmix_core.project.storage.journal import JOURNAL, read_rows
from qmix_core.project.storage.schema import SCHEMA_VERSION, STEPS
from qmix_core.project.store import DATABASE, ProjectStore

VERSION_1 = """
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE samples (
    id INTEGER PRIMARY KEY, image TEXT NOT NULL UNIQUE, label TEXT NOT NULL,
    sha256 TEXT NOT NULL, cells TEXT NOT NULL);
CREATE TABLE problems (kind TEXT NOT NULL, image TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT, started_at TEXT NOT NULL,
    finished_at TEXT NOT NULL DEFAULT '', status TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '',
    preset TEXT NOT NULL, device TEXT NOT NULL, app_version TEXT NOT NULL);
CREATE TABLE results (
    run INTEGER NOT NULL REFERENCES runs(id), sample INTEGER NOT NULL REFERENCES samples(id),
    bucket TEXT NOT NULL, suggested_label TEXT NOT NULL, probability REAL NOT NULL,
    p_clean REAL NOT NULL, p_mislabeled_high_quality REAL NOT NULL,
    p_mislabeled_low_quality REAL NOT NULL, error_score REAL NOT NULL, loss REAL NOT NULL,
    uncertainty REAL NOT NULL, stability REAL NOT NULL, PRIMARY KEY (run, sample)) WITHOUT ROWID;
CREATE TABLE decisions (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, reviewer TEXT NOT NULL, image TEXT NOT NULL,
    sha256 TEXT NOT NULL, action TEXT NOT NULL, old_label TEXT NOT NULL, new_label TEXT NOT NULL,
    reason TEXT NOT NULL, note TEXT NOT NULL, undoes INTEGER REFERENCES decisions(id),
    run INTEGER, app_version TEXT NOT NULL, hash TEXT NOT NULL);
CREATE INDEX decisions_by_image ON decisions (image);
CREATE TRIGGER decisions_are_never_changed BEFORE UPDATE ON decisions
    BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER decisions_are_never_deleted BEFORE DELETE ON decisions
    BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
PRAGMA user_version = 1;
"""
ROWS = [
    (
        1,
        "2026-11-24T12:22:30.151+00:00",
        "Dr. Ü",
        "a/1.png",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "relabel",
        "a",
        "b",
        "",
        'ü, "quoted"',
        None,
        1,
        "0.1.0",
        "9ed46e422e9d829fd1899c4a15025fb8cd5b0db24745f10a24f34cc5560cce08",
    ),
    (
        2,
        "2026-11-24T12:22:30.155+00:00",
        "Dr. Ü",
        "b/1.png",
        "0000000000000000000000000000000000000000000000000000000000000001",
        "exclude",
        "b",
        "b",
        "blurred",
        "",
        None,
        None,
        "0.1.0",
        "8fb5ff4ab89598764505802e7c877199264a4f41ea0a77e684875cbdcf6c601e",
    ),
    (
        3,
        "2026-11-24T12:22:30.159+00:00",
        "Dr. Ü",
        "b/1.png",
        "0000000000000000000000000000000000000000000000000000000000000001",
        "undo",
        "b",
        "b",
        "",
        "",
        2,
        None,
        "0.1.0",
        "559f211cec0094974847b92cfa1771f715d6f372c6c5d4a063e86bca51f054c6",
    ),
]


#: What reasons of then said, the run of the row, and what it meant.
PROSE = [
    ("", 1, Context.REVIEW),
    ("blind check of run 1", 1, Context.BLIND_CHECK),
    ("blind check of run 2", None, Context.REVIEW),
    ("adjudicated (A: 0; B: 1)", 1, Context.ADJUDICATION),
    ("preflight: duplicate", None, Context.PREFLIGHT),
    ("looks adjudicated", 1, Context.REVIEW),
]


def rows_of_then():
    """Rows as versions 1 to 4 wrote them, with their hashes."""
    previous, rows = "", []
    for number, (reason, run, _) in enumerate(PROSE, start=1):
        row = [number, "2026-11-24T12:22:30.151+00:00", "Dr. Ü", "a/1.png", f"{0:064x}"]
        row += ["confirm", "a", "a", reason, "", None, run, "0.1.0"]
        text = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
        previous = hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()
        rows.append((*row, previous))
    return rows


@pytest.fixture
def old_project(tmp_path):
    return make_old(tmp_path, VERSION_1, ROWS)


def make_old(tmp_path, schema, rows):
    folder = tmp_path / "old.qmix"
    folder.mkdir()
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        connection.executescript("PRAGMA journal_mode = WAL;" + schema)
        form = {"header": [], "delimiter": ",", "image_column": 0, "label_column": 1}
        settings = {"source": str(tmp_path), "root": str(tmp_path), "form": json.dumps(form)}
        connection.executemany("INSERT INTO settings VALUES (?, ?)", settings.items())
        samples = [(i, f"{c}/1.png", c, f"{i:064x}", "[]") for i, c in enumerate("ab")]
        columns = "id, image, label, sha256, cells"
        connection.executemany(f"INSERT INTO samples ({columns}) VALUES (?, ?, ?, ?, ?)", samples)
        columns = (
            "id, at, reviewer, image, sha256, action, old_label, new_label, reason, note, undoes, "
            "run, app_version, hash"
        )
        marks = ", ".join("?" * len(ROWS[0]))
        connection.executemany(f"INSERT INTO decisions ({columns}) VALUES ({marks})", rows)
        connection.commit()
    return folder


def version_of(file):
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("PRAGMA user_version").fetchone()[0]


def test_it_is_brought_to_this_version_verifies_and_undoes(old_project, capsys):
    with ProjectStore.open(old_project) as project:
        assert [row.hash for row in project.decisions.all()] == [row[-1] for row in ROWS]
        assert project.decisions.review("a/1.png").label == "b"
        assert [row.undoes for row in project.decisions.redo(reviewer="x")] == [3]
        assert project.decisions.review("b/1.png").status is Status.EXCLUDED
        project.decisions.undo(reviewer="x")
        project.decisions.undo(reviewer="x")
        assert project.decisions.reviews() == {}
    assert version_of(old_project / DATABASE) == SCHEMA_VERSION
    assert main(["verify", str(old_project), "--quick"]) == 0, capsys.readouterr().out


def test_verify_alone_finds_an_old_project_in_order(old_project):
    assert main(["verify", str(old_project), "--quick"]) == 0
    assert len(read_rows(old_project / JOURNAL)[0]) == len(ROWS) + 2  # two seals


def test_a_backup_of_the_old_version_is_kept(old_project):
    ProjectStore.open(old_project).close()
    backup = old_project / "backups" / "project.before-v2.sqlite"
    assert is_intact(backup)
    assert version_of(backup) == 1


def test_a_migration_that_fails_leaves_the_old_version_whole(old_project, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(
            "qmix_core.project.storage.schema.STEPS",
            (VERSION_1, "ALTER TABLE decisions ADD COLUMN batch INTEGER;\nnonsense;\n"),
        )
        with pytest.raises(ProjectError):
            ProjectStore.open(old_project)
    assert version_of(old_project / DATABASE) == 1
    with ProjectStore.open(old_project) as project:
        assert len(project.decisions.all()) == len(ROWS)


def test_on_a_read_only_disk_it_is_shown_and_stays_as_it_is(old_project, monkeypatch):
    monkeypatch.setattr("qmix_core.project.storage.opening._is_writable", lambda _folder: False)
    with ProjectStore.open(old_project) as project:
        assert project.decisions.review("a/1.png").label == "b"
        project.begin_review()
        assert "read-only" in project.read_only
    assert version_of(old_project / DATABASE) == 1
    assert not (old_project / JOURNAL).exists()


@pytest.mark.parametrize("version", range(1, 5))
def test_what_reasons_said_of_a_decision_becomes_its_context(tmp_path, version):
    schema = "".join(STEPS[:version]) + f"PRAGMA user_version = {version};"
    folder = make_old(tmp_path, schema, rows_of_then())
    with ProjectStore.open(folder) as project:
        rows = project.decisions.all()
        assert [row.context for row in rows] == [context for *_, context in PROSE]
        assert [row.reason for row in rows] == [reason for reason, *_ in PROSE]
        assert [row.hash for row in rows] == [row[-1] for row in rows_of_then()]
        project.decisions.undo(reviewer="x")
    assert read_rows(folder / JOURNAL)[0][: len(PROSE)] == rows
    assert main(["verify", str(folder), "--quick"]) == 0


def test_a_journal_of_then_is_followed_and_brings_decisions_back(tmp_path):
    folder = make_old(tmp_path, "".join(STEPS[:4]) + "PRAGMA user_version = 4;", rows_of_then())
    ProjectStore.open(folder).close()
    # the seals are new
    text = (folder / JOURNAL).read_text()
    lines = [json.loads(line) for line in text.splitlines()][: len(PROSE)]
    for line in lines:
        del line["context"]
    (folder / JOURNAL).write_text("".join(json.dumps(line) + "\n" for line in lines))
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        connection.executescript("DROP TRIGGER decisions_are_never_deleted")
        connection.execute("DELETE FROM decisions WHERE id > 3")
        connection.commit()
    assert main(["recover", str(folder)]) == 0
    with ProjectStore.open(folder) as project:
        rows = project.decisions.all()
        assert [row.context for row in rows] == [context for *_, context in PROSE]
        project.begin_review()
    assert [*folder.glob("decisions-replaced-*")] == []


def test_the_context_of_a_decision_of_then_cannot_be_changed_unnoticed(tmp_path):
    folder = make_old(tmp_path, "".join(STEPS[:4]) + "PRAGMA user_version = 4;", rows_of_then())
    ProjectStore.open(folder).close()
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        connection.executescript("DROP TRIGGER decisions_are_never_changed")
        connection.execute("UPDATE decisions SET context = 'blind_check' WHERE id = 1")
        connection.commit()
    assert main(["verify", str(folder), "--quick"]) == 1


def test_probabilities_of_earlier_runs_come_to_mean_what_they_mean_now(tmp_path):
    verdicts = """
        INSERT INTO runs (started_at, status, preset, device, app_version)
            VALUES ('2026-11-24', 'done', 'quick', 'cpu', '0.1.0');
        INSERT INTO results VALUES
            (1, 0, 'clean', 'a', 0.9, 0.7, 0.06, 0.24, 0.1, 0.2, 0.3, 0.4),
            (1, 1, 'mislabeled_high_quality', 'a', 0.9, 0.2, 0.8, 0.0, 0.1, 0.2, 0.3, 0.4);
    """
    folder = make_old(tmp_path, VERSION_1 + verdicts, [])
    with ProjectStore.open(folder) as project:
        results = project.runs.results(1)
    assert results.posterior[0] == pytest.approx((0.2 * 0.7, 0.2 * 0.3, 0.8))
    assert results.posterior[1] == pytest.approx((0.2, 0.8, 0))
    assert results.p_wrong == pytest.approx((0.3, 0.8))
    assert results.bucket.tolist() == [0, 1]


def test_a_sealed_project_of_the_version_before_is_not_sealed_anew(project):
    file = project.folder / DATABASE
    project.close()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("PRAGMA user_version = 5")
        connection.execute("UPDATE settings SET value = '{}' WHERE key = 'value_ranges'")
        connection.execute("INSERT INTO settings VALUES ('planted', 'x')")
    with ProjectStore.open(project.folder):
        pass
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    assert main(["verify", str(project.folder)]) != 0
