"""Names of files and classes as they are: Qt takes `<b>` in a text for HTML and `&` for a key."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QLabel, QWidget


class PlainLabel(QLabel):
    """A label that shows its text as it is."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)


def plain_tool_tip(text: str) -> str:
    """What to give `setToolTip` so that the tip shows the text as it is."""
    # Qt looks for tags in tool tips; where it would find one, it gets a text with none left
    if not GuiQt.mightBeRichText(text):
        return text
    return f"<qt>{escape(text)}</qt>".replace("\n", "<br>")


def without_mnemonic(text: str) -> str:
    """What to give a button or an action so that its text is shown as it is."""
    return text.replace("&", "&&")
