"""Writes a blind reading package of some images of a project.

Images are made anew from their pixels, all in one form, under opaque ids and in an order that
nobody can compute again: no label, verdict, file name, patient, date or EXIF goes along. Files
differ in size as their pixels do. What is written in the picture itself stays.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import zipfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from qmix_core.base.atomic_write import whole_file
from qmix_core.base.cancellation import Control
from qmix_core.base.errors import ConfigError, DataError, ProjectError
from qmix_core.base.types import BUCKETS, Bucket, IntArray, Progress, Sample
from qmix_core.base.version import __version__
from qmix_core.dataset.files.file_stamps import hash_file
from qmix_core.dataset.pixels.bare_png import png_of
from qmix_core.dataset.pixels.image_reader import read_rgb
from qmix_core.project.storage.decision_log import utc_now
from qmix_core.project.store import ProjectStore
from qmix_core.second_readers.merge import Origin, record_package
from qmix_core.second_readers.package import IMAGES, MANIFEST
from qmix_core.second_readers.schema import MAX_INSTRUCTIONS, Item, Manifest, cannot_write, unsealed

DEFAULT_INSTRUCTIONS = (
    "Say for each image which class it shows. Mark it as ambiguous where you cannot decide between "
    "classes, and as ungradable where the image is too poor to read."
)
#: Images decoded before they are written, so that the memory holds few of them.
_CHUNK = 8
#: The date in a zip is that of no image.
_NO_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Packed:
    """A package that was written; `left_out` are sentences on images that could not go along."""

    package: str
    images: int
    left_out: tuple[str, ...]


def choose_images(
    project: ProjectStore,
    *,
    buckets: Sequence[Bucket] = (),
    count: int | None = None,
    seed: int = 0,
) -> list[int]:
    """Positions of a random sample of the images in these buckets of the last run; all by default.

    Raises:
        ConfigError: `count` is below 1, or buckets are asked for before a run has finished.
    """
    chosen: IntArray = np.arange(len(project.samples), dtype=np.int64)
    if buckets:
        finished = project.runs.finished()
        if not finished:
            raise ConfigError("There are no buckets before a run has finished: train first.")
        wanted = [BUCKETS.index(bucket) for bucket in buckets]
        chosen = np.flatnonzero(np.isin(project.runs.results(finished[-1]).bucket, wanted))
    return draw_sample(chosen.tolist(), count=count, seed=seed)


def draw_sample(chosen: Sequence[int], *, count: int | None, seed: int) -> list[int]:
    """At most `count` of these positions, drawn at random. Raises ConfigError for none."""
    if count is not None and count < 1:
        raise ConfigError("A package has at least one image: give a larger count.")
    drawn = np.random.default_rng(seed).permutation(np.asarray(chosen, dtype=np.int64))
    return [int(position) for position in drawn[:count]]


def write_package(
    project: ProjectStore,
    chosen: Sequence[int],
    out: Path,
    *,
    instructions: str = DEFAULT_INSTRUCTIONS,
    progress: Progress = lambda _done, _total: None,
    control: Control | None = None,
) -> Packed:
    """Write the package in one step; the project remembers which id is which image.

    Images that are missing, altered or unreadable are left out.

    Raises:
        ProjectError: a disk refuses, or `out` is there already or in the dataset. DataError: no
        image is left. ConfigError: the instructions or a class cannot be written. Cancelled.
    """
    out = out.expanduser().absolute()
    if out.resolve().is_relative_to(project.root.resolve()):
        raise ProjectError(f"{out.name} would lie inside the dataset: choose another folder.")
    if out.exists():
        raise ProjectError(f"{out} is there already: choose another name.")
    instructions = "\n".join(" ".join(line.split()) for line in instructions.splitlines())
    if len(instructions) > MAX_INSTRUCTIONS:
        raise ConfigError(
            f"The instructions are longer than {MAX_INSTRUCTIONS} characters: shorten them."
        )
    order = [int(position) for position in chosen]
    # of no seed: who has the dataset could draw the same order again; the record keeps it
    secrets.SystemRandom().shuffle(order)
    try:
        with whole_file(out) as file:
            origins: dict[str, Origin] = {}
            items, left_out = [], []
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
                for packed in _packed(project, order, progress, control or Control()):
                    if isinstance(packed, str):
                        left_out.append(packed)
                        continue
                    item, sample, content = packed
                    archive.writestr(_member(IMAGES + item.file), content)
                    items.append(item)
                    origins[item.id] = Origin(sample.image, sample.sha256)
                manifest = _manifest(project, instructions, items, left_out)
                archive.writestr(_member(MANIFEST), manifest.sealed())
            # before the package has its name: none is about that the project does not know
            record_package(project, manifest, origins)
    except OSError as error:
        raise cannot_write(out, error) from error
    return Packed(manifest.package, len(items), tuple(left_out))


def _packed(
    project: ProjectStore, order: Sequence[int], progress: Progress, control: Control
) -> Iterator[tuple[Item, Sample, bytes] | str]:
    ranges = project.files.value_ranges

    def pack(position: int) -> tuple[Item, Sample, bytes] | str:
        sample = project.samples[position]
        path = project.files.path(sample)
        try:
            if hash_file(path) != sample.sha256:
                return f"{sample.image} has changed on disk: take its new content in first."
            # all in one form, whatever the original was
            content = png_of(read_rgb(path, ranges=ranges))
        except OSError as error:
            return f"{sample.image} cannot be read ({error.strerror}): restore it."
        except DataError as error:
            return str(error)
        name = secrets.token_hex(8)
        digest = hashlib.sha256(content).hexdigest()
        return Item(name, f"{name}.png", digest), sample, content

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for start in range(0, len(order), _CHUNK):
            for packed in pool.map(pack, order[start : start + _CHUNK]):
                control.check()
                yield packed
            progress(min(start + _CHUNK, len(order)), len(order))


def _manifest(
    project: ProjectStore, instructions: str, items: Sequence[Item], left_out: Sequence[str]
) -> Manifest:
    if not items:
        first = left_out[0] if left_out else "no image was chosen."
        raise DataError(f"There is no image to package: {first}")
    try:
        manifest = Manifest(
            package=secrets.token_hex(8),
            made_at=utc_now(),
            app_version=__version__,
            classes=project.classes.names,
            shown_as=tuple(map(project.scale.display, project.classes.names)),
            instructions=instructions,
            items=tuple(items),
        )
        return unsealed(manifest.sealed(), "the package", Manifest)
    except (ValueError, DataError) as error:
        raise ConfigError(
            "The name of a class or the instructions have characters that cannot be printed: "
            "rename the class with qmix classes, or write other instructions."
        ) from error


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _NO_DATE)
    member.external_attr = 0o644 << 16
    return member
