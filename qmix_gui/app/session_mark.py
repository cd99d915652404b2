"""A file that lies there while the application runs; one that is found later tells of a crash."""

from __future__ import annotations

import faulthandler
import json
import logging
import os
import platform
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

import psutil

from qmix_core.base import foreign_json
from qmix_core.base.atomic_write import make_private_folder, write_file
from qmix_core.base.errors import DataError
from qmix_core.base.foreign_files import require_regular_file
from qmix_core.base.foreign_json import Count, Finite

_log = logging.getLogger(__name__)
_MARK, _TRACE = ".json", ".trace"
#: A trace of many threads is longer, but its end says nothing more.
_MOST_TRACE = 50_000
#: In characters.
_MAX_MARK = 100_000


@dataclass(frozen=True, slots=True)
class UncleanEnd:
    """The project that was open, and the trace of a native crash; either may be missing."""

    project: Path | None
    trace: str


class SessionMark:
    """The mark of this process in `folder`, which the processes of one person share.

    A native crash leaves its trace beside the mark. A folder that cannot be written is no obstacle.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / f"{os.getpid()}{_MARK}"
        self._trace: IO[str] | None = None

    def begin(self) -> None:
        """The application has started."""
        self.note_project(None)
        with suppress(OSError):
            self._trace = self._path.with_suffix(_TRACE).open("w", encoding="utf-8")
            faulthandler.enable(self._trace)

    def note_project(self, project: Path | None) -> None:
        """Another project is open now, or none."""
        state = _Session.of_this_process(str(project) if project is not None else "")
        try:
            make_private_folder(self._path.parent)
            write_file(self._path, json.dumps(asdict(state)).encode(), private=True)
        except OSError as error:
            _log.warning("The mark of this session could not be written: %s", error)

    def end(self) -> None:
        """The application ends as it should."""
        if self._trace is not None:
            faulthandler.disable()
            self._trace.close()
            self._trace = None
        _remove(self._path)


def take_unclean_ends(folder: Path) -> list[UncleanEnd]:
    """The sessions on this computer that are over without having ended, newest first.

    Each is told once: its files are removed.
    """
    ends = []
    for mark in sorted(folder.glob(f"*{_MARK}"), key=_age, reverse=True):
        try:
            require_regular_file(mark)
            text = mark.read_text(encoding="utf-8")
            session = foreign_json.read(text, _Session, most=_MAX_MARK)
        except (OSError, ValueError, DataError):
            session = None
        if session is not None and (session.is_alive or not session.is_of_this_computer):
            continue
        project = Path(session.project) if session is not None and session.project else None
        ends.append(UncleanEnd(project, _read_trace(mark)))
        _remove(mark)
    return ends


def _read_trace(mark: Path) -> str:
    try:
        text = mark.with_suffix(_TRACE).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return text[:_MOST_TRACE].strip()


def _remove(mark: Path) -> None:
    for suffix in (_TRACE, _MARK):
        with suppress(OSError):
            mark.with_suffix(suffix).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _Session:
    """A process, told from a later one with the same number by the time of its start."""

    pid: Count
    created: Finite
    computer: str
    project: str

    @classmethod
    def of_this_process(cls, project: str) -> _Session:
        pid = os.getpid()
        return cls(pid, psutil.Process(pid).create_time(), platform.node(), project)

    @property
    def is_of_this_computer(self) -> bool:
        return self.computer == platform.node()

    @property
    def is_alive(self) -> bool:
        try:
            return bool(abs(psutil.Process(self.pid).create_time() - self.created) < 1.0)
        except (psutil.Error, ValueError, OverflowError):
            return False


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
