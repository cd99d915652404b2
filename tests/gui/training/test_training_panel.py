from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from qmix_core.base.events import (
    BatchDone,
    EpochDone,
    EpochStarted,
    NoiseEstimated,
    Preparing,
    RunFinished,
    RunStarted,
    SeparationDone,
    Warned,
)
from qmix_core.base.types import Bucket, NoiseEstimate
from qmix_core.runs.noise_report import save_noise
from qmix_gui.settings.action_groups import RunActions
from qmix_gui.settings.actions import build_actions
from qmix_gui.training.panel import TrainingPanel
from qmix_gui.training.progress import RunProgress
from qmix_gui.training.run_status import RunStatus
from qmix_gui.widgets.plotting import EpochAxis
from qmix_gui.widgets.small_widgets import format_duration

COUNTS = {"clean": 1900, "mislabeled_high_quality": 60, "mislabeled_low_quality": 40}
EVENTS = (
    RunStarted(1, "quick", "cpu", 2000, 4, "runs/0001"),
    Preparing("decoding", 1000, 2000),
    Preparing("embedding", 500, 2000),
    EpochStarted(1, 4, "warm-up"),
    BatchDone(1, 5, 10, 400.0, 100.0, 1024.0),
    EpochDone(1, {"loss_a": 1.0, "loss_b": 1.1}),
    EpochStarted(2, 4, "training"),
    SeparationDone(2, COUNTS, "0002.npz"),
    BatchDone(2, 5, 10, 500.0, 125.0, 2048.0),
    EpochDone(2, {"loss_a": 0.5, "loss_b": 0.6}),
)
NOISE = NoiseEstimate(
    0.12,
    0.09,
    0.15,
    0.05,
    by_given_class=np.array([0.1, 0.1, 0.1]),
    table=np.array([[0.96, 0.01, 0.03], [0.06, 0.94, 0.0], [0.02, 0.0, 0.98]]),
)


@pytest.fixture
def panel(qtbot, theme) -> TrainingPanel:
    owner = QWidget()
    qtbot.addWidget(owner)
    panel = TrainingPanel(RunActions.of(build_actions(owner)), owner)
    panel.resize(1200, 220)
    panel.owner = owner
    owner.show()
    return panel


def test_before_the_first_run_it_offers_to_start_one(qtbot, panel):
    with qtbot.waitSignal(panel.start_requested):
        qtbot.mouseClick(panel.start_button, Qt.MouseButton.LeftButton)


def test_it_follows_a_run(panel):
    panel.show_started()
    for event in EVENTS:
        panel.take_event(event)
    assert panel.stage_label.text() == "Looking for wrong labels, round 2 of 4"
    facts = {name: label.text() for name, label in panel._facts.items() if label.text()}
    assert facts == {"left": "2 min left", "device": "on the processor"}
    panel.expert_button.setChecked(True)
    facts = {name: label.text() for name, label in panel._facts.items()}
    assert facts == {
        "left": "2 min left",
        "speed": "500 images/s",
        "device": "on the processor",
        "memory": "2.0 GB memory",
    }
    assert panel.found.counts.numbers[Bucket.CLEAN].text() == "1,900"
    panel.show_paused(True)
    panel.take_event(EVENTS[-2])
    assert panel.stage_label.text() == "Paused"
    panel.show_stopping()
    panel.take_event(EVENTS[-2])
    assert panel.stage_label.text() == "Stopping…"


def test_before_the_first_epoch_it_counts_images_and_says_what_the_plots_wait_for(panel):
    panel.show_started()
    for event in EVENTS[:2]:
        panel.take_event(event)
    assert panel.stage_label.text() == "Reading the images"
    assert panel._facts["left"].text() == "1,000 of 2,000"
    losses, buckets = panel.found.curves._stacks
    assert losses.currentWidget().text() == "From the first round on"
    assert buckets.currentWidget().text() == "From the first separation on"
    for event in EVENTS[2:6]:
        panel.take_event(event)
    assert losses.currentWidget() is panel.found.curves._plots[0]
    assert buckets.currentIndex() == 0
    panel.take_event(EVENTS[7])
    assert buckets.currentWidget() is panel.found.curves._plots[1]


