"""A project in numbers: runs, buckets of the last run, review states."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any, TypedDict

import numpy as np

from qmix_core.base.errors import ProjectError
from qmix_core.base.types import BUCKETS, CHECKPOINT_FILE, REMOTE_FILE, IntArray, Status
from qmix_core.project.store import ProjectStore


class ProjectStatus(TypedDict):
    """`buckets` and `reviews` count images by their export names; `head`: see `qmix verify`."""

    dataset: str
    images: int
    classes: list[str]
    problems: int
    runs: list[dict[str, Any]]
    buckets: dict[str, int]
    reviews: dict[str, int]
    head: str


def project_status(project: ProjectStore) -> ProjectStatus:
    """Count everything in the project."""
    finished = project.runs.finished()
    buckets: dict[str, int] = {}
    if finished:
        bucket = project.runs.results(finished[-1]).bucket
        totals = np.bincount(bucket[bucket >= 0], minlength=len(BUCKETS))
        buckets = {name.value: int(total) for name, total in zip(BUCKETS, totals, strict=True)}
    counted = Counter(review.status for review in project.decisions.reviews().values())
    counted[Status.UNREVIEWED] = len(project.samples) - sum(
        count for status, count in counted.items() if status is not Status.UNREVIEWED
    )
    return ProjectStatus(
        dataset=str(project.root),
        images=len(project.samples),
        classes=list(project.classes.names),
        problems=len(project.problems),
        runs=[asdict(run) for run in project.runs.all()],
        buckets=buckets,
        reviews={status.value: counted[status] for status in Status},
        head=project.decisions.head,
    )


def stopped_run(project: ProjectStore) -> int:
    """The last run, where it was stopped after a complete epoch, or is on another computer.

    Raises:
        ProjectError: there is no run to resume.
    """
    runs = project.runs.all()
    if not runs or runs[-1].status == "done":
        raise ProjectError(
            f"There is nothing to resume in {project.folder}: no run of it was stopped. Start a "
            "run without --resume."
        )
    folder = project.runs.folder(runs[-1].id)
    if not any((folder / name).is_file() for name in (CHECKPOINT_FILE, REMOTE_FILE)):
        raise ProjectError(
            f"Run {runs[-1].id} of {project.folder} cannot go on: no epoch of it was complete. "
            "Start a run without --resume."
        )
    project.runs.require_unaltered(runs[-1].id)
    return runs[-1].id


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


def compare_runs(project: ProjectStore, *, before: int, after: int) -> RunComparison:
    """Compare the verdicts of two finished runs."""
    old, new = project.runs.results(before), project.runs.results(after)
    both = (old.bucket >= 0) & (new.bucket >= 0)
    moved = np.zeros((len(BUCKETS), len(BUCKETS)), dtype=np.int64)
    np.add.at(moved, (old.bucket[both], new.bucket[both]), 1)
    reviews = project.decisions.reviews()
    verified = [
        (position, project.classes.names.index(review.label or project.given_label(sample)))
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
