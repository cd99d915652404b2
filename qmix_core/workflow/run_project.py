"""Train on a project: its samples and decisions go in, its run and verdicts are stored."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import numpy as np

from qmix_core.base.cancellation import Cancelled, Control
from qmix_core.base.errors import DataError, ProjectError, QMixError
from qmix_core.base.events import RunFinished, RunStarted, Sink, Warned
from qmix_core.base.resource_errors import failure_cause, failure_text
from qmix_core.base.types import (
    DROPPED,
    FloatArray,
    IntArray,
    Partition,
    Pin,
    Review,
    RunResults,
    Sample,
    Status,
)
from qmix_core.dataset.patients import patient_groups
from qmix_core.engine.checkpoint import (
    CHECKPOINT_FILE,
    DamagedCheckpoint,
    keep_networks,
)
from qmix_core.engine.preparation import resolve_device
from qmix_core.engine.progress import PreparingProgress
from qmix_core.engine.qmix.schedule import round_count
from qmix_core.engine.trainer import RunResult, train
from qmix_core.engine.training_set import TrainingSet
from qmix_core.project.operations.accept_changes import record_state
from qmix_core.project.operations.file_scan import Depth, dataset_state, name_some
from qmix_core.project.operations.status import stopped_run
from qmix_core.project.storage.lock import training_alone
from qmix_core.project.store import ProjectStore
from qmix_core.runs.config import RunConfig

_PINS = {
    Status.CONFIRMED: Pin.CORRECT,
    Status.RELABELED: Pin.CORRECT,
    Status.KEPT_POOR: Pin.LOW_QUALITY,
}


def run_project(
    project: ProjectStore, config: RunConfig, *, sink: Sink, control: Control
) -> RunFinished:
    """Do one run and record it; `run_finished` is sent exactly once, whatever happens.

    No network of an earlier run is used again: it has seen labels that it would have to judge.

    Raises:
        QMixError: data, weights or device that cannot be used; the run is recorded as failed.
        ProjectError: another process trains on the project, or it cannot be written.
    """
    with training_alone(project.folder, check=control.check):
        run = project.runs.begin(config, device=config.device)
        return _carry_out(project, run, config, sink=sink, control=control, resume=False)


def resume_project(project: ProjectStore, *, sink: Sink, control: Control) -> RunFinished:
    """Let the last run go on after its last complete epoch, with its own settings.

    Where it was complete and just could not be stored, its verdicts are stored now.

    Raises:
        ProjectError: there is no run to resume. QMixError: as `run_project`, and where
        decisions have changed since.
    """
    with training_alone(project.folder, check=control.check):
        last = [run.id for run in project.runs.all()][-1:]
        if last and last == project.runs.store_kept()[-1:]:
            finished = RunFinished("done", "", last[0], _counts(project.runs.results(last[0])))
            sink(finished)
            return finished
        run = stopped_run(project)
        config = RunConfig.load(project.runs.folder(run) / "config.json")
        project.runs.reopen(run)
        return _carry_out(project, run, config, sink=sink, control=control, resume=True)


def _carry_out(
    project: ProjectStore,
    run: int,
    config: RunConfig,
    *,
    sink: Sink,
    control: Control,
    resume: bool,
) -> RunFinished:
    finished = RunFinished("failed", "The run ended unexpectedly.", run)
    try:
        images = training_set(project, sink=sink, control=control)
        origins = project.classes.origins  # the classes may change while it trains
        device = str(resolve_device(config.device))
        folder = project.runs.folder(run)
        rounds = round_count(config)
        sink(RunStarted(run, config.preset, device, len(images.sample), rounds, str(folder)))
        result = train(
            config,
            images,
            folder=folder,
            cache=project.cache_folder,
            sink=sink,
            control=control,
            resume=resume,
        )
        results = _spread(result, len(project.samples))
        project.runs.finish(run, status="done", results=results, origins=origins)
        finished = RunFinished("done", "", run, _counts(result.results))
        _tidy_checkpoints(project, run)
    except Cancelled:
        finished = RunFinished("cancelled", "The run was cancelled.", run)
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


def _checkpoint(project: ProjectStore, run: int) -> Path:
    return project.runs.folder(run) / CHECKPOINT_FILE


def _tidy_checkpoints(project: ProjectStore, run: int) -> None:
    """Keep what attention maps need: only the networks, only of the last finished run."""
    # a run that is done must not fail over the space it takes
    with suppress(OSError, DamagedCheckpoint):
        keep_networks(_checkpoint(project, run))
        for earlier in range(1, run):
            _checkpoint(project, earlier).unlink(missing_ok=True)


def training_set(project: ProjectStore, *, sink: Sink, control: Control) -> TrainingSet:
    """The images of the next run: without dropped, missing and altered ones, labels corrected.

    Raises:
        DataError: the dataset folder is gone. Cancelled: `control` was cancelled.
    """
    left_out = _check_files(project, sink=sink, control=control)
    reviews = project.decisions.reviews()  # brings the current classes
    numbers = {label: index for index, label in enumerate(project.classes.names)}
    files: list[Sample] = []
    rows, chosen, labels, given, pins = [], [], [], [], []
    patients = np.array(patient_groups(project.samples, project.form.patient))
    for position, sample in enumerate(project.samples):
        if sample.image in left_out:
            continue
        files.append(sample)
        review = reviews.get(sample.image, Review())
        own = project.classes.code(sample.label)
        is_labelled = own >= 0 or review.label is not None
        if is_labelled and review.status not in DROPPED:
            rows.append(len(files) - 1)
            chosen.append(position)
            labels.append(own if review.label is None else numbers[review.label])
            given.append(own if own >= 0 else labels[-1])
            pins.append(_PINS.get(review.status, Pin.NONE))
    return TrainingSet(
        paths=tuple(project.files.path(sample) for sample in files),
        hashes=tuple(sample.sha256 for sample in files),
        rows=np.array(rows, dtype=np.int64),
        sample=np.array(chosen, dtype=np.int64),
        labels=np.array(labels, dtype=np.int64),
        pins=tuple(pins),
        classes=project.classes.names,
        given=np.array(given, dtype=np.int64),
        groups=patients[chosen],
        value_ranges=project.files.value_ranges,
        ranks=_ranks(project),
    )


def _ranks(project: ProjectStore) -> tuple[int, ...]:
    """Places of the current classes on their scale; none where they are no grades."""
    scale = project.scale
    grades = [scale.grade(origin) for origin in project.classes.origins]
    ranks = tuple(grade for grade in grades if grade is not None)
    return ranks if len(ranks) == len(grades) else ()


def _check_files(project: ProjectStore, *, sink: Sink, control: Control) -> set[str]:
    """Compare the files with the project; give the images that cannot be trained on."""
    state = dataset_state(
        project,
        depth=Depth.SURE,
        with_new=False,
        progress=PreparingProgress(sink, "checking"),
        control=control,
    )
    if state.is_gone:
        raise DataError(
            f"The images are not at {project.root} any more: connect the drive, or say where they "
            f"are with qmix relink {project.folder} NEW_FOLDER."
        )
    record_state(project, state)
    if state.missing:
        text = f"Not there, left out of this run: {name_some(state.missing)}."
        sink(Warned("missing", text))
    if state.altered:
        text = (
            f"Changed since they came into the project, left out of this run until their new "
            f"content is accepted: {name_some(state.altered)}."
        )
        sink(Warned("altered", text))
    return {*state.missing, *state.altered}


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


def _counts(results: RunResults) -> dict[str, int]:
    seen = results.bucket >= 0
    counts = Partition.of(results.posterior[seen]).counts()
    return {bucket.value: count for bucket, count in counts.items()}
