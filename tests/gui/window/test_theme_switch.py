"""A window whose theme is switched while it is open looks like one that was started in it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QPoint, QTimer
from PySide6.QtGui import QCursor, QImage
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from qmix_core.base.types import Action
from qmix_gui.app.main_window import MainWindow
from qmix_gui.theme.theme import Scheme


def _settle(milliseconds: int) -> None:
    loop, timer = QEventLoop(), QTimer(singleShot=True)
    timer.timeout.connect(loop.quit)
    timer.start(milliseconds)
    loop.exec()


def _looks(window: QWidget) -> dict[str, QImage]:
    """What each visible widget paints, by its place in the tree."""
    shot = window.grab().toImage()
    looks = {}
    seen = [one for one in window.findChildren(QWidget) if not one.visibleRegion().isEmpty()]
    for number, widget in enumerate((window, *seen)):
        place = widget.rect().translated(widget.mapTo(window, QPoint()))
        text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
        looks[f"{number} {type(widget).__name__} {text}"] = shot.copy(place)
    return looks


def _welcome(window: MainWindow, _project: Path) -> None:
    window.show_problem("A sentence that says what is wrong.")


def _preflight(window: MainWindow, project: Path) -> None:
    window.check_dataset(project.parent / "eyes")
    window.message_bar.show_message("A banner of the window.", is_error=True)


def _gallery(window: MainWindow, project: Path) -> None:
    # thumbnails that are made now and those that were kept differ by a little
    shutil.rmtree(project / "cache", ignore_errors=True)
    window.open_project(project)
    page = window.workspace.page
    page.session.decisions.decide([1], Action.EXCLUDE)
    page.session.decisions.decide([2], Action.CONFIRM)
    page.queue.go_to(0)
    page.show_message("A banner of the page.")
    page.care_bar.show_message("A banner that warns.", is_error=True)
    page.files.bar.show_message("Two files have changed.", (("list", "List them"),), is_error=True)
    window.message_bar.show_message("A banner of the window.", action="Do it", key="none")


def _viewer(window: MainWindow, project: Path) -> None:
    _gallery(window, project)
    window.workspace.page.stage.open_viewer()


@pytest.mark.parametrize("page", [_welcome, _preflight, _gallery, _viewer])
@pytest.mark.parametrize("scheme", [Scheme.DARK, Scheme.LIGHT])
def test_a_switched_window_looks_like_one_that_was_started_so(
    page, scheme, make_window, settings, theme, project_folder, add_run
):
    add_run(project_folder)
    # where an earlier test left it, a button would be lit in one of the windows
    QCursor.setPos(QPoint(2, 2))
    other = Scheme.LIGHT if scheme is Scheme.DARK else Scheme.DARK
    looks = []
    for first in (other, scheme):
        theme.set_scheme(first)
        window = make_window(settings, theme)
        page(window, project_folder)
        _settle(700)
        theme.set_scheme(scheme)
        _settle(150)
        looks.append(_looks(window))
        window.shut_down()
        window.close()
    switched, started = looks
    assert len(switched) > 20
    assert switched.keys() == started.keys()
    different = [name for name, image in switched.items() if image != started[name]]
    assert not different, "\n".join(different)
