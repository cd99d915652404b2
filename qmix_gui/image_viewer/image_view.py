"""Shows one picture: zoom at the cursor, drag to pan, both kept from image to image."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from qmix_gui.image_viewer.image_loader import Picture
from qmix_gui.theme.bucket_style import IMAGE_GROUND, ON_IMAGE_GROUND

_LARGEST_ZOOM = 40.0
_STEP = 1.25
_CENTRE = QPointF(0.5, 0.5)


class ImageView(QWidget):
    """Paints a `Picture`. Zoom is relative to the fitting size and the centre to the image's
    sides, so both mean the same on the next image, whatever its size.

    `shown(sample)` follows the first painting of a picture; `shown_sample` is None before.
    `moved()` follows zoom and pan by a hand, `zoom_changed()` all that changes the scale.
    """

    shown = Signal(int)
    zoom_changed = Signal()
    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 80)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Image"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.zoom = 1.0
        self.centre = QPointF(_CENTRE)
        self.shown_sample: int | None = None
        self._sample: int | None = None
        self._picture: Picture | None = None
        self._levels: tuple[QPixmap, ...] = ()
        self._overlay: QPixmap | None = None
        self._dragged_from: QPointF | None = None

    @property
    def picture(self) -> Picture | None:
        """The picture on the screen; None while the image is being decoded."""
        return self._picture

    def sizeHint(self) -> QSize:
        return QSize(640, 480)

    def expect(self, sample: int) -> None:
        """Clear the view until the picture of this sample is there."""
        if sample == self._sample:
            return
        self._sample = sample
        self.shown_sample = None
        self._picture = None
        self._levels = ()
        self.update()

    def set_picture(self, picture: Picture) -> None:
        """Show a picture of the expected sample; others are ignored."""
        if picture.sample != self._sample:
            return
        self._picture = picture
        self._levels = tuple(QPixmap.fromImage(level) for level in picture.levels)
        self.zoom_changed.emit()
        self.update()

    def set_overlay(self, overlay: QPixmap | None) -> None:
        """Lay a see-through picture over the whole image, whatever its size in pixels."""
        self._overlay = overlay
        self.update()

    # -- zoom ---------------------------------------------------------------------------------

    def fit(self) -> None:
        """Show the whole image."""
        self.zoom = 1.0
        self.centre = QPointF(_CENTRE)
        self._moved()

    def actual_size(self) -> None:
        """One image pixel on one pixel of the screen."""
        if self._levels:
            self.zoom = 1.0 / (self.devicePixelRatioF() * self._fit_scale())
            self._moved()

    def zoom_by(self, factor: float, *, at: QPointF | None = None) -> None:
        """Zoom, keeping the image point under `at` (widget coordinates) where it is."""
        if not self._levels:
            return
        at = at if at is not None else QRectF(self.rect()).center()
        before = self._to_image(at)
        smallest = min(1.0, self.zoom)
        self.zoom = max(smallest, min(_LARGEST_ZOOM, self.zoom * factor))
        after = self._to_image(at)
        self.centre += before - after
        self._moved()

    def place(self, zoom: float, centre: QPointF) -> None:
        """Take over zoom and centre of another view."""
        self.zoom, self.centre = zoom, centre
        self.zoom_changed.emit()
        self.update()

    @property
    def scale_percent(self) -> int:
        """Screen pixels per image pixel, in per cent; 0 without a picture."""
        return round(100 * self._scale() * self.devicePixelRatioF()) if self._levels else 0

    def _moved(self) -> None:
        self.centre = QPointF(
            max(0.0, min(1.0, self.centre.x())), max(0.0, min(1.0, self.centre.y()))
        )
        self.zoom_changed.emit()
        self.update()
        self.moved.emit()

    def _image_size(self) -> QSizeF:
        return QSizeF(self._levels[0].size())

    def _fit_scale(self) -> float:
        size = self._image_size()
        return min(self.width() / size.width(), self.height() / size.height())

    def _scale(self) -> float:
        return self._fit_scale() * self.zoom

    def _target(self) -> QRectF:
        size = self._image_size() * self._scale()
        corner = QRectF(self.rect()).center() - QPointF(
            self.centre.x() * size.width(), self.centre.y() * size.height()
        )
        return QRectF(corner, size)

    def _to_image(self, point: QPointF) -> QPointF:
        target = self._target()
        offset = point - target.topLeft()
        return QPointF(offset.x() / target.width(), offset.y() / target.height())

    # -- events -------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), IMAGE_GROUND)
        if self._levels:
            scale = self._scale() * self.devicePixelRatioF()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 4)
            level = self._level_for(scale)
            painter.drawPixmap(self._target(), level, QRectF(level.rect()))
            if self._overlay is not None:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawPixmap(self._target(), self._overlay, QRectF(self._overlay.rect()))
        else:
            painter.setPen(ON_IMAGE_GROUND)
            problem = self._picture.problem if self._picture is not None else ""
            text = "⚠\n" + problem if problem else self.tr("Loading…")
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(24, 24, -24, -24), int(flags), text)
        painter.end()
        if self._picture is not None and self.shown_sample != self._sample:
            self.shown_sample = self._picture.sample
            self.shown.emit(self._picture.sample)

    def _level_for(self, scale: float) -> QPixmap:
        """The smallest halving that is still at least as fine as the screen."""
        halvings = 0
        while scale * 2 ** (halvings + 1) <= 1 and halvings + 1 < len(self._levels):
            halvings += 1
        return self._levels[halvings]

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom_by(_STEP ** (event.angleDelta().y() / 120), at=event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._dragged_from = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged_from is None or not self._levels:
            return
        step = event.position() - self._dragged_from
        self._dragged_from = event.position()
        target = self._target()
        self.centre -= QPointF(step.x() / target.width(), step.y() / target.height())
        self._moved()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged_from = None
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.zoom == 1.0:
            self.actual_size()
        else:
            self.fit()
