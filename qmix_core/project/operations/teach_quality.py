"""What the readers of a project teach of image quality, by a run of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from qmix_core.base.errors import ProjectError
from qmix_core.base.types import IntArray, QualityVerdict, Review
from qmix_core.dataset.patients import patient_groups
from qmix_core.project.store import ProjectStore
from qmix_core.review.quality_teaching import (
    FEWEST,
    FINE,
    POOR,
    quality_verdicts,
    teach_quality,
)
from qmix_core.runs.quality_files import QualityBasis, TaughtQuality


@dataclass(frozen=True, slots=True)
class Lesson:
    """How many of a run's images were called poor and fine, and what that teaches.

    `taught`: None while there are too few; `sample`: int64 [N], the positions of its images in the
    project's samples.
    """

    poor: int
    fine: int
    taught: TaughtQuality | None
    sample: IntArray

    def sentence(self) -> str:
        """What it came to, for a person."""
        said = f"{self.poor:,} images were called poor and {self.fine:,} fine"
        if self.taught is None:
            return f"{said}: {FEWEST} of each are needed to learn from."
        if self.taught.auroc is None:
            return f"{said}."
        return f"{said}; told apart by the others with an AUROC of {self.taught.auroc:.2f}."


def quality_lesson(project: ProjectStore, run: int, *, with_table: bool = True) -> Lesson:
    """Learn from what was said of the images that a run saw; nothing is written.

    `with_table`: whether what the table says of quality counts where no reader said anything.
    `project.runs.take_quality` takes it.

    Raises:
        ProjectError: the run left nothing to teach with.
    """
    return lesson_of(
        project,
        run,
        reviews=project.decisions.reviews(),
        bucket=project.runs.own_results(run).bucket,
        with_table=with_table,
    )


def lesson_of(
    project: ProjectStore,
    run: int,
    *,
    reviews: Mapping[str, Review],
    bucket: IntArray,
    with_table: bool = True,
) -> Lesson:
    """`quality_lesson` without a look at the database, so that another thread may learn.

    `reviews`: states by image; `bucket`: int64, where the run itself put all samples.
    """
    basis = _basis(project, run)
    samples = project.samples
    given = [
        QualityVerdict.NONE if quality is None or not with_table else quality.verdict
        for quality in project.given_quality
    ]
    seen = basis.sample.tolist()
    verdicts = quality_verdicts(
        [reviews.get(samples[position].image, Review()) for position in seen],
        bucket[basis.sample],
        [given[position] for position in seen],
    )
    groups = np.array(patient_groups(samples, project.form.patient))[basis.sample]
    taught = teach_quality(basis, verdicts, groups=groups)
    poor, fine = int((verdicts == POOR).sum()), int((verdicts == FINE).sum())
    return Lesson(poor, fine, taught, basis.sample)


def _basis(project: ProjectStore, run: int) -> QualityBasis:
    basis = project.runs.quality_basis(run)
    if basis is None:
        raise ProjectError(
            f"Run {run} of {project.folder} left nothing to teach quality with: train again."
        )
    return basis
