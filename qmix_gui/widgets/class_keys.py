"""The keys of the classes: a digit each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from qmix_gui.settings.actions import class_digits


class ClassKeys(QObject):
    """`picked(label)` follows a key of the page.

    `lent`: who is asked first whether a digit is meant for them; no class is picked then.
    """

    picked = Signal(str)

    def __init__(self, page: QWidget, actions: Sequence[QAction]) -> None:
        super().__init__(page)
        self._actions = actions
        self._labels: dict[int, str] = {}
        self.lent: Callable[[int], bool] = lambda _digit: False
        for action in self._actions:
            action.setAutoRepeat(False)
            action.triggered.connect(self._pick)
        page.addActions(self._actions)

    def set_classes(self, classes: Sequence[str]) -> None:
        """Give the keys to these classes."""
        self._labels = {digit: label for label, digit in class_digits(classes).items()}

    def _pick(self) -> None:
        # fewer classes than keys: the rest are nobody's
        for digit, action in enumerate(self._actions):
            if action is self.sender() and not self._is_lent(digit) and digit in self._labels:
                self.picked.emit(self._labels[digit])

    def _is_lent(self, digit: int) -> bool:
        # another key that the reader gave to a class always means the class
        is_digit = QKeySequence(str(digit)) in self._actions[digit].shortcuts()
        return is_digit and self.lent(digit)
