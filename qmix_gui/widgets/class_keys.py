"""The keys of the classes: a digit each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from qmix_gui.settings.actions import class_digits


class ClassKeys(QObject):
    """`picked(label)` follows a key of the page."""

    picked = Signal(str)

    def __init__(self, page: QWidget, actions: Sequence[QAction]) -> None:
        super().__init__(page)
        self._actions = actions
        self._labels: dict[int, str] = {}
        for action in self._actions:
            action.setAutoRepeat(False)
            action.triggered.connect(self._pick)
        page.addActions(self._actions)

    def set_classes(self, classes: Sequence[str]) -> None:
        """Give the keys to these classes."""
        self._labels = {digit: label for label, digit in class_digits(classes).items()}

    def _pick(self) -> None:
        # fewer classes than keys: the rest are nobody's
        for digit, label in self._labels.items():
            if self._actions[digit] is self.sender():
                self.picked.emit(label)
