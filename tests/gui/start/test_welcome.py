from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent
from PySide6.QtWidgets import QApplication, QWidget

from qmix_gui.settings.action_groups import OpenActions
from qmix_gui.settings.actions import build_actions
from qmix_gui.start.sources import find_source
from qmix_gui.start.welcome_page import RecentProject, WelcomePage


@pytest.fixture
def page(qtbot, theme) -> Iterator[WelcomePage]:
    owner = QWidget()
    qtbot.addWidget(owner)
    page = WelcomePage(OpenActions.of(build_actions(owner)), owner)
    page.resize(900, 800)
    owner.show()
    yield page
    owner.close()


def test_dropping_a_folder_gives_a_dataset(qtbot, page, drag_and_drop, dataset_folder):
    with qtbot.waitSignal(page.dropped) as dropped:
        assert drag_and_drop(page.drop_zone, dataset_folder)
    source = dropped.args[0]
    assert (source.path, source.is_project, source.problem) == (dataset_folder, False, "")


def test_dropping_a_project_gives_a_project(qtbot, page, drag_and_drop, project_folder):
    with qtbot.waitSignal(page.dropped) as dropped:
        assert drag_and_drop(page.drop_zone, project_folder)
    assert dropped.args[0].is_project


def test_dropping_an_image_says_what_to_drop_instead(qtbot, page, drag_and_drop, dataset_folder):
    image = next(dataset_folder.rglob("*.png"))
    with qtbot.waitSignal(page.dropped) as dropped:
        drag_and_drop(page.drop_zone, image)
    assert "single image" in dropped.args[0].problem


def test_dropping_two_things_at_once_is_explained(qtbot, page, drag_and_drop, tmp_path):
    with qtbot.waitSignal(page.dropped) as dropped:
        drag_and_drop(page.drop_zone, tmp_path, tmp_path)
    assert "one folder" in dropped.args[0].problem


def test_the_zone_shows_what_would_happen_while_dragging_and_forgets_it_after(
    qtbot, page, dataset_folder
):
    zone = page.drop_zone
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(dataset_folder))])
    enter = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(zone, enter)
    assert zone.property("over") == "true"
    QApplication.sendEvent(zone, QDragLeaveEvent())
    assert zone.property("over") == ""


def test_text_dragged_from_another_program_is_refused(qtbot, page):
    zone = page.drop_zone
    data = QMimeData()
    data.setText("hello")
    enter = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(zone, enter)
    assert not enter.isAccepted()


def test_a_missing_recent_project_cannot_be_opened_but_removed(qtbot, page, tmp_path):
    here, gone = tmp_path / "here.qmix", tmp_path / "gone.qmix"
    page.set_recent([RecentProject(here), RecentProject(gone, "The folder is not there")])
    first, second = page.recent_rows
    with qtbot.waitSignal(page.recent_opened) as opened:
        qtbot.mouseClick(first.button, Qt.MouseButton.LeftButton)
    assert opened.args[0] == here
    assert not second.button.isEnabled()
    with qtbot.waitSignal(page.recent_removed) as removed:
        qtbot.mouseClick(second.remove_button, Qt.MouseButton.LeftButton)
    assert removed.args[0] == gone


def test_busy_and_error_states(qtbot, page):
    page.show_busy("Painting", 3, 10)
    assert page.progress_bar.value() == 3
    assert not page.buttons["file.open"].isEnabled()
    with qtbot.waitSignal(page.cancel_requested):
        qtbot.mouseClick(page.cancel_button, Qt.MouseButton.LeftButton)
    page.show_error("It went wrong: try another.")
    assert page.error_label.isVisible()
    assert page.buttons["file.open"].isEnabled()


def test_a_project_without_its_database_is_named_as_such(tmp_path: Path):
    folder = tmp_path / "old.qmix"
    folder.mkdir()
    assert "not a QMix project" in find_source(folder).problem
