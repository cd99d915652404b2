"""A sentence about the dataset's files across the top, with what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from qmix_gui.theme import theme
from qmix_gui.widgets.icon_label import IconLabel


class FilesBar(QFrame):
    """Hidden until `show_message`; `picked(key)` follows a click on one of its buttons.

    Unlike a MessageBar it has any number of buttons and stays until it is told or dismissed.
    """

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "message")
        self._icon = IconLabel()
        self._label = QLabel()
        self._label.setWordWrap(True)
        self.buttons: dict[str, QPushButton] = {}
        self._close = QToolButton()
        self._close.setIcon(theme.icon("close"))
        self._close.setAutoRaise(True)
        self._close.setAccessibleName(self.tr("Dismiss the message"))
        self._close.setToolTip(self.tr("Dismiss"))
        self._close.clicked.connect(self.hide)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 6, 8, 6)
        self._row.setSpacing(12)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._label, 1)
        self._row.addWidget(self._close)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown last."""
        return self._label.text()

    def set_text(self, text: str) -> None:
        """Change the sentence, as work goes on."""
        self._label.setText(text)
        self._label.setAccessibleName(text)

    def show_message(
        self, text: str, buttons: Sequence[tuple[str, str]] = (), *, is_error: bool = False
    ) -> None:
        """Show a sentence with these buttons (key, text)."""
        self.set_text(text)
        for button in self.buttons.values():
            button.hide()
            button.deleteLater()
        self.buttons = {}
        for place, (key, caption) in enumerate(buttons, start=2):
            button = QPushButton(caption)
            button.setObjectName(key)
            button.clicked.connect(self._click)
            self._row.insertWidget(place, button)
            self.buttons[key] = button
        self._icon.show_icon("error" if is_error else "info")
        self.setProperty("error", "true" if is_error else "false")
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()

    def _click(self) -> None:
        self.picked.emit(self.sender().objectName())
