"""The other computer's side: a folder of files by their hash, and of jobs that use them.

Every step is one command over one line, and can be given again after the line dropped. Nothing
here is an image file: arrays, weights and settings come, scores and networks go.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO

import msgspec
import platformdirs

from qmix_core.base import foreign_json
from qmix_core.base.atomic_write import PART, make_private_folder, sync_folder, write_file
from qmix_core.base.errors import DataError
from qmix_core.base.foreign_files import require_regular_file
from qmix_core.runners import launchers, orders

JOB_FILE, RUN_FOLDER, RESULTS_FILE = "job.json", "run", "results.npz"
#: In bytes: a million images with their labels.
MAX_JOB = 1 << 30
_BLOBS, _JOBS = "files", "jobs"
_CHUNK = 1 << 20
_LOOK_S = 0.1
#: A pulse on a quiet line, so that both ends see when it is cut.
_PULSE_S = 5.0
_PROCESS_LOOK_S, _SLURM_LOOK_S = 0.3, 3.0
#: What begins a line of `follow`: one of the run's, or a sign of life.
CONTENT, PULSE = b"+", b"."
_HASH = re.compile(r"[0-9a-f]{64}")
_JOB = re.compile(r"[0-9a-f]{16}")
#: What a job may have linked into its folder.
_PLACE = re.compile(r"(?:cache|weights|run)/[\w][\w. +-]*")
#: What a run leaves and sends home.
RESULT = re.compile(r"(?:epochs/\d{4}\.npz|features\.npz|noise\.json|results\.npz|checkpoint\.pt)")
_LAST_WORDS = 4000


class Held(msgspec.Struct, frozen=True):
    """How much of a file is here: bytes, and whether that is all of it."""

    size: int
    is_whole: bool


class FileFact(msgspec.Struct, frozen=True):
    """The line before a file that is given: what it is, and where its content begins."""

    place: str
    size: int
    sha256: str
    offset: int = 0


class JobState(msgspec.Struct, frozen=True):
    """`files`: places of what can be fetched; `last_words`: the end of the run's error output."""

    is_known: bool
    is_alive: bool = False
    slurm: str = ""
    is_waiting: bool = False
    files: list[str] = []
    last_words: str = ""


class _Links(msgspec.Struct, frozen=True):
    """The part of a job's description that is about files: place in the job -> hash."""

    files: dict[str, str]


