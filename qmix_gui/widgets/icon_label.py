"""A line icon in a layout, in the colours of whichever theme is in force when it is painted."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from qmix_gui.theme import theme


class IconLabel(QWidget):
    """Empty until `show_icon`."""

    def __init__(self, side: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self._name = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str) -> None:
        """Show the icon of this file stem."""
        self._name = name
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._name:
            theme.icon(self._name).paint(painter, self.rect())
        painter.end()
