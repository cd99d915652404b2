"""Find a project's images in another folder, by path and hash, or by hash alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path

from qmix_core.base.cancellation import Control
from qmix_core.base.errors import DataError, ProjectError
from qmix_core.base.types import Progress
from qmix_core.dataset.files.file_matching import Way, match_names
from qmix_core.dataset.files.file_stamps import FileStamps
from qmix_core.project.operations.file_scan import image_files, match_by_hash, no_progress, read_all
from qmix_core.project.storage.location import follow_source, location_settings
from qmix_core.project.store import ProjectStore


@dataclass(frozen=True, slots=True)
class Relink:
    """What a folder holds of a project's `total` images, named by `Sample.image`.

    `places`: path below `root` of each image found with its hash; `altered`: hash of each image
    whose path holds other content. The rest are `missing`.
    """

    root: Path
    total: int
    places: Mapping[str, str]
    altered: Mapping[str, str]
    missing: tuple[str, ...]
    stamps: FileStamps = field(repr=False, compare=False)

    @property
    def renamed(self) -> int:
        """Images found by their hash alone."""
        return sum(image != place for image, place in self.places.items())

    @property
    def is_possible(self) -> bool:
        """Whether any image was found."""
        return bool(self.places)

    @property
    def is_safe(self) -> bool:
        """Whether all images found have their hash, and those are at least half of all."""
        return not self.altered and 2 * len(self.places) >= self.total

    @property
    def figures(self) -> str:
        """How many match, in a sentence part."""
        return (
            f"{len(self.places):,} of {self.total:,} images match ({self.renamed:,} of them under "
            f"another name), {len(self.altered):,} have other content, {len(self.missing):,} are "
            "not there"
        )


def find_images(
    project: ProjectStore,
    folder: Path,
    *,
    progress: Progress = no_progress,
    control: Control | None = None,
) -> Relink:
    """Look for the project's images in a folder, its sub-folders included.

    Reads every file that may be one of them, writes nothing and touches no database.

    Raises:
        DataError: there is no such folder. Cancelled: `control` was cancelled.
    """
    control = control or Control()
    folder = folder.expanduser().resolve()
    if not folder.is_dir():
        raise DataError(f"{folder} is no folder: give the one that holds the images.")
    root = _find_root(project, folder, image_files(folder))
    stamps = FileStamps(root)
    names = image_files(root)
    listed = set(names)
    likely = {
        sample.image: place
        for sample in project.samples
        if (place := project.files.place(sample.image)) in listed
        or (place := sample.image) in listed
    }
    likely |= _otherwise_spelt(project, likely, listed - set(likely.values()))
    hashes = read_all(stamps, list(likely.values()), progress, control)
    places = {
        sample.image: place
        for sample in project.samples
        if hashes.get(place := likely.get(sample.image, "")) == sample.sha256
    }
    taken = set(places.values())
    # a file at the path of another image is that image, be it altered: never a moved one
    altered = {
        image: hashes[place]
        for image, place in likely.items()
        if image not in places and place in hashes and place not in taken
    }
    lost = [s for s in project.samples if s.image not in places and s.image not in altered]
    if lost:
        strangers = [name for name in names if name not in hashes]
        places |= match_by_hash(lost, read_all(stamps, strangers, progress, control))
    seen = places.keys() | altered.keys()
    gone = tuple(sample.image for sample in project.samples if sample.image not in seen)
    return Relink(root, len(project.samples), places, altered, gone, stamps)


def _otherwise_spelt(
    project: ProjectStore, likely: Mapping[str, str], files: Set[str]
) -> dict[str, str]:
    """Images whose file has the same name in another case or Unicode form, as disks change it."""
    lost = {s.image: project.files.place(s.image) for s in project.samples if s.image not in likely}
    matches = match_names(lost.values(), sorted(files))
    return {
        image: match.file
        for image, place in lost.items()
        if (match := matches[place]).file and match.way in {Way.CASE, Way.UNICODE}
    }


def relink(project: ProjectStore, found: Relink, *, force: bool = False) -> None:
    """Let the project read its images from the folder; altered ones stay marked as altered.

    `force` accepts a folder where some images have other content, or most are not there.

    Raises:
        ProjectError: the folder holds none of the images, or is not safe and not forced.
    """
    if not found.is_possible:
        raise ProjectError(
            f"{found.root} holds none of the images of {project.name}: {found.figures}. Choose the "
            "folder that the dataset was moved to."
        )
    if not (found.is_safe or force):
        raise ProjectError(
            f"{found.root} is not quite the dataset of {project.name}: {found.figures}. Choose "
            "another folder, or use --force; images with other content are then marked as altered."
        )
    files = replace(
        project.files.known,
        places={image: place for image, place in found.places.items() if image != place},
        altered=dict(found.altered),
        missing=frozenset(found.missing),
    )
    source = follow_source(project.source, project.root, found.root)
    where = location_settings(project.folder, found.root, source)
    project.files.change(settings=where | files.settings())
    found.stamps.save(project.cache_folder)


def _find_root(project: ProjectStore, folder: Path, names: Sequence[str]) -> Path:
    """The folder itself, or the one inside from which most of the images' paths start."""
    images = {project.files.place(sample.image) for sample in project.samples}
    votes: Counter[str] = Counter()
    for name in names:
        parts = name.split("/")
        for depth in range(len(parts)):
            if "/".join(parts[depth:]) in images:
                votes["/".join(parts[:depth])] += 1
                break
    return folder / votes.most_common(1)[0][0] if votes else folder
