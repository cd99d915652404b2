"""Labelled images that lie in the dataset and are not in the project."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from qmix_core.base.cancellation import Control
from qmix_core.base.errors import DataError
from qmix_core.base.problem import Problem
from qmix_core.base.types import Progress, Sample
from qmix_core.dataset.dataset import Dataset, load_dataset
from qmix_core.dataset.files.file_stamps import FileStamps
from qmix_core.dataset.pixels.dicom import described
from qmix_core.dataset.pixels.image_reader import first_look
from qmix_core.preflight.check import TINY_SIDE
from qmix_core.project.storage.label_source import LabelSource
from qmix_core.project.store import ProjectStore

_CHUNK = 64


def find_new(
    project: ProjectStore,
    known: Set[str],
    stamps: FileStamps,
    *,
    trust_stamps: bool,
    progress: Progress,
    control: Control,
) -> tuple[tuple[Sample, ...], tuple[Problem, ...]]:
    """Readable images below the root that are not among the `known` paths, with their hashes.

    The second part says why others cannot be added. `trust_stamps`: images that were looked at
    before and have not changed since are not opened again.
    """
    try:
        dataset = _load(project)
    except DataError as error:
        return (), (Problem("source", "", str(error)),)
    candidates = [sample for sample in dataset.samples if sample.image not in known]
    fitting, problems = _sort_out(project, candidates)
    good: list[Sample] = []
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for start in range(0, len(fitting), _CHUNK):
            control.check()
            chunk = fitting[start : start + _CHUNK]
            for found in pool.map(lambda item: _open(item, stamps, trust_stamps), chunk):
                if isinstance(found, Sample):
                    good.append(found)
                else:
                    problems.append(found)
            progress(start + len(chunk), len(fitting))
    return tuple(good), tuple(problems)


def _load(project: ProjectStore) -> Dataset:
    form = project.form
    dataset = load_dataset(project.source, options=form.options(project.root))
    if not _has_columns(dataset, form):
        raise DataError(
            f"{project.source.name} has other columns than when the project was made: give it the "
            "former ones to add its new rows."
        )
    return dataset


def _has_columns(dataset: Dataset, form: LabelSource) -> bool:
    header = dataset.table.header if dataset.table is not None else ()
    # older projects know the names without the blanks around them
    return [name.strip() for name in header] == [name.strip() for name in form.header]


def _sort_out(
    project: ProjectStore, candidates: Sequence[Sample]
) -> tuple[list[Sample], list[Problem]]:
    """Candidates that fit the project, and why the others do not."""
    names = {sample.image for sample in project.samples}
    problems, fitting = [], []
    strange: Counter[str] = Counter()
    for sample in candidates:
        if sample.image in names:
            text = f"{sample.image} has the former name of an image that was renamed: rename it."
            problems.append(Problem("name_taken", sample.image, text))
        elif sample.label and sample.label not in project.classes.given:
            strange[sample.label] += 1
        else:
            fitting.append(sample)
    for label, count in sorted(strange.items()):
        text = (
            f"{count} images have the label {label!r}, which is no class of this project: make a "
            "new project to train on it."
        )
        problems.append(Problem("new_class", "", text))
    return fitting, problems


def _open(sample: Sample, stamps: FileStamps, trust_stamps: bool) -> Sample | Problem:
    stamp = stamps.look(sample.image)
    digest = stamps.recall(sample.image, stamp) if stamp is not None and trust_stamps else None
    if digest is None:
        try:
            look = first_look(stamps.path(sample.image), at_least=TINY_SIDE)
        except DataError as error:
            stamps.refuse(sample.image)
            return Problem("unreadable", sample.image, str(error))
        stamps.remember(sample.image, look.stamp, look.sha256)
        digest = look.sha256
    if not digest:
        return Problem("unreadable", sample.image, f"{sample.image} cannot be read.")
    return described(replace(sample, sha256=digest), stamps.path(sample.image))
