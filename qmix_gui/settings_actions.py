"""The settings dialog's door, and what its changes do at once."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from qmix_gui.key_map import KeyMap
from qmix_gui.settings import REVIEWER, SCHEME, Settings
from qmix_gui.theme import Scheme, Theme
from qmix_gui.views.settings_dialog import SettingsDialog


class SettingsActions(QObject):
    """Connects file.settings. `reviewer_named` carries a name that was changed there."""

    reviewer_named = Signal(str)

    def __init__(
        self,
        actions: dict[str, QAction],
        settings: Settings,
        theme: Theme,
        key_map: KeyMap,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._theme = theme
        self._key_map = key_map
        actions["file.settings"].triggered.connect(self._open)

    @Slot()
    def _open(self) -> None:
        dialog = SettingsDialog(self._settings, self._key_map, self._window)
        dialog.changed.connect(self._obey)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _obey(self, key: str) -> None:
        if key == SCHEME.key:
            self._theme.set_scheme(Scheme(self._settings.get(SCHEME)))
        elif key == REVIEWER.key:
            self.reviewer_named.emit(self._settings.get(REVIEWER))
