from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton, QToolButton

from qmix_core.base.types import CHECKPOINT_FILE, Action, Bucket, NoiseEstimate
from qmix_core.project.store import ProjectStore
from qmix_core.runs.encoder_names import DOWNLOAD
from qmix_core.runs.noise_report import save_noise
from qmix_core.runs.run_options import RunOptions
from qmix_gui.app.main_window import MainWindow
from qmix_gui.review.decisions.comparison_dialog import ComparisonDialog
from qmix_gui.settings.settings import ENCODER, RECENT, REVIEWER, SCHEME, WEIGHTS, Settings
from qmix_gui.start.sources import find_source
from qmix_gui.theme.bucket_style import is_dark
from qmix_gui.training.retrain_dialog import RetrainDialog
from qmix_gui.widgets.reviewer_prompt import ReviewerPrompt

WAIT_MS = 20_000

WAITING_CHILD = """
    say(RunStarted(1, "quick", "cpu", 12, 3, "x"))
    for line in sys.stdin:
        if line.strip() == "cancel":
            say(RunFinished("cancelled", "As asked.", 1))
            sys.exit(3)
"""
DONE_CHILD = """
    import numpy as np
    from pathlib import Path
    from qmix_core.runs.run_options import RunOptions
    from qmix_core.project.store import ProjectStore
    from qmix_core.base.types import RunResults
    with ProjectStore.open(Path(sys.argv[1])) as project:
        count = len(project.samples)
        zeros = np.zeros(count, dtype=np.float32)
        results = RunResults(
            bucket=np.full(count, len(project.runs.all()) % 3),
            suggested=np.zeros(count, dtype=int),
            probability=zeros, posterior=np.zeros((count, 3), dtype=np.float32), error_score=zeros,
            loss=zeros, uncertainty=zeros, stability=zeros,
        )
        run = project.runs.begin(RunOptions(epochs=3, seed=7).config(), device="cpu")
        say(RunStarted(run, "quick", "cpu", count, 3, "x"))
        project.runs.finish(run, status="done", results=results)
        say(RunFinished("done", "", run, {"clean": count}))
"""


@pytest.fixture
def fake_training(monkeypatch, child_command) -> Callable[[str], list[RunOptions]]:
    """Puts a child of this body in place of the training; gives the settings of each start."""

    def install(body: str) -> list[RunOptions]:
        starts: list[RunOptions] = []

        def command(project: Path, options: RunOptions) -> list[str]:
            starts.append(options)
            return [*child_command(body), str(project)]

        monkeypatch.setattr("qmix_gui.training.controller.train_command", command)
        return starts

    return install


@pytest.fixture
def fake_resume(monkeypatch, child_command) -> Callable[[str], list[Path]]:
    """Puts a child of this body in place of a resumed training; gives the project of each start."""

    def install(body: str) -> list[Path]:
        starts: list[Path] = []

        def command(project: Path, _options: RunOptions) -> list[str]:
            starts.append(project)
            return [*child_command(body), str(project)]

        monkeypatch.setattr("qmix_gui.training.controller.resume_command", command)
        return starts

    return install


def _add_stopped_run(folder: Path, status: str, *, has_checkpoint: bool = True) -> None:
    with ProjectStore.open(folder) as project:
        run = project.runs.begin(RunOptions(epochs=3).config(), device="cpu")
        if has_checkpoint:
            (project.runs.folder(run) / CHECKPOINT_FILE).write_bytes(b"networks")
        project.runs.finish(run, status=status, reason="Stopped.")


def _retrain(window: MainWindow) -> RetrainDialog:
    """Press the key and answer the question with yes."""
    window.actions_by_id["run.retrain"].trigger()
    dialog = window.findChild(RetrainDialog)
    dialog.start_button.click()
    return dialog


def _is_preflight_ready(window: MainWindow) -> bool:
    page = window.preflight_page
    return window.stack.currentWidget() is page and page.card.start_button.isVisible()


def test_it_starts_on_the_welcome_page_with_the_review_keys_asleep(window):
    assert window.stack.currentWidget() is window.welcome_page
    assert not window.actions_by_id["review.accept"].isEnabled()
    assert not window.actions_by_id["file.export"].isEnabled()
    assert not window.actions_by_id["run.retrain"].isEnabled()


