"""One of several choices: a radio button with a line on what it means."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QLabel, QRadioButton, QVBoxLayout, QWidget


class ChoiceCard(QFrame):
    """A radio button with a line on what it means; a click anywhere chooses it."""

    def __init__(self, text: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "choice")
        self.radio = QRadioButton(text)
        self.radio.setAccessibleDescription(hint)
        self.radio.toggled.connect(self._mark)
        line = QLabel(hint)
        line.setProperty("role", "muted")
        line.setWordWrap(True)
        line.setIndent(24)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(2)
        layout.addWidget(self.radio)
        layout.addWidget(line)

    def mouseReleaseEvent(self, event: object) -> None:
        self.radio.setChecked(True)

    @Slot(bool)
    def _mark(self, is_chosen: bool) -> None:
        self.setProperty("chosen", "true" if is_chosen else "false")
        self.style().unpolish(self)
        self.style().polish(self)
