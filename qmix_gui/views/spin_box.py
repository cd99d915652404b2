"""A box for a whole number, with room before it."""

from __future__ import annotations

from PySide6.QtWidgets import QSpinBox, QWidget

_ROOM = 8


class SpinBox(QSpinBox):
    """Style sheets cannot move the number of a QSpinBox from the edge of its frame."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lineEdit().setTextMargins(_ROOM, 0, 0, 0)
