"""Whose key it is: the images' keys are shortcuts of the window, but a focused control is first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QLineEdit,
    QWidget,
)

_CONTROLS = (QAbstractButton, QAbstractSlider, QComboBox, QLineEdit)
_KEYS = frozenset(
    {
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
        Qt.Key.Key_Space,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
    }
)


def is_for_control(key: int, focus: QWidget | None, *, in_bar: bool) -> bool:
    """Whether a key goes to the widget in focus; Escape only if that is in a bar that asks."""
    if in_bar:
        return key in _KEYS or key == Qt.Key.Key_Escape
    return key in _KEYS and isinstance(focus, _CONTROLS)


def leave_to_control(event: QKeyEvent, bars: Sequence[QWidget]) -> bool:
    """Accept the override of a shortcut whose key the focused control takes; whether it was one.

    `bars`: those that may ask something.
    """
    if event.type() != QEvent.Type.ShortcutOverride:
        return False
    focus = QApplication.focusWidget()
    in_bar = focus is not None and any(bar.isAncestorOf(focus) for bar in bars)
    if not is_for_control(event.key(), focus, in_bar=in_bar):
        return False
    event.accept()
    return True
