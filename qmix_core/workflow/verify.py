"""Whether a project is as it was left: decisions, their journal, the database, the originals."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qmix_core.base.cancellation import Control
from qmix_core.base.errors import DamagedProject
from qmix_core.base.types import Decision, Progress, Sample
from qmix_core.project.storage.decision_log import chain_breaks
from qmix_core.project.storage.journal import JOURNAL, read_rows
from qmix_core.project.storage.opening import open_database, translating_errors
from qmix_core.project.store import ProjectStore
from qmix_core.second_readers.merge import check_ledger


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. `kind`: database, decision, journal, reading or original."""

    kind: str
    item: str
    text: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What was looked at, and all that is wrong with it. `originals` counts the files compared."""

    decisions: int
    originals: int
    findings: tuple[Finding, ...]


def verify(
    folder: Path,
    *,
    quick: bool = False,
    progress: Progress = lambda _done, _total: None,
    control: Control | None = None,
) -> Verification:
    """Check a project and change nothing; `quick` leaves out the originals.

    Raises:
        ProjectError: no project, or not to be read now. Cancelled: `control` says so.
    """
    folder = folder.expanduser().absolute()
    try:
        with ProjectStore.open(folder) as project:
            rows, root = project.decisions.all(), project.root
            files = {item: project.files.path(item) for item in project.samples if item.sha256}
    except DamagedProject as error:
        return Verification(0, 0, (Finding("database", folder.name, str(error)),))
    findings = [*_database(folder)]
    text = "this row was altered after it was written, or rows before it were removed"
    findings += [Finding("decision", _name(row), text) for row in chain_breaks(rows)]
    findings += _journal(folder, rows)
    findings += [Finding("reading", item, text) for item, text in check_ledger(folder)]
    if quick:
        files = {}
    findings += _originals(root, files, progress, control or Control())
    return Verification(len(rows), len(files), tuple(findings))


def _database(folder: Path) -> Iterator[Finding]:
    database = open_database(folder)
    try:
        with translating_errors(folder):
            for (text,) in database.read("PRAGMA integrity_check"):
                if text != "ok":
                    yield Finding("database", folder.name, text)
            for table, row, parent, _ in database.read("PRAGMA foreign_key_check"):
                text = f"row {row} of {table} points to a row of {parent} that is not there"
                yield Finding("database", table, text)
    finally:
        database.close()


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
