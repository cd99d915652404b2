"""What a project keeps of second readers: the packages it gave away, the readings that came back.

Files in the folder `readings`, each written once and never again (docs/decisions/0020): a package
says which id is which image; readings are numbered, and each holds the hash of the one before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, ClassVar

from msgspec import Meta

from qmix_core.base.errors import DataError, ProjectError
from qmix_core.base.foreign_json import Count
from qmix_core.base.version import __version__
from qmix_core.project.storage.decision_log import utc_now
from qmix_core.project.store import ProjectStore
from qmix_core.second_readers.schema import (
    ITEM_ID,
    MAX_CLASSES,
    MAX_IMAGES,
    Answers,
    Id,
    Manifest,
    Name,
    Sealed,
    from_data,
    read_limited,
    unsealed,
    write_whole,
)

READINGS = "readings"
_PACKAGES = "packages"


@dataclass(frozen=True, slots=True)
class Origin:
    """The image behind an id of a package, and the hash that its file had."""

    image: str
    sha256: str


class _Record(Sealed, frozen=True, kw_only=True):
    """A PackageRecord on the disk."""

    format: ClassVar[str] = "qmix package record"
    package: Id
    package_hash: Name
    made_at: Name
    classes: Annotated[tuple[tuple[str, str], ...], Meta(max_length=MAX_CLASSES)]
    items: Annotated[tuple[tuple[str, str, str], ...], Meta(max_length=MAX_IMAGES)]


class _MergeRecord(Sealed, frozen=True, kw_only=True):
    """A Merge on the disk; `answers` are sealed by themselves."""

    format: ClassVar[str] = "qmix merge"
    number: Count
    previous: Name
    merged_at: Name
    merged_by: Name
    app_version: Name
    answers: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PackageRecord:
    """A package as the project knows it. `classes`: name in it -> given label behind that."""

    package: str
    hash: str
    made_at: str
    classes: Mapping[str, str]
    items: Mapping[str, Origin]


@dataclass(frozen=True, slots=True)
class Merge:
    """A reading in the project. `hash` is that of the record, which the next one holds."""

    number: int
    merged_at: str
    merged_by: str
    answers: Answers
    answers_hash: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did. `is_new` is False where this very reading was there already.

    `changed`: answers on images whose file has changed since; they are kept and do not count.
    """

    reader: str
    answers: int
    is_new: bool
    changed: int


def record_package(project: ProjectStore, manifest: Manifest, items: Mapping[str, Origin]) -> None:
    """Remember a package. Raises ProjectError: the disk refuses."""
    record = _Record(
        package=manifest.package,
        package_hash=manifest.hash,
        made_at=manifest.made_at,
        classes=tuple(zip(project.classes.names, project.classes.origins, strict=True)),
        items=tuple((item, origin.image, origin.sha256) for item, origin in items.items()),
    )
    file = _package_file(project.folder, manifest.package)
    write_whole(file, record.sealed(), private=True)


def merge(project: ProjectStore, path: Path, *, reviewer: str) -> Merged:
    """Take a reading in; the same one again changes nothing.

    Raises:
        DataError: no intact reading, of a package of another project, or it does not fit its
            package. ProjectError: no name, opened read-only, or the disk refuses.
    """
    if not reviewer.strip():
        raise ProjectError("A merge needs the name of who does it: give it with --reviewer.")
    answers = unsealed(read_limited(path), path.name, Answers)
    record = read_package(project.folder, answers.package)
    if record is None:
        raise DataError(
            f"{path.name} is about a package that was not made from {project.folder.name}: open "
            "the project that the package came from."
        )
    _require_fit(answers, record, path.name)
    project.begin_review()
    if project.read_only:
        raise ProjectError(project.read_only)
    merges = read_merges(project.folder)
    data = answers.data()
    is_new = data["hash"] not in {earlier.answers_hash for earlier in merges}
    if is_new:
        number = len(merges) + 1
        merged = _MergeRecord(
            number=number,
            previous=merges[-1].hash if merges else "",
            merged_at=utc_now(),
            merged_by=reviewer.strip(),
            app_version=__version__,
            answers=data,
        )
        write_whole(_merge_file(project.folder, number), merged.sealed(), private=True)
    now = content_now(project)
    changed = sum(is_outdated(record.items[a.item], now) for a in answers.answers)
    return Merged(answers.reader, len(answers.answers), is_new, changed)