def test_curves_are_folded_away_for_experts_and_make_way_for_the_log(panel):
    panel.show_started()
    for event in EVENTS:
        panel.take_event(event)
    assert not panel.found.curves.isVisible()
    panel.expert_button.click()
    assert panel.found.curves.isVisible()
    panel.details_button.click()
    assert panel.found.details.isVisible()
    assert not panel.expert_button.isChecked()
    panel.details_button.click()
    assert panel.found.first_button.isVisible()


EXPERT_WORDS = ("loss", "epoch", "mixture", "component", "network a", "stability", "separation")


def test_no_word_of_the_method_is_shown_outside_of_the_experts_part(panel):
    panel.show_started()
    for event in EVENTS:
        panel.take_event(event)
        shown = " ".join(
            label.text()
            for kind in (QLabel, QAbstractButton)
            for label in panel.findChildren(kind)
            if label.isVisible()
        )
        assert not [word for word in EXPERT_WORDS if word in shown.lower()]


def test_memory_is_that_of_the_device(panel):
    panel.show_started()
    panel.take_event(RunStarted(1, "standard", "cuda", 2000, 4, "runs/0001"))
    panel.take_event(EVENTS[3])
    panel.take_event(BatchDone(1, 5, 10, 12_345.0, 100.0, 3072.0))
    panel.expert_button.setChecked(True)
    assert panel._facts["memory"].text() == "3.0 GB of its memory"
    assert panel._facts["speed"].text() == "12,345 images/s"


@pytest.mark.parametrize(("low", "high", "wanted"), [(1, 3, {1.0}), (1, 90, {10.0, 20.0, 5.0})])
def test_epochs_have_whole_numbers(qtbot, low, high, wanted):
    steps = EpochAxis().tickSpacing(low, high, 200)
    assert {step for step, _ in steps} & wanted
    assert all(step == int(step) >= 1 for step, _ in steps)


def test_the_noise_is_estimated_between_epochs_and_stays_shown(panel):
    panel.show_started()
    for event in EVENTS[:6]:
        panel.take_event(event)
    before = panel.bar.value()
    panel.take_event(Preparing("estimating", 1, 8))
    assert panel.stage_label.text() == "Estimating how many labels are wrong"
    assert panel._facts["left"].text() == "1 of 8"
    assert panel._facts["speed"].text() == ""
    assert panel.bar.value() == before > 0
    assert not panel.found.noise_label.isVisible()
    panel.take_event(NoiseEstimated(0.118, 0.09, 0.15, 0.05))
    panel.take_event(EpochStarted(2, 4, "training"))
    assert panel.stage_label.text() == "Looking for wrong labels, round 2 of 4"
    panel.show_finished("done", "")
    assert panel.found.noise_label.isVisible()
    assert panel.found.noise_label.text() == (
        "About 12 % of the labels look wrong (9–15 %), 5 % of the images too poor to read."
    )
    panel.show_started()
    assert not panel.found.noise_label.isVisible()


def test_an_estimate_near_nothing_is_no_finding(panel):
    panel.show_started()
    panel.take_event(NoiseEstimated(0.004, 0.0, 0.02, 0.0))
    assert panel.found.noise_label.text() == "No sign of wrong labels (at most 2 %)."
    panel.take_event(NoiseEstimated(0.001, 0.0, 0.004, 0.0))
    assert panel.found.noise_label.text() == "No sign of wrong labels."


def test_a_run_that_goes_on_shows_the_estimate_it_has_with_its_confusions(panel, tmp_path):
    save_noise(tmp_path, NOISE, classes=("normal", "glaucoma", "cataract"))
    panel.show_started()
    panel.take_event(RunStarted(1, "quick", "cpu", 2000, 4, str(tmp_path)))
    assert panel.found.noise_label.text().startswith("About 12 % of the labels")
    assert panel.found.noise_label.toolTip().splitlines() == [
        "glaucoma is labelled normal in 6 % of its images",
        "normal is labelled cataract in 3 % of its images",
        "cataract is labelled normal in 2 % of its images",
    ]


