"""A sentence across the top of a page, with one thing to do about it; never blocks."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from qmix_gui.theme import theme
from qmix_gui.widgets.icon_label import IconLabel
from qmix_gui.widgets.plain_text import PlainLabel
from qmix_gui.widgets.small_widgets import announce


class MessageBar(QFrame):
    """Hidden until `show_message`; `action_clicked` carries the key that came with the message."""

    action_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "message")
        self._key = ""
        self._icon = IconLabel()
        self._label = PlainLabel()
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.action_button = QPushButton()
        self.action_button.clicked.connect(self._click)
        close = QToolButton()
        close.setIcon(theme.icon("close"))
        close.setAutoRaise(True)
        close.setAccessibleName(self.tr("Dismiss the message"))
        close.setToolTip(self.tr("Dismiss"))
        close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 8, 6)
        layout.setSpacing(12)
        layout.addWidget(self._icon)
        layout.addWidget(self._label, 1)
        layout.addWidget(self.action_button)
        layout.addWidget(close)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown last."""
        return self._label.text()

    def show_message(
        self, text: str, *, is_error: bool = False, action: str = "", key: str = ""
    ) -> None:
        """Show a sentence; `action` is the text of a button that emits `action_clicked(key)`."""
        self._key = key
        self._label.setText(text)
        self._label.setAccessibleName(text)
        self._icon.show_icon("error" if is_error else "info")
        self.action_button.setText(action)
        self.action_button.setVisible(bool(action))
        self.setProperty("error", "true" if is_error else "false")
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()
        announce(self, text)

    @Slot()
    def _click(self) -> None:
        self.hide()
        self.action_clicked.emit(self._key)
