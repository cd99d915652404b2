"""A training from its start to its results, beside the review."""

from __future__ import annotations

import numpy as np
import psutil
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QToolButton
from stand_in_runs import DONE_CHILD, WAITING_CHILD, is_preflight_ready, retrain

from qmix_core.base.types import Action, Bucket, NoiseEstimate
from qmix_core.runs.noise_report import save_noise
from qmix_core.runs.run_options import RunOptions
from qmix_gui.app.main_window import MainWindow
from qmix_gui.review.decisions.comparison_dialog import ComparisonDialog
from qmix_gui.start.sources import find_source
from qmix_gui.training.retrain_dialog import RetrainDialog

WAIT_MS = 20_000


def test_start_training_makes_the_project_shows_it_at_once_and_takes_the_results(
    qtbot, window, dataset_folder, fake_training
):
    starts = fake_training(DONE_CHILD)
    window.open_source(find_source(dataset_folder))
    qtbot.waitUntil(lambda: is_preflight_ready(window), timeout=WAIT_MS)
    qtbot.mouseClick(window.preflight_page.card.start_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=WAIT_MS)
    session = window.workspace.session
    assert session.verdicts.results is None
    assert window.stack.currentWidget() is window.workspace.page
    qtbot.waitUntil(lambda: session.verdicts.results is not None, timeout=WAIT_MS)
    assert session.verdicts.run == 1
    assert starts[0].preset == "auto"
    assert (dataset_folder.parent / "eyes.qmix" / "project.sqlite").is_file()


def test_retraining_repeats_the_last_settings_and_offers_the_results(
    qtbot, window, project_folder, add_run, fake_training
):
    add_run(project_folder)
    window.open_project(project_folder)
    starts = fake_training(DONE_CHILD)
    workspace = window.workspace
    retrain(window)
    assert not window.actions_by_id["run.retrain"].isEnabled()
    bar = workspace.page.results_bar
    qtbot.waitUntil(bar.isVisible, timeout=WAIT_MS)
    assert starts == [RunOptions(preset="quick", epochs=3)]
    assert workspace.session.verdicts.run == 1
    workspace.page.show_run_requested.emit(2)
    assert workspace.session.verdicts.run == 2
    window.actions_by_id["run.compare"].trigger()
    dialog = window.findChild(ComparisonDialog)
    assert dialog is not None
    assert dialog.isVisible()
    assert dialog.list.count() > 0


def test_pause_and_cancel_act_on_the_run(qtbot, window, project_folder, fake_training):
    fake_training(WAITING_CHILD)
    window.open_project(project_folder)
    retrain(window)
    qtbot.waitUntil(lambda: window.workspace.panel.progress.run == 1, timeout=WAIT_MS)
    window.actions_by_id["run.pause"].trigger()
    assert window.workspace.panel.stage_label.text() == "Paused"
    with qtbot.waitSignal(window.training.finished, timeout=WAIT_MS) as finished:
        window.actions_by_id["run.cancel"].trigger()
    assert finished.args == ["cancelled", "As asked.", 1]
    assert window.workspace.panel.stage_label.text() == "Training was cancelled"
    assert not window.actions_by_id["run.pause"].isChecked()
    assert window.actions_by_id["run.retrain"].isEnabled()


def _answer(window: MainWindow, text: str) -> None:
    box = window.stop_question.box
    assert isinstance(box, QMessageBox)
    next(button for button in box.buttons() if button.text() == text).click()


def test_closing_during_training_asks_once_and_stops_the_run(
    qtbot, window, project_folder, fake_training
):
    fake_training(WAITING_CHILD)
    window.open_project(project_folder)
    retrain(window)
    qtbot.waitUntil(lambda: window.workspace.panel.progress.run == 1, timeout=WAIT_MS)
    children = psutil.Process().children()
    window.close()
    window.close()
    assert window.isVisible()
    _answer(window, "Stop training")
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=WAIT_MS)
    assert not any(child.is_running() for child in children)


def test_keep_it_running_keeps_window_and_run(qtbot, window, project_folder, fake_training):
    fake_training(WAITING_CHILD)
    window.open_project(project_folder)
    retrain(window)
    window.actions_by_id["file.close"].trigger()
    _answer(window, "Keep it running")
    assert window.workspace is not None
    assert window.training.is_running


def test_an_opened_project_tells_the_noise_of_its_last_run(window, project_folder, add_run):
    run = add_run(project_folder)
    noise = NoiseEstimate(0.12, 0.09, 0.15, 0.05, by_given_class=np.zeros(3), table=np.eye(3))
    classes = ("0_none", "1_some", "2_much")
    save_noise(project_folder / "runs" / f"{run:04d}", noise, classes=classes)
    window.open_project(project_folder)
    window.workspace.page.show_training(True)
    label = window.workspace.panel.idle_noise_label
    assert label.isVisible()
    assert label.text().startswith("About 12 % of the labels look wrong (9–15 %)")


def test_retraining_keeps_encoder_device_and_views_of_the_last_run(
    window, project_folder, add_run, tmp_path, fake_training
):
    weights = tmp_path / "w.pth"
    weights.write_bytes(b"")
    run = add_run(project_folder)
    expected = RunOptions(
        preset="standard",
        encoder="resnet18",
        weights=str(weights),
        image_size=96,
        seed=3,
        device="cuda:1",
        mirror=False,
    )
    path = project_folder / "runs" / f"{run:04d}" / "config.json"
    path.write_text(expected.config().to_json(), encoding="utf-8")
    window.open_project(project_folder)
    starts = fake_training(DONE_CHILD)
    retrain(window)
    assert starts == [expected]
    window.training.shut_down()