def test_opening_and_closing_a_project_leaves_nothing_open(qtbot, window, project_folder):
    assert window.open_project(project_folder)
    page = window.workspace.page
    assert window.stack.currentWidget() is page
    assert window.windowTitle().startswith("review")
    assert window.actions_by_id["review.exclude"].isEnabled()
    with qtbot.waitSignal(page.destroyed, timeout=WAIT_MS):
        window.actions_by_id["file.close"].trigger()
    assert window.workspace is None
    assert window.stack.currentWidget() is window.welcome_page
    assert [row._folder for row in window.welcome_page.recent_rows] == [project_folder]
    opened = [file.path for file in psutil.Process().open_files()]
    assert not any("project.sqlite" in path for path in opened)


def test_what_is_no_project_is_told_on_the_page(window, tmp_path):
    assert not window.open_project(tmp_path)
    assert "no QMix project" in window.welcome_page.error_label.text()
    assert window.stack.currentWidget() is window.welcome_page


def test_a_failed_open_keeps_the_project_that_is_open(window, project_folder, tmp_path):
    window.open_project(project_folder)
    workspace = window.workspace
    assert not window.open_project(tmp_path)
    assert window.workspace is workspace
    assert "no QMix project" in window.message_bar.text
    assert workspace.session.decisions.decide([0], Action.CONFIRM)


def test_a_drop_anywhere_in_the_window_opens_it(qtbot, window, drag_and_drop, project_folder):
    assert drag_and_drop(window, project_folder)
    assert window.workspace is not None


def test_start_training_makes_the_project_shows_it_at_once_and_takes_the_results(
    qtbot, window, dataset_folder, fake_training
):
    starts = fake_training(DONE_CHILD)
    window.open_source(find_source(dataset_folder))
    qtbot.waitUntil(lambda: _is_preflight_ready(window), timeout=WAIT_MS)
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
    _retrain(window)
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
    _retrain(window)
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
    _retrain(window)
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
    _retrain(window)
    window.actions_by_id["file.close"].trigger()
    _answer(window, "Keep it running")
    assert window.workspace is not None
    assert window.training.is_running


def test_a_failed_run_is_told_and_can_be_started_again(
    qtbot, window, project_folder, fake_training
):
    fake_training("print('no memory', file=sys.stderr); sys.exit(1)")
    window.open_project(project_folder)
    with qtbot.waitSignal(window.training.finished, timeout=WAIT_MS):
        _retrain(window)
    assert "exit code 1" in window.message_bar.text
    panel = window.workspace.panel
    assert window.message_bar.action_button.text() == "Details"
    qtbot.mouseClick(window.message_bar.action_button, Qt.MouseButton.LeftButton)
    assert panel.details.log_edit.isVisible()
    assert "no memory" in panel.details.log_edit.toPlainText()
    assert window.actions_by_id["run.retrain"].isEnabled()


@pytest.mark.parametrize("status", ["cancelled", "interrupted", "failed"])
def test_a_stopped_run_is_resumed_from_the_panel(
    qtbot, window, project_folder, fake_resume, status
):
    _add_stopped_run(project_folder, status)
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
        _add_stopped_run(project_folder, "cancelled", has_checkpoint=end == "done after it")
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
        _retrain(window)
    assert window.workspace.panel.resume_button.isVisible()
    starts = fake_resume(WAITING_CHILD)
    assert window.message_bar.action_button.text() == "Resume run"
    qtbot.mouseClick(window.message_bar.action_button, Qt.MouseButton.LeftButton)
    assert window.training.is_running
    assert starts == [project_folder]
    assert not window.workspace.panel.resume_button.isVisible()


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
    _retrain(window)
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
    dialog = _retrain(window)
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
    _retrain(window)
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
    _retrain(window)
    assert not panel.first_button.isVisible()
    qtbot.waitUntil(panel.first_button.isVisible, timeout=WAIT_MS)
    assert session.verdicts.results is None
    qtbot.mouseClick(panel.first_button, Qt.MouseButton.LeftButton)
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
    _retrain(window)
    assert window.workspace.panel.isVisible()
    with qtbot.waitSignal(window.training.finished, timeout=WAIT_MS):
        pass
    assert not window.workspace.panel.isVisible()


