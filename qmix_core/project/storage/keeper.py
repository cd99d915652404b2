"""What the one who decides on a project keeps beside its database: lock, journal and backups."""

from __future__ import annotations

import sqlite3

from qmix_core.base.errors import ProjectError
from qmix_core.project.storage.backups import BackupKeeper
from qmix_core.project.storage.database import Database, reason
from qmix_core.project.storage.decision_log import read_after
from qmix_core.project.storage.journal import JOURNAL, catch_up
from qmix_core.project.storage.lock import ReviewLock, read_only_disk


class Keeper:
    """Asleep until `begin`, which only one process can do for a project at a time.

    `read_only`: why decisions are refused here, a sentence; empty where they are taken.
    `warning`: what is wrong beside the database, a sentence; no decision is lost by it.
    """

    def __init__(self, database: Database) -> None:
        self.read_only = database.distrust
        self.warning = ""
        self._database = database
        self._lock: ReviewLock | None = None
        self._backups = BackupKeeper(database.file)

    def begin(self) -> None:
        """Take the lock, complete the journal and begin a backup, unless it was done.

        Where it cannot be, `read_only` says why.
        """
        folder = self._database.file.parent
        # a drive that is away is no reason to stay read-only; and a lock would make the folder
        if self._lock is not None or self.read_only or not folder.is_dir():
            return
        lock = ReviewLock(folder)
        try:
            if self._database.read_only:
                raise read_only_disk(folder)
            lock.take()
        except ProjectError as error:
            self.read_only = f"Opened read-only: {error}"
            return
        self._lock = lock
        self.follow(0)
        self._backups.begin()

    def require(self) -> None:
        """Begin; raises ProjectError where decisions are refused here."""
        self.begin()
        if self.read_only:
            raise ProjectError(self.read_only)

    def follow(self, decisions: int) -> None:
        """Journal the decisions that were just committed, and back up every so often."""
        folder = self._database.file.parent
        self._backups.count(decisions)
        problem = self._backups.problem
        self.warning = problem and (
            f"No backup of {folder} could be made ({problem}): free space or copy the folder."
        )
        try:
            catch_up(folder / JOURNAL, lambda row_id: read_after(self._database.connection, row_id))
        except (OSError, sqlite3.Error) as error:
            self.warning = (
                f"{JOURNAL} in {folder} could not be written ({reason(error)}): decisions are "
                "safe in the database, and are added there once it can be written."
            )

    def back_up(self) -> None:
        """Begin a backup that holds all that is committed now."""
        self._backups.close()
        self._backups.begin()

    def close(self) -> None:
        """Let others decide."""
        self._backups.close()
        if self._lock is not None:
            self.follow(0)  # a run may have sealed its verdicts since
            self._lock.release()
            self._lock = None
