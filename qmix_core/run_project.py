"""Train on a project: its samples and decisions go in, its run and verdicts are stored."""

from __future__ import annotations

import numpy as np

from qmix_core.config import RunConfig
from qmix_core.control import Cancelled, Control
from qmix_core.engine.preparation import resolve_device
from qmix_core.engine.separation import to_partition
from qmix_core.engine.trainer import RunResult, train
from qmix_core.engine.training_set import TrainingSet
from qmix_core.errors import DataError, QMixError
from qmix_core.events import RunFinished, RunStarted, Sink, Warned
from qmix_core.project.store import Project
from qmix_core.types import (
    DROPPED,
    FloatArray,
    IntArray,
    Pin,
    Review,
    RunResults,
    Sample,
    Status,
)

_PINS = {
    Status.CONFIRMED: Pin.CORRECT,
    Status.RELABELED: Pin.CORRECT,
    Status.KEPT_POOR: Pin.LOW_QUALITY,
}


def run_project(
    project: Project, config: RunConfig, *, sink: Sink, control: Control
) -> RunFinished:
    """Do one run and record it; `run_finished` is sent exactly once, whatever happens.

    Raises:
        QMixError: data, weights or device that cannot be used; the run is recorded as failed.
    """
    run = project.begin_run(config, device=config.device)
    finished = RunFinished("failed", "The run ended unexpectedly.", run)
    try:
        images = training_set(project, sink=sink)
        device = str(resolve_device(config.device))
        folder = project.run_folder(run)
        sink(RunStarted(run, config.preset, device, len(images.sample), config.epochs, str(folder)))
        result = train(
            config,
            images,
            folder=folder,
            cache=project.cache_folder,
            sink=sink,
            control=control,
        )
        project.finish_run(run, status="done", results=_spread(result, len(project.samples)))
        finished = RunFinished("done", "", run, _counts(result))
    except Cancelled:
        finished = RunFinished("cancelled", "The run was cancelled.", run)
    except QMixError as error:
        finished = RunFinished("failed", str(error), run)
        raise
    except BaseException as error:
        finished = RunFinished("failed", f"{type(error).__name__}: {error}", run)
        raise
    finally:
        try:
            if finished.status != "done":
                project.finish_run(run, status=finished.status, reason=finished.reason)
        finally:
            sink(finished)
    return finished


def training_set(project: Project, *, sink: Sink) -> TrainingSet:
    """The images of the next run: without dropped and missing ones, with corrected labels.

    Raises:
        DataError: the dataset folder is gone.
    """
    if not project.root.is_dir():
        raise DataError(f"The dataset folder {project.root} is not there: put it back.")
    reviews = project.reviews()
    numbers = {label: index for index, label in enumerate(project.classes)}
    files: list[Sample] = []
    rows, chosen, labels, pins, missing = [], [], [], [], []
    for position, sample in enumerate(project.samples):
        if not (project.root / sample.image).is_file():
            missing.append(sample.image)
            continue
        files.append(sample)
        review = reviews.get(sample.image, Review())
        if review.status not in DROPPED:
            rows.append(len(files) - 1)
            chosen.append(position)
            labels.append(numbers[review.label or sample.label])
            pins.append(_PINS.get(review.status, Pin.NONE))
    if missing:
        text = f"{len(missing)} images are missing and left out, the first: {missing[0]}."
        sink(Warned("missing", text))
    return TrainingSet(
        paths=tuple(project.root / sample.image for sample in files),
        hashes=tuple(sample.sha256 for sample in files),
        rows=np.array(rows, dtype=np.int64),
        sample=np.array(chosen, dtype=np.int64),
        labels=np.array(labels, dtype=np.int64),
        pins=tuple(pins),
        classes=project.classes,
    )


def _spread(result: RunResult, count: int) -> RunResults:
    """Results of the run's images -> of all samples, bucket -1 for those not in the run."""

    def spread_float(values: FloatArray) -> FloatArray:
        spread = np.zeros((count, *values.shape[1:]), dtype=np.float32)
        spread[result.sample] = values
        return spread

    def spread_int(values: IntArray, default: int) -> IntArray:
        spread = np.full(count, default, dtype=np.int64)
        spread[result.sample] = values
        return spread

    inner = result.results
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


def _counts(result: RunResult) -> dict[str, int]:
    counts = to_partition(result.results.posterior).counts()
    return {bucket.value: count for bucket, count in counts.items()}
