"""Digests of what is not in the decision log, as rows of it: so that its chain covers them, too.

A seal is written with what it covers, in one transaction. The newest seal of a subject counts.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from qmix_core.base.types import Action, Context, Decision
from qmix_core.project.storage.decision_log import append, draft
from qmix_core.project.storage.results import COLUMNS
from qmix_core.runs.quality_files import BASIS_FILE, TAUGHT_FILE

#: What a run keeps in files that is shown as it is: its settings from its beginning; once it has
#: ended also its estimate of the noise, its curves, what similar images are found by, and what
#: quality is taught by.
_SETTINGS = ("config.json",)
_FILES = (*_SETTINGS, "noise.json", "features.npz", BASIS_FILE, TAUGHT_FILE, "epochs/*.npz")
_RUN = "id, started_at, finished_at, status, reason, preset, device, app_version"
_IS_RUNNING = "SELECT 1 FROM runs WHERE id = ? AND status = 'running'"


class Subject(StrEnum):
    """What a seal covers; it stands in the note of its row, the number of a run in `run`."""

    SAMPLES = "samples"
    SETTINGS = "settings"
    RUN = "run"
    RUN_FILES = "run_files"


def seal(connection: sqlite3.Connection, *subjects: Subject, runs: Iterable[int] = ()) -> None:
    """Write seals of these subjects, and of these runs, inside the caller's transaction."""
    places: list[tuple[Subject, int | None]] = [(subject, None) for subject in subjects]
    places += [(subject, run) for run in runs for subject in (Subject.RUN, Subject.RUN_FILES)]
    append(connection, [_row(connection, subject, run) for subject, run in places])


def seal_all(connection: sqlite3.Connection) -> None:
    """Write seals of everything, inside the caller's transaction."""
    runs = [run for (run,) in connection.execute("SELECT id FROM runs ORDER BY id")]
    seal(connection, Subject.SAMPLES, Subject.SETTINGS, runs=runs)


def broken_seals(
    connection: sqlite3.Connection, rows: Iterable[Decision], *, copied: bool = False
) -> Iterator[str]:
    """What is not as its newest seal says, or has none; the log's `rows` are the current ones.

    `copied`: whether the folders of the runs are not beside this database, as with a backup.
    """
    latest = {(row.note, row.run): row.sha256 for row in rows if row.action is Action.SEAL}
    known = [run for (run,) in connection.execute("SELECT id FROM runs")]
    runs = {*known, *(run for _, run in latest if run is not None)}
    places: list[tuple[Subject, int | None]]
    places = [(Subject.SAMPLES, None), (Subject.SETTINGS, None)]
    places += [(Subject.RUN, run) for run in sorted(runs)]
    if not copied:
        places += [(Subject.RUN_FILES, run) for run in sorted(runs)]
    for subject, run in places:
        if latest.get((subject.value, run)) != _digest(connection, subject, run):
            yield subject.value.replace("_", " ") + (f" {run}" if run is not None else "")


def _row(connection: sqlite3.Connection, subject: Subject, run: int | None) -> Decision:
    digest = _digest(connection, subject, run)
    return draft(
        action=Action.SEAL, sha256=digest, note=subject.value, run=run, context=Context.RECORD
    )


def _digest(connection: sqlite3.Connection, subject: Subject, run: int | None) -> str:
    digest = hashlib.sha256()
    if subject is Subject.RUN_FILES:
        project = Path(connection.execute("PRAGMA database_list").fetchone()[2]).parent
        folder = project / "runs" / f"{run:04d}"
        is_running = connection.execute(_IS_RUNNING, (run,)).fetchone() is not None
        for pattern in _SETTINGS if is_running else _FILES:
            for file in sorted(folder.glob(pattern)):
                digest.update(f"{file.relative_to(folder).as_posix()}\n".encode())
                with suppress(OSError):
                    digest.update(hashlib.sha256(file.read_bytes()).digest())
        return digest.hexdigest()
    for query in _QUERIES[subject]:
        for row in connection.execute(query, {"run": run} if run is not None else {}):
            digest.update(f"{row!r}\n".encode())
        digest.update(b"\n")
    return digest.hexdigest()


_QUERIES: dict[Subject, tuple[str, ...]] = {
    Subject.SAMPLES: (
        "SELECT id, image, label, sha256, cells, patient, eye FROM samples ORDER BY id",
        "SELECT kind, image, text FROM problems ORDER BY rowid",
    ),
    Subject.SETTINGS: ("SELECT key, value FROM settings ORDER BY key",),
    Subject.RUN: (
        f"SELECT {_RUN} FROM runs WHERE id = :run",
        f"SELECT sample, {COLUMNS} FROM results WHERE run = :run ORDER BY sample",
    ),
}
