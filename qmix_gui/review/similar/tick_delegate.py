"""A tile with a box to tick."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from qmix_gui.review.gallery.tile_delegate import PILL_GROUND, TileDelegate
from qmix_gui.review.model.gallery_model import Index
from qmix_gui.theme.bucket_style import ON_IMAGE_GROUND

_SIDE, _INSET = 22, 14


class TickDelegate(TileDelegate):
    """Selected tiles are ticked."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one tile, and its box over the picture."""
        super().paint(painter, option, index)
        corner = option.rect.topLeft()
        box = QRect(corner.x() + _INSET, corner.y() + _INSET, _SIDE, _SIDE)
        is_ticked = bool(option.state & QStyle.StateFlag.State_Selected)
        palette = option.palette
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ON_IMAGE_GROUND, 1.5))
        painter.setBrush(palette.color(QPalette.ColorRole.Highlight) if is_ticked else PILL_GROUND)
        painter.drawRoundedRect(box, 4, 4)
        if is_ticked:
            pen = QPen(palette.color(QPalette.ColorRole.HighlightedText), 2.4)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            mark = [(0.24, 0.52), (0.43, 0.72), (0.77, 0.3)]
            painter.drawPolyline(
                QPolygonF([QPointF(box.x() + x * _SIDE, box.y() + y * _SIDE) for x, y in mark])
            )
        painter.restore()
