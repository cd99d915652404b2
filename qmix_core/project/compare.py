"""What changed between two runs of a project."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from qmix_core.project.store import Project
from qmix_core.types import BUCKETS, IntArray, Status


@dataclass(frozen=True, slots=True)
class RunComparison:
    """Two runs side by side, over the images that both have seen.

    `moved`: int64 [3, 3], images by bucket before (row) and after (column). `changed` and
    `new_suggestions` are positions in the project's samples. Of `verified` images with a reader's
    label, `agree_before` and `agree_after` had that label as the suggestion. `dropped`: images of
    the earlier run that the later one left out.
    """

    moved: IntArray
    changed: list[int]
    new_suggestions: list[int]
    verified: int
    agree_before: int
    agree_after: int
    dropped: int


def compare_runs(project: Project, *, before: int, after: int) -> RunComparison:
    """Compare the verdicts of two finished runs."""
    old, new = project.results(before), project.results(after)
    both = (old.bucket >= 0) & (new.bucket >= 0)
    moved = np.zeros((len(BUCKETS), len(BUCKETS)), dtype=np.int64)
    np.add.at(moved, (old.bucket[both], new.bucket[both]), 1)
    reviews = project.reviews()
    verified = [
        (position, project.classes.index(review.label or project.given_label(sample)))
        for position, sample in enumerate(project.samples)
        if both[position]
        and (review := reviews.get(sample.image)) is not None
        and review.status in {Status.CONFIRMED, Status.RELABELED}
    ]
    return RunComparison(
        moved=moved,
        changed=np.flatnonzero(both & (old.bucket != new.bucket)).tolist(),
        new_suggestions=np.flatnonzero(both & (old.suggested != new.suggested)).tolist(),
        verified=len(verified),
        agree_before=sum(int(old.suggested[position]) == label for position, label in verified),
        agree_after=sum(int(new.suggested[position]) == label for position, label in verified),
        dropped=int(((old.bucket >= 0) & (new.bucket < 0)).sum()),
    )
