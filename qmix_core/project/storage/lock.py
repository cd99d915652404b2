"""One window reviews a project, and one process trains on it, at a time.

The locks vanish with the process that holds them.
"""

from __future__ import annotations

import getpass
import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from qmix_core.base import foreign_json
from qmix_core.base.atomic_write import write_file
from qmix_core.base.errors import DataError, ProjectError
from qmix_core.base.foreign_files import require_regular_file
from qmix_core.base.foreign_json import Whole

LOCK, TRAINING_LOCK = "review.lock", "training.lock"
_OWNER = "review.json"
#: Seconds that a stopped training is given to end, and between two looks.
_LONGEST_END, _GLANCE = 12.0, 0.2
#: In characters.
_MAX_OWNER = 2000


@dataclass(frozen=True, slots=True)
class _Owner:
    user: str
    host: str
    pid: Whole


class ReviewLock:
    """An operating system's lock on a project folder, with its owner named in a file beside it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._owner_file = folder / _OWNER
        # soft locks outlive a crash: a disk without real ones opens read-only
        self._lock = FileLock(
            folder / LOCK, timeout=0, mode=0o600, thread_local=False, fallback_to_soft=False
        )

    def take(self) -> None:
        """Take the lock.

        Raises:
            ProjectError: another holds it, or the disk cannot be written or knows no locks.
        """
        try:
            self._lock.acquire()
        except Timeout as error:
            raise ProjectError(
                f"{self._folder.name} is open in another window ({self._owner()}): close it "
                "there, then try again here."
            ) from error
        except (OSError, NotImplementedError) as error:
            raise read_only_disk(self._folder) from error
        with suppress(OSError):
            owner = _Owner(_user(), socket.gethostname(), os.getpid())
            write_file(self._owner_file, json.dumps(asdict(owner)).encode(), private=True)

    def release(self) -> None:
        """Let others review."""
        self._lock.release()

    def _owner(self) -> str:
        try:
            require_regular_file(self._owner_file)
            text = self._owner_file.read_text(encoding="utf-8")
            owner = foreign_json.read(text, _Owner, most=_MAX_OWNER)
            return f"{owner.user}, {owner.host}, pid {owner.pid}"
        except (OSError, ValueError, DataError):
            return "by whom is not known"


@contextmanager
def training_alone(folder: Path, *, check: Callable[[], None]) -> Iterator[None]:
    """Keep a second training off the project; one that is just ending is waited for.

    `check` is called while waiting. A disk that knows no locks is trained on without.

    Raises:
        ProjectError: another process trains on the project.
    """
    lock = FileLock(folder / TRAINING_LOCK, mode=0o600, thread_local=False, fallback_to_soft=False)
    until = time.monotonic() + _LONGEST_END
    while True:
        check()
        try:
            lock.acquire(timeout=_GLANCE)
        except Timeout as error:
            if time.monotonic() > until:
                raise ProjectError(
                    f"Another process is training on {folder.name}: wait until it has ended, or "
                    "stop it."
                ) from error
        except (OSError, NotImplementedError):
            break
        else:
            break
    try:
        yield
    finally:
        lock.release()


def read_only_disk(folder: Path) -> ProjectError:
    """The error for a folder in which nobody can decide."""
    return ProjectError(
        f"{folder} lies on a disk that cannot be written or locked: copy the folder to another "
        "disk to make decisions."
    )


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown user"
