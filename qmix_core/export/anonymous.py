"""Tables without identities: pseudonyms for images, "reader 1" for reviewers, no notes."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from qmix_core.base.atomic_write import write_file
from qmix_core.base.errors import ProjectError
from qmix_core.base.types import Sample
from qmix_core.export.tables import ExportTable, build_table, write_table
from qmix_core.project.store import ProjectStore

#: In the project folder: who has it can compute the pseudonym of any image name.
KEY_FILE = "pseudonyms.key"
_KEY_BYTES = 32
_FREE_TEXT = frozenset({"note", "reason"})
#: Words in the name of a column that stand for a person, a number of theirs, a file or a day.
_WORDS = frozenset((
    "id", "ids", "uid", "uuid", "guid", "code", "pat", "case", "mrn", "nhs", "ssn", "dob", "born",
    "chart", "visit", "study", "series", "city", "zip", "fax", "file", "img", "date", "time",
    "note", "notes", "nom",
))  # fmt: skip
#: The same inside of longer words: "PatientNumber", "patientid", "Geburtsdatum".
_PARTS = (
    "patient", "subject", "person", "participant", "name", "initials", "birth", "geburt",
    "apellido", "insur", "accession", "record", "hospital", "clinic", "physician", "doctor",
    "operator", "technician", "reader", "grader", "review", "address", "street", "postcode",
    "phone", "mobile", "mail", "path", "image", "comment", "remark", "identif",
)  # fmt: skip
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


@dataclass(frozen=True, slots=True)
class AnonymousExport:
    """What was written: its number of rows, and which columns of the input were left out or kept.

    `kept` includes the image column, which holds pseudonyms, and the label column.
    """

    rows: int
    dropped: tuple[str, ...]
    kept: tuple[str, ...]


def export_anonymously(
    project: ProjectStore, what: str, out: Path, *, key_table: Path | None = None
) -> AnonymousExport:
    """Write a table without identities, ordered by pseudonym.

    Images have the same pseudonym in every export of a project. Columns of the input are left out
    where they hold the patients, where their name stands for a person, a number or a file, or where
    they repeat the image's name.
    `key_table`: where to write which pseudonym is which image; nowhere by default.

    Raises:
        DataError: unknown kind of table. ProjectError: a file cannot be written.
    """
    table = build_table(project, what)
    key = project_key(project)
    image_column = project.form.image_column
    left_out = {
        column
        for column in range(table.given)
        if column not in (image_column, project.form.label_column)
        and (
            column == project.form.patient
            or names_a_person(table.header[column])
            or _repeats_images(table, column)
        )
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
    return AnonymousExport(
        rows=len(rows),
        dropped=tuple(table.header[column] for column in sorted(left_out)),
        kept=tuple(table.header[column] for column in kept if column < table.given),
    )


def anonymous_sentence(done: AnonymousExport, tr: Callable[[str], str] = str) -> str:
    """Which columns of the input were left out and which a person should look at once more."""
    if done.dropped:
        text = tr("Left out: {dropped}. Look through what was kept: {kept}.")
    else:
        text = tr("No column was left out. Look through what was kept: {kept}.")
    return text.format(dropped=", ".join(done.dropped), kept=", ".join(done.kept))


def pseudonym(key: bytes, image: str) -> str:
    """A name for an image that only the key leads back to: HMAC-SHA256, cut to 64 bits."""
    return f"image-{hmac.new(key, image.encode(), hashlib.sha256).hexdigest()[:16]}"


def project_key(project: ProjectStore) -> bytes:
    """The project's random key, made on first use."""
    path = project.folder / KEY_FILE
    try:
        if not path.is_file():
            write_file(path, secrets.token_hex(_KEY_BYTES).encode("ascii"), private=True)
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise ProjectError(
            f"{path} cannot be used ({error}): restore it, or delete it for new pseudonyms."
        ) from error
    if len(key) != _KEY_BYTES:
        raise ProjectError(f"{path} is damaged: restore it, or delete it for new pseudonyms.")
    return key


def names_a_person(column: str) -> bool:
    """Whether the name of a column stands for a person, a number of theirs, a file or a day."""
    words = [word.lower() for word in _WORD.findall(column)]
    return not _WORDS.isdisjoint(words) or any(part in column.lower() for part in _PARTS)


def _repeats_images(table: ExportTable, column: int) -> bool:
    return any(
        _is_repeated(sample, row[column])
        for sample, row in zip(table.samples, table.rows, strict=True)
    )


def _is_repeated(sample: Sample, cell: str) -> bool:
    stem = PurePosixPath(sample.image).stem.casefold()
    text = cell.strip().casefold()
    return text == stem or (len(stem) > 3 and stem in text)


def _added_name(table: ExportTable, column: int) -> str:
    return "" if column < table.given else table.added[column - table.given]


def reader_names(project: ProjectStore) -> dict[str, str]:
    """Reviewers by the order of their first decision."""
    names = dict.fromkeys(decision.reviewer for decision in project.decisions.all())
    return {name: f"reader {number}" for number, name in enumerate(names, start=1)}
