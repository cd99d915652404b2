"""Brings a project back whose database is damaged or gone: backup, then journal, then run folders.

Nothing is deleted: the damaged files are set aside in the project folder.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from qmix_core.base.atomic_write import make_private_folder, rename, whole_file
from qmix_core.base.errors import ConfigError, DamagedProject, ProjectError
from qmix_core.base.types import Decision
from qmix_core.base.version import __version__
from qmix_core.project.storage.backups import back_up, is_intact, list_backups
from qmix_core.project.storage.database import connect, reason, transaction
from qmix_core.project.storage.decision_log import (
    chain_breaks,
    each_row,
    follows,
    head,
    insert,
    read_after,
    read_all,
    utc_now,
)
from qmix_core.project.storage.entries import refuse_links
from qmix_core.project.storage.journal import JOURNAL, catch_up, read_rows
from qmix_core.project.storage.lock import ReviewLock, training_alone
from qmix_core.project.storage.opening import DATABASE, damaged
from qmix_core.project.storage.schema import SEALED_SINCE, migrate, schema_version
from qmix_core.project.storage.seals import broken_seals, seal_all
from qmix_core.project.store import ProjectStore
from qmix_core.runs.config import RunConfig

_WORKPLACE = ".recovering-"
_FILES = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm")


@dataclass(frozen=True, slots=True)
class Recovery:
    """What came of a recovery.

    `backup_from`: UTC time of the backup that was restored, empty where the database itself was
    whole. `replayed`: decisions brought back beyond it. `lost`: id and image (or class) of the
    decisions that are known to have been made but could not be brought back. `unreadable`: lines
    of the journal that cannot be read. `runs_back`: runs whose results came back from their
    folders; `runs_lost`: runs without results. `set_aside`: where the damaged files are, empty
    where there were none.
    """

    backup_from: str
    replayed: int
    lost: tuple[tuple[int, str], ...]
    unreadable: int
    runs_back: tuple[int, ...]
    runs_lost: tuple[int, ...]
    set_aside: str

    def sentences(self) -> list[str]:
        """The same in words."""
        base = f"The backup of {self.backup_from} was restored."
        said = [base if self.backup_from else "The database itself was whole and was kept."]
        said.append(f"Decisions brought back that it lacked: {self.replayed}.")
        subjects = ", ".join(sorted({subject for _, subject in self.lost}))
        said.append(
            f"Decisions lost: {len(self.lost)}" + (f", of {subjects}." if subjects else ".")
        )
        if self.unreadable:
            said.append(f"Lines of {JOURNAL} that cannot be read: {self.unreadable}.")
        for title, runs in (("back", self.runs_back), ("lost", self.runs_lost)):
            if runs:
                said.append(f"Runs whose results are {title}: {', '.join(map(str, runs))}.")
        if self.set_aside:
            said.append(f"The damaged files are in {self.set_aside}.")
        return said


@dataclass(frozen=True, slots=True)
class _Remains:
    """What can still be read of a database that may be damaged."""

    is_whole: bool
    rows: dict[int, Decision]
    done: set[int]


def recover(folder: Path) -> Recovery:
    """Bring the project back and say exactly what was recovered and what was lost.

    Raises:
        ProjectError: no project, open in a window or in training, no intact backup, or the disk
        refuses; what is there stays as it is then.
    """
    folder = folder.expanduser().absolute()
    if not (folder / DATABASE).is_file() and not list_backups(folder):
        raise ProjectError(f"{folder} is no QMix project: there is nothing to recover.")
    lock = ReviewLock(folder)
    try:
        refuse_links(folder)
        lock.take()
        # a run that ends meanwhile would write into what is being replaced
        with training_alone(folder, check=lambda: None):
            return _recover(folder)
    except (OSError, sqlite3.Error) as error:
        raise ProjectError(
            f"{folder} cannot be recovered now ({reason(error)}): free space or restore the "
            "connection and try again."
        ) from error
    finally:
        lock.release()


def _recover(folder: Path) -> Recovery:
    journal, unreadable = read_rows(folder / JOURNAL)
    remains = _salvage(folder)
    backup_from, set_aside = "", ""
    if not remains.is_whole:
        backup = next((file for file in list_backups(folder) if _is_true(file)), None)
        if backup is None:
            raise damaged(folder, "and no intact backup of it is in its folder backups")
        backup_from = _time_of(backup)
        set_aside = _restore(folder, backup)
    by_id = {row.id: row for row in journal}
    with closing(connect(folder / DATABASE)) as connection:
        migrate(connection, before=lambda _version: None)
        with transaction(connection):
            first = head(connection)[0]
            last = _replay(connection, by_id, remains.rows)
            added = _add_runs(connection, folder)
            if set_aside or added:
                seal_all(connection)
        # a journal with rows that could not be brought back is set aside by this
        catch_up(folder / JOURNAL, lambda row_id: read_after(connection, row_id))
    with ProjectStore.open(folder) as project:
        runs_back = project.runs.store_kept()
        runs_lost = sorted((remains.done | added) - {*project.runs.finished()})
    back_up(folder / DATABASE)
    known = remains.rows | by_id
    lost = tuple((number, known[number].subject) for number in sorted(known) if number > last)
    return Recovery(
        backup_from, last - first, lost, unreadable, tuple(runs_back), tuple(runs_lost), set_aside
    )


def _salvage(folder: Path) -> _Remains:
    """Read a copy: opening a damaged database could change it."""
    rows: dict[int, Decision] = {}
    done: set[int] = set()
    is_whole = False
    with _workplace(folder) as workplace:
        copy = workplace / folder.name
        copy.mkdir()
        for name in _FILES[:2]:
            if (folder / name).is_file():
                shutil.copyfile(folder / name, copy / name)
        if not (copy / DATABASE).is_file():
            return _Remains(is_whole, rows, done)
        with suppress(DamagedProject), ProjectStore.open(copy) as project:
            is_whole = not chain_breaks(project.decisions.rows())
        # damaged text makes sqlite3 raise ValueErrors, damaged cells have the wrong type
        with (
            suppress(sqlite3.Error, ValueError, TypeError),
            closing(connect(copy / DATABASE)) as connection,
        ):
            migrate(connection, before=lambda _version: None)
            with suppress(sqlite3.Error):
                query = "SELECT id FROM runs WHERE status = 'done'"
                done.update(number for (number,) in connection.execute(query))
            rows.update((row.id, row) for row in each_row(connection))
            is_whole = is_whole and not any(broken_seals(connection, rows.values(), copied=True))
    return _Remains(is_whole, rows, done)


@contextmanager
def _workplace(folder: Path) -> Iterator[Path]:
    """A folder in the project for copies: no other place may hold what it says of patients."""
    for left in folder.glob(f"{_WORKPLACE}*"):  # of a recovery that was killed
        if not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=_WORKPLACE, dir=folder) as made:
        yield Path(made)


def _is_true(backup: Path) -> bool:
    """Whether a backup is intact, and its decisions are those that were made."""
    if not is_intact(backup):
        return False
    with _workplace(backup.parent) as workplace:
        copy = Path(shutil.copyfile(backup, workplace / DATABASE))
        with closing(connect(copy)) as connection:
            has_seals = schema_version(connection) >= SEALED_SINCE
            migrate(connection, before=lambda _version: None)
            rows = read_all(connection)
            is_sealed = not (has_seals and any(broken_seals(connection, rows, copied=True)))
            return is_sealed and not chain_breaks(rows)


def _restore(folder: Path, backup: Path) -> str:
    """Put a backup in the place of the database; give the folder of the files set aside."""
    aside = folder / f"damaged-{utc_now().replace(':', '-')}"
    with whole_file(folder / DATABASE, private=True) as file, backup.open("rb") as source:
        shutil.copyfileobj(source, file)
        there = [name for name in _FILES if (folder / name).exists()]
        for name in there:
            make_private_folder(aside)
            rename(folder / name, aside / name)
    return str(aside) if there else ""


def _replay(connection: sqlite3.Connection, *sources: dict[int, Decision]) -> int:
    """Append the rows that follow from the last one by their hash; give the last row's id."""
    images = {image for (image,) in connection.execute("SELECT image FROM samples")}
    images.add("")  # of the rows on classes
    last, previous = head(connection)
    while True:
        candidates = (source[last + 1] for source in sources if last + 1 in source)
        fitting = (row for row in candidates if follows(previous, row))
        row = next((row for row in fitting if row.image in images), None)
        if row is None:
            return last
        insert(connection, row)
        last, previous = row.id, row.hash


def _add_runs(connection: sqlite3.Connection, folder: Path) -> set[int]:
    """Record the runs that have a folder but no row, so that no new run gets their number."""
    known = {number for (number,) in connection.execute("SELECT id FROM runs")}
    folders = (folder / "runs").glob("[0-9]*")
    found = {int(path.name): path for path in folders if path.name.isdecimal()}
    for number in sorted(found.keys() - known):
        preset, device = "", ""
        with suppress(ConfigError):
            config = RunConfig.load(found[number] / "config.json")
            preset, device = config.preset, config.device
        connection.execute(
            "INSERT INTO runs (id, started_at, status, reason, preset, device, app_version) "
            "VALUES (?, ?, 'interrupted', 'Recovered from its folder.', ?, ?, ?)",
            (number, _time_of(found[number]), preset, device, __version__),
        )
    return found.keys() - known


def _time_of(path: Path) -> str:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="seconds")
