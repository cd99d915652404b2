"""A run that failed or was stopped says why, and offers the ways on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from stand_in_runs import DONE_CHILD, WAITING_CHILD, add_stopped_run, retrain

from qmix_core.project.store import ProjectStore
from qmix_core.runs.encoder_names import DOWNLOAD
from qmix_core.runs.run_options import RunOptions
from qmix_gui.app.main_window import MainWindow
from qmix_gui.settings.settings import ENCODER, WEIGHTS
from qmix_gui.training.retrain_dialog import RetrainDialog

WAIT_MS = 20_000


def test_a_failed_run_is_told_and_can_be_started_again(
    qtbot, window, project_folder, fake_training
):
    fake_training("print('no memory', file=sys.stderr); sys.exit(1)")
    window.open_project(project_folder)
    with qtbot.waitSignal(window.training.finished, timeout=WAIT_MS):
        retrain(window)
    assert "exit code 1" in window.message_bar.text
    panel = window.workspace.panel
    assert window.message_bar.action_button.text() == "Details"
    qtbot.mouseClick(window.message_bar.action_button, Qt.MouseButton.LeftButton)
    assert panel.found.details.log_edit.isVisible()
    assert "no memory" in panel.found.details.log_edit.toPlainText()
    assert window.actions_by_id["run.retrain"].isEnabled()


@pytest.mark.parametrize("status", ["cancelled", "interrupted", "failed"])
def test_a_stopped_run_is_resumed_from_the_panel(
    qtbot, window, project_folder, fake_resume, status
):
    add_stopped_run(project_folder, status)
    starts = fake_resume(DONE_CHILD)
    window.open_project(project_folder)
    panel = window.workspace.panel
    assert "Run 1 was stopped" in panel._idle_hint.text()
    qtbot.mouseClick(panel.idle_resume_button, Qt.MouseButton.LeftButton)
    assert not window.actions_by_id["run.resume"].isEnabled()
    qtbot.waitUntil(lambda: window.workspace.session.verdicts.results is not None, timeout=WAIT_MS)
    assert starts == [project_folder]
    assert not window.actions_by_id["run.resume"].isEnabled()
    assert not panel.resume_button.isVisible()


@pytest.mark.parametrize("end", ["done", "without a checkpoint", "done after it"])
def test_there_is_nothing_to_resume(window, project_folder, add_run, end):
    if end != "done":
        add_stopped_run(project_folder, "cancelled", has_checkpoint=end == "done after it")
    if end != "without a checkpoint":
        add_run(project_folder)
    window.open_project(project_folder)
    assert not window.actions_by_id["run.resume"].isEnabled()
    assert not window.workspace.panel.idle_resume_button.isVisible()


def test_a_failed_run_can_be_resumed_from_its_message(
    qtbot, window, project_folder, fake_training, fake_resume
):
    fake_training("""
        from pathlib import Path
        from qmix_core.runs.run_options import RunOptions
        from qmix_core.project.store import ProjectStore
        with ProjectStore.open(Path(sys.argv[1])) as project:
            run = project.runs.begin(RunOptions().config(), device="cpu")
            (project.runs.folder(run) / "checkpoint.pt").write_bytes(b"networks")
        os.kill(os.getpid(), signal.SIGTERM)
    """)
    window.open_project(project_folder)
    with qtbot.waitSignal(window.training.finished, timeout=WAIT_MS):
        retrain(window)
    assert window.workspace.panel.resume_button.isVisible()
    starts = fake_resume(WAITING_CHILD)
    assert window.message_bar.action_button.text() == "Resume run"
    qtbot.mouseClick(window.message_bar.action_button, Qt.MouseButton.LeftButton)
    assert window.training.is_running
    assert starts == [project_folder]
    assert not window.workspace.panel.resume_button.isVisible()


FAILS = """
    say(RunFinished("failed", "It failed: give --weights FILE.", 0, {{}}, "{cause}"))
    sys.exit(1)
"""


def _offers(window: MainWindow) -> dict[str, QPushButton]:
    buttons = window.message_bar.buttons
    return {button.text(): button for button in buttons if button.isVisible()}


@pytest.mark.parametrize(
    ("cause", "started", "button", "goes_on"),
    [
        ("download", RunOptions(encoder="resnet18", weights=DOWNLOAD),
         "Continue with the built-in network", RunOptions()),
        ("download", RunOptions(encoder="resnet18", weights=DOWNLOAD),
         "Try again", RunOptions(encoder="resnet18", weights=DOWNLOAD)),
        ("device", RunOptions(device="cuda"), "Use the processor", RunOptions(device="cpu")),
        ("gpu_memory", RunOptions(preset="standard"), "Fewer images at a time",
         RunOptions(preset="standard", batch_size=16)),
        ("memory", RunOptions(preset="standard"), "Continue with the quick training",
         RunOptions(preset="quick")),
    ],
)  # fmt: skip
def test_a_failure_has_a_plain_sentence_and_buttons_that_lead_on(
    qtbot, window, project_folder, fake_training, cause, started, button, goes_on
):
    fake_training(FAILS.format(cause=cause))
    window.open_project(project_folder)
    with qtbot.waitSignal(window.training.finished, timeout=WAIT_MS):
        window.workspace.start_run(started)
    assert "--" not in window.message_bar.text
    assert "cuda" not in window.message_bar.text.lower()
    assert window.workspace.panel.reason_label.text() == window.message_bar.text
    starts = fake_training(WAITING_CHILD)
    _offers(window)[button].click()
    assert starts == [goes_on]
    assert not window.message_bar.isVisible()


def test_after_a_wrong_file_another_one_is_chosen(
    qtbot, window, project_folder, fake_training, tmp_path, monkeypatch
):
    other = tmp_path / "other.pth"
    other.write_bytes(b"")
    wrong = RunOptions(encoder="resnet18", weights=str(tmp_path / "wrong.pth"))
    fake_training(FAILS.format(cause="weights"))
    window.open_project(project_folder)
    with qtbot.waitSignal(window.training.finished, timeout=WAIT_MS):
        window.workspace.start_run(wrong)
    starts = fake_training(WAITING_CHILD)
    choose = "qmix_gui.training.weights_chooser.QFileDialog.getOpenFileName"
    monkeypatch.setattr(choose, lambda *_: ("", ""))
    _offers(window)["Choose a file…"].click()
    assert starts == []
    assert "wrong.pth" in window.message_bar.text
    monkeypatch.setattr(choose, lambda *_: (str(other), ""))
    _offers(window)["Choose a file…"].click()
    assert starts == [RunOptions(encoder="resnet18", weights=str(other))]


def test_a_file_set_in_the_settings_takes_the_place_of_a_failed_download(
    window, settings, project_folder, tmp_path
):
    with ProjectStore.open(project_folder) as project:
        config = RunOptions(encoder="resnet18", weights=DOWNLOAD).config()
        run = project.runs.begin(config, device="cpu")
        project.runs.finish(run, status="failed", reason="No connection.")
    file = tmp_path / "w.pth"
    file.write_bytes(b"")
    settings.set(ENCODER, "resnet18")
    settings.set(WEIGHTS, str(file))
    window.open_project(project_folder)
    window.actions_by_id["run.retrain"].trigger()
    chosen = window.findChild(RetrainDialog).form.options()
    assert (chosen.encoder, chosen.weights) == ("resnet18", str(file))
