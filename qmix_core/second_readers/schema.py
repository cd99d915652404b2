"""The JSON of packages and readings. It comes from elsewhere: every value is checked.

Each is sealed: its field `hash` is the SHA-256 of all the others.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Hashable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, ClassVar, TypeVar

from msgspec import Meta, Struct, to_builtins

from qmix_core.base import foreign_json
from qmix_core.base.atomic_write import write_file
from qmix_core.base.errors import DataError, ProjectError
from qmix_core.base.foreign_files import require_regular_file
from qmix_core.base.foreign_json import Count

PACKAGE_SUFFIX, ANSWERS_SUFFIX = ".qmixread", ".qmixanswers"
FORMAT_VERSION = 1
#: Of 20,000 images, with a note on each; in bytes.
MAX_JSON = 64_000_000
MAX_IMAGES, MAX_CLASSES = 200_000, 1000
MAX_NAME, MAX_NOTE = 200, 4000
#: They stand above every image; in characters.
MAX_INSTRUCTIONS = 600
ITEM_ID = re.compile(r"[0-9a-f]{16}")

Name = Annotated[str, Meta(max_length=MAX_NAME)]
Id = Annotated[str, Meta(pattern=r"\A[0-9a-f]{16}\Z")]
Sha256 = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
Time = Annotated[str, Meta(pattern=r"\A\d{4}-\d\d-\d\dT[0-9:.]{5,15}\+00:00\Z")]


class Mark(StrEnum):
    """What a reader can say of an image."""

    LABEL = "label"
    AMBIGUOUS = "ambiguous"
    UNGRADABLE = "ungradable"


class Item(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """An image of a package: an opaque id, its file in the package, and that file's SHA-256."""

    id: Id
    file: str
    sha256: Sha256

    def __post_init__(self) -> None:
        if self.file not in (f"{self.id}.jpg", f"{self.id}.png"):
            raise ValueError("a file has another name than its id")


class Sealed(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of what a file holds; `format` tells the kinds apart, `hash` is set once it is read."""

    format: ClassVar[str] = ""
    hash: str = ""

    def data(self) -> dict[str, Any]:
        """The sealed form."""
        rest = {key: value for key, value in to_builtins(self).items() if key != "hash"}
        return with_hash({"format": self.format, "version": FORMAT_VERSION} | rest)

    def sealed(self) -> bytes:
        """The sealed form as it is written."""
        return json.dumps(self.data(), ensure_ascii=False).encode()


class Manifest(Sealed, frozen=True, kw_only=True):
    """What a package holds, in the order of reading.

    `shown_as`: what each class is called on the screen; empty in packages of before: by its value.
    """

    format: ClassVar[str] = "qmix package"
    package: Id
    made_at: Time
    app_version: Name
    classes: Annotated[
        tuple[Annotated[Name, Meta(min_length=1)], ...], Meta(max_length=MAX_CLASSES)
    ]
    shown_as: Annotated[
        tuple[Annotated[Name, Meta(min_length=1)], ...], Meta(max_length=MAX_CLASSES)
    ] = ()
    instructions: Annotated[str, Meta(max_length=MAX_INSTRUCTIONS)]
    items: Annotated[tuple[Item, ...], Meta(max_length=MAX_IMAGES)]

    def __post_init__(self) -> None:
        texts = (*self.classes, *self.shown_as, self.instructions.replace("\n", " "))
        require_lines(self.app_version, *texts)
        require_unique(self.classes)
        require_unique(self.shown_as)
        if self.shown_as and len(self.shown_as) != len(self.classes):
            raise ValueError("other names of classes than classes")
        require_unique([item.id for item in self.items])

    @property
    def names(self) -> dict[str, str]:
        """The classes in their order, and what each is called on the screen."""
        return dict(zip(self.classes, self.shown_as or self.classes, strict=True))


class Answer(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """What a reader said of an image, and when (UTC). `label` is empty unless it is one."""

    item: Id
    mark: Mark
    label: Name
    note: Annotated[str, Meta(max_length=MAX_NOTE)]
    at: Time

    def __post_init__(self) -> None:
        require_lines(self.label, self.note)
        if (self.label != "") != (self.mark is Mark.LABEL):
            raise ValueError("a label without its mark")


class Answers(Sealed, frozen=True, kw_only=True):
    """One reading as it leaves the reader.

    `reading` names the reading, not the person: one package can be read twice by one name.
    `revision` grows with every answer, so that of two exports of a reading the later is known.
    """

    format: ClassVar[str] = "qmix answers"
    package: Id
    package_hash: Sha256
    reading: Id
    revision: Count
    reader: Name
    app_version: Name
    started_at: Time
    exported_at: Time
    answers: Annotated[tuple[Answer, ...], Meta(max_length=MAX_IMAGES)]

    def __post_init__(self) -> None:
        require_lines(self.reader, self.app_version)
        require_unique([answer.item for answer in self.answers])
        if not self.reader.strip():
            raise ValueError("no reader")


Kind = TypeVar("Kind", bound=Sealed)


def unsealed(raw: bytes, name: str, kind: type[Kind]) -> Kind:
    """What a sealed file holds; `name` is for the message.

    Raises:
        DataError: no JSON, of another kind or a newer version, changed since it was sealed, or
        with a value that is never written.
    """
    try:
        data = foreign_json.parse(raw, most=MAX_JSON)
    except ValueError as error:
        raise DataError(f"{name} is damaged (no JSON): get an intact copy.") from error
    return from_data(data, name, kind)


def from_data(data: Any, name: str, kind: type[Kind]) -> Kind:  # noqa: ANN401 - parsed JSON
    """What a sealed value holds. Raises DataError as `unsealed`."""
    if not isinstance(data, dict) or data.get("format") != kind.format:
        raise DataError(f"{name} was not written by QMix GUI for this: choose another file.")
    if data.get("version") != FORMAT_VERSION:
        raise DataError(f"{name} is of a newer QMix GUI: update this one to open it.")
    if data.get("hash") != _hash(data):
        raise DataError(f"{name} was changed after it was written: get an intact copy.")
    own = {key: value for key, value in data.items() if key not in {"format", "version"}}
    try:
        return foreign_json.checked(own, kind)
    except ValueError as error:
        raise DataError(
            f"{name} has values that QMix GUI never writes ({error}): get an intact copy."
        ) from error


def with_hash(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data with their hash."""
    return {**data, "hash": _hash(data)}


def seal(data: Mapping[str, Any]) -> bytes:
    """The data with their hash, as UTF-8 JSON."""
    return json.dumps(with_hash(data), ensure_ascii=False).encode()


def _hash(data: Mapping[str, Any]) -> str:
    rest = {key: value for key, value in data.items() if key != "hash"}
    try:
        text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()
    except (ValueError, RecursionError):  # lone surrogates; deep nesting
        return ""


def require_lines(*texts: str) -> None:
    """Raises ValueError: a text has line ends or what cannot be printed."""
    if not all(text.isprintable() for text in texts):
        raise ValueError("a text cannot be printed")


def require_unique(values: Sequence[Hashable]) -> None:
    """Raises ValueError: one value is there twice."""
    if len(set(values)) < len(values):
        raise ValueError("a value is there twice")


def write_whole(path: Path, content: bytes, *, private: bool = False) -> None:
    """Write a file in one step, on the disk before returning.

    Raises:
        ProjectError: it cannot be written.
    """
    try:
        write_file(path, content, private=private)
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
