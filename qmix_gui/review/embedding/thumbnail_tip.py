"""The photograph under the pointer, small, beside its point."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from qmix_gui.review.model.thumbnails import Thumbnails
from qmix_gui.widgets.elided_label import short_name

_SIDE, _AWAY = 96, 14


class ThumbnailTip(QFrame):
    """Stays inside its parent, and never under the pointer."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAutoFillBackground(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._thumbnails, self._over = thumbnails, parent
        self.sample: int | None = None
        self._at = QPoint()
        self.picture, self.text = QLabel(), QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setFixedHeight(_SIDE)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 4)
        layout.setSpacing(4)
        layout.addWidget(self.picture)
        layout.addWidget(self.text)
        thumbnails.ready.connect(self._take)
        self.hide()

    def show_for(self, sample: int, text: str, at: QPoint) -> None:
        """Show an image beside a place of the parent."""
        self._at = at
        if sample != self.sample:
            self.sample = sample
            self.text.setText("\n".join(short_name(line, self, 22) for line in text.split("\n")))
            self._thumbnails.want([sample], by="map")
            self._take(sample)
        self._lay()
        self.show()
        self.raise_()

    def leave(self) -> None:
        """The pointer is on no point any more."""
        if self.sample is not None:
            self.sample = None
            self._thumbnails.want([], by="map")
        self.hide()

    def _take(self, sample: int) -> None:
        if sample != self.sample:
            return
        pixmap = self._thumbnails.pixmap(sample)
        if pixmap is None:
            self.picture.setText("⚠" if self._thumbnails.problem(sample) else "…")
        else:
            ratio = self.devicePixelRatioF()
            side = round(_SIDE * ratio)
            small = pixmap.scaled(
                side,
                side,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            small.setDevicePixelRatio(ratio)
            self.picture.setPixmap(small)
        if not self.isHidden():
            self._lay()

    def _lay(self) -> None:
        self.adjustSize()
        room = self._over.rect()
        left = self._at.x() + _AWAY
        if left + self.width() > room.right():
            left = self._at.x() - _AWAY - self.width()
        top = min(max(0, self._at.y() - self.height() // 2), room.bottom() - self.height())
        self.move(max(0, left), max(0, top))
