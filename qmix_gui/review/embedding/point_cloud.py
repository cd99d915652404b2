"""Points of a plot painted as one picture: 100,000 of them take as long as one frame may.

pyqtgraph's own scatter plot paints each point anew for every move of a lasso; this one paints
its picture only when the points or the view have changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cache

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsObject, QStyleOptionGraphicsItem, QWidget

from qmix_core.base.types import BoolArray, FloatArray, IntArray

#: Diameter of a point by how many are in sight: the first that has room.
_DIAMETERS = ((2_500, 8.0), (8_000, 7.0), (20_000, 6.0), (50_000, 5.0))
_SMALLEST = 4.0
#: A ring of a smaller point could not be told from a point: it is pale instead.
_LEAST_RING = 6.0
_PALE = 0.4
_OPAQUE = 255


class Symbol(IntEnum):
    """The form of a point."""

    CIRCLE = 0
    TRIANGLE = 1
    SQUARE = 2


@dataclass(frozen=True, slots=True)
class Look:
    """How points of one kind look. Those with a higher `level` lie over those with a lower one."""

    color: QColor
    symbol: Symbol
    level: int = 0


class PointCloud(QGraphicsObject):
    """The points of a view box, in its coordinates."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box)
        self._box = box
        self._points: FloatArray = np.zeros((0, 2), dtype=np.float32)
        self._codes: IntArray = np.zeros(0, dtype=np.int64)
        self._is_hollow: BoolArray = np.zeros(0, dtype=np.bool_)
        self._looks: tuple[Look, ...] = ()
        self._picture = QImage()
        self._key: tuple[object, ...] | None = None
        # below the box's own items: marks and outlines
        self.setZValue(-1)
        box.sigTransformChanged.connect(self._follow)
        box.sigResized.connect(self._follow)

    def set_points(
        self,
        points: FloatArray,
        codes: IntArray,
        is_hollow: BoolArray,
        looks: tuple[Look, ...],
    ) -> None:
        """`points`: float32 [N, 2], NaN for none; `codes`: int64 [N] in `looks`; bool [N]."""
        is_there = np.isfinite(points).all(axis=1)
        self._points, self._codes = points[is_there], codes[is_there]
        self._is_hollow, self._looks = is_hollow[is_there], looks
        self._key = None
        self.update()

    def __len__(self) -> int:
        return len(self._points)

    def boundingRect(self) -> QRectF:
        return QRectF(self._box.rect())

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Draw the picture, made anew where the view has changed."""
        ratio = painter.device().devicePixelRatio()
        view, size = self._box.childTransform(), self.boundingRect().size()
        key = (view, size, ratio)
        if key != self._key:
            self._key = key
            self._picture = self._painted(size.width() * ratio, size.height() * ratio, ratio)
            self._picture.setDevicePixelRatio(ratio)
        painter.drawImage(QPointF(0, 0), self._picture)

    def _follow(self, *_news: object) -> None:
        self.prepareGeometryChange()
        self.update()

    def _painted(self, width: float, height: float, ratio: float) -> QImage:
        view = self._box.childTransform()
        x = self._points[:, 0] * (view.m11() * ratio) + view.dx() * ratio
        y = self._points[:, 1] * (view.m22() * ratio) + view.dy() * ratio
        is_seen = (x >= 0) & (x < width) & (y >= 0) & (y < height)
        seen = int(np.count_nonzero(is_seen))
        diameter = next((size for most, size in _DIAMETERS if seen <= most), _SMALLEST)
        places = np.stack([x[is_seen], y[is_seen]], axis=1).astype(np.int64)
        return _picture(
            (max(1, int(width)), max(1, int(height))),
            places,
            self._codes[is_seen],
            self._is_hollow[is_seen],
            self._looks,
            diameter * ratio,
        )


def _picture(
    size: tuple[int, int],
    places: IntArray,
    codes: IntArray,
    is_hollow: BoolArray,
    looks: tuple[Look, ...],
    diameter: float,
) -> QImage:
    """Points at pixels [N, 2] on nothing. Strong pixels of a point lie over weak ones of others."""
    width, height = size
    margin = int(diameter) + 3
    across = width + 2 * margin
    canvas = np.zeros((height + 2 * margin) * across, dtype=np.uint32)
    at = (places[:, 1] + margin) * across + places[:, 0] + margin
    strokes: list[tuple[int, int, int, NDArray[np.int64], QColor]] = []
    for code, look in enumerate(looks):
        for hollow in (True, False):
            mine = at[(codes == code) & (is_hollow == hollow)]
            stamp = stamp_of(look.symbol, hollow, diameter)
            middle = len(stamp) // 2
            for row, column in np.argwhere(stamp) if len(mine) else ():
                offset = int((row - middle) * across + column - middle)
                strokes.append((int(stamp[row, column]), look.level, offset, mine, look.color))
    for strength, _, offset, mine, color in sorted(strokes, key=lambda stroke: stroke[:3]):
        canvas[mine + offset] = _premultiplied(color, strength)
    inside = canvas.reshape(-1, across)[margin:-margin, margin:-margin]
    pixels = np.ascontiguousarray(inside)
    kind = QImage.Format.Format_ARGB32_Premultiplied
    return QImage(pixels.data, width, height, 4 * width, kind).copy()


def _premultiplied(color: QColor, strength: int) -> int:
    red, green, blue = (
        part * strength // _OPAQUE for part in (color.red(), color.green(), color.blue())
    )
    return strength << 24 | red << 16 | green << 8 | blue


@cache
def stamp_of(symbol: Symbol, is_hollow: bool, diameter: float) -> NDArray[np.uint8]:
    """How much of each pixel around its own a point covers: uint8 [K, K], K odd."""
    side = 2 * (int(diameter / 2) + 1) + 1
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    painter.translate(side / 2, side / 2)
    is_pale = is_hollow and diameter < _LEAST_RING
    paint_symbol(painter, symbol, QColor("white"), is_hollow and not is_pale, diameter)
    painter.end()
    pixels = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(side, side, 4)
    cover = pixels[..., 3].astype(np.float32) * (_PALE if is_pale else 1)
    return cover.astype(np.uint8)


def paint_symbol(
    painter: QPainter, symbol: Symbol, color: QColor, is_hollow: bool, diameter: float
) -> None:
    """Draw one point around the painter's origin."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    line = max(1.2, diameter / 6) if is_hollow else 0.0
    pen = QPen(
        color, line, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin
    )
    painter.setPen(pen if is_hollow else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if is_hollow else color)
    half = (diameter - line) / 2
    if symbol is Symbol.CIRCLE:
        painter.drawEllipse(QPointF(0, 0), half, half)
    elif symbol is Symbol.SQUARE:
        # as much ground as a circle of this diameter
        half *= 0.89
        painter.drawRect(QRectF(-half, -half, 2 * half, 2 * half))
    else:
        corners = ((0.0, -1.0), (1.0, 0.85), (-1.0, 0.85))
        painter.drawPolygon(QPolygonF([QPointF(x * half, y * half) for x, y in corners]))
