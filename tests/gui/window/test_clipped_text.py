"""No label and no button of any screen is cut, at three sizes and in two languages.

To add a screen: a function that leads to it from a `Visit` and gives the widget to look at, and its
name in SCREENS.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from clipped_text import clipped_texts
from PySide6.QtCore import QEventLoop, QTimer, QTranslator
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from qmix_core.base.events import (
    BatchDone,
    EpochStarted,
    NoiseEstimated,
    Preparing,
    RunStarted,
    SeparationDone,
    Warned,
)
from qmix_core.runners.this_computer import Finding, State
from qmix_core.runs.run_options import RunOptions
from qmix_gui.app.main_window import MainWindow
from qmix_gui.theme import translation
from qmix_gui.widgets.elided_label import ElidedLabel

SIZES = [(1280, 720), (1440, 900), (1920, 1080)]
COUNTS = {"clean": 1900, "mislabeled_high_quality": 60, "mislabeled_low_quality": 40}


@dataclass
class Visit:
    """A window and what it can open."""

    qtbot: QtBot
    window: MainWindow
    dataset: Path
    project: Path

    def dialog(self, action: str) -> QDialog:
        """The dialog that an action opens in the project."""
        self.window.open_project(self.project)
        self.window.actions_by_id[action].trigger()
        return next(each for each in self.window.findChildren(QDialog) if each.isVisible())

    def preflight(self) -> QWidget:
        self.window.check_dataset(self.dataset)
        self.qtbot.waitUntil(self.window.preflight_page.card.start_button.isVisible, timeout=20_000)
        return self.window


def _welcome(visit: Visit) -> QWidget:
    visit.window.show_welcome()
    return visit.window


def _refused(visit: Visit) -> QWidget:
    visit.window.show_welcome()
    visit.window.welcome_page.show_error("photographs-of-2019.zip is an archive: unpack it.")
    return visit.window


def _preflight(visit: Visit) -> QWidget:
    return visit.preflight()


def _changed(visit: Visit) -> QWidget:
    visit.preflight()
    page = visit.window.preflight_page
    page.card.change_button.setChecked(True)
    page.options_form.advanced_button.setChecked(True)
    return visit.window


def _wrong_options(visit: Visit) -> QWidget:
    visit.preflight()
    options = RunOptions(encoder="vit_small_patch16_224", weights="/home/anna/weights/gone.pth")
    visit.window.preflight_page.options_form.set_options(options)
    return visit.window


def _no_labels(visit: Visit) -> QWidget:
    visit.window.check_dataset(visit.dataset / "0_none")
    page = visit.window.preflight_page
    visit.qtbot.waitUntil(lambda: page._states.currentIndex() != 0, timeout=20_000)
    return visit.window


def _panel(visit: Visit) -> MainWindow:
    visit.window.open_project(visit.project)
    space = visit.window.workspace
    space.page.show_training(True)
    space.panel.show_started()
    visit.window.run_status.show_started()
    return visit.window


def _tell(window: MainWindow, *events: object) -> None:
    for event in events:
        window.workspace.panel.take_event(event)
        window.run_status.take_event(event)


def _room(visit: Visit) -> MainWindow:
    visit.window.open_project(visit.project)
    visit.window.actions_by_id["review.start"].trigger()
    page = visit.window.workspace.page
    visit.qtbot.waitUntil(lambda: page.shown_sample() is not None, timeout=20_000)
    return visit.window


def _reviewed(visit: Visit) -> QWidget:
    window = _room(visit)
    page = window.workspace.page
    for action in ("accept", "exclude"):
        visit.qtbot.waitUntil(lambda: page.shown_sample() is not None, timeout=20_000)
        window.actions_by_id[f"review.{action}"].trigger()
    return window


def _examples(visit: Visit) -> QWidget:
    window = _room(visit)
    window.actions_by_id["view.examples"].setChecked(True)
    return window


def _gallery(visit: Visit) -> QWidget:
    visit.window.open_project(visit.project)
    return visit.window


def _summary(visit: Visit) -> QWidget:
    visit.window.open_project(visit.project)
    visit.window.workspace.page.stage.show_summary()
    return visit.window


def _keys(visit: Visit) -> QWidget:
    visit.window.open_project(visit.project)
    visit.window.actions_by_id["help.keys"].trigger()
    return visit.window.workspace.page.key_help


def _export_question(visit: Visit) -> QWidget:
    dialog = visit.dialog("file.export")
    Path(dialog.path_edit.text()).write_text("by hand", encoding="utf-8")
    dialog.export_button.click()
    return dialog


def _training_prepares(visit: Visit) -> QWidget:
    window = _panel(visit)
    _tell(window, RunStarted(1, "quick", "cpu", 2000, 4, "x"), Preparing("embedding", 500, 2000))
    return window.workspace.panel


def _training(visit: Visit) -> QWidget:
    window = _panel(visit)
    _tell(
        window,
        RunStarted(1, "quick", "cpu", 2000, 4, "x"),
        EpochStarted(2, 4, "training"),
        SeparationDone(2, COUNTS, "x"),
        NoiseEstimated(0.12, 0.09, 0.15, 0.05),
        BatchDone(2, 5, 10, 500.0, 125.0, 2048.0),
        Warned("small", "The class moderate retinopathy has 7 images only: expect little of it."),
    )
    return window.workspace.panel


def _training_for_experts(visit: Visit) -> QWidget:
    panel = _training(visit)
    visit.window.workspace.panel.expert_button.setChecked(True)
    return panel


def _training_failed(visit: Visit) -> QWidget:
    window = _panel(visit)
    window.training.options = RunOptions(encoder="vit_small_patch16_224", weights="download")
    window.workspace._tell_failure("", "download")
    return window.workspace.panel


def _message(visit: Visit) -> QWidget:
    _training_failed(visit)
    return visit.window.message_bar


def _status_bar(visit: Visit) -> QWidget:
    _training(visit)
    return visit.window.statusBar()


def _retrain(visit: Visit) -> QWidget:
    return visit.dialog("run.retrain")


def _retrain_changed(visit: Visit) -> QWidget:
    dialog = visit.dialog("run.retrain")
    dialog.change_button.setChecked(True)
    return dialog


def _this_computer(visit: Visit) -> QWidget:
    dialog = visit.dialog("help.computer")
    dialog._job.drop()
    remedy = "Install the right libraries of this system again, all of them. " * 3
    folder = {"folder": f"/home/anna/{'studies-of-the-retina/' * 8}"}
    dialog._take([Finding("Data folder", state, "{folder}", remedy, folder) for state in State])
    return dialog


SCREENS: dict[str, Callable[[Visit], QWidget]] = {
    "welcome": _welcome,
    "refused": _refused,
    "preflight": _preflight,
    "preflight, changed": _changed,
    "preflight, wrong options": _wrong_options,
    "no labels": _no_labels,
    "gallery": _gallery,
    "reading room": _room,
    "reading room, decided": _reviewed,
    "reading room, examples": _examples,
    "summary": _summary,
    "keys": _keys,
    "export over a file": _export_question,
    "training prepares": _training_prepares,
    "training": _training,
    "training for experts": _training_for_experts,
    "training failed": _training_failed,
    "message": _message,
    "status bar": _status_bar,
    "retrain": _retrain,
    "retrain, changed": _retrain_changed,
    "export": lambda visit: visit.dialog("file.export"),
    "settings": lambda visit: visit.dialog("file.settings"),
    "reviewer": lambda visit: visit.dialog("file.reviewer"),
    "guide": lambda visit: visit.dialog("help.guide"),
    "this computer": _this_computer,
}


@pytest.fixture(params=["en", "de"])
def language(qapp, request) -> Iterator[str]:
    yield translation.install(qapp, request.param)
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.setParent(None)


def _settle() -> None:
    loop, timer = QEventLoop(), QTimer()
    timer.setSingleShot(True)
    timer.timeout.connect(loop.quit)
    timer.start(60)
    loop.exec()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_no_text_is_clipped(
    qtbot, language, make_window, settings, theme, size, dataset_folder, project_folder, add_run
):
    add_run(project_folder)
    settings.add_recent(project_folder)
    settings.set_progress(project_folder, (214, 360))
    window = make_window(settings, theme)
    window.resize(*size)
    visit = Visit(qtbot, window, dataset_folder, project_folder)
    clipped = {}
    for name, go in SCREENS.items():
        place = go(visit)
        _settle()
        clipped[name] = clipped_texts(place)
        if isinstance(place, QDialog):
            place.close()
        window.close_project()
    assert (window.width(), window.height()) == size
    assert {name: texts for name, texts in clipped.items() if texts} == {}


@pytest.fixture
def page(qtbot, theme) -> QWidget:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(300, 100)
    QVBoxLayout(page)
    return page


def _shown(page: QWidget, widget: QWidget, *, width: int, height: int = 30) -> list[str]:
    widget.setParent(page)
    widget.setGeometry(0, 0, width, height)
    page.show()
    return clipped_texts(page)


@pytest.mark.parametrize("kind", [QLabel, QPushButton])
def test_a_text_without_room_is_found(page, kind):
    part = kind("Estimating how many labels are wrong")
    assert _shown(page, part, width=60)
    part.setText("Wrong")
    assert not _shown(page, part, width=120, height=40)


def test_lines_that_wrap_need_their_height(page):
    label = QLabel("Estimating how many of the labels of this dataset are wrong")
    label.setWordWrap(True)
    assert _shown(page, label, width=100, height=20)
    assert not _shown(page, label, width=100, height=98)


def test_what_is_shortened_must_be_in_the_tool_tip(page):
    label = ElidedLabel("/home/anna/studies/retina/2019/photographs")
    assert not _shown(page, label, width=80)
    label.setToolTip("")
    assert clipped_texts(page)


def test_what_lies_outside_is_found(page):
    inner = QWidget(page)
    inner.setGeometry(0, 0, 200, 20)
    label = QLabel("Wrong", inner)
    label.setGeometry(0, 10, 100, 30)
    page.show()
    assert clipped_texts(page)