def _require_fit(answers: Answers, record: PackageRecord, name: str) -> None:
    if answers.package_hash != record.hash:
        raise DataError(
            f"{name} was read from a package that was changed after it left the project: have the "
            "original package read."
        )
    labels = {answer.label for answer in answers.answers if answer.label}
    if not {answer.item for answer in answers.answers} <= record.items.keys() or (
        not labels <= record.classes.keys()
    ):
        raise DataError(
            f"{name} names images or classes that its package does not have: get an intact copy."
        )


def content_now(project: ProjectStore) -> dict[str, str]:
    """Hash of each image's file, as the project knows it now."""
    return {s.image: content_of(project, i) for i, s in enumerate(project.samples)}


def content_of(project: ProjectStore, position: int) -> str:
    """Hash of one image's file, as the project knows it now."""
    sample = project.samples[position]
    return project.files.known.altered.get(sample.image, sample.sha256)


def is_outdated(origin: Origin, now: Mapping[str, str]) -> bool:
    """Whether the image has another content than when it was packaged."""
    return now.get(origin.image) != origin.sha256


def read_package(folder: Path, package: str) -> PackageRecord | None:
    """The project's record of a package; None where it made no such one.

    Raises:
        DataError: the record is damaged.
    """
    file = _package_file(folder, package)
    if not file.is_file():
        return None
    record = unsealed(read_limited(file), file.name, _Record)
    if record.package != package:
        raise DataError(f"{file.name} is about another package: restore it from a backup.")
    return PackageRecord(
        package=package,
        hash=record.package_hash,
        made_at=record.made_at,
        classes=dict(record.classes),
        items={item: Origin(image, sha256) for item, image, sha256 in record.items},
    )


def read_merges(folder: Path) -> list[Merge]:
    """All readings, the first merged first.

    Raises:
        DataError: one is damaged, or missing between the others.
    """
    merges: list[Merge] = []
    for number in range(1, len(_numbers(folder)) + 1):
        file = _merge_file(folder, number)
        merge = _read_merge(file)
        if merge.number != number or merge.previous != (merges[-1].hash if merges else ""):
            raise DataError(
                f"{file.name} in {READINGS} does not follow from the reading before: restore the "
                "folder from a backup."
            )
        merges.append(merge)
    return merges


def _read_merge(file: Path) -> Merge:
    name = f"{READINGS}/{file.name}"
    record = unsealed(read_limited(file), name, _MergeRecord)
    answers = from_data(record.answers, name, Answers)
    return Merge(
        number=record.number,
        merged_at=record.merged_at,
        merged_by=record.merged_by,
        answers=answers,
        answers_hash=answers.hash,
        previous=record.previous,
        hash=record.hash,
    )


def check_ledger(folder: Path) -> Iterator[tuple[str, str]]:
    """What is wrong with the readings and packages of a project: file and sentence."""
    try:
        merges = read_merges(folder)
    except DataError as error:
        yield READINGS, str(error)
        return
    for package in sorted({merge.answers.package for merge in merges} | _packages(folder)):
        try:
            record = read_package(folder, package)
        except DataError as error:
            yield f"{READINGS}/{_PACKAGES}/{package}.json", str(error)
            continue
        if record is None:
            text = "it is missing: the readings of this package cannot be told apart"
            yield f"{READINGS}/{_PACKAGES}/{package}.json", text


def _packages(folder: Path) -> set[str]:
    files = (folder / READINGS / _PACKAGES).glob("*.json")
    return {file.stem for file in files if ITEM_ID.fullmatch(file.stem)}


def _numbers(folder: Path) -> list[int]:
    names = [file.stem for file in (folder / READINGS).glob("*.json")]
    return sorted(int(name) for name in names if name.isascii() and name.isdecimal())


def _package_file(folder: Path, package: str) -> Path:
    return folder / READINGS / _PACKAGES / f"{package}.json"


def _merge_file(folder: Path, number: int) -> Path:
    return folder / READINGS / f"{number:04d}.json"
