"""The keys of the classes: one for each of the first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget


class ClassKeys(QObject):
    """`picked(label)` follows a key of the page."""

    picked = Signal(str)

    def __init__(self, page: QWidget, actions: Sequence[QAction]) -> None:
        super().__init__(page)
        self._actions = actions
        self._classes: tuple[str, ...] = ()
        for action in self._actions:
            action.setAutoRepeat(False)
            action.triggered.connect(self._pick)
        page.addActions(self._actions)

    def set_classes(self, classes: Sequence[str]) -> None:
        """Give the keys to these classes, in their order."""
        self._classes = tuple(classes)

    def _pick(self) -> None:
        # fewer classes than keys: the rest are nobody's
        for action, label in zip(self._actions, self._classes, strict=False):
            if action is self.sender():
                self.picked.emit(label)
