"""Tables of project.sqlite, step by step. `decisions` is append-only: the database refuses changes.

A new database goes through all steps, one of an older version through those that it lacks.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from qmix_core.project.storage.database import transaction
from qmix_core.project.storage.earlier_reasons import earlier_context

_STEP_1 = """
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE samples (
    id INTEGER PRIMARY KEY,
    image TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    cells TEXT NOT NULL
);
CREATE TABLE problems (kind TEXT NOT NULL, image TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    started_at TEXT NOT NULL,
    finished_at TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    preset TEXT NOT NULL,
    device TEXT NOT NULL,
    app_version TEXT NOT NULL
);
CREATE TABLE results (
    run INTEGER NOT NULL REFERENCES runs(id),
    sample INTEGER NOT NULL REFERENCES samples(id),
    bucket TEXT NOT NULL,
    suggested_label TEXT NOT NULL,
    probability REAL NOT NULL,
    p_clean REAL NOT NULL,
    p_mislabeled_high_quality REAL NOT NULL,
    p_mislabeled_low_quality REAL NOT NULL,
    error_score REAL NOT NULL,
    loss REAL NOT NULL,
    uncertainty REAL NOT NULL,
    stability REAL NOT NULL,
    PRIMARY KEY (run, sample)
) WITHOUT ROWID;
CREATE TABLE decisions (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    image TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    action TEXT NOT NULL,
    old_label TEXT NOT NULL,
    new_label TEXT NOT NULL,
    reason TEXT NOT NULL,
    note TEXT NOT NULL,
    undoes INTEGER REFERENCES decisions(id),
    run INTEGER,
    app_version TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX decisions_by_image ON decisions (image);
CREATE TRIGGER decisions_are_never_changed BEFORE UPDATE ON decisions
    BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER decisions_are_never_deleted BEFORE DELETE ON decisions
    BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
"""

#: `batch`: id of the first row of the operation, NULL for a row that was written alone.
_STEP_2 = """
ALTER TABLE decisions ADD COLUMN batch INTEGER REFERENCES decisions(id);
"""

#: Rows on classes have no image. No table changes, but the program of before knows no such row.
_STEP_3 = ""

#: What DICOM headers say; see Sample.
_STEP_4 = """
ALTER TABLE samples ADD COLUMN patient TEXT NOT NULL DEFAULT '';
ALTER TABLE samples ADD COLUMN eye TEXT NOT NULL DEFAULT '';
"""

#: How a decision came about, and the row of another log that it was made from. What earlier rows
#: said of it in their reasons is read here, once.
#: The third probability was P(wrong and poor); it becomes P(poor), and P(wrong) splits the rest.
_STEP_5 = """
ALTER TABLE decisions ADD COLUMN context TEXT NOT NULL DEFAULT 'review';
ALTER TABLE decisions ADD COLUMN origin TEXT NOT NULL DEFAULT '';
DROP TRIGGER decisions_are_never_changed;
UPDATE decisions SET context = earlier_context(reason, run);
CREATE TRIGGER decisions_are_never_changed BEFORE UPDATE ON decisions
    BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
UPDATE results SET
    p_mislabeled_low_quality = p_mislabeled_low_quality
        / max(p_mislabeled_high_quality + p_mislabeled_low_quality, 1e-9);
UPDATE results SET
    p_mislabeled_high_quality = (1 - p_mislabeled_low_quality) * (1 - p_clean),
    p_clean = (1 - p_mislabeled_low_quality) * p_clean;
"""

#: A reader may say that an image is fine. No table changes, but the program of before knows no such
#: row.
_STEP_6 = ""

#: Seals of verdicts are digests of their numbers. No table changes, but the program of before would
#: take them for altered.
_STEP_7 = ""

#: Step n leads from version n - 1 to n, which is SQLite's `user_version`.
STEPS = (_STEP_1, _STEP_2, _STEP_3, _STEP_4, _STEP_5, _STEP_6, _STEP_7)
SCHEMA_VERSION = len(STEPS)
#: Logs of this version and later have seals (see `seals`).
SEALED_SINCE = 5


def schema_version(connection: sqlite3.Connection) -> int:
    """The number of steps that a database has behind it; 0 where it is empty."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, *, before: Callable[[int], None]) -> bool:
    """Bring a database to this version, whole or not at all; False where it was already.

    `before(version)` is called first, to take a backup.
    """
    version = schema_version(connection)
    if version == SCHEMA_VERSION:
        return False
    before(version)
    with transaction(connection):
        take_steps(connection)
    return True


def take_steps(connection: sqlite3.Connection) -> None:
    """Take all steps that are still to do, inside the caller's transaction."""
    connection.create_function("earlier_context", 2, earlier_context)
    for step in STEPS[schema_version(connection) :]:
        for statement in step.split(";\n"):
            if statement.strip():
                connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
