"""A form that scrolls where the screen is too small for it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLabel,
    QScrollArea,
    QSpinBox,
    QToolButton,
    QWidget,
)


def scrolled(form: QWidget) -> QScrollArea:
    """An area without a frame or a ground of its own, as wide as the form needs."""
    area = QScrollArea()
    area.setWidget(form)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
    form.setAutoFillBackground(False)
    return area


def shorten(box: QComboBox) -> None:
    """Keep a box of choices from growing as wide as its longest choice."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)


_ROOM = 8


class SpinBox(QSpinBox):
    """Style sheets cannot move the number of a QSpinBox from the edge of its frame."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lineEdit().setTextMargins(_ROOM, 0, 0, 0)


#: What a frame and a panel of the system may take of a screen.
_FRAME = QSize(40, 80)


def resize_on_screen(window: QWidget, width: int, height: int) -> None:
    """Make a window so large, or as large as its screen has room for it and its frame."""
    window.resize(QSize(width, height).boundedTo(window.screen().availableSize() - _FRAME))


def grow(window: QWidget) -> None:
    """Make a window as high as its wrapped texts need, as far as the screen goes."""
    layout = window.layout()
    if layout is None:
        return
    layout.activate()
    needed = max(layout.totalHeightForWidth(window.width()), layout.totalMinimumSize().height())
    most = window.screen().availableSize().height()
    if needed > window.height():
        window.resize(window.width(), min(needed, most))


class LinkLabel(QLabel):
    """Rich text; Qt gives a link its colour when the text is set, whatever theme comes later."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.RichText)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and (text := self.text()):
            self.clear()
            self.setText(text)


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say a text, where one listens."""
    if text and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


def format_duration(seconds: float | None) -> str:
    """Time left in words, empty where it is not known."""
    if seconds is None:
        return ""
    translate = QCoreApplication.translate
    minutes = round(seconds / 60)
    if seconds < 60:
        return translate("training", "less than a minute left")
    if minutes < 60:
        return translate("training", "{count} min left").format(count=minutes)
    text = translate("training", "{hours} h {minutes} min left")
    return text.format(hours=minutes // 60, minutes=minutes % 60)


def fold_button(text: str) -> QToolButton:
    """A button with an arrow that shows and hides what it stands above; see `turn_fold`."""
    button = QToolButton()
    button.setText(text)
    button.setCheckable(True)
    button.setArrowType(Qt.ArrowType.RightArrow)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button


def turn_fold(button: QToolButton, is_shown: bool) -> None:
    """Point the arrow of a `fold_button`."""
    button.setArrowType(Qt.ArrowType.DownArrow if is_shown else Qt.ArrowType.RightArrow)
