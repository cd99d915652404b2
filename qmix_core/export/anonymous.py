"""What stands for whom in exports without identities, and tables made so.

Pseudonyms for images and patients, "reader 1" for people, no notes, no times.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from qmix_core.base.atomic_write import write_file
from qmix_core.base.errors import ConfigError, ProjectError
from qmix_core.base.types import Sample
from qmix_core.dataset.patients import patients_of
from qmix_core.export.tables import ExportTable, build_table, free_name, write_table
from qmix_core.project.storage.decision_log import author_of
from qmix_core.project.store import ProjectStore
from qmix_core.second_readers.merge import read_merges

#: In the project folder: who has it can compute the pseudonym of any image name.
KEY_FILE = "pseudonyms.key"
#: Columns that may be kept, too: of no input, but of the program.
TIMES, PATIENT = "reviewed_at", "patient"
#: Key of the settings that holds the hash of the key, so that another key in its place is told.
_KEY_DIGEST = "pseudonyms"
_KEY_BYTES = 32
_FREE_TEXT = frozenset({"note", "reason"})
#: From this share of different values on, a column tells one row from another.
_OWN_SHARE = 0.5
#: Behind the name of a second reader where two have the same.
_NUMBERED = re.compile(r"(.*)( \(\d+\))", re.S)


@dataclass(frozen=True, slots=True)
class InputColumn:
    """A column that may stay; `is_telling`: nearly every row has its own value.

    `has_pseudonyms`: it goes out with pseudonyms for its values, which are those of patients.
    """

    name: str
    is_telling: bool = False
    has_pseudonyms: bool = False


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
    """The columns that a person may keep by name.

    Those of the input besides image and label; then the patients where no column of the input but
    file names or DICOM headers tell them, and the time of review.
    """
    form = project.form
    own = (form.image_column, form.label_column)
    names = _names(project)
    found = [
        InputColumn(name, has_pseudonyms=True)
        if column == form.patient
        else InputColumn(name, _is_telling(project, column))
        for column, name in enumerate(names)
        if column not in own
    ]
    if form.patient is None and any(patients_of(project.samples, None)):
        found.append(InputColumn(free_name(PATIENT, names), has_pseudonyms=True))
    return [*found, InputColumn(free_name(TIMES, names))]


def _names(project: ProjectStore) -> tuple[str, ...]:
    return tuple(project.form.meaning(name).strip() for name in project.form.header)


def _is_telling(project: ProjectStore, column: int) -> bool:
    values = [
        sample.cells[column].strip() if column < len(sample.cells) else ""
        for sample in project.samples
    ]
    filled = [value for value in values if value]
    return len(set(filled)) > max(1, _OWN_SHARE * len(filled))


def require_columns(project: ProjectStore, keep: Collection[str]) -> None:
    """Raises ConfigError: a column to keep is none that may be kept."""
    known = [column.name for column in choosable_columns(project)]
    for name in keep:
        if name not in known:
            raise ConfigError(
                f"There is no column {name!r} to keep: choose among {', '.join(known) or 'none'}."
            )


class Anonymity:
    """What stands for images, patients and people: the same in every export of a project.

    `keep`: names of `choosable_columns` that stay. `columns`: those of them that tell of an image,
    in the order of the input; `telling`: those in which nearly every row has its own value.
    """

    def __init__(self, project: ProjectStore, keep: Collection[str] = ()) -> None:
        """Raises ConfigError: there is no such column. ProjectError, DataError: as `project_key`
        and `reader_names`.
        """
        require_columns(project, keep)
        self._key = project_key(project)
        self._readers = reader_names(project)
        self._form = project.form
        names = _names(project)
        own = (project.form.image_column, project.form.label_column)
        self.given = tuple(
            column for column, name in enumerate(names) if column not in own and name in keep
        )
        self.keeps_times = free_name(TIMES, names) in keep
        self.adds_patient = free_name(PATIENT, names) in keep
        added = (free_name(PATIENT, names),) if self.adds_patient else ()
        self.columns = (*(names[column] for column in self.given), *added)
        self.telling = tuple(
            column.name
            for column in choosable_columns(project)
            if column.is_telling and column.name in keep
        )
        patients = patients_of(project.samples, project.form.patient)
        self._patients = {s.image: p for s, p in zip(project.samples, patients, strict=True)}

    def image(self, image: str) -> str:
        """The pseudonym of an image."""
        return pseudonym(self._key, image)

    def patient(self, image: str) -> str:
        """The pseudonym of the patient of an image; empty where nobody knows them."""
        patient = self._patients[image]
        # no image has a name with such a sign
        return pseudonym(self._key, f"\0{patient}", "patient") if patient else ""

    def reader(self, name: str) -> str:
        """What stands for a person; empty for nobody."""
        match = _NUMBERED.fullmatch(name)
        if name in self._readers or match is None:
            return self._readers.get(name, "reader" if name else "")
        return self._readers.get(match[1], "reader") + match[2]

    def cells(self, sample: Sample) -> list[str]:
        """What `columns` hold of an image."""
        cells = [self.given_cell(sample, column) for column in self.given]
        return [*cells, *self.added_cells(sample)]

    def given_cell(self, sample: Sample, column: int) -> str:
        """What a kept column of the input says of an image."""
        if column == self._form.patient:
            return self.patient(sample.image)
        return self._form.meaning(sample.cells[column]) if column < len(sample.cells) else ""

    def added_cells(self, sample: Sample) -> list[str]:
        """What is told of an image and is no column of the input."""
        return [self.patient(sample.image)] if self.adds_patient else []


def export_anonymously(
    project: ProjectStore, what: str, out: Path, *, keep: Collection[str] = ()
) -> AnonymousExport:
    """Write a table without identities, ordered by pseudonym.

    Images have the same pseudonym in every export of a project. Of the input's columns only image,
    label and those named in `keep` stay, whatever the others are called.

    Raises:
        ConfigError: there is no such column. DataError: unknown kind of table. ProjectError: a file
            cannot be written.
    """
    anonymity = Anonymity(project, keep)
    table = build_table(project, what)
    image_column = project.form.image_column
    stays = (image_column, project.form.label_column, *anonymity.given)
    kept = [
        column
        for column in range(len(table.header))
        if (column in stays if column < table.given else _may_stay(table, column, anonymity))
    ]
    reviewer = table.given + table.added.index("reviewer")
    rows = []
    for sample, cells in zip(table.samples, table.rows, strict=True):
        changed = list(cells)
        changed[image_column] = anonymity.image(sample.image)
        changed[reviewer] = anonymity.reader(cells[reviewer])
        for column in anonymity.given:
            changed[column] = anonymity.given_cell(sample, column)
        rows.append(
            (*(changed[column] for column in kept), *anonymity.added_cells(sample)),
        )
    header = [table.header[column] for column in kept]
    added = anonymity.columns[len(anonymity.given) :]
    write_table(
        project,
        out,
        [*header, *added],
        sorted(rows, key=lambda row: row[kept.index(image_column)]),
        numbers=[new for new, column in enumerate(kept) if column in table.numbers],
        sheet="",
    )
    return AnonymousExport(
        rows=len(rows),
        dropped=tuple(
            name for column, name in enumerate(table.header[: table.given]) if column not in stays
        ),
        kept=(*(table.header[column] for column in kept if column < table.given), *added),
        telling=anonymity.telling,
    )


def _may_stay(table: ExportTable, column: int, anonymity: Anonymity) -> bool:
    name = table.added[column - table.given]
    return name not in _FREE_TEXT and (name != TIMES or anonymity.keeps_times)


def require_own_place(key_table: Path, out: Path, *others: Path) -> None:
    """Raises ConfigError: the key would be the export itself, or a part of it."""
    is_inside = _folded(key_table).is_relative_to(_folded(out))
    if is_inside or any(_is_same_file(key_table, other) for other in (out, *others)):
        raise ConfigError(
            f"--key-table is the export itself ({out}): give the key another name and keep it."
        )


def _folded(path: Path) -> Path:
    return Path(os.path.normcase(path.expanduser().absolute().resolve()))


def _is_same_file(one: Path, other: Path) -> bool:
    pair = [path.expanduser().absolute() for path in (one, other)]
    names = {_folded(path) for path in pair}
    return len(names) == 1 or (all(path.exists() for path in pair) and pair[0].samefile(pair[1]))


def write_key_table(project: ProjectStore, out: Path) -> None:
    """Write which pseudonym is which image, of all images, for its owner alone.

    Raises:
        ProjectError: it cannot be written.
    """
    key = project_key(project)
    pairs = sorted((pseudonym(key, sample.image), sample.image) for sample in project.samples)
    write_table(project, out, ("pseudonym", "image"), pairs, private=True)


def anonymous_sentence(
    kept: Sequence[str], telling: Sequence[str], tr: Callable[[str], str] = str
) -> str:
    """Which columns of the input stayed, and which of them a person should look at once more."""
    text = tr("Columns of your table in it: {kept}.").format(kept=", ".join(kept)) if kept else ""
    if telling:
        more = tr("Nearly every row has its own value in {columns}: it can tell who it is.")
        text += " " + more.format(columns=", ".join(telling))
    return text


def pseudonym(key: bytes, name: str, kind: str = "image") -> str:
    """A name for a name that only the key leads back from: HMAC-SHA256, cut to 64 bits."""
    digest = hmac.new(key, name.encode(errors="surrogateescape"), hashlib.sha256)
    return f"{kind}-{digest.hexdigest()[:16]}"


def project_key(project: ProjectStore) -> bytes:
    """The project's random key, made on first use.

    Raises:
        ProjectError: it cannot be read or written, or is not the one that the project made; it
            would be made in a project that is not trusted.
    """
    path = project.folder / KEY_FILE
    remedy = "restore it, or delete it for new pseudonyms"
    try:
        is_new = not path.is_file()
        if is_new and project.distrust:
            raise ProjectError(project.distrust)
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


def reader_names(project: ProjectStore) -> dict[str, str]:
    """What stands for each person, by when they first said something here.

    Reviewers, those whose decisions were brought from elsewhere, and second readers.

    Raises:
        DataError: the readings are damaged.
    """
    said: list[tuple[str, str]] = []
    latest = ""
    for row in project.decisions.all():
        # a clock that goes wrong changes no order
        latest = max(latest, row.at)
        said += [(latest, row.reviewer), (latest, author_of(row)[0])]
    said += [(mark.at, author_of(mark)[0]) for mark in project.decisions.conflicts()]
    merges = read_merges(project.folder)
    said += [(merge.merged_at, merge.answers.reader.strip()) for merge in merges]
    names = dict.fromkeys(name for _, name in sorted(said, key=lambda pair: pair[0]) if name)
    return {name: f"reader {number}" for number, name in enumerate(names, start=1)}
