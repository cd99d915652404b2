"""A plot area in which dragging pans, or draws a rectangle while brushing."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QGraphicsItem


class BrushBox(pg.ViewBox):
    """`brushed(left, bottom, right, top)` follows a rectangle, in the plot's coordinates."""

    brushed = Signal(float, float, float, float)

    def __init__(self) -> None:
        super().__init__(enableMenu=False)
        self._brushing = False

    def set_brushing(self, brushing: bool) -> None:
        """Whether a drag draws a rectangle instead of panning."""
        self._brushing = brushing
        shape = Qt.CursorShape.CrossCursor if brushing else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def mouseDragEvent(
        self, event: pg.GraphicsScene.mouseEvents.MouseDragEvent, axis: int | None = None
    ) -> None:
        """Draw the rectangle, or pan."""
        if not self._brushing or event.button() != Qt.MouseButton.LeftButton:
            super().mouseDragEvent(event, axis)
            return
        event.accept()
        if not event.isFinish():
            self.updateScaleBox(event.buttonDownPos(), event.pos())
            return
        self.rbScaleBox.hide()
        area = self._in_plot(QRectF(event.buttonDownPos(), event.pos()))
        self.brushed.emit(area.left(), area.top(), area.right(), area.bottom())

    def _in_plot(self, area: QRectF) -> QRectF:
        child: QGraphicsItem = self.childGroup
        return child.mapRectFromParent(area.normalized())
