"""Tables of project.sqlite. `decisions` is append-only: the database itself refuses changes."""

from __future__ import annotations

SCHEMA_VERSION = 1

SCHEMA = """
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
