"""A cleaned dataset as class folders: copies of the kept images, or links to them."""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

from qmix_core.base.cancellation import Control
from qmix_core.base.errors import ProjectError
from qmix_core.base.types import Progress, Sample
from qmix_core.dataset.tables.manifest import MANIFEST, Listing
from qmix_core.dataset.tables.text_dialect import TextDialect
from qmix_core.export.destination import new_folder
from qmix_core.export.folder_names import class_folders, free_names
from qmix_core.export.tables import build_table, write_table
from qmix_core.project.operations.file_scan import no_progress
from qmix_core.project.store import ProjectStore

_CHUNK = 1 << 20


class Link(StrEnum):
    """How an image comes into the folder. A hard link is the original under a second name."""

    COPY = "copy"
    HARD = "hard"
    SYMLINK = "symlink"


@dataclass(frozen=True, slots=True)
class FolderExport:
    """`link` is how they came, which may not be as asked; `left_out` could not be read."""

    images: int
    link: Link
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptImage:
    """One image that goes along, with its label now and its verdict."""

    sample: Sample
    file: Path
    place: str
    label: str
    given: str
    sha256: str
    bucket: str
    status: str


def export_folder(
    project: ProjectStore,
    out: Path,
    *,
    link: Link = Link.COPY,
    listing: Listing = MANIFEST,
    progress: Progress = no_progress,
    control: Control | None = None,
) -> FolderExport:
    """Make the folder `out` with one folder for each class, and a list of the images.

    Links that the disk cannot have become copies. The folder gets its name when it is complete.

    Raises:
        ProjectError: the place is refused, too small or cannot be written. Cancelled: nothing is
            left then.
    """
    control = control or Control()
    images = kept_images(project)
    folders = class_folders(image.label for image in images)
    names = free_names((folders[image.label], PurePosixPath(image.place)) for image in images)
    manifest, left_out = [], []
    with new_folder(project, out) as part:
        link = _possible(link, images, part)
        if link is Link.COPY:
            _require_space(out, part, images)
        for done, (image, name) in enumerate(zip(images, names, strict=True), start=1):
            control.check()
            target = part / name
            target.parent.mkdir(exist_ok=True)
            digest = _place(image, target, link)
            if digest is None:
                left_out.append(image.place)
            else:
                is_same = digest == image.sha256 or not image.sha256
                verdict = (image.bucket, image.status) if is_same else ("", "altered")
                manifest.append(
                    (name, image.label, image.place, image.given, digest, *verdict)
                )  # fmt: skip
            progress(done, len(images))
        write_table(project, part / listing.file, listing.columns, manifest, form=TextDialect())
    return FolderExport(len(manifest), link, tuple(left_out))


def kept_images(project: ProjectStore) -> list[KeptImage]:
    """The images of a cleaned folder, in the order of the project."""
    table = build_table(project, "cleaned")
    bucket, status = (table.given + table.added.index(name) for name in ("bucket", "status"))
    return [
        KeptImage(
            sample=sample,
            file=project.files.path(sample),
            place=project.files.place(sample.image),
            label=label,
            given=sample.label,
            sha256=sample.sha256,
            bucket=row[bucket],
            status=row[status],
        )
        for sample, row, label in zip(table.samples, table.rows, table.labels, strict=True)
        if label
    ]


def _possible(link: Link, images: list[KeptImage], part: Path) -> Link:
    """The link as asked where the disk can make one, else a copy."""
    there = next((image.file for image in images if image.file.is_file()), None)
    if link is Link.COPY or there is None:
        return link
    trial = part / "trial"
    try:
        _link(there, trial, link)
        trial.unlink()
    except (OSError, NotImplementedError):
        return Link.COPY
    return link


def _link(file: Path, target: Path, link: Link) -> None:
    if link is Link.HARD:
        os.link(file.resolve(), target)
    else:
        target.symlink_to(file.resolve())


def _require_space(out: Path, part: Path, images: list[KeptImage]) -> None:
    needed = sum(image.file.stat().st_size for image in images if image.file.is_file())
    free = shutil.disk_usage(part).free
    if needed > free:
        raise ProjectError(
            f"{out} needs {needed / 1e9:.1f} GB, and {free / 1e9:.1f} GB are free there: free "
            "space, choose another place, or link the images instead of copying them."
        )


def _place(image: KeptImage, target: Path, link: Link) -> str | None:
    """Make one file and give the hash of its content; None where the original is not readable."""
    try:
        source = image.file.open("rb")
    except OSError:
        return None
    with source:
        if link is not Link.COPY:
            _link(image.file, target, link)
            return hashlib.file_digest(source, "sha256").hexdigest()
        digest = hashlib.sha256()
        with target.open("wb") as copy:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                copy.write(chunk)
    return digest.hexdigest()