def test_a_failure_shows_its_sentence_and_details_to_copy(qtbot, panel):
    panel.show_started()
    panel.take_log_line("Traceback of the child")
    panel.show_finished("failed", "The disk is full: free some space.")
    assert panel.reason_label.text() == "The disk is full: free some space."
    assert panel.again_button.isVisible()
    qtbot.mouseClick(panel.details_button, Qt.MouseButton.LeftButton)
    assert panel.found.details.log_edit.isVisible()
    qtbot.mouseClick(panel.found.details.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().splitlines() == [
        "Traceback of the child",
        "The disk is full: free some space.",
    ]


def test_a_quiet_run_is_told_and_can_be_stopped(qtbot, panel):
    panel.show_started()
    for event in EVENTS[:5]:
        panel.take_event(event)
    assert not panel.stop_button.isVisible()
    panel.show_quiet(240)
    assert panel.reason_label.text().startswith("No sign of life for 4 min.")
    stop = panel._actions.cancel
    with qtbot.waitSignal(stop.triggered):
        qtbot.mouseClick(panel.stop_button, Qt.MouseButton.LeftButton)
    panel.take_event(EVENTS[4])
    assert not panel.reason_label.isVisible()
    assert not panel.stop_button.isVisible()


def test_the_details_name_the_file_of_the_log(panel, tmp_path):
    panel.show_started()
    panel.take_event(RunStarted(3, "quick", "cpu", 12, 3, str(tmp_path)))
    panel.show_finished("failed", "It crashed.")
    panel._actions.details.trigger()
    assert panel.found.details.isVisible()
    assert panel.found.details.path_label.toolTip() == str(tmp_path / "log.txt")
    panel.show_started()
    assert not panel.found.details.isVisible()
    assert panel.found.details.path_label.toolTip() == ""


def test_warnings_are_shown_and_logged(panel):
    panel.show_started()
    panel.take_event(Warned("small", "Class 'a' is small."))
    assert panel.warning_label.text() == "Class 'a' is small."
    panel.take_event(Warned("odd", "All losses are equal."))
    assert panel.warning_label.text().startswith("2 warnings")
    assert "All losses are equal." in panel.found.details.log_edit.toPlainText()


def test_a_warning_about_the_method_is_for_the_log_alone(panel):
    panel.show_started()
    panel.take_event(Warned("unreliable_separation", "A component of the mixture has vanished."))
    assert not panel.warning_label.isVisible()
    assert "has vanished" in panel.found.details.log_edit.toPlainText()


def test_a_new_run_forgets_the_one_before(panel):
    panel.show_started()
    for event in EVENTS:
        panel.take_event(event)
    panel.show_finished("cancelled", "As asked.")
    panel.show_started()
    assert panel.stage_label.text() == "Starting…"
    assert panel.found.counts.numbers[Bucket.CLEAN].text() == "–"
    assert not panel.again_button.isVisible()


def test_progress_never_goes_back_and_ends_at_one():
    progress = RunProgress()
    seen = []
    for event in (*EVENTS, Preparing("decoding", 1, 2000), RunFinished("done", "", 1, COUNTS)):
        progress.apply(event)
        seen.append(progress.fraction)
    assert seen == sorted(seen)
    assert 0 < seen[2] < 0.3
    assert seen[-1] == 1.0
    assert progress.losses["loss_a"] == [(1, 1.0), (2, 0.5)]
    assert progress.bucket_counts["clean"] == [(2, 1900)]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (None, ""),
        (12, "less than a minute left"),
        (95, "2 min left"),
        (3599, "1 h 0 min left"),
        (7260, "2 h 1 min left"),
    ],
)
def test_time_left_in_words(seconds, text):
    assert format_duration(seconds) == text


def test_a_line_that_dropped_is_told_in_plain_words_until_it_is_back(qtbot, panel):
    status = RunStatus(panel._actions)
    qtbot.addWidget(status)
    parts = (panel, status)
    for part in parts:
        part.show_started()
    lost = Warned("line_dropped", "The line to lab dropped.")
    news = (EVENTS[0], BatchDone(1, 5, 10, 400.0, 100.0, 1024.0), lost)

    def take(*events) -> None:
        for part in parts:
            for event in events:
                part.take_event(event)

    take(*news)
    assert status.button.text() == "No line to the other computer: trying again"
    for text in (status.button.toolTip(), panel.reason_label.text()):
        assert "the training goes on there, and QMix tries again" in text
    assert panel.warning_label.text() == ""
    assert "The line to lab dropped." in panel.found.details.log_edit.toPlainText()
    take(Warned("line_back", "The line to lab is back."))
    assert "is back" in status.button.text()
    take(BatchDone(1, 6, 10, 400.0, 100.0, 1024.0))
    assert "min left" in status.button.text()
    assert panel.reason_label.text() == ""
