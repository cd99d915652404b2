"""Where a project's runs go is remembered, and a run that lies elsewhere is found again."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from qmix_core.base.types import CHECKPOINT_FILE
from qmix_core.project.store import ProjectStore
from qmix_core.runners.remote_place import RemotePlace, save_place
from qmix_core.runs.run_options import RunOptions
from qmix_gui.run_options.remembered import remember_options, remembered_options
from qmix_gui.run_options.summary import options_line
from qmix_gui.training.controller import _cancel_ms
from qmix_gui.training.retrain_dialog import RetrainDialog
from qmix_gui.training.supervisor import CANCEL_MS, resume_command

FAR = RunOptions(runner="ssh:lab:/env/python", remote_folder="/scratch/me", keep_remote=True)
OTHER = Path("/elsewhere/other.qmix")
FAILS = "print('qmix: lab cannot be reached.', file=sys.stderr); sys.exit(2)"


@pytest.fixture
def resumed(monkeypatch, child_command) -> list[RunOptions]:
    """Where runs are resumed; each fails at once."""
    starts: list[RunOptions] = []

    def command(_project: Path, options: RunOptions) -> list[str]:
        starts.append(options)
        return child_command(FAILS)

    monkeypatch.setattr("qmix_gui.training.controller.resume_command", command)
    return starts


def stop_run(folder: Path, place: RemotePlace | None = None) -> None:
    with ProjectStore.open(folder) as project:
        run = project.runs.begin(RunOptions(epochs=3).config(), device="cpu")
        (project.runs.folder(run) / CHECKPOINT_FILE).write_bytes(b"networks")
        if place is not None:
            save_place(project.runs.folder(run), place)
        project.runs.finish(run, status="cancelled")


def test_another_computer_is_remembered_for_its_project_alone(settings, project_folder):
    settings.add_recent(project_folder)
    settings.add_recent(OTHER)
    remember_options(settings, FAR, project_folder)
    found = remembered_options(settings, project_folder)
    assert (found.runner, found.remote_folder, found.keep_remote) == (
        FAR.runner, FAR.remote_folder, True,
    )  # fmt: skip
    # the images of another dataset may have to stay here
    assert remembered_options(settings, OTHER).runner == "local"
    assert remembered_options(settings).runner == "local"
    here = RunOptions(runner=f"python:{sys.executable}")
    remember_options(settings, here, project_folder)
    for project in (project_folder, OTHER, None):
        assert remembered_options(settings, project).runner == here.runner


def test_the_next_training_starts_where_the_last_one_ran(window, settings, project_folder, add_run):
    add_run(project_folder)
    settings.add_recent(project_folder)
    remember_options(settings, FAR, project_folder)
    window.open_project(project_folder)
    window.workspace.ask_to_train()
    dialog = window.findChild(RetrainDialog)
    assert dialog.form.options().runner == FAR.runner
    assert "on the computer lab" in dialog.options_label.text()


def test_a_run_that_lies_elsewhere_is_resumed_there(qtbot, window, project_folder, resumed):
    stop_run(project_folder, RemotePlace("ssh:lab", "0" * 16, [], "/scratch/me"))
    window.open_project(project_folder)
    assert "on another computer (ssh:lab)" in window.workspace.panel._idle_hint.text()
    with qtbot.waitSignal(window.training.finished, timeout=20_000):
        window.actions_by_id["run.resume"].trigger()
    assert [(o.runner, o.remote_folder) for o in resumed] == [("ssh:lab", "/scratch/me")]
    # it lies there: no way leads past that computer
    texts = [button.text() for button in window.message_bar.buttons if button.isVisible()]
    assert "Resume run" in texts
    assert "Run on this computer" not in texts


def test_one_that_came_home_can_go_on_here_where_the_other_computer_is_gone(
    qtbot, window, settings, project_folder, resumed
):
    stop_run(project_folder)
    settings.add_recent(project_folder)
    remember_options(settings, FAR, project_folder)
    window.open_project(project_folder)
    with qtbot.waitSignal(window.training.finished, timeout=20_000):
        window.actions_by_id["run.resume"].trigger()
    assert "lab cannot be reached" in window.message_bar.text
    buttons = {each.text(): each for each in window.message_bar.buttons if each.isVisible()}
    with qtbot.waitSignal(window.training.finished, timeout=20_000):
        buttons["Run on this computer"].click()
    assert [options.runner for options in resumed] == [FAR.runner, "local"]


def test_the_resuming_command_says_where_and_leaves_time_to_come_home():
    command = resume_command(Path("p.qmix"), RunOptions(epochs=7, **_where(FAR)))
    assert command[-5:] == [
        "--resume", "--events", f"--runner={FAR.runner}", "--remote-folder=/scratch/me",
        "--keep-remote",
    ]  # fmt: skip
    assert resume_command(Path("p.qmix"))[-1] == "--events"
    assert _cancel_ms(FAR) > 4 * CANCEL_MS


def _where(options: RunOptions) -> dict:
    return {
        "runner": options.runner,
        "remote_folder": options.remote_folder,
        "keep_remote": options.keep_remote,
    }


@pytest.mark.parametrize(
    ("runner", "words"),
    [
        ("ssh:me@lab", "on the computer me@lab"),
        ("srun:gpu", "on the computer Slurm (gpu)"),
        ("python:/x/python", "with another Python"),
    ],
)
def test_the_summary_says_where_it_runs(runner, words):
    assert words in options_line(RunOptions(runner=runner))
    assert " on " not in options_line(RunOptions())
