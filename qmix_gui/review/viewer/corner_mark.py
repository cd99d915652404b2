"""A few words in the corner of an image: what it is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel

from qmix_gui.image_viewer.image_view import ImageView
from qmix_gui.theme.bucket_style import IMAGE_GROUND, ON_IMAGE_GROUND

_EDGE = 10


class CornerMark(QLabel):
    """Lies over the upper left corner, and is no wider than the image; hidden without a text."""

    def __init__(self, image: ImageView) -> None:
        super().__init__(image)
        self._image = image
        self.words = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setStyleSheet(
            f"background: {IMAGE_GROUND.name()}; color: {ON_IMAGE_GROUND.name()};"
            "padding: 3px 8px; border-radius: 4px;"
        )
        self.move(_EDGE, _EDGE)
        image.installEventFilter(self)
        self.hide()

    def show_text(self, text: str) -> None:
        """Show a few words; hidden where there are none."""
        self.words = text
        self._fit()
        self.setVisible(bool(text))

    def _fit(self) -> None:
        room = self._image.width() - 2 * _EDGE
        self.setText(self.words)
        self.adjustSize()
        if self.width() > room:
            beside = self.width() - self.fontMetrics().horizontalAdvance(self.words)
            middle = Qt.TextElideMode.ElideMiddle
            self.setText(self.fontMetrics().elidedText(self.words, middle, room - beside))
            self.adjustSize()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._fit()
        return False
