"""One run of a project from its images to its stored verdicts, wherever the engine is. No torch."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Protocol

import numpy as np

from qmix_core.base.cancellation import Cancelled, Control
from qmix_core.base.errors import ProjectError, QMixError
from qmix_core.base.events import RunFinished, RunStarted, Sink
from qmix_core.base.image_quality import POOR_BELOW
from qmix_core.base.resource_errors import failure_cause, failure_text
from qmix_core.base.types import CHECKPOINT_FILE, FloatArray, IntArray, Partition, RunResults
from qmix_core.engine.qmix.schedule import round_count
from qmix_core.engine.training_set import TrainingSet
from qmix_core.project.store import ProjectStore
from qmix_core.runs.config import RunConfig
from qmix_core.workflow.training_images import training_set


class Engine(Protocol):
    """What trains."""

    def device(self, config: RunConfig) -> str:
        """What computes, for a person. Raises QMixError: it is not there."""

    def train(
        self,
        config: RunConfig,
        images: TrainingSet,
        *,
        folder: Path,
        cache: Path,
        sink: Sink,
        control: Control,
        resume: bool,
    ) -> tuple[IntArray, RunResults]:
        """Do the run; its scores and its checkpoint lie in `folder` then.

        The result: positions in the project's samples, int64 [N], and the verdicts on these.

        Raises:
            QMixError: what cannot be used. Cancelled: `control` was cancelled.
        """

    def tidy(self, folder: Path) -> None:
        """Remove what a run that is stored needs no more, but the networks."""


def carry_out(
    project: ProjectStore,
    run: int,
    config: RunConfig,
    engine: Engine,
    *,
    sink: Sink,
    control: Control,
    resume: bool,
) -> RunFinished:
    """Do a run that was begun or reopened, and record how it ended; `run_finished` comes once."""
    finished = RunFinished("failed", "The run ended unexpectedly.", run)
    try:
        images = training_set(project, sink=sink, control=control)
        origins = project.classes.origins  # the classes may change while it trains
        folder = project.runs.folder(run)
        rounds, device = round_count(config, len(images.sample)), engine.device(config)
        sink(RunStarted(run, config.preset, device, len(images.sample), rounds, str(folder)))
        sample, results = engine.train(
            config,
            images,
            folder=folder,
            cache=project.cache_folder,
            sink=sink,
            control=control,
            resume=resume,
        )
        spread = _spread(sample, results, len(project.samples))
        project.runs.finish(run, status="done", results=spread, origins=origins)
        finished = RunFinished("done", "", run, bucket_counts(results, project.poor_below))
        # a run that is done must not fail over the space it takes
        with suppress(OSError):
            engine.tidy(folder)
            for earlier in range(1, run):
                (project.runs.folder(earlier) / CHECKPOINT_FILE).unlink(missing_ok=True)
        with suppress(ProjectError):
            project.runs.seal_networks(run)
    except Cancelled as error:
        finished = RunFinished("cancelled", str(error) or "The run was cancelled.", run)
    except QMixError as error:
        finished = RunFinished("failed", str(error), run, cause=failure_cause(error))
        raise
    except BaseException as error:
        finished = RunFinished("failed", failure_text(error), run, cause=failure_cause(error))
        raise
    finally:
        try:
            if finished.status != "done":
                # where this cannot be written either, the first error is the one to tell
                with suppress(ProjectError):
                    project.runs.finish(run, status=finished.status, reason=finished.reason)
        finally:
            sink(finished)
    return finished


def kept_verdicts(project: ProjectStore, *, sink: Sink) -> RunFinished | None:
    """Store the verdicts of a last run that was complete and just could not store them.

    None where there is no such run.
    """
    last = [run.id for run in project.runs.all()][-1:]
    if not last or last != project.runs.store_kept()[-1:]:
        return None
    counts = bucket_counts(project.runs.results(last[0]), project.poor_below)
    finished = RunFinished("done", "", last[0], counts)
    sink(finished)
    return finished


def bucket_counts(results: RunResults, poor_below: float = POOR_BELOW) -> dict[str, int]:
    """Images by bucket value, of those that the run has seen."""
    seen = results.bucket >= 0
    counts = Partition.of(results.posterior[seen], poor_below=poor_below).counts()
    return {bucket.value: count for bucket, count in counts.items()}


def _spread(sample: IntArray, inner: RunResults, count: int) -> RunResults:
    """Results of the images at `sample` -> of all samples, bucket -1 for those not in the run."""

    def spread_float(values: FloatArray) -> FloatArray:
        spread = np.zeros((count, *values.shape[1:]), dtype=np.float32)
        spread[sample] = values
        return spread

    def spread_int(values: IntArray, default: int) -> IntArray:
        spread = np.full(count, default, dtype=np.int64)
        spread[sample] = values
        return spread

    return RunResults(
        bucket=spread_int(inner.bucket, -1),
        suggested=spread_int(inner.suggested, 0),
        probability=spread_float(inner.probability),
        posterior=spread_float(inner.posterior),
        error_score=spread_float(inner.error_score),
        loss=spread_float(inner.loss),
        uncertainty=spread_float(inner.uncertainty),
        stability=spread_float(inner.stability),
    )
