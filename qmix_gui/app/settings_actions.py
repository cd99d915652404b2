"""The settings dialog's door, and what its changes do at once."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from qmix_gui.app.menus import dress_actions
from qmix_gui.settings.key_map import KeyMap
from qmix_gui.settings.settings import REVIEWER, SCHEME, Settings
from qmix_gui.theme.theme import Scheme, Theme


class SettingsActions(QObject):
    """Gives all actions their keys, icons and tool tips, and connects file.settings.

    `reviewer_named` carries a name that was changed in the dialog; `engine_wanted` asks for the
    dialog that makes an engine environment.
    """

    reviewer_named = Signal(str)
    engine_wanted = Signal()

    def __init__(
        self,
        actions: dict[str, QAction],
        settings: Settings,
        theme: Theme,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._theme = theme
        self._actions = actions
        self._key_map = KeyMap(actions, settings, self)
        self._key_map.changed.connect(self._dress)
        self._dress()
        actions["file.settings"].triggered.connect(self._open)

    @Slot()
    def _dress(self) -> None:
        dress_actions(self._actions)

    @Slot()
    def _open(self) -> None:
        # not before it is needed: it would keep the window from opening
        from qmix_gui.settings_dialog.dialog import SettingsDialog

        dialog = SettingsDialog(self._settings, self._key_map, self._window)
        dialog.changed.connect(self._obey)
        dialog.engine_wanted.connect(self.engine_wanted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _obey(self, key: str) -> None:
        if key == SCHEME.key:
            self._theme.set_scheme(Scheme(self._settings.get(SCHEME)))
        elif key == REVIEWER.key:
            self.reviewer_named.emit(self._settings.get(REVIEWER))
