"""What became of a project's images on disk: missing, altered, renamed, new."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import Enum
from itertools import islice
from pathlib import Path, PurePosixPath

from qmix_core.base.cancellation import Control
from qmix_core.base.problem import Problem
from qmix_core.base.types import Progress, Sample
from qmix_core.dataset.files.file_stamps import FileStamps
from qmix_core.dataset.files.folder_scan import scan_folder
from qmix_core.project.operations.new_images import find_new
from qmix_core.project.store import ProjectStore


def image_files(root: Path) -> list[str]:
    """Images below a folder, relative to it, as a dataset finds them."""
    return list(scan_folder(root).images)


def match_by_hash(lost: Iterable[Sample], files: Mapping[str, str]) -> dict[str, str]:
    """New path of each lost image among `files` (path -> hash) that nobody else claims.

    Of identical files the one of the same name is taken; else any where all have one label. What
    stays in doubt stays lost.
    """
    by_hash: dict[str, list[str]] = defaultdict(list)
    for path, digest in sorted(files.items()):
        by_hash[digest].append(path)
    wanted: dict[str, list[Sample]] = defaultdict(list)
    for sample in lost:
        if sample.sha256 in by_hash:
            wanted[sample.sha256].append(sample)
    found: dict[str, str] = {}
    for digest, samples in wanted.items():
        found |= _pair(samples, by_hash[digest])
    return found


def _pair(samples: list[Sample], paths: list[str]) -> dict[str, str]:
    if len(samples) > 1 and len({sample.label for sample in samples}) > 1:
        return _pair_by_name(samples, paths)
    by_name = _pair_by_name(samples, paths)
    rest = [path for path in paths if path not in by_name.values()]
    unpaired = [sample.image for sample in samples if sample.image not in by_name]
    return by_name | dict(zip(unpaired, rest, strict=False))


def _pair_by_name(samples: list[Sample], paths: list[str]) -> dict[str, str]:
    def unique(names: Iterable[str]) -> dict[str, str]:
        by_name: dict[str, list[str]] = defaultdict(list)
        for name in names:
            by_name[PurePosixPath(name).name].append(name)
        return {name: found[0] for name, found in by_name.items() if len(found) == 1}

    files = unique(paths)
    images = unique(sample.image for sample in samples)
    return {image: files[name] for name, image in images.items() if name in files}


_CHUNK = 64
_NAMED = 10


def no_progress(done: int, total: int) -> None:
    """Nobody wants to know."""


class Depth(Enum):
    """How closely to look at files that are where they should be.

    QUICK reads those whose size or times changed since they were read last; SURE also those that
    were never read; FULL reads every file.
    """

    QUICK = 1
    SURE = 2
    FULL = 3


@dataclass(frozen=True, slots=True)
class DatasetState:
    """Images by `Sample.image`. `altered`: hash on disk; `renamed`: path relative to the root.

    `is_gone`: none of the images is there, as with a drive that was unplugged; all else is empty
    then. `added`: readable images of known classes that the project does not have, hashed.
    `problems`: what speaks against others, or against looking for them. `unread`: images whose
    content was not looked at.
    """

    root: Path
    is_gone: bool = False
    missing: tuple[str, ...] = ()
    altered: Mapping[str, str] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)
    added: tuple[Sample, ...] = ()
    problems: tuple[Problem, ...] = ()
    unread: int = 0

    @property
    def is_unchanged(self) -> bool:
        return not (self.is_gone or self.missing or self.altered or self.renamed or self.added)


def dataset_state(
    project: ProjectStore,
    *,
    depth: Depth = Depth.FULL,
    with_new: bool = True,
    progress: Progress = no_progress,
    control: Control | None = None,
) -> DatasetState:
    """Compare the disk with the project; `with_new` also looks for images to add.

    Writes nothing but the deletable cache, and touches no database: it may run in any thread.
    `record_state` makes the project know the result.

    Raises:
        Cancelled: `control` was cancelled.
    """
    control = control or Control()
    root = project.root
    if not root.is_dir():
        return DatasetState(root, is_gone=True)
    is_full = depth is Depth.FULL
    stamps = FileStamps(root) if is_full else FileStamps.load(project.cache_folder, root)
    lost, hashes, unread = _look(project, stamps, depth, progress, control)
    renamed: dict[str, str] = {}
    taken = {project.files.place(sample.image) for sample in project.samples}
    if lost:
        strangers = [name for name in image_files(root) if name not in taken]
        renamed = match_by_hash(lost, read_all(stamps, strangers, progress, control))
    missing = tuple(sample.image for sample in lost if sample.image not in renamed)
    if len(missing) == len(project.samples):
        return DatasetState(root, is_gone=True)
    added: tuple[Sample, ...] = ()
    problems: tuple[Problem, ...] = ()
    if with_new:
        known = taken | set(renamed.values())
        added, problems = find_new(
            project,
            known,
            stamps,
            trust_stamps=depth is Depth.QUICK,
            progress=progress,
            control=control,
        )
    stamps.save(project.cache_folder)
    altered = {
        sample.image: hashes[sample.image]
        for sample in project.samples
        if sample.sha256 and hashes.get(sample.image, sample.sha256) != sample.sha256
    }
    return DatasetState(root, False, missing, altered, renamed, added, problems, unread)


def read_all(
    stamps: FileStamps, names: Sequence[str], progress: Progress, control: Control
) -> dict[str, str]:
    """Hash of each file that can be read; files with a fitting stamp are not read again."""
    found: dict[str, str] = {}

    def digest(name: str) -> str | None:
        stamp = stamps.look(name)
        return (stamp and stamps.recall(name, stamp)) or stamps.read(name)

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for start in range(0, len(names), _CHUNK):
            control.check()
            chunk = names[start : start + _CHUNK]
            read = zip(chunk, pool.map(digest, chunk), strict=True)
            found |= {name: value for name, value in read if value is not None}
            progress(start + len(chunk), len(names))
    return found


def name_some(images: Collection[str]) -> str:
    """The first names, and how many more there are."""
    named = list(islice(images, _NAMED))
    rest = len(images) - len(named)
    return ", ".join(named) + (f" and {rest:,} more" if rest else "")


def _look(
    project: ProjectStore, stamps: FileStamps, depth: Depth, progress: Progress, control: Control
) -> tuple[list[Sample], dict[str, str], int]:
    """Samples that are not there, the hashes of the others, and how many were not read."""
    lost, unsure, unread = [], [], 0
    hashes: dict[str, str] = {}
    for number, sample in enumerate(project.samples):
        if number % _CHUNK == 0:
            control.check()
        name = project.files.place(sample.image)
        stamp = stamps.look(name)
        if stamp is None:
            lost.append(sample)
        elif known := stamps.recall(name, stamp):
            hashes[sample.image] = known
        elif depth is Depth.QUICK and not stamps.is_known(name):
            unread += 1
            # what an earlier look found is not forgotten
            hashes[sample.image] = project.files.known.altered.get(sample.image, sample.sha256)
        else:
            unsure.append(sample)
    names = [project.files.place(sample.image) for sample in unsure]
    found = read_all(stamps, names, progress, control)
    for sample, name in zip(unsure, names, strict=True):
        if name in found:
            hashes[sample.image] = found[name]
        else:
            lost.append(sample)
    return lost, hashes, unread
