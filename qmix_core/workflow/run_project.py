"""Train on a project here: its samples and decisions go in, its run and verdicts are stored."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from qmix_core.base.cancellation import Control
from qmix_core.base.events import RunFinished, Sink
from qmix_core.base.types import IntArray, RunResults
from qmix_core.engine.checkpoint import CHECKPOINT_FILE, DamagedCheckpoint, keep_networks
from qmix_core.engine.computing import ranks
from qmix_core.engine.computing.device import resolve_device
from qmix_core.engine.training_set import TrainingSet
from qmix_core.project.operations.status import stopped_run
from qmix_core.project.storage.lock import training_alone
from qmix_core.project.store import ProjectStore
from qmix_core.runs.config import RunConfig
from qmix_core.workflow.one_run import carry_out, kept_verdicts
from qmix_core.workflow.shared_run import Task, lead


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
        return carry_out(project, run, config, _Here(), sink=sink, control=control, resume=False)


def resume_project(project: ProjectStore, *, sink: Sink, control: Control) -> RunFinished:
    """Let the last run go on after its last complete epoch, with its own settings.

    Where it was complete and just could not be stored, its verdicts are stored now.

    Raises:
        ProjectError: there is no run to resume. QMixError: as `run_project`, and where
        decisions have changed since.
    """
    with training_alone(project.folder, check=control.check):
        if kept := kept_verdicts(project, sink=sink):
            return kept
        run = stopped_run(project)
        config = RunConfig.load(project.runs.folder(run) / "config.json")
        project.runs.reopen(run)
        return carry_out(project, run, config, _Here(), sink=sink, control=control, resume=True)


class _Here:
    """The engine in this process, and in those that torchrun started beside it."""

    def device(self, config: RunConfig) -> str:
        device = str(resolve_device(config.device))
        return device if ranks.world() == 1 else f"{device}, {ranks.world()} processes"

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
        result = lead(Task(config, images, folder, cache, resume), sink=sink, control=control)
        return result.sample, result.results

    def tidy(self, folder: Path) -> None:
        with suppress(DamagedCheckpoint):
            keep_networks(folder / CHECKPOINT_FILE)
