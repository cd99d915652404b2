"""Tables without identities: pseudonyms for images, "reader 1" for reviewers, no notes."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from qmix_core.base.atomic_write import write_file
from qmix_core.base.errors import ConfigError, ProjectError
from qmix_core.export.tables import ExportTable, build_table, write_table
from qmix_core.project.store import ProjectStore

#: In the project folder: who has it can compute the pseudonym of any image name.
KEY_FILE = "pseudonyms.key"
#: Key of the settings that holds the hash of the key, so that another key in its place is told.
_KEY_DIGEST = "pseudonyms"
_KEY_BYTES = 32
_FREE_TEXT = frozenset({"note", "reason"})
#: From this share of different values on, a column tells one row from another.
_OWN_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class InputColumn:
    """A column of the input that may stay; `is_telling`: nearly every row has its own value."""

    name: str
    is_telling: bool


@dataclass(frozen=True, slots=True)
class AnonymousExport:
    """What was written: its number of rows, and which columns of the input were left out or kept.

    `kept` includes the image column, which holds pseudonyms, and the label column; `telling` are
    those kept in which nearly every row has its own value.
    """

    rows: int
    dropped: tuple[str, ...]
    kept: tuple[str, ...]
    telling: tuple[str, ...]


def choosable_columns(project: ProjectStore) -> list[InputColumn]:
    """The columns of the input besides image and label, which a person may keep by name."""
    form = project.form
    own = (form.image_column, form.label_column)
    return [
        InputColumn(form.meaning(name).strip(), _is_telling(project, column))
        for column, name in enumerate(form.header)
        if column not in own
    ]


def _is_telling(project: ProjectStore, column: int) -> bool:
    values = [
        sample.cells[column].strip() if column < len(sample.cells) else ""
        for sample in project.samples
    ]
    filled = [value for value in values if value]
    return len(set(filled)) > max(1, _OWN_SHARE * len(filled))


def require_columns(project: ProjectStore, keep: Collection[str]) -> None:
    """Raises ConfigError: a column to keep is none of the input's."""
    known = [column.name for column in choosable_columns(project)]
    for name in keep:
        if name not in known:
            raise ConfigError(
                f"There is no column {name!r} to keep: choose among {', '.join(known) or 'none'}."
            )


def export_anonymously(
    project: ProjectStore,
    what: str,
    out: Path,
    *,
    keep: Collection[str] = (),
    key_table: Path | None = None,
) -> AnonymousExport:
    """Write a table without identities, ordered by pseudonym.

    Images have the same pseudonym in every export of a project. Of the input's columns only image,
    label and those named in `keep` stay, whatever the others are called.
    `key_table`: where to write which pseudonym is which image; nowhere by default.

    Raises:
        ConfigError: there is no such column, or the key table would be the export itself.
        DataError: unknown kind of table. ProjectError: a file cannot be written.
    """
    require_columns(project, keep)
    if key_table is not None and _is_same_file(key_table, out):
        raise ConfigError(
            f"--key-table is the export itself ({out}): give the key another name and keep it."
        )
    table = build_table(project, what)
    key = project_key(project)
    image_column = project.form.image_column
    own = (image_column, project.form.label_column)
    left_out = {
        column
        for column in range(table.given)
        if column not in own and table.header[column].strip() not in keep
    }
    kept = [
        column
        for column in range(len(table.header))
        if column not in left_out and _added_name(table, column) not in _FREE_TEXT
    ]
    reviewer = table.given + table.added.index("reviewer")
    readers = reader_names(project)
    rows = []
    for sample, cells in zip(table.samples, table.rows, strict=True):
        changed = list(cells)
        changed[image_column] = pseudonym(key, sample.image)
        changed[reviewer] = readers.get(cells[reviewer], "")
        rows.append((changed[image_column], [changed[column] for column in kept]))
    write_table(
        project,
        out,
        [table.header[column] for column in kept],
        [row for _, row in sorted(rows)],
        numbers=[new for new, column in enumerate(kept) if column in table.numbers],
    )
    if key_table is not None:
        pairs = sorted((pseudonym(key, sample.image), sample.image) for sample in table.samples)
        write_table(project, key_table, ("pseudonym", "image"), pairs, private=True)
    telling = {column.name for column in choosable_columns(project) if column.is_telling}
    return AnonymousExport(
        rows=len(rows),
        dropped=tuple(table.header[column] for column in sorted(left_out)),
        kept=tuple(table.header[column] for column in kept if column < table.given),
        telling=tuple(name for name in keep if name in telling),
    )


def _is_same_file(one: Path, other: Path) -> bool:
    pair = [path.expanduser().absolute() for path in (one, other)]
    names = {os.path.normcase(path.resolve()) for path in pair}
    return len(names) == 1 or (all(path.exists() for path in pair) and pair[0].samefile(pair[1]))


def anonymous_sentence(done: AnonymousExport, tr: Callable[[str], str] = str) -> str:
    """Which columns of the input stayed, and which of them a person should look at once more."""
    text = tr("Columns of your table in it: {kept}.").format(kept=", ".join(done.kept))
    if done.telling:
        more = tr("Nearly every row has its own value in {columns}: it can tell who it is.")
        text += " " + more.format(columns=", ".join(done.telling))
    return text


def pseudonym(key: bytes, image: str) -> str:
    """A name for an image that only the key leads back to: HMAC-SHA256, cut to 64 bits."""
    return f"image-{hmac.new(key, image.encode(), hashlib.sha256).hexdigest()[:16]}"


def project_key(project: ProjectStore) -> bytes:
    """The project's random key, made on first use.

    Raises:
        ProjectError: it cannot be read or written, or is not the one that the project made.
    """
    path = project.folder / KEY_FILE
    remedy = "restore it, or delete it for new pseudonyms"
    try:
        is_new = not path.is_file()
        if is_new:
            write_file(path, secrets.token_hex(_KEY_BYTES).encode("ascii"), private=True)
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise ProjectError(f"{path} cannot be used ({error}): {remedy}.") from error
    if len(key) != _KEY_BYTES:
        raise ProjectError(f"{path} is damaged: {remedy}.")
    if not is_new and is_key_altered(project):
        raise ProjectError(f"{path} is not the key that this project made: {remedy}.")
    digest = hashlib.sha256(key).hexdigest()
    if project.files.setting(_KEY_DIGEST) != digest:
        project.files.change(settings={_KEY_DIGEST: digest})
    return key


def is_key_altered(project: ProjectStore) -> bool:
    """Whether a key is there that is not the one which the project's pseudonyms were made with."""
    digest, path = project.files.setting(_KEY_DIGEST), project.folder / KEY_FILE
    if digest is None or not path.is_file():
        return False
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return True
    return hashlib.sha256(key).hexdigest() != digest


def _added_name(table: ExportTable, column: int) -> str:
    return "" if column < table.given else table.added[column - table.given]


def reader_names(project: ProjectStore) -> dict[str, str]:
    """Reviewers by the order of their first decision."""
    names = dict.fromkeys(decision.reviewer for decision in project.decisions.all())
    return {name: f"reader {number}" for number, name in enumerate(names, start=1)}
