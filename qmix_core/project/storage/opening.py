"""Opens the database of a project folder: looks for damage, brings it to this version."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from qmix_core.base.errors import DamagedProject, ProjectError
from qmix_core.project.storage.backups import back_up_before, list_backups
from qmix_core.project.storage.database import (
    Database,
    connect,
    error_code,
    is_sound,
    reason,
    transaction,
)
from qmix_core.project.storage.decision_log import read_after
from qmix_core.project.storage.entries import refuse_links
from qmix_core.project.storage.journal import JOURNAL, catch_up, last_row
from qmix_core.project.storage.schema import (
    SCHEMA_VERSION,
    SEALED_SINCE,
    migrate,
    schema_version,
)
from qmix_core.project.storage.seals import seal_all
from qmix_core.project.storage.trust import distrust_sentence
from qmix_core.project.storage.validation import refuse_crafted

DATABASE = "project.sqlite"
# what may be right again at the next attempt; all else that SQLite refuses is damage
_PASSING = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
}


def holds_project(folder: Path) -> bool:
    """Whether a folder is a project, or one that has lost its database but can be recovered."""
    return (folder / DATABASE).is_file() or bool(list_backups(folder))


@contextmanager
def translating_errors(folder: Path) -> Iterator[None]:
    """Turns what goes wrong in reading a project into a ProjectError; DamagedProject for damage."""
    try:
        yield
    except (sqlite3.Error, OSError, ValueError, KeyError, TypeError) as error:
        if not isinstance(error, OSError) and error_code(error) not in _PASSING:
            raise damaged(folder, reason(error)) from error
        raise ProjectError(
            f"The database of {folder} cannot be read ({reason(error)}): free space or restore the "
            "connection and try again."
        ) from error


def damaged(folder: Path, what: str) -> DamagedProject:
    """The error for a database that must be recovered."""
    return DamagedProject(
        f"The database of {folder} cannot be read, it is damaged ({what}): recover it in "
        "the window, or with qmix recover."
    )


def open_database(folder: Path) -> Database:
    """The database of a project folder, sound and of this version.

    Raises:
        ProjectError: no project, of a newer version, with links in it, or not to be read.
        DamagedProject: damaged, gone, or behind its journal.
    """
    file = folder / DATABASE
    if not file.is_file():
        if holds_project(folder):
            raise damaged(folder, f"{DATABASE} is gone")
        raise ProjectError(f"{folder} is no QMix project: it has no {DATABASE}.")
    with translating_errors(folder):
        refuse_links(folder)
        distrust = distrust_sentence(folder, _peek(file))
        database = Database(file, read_only=bool(distrust) or not _is_writable(folder))
        database.distrust = distrust
        try:
            return _checked(database)
        except sqlite3.Error as error:
            database.close()
            if error_code(error) not in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}:
                raise
            database = _without_writing(file)
            database.distrust = distrust
            return _checked(database)


def _peek(file: Path) -> dict[str, str]:
    """The settings, before anything is believed or written; none where they cannot be read."""
    with suppress(sqlite3.Error, ValueError):
        with closing(connect(file, read_only=True)) as connection:
            pairs = connection.execute("SELECT key, value FROM settings").fetchall()
        if all(isinstance(text, str) for pair in pairs for text in pair):
            return dict(pairs)
    return {}


def _checked(database: Database) -> Database:
    folder = database.file.parent
    # before the database is read: whoever decides now writes that first
    journal = last_row(folder / JOURNAL)
    try:
        _check(database, folder)
        last = database.read("SELECT max(id) FROM decisions").fetchone()[0] or 0
        if journal is not None and journal.id > last:
            raise damaged(folder, f"it lacks {journal.id - last} decisions that {JOURNAL} has")
    except BaseException:
        database.close()
        raise
    return database


def _check(database: Database, folder: Path) -> None:
    version = schema_version(database.connection)
    if version > SCHEMA_VERSION:
        raise ProjectError(
            f"{folder.name} was made by a newer QMix GUI: update this one to open it."
        )
    if version == 0:
        raise damaged(folder, "it is empty")
    if not is_sound(database.connection):
        raise damaged(folder, "some of its pages are wrong")
    refuse_crafted(database.connection)
    if not database.read_only:
        # a new or restored file has another mode; a damaged one was not touched up to here
        database.read("PRAGMA journal_mode = WAL")
    if version == SCHEMA_VERSION:
        return
    if database.read_only:
        database.use_copy_in_memory()
    migrate(database.connection, before=lambda old: _keep(database, old))
    if version < SEALED_SINCE:
        with transaction(database.connection):
            seal_all(database.connection)
    if not database.read_only:
        # nobody else writes the journal of a project that had none
        with suppress(OSError):
            catch_up(folder / JOURNAL, lambda row_id: read_after(database.connection, row_id))


def _keep(database: Database, version: int) -> None:
    if not database.read_only:
        back_up_before(database.file, version)


def _without_writing(file: Path) -> Database:
    """For a disk that lets SQLite write not even its own files, which reading usually needs."""
    log = file.with_name(file.name + "-wal")
    if log.is_file() and log.stat().st_size:
        raise ProjectError(
            f"{file.parent} lies on a read-only disk and was not closed properly: copy the folder "
            "to a disk that can be written and open the copy."
        )
    return Database(file, read_only=True, immutable=True)


def _is_writable(folder: Path) -> bool:
    return all(os.access(path, os.W_OK) for path in (folder, folder / DATABASE))
