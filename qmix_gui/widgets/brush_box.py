"""A plot area in which dragging pans, or draws a rectangle or a free line around points."""

from __future__ import annotations

from enum import Enum, auto
from itertools import pairwise

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPolygonItem

from qmix_core.base.types import BoolArray
from qmix_gui.theme import theme
from qmix_gui.widgets.plotting import plot_pen


class Drag(Enum):
    """What dragging with the left button does."""

    PAN = auto()
    RECTANGLE = auto()
    LASSO = auto()


class BrushBox(pg.ViewBox):
    """`brushed(polygon)` follows what was drawn: float64 [K, 2] in the plot's coordinates.

    What was drawn stays in sight, and moves with the points, until `forget`.
    """

    brushed = Signal(object)

    def __init__(self) -> None:
        super().__init__(enableMenu=False)
        self._drag = Drag.PAN
        self._is_drawing = False
        self._line: list[QPointF] = []
        self._outline = QGraphicsPolygonItem(self.childGroup)
        self._outline.setZValue(1e9)
        self._outline.hide()

    @property
    def is_drawing(self) -> bool:
        """Whether a line is being drawn."""
        return self._is_drawing

    def set_drag(self, drag: Drag) -> None:
        """What dragging does from now on."""
        self._drag = drag
        is_pan = drag is Drag.PAN
        self.setCursor(Qt.CursorShape.ArrowCursor if is_pan else Qt.CursorShape.CrossCursor)

    def mouseDragEvent(
        self, event: pg.GraphicsScene.mouseEvents.MouseDragEvent, axis: int | None = None
    ) -> None:
        """Draw, or pan."""
        if self._drag is Drag.PAN or event.button() != Qt.MouseButton.LeftButton:
            super().mouseDragEvent(event, axis)
            return
        event.accept()
        self._is_drawing = not event.isFinish()
        start, end = event.buttonDownPos(), event.pos()
        if self._drag is Drag.RECTANGLE:
            self._line = QPolygonF(QRectF(start, end).normalized()).toList()
        elif event.isStart():
            self._line = [start, end]
        else:
            self._line.append(end)
        child: QGraphicsItem = self.childGroup
        corners = [child.mapFromParent(point) for point in self._line]
        self._outline.setPolygon(QPolygonF(corners))
        self._outline.show()
        if event.isStart():
            self.restyle()
        if event.isFinish():
            self.brushed.emit(np.array([(corner.x(), corner.y()) for corner in corners]))

    @property
    def has_outline(self) -> bool:
        """Whether something that was drawn is in sight."""
        return bool(self._outline.isVisible())

    def forget(self) -> None:
        """Take away what was drawn."""
        self._outline.hide()

    def restyle(self) -> None:
        """Draw in the colours of the theme in force."""
        color = QColor(theme.colors().accent)
        self._outline.setPen(plot_pen(self.getViewWidget(), color, 1.5))
        color.setAlpha(40)
        self._outline.setBrush(color)


Points = NDArray[np.floating]


def inside_polygon(points: Points, polygon: Points) -> BoolArray:
    """Even-odd rule; `points`: [N, 2], `polygon`: [K, 2], closed by itself -> bool [N].

    Points that are not numbers are outside. Takes N log N once, and for each side of the polygon
    only the points beside it: a tenth of a second at most for 100,000 points.
    """
    order = np.argsort(points[:, 1], kind="stable")
    x, y = points[order, 0], points[order, 1]
    is_inside = np.zeros(len(points), dtype=np.bool_)
    for (x0, y0), (x1, y1) in pairwise([*polygon, *polygon[:1]]):
        first, last = np.searchsorted(y, sorted((y0, y1)))
        if first < last:
            beside = x0 + (y[first:last] - y0) * ((x1 - x0) / (y1 - y0))
            is_inside[first:last] ^= x[first:last] < beside
    result = np.zeros(len(points), dtype=np.bool_)
    result[order] = is_inside
    return result
