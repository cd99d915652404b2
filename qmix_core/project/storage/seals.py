"""Digests of what is not in the decision log, as rows of it: so that its chain covers them, too.

A seal is written with what it covers, in one transaction. The newest seal of a subject counts, and
one that is broken is not renewed: else the next change would hide what was altered.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path

from qmix_core.base.types import CHECKPOINT_FILE, Action, Context, Decision
from qmix_core.project.storage.decision_log import append, draft
from qmix_core.project.storage.results import (
    COLUMNS,
    RESULTS_FILE,
    StoredVerdicts,
    read_verdicts,
)
from qmix_core.runs.quality_files import BASIS_FILE, TAUGHT_FILE
from qmix_core.runs.quality_report import HOW_FILE

#: What a run keeps in files that is shown as it is: its settings from its beginning; once it has
#: ended also its estimate of the noise, its curves, what similar images are found by, and what
#: quality is taught with.
_SETTINGS = ("config.json",)
_FILES = (*_SETTINGS, "noise.json", "features.npz", BASIS_FILE, HOW_FILE, "epochs/*.npz")
_RUN = "id, started_at, finished_at, status, reason, preset, device, app_version"
_IS_RUNNING = "SELECT 1 FROM runs WHERE id = ? AND status = 'running'"


class Subject(StrEnum):
    """What a seal covers; it stands in the note of its row, the number of a run in `run`."""

    SAMPLES = "samples"
    SETTINGS = "settings"
    RUN = "run"
    RUN_FILES = "run_files"
    KEPT_VERDICTS = "kept_verdicts"
    NETWORKS = "networks"
    TAUGHT_QUALITY = "taught_quality"


_Place = tuple[Subject, int | None]
_OF_RUN = (Subject.RUN, Subject.RUN_FILES)
#: Subjects that are one file of a run.
_FILE_OF = {
    Subject.KEPT_VERDICTS: RESULTS_FILE,
    Subject.NETWORKS: CHECKPOINT_FILE,
    Subject.TAUGHT_QUALITY: TAUGHT_FILE,
}
#: Logs of earlier versions have no such seals; while a run goes on, its files have no end yet.
_SINCE_LATER = frozenset({Subject.KEPT_VERDICTS, Subject.NETWORKS})


@contextmanager
def resealing(
    connection: sqlite3.Connection, *subjects: Subject, runs: Iterable[int] = ()
) -> Iterator[None]:
    """Seal these subjects, and these runs, after what is changed inside; in the caller's
    transaction. Those that were altered before stay as they are, for `broken_seals` to find.
    """
    places = _places(subjects, runs)
    whole = [place for place in places if not is_broken(connection, *place)]
    yield
    append(connection, [_row(connection, *place) for place in whole])


def seal_all(connection: sqlite3.Connection) -> None:
    """Write seals of everything, inside the caller's transaction."""
    runs = [run for (run,) in connection.execute("SELECT id FROM runs ORDER BY id")]
    places = _places((Subject.SAMPLES, Subject.SETTINGS), runs)
    places += [(subject, run) for run in runs for subject in _FILE_OF]
    append(connection, [_row(connection, *place) for place in places])


def seal_file(connection: sqlite3.Connection, subject: Subject, run: int) -> None:
    """Seal a file of a run that was just written as a whole, inside the caller's transaction."""
    append(connection, [_row(connection, subject, run)])


def is_broken(
    connection: sqlite3.Connection,
    subject: Subject,
    run: int | None,
    verdicts: StoredVerdicts | None = None,
) -> bool:
    """Whether this is not as its newest seal says; what was never sealed is not broken.

    `verdicts`: those of the run, where they are read already.
    """
    query = (
        "SELECT sha256 FROM decisions WHERE action = ? AND note = ? AND run IS ? "
        "ORDER BY id DESC LIMIT 1"
    )
    found = connection.execute(query, (Action.SEAL.value, subject.value, run)).fetchone()
    return found is not None and _differs(connection, (subject, run), found[0], verdicts)


def broken_seals(
    connection: sqlite3.Connection, rows: Iterable[Decision], *, copied: bool = False
) -> Iterator[str]:
    """What is not as its newest seal says, or has none; the log's `rows` are the current ones.

    `copied`: whether the folders of the runs are not beside this database, as with a backup.
    """
    latest = {(row.note, row.run): row.sha256 for row in rows if row.action is Action.SEAL}
    known = [run for (run,) in connection.execute("SELECT id FROM runs")]
    runs = sorted({*known, *(run for _, run in latest if run is not None)})
    places = _places((Subject.SAMPLES, Subject.SETTINGS), runs)
    places += [(subject, run) for run in runs for subject in _FILE_OF]
    of_database = {Subject.RUN, Subject.SAMPLES, Subject.SETTINGS}
    for subject, run in places:
        if copied and subject not in of_database:
            continue
        if _differs(connection, (subject, run), latest.get((subject.value, run))):
            yield subject.value.replace("_", " ") + (f" {run}" if run is not None else "")


