"""Runs of a project as the command line does them: recorded, resumed, started warm."""

from __future__ import annotations

import numpy as np
import pytest
from small_encoder import OPTIONS

from qmix_core.base import events
from qmix_core.base.cancellation import Control
from qmix_core.base.types import Action, Pin
from qmix_core.cli.main import main
from qmix_core.engine.checkpoint import CHECKPOINT_FILE
from qmix_core.project.operations.class_changes import ClassChange, change_class
from qmix_core.project.storage.decision_log import NewDecision
from qmix_core.runs.config import RunConfig
from qmix_core.runs.run_options import RunOptions
from qmix_core.workflow.run_project import run_project
from qmix_core.workflow.training_images import training_set

LONGER = OPTIONS | {"epochs": 4}
CONFIG = RunOptions(**LONGER).config()


def train(project, *options):
    return main(["train", "--project", str(project.folder), *options])


def do_run(project, *, stop_at=None, config=CONFIG):
    """Run, and cancel at the first event of this name; give all events."""
    sent: list[events.Event] = []
    control = Control()

    def sink(event):
        sent.append(event)
        if event.name == stop_at:
            control.cancel()

    run_project(project, config, sink=sink, control=control)
    return sent


def checkpoint(project, run):
    return project.runs.folder(run) / CHECKPOINT_FILE


def config_of(project, run):
    return RunConfig.load(project.runs.folder(run) / "config.json")


def test_stopped_run_goes_on_under_its_number_and_ends_as_if_undisturbed(project):
    do_run(project)
    do_run(project, stop_at="epoch_done")
    assert project.runs.all()[1].status == "cancelled"
    assert train(project, "--resume") == 0
    assert [(run.id, run.status, run.reason) for run in project.runs.all()] == [
        (1, "done", ""),
        (2, "done", ""),
    ]
    first, second = project.runs.results(1), project.runs.results(2)
    assert np.array_equal(first.error_score, second.error_score)
    assert np.array_equal(first.posterior, second.posterior)


def test_run_that_was_killed_goes_on(project):
    do_run(project, stop_at="epoch_done")
    project.runs.reopen(1)
    assert project.runs.all()[0].status == "running"
    assert train(project, "--resume") == 0
    assert project.runs.all()[0].status == "done"


def test_resume_after_a_decision_asks_for_a_new_run(project, capsys):
    do_run(project, stop_at="epoch_done")
    image = project.samples[0].image
    project.decisions.decide(NewDecision(image, Action.EXCLUDE), reviewer="x")
    assert train(project, "--resume") == 2
    assert "Start a new run." in capsys.readouterr().err.strip().splitlines()[-1]


@pytest.mark.parametrize(
    ("stop", "words"),
    [(None, "no run of it was stopped"), ("run_started", "no epoch of it was complete")],
)
def test_nothing_to_resume_is_one_sentence(project, capsys, stop, words):
    do_run(project, stop_at=stop)
    assert train(project, "--resume") == 2
    assert words in capsys.readouterr().err
    assert len(project.runs.all()) == 1


def test_resume_where_there_is_no_project_is_one_sentence(tmp_path, capsys):
    assert main(["train", "--project", str(tmp_path / "none.qmix"), "--resume"]) == 2
    assert "no QMix project" in capsys.readouterr().err


def test_only_the_last_finished_run_keeps_its_networks(project):
    do_run(project)
    whole = checkpoint(project, 1).stat().st_size
    assert not checkpoint(project, 1).with_suffix(".part").exists()
    do_run(project)
    assert not checkpoint(project, 1).exists()
    assert checkpoint(project, 2).stat().st_size == pytest.approx(whole, rel=0.1)
    assert [run.status for run in project.runs.all()] == ["done", "done"]


def test_a_stopped_run_is_not_resumed_after_a_change_of_classes(project, capsys):
    short = RunOptions(**OPTIONS).config()
    do_run(project, config=short)
    change_class(project, ClassChange(Action.RENAME_CLASS, "sick", "ill"), reviewer="x")
    do_run(project, config=short, stop_at="epoch_done")
    project.decisions.undo(reviewer="x")
    assert train(project, "--resume") == 2
    assert "labels or decisions have changed" in capsys.readouterr().err


def test_an_image_that_a_reader_called_fine_is_so_to_the_next_run(project):
    first, second, third = (sample.image for sample in project.samples[:3])
    for image, action in (
        (first, Action.IMAGE_FINE),
        (second, Action.KEEP_POOR),
        (second, Action.IMAGE_FINE),
        (third, Action.CONFIRM),
        (third, Action.IMAGE_FINE),
    ):
        project.decisions.decide(NewDecision(image, action), reviewer="A")
    pins = training_set(project, sink=lambda event: None, control=Control()).pins
    assert pins[:4] == (Pin.FINE, Pin.FINE, Pin.CORRECT, Pin.NONE)
