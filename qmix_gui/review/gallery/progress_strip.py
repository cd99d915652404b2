"""Where we are in the list, and which parts of it are reviewed, as one thin strip."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPalette, QPolygon
from PySide6.QtWidgets import QSizePolicy, QWidget

from qmix_gui.review.model.queue import ReviewQueue

_HEIGHT, _MARK = 14, 4


class QueueRuler(QWidget):
    """The whole list from left to right; a press or drag goes to the image there.

    It shows review states alone: buckets would tell the verdicts on blind checks.
    """

    def __init__(self, queue: ReviewQueue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._queue = queue
        self._shares: NDArray[np.float64] | None = None
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Position in the list"))
        queue.current_changed.connect(self._show_position)
        queue.listed.connect(self._count_anew)
        queue.counted.connect(self._count_anew)
        self._show_position()

    def reviewed_shares(self) -> NDArray[np.float64]:
        """Share of reviewed images behind each pixel of the strip, float64 [width]."""
        reviewed = self._queue.reviewed_rows()
        width, count = max(1, self.width()), len(reviewed)
        if not count:
            return np.zeros(0)
        edges = np.arange(width + 1) * count // width
        before = np.concatenate([[0], np.cumsum(reviewed)])
        # a list shorter than the strip has several pixels an image
        ends = np.maximum(edges[1:], edges[:-1] + 1)
        shares: NDArray[np.float64] = (before[ends] - before[edges[:-1]]) / (ends - edges[:-1])
        return shares

    def _count_anew(self) -> None:
        self._shares = None
        self._show_position()

    def _show_position(self) -> None:
        row, count = self._queue.row, len(self._queue)
        if row is None:
            self.setToolTip("")
        else:
            text = self.tr("Image {0} of {1}; click to go elsewhere")
            self.setToolTip(text.format(f"{row + 1:,}", f"{count:,}"))
        self.setAccessibleDescription(self.toolTip())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._shares is None or len(self._shares) not in (0, self.width()):
            self._shares = self.reviewed_shares()
        palette = self.palette()
        painter = QPainter(self)
        strip = self.rect().adjusted(0, _MARK, 0, -_MARK)
        painter.fillRect(strip, palette.color(QPalette.ColorRole.Mid))
        done = palette.color(QPalette.ColorRole.Highlight)
        for x in np.flatnonzero(self._shares):
            filled = max(1, round(strip.height() * float(self._shares[x])))
            painter.fillRect(QRect(int(x), strip.bottom() + 1 - filled, 1, filled), done)
        if self._queue.row is not None:
            self._paint_mark(painter, self._x_of(self._queue.row))

    def _paint_mark(self, painter: QPainter, x: int) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawRect(x - 1, 0, 2, self.height())
        top = [QPoint(x - _MARK, 0), QPoint(x + _MARK, 0), QPoint(x, _MARK + 1)]
        painter.drawPolygon(QPolygon(top))

    def _x_of(self, row: int) -> int:
        x = int((row + 0.5) * self.width() / max(1, len(self._queue)))
        return max(_MARK, min(self.width() - _MARK, x))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go(event)

    def _go(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and len(self._queue):
            row = int(event.position().x() * len(self._queue) / max(1, self.width()))
            self._queue.go_to_row(max(0, min(len(self._queue) - 1, row)))