def sha256_of(path: Path) -> str:
    """The hash of a file. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class FarSide:
    """`folder`: where all of it lies; empty for the user's cache folder."""

    def __init__(self, folder: str = "") -> None:
        usual = Path(platformdirs.user_cache_dir("qmix-gui", appauthor=False)) / "runner"
        self.folder = Path(folder).expanduser().absolute() if folder else usual

    # -- files ------------------------------------------------------------------------------------

    def held(self, hashes: Iterable[str]) -> dict[str, Held]:
        """How much of these files is here."""
        found = {}
        for name in hashes:
            whole = self._blob(name)
            part = whole.with_name(whole.name + PART)
            place = whole if whole.exists() else part
            size = place.stat().st_size if place.exists() else 0
            found[name] = Held(size, place == whole)
        return found

    def put(self, name: str, *, size: int, offset: int, stream: IO[bytes]) -> None:
        """Take what is left of a file from `offset` on, and check its hash once it is whole.

        Raises:
            DataError: it is not the file that it should be. OSError: the disk is full.
        """
        whole = self._blob(name)
        make_private_folder(whole.parent)
        part = whole.with_name(whole.name + PART)
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        descriptor = os.open(part, flags, 0o600)
        try:
            with open(part, "r+b", opener=lambda *_: descriptor) as file:
                file.truncate(offset)
                file.seek(offset)
                while offset < size and (chunk := stream.read(min(_CHUNK, size - offset))):
                    offset += file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            # a full disk is not left full
            part.unlink(missing_ok=True)
            raise
        if offset < size:
            raise DataError("The line ended before the file was whole.")
        if sha256_of(part) != name:
            part.unlink()
            raise DataError("A file was damaged on its way: start the run again.")
        part.replace(whole)
        sync_folder(whole.parent)

    def _blob(self, name: str) -> Path:
        if not _HASH.fullmatch(name):
            raise DataError(f"{name!r} is no hash of a file.")
        return self.folder / _BLOBS / name

    # -- jobs -------------------------------------------------------------------------------------

    def job(self, name: str) -> Path:
        """The folder of a job. Raises DataError: it cannot be one."""
        if not _JOB.fullmatch(name):
            raise DataError(f"{name!r} is no job.")
        return self.folder / _JOBS / name

    def start(
        self, name: str, description: bytes, *, partition: str = "", options: tuple[str, ...] = ()
    ) -> JobState:
        """Lay out a job's folder and start its run, unless that was done before.

        Raises:
            DataError: a file of it is not here. RunError: Slurm refuses. OSError: the disk does.
        """
        folder = self.job(name)
        links = foreign_json.read(description, _Links, most=MAX_JOB)
        make_private_folder(folder)
        if not launchers.has_started(folder):
            write_file(folder / JOB_FILE, description, private=True)
            make_private_folder(folder / RUN_FOLDER)
            for place, blob in links.files.items():
                self._link(folder, place, blob)
            launchers.start(folder, partition=partition, options=options)
        return self.state(name)

    def _link(self, folder: Path, place: str, blob: str) -> None:
        if not _PLACE.fullmatch(place):
            raise DataError(f"{place!r} is no place of a job.")
        target = self._blob(blob)
        require_regular_file(target)
        make_private_folder((folder / place).parent)
        (folder / place).unlink(missing_ok=True)
        (folder / place).symlink_to(target)

    def state(self, name: str) -> JobState:
        """How a job stands."""
        folder = self.job(name)
        if not launchers.has_started(folder):
            return JobState(is_known=False)
        run = folder / RUN_FOLDER
        places = {
            path.relative_to(run).as_posix()
            for path in run.rglob("*")
            # what was sent lies there as a link
            if path.is_file() and not path.is_symlink()
        }
        return JobState(
            is_known=True,
            is_alive=launchers.is_alive(folder),
            slurm=launchers.job_id(folder),
            is_waiting=launchers.is_waiting(folder),
            files=sorted(filter(RESULT.fullmatch, places)),
            last_words=self._last_words(folder),
        )

    def _last_words(self, folder: Path) -> str:
        with suppress(OSError), (folder / launchers.ERRORS).open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - _LAST_WORDS))
            return file.read().decode(errors="replace")
        return ""

    def get(self, name: str, places: Iterable[str], *, offset: int, stream: IO[bytes]) -> None:
        """Give files that the run made, each after a line of JSON, the first from `offset` on.

        Raises:
            DataError: there is no such file. OSError: it cannot be read.
        """
        for place in places:
            if not RESULT.fullmatch(place):
                raise DataError(f"{place!r} is no result of a run.")
            path = self.job(name) / RUN_FOLDER / place
            require_regular_file(path)
            # one that takes another's place meanwhile is another file
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
                size = file.seek(0, os.SEEK_END)
                fact = FileFact(place, size, digest, min(offset, size))
                stream.write(msgspec.json.encode(fact) + b"\n")
                file.seek(fact.offset)
                shutil.copyfileobj(file, stream, _CHUNK)
            stream.flush()
            offset = 0

    def follow(self, name: str, *, offset: int, orders_in: IO[bytes], out: IO[bytes]) -> None:
        """Give the run's lines from `offset` on until it has ended; take orders from `orders_in`.

        The end of the orders ends this, and not the run. A run that does not end by itself after
        it was told to is killed.
        """
        folder = self.job(name)
        told = _Told(folder, orders_in)
        threading.Thread(target=told.listen, daemon=True).start()
        life = _Life(folder)
        last_pulse = time.monotonic()
        while not told.is_over:
            was_alive = life.is_there()
            lines = _whole_lines(folder / launchers.EVENTS, offset)
            if lines:
                for line in lines.splitlines(keepends=True):
                    out.write(CONTENT + line)
                offset += len(lines)
            elif not was_alive:
                break
            elif time.monotonic() - last_pulse > _PULSE_S:
                out.write(PULSE + b"\n")
            else:
                told.kill_late()
                time.sleep(_LOOK_S)
                continue
            last_pulse = time.monotonic()
            out.flush()

    def remove(self, name: str, files: Iterable[str], *, keep_files: bool = False) -> None:
        """End a job and remove its folder and `files`, as far as no other job uses them."""
        folder = self.job(name)
        links = {*files, *self._links(folder)}
        launchers.kill(folder)
        shutil.rmtree(folder, ignore_errors=True)
        if keep_files:
            return
        others = (self.folder / _JOBS).glob("*") if (self.folder / _JOBS).is_dir() else ()
        used = {blob for other in others for blob in self._links(other)}
        for blob in links - used:
            self.discard(blob)
        for place in (self.folder / _JOBS, self.folder / _BLOBS, self.folder):
            with suppress(OSError):
                place.rmdir()  # only where it is empty

    def discard(self, blob: str) -> None:
        """Remove a file, or what has come of it."""
        whole = self._blob(blob)
        for path in (whole, whole.with_name(whole.name + PART)):
            path.unlink(missing_ok=True)

    def _links(self, folder: Path) -> set[str]:
        with suppress(OSError, ValueError):
            raw = (folder / JOB_FILE).read_bytes()
            return set(foreign_json.read(raw, _Links, most=MAX_JOB).files.values())
        return set()


class _Life:
    """Whether a run is there: Slurm is not asked ten times a second."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._every_s = _SLURM_LOOK_S if launchers.job_id(folder) else _PROCESS_LOOK_S
        self._looked, self._was_there = float("-inf"), True

    def is_there(self) -> bool:
        if self._was_there and time.monotonic() - self._looked > self._every_s:
            self._was_there = launchers.is_alive(self._folder)
            self._looked = time.monotonic()
        return self._was_there


class _Told:
    """What a follower was told, and since when."""

    def __init__(self, folder: Path, stream: IO[bytes]) -> None:
        self._folder = folder
        self._stream = stream
        self._cancelled_at = 0.0
        self.is_over = False

    def listen(self) -> None:
        with suppress(OSError, ValueError):
            for line in self._stream:
                order = line.decode(errors="replace").strip()
                if order in orders.ORDERS:
                    orders.give(orders_file(self._folder), order)
                if order == orders.CANCEL:
                    self._cancelled_at = self._cancelled_at or time.monotonic()
                    if launchers.is_waiting(self._folder):
                        launchers.kill(self._folder)
        self.is_over = True

    def kill_late(self) -> None:
        """Kill a run that was told to end and could not even end hard."""
        if self._cancelled_at and time.monotonic() - self._cancelled_at > 2 * orders.GRACE_S:
            launchers.kill(self._folder)


def _whole_lines(file: Path, offset: int) -> bytes:
    with suppress(OSError), file.open("rb") as stream:
        stream.seek(offset)
        raw = stream.read(_CHUNK)
        return raw[: raw.rfind(b"\n") + 1]
    return b""


def orders_file(folder: Path) -> Path:
    """Where the run of a job folder finds its orders."""
    return folder / "orders"
