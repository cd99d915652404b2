"""A label that shortens its text to the room there is; the whole text is in the tool tip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from qmix_gui.widgets.plain_text import PlainLabel, plain_tool_tip

#: A name on a button is shortened to the room of so many letters.
_LONGEST_NAME = 32
#: So many letters of a name stay at least.
_LEAST_NAME = 5


def short_name(
    name: str,
    widget: QWidget,
    letters: int = _LONGEST_NAME,
    *,
    mode: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
) -> str:
    """A name without its middle where it is too long to be shown on a widget."""
    metrics = widget.fontMetrics()
    return metrics.elidedText(name, mode, letters * metrics.averageCharWidth())


def short_change(before: str, arrow: str, after: str, metrics: QFontMetrics, room: int) -> str:
    """From one name to another in so many pixels: the first is shortened, then the second, too.

    Without an arrow there is but one name.
    """
    if not arrow:
        return metrics.elidedText(before, Qt.TextElideMode.ElideRight, room)
    text = f"{before} {arrow} {after}"
    if metrics.horizontalAdvance(text) <= room:
        return text
    least = _LEAST_NAME * metrics.averageCharWidth()
    left = room - metrics.horizontalAdvance(f" {arrow} {after}")
    while True:
        first = metrics.elidedText(before, Qt.TextElideMode.ElideRight, max(least, left))
        text = f"{first} {arrow} {after}"
        short = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        # a line may be a little wider than its parts
        if short == text or left <= least:
            return short
        left -= 1


class ElidedLabel(PlainLabel):
    """One line of text, cut at `mode` where it does not fit."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
    ) -> None:
        super().__init__(text, parent)
        self._mode = mode

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(plain_tool_tip(text))
        self.setAccessibleName(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 8, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        inside = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), self._mode, inside.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(inside, int(self.alignment()), text)
