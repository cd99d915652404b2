"""The SQLite file of a project: durable, changed in whole transactions, reopened after a fault."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from qmix_core.base.atomic_write import require_room
from qmix_core.base.errors import ProjectError

#: The primary result codes of SQLite that a person should read otherwise.
_WORDS = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "it is read-only",
    sqlite3.SQLITE_IOERR: "the disk does not answer",
    sqlite3.SQLITE_CANTOPEN: "the disk does not answer",
    sqlite3.SQLITE_BUSY: "another program is writing to it",
}
#: The longest text or row; a table of labels has none, a crafted file may.
_MAX_CELL_BYTES = 100_000_000
#: SQLite takes 512 bytes, with the names of its own files beside the database.
_LONGEST_PATH = 500
#: Twice the index of the log that a decision needs, in bytes.
_ROOM = 1 << 16


class Database:
    """The one connection of a project. All methods raise sqlite3.Error or OSError.

    `writing` raises ProjectError where the project is not trusted.

    After a fault, or where another file has taken the place of the database (a drive that was
    away, a restored backup), the next use opens a new connection.
    """

    def __init__(self, file: Path, *, read_only: bool = False, immutable: bool = False) -> None:
        self.file = file
        self.read_only = read_only
        #: why nothing is written here, a sentence; empty where the person trusts the project
        self.distrust = ""
        self._immutable = immutable
        self._connection: sqlite3.Connection | None = None
        self._identity = (0, 0)

    def read(self, sql: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        """Run a query."""
        return self.connection.execute(sql, values)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """All statements inside are on the disk afterwards, or none."""
        if self.distrust:
            raise ProjectError(self.distrust)
        if self.read_only:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        if self._connection is not None and self._identity != _identity(self.file):
            self.close()
        try:
            self._require_room()
            with transaction(self.connection):
                yield self.connection
        except (sqlite3.Error, OSError):
            self.close()
            raise

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection, opened where there is none."""
        if self._connection is None:
            self._identity = _identity(self.file)
            if not self.read_only:
                self._require_room()
            self._connection = connect(
                self.file, read_only=self.read_only, immutable=self._immutable
            )
        return self._connection

    def _require_room(self) -> None:
        """Where SQLite maps its index of the log, a disk without room would kill the process.

        It claims only the end of each page, which is no whole page where blocks are smaller.
        """
        require_room(self.file.parent, _ROOM)

    def use_copy_in_memory(self) -> None:
        """Continue with a copy that can be changed while the file stays as it is."""
        copy = sqlite3.connect(":memory:", isolation_level=None)
        self.connection.backup(copy)
        self.close()
        self._connection = copy

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def connect(
    file: Path, *, create: bool = False, read_only: bool = False, immutable: bool = False
) -> sqlite3.Connection:
    """Open a database file; transactions are begun by hand. `immutable` reads without its WAL."""
    posix = file.absolute().as_posix()
    if len(os.fsencode(posix)) > _LONGEST_PATH:
        # SQLite itself only says that it cannot open the file
        raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG), str(file))
    mode = "ro" if read_only or immutable else "rwc" if create else "rw"
    uri = f"file://{'' if posix.startswith('/') else '/'}{quote(posix)}?mode={mode}"
    uri += "&immutable=1" if immutable else ""
    connection = sqlite3.connect(uri, timeout=10, isolation_level=None, uri=True)
    try:
        # a decision that was shown as made must survive a power cut
        connection.execute("PRAGMA synchronous = FULL")
        # what is mapped cannot be refused by a disk, only ended by it
        connection.execute("PRAGMA mmap_size = 0")
        connection.execute("PRAGMA foreign_keys = ON")
        _close_doors(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _close_doors(connection: sqlite3.Connection) -> None:
    """Nothing that a crafted file may hold is run."""
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_CELL_BYTES)
    setconfig = getattr(connection, "setconfig", None)
    if setconfig is not None:  # from Python 3.12 on
        setconfig(getattr(sqlite3, "SQLITE_DBCONFIG_DEFENSIVE"))  # noqa: B009 - unknown to 3.11


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All statements inside are committed together, or none."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # a full disk makes SQLite roll back by itself
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def changing(database: Database) -> Iterator[sqlite3.Connection]:
    """As `Database.writing`, for what a person asked for.

    Raises:
        ProjectError: the disk refuses; nothing was changed then.
    """
    try:
        with database.writing() as connection:
            yield connection
    except (sqlite3.Error, OSError) as error:
        raise ProjectError(
            f"{database.file.parent} could not be written ({reason(error)}): nothing was changed; "
            "free space or restore the connection and try again."
        ) from error


def is_sound(connection: sqlite3.Connection) -> bool:
    """Whether SQLite finds its pages in order; 0.2 s for 100,000 images with one run."""
    return bool(connection.execute("PRAGMA quick_check(1)").fetchall() == [("ok",)])


def error_code(error: Exception) -> int:
    """SQLite's primary result code of an error; 0 where it is none of SQLite's."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def reason(error: Exception) -> str:
    """What an error of this module means, in words that fit into brackets."""
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return _WORDS[sqlite3.SQLITE_FULL]
    words = _WORDS.get(error_code(error)) or getattr(error, "strerror", None)
    return words or str(error)


def _identity(file: Path) -> tuple[int, int]:
    stat = file.stat()
    return stat.st_dev, stat.st_ino
