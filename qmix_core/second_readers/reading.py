"""A reading: a package, and a folder with what one reader said of its images.

`answers.jsonl` gets a line for every key, which is on the
disk before the next image shows. The package itself is never written.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from msgspec import Struct, to_builtins

from qmix_core.base import foreign_json
from qmix_core.base.atomic_write import sync_folder, write_file
from qmix_core.base.errors import ConfigError, DataError, ProjectError
from qmix_core.base.foreign_files import open_to_extend, require_regular_file
from qmix_core.base.version import __version__
from qmix_core.project.storage.decision_log import utc_now
from qmix_core.project.storage.entries import refuse_links
from qmix_core.project.storage.lock import ReviewLock
from qmix_core.second_readers.package import SHOWN, Package
from qmix_core.second_readers.schema import (
    ITEM_ID,
    MAX_JSON,
    MAX_NAME,
    MAX_NOTE,
    Answer,
    Answers,
    Id,
    Mark,
    Name,
    Sealed,
    cannot_write,
    read_limited,
    require_lines,
    unsealed,
    write_whole,
)

LOG = "answers.jsonl"
_NOTE, _UNDO = "note", "undo"
_KINDS = frozenset({*(mark.value for mark in Mark), _NOTE, _UNDO})


class Row(Struct, frozen=True, forbid_unknown_fields=True):
    """A line of the log. `kind` is a Mark, "note", or "undo", which takes back the last line."""

    at: str
    item: str
    kind: str
    label: str = ""
    note: str = ""


class Head(Sealed, frozen=True, kw_only=True):
    """Whose reading of which package a folder holds; `reading` is its id, `package_file` a name."""

    format: ClassVar[str] = "qmix reading"
    reading: Id
    package: Id
    package_hash: Name
    package_file: Name
    reader: Name
    started_at: Name

    def __post_init__(self) -> None:
        require_lines(self.package_file, self.reader)
        if self.package_file != Path(self.package_file).name or not self.reader.strip():
            raise ValueError("a name is none")


class Reading:
    """Made by `open_reading`. `package` has the images; `answer`, `write_note` and `undo` commit.

    `unreadable`: lines of the log that a damaged disk has left.
    """

    def __init__(self, package: Package, folder: Path, head: Head, lock: ReviewLock) -> None:
        self.package = package
        self.folder = folder
        self.reader = head.reader
        self._head = head
        self._lock = lock
        self._rows, self.unreadable, self._end = _read_log(folder / LOG)
        self._fold()

    def close(self) -> None:
        """Let go of the folder and the package."""
        self._lock.release()
        self.package.close()

    @property
    def answers(self) -> dict[str, Answer]:
        """What counts now, by item."""
        return self._answers

    def note(self, item: str) -> str:
        """The note on an image."""
        return self._notes.get(item, "")

    def answer(self, item: str, mark: Mark, label: str = "") -> None:
        """Say what an image shows; on the disk before this returns.

        Raises:
            ProjectError: the disk refuses; nothing was answered then. ConfigError: no such class.
        """
        if (mark is Mark.LABEL) != (label in self.package.manifest.classes):
            raise ConfigError(f"{label!r} is no class of this package.")
        self._append(Row(utc_now(), item, mark.value, label))

    def write_note(self, item: str, text: str) -> None:
        """Keep a note on an image. Raises as `answer`."""
        text = "".join(c if c.isprintable() else " " for c in text).strip()[:MAX_NOTE]
        self._append(Row(utc_now(), item, _NOTE, note=text))

    def undo(self) -> str | None:
        """Take the last answer or note back and give its image; None where there is none.

        Raises as `answer`.
        """
        if not self._alive:
            return None
        last = self._alive[-1]
        self._append(Row(utc_now(), last.item, _UNDO))
        return last.item

    def export(self, out: Path) -> int:
        """Write the reading as one small file and give the number of its answers.

        Raises:
            ProjectError: it cannot be written. DataError: nothing was answered yet.
        """
        if not self._answers:
            raise DataError("There is nothing to export yet: read an image first.")
        manifest = self.package.manifest
        answers = Answers(
            package=manifest.package,
            package_hash=manifest.hash,
            reading=self._head.reading,
            revision=len(self._rows),
            reader=self.reader,
            app_version=__version__,
            started_at=self._head.started_at,
            exported_at=utc_now(),
            answers=tuple(
                self._answers[item.id] for item in manifest.items if item.id in self._answers
            ),
        )
        write_whole(out, answers.sealed())
        return len(answers.answers)

    def _append(self, row: Row) -> None:
        line = (json.dumps(to_builtins(row), ensure_ascii=False) + "\n").encode()
        file = self.folder / LOG
        try:
            with open_to_extend(file) as stream:
                # whatever a full disk left of a line that was never acknowledged goes
                stream.seek(self._end)
                stream.truncate()
                stream.write(line)
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            raise cannot_write(file, error) from error
        self._end += len(line)
        self._rows.append(row)
        self._fold_in(row)

    def _fold(self) -> None:
        self._alive: list[Row] = []
        self._of_item: dict[str, list[Row]] = {}
        self._answers: dict[str, Answer] = {}
        self._notes: dict[str, str] = {}
        for row in self._rows:
            self._fold_in(row)

    def _fold_in(self, row: Row) -> None:
        if row.kind != _UNDO:
            self._alive.append(row)
            self._of_item.setdefault(row.item, []).append(row)
        elif self._alive:
            row = self._alive.pop()
            self._of_item[row.item].pop()
        own = self._of_item.get(row.item, [])
        note = next((alive.note for alive in reversed(own) if alive.kind == _NOTE), "")
        said = next((alive for alive in reversed(own) if alive.kind != _NOTE), None)
        self._notes[row.item] = note
        self._answers.pop(row.item, None)
        if said is not None:
            self._answers[row.item] = Answer(row.item, Mark(said.kind), said.label, note, said.at)


def _read_log(file: Path) -> tuple[list[Row], int, int]:
    """Rows, number of lines that are none, and the end of the last whole line in bytes."""
    if not file.exists():
        raise DataError(f"{file.parent.name} has lost its {file.name}: restore it from a backup.")
    if require_regular_file(file) > MAX_JSON:
        raise DataError(f"{file.parent.name}/{file.name} is too large to be a reading.")
    try:
        content = file.read_bytes()
    except OSError as error:
        raise DataError(f"{file} cannot be read ({error.strerror}): try again.") from error
    # what a power cut left of the last line was never acknowledged
    whole = content[: content.rfind(b"\n") + 1]
    lines = [line for line in whole.split(b"\n") if line.strip()]
    rows = [row for row in map(_parse, lines) if row is not None]
    return rows, len(lines) - len(rows), len(whole)


def _parse(line: bytes) -> Row | None:
    try:
        row = foreign_json.read(line, Row, most=MAX_JSON)
    except ValueError:
        return None
    return row if row.kind in _KINDS and ITEM_ID.fullmatch(row.item) else None


FOLDER_SUFFIX = ".reading"
_HEAD = "reading.json"


def open_reading(path: Path, *, reader: str) -> Reading:
    """Open a package, or the folder of a reading, and go on where this reader stopped.

    The folder lies beside the package.

    Raises:
        DataError: the package or the folder is damaged. ProjectError: open in another window, or
        the place cannot be written: copy the package to a disk that can be.
    """
    reader = reader.strip()
    if not reader or not reader.isprintable() or len(reader) > MAX_NAME:
        raise ConfigError("A reading needs the reader's name, on one line: give it first.")
    package = Package(package_of(path))
    try:
        folder = _folder_of(package, reader) or _make_folder(package, reader)
        refuse_links(folder)
        lock = ReviewLock(folder)
        lock.take()
        try:
            for left in folder.glob(f"{SHOWN}*"):  # of a window that was killed
                shutil.rmtree(left, ignore_errors=True)
            package.copies_in = folder
            return Reading(package, folder, _read_head(folder), lock)
        except BaseException:
            lock.release()
            raise
    except BaseException:
        package.close()
        raise


def package_of(path: Path) -> Path:
    """The package behind a path, which may be the folder of a reading.

    Raises:
        DataError: the folder is damaged, or its package is not beside it.
    """
    if not path.is_dir():
        return path
    package = path.parent / _read_head(path).package_file
    if not package.is_file():
        raise DataError(f"{package.name} is not beside {path.name}: put the package back there.")
    return package


def readers_of(path: Path) -> list[str]:
    """Whose reading a folder is, or all who have begun to read a package.

    Raises:
        DataError: the package or the folder is damaged.
    """
    package = Package(package_of(path))
    package.close()
    if path.is_dir():
        return [_read_head(path).reader]
    return [head.reader for _, head in _readings_beside(package.file) if _is_of(head, package)]


def _folder_of(package: Package, reader: str) -> Path | None:
    found = (
        f
        for f, head in _readings_beside(package.file)
        if _is_of(head, package) and head.reader == reader
    )
    return next(found, None)


def _is_of(head: Head, package: Package) -> bool:
    manifest = package.manifest
    return (head.package, head.package_hash) == (manifest.package, manifest.hash)


def _readings_beside(package: Path) -> Iterator[tuple[Path, Head]]:
    for folder in sorted(package.parent.glob(f"*{FOLDER_SUFFIX}")):
        if (folder / _HEAD).is_file():
            try:
                yield folder, _read_head(folder)
            except DataError:
                # beginning anew beside it would hide what was read
                if folder.name.startswith(package.stem):
                    raise


def _make_folder(package: Package, reader: str) -> Path:
    stem, number = package.file.stem, 1
    while True:
        name = stem if number == 1 else f"{stem}-{number}"
        folder = package.file.with_name(name + FOLDER_SUFFIX)
        try:
            folder.mkdir(mode=0o700)
            break
        except FileExistsError:
            number += 1
        except OSError as error:
            raise ProjectError(
                f"{folder.parent} cannot be written ({error.strerror}): copy the package to a disk "
                "that can be, and read it there."
            ) from error
    manifest = package.manifest
    try:
        write_file(folder / LOG, b"", private=True)
    except OSError as error:
        raise cannot_write(folder / LOG, error) from error
    head = Head(
        reading=secrets.token_hex(8),
        package=manifest.package,
        package_hash=manifest.hash,
        package_file=package.file.name,
        reader=reader,
        started_at=utc_now(),
    )
    write_whole(folder / _HEAD, head.sealed(), private=True)
    sync_folder(folder.parent)
    return folder


def _read_head(folder: Path) -> Head:
    return unsealed(read_limited(folder / _HEAD), f"{folder.name}/{_HEAD}", Head)
