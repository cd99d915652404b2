"""The images of a project's next run, with its decisions as facts. No torch."""

from __future__ import annotations

import numpy as np

from qmix_core.base.cancellation import Control
from qmix_core.base.errors import DataError
from qmix_core.base.events import Sink, Warned
from qmix_core.base.preparing import PreparingProgress
from qmix_core.base.types import DROPPED, Pin, QualityVerdict, Review, Sample, Status
from qmix_core.dataset.patients import patient_groups
from qmix_core.engine.training_set import TrainingSet
from qmix_core.project.operations.accept_changes import record_state
from qmix_core.project.operations.file_scan import Depth, dataset_state, name_some
from qmix_core.project.store import ProjectStore

_PINS = {
    Status.CONFIRMED: Pin.CORRECT,
    Status.RELABELED: Pin.CORRECT,
    Status.KEPT_POOR: Pin.LOW_QUALITY,
}


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
            pins.append(_pin(review))
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
        ranks=project.ranks,
    )


def _pin(review: Review) -> Pin:
    pin = _PINS.get(review.status, Pin.NONE)
    if review.quality is QualityVerdict.FINE and pin is not Pin.CORRECT:
        return Pin.FINE
    return pin


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