def _places(subjects: Iterable[Subject], runs: Iterable[int]) -> list[_Place]:
    places: list[_Place] = [(subject, None) for subject in subjects]
    return places + [(subject, run) for run in runs for subject in _OF_RUN]


def _differs(
    connection: sqlite3.Connection,
    place: _Place,
    sealed: str | None,
    verdicts: StoredVerdicts | None = None,
) -> bool:
    subject, run = place
    if subject in _SINCE_LATER and (sealed is None or _is_running(connection, run)):
        return False
    # a later run removes the checkpoint of an earlier one, and nothing is shown without
    is_gone = subject is Subject.NETWORKS and not _file(connection, subject, run).is_file()
    # what was never taught has no seal, and no file
    wanted = "" if subject is Subject.TAUGHT_QUALITY and sealed is None else sealed
    if is_gone or wanted == _digest(connection, subject, run, verdicts):
        return False
    return subject is not Subject.RUN or wanted != _digest_of_rows(connection, _FORMER_RUN, run)


def _row(connection: sqlite3.Connection, subject: Subject, run: int | None) -> Decision:
    digest = _digest(connection, subject, run)
    return draft(
        action=Action.SEAL, sha256=digest, note=subject.value, run=run, context=Context.RECORD
    )


def _digest(
    connection: sqlite3.Connection,
    subject: Subject,
    run: int | None,
    verdicts: StoredVerdicts | None = None,
) -> str:
    digest = hashlib.sha256()
    if subject in _FILE_OF:
        with suppress(OSError), _file(connection, subject, run).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
        return ""
    if subject is Subject.RUN_FILES:
        folder = _folder(connection, run)
        for pattern in _SETTINGS if _is_running(connection, run) else _FILES:
            for file in sorted(folder.glob(pattern)):
                digest.update(f"{file.relative_to(folder).as_posix()}\n".encode())
                with suppress(OSError):
                    digest.update(hashlib.sha256(file.read_bytes()).digest())
        return digest.hexdigest()
    if subject is Subject.RUN:
        return _digest_of_run(connection, run, verdicts)
    return _digest_of_rows(connection, _QUERIES[subject], run)


def _digest_of_run(
    connection: sqlite3.Connection, run: int | None, verdicts: StoredVerdicts | None
) -> str:
    row = connection.execute(_RUN_ROW, {"run": run}).fetchone()
    digest = hashlib.sha256(f"{row!r}\n".encode())
    try:
        verdicts = verdicts or read_verdicts(connection, run or 0)
    except (ValueError, TypeError):
        return ""  # what is no number was never sealed
    for part in verdicts.content():
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


def _digest_of_rows(connection: sqlite3.Connection, queries: Iterable[str], run: int | None) -> str:
    digest = hashlib.sha256()
    for query in queries:
        for row in connection.execute(query, {"run": run} if run is not None else {}):
            digest.update(f"{row!r}\n".encode())
        digest.update(b"\n")
    return digest.hexdigest()


def _is_running(connection: sqlite3.Connection, run: int | None) -> bool:
    return connection.execute(_IS_RUNNING, (run,)).fetchone() is not None


def _folder(connection: sqlite3.Connection, run: int | None) -> Path:
    project = Path(connection.execute("PRAGMA database_list").fetchone()[2]).parent
    return project / "runs" / f"{run:04d}"


def _file(connection: sqlite3.Connection, subject: Subject, run: int | None) -> Path:
    return _folder(connection, run) / _FILE_OF[subject]


_RUN_ROW = f"SELECT {_RUN} FROM runs WHERE id = :run"
_QUERIES: dict[Subject, tuple[str, ...]] = {
    Subject.SAMPLES: (
        "SELECT id, image, label, sha256, cells, patient, eye FROM samples ORDER BY id",
        "SELECT kind, image, text FROM problems ORDER BY rowid",
    ),
    Subject.SETTINGS: ("SELECT key, value FROM settings ORDER BY key",),
}
#: What a seal of a run was a digest of up to version 6: a second for 100,000 images.
_FORMER_RUN = (
    _RUN_ROW,
    f"SELECT sample, {COLUMNS} FROM results WHERE run = :run ORDER BY sample",
)
