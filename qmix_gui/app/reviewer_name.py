"""Who reviews: asks for the name and remembers it."""

from __future__ import annotations

import getpass

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from qmix_gui.settings.settings import REVIEWER, Settings
from qmix_gui.widgets.reviewer_prompt import ReviewerPrompt


class ReviewerName(QObject):
    """`named(name)` follows each name that is chosen."""

    named = Signal(str)

    def __init__(self, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._settings, self._window = settings, window

    @property
    def name(self) -> str:
        """The name chosen last; empty where nobody was asked yet."""
        return self._settings.get(REVIEWER)

    @Slot()
    def ask(self) -> None:
        """Ask for the name, window-modal."""
        prompt = ReviewerPrompt(self.name or login_name(), parent=self._window)
        prompt.named.connect(self.set_name)
        prompt.finished.connect(prompt.deleteLater)
        prompt.open()

    @Slot(str)
    def set_name(self, name: str) -> None:
        """Remember this name."""
        self._settings.set(REVIEWER, name)
        self.named.emit(name)


def login_name() -> str:
    """The name of the account, empty where it has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
