"""Menus and tool bar, generated from the table of actions."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu, QToolBar

from qmix_gui.settings.actions import SPECS, key_text
from qmix_gui.theme import theme

_ = QT_TRANSLATE_NOOP
_TITLES = {
    "file": _("menus", "&File"),
    "run": _("menus", "&Training"),
    "review": _("menus", "&Review"),
    "view": _("menus", "&View"),
    "help": _("menus", "&Help"),
}
#: Actions of the first pages only, since the tool bar belongs to the workspace; and decisions,
#: whose buttons are beside the images with their keys.
_NOT_IN_TOOL_BAR = frozenset(
    {"file.open", "file.open_table", "file.open_project", "file.demo", "file.close",
     "file.reviewer", "review.accept", "review.confirm", "review.exclude", "review.retake",
     "review.keep_poor", "review.image_fine", "review.ambiguous", "review.note"}
)  # fmt: skip
_BEGIN_GROUP = frozenset(
    {"file.export", "file.reviewer", "file.close", "review.undo", "view.dark", "help.about"}
)


def dress_actions(actions: dict[str, QAction]) -> None:
    """Give the actions their icons, and tool tips that name their keys."""
    for spec in SPECS:
        action = actions[spec.id]
        if spec.icon:
            action.setIcon(theme.icon(spec.icon))
        keys = key_text(action)
        name = action.text().rstrip("…")
        action.setToolTip(f"{name}  ({keys})" if keys else name)


def build_menus(window: QMainWindow, actions: dict[str, QAction], *, recent: QMenu) -> None:
    """Fill the menu bar, with the menu of recent projects in its place."""
    menus = {
        name: window.menuBar().addMenu(QCoreApplication.translate("menus", str(title)))
        for name, title in _TITLES.items()
    }
    for spec in SPECS:
        menu = menus[spec.id.partition(".")[0]]
        if spec.id in _BEGIN_GROUP:
            menu.addSeparator()
        menu.addAction(actions[spec.id])
        if spec.id == "file.open_project":
            menu.addMenu(recent)


def build_tool_bar(window: QMainWindow, actions: dict[str, QAction]) -> QToolBar:
    """The workspace's tool bar: every action with an icon, grouped as in the menus."""
    bar = QToolBar(QCoreApplication.translate("menus", "Tools"), window)
    bar.setObjectName("tools")
    bar.setMovable(False)
    bar.setIconSize(QSize(20, 20))
    bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    bar.toggleViewAction().setEnabled(False)
    group = ""
    for spec in SPECS:
        if not spec.icon or spec.id in _NOT_IN_TOOL_BAR:
            continue
        name = spec.id.partition(".")[0]
        if group and (name != group or spec.id == "review.undo"):
            bar.addSeparator()
        group = name
        bar.addAction(actions[spec.id])
        button = bar.widgetForAction(actions[spec.id])
        button.setAccessibleName(actions[spec.id].text())
    window.addToolBar(bar)
    return bar
