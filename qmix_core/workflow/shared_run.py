"""One run in the processes of torchrun: the first hands it out, the others do their share of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qmix_core.base.cancellation import Cancelled, Control
from qmix_core.base.errors import QMixError
from qmix_core.base.events import Sink
from qmix_core.engine.computing import ranks
from qmix_core.engine.trainer import RunResult, train
from qmix_core.engine.training_set import TrainingSet
from qmix_core.runs.config import RunConfig


@dataclass(frozen=True, slots=True)
class Task:
    """What decides a run; the arguments of `engine.trainer.train`."""

    config: RunConfig
    images: TrainingSet
    folder: Path
    cache: Path
    resume: bool


def lead(task: Task, *, sink: Sink, control: Control) -> RunResult:
    """Do a run with the others, if there are any. Raises as `train`, for all of them."""
    ranks.task(task)
    return _do(task, sink, control)


def follow(control: Control) -> None:
    """Do this process's share of the run that the first hands out, which tells what came of it."""
    task = ranks.task(None)
    if isinstance(task, Task):
        try:
            _do(task, lambda event: None, control)
        except (Cancelled, QMixError):
            return


def _do(task: Task, sink: Sink, control: Control) -> RunResult:
    with ranks.in_step():
        return train(
            task.config,
            task.images,
            folder=task.folder,
            cache=task.cache,
            sink=sink,
            control=control,
            resume=task.resume,
        )