def test_retraining_with_lost_weights_opens_the_settings_at_the_gap(
    window, project_folder, add_run, fake_training
):
    run = add_run(project_folder)
    config = project_folder / "runs" / f"{run:04d}" / "config.json"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace('"weights": ""', '"weights": "/gone/w.pth"'), encoding="utf-8")
    starts = fake_training(WAITING_CHILD)
    window.open_project(project_folder)
    dialog = retrain(window)
    assert not window.training.is_running
    assert dialog.form.isVisible()
    assert "/gone/w.pth" in dialog.form.problem_label.text()
    dialog.form.set_options(RunOptions())
    dialog.start_button.click()
    assert starts == [RunOptions()]


def test_ctrl_r_asks_first_and_says_what_was_corrected(window, project_folder, add_run):
    add_run(project_folder)
    window.open_project(project_folder)
    decisions = window.workspace.session.decisions
    decisions.decide([0, 1], Action.EXCLUDE)
    decisions.decide([2], Action.CONFIRM)
    window.actions_by_id["run.retrain"].trigger()
    dialog = window.findChild(RetrainDialog)
    assert not window.training.is_running
    text = "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())
    assert "1 label confirmed, 2 images left out" in text
    assert "built-in network" in text
    assert not dialog.form.isVisible()
    dialog.reject()
    assert not window.training.is_running


def test_progress_is_in_the_status_bar_with_pause_and_stop(
    qtbot, window, project_folder, fake_training
):
    fake_training("""
        say(RunStarted(1, "quick", "cpu", 12, 2, "x"))
        say(EpochStarted(1, 2, "warm-up"))
        say(BatchDone(1, 5, 10, 100.0, 125.0, 100.0))
        sys.stdin.readline()
        say(RunFinished("cancelled", "As asked.", 1))
    """)
    window.open_project(project_folder)
    status = window.run_status
    assert not status.isVisible()
    retrain(window)
    window.workspace.page.show_training(False)
    qtbot.waitUntil(lambda: "25 %" in status.button.text(), timeout=WAIT_MS)
    assert status.isVisible()
    assert "2 min left" in status.button.text()
    status.button.click()
    assert window.workspace.panel.isVisible()
    tools = {tool.accessibleName(): tool for tool in status.findChildren(QToolButton)}
    with qtbot.waitSignal(window.training.finished, timeout=WAIT_MS):
        tools["Cancel training"].click()
    assert not status.isVisible()


def test_first_results_of_a_running_training_are_shown_when_asked_for(
    qtbot, window, project_folder, fake_training
):
    fake_training("""
        import numpy as np
        from pathlib import Path
        from qmix_core.base.types import EpochScores
        from qmix_core.project.store import ProjectStore
        from qmix_core.runs.run_options import RunOptions
        from qmix_core.runs.scores import save_epoch
        with ProjectStore.open(Path(sys.argv[1])) as project:
            count = len(project.samples)
            run = project.runs.begin(RunOptions().config(), device="cpu")
            folder = project.runs.folder(run)
            posterior = np.tile(np.float32([.9, .05, .05]), (2, count, 1))
            posterior[:, 5] = [.1, .8, .1]
            half = np.full((2, count), .5, dtype=np.float32)
            chances = np.tile(np.float32([.2, .2, .6]), (2, count, 1))
            scores = EpochScores(epoch=1, probabilities=chances, loss=half, uncertainty=half,
                                 posterior=posterior)
            save_epoch(folder, scores, sample=np.arange(count), plot=None)
        say(RunStarted(run, "quick", "cpu", count, 3, str(folder)))
        say(SeparationDone(1, {"clean": count - 1, "mislabeled_high_quality": 1}, "x"))
        sys.stdin.readline()
        say(RunFinished("cancelled", "As asked.", run))
    """)
    window.open_project(project_folder)
    session, panel = window.workspace.session, window.workspace.panel
    retrain(window)
    assert not panel.found.first_button.isVisible()
    qtbot.waitUntil(panel.found.first_button.isVisible, timeout=WAIT_MS)
    assert session.verdicts.results is None
    qtbot.mouseClick(panel.found.first_button, Qt.MouseButton.LeftButton)
    assert session.verdicts.bucket(5) is Bucket.MISLABELED_HIGH_QUALITY
    assert session.verdicts.suggested_label(5) == "2_much"
    assert session.verdicts.order()[0] == 5
    assert "first results" in window.message_bar.text
    assert window.training.is_running
    with qtbot.waitSignal(window.training.finished, timeout=WAIT_MS):
        window.training.cancel()
    assert session.verdicts.bucket(5) is Bucket.MISLABELED_HIGH_QUALITY
    assert "has not ended" in window.message_bar.text


def test_the_panel_folds_when_a_training_is_done(qtbot, window, project_folder, fake_training):
    fake_training(DONE_CHILD)
    window.open_project(project_folder)
    retrain(window)
    assert window.workspace.panel.isVisible()
    with qtbot.waitSignal(window.training.finished, timeout=WAIT_MS):
        pass
    assert not window.workspace.panel.isVisible()
