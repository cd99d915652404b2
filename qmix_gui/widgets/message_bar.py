"""A sentence across the top of a page, with what can be done about it; never blocks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from qmix_gui.theme import theme
from qmix_gui.widgets.icon_label import IconLabel
from qmix_gui.widgets.plain_text import PlainLabel
from qmix_gui.widgets.small_widgets import announce

#: Text of a button and the key that it emits.
Offer = tuple[str, str]


class MessageBar(QFrame):
    """Hidden until `show_message`; `action_clicked` carries the key of the button pressed."""

    action_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "message")
        self._icon = IconLabel()
        self._label = PlainLabel()
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.action_button = QPushButton()
        self.action_button.clicked.connect(self._click)
        self.buttons = [self.action_button]
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
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addWidget(self.action_button)
        layout.addLayout(self._row)
        layout.addWidget(close)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown last."""
        return self._label.text()

    def show_message(
        self,
        text: str,
        *,
        is_error: bool = False,
        action: str = "",
        key: str = "",
        more: Sequence[Offer] = (),
    ) -> None:
        """Show a sentence; `action` is the text of a button that emits `action_clicked(key)`, and
        `more` are further ones.
        """
        self._label.setText(text)
        self._label.setAccessibleName(text)
        self._icon.show_icon("error" if is_error else "info")
        self._offer([(action, key)] if action else [], more)
        self.setProperty("error", "true" if is_error else "false")
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()
        announce(self, text)

    def _offer(self, first: Sequence[Offer], more: Sequence[Offer]) -> None:
        offers = [*first, *more]
        while len(self.buttons) < len(offers):
            button = QPushButton()
            button.clicked.connect(self._click)
            self._row.addWidget(button)
            self.buttons.append(button)
        for number, button in enumerate(self.buttons):
            button.setVisible(number < len(offers))
            text, key = offers[number] if number < len(offers) else ("", "")
            button.setText(text)
            button.setObjectName(key)

    @Slot()
    def _click(self) -> None:
        self.hide()
        self.action_clicked.emit(self.sender().objectName())
