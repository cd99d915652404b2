"""Whether a project is as it was left: decisions, their journal, the database, the originals."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from qmix_core.base.cancellation import Control
from qmix_core.base.errors import DamagedProject, ProjectError
from qmix_core.base.types import Action, Decision, Progress, Sample
from qmix_core.export.anonymous import KEY_FILE, is_key_altered
from qmix_core.project.storage.backups import is_intact, list_backups
from qmix_core.project.storage.database import connect
from qmix_core.project.storage.decision_log import chain_breaks, read_all
from qmix_core.project.storage.journal import JOURNAL, read_rows
from qmix_core.project.storage.opening import open_database, translating_errors
from qmix_core.project.storage.schema import SEALED_SINCE, schema_version
from qmix_core.project.storage.seals import broken_seals
from qmix_core.project.store import ProjectStore
from qmix_core.second_readers.merge import check_ledger


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    `kind`: database, decision, history, sealed, journal, backup, reading or original.
    """

    kind: str
    item: str
    text: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What was looked at, and all that is wrong with it. `originals` counts the files compared.

    `head`: hash of the newest row of the log; empty where it cannot be read.
    """

    decisions: int
    originals: int
    findings: tuple[Finding, ...]
    head: str = ""


def verify(
    folder: Path,
    *,
    quick: bool = False,
    head: str = "",
    progress: Progress = lambda _done, _total: None,
    control: Control | None = None,
) -> Verification:
    """Check a project and change nothing; `quick` leaves out the originals.

    `head`: a hash that was noted earlier; where the log has it no more, its history is another.

    Raises:
        ProjectError: no project, or not to be read now. Cancelled: `control` says so.
    """
    folder = folder.expanduser().absolute()
    try:
        with ProjectStore.open(folder) as project:
            rows, root = project.decisions.rows(), project.root
            is_other_key = is_key_altered(project)
            files = {item: project.files.path(item) for item in project.samples if item.sha256}
    except DamagedProject as error:
        return Verification(0, 0, (Finding("database", folder.name, str(error)),))
    findings = [*_database(folder, rows)]
    if is_other_key:
        findings.append(Finding("sealed", KEY_FILE, "it was altered after it was written"))
    text = "this row was altered after it was written, or rows before it were removed"
    findings += [Finding("decision", _name(row), text) for row in chain_breaks(rows)]
    if head and head.strip().lower() not in {row.hash for row in rows}:
        text = "no row of the log has this hash: the history was rewritten, or is another project's"
        findings.append(Finding("history", head, text))
    findings += _journal(folder, rows)
    findings += _backup(folder, rows)
    findings += [Finding("reading", item, text) for item, text in check_ledger(folder)]
    if quick:
        files = {}
    findings += _originals(root, files, progress, control or Control())
    decided = sum(row.action is not Action.SEAL for row in rows)
    return Verification(decided, len(files), tuple(findings), rows[-1].hash if rows else "")


def _database(folder: Path, rows: list[Decision]) -> Iterator[Finding]:
    database = open_database(folder)
    try:
        with translating_errors(folder):
            for (text,) in database.read("PRAGMA integrity_check"):
                if text != "ok":
                    yield Finding("database", folder.name, text)
            for table, row, parent, _ in database.read("PRAGMA foreign_key_check"):
                text = f"row {row} of {table} points to a row of {parent} that is not there"
                yield Finding("database", table, text)
            for item in broken_seals(database.connection, rows):
                yield Finding("sealed", item, "it was altered after it was written")
    finally:
        database.close()


def _backup(folder: Path, rows: list[Decision]) -> Iterator[Finding]:
    """The newest backup, where it has seals."""
    for file in list_backups(folder)[:1]:
        name = f"{file.parent.name}/{file.name}"
        try:
            if not is_intact(file):
                raise DamagedProject("it is damaged")
            with translating_errors(folder), closing(connect(file, immutable=True)) as connection:
                found = [*_in_backup(connection, name, rows)]
        except ProjectError:
            found = [Finding("backup", name, "it is damaged")]
        yield from found


def _in_backup(
    connection: sqlite3.Connection, name: str, rows: list[Decision]
) -> Iterator[Finding]:
    if schema_version(connection) < SEALED_SINCE:
        return
    kept = read_all(connection)
    if any(old.hash != row.hash for old, row in zip(kept, rows, strict=False)):
        yield Finding("backup", name, "its decisions are not those of the project")
    if chain_breaks(kept):
        yield Finding("backup", name, "its decisions were altered after they were written")
    for item in broken_seals(connection, kept, copied=True):
        yield Finding("backup", f"{name}, {item}", "it was altered after it was written")


def _journal(folder: Path, rows: list[Decision]) -> Iterator[Finding]:
    with translating_errors(folder):
        journal, unreadable = read_rows(folder / JOURNAL)
    if unreadable:
        yield Finding("journal", JOURNAL, f"{unreadable} lines cannot be read")
    written, stored = {row.id: row for row in journal}, {row.id: row for row in rows}
    for number in sorted(written.keys() | stored.keys()):
        if number not in stored:
            # what is behind the last row was decided while we looked
            if number < max(stored, default=0):
                yield Finding("journal", _name(written[number]), "it is not in the database")
        elif number not in written:
            if stored[number].action is Action.SEAL and number > max(written, default=0):
                continue  # a run that nobody reviewed yet
            yield Finding("journal", _name(stored[number]), f"it is missing in {JOURNAL}")
        elif written[number] != stored[number]:
            text = f"{JOURNAL} and the database say different things"
            yield Finding("journal", _name(stored[number]), text)


def _originals(
    root: Path, files: dict[Sample, Path], progress: Progress, control: Control
) -> Iterator[Finding]:
    if files and not root.is_dir():
        yield Finding("original", str(root), "the dataset folder is not there")
        return
    for done, (sample, file) in enumerate(files.items(), start=1):
        control.check()
        try:
            with file.open("rb") as stream:
                is_same = hashlib.file_digest(stream, "sha256").hexdigest() == sample.sha256
            text = "" if is_same else "the file was altered"
        except FileNotFoundError:
            text = "the file is missing"
        except OSError as error:
            text = f"the file cannot be read ({error.strerror})"
        if text:
            yield Finding("original", sample.image, text)
        progress(done, len(files))


def _name(row: Decision) -> str:
    return f"decision {row.id}, {row.subject}"
