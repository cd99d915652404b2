"""The JSON of packages and readings. It comes from elsewhere: every value is checked.

Each is sealed: its field `hash` is the SHA-256 of all the others.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeGuard

from qmix_core.base.atomic_write import whole_file
from qmix_core.base.errors import DataError, ProjectError
from qmix_core.base.foreign_files import require_regular_file

PACKAGE_SUFFIX, ANSWERS_SUFFIX = ".qmixread", ".qmixanswers"
FORMAT_VERSION = 1
#: Of 20,000 images, with a note on each; in bytes.
MAX_JSON = 64_000_000
MAX_IMAGES, MAX_CLASSES = 200_000, 1000
MAX_NAME, MAX_NOTE = 200, 4000
#: They stand above every image; in characters.
MAX_INSTRUCTIONS = 600
_HASH = re.compile(r"[0-9a-f]{64}")
ITEM_ID = re.compile(r"[0-9a-f]{16}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT[0-9:.]{5,15}\+00:00")

Data = dict[str, Any]


class Mark(StrEnum):
    """What a reader can say of an image."""

    LABEL = "label"
    AMBIGUOUS = "ambiguous"
    UNGRADABLE = "ungradable"


@dataclass(frozen=True, slots=True)
class Item:
    """An image of a package: an opaque id, its file in the package, and that file's SHA-256."""

    id: str
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a package holds, in the order of reading."""

    package: str
    made_at: str
    app_version: str
    classes: tuple[str, ...]
    instructions: str
    items: tuple[Item, ...]
    hash: str = ""

    def sealed(self) -> bytes:
        """As it is written into the package."""
        items = [[item.id, item.file, item.sha256] for item in self.items]
        return seal(
            {
                "format": "qmix package",
                "version": FORMAT_VERSION,
                "package": self.package,
                "made_at": self.made_at,
                "app_version": self.app_version,
                "classes": list(self.classes),
                "instructions": self.instructions,
                "items": items,
            }
        )

    @classmethod
    def read(cls, raw: bytes, name: str) -> Manifest:
        """Raises DataError: `raw` of the file `name` is no manifest."""
        data = unsealed(raw, name, "qmix package")
        with_checks = Checks(data, name)
        items = [_item(row, with_checks) for row in with_checks.rows("items", MAX_IMAGES)]
        if len({item.id for item in items}) < len(items):
            raise with_checks.fault("items")
        return cls(
            package=with_checks.text("package", pattern=ITEM_ID),
            made_at=with_checks.text("made_at", pattern=_TIME),
            app_version=with_checks.text("app_version"),
            classes=with_checks.texts("classes", MAX_CLASSES),
            instructions=with_checks.text("instructions", most=MAX_INSTRUCTIONS, lines=True),
            items=tuple(items),
            hash=data["hash"],
        )


def _item(row: object, checks: Checks) -> Item:
    if not is_row(row, 3):
        raise checks.fault("items")
    item = Item(*row)
    is_own = item.file in (f"{item.id}.jpg", f"{item.id}.png")
    if not (ITEM_ID.fullmatch(item.id) and is_own and _HASH.fullmatch(item.sha256)):
        raise checks.fault("items")
    return item


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reader said of an image, and when (UTC). `label` is empty unless it is one."""

    item: str
    mark: Mark
    label: str
    note: str
    at: str


@dataclass(frozen=True, slots=True)
class Answers:
    """One reading as it leaves the reader.

    `reading` names the reading, not the person: one package can be read twice by one name.
    `revision` grows with every answer, so that of two exports of a reading the later is known.
    """

    package: str
    package_hash: str
    reading: str
    revision: int
    reader: str
    app_version: str
    started_at: str
    exported_at: str
    answers: tuple[Answer, ...]

    def data(self) -> Data:
        """The sealed form."""
        rows = [[a.item, a.mark.value, a.label, a.note, a.at] for a in self.answers]
        return with_hash(
            {
                "format": "qmix answers",
                "version": FORMAT_VERSION,
                "package": self.package,
                "package_hash": self.package_hash,
                "reading": self.reading,
                "revision": self.revision,
                "reader": self.reader,
                "app_version": self.app_version,
                "started_at": self.started_at,
                "exported_at": self.exported_at,
                "answers": rows,
            }
        )

    @classmethod
    def read(cls, raw: bytes, name: str) -> Answers:
        """Raises DataError: `raw` of the file `name` is no reading."""
        return cls.of(unsealed(raw, name, "qmix answers"), name)

    @classmethod
    def of(cls, data: Data, name: str) -> Answers:
        """Raises DataError: a value is none that is ever written."""
        checks = Checks(data, name)
        answers = [_answer(row, checks) for row in checks.rows("answers", MAX_IMAGES)]
        if len({answer.item for answer in answers}) < len(answers):
            raise checks.fault("answers")
        return cls(
            package=checks.text("package", pattern=ITEM_ID),
            package_hash=checks.text("package_hash", pattern=_HASH),
            reading=checks.text("reading", pattern=ITEM_ID),
            revision=checks.number("revision"),
            reader=checks.text("reader", is_name=True),
            app_version=checks.text("app_version"),
            started_at=checks.text("started_at", pattern=_TIME),
            exported_at=checks.text("exported_at", pattern=_TIME),
            answers=tuple(answers),
        )


