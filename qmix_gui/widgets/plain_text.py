"""Names of files and classes as they are: Qt takes `<b>` in a text for HTML and `&` for a key."""

from __future__ import annotations

import re
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QLabel, QWidget

_BREAK = "\u200b"


class PlainLabel(QLabel):
    """A label that shows its text as it is; where it wraps, no word is too long for a line."""

    #: Words of more letters can be broken between two lines; a word widens whatever holds it.
    longest_word = 24

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def text(self) -> str:
        return super().text().replace(_BREAK, "")

    def setText(self, text: str) -> None:
        super().setText(_breakable(text, self.longest_word) if self.wordWrap() else text)

    def setWordWrap(self, on: bool) -> None:
        text = self.text()
        super().setWordWrap(on)
        self.setText(text)


def _breakable(text: str, longest: int) -> str:
    """The text with invisible places to break in its longest words."""

    def broken(found: re.Match[str]) -> str:
        word = found.group()
        parts = (word[at : at + longest] for at in range(0, len(word), longest))
        return _BREAK.join(parts)

    return re.sub(rf"\S{{{longest + 1},}}", broken, text)


def plain_tool_tip(text: str) -> str:
    """What to give `setToolTip` so that the tip shows the text as it is."""
    # Qt looks for tags in tool tips; where it would find one, it gets a text with none left
    if not GuiQt.mightBeRichText(text):
        return text
    return f"<qt>{escape(text)}</qt>".replace("\n", "<br>")


def without_mnemonic(text: str) -> str:
    """What to give a button or an action so that its text is shown as it is."""
    return text.replace("&", "&&")
