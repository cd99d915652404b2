"""The images of one run: files, labels and the decisions that are facts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from qmix_core.base.types import IntArray, Pin
from qmix_core.dataset.pixels.value_ranges import NO_RANGES, ValueRanges


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """The N images of a run among P images that are cached, so that a retrain finds its cache.

    `paths` and `hashes`: P files; `rows`: int64 [N], the images' indices among them; `sample`:
    int64 [N], their positions in the project's samples; `labels`: int64 [N], given or corrected,
    as index into `classes`; `pins`: N human decisions; `given`: int64 [N], the labels
    as they came, None where none was corrected; `groups`: int64 [N], a number for each patient,
    None where none has several images; `value_ranges`: how deep values are shown; `ranks`: the
    place of each class on its scale where they are grades, so that wrong labels are most likely
    neighbours, else empty. `paths` and
    `hashes` may be empty where the views are ready.
    """

    paths: tuple[Path, ...]
    hashes: tuple[str, ...]
    rows: IntArray
    sample: IntArray
    labels: IntArray
    pins: tuple[Pin, ...]
    classes: tuple[str, ...]
    given: IntArray | None = None
    groups: IntArray | None = None
    value_ranges: ValueRanges = NO_RANGES
    ranks: tuple[int, ...] = ()

    def without(self, files: set[int]) -> TrainingSet:
        """The same set less some of the P files."""
        kept_files = [index for index in range(len(self.paths)) if index not in files]
        row_of = {old: new for new, old in enumerate(kept_files)}
        kept = [i for i, row in enumerate(self.rows.tolist()) if row in row_of]
        return TrainingSet(
            tuple(self.paths[index] for index in kept_files),
            tuple(self.hashes[index] for index in kept_files),
            np.array([row_of[int(self.rows[i])] for i in kept], dtype=np.int64),
            self.sample[kept],
            self.labels[kept],
            tuple(self.pins[i] for i in kept),
            self.classes,
            None if self.given is None else self.given[kept],
            None if self.groups is None else self.groups[kept],
            self.value_ranges,
            self.ranks,
        )
