"""Names and looks of the points on the map, in one line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from qmix_gui.review.embedding.point_cloud import Look, Symbol, paint_symbol
from qmix_gui.widgets.plain_text import plain_tool_tip

_DIAMETER = 9.0
_MARK, _GAP = 15, 16
_LONGEST = 32
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)


class Legend(QWidget):
    """What has no room is counted; the tool tip names all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: list[tuple[str, Look | None]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(80)

    @property
    def names(self) -> list[str]:
        """What is explained."""
        return [name for name, _ in self._entries]

    def show_looks(self, entries: Sequence[tuple[str, Look]], *, hollow: str) -> None:
        """Explain these looks, and what a hollow point is, where that is said."""
        self._entries = [*entries, *([(hollow, None)] if hollow else [])]
        text = ", ".join(self.names)
        self.setToolTip(plain_tool_tip(text))
        self.setAccessibleName(self.tr("Legend"))
        self.setAccessibleDescription(text)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, self.fontMetrics().height() + 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        metrics = self.fontMetrics()
        texts = [
            metrics.elidedText(
                name, Qt.TextElideMode.ElideRight, _LONGEST * metrics.averageCharWidth()
            )
            for name in self.names
        ]
        left = 0
        for place, ((_, look), text) in enumerate(zip(self._entries, texts, strict=True)):
            width = _MARK + metrics.horizontalAdvance(text)
            rest = f"+{len(texts) - place}"
            is_last = place + 1 == len(texts)
            room = self.width() - (0 if is_last else _GAP + metrics.horizontalAdvance(rest))
            ink = self.palette().color(self.foregroundRole())
            if left + width > room:
                painter.setPen(ink)
                painter.drawText(left, 0, self.width() - left, self.height(), _MIDDLE, rest)
                break
            painter.save()
            painter.translate(left + _DIAMETER / 2, self.height() / 2)
            is_hollow = look is None
            symbol_of = look or Look(ink, Symbol.CIRCLE)
            paint_symbol(painter, symbol_of.symbol, symbol_of.color, is_hollow, _DIAMETER)
            painter.restore()
            painter.setPen(ink)
            painter.drawText(left + _MARK, 0, width, self.height(), _MIDDLE, text)
            left += width + _GAP
        painter.end()
