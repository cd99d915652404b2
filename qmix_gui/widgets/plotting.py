"""Pens for pyqtgraph that are as wide on a fine screen as on a coarse one."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QWidget


def plot_pen(
    plot: QWidget,
    color: QColor | str,
    width: float,
    style: Qt.PenStyle = Qt.PenStyle.SolidLine,
) -> QPen:
    """A pen of so many pixels at 100 %; pyqtgraph's own count the pixels of the screen."""
    pen: QPen = pg.mkPen(color, width=width * plot.devicePixelRatioF(), style=style)
    return pen


class EpochAxis(pg.AxisItem):
    """A bottom axis without ticks between two epochs."""

    def __init__(self) -> None:
        super().__init__("bottom")
        self.enableAutoSIPrefix(False)

    def tickSpacing(self, low: float, high: float, size: float) -> list[tuple[float, float]]:
        """Steps between the ticks, coarse first, with their offsets."""
        steps = [step for step, _ in super().tickSpacing(low, high, size) if step >= 1]
        return [(round(step), 0.0) for step in steps] or [(1.0, 0.0)]
