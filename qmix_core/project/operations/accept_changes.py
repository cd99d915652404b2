"""Make a project follow its files: note what was found, accept new content and new images."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from qmix_core.project.operations.file_scan import DatasetState
from qmix_core.project.store import ProjectStore


def record_state(project: ProjectStore, state: DatasetState) -> None:
    """Remember which images are missing, altered and renamed; a drive that is away changes nothing.

    Renamed images are followed, since their content proves them the same.

    Raises:
        ProjectError: the project cannot be written.
    """
    if state.is_gone or state.root != project.root:
        return
    known = project.files.known
    files = replace(
        known,
        places=_places(dict(known.places) | dict(state.renamed)),
        altered=dict(state.altered),
        missing=frozenset(state.missing),
    )
    if files != known:
        project.files.change(settings=files.settings())


def accept_altered(project: ProjectStore, images: Iterable[str]) -> int:
    """Give these altered images their content on disk, without verdict and unreviewed; count them.

    Former decisions and verdicts stay on record for the former content.

    Raises:
        ProjectError: the project cannot be written.
    """
    known = project.files.known
    contents = {image: known.altered[image] for image in images if image in known.altered}
    last_run = max((run.id for run in project.runs.all()), default=0)
    files = replace(
        known,
        altered={image: h for image, h in known.altered.items() if image not in contents},
        replaced=dict(known.replaced) | dict.fromkeys(contents, last_run),
    )
    project.files.change(settings=files.settings(), contents=contents)
    return len(contents)


def add_images(project: ProjectStore, state: DatasetState) -> int:
    """Append the new images of a state to the project, unreviewed and without verdict; count them.

    Raises:
        ProjectError: the project cannot be written.
    """
    there = {sample.image for sample in project.samples}
    added = [sample for sample in state.added if sample.image not in there]
    project.files.change(settings={}, added=added)
    return len(added)


def _places(places: dict[str, str]) -> dict[str, str]:
    return {image: place for image, place in places.items() if image != place}
