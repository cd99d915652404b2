"""Shows one picture: zoom at the cursor, drag to pan, both kept from image to image.

What the picture is too coarse for, its loader is asked for, and is laid over it when it comes.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QCursor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from qmix_gui.image_viewer.image_loader import CloseUp, ImageLoader, Picture
from qmix_gui.image_viewer.magnifier import Magnifier
from qmix_gui.image_viewer.photograph import LENS, VIEW, Region
from qmix_gui.theme.bucket_style import IMAGE_GROUND, ON_IMAGE_GROUND

_LARGEST_ZOOM = 40.0
_STEP = 1.25
_CENTRE = QPointF(0.5, 0.5)
#: A step between the pixels that are shown may be so much wider than a pixel of the screen.
_SLACK = 0.25
#: What is asked for reaches so far beyond what is in sight, as a share of it.
_MARGINS = {VIEW: 0.15, LENS: 0.5}
#: A message over the image stays for so many milliseconds.
_SAID_FOR = 1500


class ImageView(QWidget):
    """Paints a `Picture`. Zoom is relative to the fitting size and the centre to the image's
    sides, so both mean the same on the next image, whatever its size.

    `shown(sample)` follows the first painting of a picture; `shown_sample` is None before.
    `moved()` follows zoom and pan by a hand, `zoom_changed()` all that changes the scale.
    `tone_dragged(right, down)` follows each step of a drag with the right button, in pixels;
    `tone_reset()` its double click.
    """

    shown = Signal(int)
    zoom_changed = Signal()
    moved = Signal()
    tone_dragged = Signal(float, float)
    tone_reset = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 80)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Image"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        # the right button is for the tone
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setMouseTracking(True)
        self.zoom = 1.0
        self.centre = QPointF(_CENTRE)
        self.shown_sample: int | None = None
        self._sample: int | None = None
        self._picture: Picture | None = None
        self._levels: tuple[QPixmap, ...] = ()
        self._overlay: QPixmap | None = None
        self._dragged_from: QPointF | None = None
        self._toned_from: QPointF | None = None
        self._loader: ImageLoader | None = None
        self._close_ups: dict[str, tuple[CloseUp, QPixmap]] = {}
        self._asked: dict[str, Region] = {}
        self._magnifier = Magnifier()
        self.said = ""
        self._silence = QTimer(self, singleShot=True, interval=_SAID_FOR)
        self._silence.timeout.connect(self._fall_silent)

    @property
    def picture(self) -> Picture | None:
        """The picture on the screen; None while the image is being decoded."""
        return self._picture

    @property
    def is_sharp(self) -> bool:
        """Whether what is in sight is as fine as the screen, or as the file."""
        came = self._close_ups.get(VIEW)
        asked = self._asked.get(VIEW)
        return self._picture is not None and (
            asked is None or (came is not None and came[0].region == asked)
        )

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
        self._close_ups = {}
        self._asked = {}
        self.update()

    def set_picture(self, picture: Picture) -> None:
        """Show a picture of the expected sample; others are ignored."""
        if picture.sample != self._sample:
            return
        self._picture = picture
        self._levels = tuple(QPixmap.fromImage(level) for level in picture.levels)
        self._follow(picture.loader)
        self._asked = {}
        self._look_closer()
        self.zoom_changed.emit()
        self.update()

    def set_overlay(self, overlay: QPixmap | None) -> None:
        """Lay a see-through picture over the whole image, whatever its size in pixels."""
        self._overlay = overlay
        self.update()

    def set_magnifier(self, is_on: bool) -> None:
        """Show a lens where the pointer is, in the middle where it is elsewhere."""
        self._magnifier.is_on = is_on
        pointer = QPointF(self.mapFromGlobal(QCursor.pos()))
        inside = QRectF(self.rect()).contains(pointer)
        self._magnifier.at = pointer if inside else QRectF(self.rect()).center()
        if not is_on:
            self._close_ups.pop(LENS, None)
            self._asked.pop(LENS, None)
        self._look_closer()
        self.update()

    def say(self, text: str) -> None:
        """Show a few words over the image for a moment."""
        self.said = text
        self._silence.start()
        self.update()

    def _fall_silent(self) -> None:
        self.said = ""
        self.update()

    # -- finer than the picture ---------------------------------------------------------------

    def _follow(self, loader: ImageLoader | None) -> None:
        if loader is self._loader:
            return
        if self._loader is not None:
            self._loader.closer.disconnect(self._take_close_up)
        if loader is not None:
            loader.closer.connect(self._take_close_up)
        self._loader = loader

    def _look_closer(self) -> None:
        """Ask for what is in sight where the picture, or what came for it before, is too coarse."""
        if not self._levels or self._picture is None or self._loader is None:
            return
        target, view = self._target(), QRectF(self.rect())
        if not self._ask(VIEW, target, view):
            self._close_ups.pop(VIEW, None)
            self._asked.pop(VIEW, None)
        if self._magnifier.is_on:
            lens = self._magnifier.place(view).intersected(view)
            self._ask(LENS, self._magnifier.target(target), lens)

    def _ask(self, kind: str, target: QRectF, sight: QRectF) -> bool:
        """Whether `sight` needs to be finer than the picture."""
        assert self._picture is not None
        assert self._loader is not None
        size = self._image_size()
        scale = target.width() / size.width()
        step = max(1, math.floor(1 / (scale * self.devicePixelRatioF()) + _SLACK))
        if step > size.width() / self._levels[0].width() - 0.5:
            return False
        seen = QRectF((sight.topLeft() - target.topLeft()) / scale, sight.size() / scale)
        whole = QRectF(QPointF(), size)
        seen = seen.intersected(whole)
        known = self._asked.get(kind)
        is_known = known is not None and known.step == step and _rect(known).contains(seen)
        if not is_known and not seen.isEmpty():
            margin = _MARGINS[kind]
            wide, high = margin * seen.width(), margin * seen.height()
            asked = seen.adjusted(-wide, -high, wide, high).intersected(whole)
            self._asked[kind] = region = _region(kind, asked, step)
            self._loader.look_closer(self._picture.sample, region)
        return True

    def _take_close_up(self, close_up: CloseUp) -> None:
        kind = close_up.region.kind
        if close_up.sample == self._sample and kind in self._asked:
            self._close_ups[kind] = (close_up, QPixmap.fromImage(close_up.image))
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
        self._look_closer()
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
        self._look_closer()
        self.zoom_changed.emit()
        self.update()
        self.moved.emit()

    def _image_size(self) -> QSizeF:
        """In the file: the picture may be smaller."""
        known = QSize() if self._picture is None else self._picture.size
        return QSizeF(self._levels[0].size() if known.isEmpty() else known)

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
            self._paint_image(painter, self._target())
            if self._magnifier.is_on:
                view = QRectF(self.rect())
                self._magnifier.paint(
                    painter, view, self._target(), lambda place: self._paint_image(painter, place)
                )
            if self.said:
                self._paint_said(painter)
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

    def _paint_image(self, painter: QPainter, target: QRectF) -> None:
        """The picture, and what came finer of it, where the whole image is at `target`."""
        size = self._image_size()
        scale = target.width() / size.width()
        on_screen = scale * self.devicePixelRatioF()
        # whoever zooms in wants to see the pixels; a small photograph as a whole has smooth edges
        is_smooth = on_screen < 4 or self.zoom <= 1
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_smooth)
        level = self._level_for(target.width() * self.devicePixelRatioF() / self._levels[0].width())
        painter.drawPixmap(target, level, QRectF(level.rect()))
        # the coarsest first
        for close_up, pixmap in sorted(
            self._close_ups.values(), key=lambda one: -one[0].region.step
        ):
            place = _rect(close_up.region)
            shown = QRectF(target.topLeft() + place.topLeft() * scale, place.size() * scale)
            painter.drawPixmap(shown, pixmap, QRectF(pixmap.rect()))
        if self._overlay is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(target, self._overlay, QRectF(self._overlay.rect()))

    def _paint_said(self, painter: QPainter) -> None:
        words = self.fontMetrics().size(0, self.said)
        ground = QRectF(0, 12, words.width() + 24, words.height() + 12)
        ground.moveLeft((self.width() - ground.width()) / 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(13, 15, 18, 200))
        painter.drawRoundedRect(ground, 6, 6)
        painter.setPen(ON_IMAGE_GROUND)
        painter.drawText(ground, int(Qt.AlignmentFlag.AlignCenter), self.said)

    def _level_for(self, scale: float) -> QPixmap:
        """The smallest halving that is still at least as fine as the screen."""
        halvings = 0
        while scale * 2 ** (halvings + 1) <= 1 and halvings + 1 < len(self._levels):
            halvings += 1
        return self._levels[halvings]

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom_by(_STEP ** (event.angleDelta().y() / 120), at=event.position())
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look_closer()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._is_for_tone(event):
            self._toned_from = event.position()
            self.setCursor(Qt.CursorShape.SizeAllCursor)
        elif event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._dragged_from = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def _is_for_tone(self, event: QMouseEvent) -> bool:
        # a pen or a touchpad may have one button alone
        is_shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        is_left = event.button() == Qt.MouseButton.LeftButton
        return event.button() == Qt.MouseButton.RightButton or (is_left and is_shifted)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._magnifier.is_on:
            self._magnifier.at = event.position()
            self._look_closer()
            self.update()
        if self._toned_from is not None:
            step = event.position() - self._toned_from
            self._toned_from = event.position()
            self.tone_dragged.emit(step.x(), step.y())
        if self._dragged_from is None or not self._levels:
            return
        step = event.position() - self._dragged_from
        self._dragged_from = event.position()
        target = self._target()
        self.centre -= QPointF(step.x() / target.width(), step.y() / target.height())
        self._moved()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged_from = self._toned_from = None
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._is_for_tone(event):
            self.tone_reset.emit()
        elif self.zoom == 1.0:
            self.actual_size()
        else:
            self.fit()


def _region(kind: str, place: QRectF, step: int) -> Region:
    """The pixels of the file in `place`, from whole steps on."""
    left, top = (int(edge // step) * step for edge in (place.left(), place.top()))
    return Region(kind, (left, top, math.ceil(place.right()), math.ceil(place.bottom())), step)


def _rect(region: Region) -> QRectF:
    """Where its pixels lie in the file; the last may reach beyond it."""
    left, top, right, bottom = region.box
    wide, high = (-(-length // region.step) for length in (right - left, bottom - top))
    return QRectF(left, top, wide * region.step, high * region.step)
