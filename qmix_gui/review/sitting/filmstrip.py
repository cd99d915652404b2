"""Beside the photograph: the images of the list around the current one, as small pictures."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from qmix_core.base.types import Status
from qmix_gui.review.model.queue import ReviewQueue
from qmix_gui.review.model.thumbnails import Thumbnails
from qmix_gui.theme.bucket_style import IMAGE_GROUND, STATUS_STYLES
from qmix_gui.widgets.plain_text import plain_tool_tip

_SIDE, _GAP, _BEFORE = 64, 6, 1
_DONE = 0.45


class Filmstrip(QWidget):
    """From top to bottom: one image before, the current one, and what comes next."""

    def __init__(
        self, queue: ReviewQueue, thumbnails: Thumbnails, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._queue, self._thumbnails = queue, thumbnails
        self.setFixedWidth(_SIDE + 2 * _GAP)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("What comes next"))
        thumbnails.ready.connect(self._repaint)
        for signal in (queue.current_changed, queue.listed, queue.counted):
            signal.connect(self.follow)

    def rows(self) -> list[int]:
        """Rows of the list that are shown, from top to bottom."""
        row = self._queue.row
        if row is None:
            return []
        first = max(0, row - _BEFORE)
        room = max(1, self.height() // (_SIDE + _GAP))
        return list(range(first, min(len(self._queue), first + room)))

    def follow(self) -> None:
        """Show the images around the current one."""
        if self.isVisible():
            wanted = [self._queue.model.sample(row) for row in self.rows()]
            self._thumbnails.want(wanted, by="filmstrip")
            self.update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.follow()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for place, row in enumerate(self.rows()):
            self._paint_one(painter, self._area(place), row)
        painter.end()

    def _paint_one(self, painter: QPainter, area: QRect, row: int) -> None:
        sample = self._queue.model.sample(row)
        status = self._queue.session.reviews.of(sample).status
        is_current = row == self._queue.row
        painter.fillRect(area, IMAGE_GROUND)
        pixmap = self._thumbnails.pixmap(sample)
        if pixmap is not None:
            is_done = status is not Status.UNREVIEWED and not is_current
            painter.setOpacity(_DONE if is_done else 1.0)
            size = pixmap.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
            target = QRect(QPoint(), size)
            target.moveCenter(area.center())
            painter.drawPixmap(target, pixmap)
            painter.setOpacity(1.0)
        if status is not Status.UNREVIEWED:
            style = STATUS_STYLES[status]
            badge = QRect(area.right() - 19, area.bottom() - 19, 18, 18)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.palette().color(QPalette.ColorRole.Window))
            painter.drawEllipse(badge)
            painter.setPen(style.color)
            painter.drawText(badge, int(Qt.AlignmentFlag.AlignCenter), style.symbol)
        if is_current:
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(1, 1, -1, -1))

    def _area(self, place: int) -> QRect:
        return QRect(QPoint(_GAP, place * (_SIDE + _GAP)), QSize(_SIDE, _SIDE))

    def _row_at(self, point: QPoint) -> int | None:
        for place, row in enumerate(self.rows()):
            if self._area(place).contains(point):
                return row
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().toPoint())
        if row is not None and event.button() is Qt.MouseButton.LeftButton:
            self._queue.go_to_row(row)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self._row_at(event.pos())
            text = "" if row is None else self._queue.model.index(row).data()
            QToolTip.showText(event.globalPos(), plain_tool_tip(str(text or "")), self)
            return True
        return super().event(event)

    def _repaint(self, sample: int) -> None:
        if self.isVisible():
            self.update()
