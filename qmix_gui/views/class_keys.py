"""The number keys: one for each of the first classes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from qmix_gui.views.decision_bar import CLASS_KEYS


class ClassKeys(QObject):
    """`picked(label)` follows a key of the page."""

    picked = Signal(str)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._keys: list[QShortcut] = []

    def set_classes(self, classes: Sequence[str]) -> None:
        """Give the keys to these classes, in their order."""
        for key in self._keys:
            key.setEnabled(False)  # two for one sequence would both be silent
            key.deleteLater()
        self._keys = []
        for number, label in enumerate(classes[:CLASS_KEYS], start=1):
            key = QShortcut(QKeySequence(str(number)), self._page)
            key.setObjectName(label)
            key.setAutoRepeat(False)
            key.activated.connect(self._pick)
            self._keys.append(key)

    def _pick(self) -> None:
        self.picked.emit(self.sender().objectName())
