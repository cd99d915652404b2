"""Every page and dialog: what can be focused has a name, and Tab reaches what can be used."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QTextBrowser,
    QWidget,
)

from qmix_core.runners.this_computer import Finding, State
from qmix_gui.app.crash_dialog import ReportDialog
from qmix_gui.review.files.files_dialog import FilesDialog
from qmix_gui.review.model.dataset_files import FileMark
from qmix_gui.settings_dialog.dialog import SettingsDialog

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
)
Walk = Callable[[], QWidget]


@pytest.fixture
def walks(  # noqa: C901 - one short way for each place
    qtbot, window, dataset_folder, project_folder, add_run, tmp_path
) -> dict[str, Walk]:
    """By its name, how a person gets to a page or dialog."""
    for _ in range(2):
        add_run(project_folder)
    with qtbot.waitActive(window):
        window.activateWindow()

    def dialog(name: str, tab: int = 0) -> QWidget:
        if window.workspace is None:
            window.open_project(project_folder)
        window.actions_by_id[name].trigger()
        found = [each for each in window.findChildren(QDialog) if each.isVisible()]
        assert found
        if isinstance(found[-1], SettingsDialog):
            found[-1].tabs.setCurrentIndex(tab)
        return found[-1]

    def welcome() -> QWidget:
        window.show_welcome()
        return window

    def preflight() -> QWidget:
        window.check_dataset(dataset_folder)
        qtbot.waitUntil(window.preflight_page.card.start_button.isVisible, timeout=20_000)
        window.preflight_page.card.change_button.setChecked(True)
        window.preflight_page.options_form.advanced_button.setChecked(True)
        return window

    def gallery() -> QWidget:
        window.open_project(project_folder)
        page = window.workspace.page
        window.message_bar.show_message("A message", action="Do", key="help.about")
        page.note_bar.ask_note(0, "0.png", "")
        page.stage.take_focus()
        return window

    def viewer() -> QWidget:
        window.open_project(project_folder)
        window.workspace.page.stage.open_viewer()
        return window

    def training() -> QWidget:
        window.open_project(project_folder)
        window.run_status.show_started()
        window.workspace.panel.show_finished("failed", "No memory.")
        window.workspace.panel.show_details()
        return window

    def files() -> QWidget:
        window.open_project(project_folder)
        (dataset_folder / "0_none" / "0.png").unlink()
        page = window.workspace.page
        page.files.look()
        qtbot.waitUntil(lambda: page.session.files.mark(0) is FileMark.MISSING, timeout=20_000)
        page.files.show_files()
        return window.findChild(FilesDialog)

    def computer() -> QWidget:
        shown = dialog("help.computer")
        shown._job.drop()
        shown._take([Finding("Memory", State.OK, "Enough")])
        return shown

    def report() -> QWidget:
        made = ReportDialog(
            title="QMix", heading="Ended", text="It did.", report="Trace", log_file=tmp_path,
            accept_text="Go on", reject_text="Close", open_report=True, parent=window,
        )  # fmt: skip
        made.open()
        return made

    return {
        "welcome": welcome,
        "preflight": preflight,
        "gallery": gallery,
        "viewer": viewer,
        "training": training,
        "files": files,
        "report": report,
        "export": lambda: dialog("file.export"),
        "retrain": lambda: dialog("run.retrain"),
        "guide": lambda: dialog("help.guide"),
        "computer": computer,
        "classes": lambda: dialog("review.classes"),
        "comparison": lambda: dialog("run.compare"),
        "reviewer": lambda: dialog("file.reviewer"),
        "settings": lambda: dialog("file.settings"),
        "keys": lambda: dialog("file.settings", tab=1),
    }


PLACES = (
    "welcome", "preflight", "gallery", "viewer", "training", "files", "report", "export", "classes",
    "comparison", "reviewer", "settings", "keys", "retrain", "guide", "computer",
)  # fmt: skip


def _controls(place: QWidget) -> Iterator[QWidget]:
    """What a person can use there now; not the inner parts of Qt's own controls."""
    for widget in place.findChildren(QWidget):
        is_inner = isinstance(widget, QScrollBar | QHeaderView) or widget.objectName().startswith(
            "qt_"
        )
        is_inner = is_inner or isinstance(widget.parent(), QComboBox | QLineEdit)
        is_inner = is_inner or widget.parent().metaObject().className() in {
            "QSpinBox", "QKeySequenceEdit", "QMenuBar", "QToolBar",
        }  # fmt: skip
        if widget.isVisibleTo(place) and widget.window() is place and not is_inner:
            can_be_used = widget.focusPolicy() != Qt.FocusPolicy.NoFocus
            if can_be_used or isinstance(widget, CONTROLS):
                yield widget


def _name(widget: QWidget) -> str:
    spoken = QAccessible.queryAccessibleInterface(widget)
    return spoken.text(QAccessible.Text.Name).strip() if spoken is not None else ""


def _describe(widget: QWidget) -> str:
    parent = widget.parent()
    return f"{type(widget).__name__} {widget.objectName()!r} in {type(parent).__name__}"


@pytest.mark.parametrize("place", PLACES)
def test_every_control_has_a_name_and_an_icon_alone_a_tool_tip(walks, place):
    shown = walks[place]()
    controls = list(_controls(shown))
    assert controls
    nameless = [_describe(each) for each in controls if not _name(each)]
    assert nameless == []
    without_tip = [
        _describe(each)
        for each in controls
        if isinstance(each, QAbstractButton) and not each.text() and not each.toolTip()
        and not each.findChildren(QLabel)
    ]  # fmt: skip
    assert without_tip == []


@pytest.mark.parametrize("place", PLACES)
def test_tab_reaches_every_enabled_control(qtbot, walks, place):
    shown = walks[place]()
    shown.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is shown)
    wanted = {
        each
        for each in _controls(shown)
        if each.isEnabled()
        # a text that can be selected takes the focus by a click only
        and (isinstance(each, CONTROLS) or each.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and not _is_of_group(each)
    }
    # a page of the guide has the focus for as long as it has links
    first = next(each for each in wanted if not isinstance(each, QTextBrowser))
    first.setFocus()
    reached: set[QWidget] = set()
    # each link of a page of the guide is a stop too
    for _ in range(4 * len(shown.findChildren(QWidget)) + 500):
        focus = QApplication.focusWidget()
        if focus is None or (focus in reached and focus is first):
            break
        reached.add(focus)
        focus.focusNextChild()
    assert [_describe(each) for each in wanted if not _is_reached(each, reached)] == []


def test_the_images_have_the_tab_key_but_are_left_backwards(qtbot, walks):
    window = walks["gallery"]()
    gallery = window.workspace.page.stage.gallery
    qtbot.waitUntil(lambda: QApplication.focusWidget() is gallery)
    qtbot.keyClick(gallery, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    left = QApplication.focusWidget()
    assert left is not gallery
    qtbot.keyClick(left, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is gallery


def _is_reached(widget: QWidget, reached: set[QWidget]) -> bool:
    return widget in reached or widget.focusProxy() in reached


def _is_of_group(widget: QWidget) -> bool:
    """Radio buttons: Tab goes to the chosen one, arrows to the others."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group is not None and group.exclusive() and widget is not group.checkedButton()
