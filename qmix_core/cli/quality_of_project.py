"""`qmix quality P.qmix`: levels, buckets, the threshold between them, and what readers teach."""

from __future__ import annotations

import argparse

from qmix_core.base.errors import ConfigError, ProjectError
from qmix_core.cli.terminal import say
from qmix_core.project.operations.teach_quality import Lesson, quality_lesson
from qmix_core.project.store import ProjectStore
from qmix_core.review.quality_threshold import count_at


def quality_of_project(arguments: argparse.Namespace) -> int:
    """`qmix quality` of a project, by its last finished run.

    Raises:
        ProjectError: no run is finished, too few verdicts, or the project cannot be written.
    """
    if arguments.out is not None:
        raise ConfigError(
            f"{arguments.folder} is a project: write its qualities with qmix export "
            f"{arguments.folder} --what scores --out FILE.csv."
        )
    with ProjectStore.open(arguments.folder) as project:
        finished = project.runs.finished()
        if not finished:
            raise ProjectError(f"{project.folder} has no finished run: train first.")
        run = finished[-1]
        lesson = quality_lesson(project, run) if arguments.by_readers else None
        if lesson is not None:
            if lesson.taught is None:
                raise ProjectError(lesson.sentence())
            project.runs.take_quality(run, lesson.taught)
        if arguments.by_run:
            project.runs.take_quality(run, None)
        if arguments.poor_below is not None:
            project.change_poor_below(arguments.poor_below)
        say(arguments, *_summary(project, run, lesson))
    return 0


def _summary(
    project: ProjectStore, run: int, lesson: Lesson | None
) -> tuple[dict[str, object], str]:
    counts = count_at(project.runs.results(run), project.poor_below)
    taken = project.runs.taught_quality(run)
    result: dict[str, object] = {
        "run": run,
        "poor_below": project.poor_below,
        "levels": {level.value: count for level, count in counts.levels.items()},
        "buckets": {bucket.value: count for bucket, count in counts.buckets.items()},
        "taught": None
        if taken is None
        else {"poor": taken.poor, "fine": taken.fine, "auroc": taken.auroc},
    }
    listed = ", ".join(f"{count:,} {level}" for level, count in counts.levels.items())
    lines = [f"Run {run}: {listed}; poor below a quality of {project.poor_below:g}."]
    lines += [f"  {bucket}: {count:,}" for bucket, count in counts.buckets.items()]
    if lesson is not None:
        lines.append(lesson.sentence())
    elif taken is not None:
        lines.append(f"Taught by {taken.poor:,} poor and {taken.fine:,} fine verdicts of readers.")
    return result, "\n".join(lines)
