"""A round lens at the pointer: the same picture, larger."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from qmix_gui.theme.bucket_style import IMAGE_GROUND, ON_IMAGE_GROUND

#: So many times larger than around it.
POWER = 2.5
_LARGEST_RADIUS, _OF_THE_VIEW = 150.0, 0.3


class Magnifier:
    """`at` is where the pointer is in the view; whatever is there stays there, larger."""

    def __init__(self) -> None:
        self.is_on = False
        self.at = QPointF()

    def place(self, view: QRectF) -> QRectF:
        """The square around the lens, in a view of this size."""
        radius = min(_LARGEST_RADIUS, _OF_THE_VIEW * min(view.width(), view.height()))
        return QRectF(self.at.x() - radius, self.at.y() - radius, 2 * radius, 2 * radius)

    def target(self, target: QRectF) -> QRectF:
        """Where the whole image lies for the lens, from where it lies for the view."""
        return QRectF(self.at + (target.topLeft() - self.at) * POWER, target.size() * POWER)

    def paint(
        self, painter: QPainter, view: QRectF, target: QRectF, image: Callable[[QRectF], None]
    ) -> None:
        """Paint the lens; `image(target)` paints the image into a rectangle."""
        place = self.place(view)
        outline = QPainterPath()
        outline.addEllipse(place)
        painter.save()
        painter.setClipPath(outline)
        painter.fillRect(place, IMAGE_GROUND)
        image(self.target(target))
        painter.restore()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        # a light ring within a dark one: seen on any photograph
        for color, width in ((QColor(0, 0, 0, 160), 4.0), (ON_IMAGE_GROUND, 2.0)):
            painter.setPen(QPen(color, width))
            painter.drawEllipse(place)
