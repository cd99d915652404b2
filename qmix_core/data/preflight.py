"""Look into every file of a dataset before a run: unreadable, duplicate, conflicting, tiny."""

from __future__ import annotations

import hashlib
import os
from collections import Counter, defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from qmix_core.control import Control
from qmix_core.data.dataset import Dataset, Problem
from qmix_core.data.dicom import described, tells_of_text
from qmix_core.data.images import has_more_frames, read_rgb
from qmix_core.data.patients import patient_remarks
from qmix_core.errors import DataError
from qmix_core.types import Sample

#: A class with fewer images is reported: it is too small to be learned or separated.
SMALL_CLASS = 10
#: An image with a shorter side below this shows nothing that could be graded; in pixels.
TINY_SIDE = 64
_CHUNK = 64

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Preflight:
    """A dataset whose images were all opened.

    `dataset` holds only readable images, each with its content hash; `problems` those of the
    table or folder and of the files.
    """

    dataset: Dataset
    problems: tuple[Problem, ...]

    @property
    def class_counts(self) -> dict[str, int]:
        """Readable images per class, in class order."""
        counts = Counter(sample.label for sample in self.dataset.samples)
        return {label: counts[label] for label in self.dataset.classes}


def check_dataset(
    dataset: Dataset, *, progress: Progress | None = None, control: Control | None = None
) -> Preflight:
    """Decode and hash every image on all cores.

    Raises:
        DataError: fewer than two classes are left once unreadable images are left out.
        Cancelled: `control` was cancelled.
    """
    control = control or Control()
    good: list[Sample] = []
    problems = list(dataset.problems)
    samples = dataset.samples
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for start in range(0, len(samples), _CHUNK):
            chunk = samples[start : start + _CHUNK]
            for sample, problem in pool.map(lambda item: _check_file(dataset.root, item), chunk):
                control.check()
                if sample is not None:
                    good.append(sample)
                if problem is not None:
                    problems.append(problem)
            if progress is not None:
                progress(start + len(chunk), len(samples))
    classes = {sample.label for sample in good}
    if len(classes) < 2:
        first = next(problem.text for problem in problems if problem.kind == "unreadable")
        raise DataError(
            f"Fewer than two classes in {dataset.root} have readable images; the first that "
            f"failed: {first}"
        )
    remarks = patient_remarks(good, dataset.patient_column)
    problems += [
        *_small_classes(good),
        *_duplicates(good),
        *(Problem("patients", "", text) for text in remarks),
    ]
    checked = replace(dataset, samples=tuple(good), problems=tuple(problems))
    return Preflight(checked, tuple(problems))


def hash_file(path: Path) -> str:
    """SHA-256 of the file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check_file(root: Path, sample: Sample) -> tuple[Sample | None, Problem | None]:
    path = root / sample.image
    try:
        image = read_rgb(path, at_least=TINY_SIDE)
        more = has_more_frames(path)
        digest = hash_file(path)
    except (DataError, OSError) as error:
        return None, Problem("unreadable", sample.image, str(error))
    problem = None
    if more:
        text = f"{sample.image} is an animation or has several pages or frames: only one is used."
        problem = Problem("several_frames", sample.image, text)
    if min(image.size) < TINY_SIDE:
        text = f"{sample.image} is only {image.width} x {image.height} pixels."
        problem = Problem("tiny", sample.image, text)
    if tells_of_text(path):
        text = f"{sample.image} has text in its pixels, which may name the patient."
        problem = Problem("burned_text", sample.image, text)
    return described(replace(sample, sha256=digest), path), problem


def _small_classes(samples: list[Sample]) -> list[Problem]:
    counts = Counter(sample.label for sample in samples)
    return [
        Problem(
            "small_class", "", f"Class {label!r} has few images ({count}): mistrust its verdicts."
        )
        for label, count in sorted(counts.items())
        if count < SMALL_CLASS
    ]


def _duplicates(samples: list[Sample]) -> list[Problem]:
    by_hash: dict[str, list[Sample]] = defaultdict(list)
    for sample in samples:
        by_hash[sample.sha256].append(sample)
    problems = []
    for group in by_hash.values():
        if len(group) == 1:
            continue
        labels = sorted({sample.label for sample in group})
        names = ", ".join(sample.image for sample in group)
        if len(labels) > 1:
            text = f"Identical files with different labels ({', '.join(labels)}): {names}."
            problems.append(Problem("conflicting", group[0].image, text))
        else:
            text = f"Identical files: {names}."
            problems.append(Problem("duplicate", group[0].image, text))
    return problems