def test_a_window_that_is_open_read_only_disables_what_it_cannot_do(window, project_folder):
    with ProjectStore.open(project_folder) as other:
        other.begin_review()
        window.open_project(project_folder)
        assert window.workspace.project.read_only
        actions = window.actions_by_id
        for name in ("review.accept", "review.exclude", "class.1", "run.retrain", "review.undo"):
            assert not actions[name].isEnabled(), name
        assert actions["file.export"].isEnabled()
        assert actions["view.viewer"].isEnabled()
    window.close_project()
    window.open_project(project_folder)
    assert actions["review.accept"].isEnabled()
    assert actions["run.retrain"].isEnabled()


def test_before_a_run_no_time_for_suspicious_images_is_told(window, project_folder, add_run):
    window.open_project(project_folder)
    decide = window.workspace.session.decisions.decide
    for sample in range(8):
        decide([sample], Action.CONFIRM)
    assert window.review_status.count_label.text() == "8 of 12 reviewed"


def test_the_first_page_tells_how_far_a_project_is(window, project_folder):
    window.open_project(project_folder)
    window.workspace.session.decisions.decide([0, 3], Action.EXCLUDE)
    window.close_project()
    (row,) = window.welcome_page.recent_rows
    assert row.progress_label.text() == "2 of 12 reviewed"
    row.remove_button.click()
    assert window._settings.progress(project_folder) is None


def test_the_tool_bar_repeats_no_decision_button(window):
    shown = {action.objectName() for action in window._tool_bar.actions()}
    assert "run.retrain" in shown
    assert "review.undo" in shown
    decisions = ("accept", "confirm", "exclude", "retake", "keep_poor", "ambiguous", "note")
    assert shown.isdisjoint(f"review.{name}" for name in decisions)


def test_the_reviewer_is_asked_once_and_remembered(qtbot, window, settings, project_folder):
    settings.set(REVIEWER, "")
    window.open_project(project_folder)
    prompt = window.findChild(ReviewerPrompt)
    prompt.name_edit.clear()
    assert not prompt.ok_button.isEnabled()
    qtbot.keyClicks(prompt.name_edit, "Dr. Eye")
    qtbot.mouseClick(prompt.ok_button, Qt.MouseButton.LeftButton)
    assert window.workspace.session.decisions.reviewer == "Dr. Eye"
    assert settings.get(REVIEWER) == "Dr. Eye"
    assert window.review_status.reviewer_button.text() == "Dr. Eye"


def test_the_status_bar_counts_reviewed_images(window, project_folder):
    window.open_project(project_folder)
    session = window.workspace.session
    assert window.review_status.count_label.text() == "0 of 12 reviewed"
    session.decisions.decide([0], Action.CONFIRM)
    session.decisions.decide([3], Action.EXCLUDE)
    assert window.review_status.count_label.text() == "2 of 12 reviewed"
    session.decisions.undo()
    assert window.review_status.count_label.text() == "1 of 12 reviewed"


def test_the_theme_is_switched_and_remembered(window, settings):
    assert is_dark()
    window.actions_by_id["view.dark"].trigger()
    assert not is_dark()
    assert settings.get(SCHEME) == "light"
    window.actions_by_id["view.system_theme"].trigger()
    assert settings.get(SCHEME) == "system"


def test_a_value_of_another_type_counts_as_absent(tmp_path):
    path = tmp_path / "settings.ini"
    path.write_text('[files]\nrecent=17\n[reviewer]\nname="\\"Eve\\""\n', encoding="utf-8")
    settings = Settings(path)
    assert settings.get(RECENT) == []
    assert settings.get(REVIEWER) == "Eve"


def test_choosing_a_folder_checks_it(qtbot, window, dataset_folder, monkeypatch):
    monkeypatch.setattr(
        "qmix_gui.start.source_chooser.QFileDialog.getExistingDirectory",
        lambda *_: str(dataset_folder),
    )
    window.actions_by_id["file.open"].trigger()
    qtbot.waitUntil(lambda: _is_preflight_ready(window), timeout=WAIT_MS)


@pytest.mark.skipif(sys.platform == "win32", reason="folders can be replaced on POSIX only")
def test_a_damaged_project_is_told_apart(window, project_folder):
    (project_folder / "project.sqlite").write_bytes(b"not a database at all" * 100)
    for rest in project_folder.glob("project.sqlite-*"):
        rest.unlink()
    assert not window.open_project(project_folder)
    assert "cannot be read" in window.message_bar.text
    with pytest.raises(Exception, match="cannot be read"):
        ProjectStore.open(project_folder)
