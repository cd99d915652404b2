"""A project in numbers: runs, buckets of the last run, review states."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Any, TypedDict

import numpy as np

from qmix_core.project.store import Project
from qmix_core.types import BUCKETS, Status


class ProjectStatus(TypedDict):
    """`buckets` and `reviews` count images by their export names."""

    dataset: str
    images: int
    classes: list[str]
    problems: int
    runs: list[dict[str, Any]]
    buckets: dict[str, int]
    reviews: dict[str, int]


def project_status(project: Project) -> ProjectStatus:
    """Count everything in the project."""
    finished = project.finished_runs()
    buckets: dict[str, int] = {}
    if finished:
        bucket = project.results(finished[-1]).bucket
        totals = np.bincount(bucket[bucket >= 0], minlength=len(BUCKETS))
        buckets = {name.value: int(total) for name, total in zip(BUCKETS, totals, strict=True)}
    counted = Counter(review.status for review in project.reviews().values())
    counted[Status.UNREVIEWED] = len(project.samples) - sum(
        count for status, count in counted.items() if status is not Status.UNREVIEWED
    )
    return ProjectStatus(
        dataset=str(project.root),
        images=len(project.samples),
        classes=list(project.classes),
        problems=len(project.problems),
        runs=[asdict(run) for run in project.runs()],
        buckets=buckets,
        reviews={status.value: counted[status] for status in Status},
    )
