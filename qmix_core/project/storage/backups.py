"""Backups of project.sqlite: two generations, and one from before each change of the schema."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from qmix_core.base.atomic_write import make_private_folder, rename, whole_file
from qmix_core.project.storage.database import connect, is_sound, reason
from qmix_core.project.storage.schema import SCHEMA_VERSION, schema_version

#: About a quarter of an hour of review. Decisions since then are in the journal as well, so the
#: number only bounds how much a recovery must take from there.
BACKUP_EVERY = 200
_FOLDER = "backups"
_NEWEST, _OLDER = "project.1.sqlite", "project.2.sqlite"
_log = logging.getLogger(__name__)


def list_backups(folder: Path) -> list[Path]:
    """The backups of a project folder that are there, newest first, intact or not."""
    files = [folder / _FOLDER / _NEWEST, folder / _FOLDER / _OLDER]
    files += [_before(folder, version) for version in range(SCHEMA_VERSION, 0, -1)]
    return [file for file in files if file.is_file()]


def is_intact(file: Path) -> bool:
    """Whether a backup can be read from end to end and is of a version that we know."""
    try:
        with closing(connect(file, immutable=True)) as connection:
            known = 0 < schema_version(connection) <= SCHEMA_VERSION
            return known and is_sound(connection)
    except (sqlite3.Error, OSError, ValueError):
        return False


def back_up(database: Path) -> None:
    """Put a checked copy of the database in the first place; what was there becomes the second.

    Nothing is done where nothing has changed since the newest backup.

    Raises:
        OSError, sqlite3.Error: the copy cannot be made; the backups of before are still there.
    """
    newest = database.parent / _FOLDER / _NEWEST
    has_newest = newest.is_file() and is_intact(newest)
    if has_newest and _state(newest, immutable=True) == _state(database):
        return
    with _copy_to(newest, database):
        # a damaged backup must not push an intact one out
        if has_newest:
            rename(newest, newest.with_name(_OLDER))


def back_up_before(database: Path, version: int) -> None:
    """Keep a copy from before a change of the schema. Raises as `back_up`."""
    with _copy_to(_before(database.parent, version), database):
        pass


class BackupKeeper:
    """Backs a project up in a thread of its own, so that no decision waits for it."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._thread: threading.Thread | None = None
        self._since = 0
        #: why the last backup could not be made, empty where it could
        self.problem = ""

    def count(self, decisions: int) -> None:
        """Take note of decisions; every so often a backup is begun."""
        self._since += decisions
        if self._since >= BACKUP_EVERY:
            self.begin()

    def begin(self) -> None:
        """Begin a backup, unless one is being made."""
        if self._thread is None or not self._thread.is_alive():
            self._since = 0
            self._thread = threading.Thread(target=self._work, name="backup")
            self._thread.start()

    def close(self) -> None:
        """Wait for the backup that is being made."""
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        try:
            back_up(self._database)
            self.problem = ""
        except (OSError, sqlite3.Error) as error:
            _log.warning("No backup of %s: %s", self._database, error)
            self.problem = reason(error)


def _before(folder: Path, version: int) -> Path:
    return folder / _FOLDER / f"project.before-v{version + 1}.sqlite"


@contextmanager
def _copy_to(backup: Path, database: Path) -> Iterator[None]:
    """A complete copy of the database as one file, checked; it takes its place after the block."""
    make_private_folder(backup.parent)
    with whole_file(backup, private=True) as file:
        with closing(connect(database)) as source, closing(sqlite3.connect(file.name)) as copy:
            source.backup(copy)
            # one file, without a log beside it
            copy.execute("PRAGMA journal_mode = DELETE")
            if not is_sound(copy):
                raise sqlite3.DatabaseError("the copy is damaged")
        yield


def _state(file: Path, *, immutable: bool = False) -> object:
    """What changes whenever something worth a backup does."""
    with closing(connect(file, immutable=immutable)) as connection:
        queries = (
            "PRAGMA user_version",
            "SELECT max(id) FROM decisions",
            "SELECT count(*) FROM samples",
            "SELECT id, status, finished_at FROM runs ORDER BY id",
            "SELECT key, value FROM settings ORDER BY key",
        )
        return [connection.execute(query).fetchall() for query in queries]