def _answer(row: object, checks: Checks) -> Answer:
    if not is_row(row, 5):
        raise checks.fault("answers")
    item, mark, label, note, at = row
    fits = (
        ITEM_ID.fullmatch(item)
        and mark in [known.value for known in Mark]
        and (label != "") == (mark == Mark.LABEL)
        and _is_line(label, MAX_NAME)
        and _is_line(note, MAX_NOTE)
        and _TIME.fullmatch(at)
    )
    if not fits:
        raise checks.fault("answers")
    return Answer(item, Mark(mark), label, note, at)


def with_hash(data: Data) -> Data:
    """The data with their hash."""
    return data | {"hash": _hash(data)}


def seal(data: Data) -> bytes:
    """The data with their hash, as UTF-8 JSON."""
    return json.dumps(with_hash(data), ensure_ascii=False).encode()


def unsealed(raw: bytes, name: str, kind: str) -> Data:
    """The data of a sealed file.

    Raises:
        DataError: no JSON, of another kind or a newer version, or changed since it was sealed.
    """
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise DataError(f"{name} is damaged (no JSON): get an intact copy.") from error
    if not isinstance(data, dict) or data.get("format") != kind:
        raise DataError(f"{name} was not written by QMix GUI for this: choose another file.")
    if data.get("version") != FORMAT_VERSION:
        raise DataError(f"{name} is of a newer QMix GUI: update this one to open it.")
    if data.get("hash") != _hash(data):
        raise DataError(f"{name} was changed after it was written: get an intact copy.")
    return data


def _hash(data: Data) -> str:
    rest = {key: value for key, value in data.items() if key != "hash"}
    try:
        text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()
    except (ValueError, RecursionError):  # lone surrogates; deep nesting
        return ""


class Checks:
    """Takes values out of foreign data; all methods raise DataError for what is never written."""

    def __init__(self, data: Data, name: str) -> None:
        self._data = data
        self._name = name

    def fault(self, key: str) -> DataError:
        """The error for a field."""
        return DataError(
            f"{self._name} has values that QMix GUI never writes ({key}): get an intact copy."
        )

    def text(
        self,
        key: str,
        *,
        most: int = MAX_NAME,
        pattern: re.Pattern[str] | None = None,
        lines: bool = False,
        is_name: bool = False,
    ) -> str:
        value = self._data.get(key)
        if not isinstance(value, str) or (is_name and not value.strip()):
            raise self.fault(key)
        plain = value.replace("\n", " ") if lines else value
        if not _is_line(plain, most) or (pattern is not None and not pattern.fullmatch(value)):
            raise self.fault(key)
        return value

    def texts(self, key: str, most: int) -> tuple[str, ...]:
        values = self.rows(key, most)
        is_fine = all(isinstance(v, str) and v and _is_line(v, MAX_NAME) for v in values)
        if not is_fine or len(set(values)) < len(values):
            raise self.fault(key)
        return tuple(values)

    def rows(self, key: str, most: int) -> Sequence[Any]:
        values = self._data.get(key)
        if not isinstance(values, list) or len(values) > most:
            raise self.fault(key)
        return values

    def number(self, key: str) -> int:
        value = self._data.get(key)
        if type(value) is not int or not 0 <= value < 2**53:
            raise self.fault(key)
        return value


def is_row(row: object, count: int) -> TypeGuard[list[str]]:
    """Whether a value is a list of so many texts."""
    return isinstance(row, list) and len(row) == count and all(isinstance(c, str) for c in row)


def _is_line(text: str, most: int) -> bool:
    # lone surrogates cannot be stored; a NUL ends what others read
    return len(text) <= most and "\0" not in text and text.isprintable()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step, on the disk before returning.

    Raises:
        ProjectError: it cannot be written.
    """
    try:
        with whole_file(path) as file:
            file.write(content)
    except OSError as error:
        raise cannot_write(path, error) from error


def read_limited(path: Path) -> bytes:
    """The content of a small file from elsewhere.

    Raises:
        DataError: no regular file, too large, or not to be read.
    """
    if require_regular_file(path) > MAX_JSON:
        raise DataError(f"{path.name} is larger than {MAX_JSON // 1_000_000} MB: it is no reading.")
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(f"{path.name} cannot be read ({error.strerror}): try again.") from error


def cannot_write(path: Path, error: OSError) -> ProjectError:
    """The error for a file that the disk refuses."""
    return ProjectError(
        f"{path} cannot be written ({error.strerror}): free space, or choose another place."
    )
