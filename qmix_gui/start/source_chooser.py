"""The file dialogs that choose what to open."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from qmix_gui.settings.action_groups import OpenActions
from qmix_gui.settings.settings import LAST_FOLDER, Settings
from qmix_gui.start.sources import find_source


class SourceChooser(QObject):
    """Connects file.open, file.open_table, file.open_project and file.open_package.

    `chosen` carries a Source, `project_chosen` the Path of what was chosen as a project.
    """

    chosen = Signal(object)
    project_chosen = Signal(object)

    def __init__(self, actions: OpenActions, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        actions.open.triggered.connect(self._choose_folder)
        actions.open_table.triggered.connect(self._choose_table)
        actions.open_project.triggered.connect(self._choose_project)
        actions.open_package.triggered.connect(self._choose_package)

    @Slot()
    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self._window, self.tr("Choose the dataset folder"), self._settings.get(LAST_FOLDER)
        )
        if folder:
            self.chosen.emit(find_source(Path(folder)))

    @Slot()
    def _choose_table(self) -> None:
        path, _filter = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Choose the table of labels"),
            self._settings.get(LAST_FOLDER),
            self.tr("Tables (*.csv *.tsv *.txt *.xlsx);;All files (*)"),
        )
        if path:
            self.chosen.emit(find_source(Path(path)))

    @Slot()
    def _choose_project(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self._window,
            self.tr("Choose the project folder (.qmix)"),
            self._settings.get(LAST_FOLDER),
        )
        if folder:
            # a folder without a database is no dataset here, but an error to tell
            self.project_chosen.emit(Path(folder))

    @Slot()
    def _choose_package(self) -> None:
        path, _filter = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Choose the reading package"),
            self._settings.get(LAST_FOLDER),
            self.tr("Reading packages (*.qmixread)"),
        )
        if path:
            self.chosen.emit(find_source(Path(path)))
