"""Look into every file of a dataset before a run, and say what a person should know."""

from __future__ import annotations

import os
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from qmix_core.base.cancellation import Control
from qmix_core.base.errors import DataError
from qmix_core.base.problem import Problem
from qmix_core.base.types import Progress, Sample
from qmix_core.dataset.dataset import Dataset
from qmix_core.dataset.files.file_accounting import tell_together
from qmix_core.dataset.files.file_stamps import FileStamps
from qmix_core.dataset.patients import patient_groups, patient_problems, split_problems
from qmix_core.dataset.pixels.value_ranges import NO_RANGES, ValueRanges
from qmix_core.preflight.findings import TINY_SIDE as TINY_SIDE
from qmix_core.preflight.findings import find_problems
from qmix_core.preflight.fingerprint import Fingerprint, take_fingerprint
from qmix_core.preflight.shades import shade_problems
from qmix_core.preflight.shortcuts import find_shortcuts

_CHUNK = 64

Seen = tuple[Sample, Fingerprint]


@dataclass(frozen=True, slots=True)
class Preflight:
    """A dataset whose images were all opened.

    `dataset` holds only readable images, each with its content hash and the stamp of its file;
    `problems` those of the table or folder and of the files. `images_per_second`: how fast the
    files were read.
    """

    dataset: Dataset
    problems: tuple[Problem, ...]
    images_per_second: float = 0.0

    @property
    def class_counts(self) -> dict[str, int]:
        """Readable images per class, in class order."""
        counts = Counter(sample.label for sample in self.dataset.samples)
        return {label: counts[label] for label in self.dataset.classes}


def check_dataset(
    dataset: Dataset, *, progress: Progress | None = None, control: Control | None = None
) -> Preflight:
    """Read, hash and decode every image once, on all cores.

    Raises:
        DataError: fewer than two classes are left once unreadable images are left out.
        Cancelled: `control` was cancelled.
    """
    control = control or Control()
    seen: list[Seen] = []
    unreadable: list[Problem] = []
    samples = dataset.samples
    began = time.monotonic()
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for start in range(0, len(samples), _CHUNK):
            chunk = samples[start : start + _CHUNK]
            for found in pool.map(lambda sample: _look(dataset.root, sample), chunk):
                control.check()
                if isinstance(found, Problem):
                    unreadable.append(found)
                else:
                    seen.append(found)
            if progress is not None:
                progress(start + len(chunk), len(samples))
        ranges = ValueRanges.of(look.used for _, look in seen if look.used is not None)
        seen = _shown_alike(dataset.root, seen, ranges, pool)
    pace = len(samples) / max(time.monotonic() - began, 1e-3)
    good = tuple(sample for sample, _ in seen)
    if len({sample.label for sample in good if sample.label}) < 2:
        first = next(problem.text for problem in unreadable)
        raise DataError(
            f"Fewer than two classes in {dataset.root} have readable images; the first that "
            f"failed: {first}"
        )
    problems = [
        *dataset.problems,
        *tell_together(unreadable),
        *find_problems(seen, control.check),
        *ranges.problems(),
        *shade_problems([sample.image for sample in good], [look.span for _, look in seen]),
        *patient_problems(good, dataset.patient_column),
        *split_problems(dataset),
        *find_shortcuts(
            good, [look for _, look in seen], patient_groups(good, dataset.patient_column)
        ),
    ]
    stamps = FileStamps(dataset.root)
    for sample, look in seen:
        stamps.remember(sample.image, look.stamp, sample.sha256)
    checked = replace(
        dataset, samples=good, problems=tuple(problems), value_ranges=ranges, stamps=stamps
    )
    return Preflight(checked, tuple(problems), pace)


def _shown_alike(
    root: Path, seen: list[Seen], ranges: ValueRanges, pool: ThreadPoolExecutor
) -> list[Seen]:
    """Look again at images of deep values that the set shows otherwise than they were seen."""

    def again(one: Seen) -> Seen:
        sample, look = one
        if look.used is None or ranges.range_of(look.used) == look.used.shown():
            return one
        found = _look(root, sample, ranges)
        return one if isinstance(found, Problem) else found

    return list(pool.map(again, seen))


def _look(
    root: Path, sample: Sample, ranges: ValueRanges = NO_RANGES
) -> tuple[Sample, Fingerprint] | Problem:
    try:
        look = take_fingerprint(root / sample.image, ranges)
    except (DataError, OSError) as error:
        return Problem("unreadable", sample.image, str(error))
    known = replace(sample, sha256=look.sha256, patient=look.patient, eye=look.eye)
    return known, look
