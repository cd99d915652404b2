"""A word in the corner of an image: which eye it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from qmix_gui.image_viewer.image_view import ImageView
from qmix_gui.theme.bucket_style import IMAGE_GROUND, ON_IMAGE_GROUND


class CornerMark(QLabel):
    """Lies over the upper left corner; hidden without a text."""

    def __init__(self, image: ImageView) -> None:
        super().__init__(image)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setStyleSheet(
            f"background: {IMAGE_GROUND.name()}; color: {ON_IMAGE_GROUND.name()};"
            "padding: 3px 8px; border-radius: 4px;"
        )
        self.move(10, 10)
        self.hide()

    def show_text(self, text: str) -> None:
        """Show a word; hidden where it is empty."""
        self.setText(text)
        self.adjustSize()
        self.setVisible(bool(text))
