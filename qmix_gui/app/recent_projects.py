"""The projects opened before: for the first page and for the menu."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from qmix_core.project.storage.opening import holds_project
from qmix_gui.settings.settings import RECENT, Settings
from qmix_gui.start.welcome_page import RecentProject
from qmix_gui.widgets.plain_text import without_mnemonic


class RecentProjects(QObject):
    """`chosen` carries the Path of a project picked in the menu."""

    chosen = Signal(object)
    changed = Signal()

    def __init__(self, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._settings = settings
        self.menu = QMenu(self.tr("Recent projects"), window)
        self.menu.aboutToShow.connect(self._fill)

    def listed(self) -> list[RecentProject]:
        """Newest first, each with the reason why it cannot be opened now, if there is one."""
        return [_look_at(Path(path), self._settings) for path in self._settings.get(RECENT)]

    @Slot(object)
    def forget(self, folder: Path) -> None:
        """Take a project off the list; its folder stays as it is."""
        self._settings.remove_recent(folder)
        self.changed.emit()

    @Slot()
    def _fill(self) -> None:
        self.menu.clear()
        for recent in self.listed():
            action = self.menu.addAction(without_mnemonic(str(recent.folder)))
            action.setData(str(recent.folder))
            action.setEnabled(not recent.problem)
            action.triggered.connect(self._choose)
        if self.menu.isEmpty():
            self.menu.addAction(self.tr("None yet")).setEnabled(False)

    @Slot()
    def _choose(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.chosen.emit(Path(action.data()))


def _look_at(folder: Path, settings: Settings) -> RecentProject:
    translate = QCoreApplication.translate
    if not folder.is_dir():
        text = translate("RecentProjects", "The project folder is not there any more")
        return RecentProject(folder, text)
    if not holds_project(folder):
        return RecentProject(folder, translate("RecentProjects", "The project's database is gone"))
    return RecentProject(folder, progress=settings.progress(folder))
