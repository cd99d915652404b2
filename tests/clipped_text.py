"""Which texts of a page are shown in part, and not to be had in whole."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QPushButton,
    QStackedLayout,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

from qmix_gui.widgets.elided_label import ElidedLabel

#: Fonts are hinted: a letter may stick out by so much without a loss.
_TOLERANCE = 1


def clipped_texts(page: QWidget) -> list[str]:
    """A line for each label, button and box of choices whose text is cut.

    A text may be shortened where it is in the tool tip, and it may lie below the edge of an area
    that scrolls.
    """
    return [
        f"{type(widget).__name__} {_text(widget)[:70]!r}: {what}"
        for widget in _texts(page)
        for what in (_own_fault(widget) or _holders_fault(widget, page) or _covered(widget),)
        if what
    ]


def _texts(page: QWidget) -> Iterator[QWidget]:
    for widget in page.findChildren(QWidget):
        is_inner = widget.objectName().startswith("qt_")
        is_text = isinstance(widget, QLabel | QAbstractButton | QComboBox)
        is_here = widget.window() is page.window() and widget.isVisible()
        if is_text and is_here and not is_inner and _text(widget):
            yield widget


def _text(widget: QWidget) -> str:
    if isinstance(widget, QComboBox):
        return widget.currentText()
    assert isinstance(widget, QLabel | QAbstractButton)
    return widget.text()


def _own_fault(widget: QWidget) -> str:
    """What the widget itself is too small for."""
    is_shortened = isinstance(widget, ElidedLabel) or _shows_part(widget)
    if is_shortened and _is_in_tool_tip(widget):
        return ""
    needed = _needed(widget)
    if widget.width() + _TOLERANCE < needed.width():
        return f"{widget.width()} of {needed.width()} wide"
    if widget.height() + _TOLERANCE < needed.height():
        return f"{widget.height()} of {needed.height()} high"
    return ""


def _shows_part(widget: QWidget) -> bool:
    """Whether the text was shortened before it was set."""
    return _text(widget).endswith("…") or "…" in _text(widget)


def _is_in_tool_tip(widget: QWidget) -> bool:
    tip = QTextDocument()
    tip.setHtml(widget.toolTip())
    return bool(tip.toPlainText().strip())


def _needed(widget: QWidget) -> QSize:
    if isinstance(widget, QLabel) and widget.wordWrap():
        return QSize(0, widget.heightForWidth(widget.width()))
    if isinstance(widget, QComboBox):
        option = QStyleOptionComboBox()
        widget.initStyleOption(option)
        field = widget.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            widget,
        )
        if widget.isEditable() or widget.toolTip():
            return QSize()
        room = widget.width() - field.width()
        return QSize(widget.fontMetrics().horizontalAdvance(widget.currentText()) + room, 0)
    hint = widget.sizeHint()
    if isinstance(widget, QPushButton) and widget.property("kind") == "row":
        return QSize()  # its words are labels inside
    return hint


def _holders_fault(widget: QWidget, page: QWidget) -> str:
    """Which widget around it hides a part of it, other than by scrolling."""
    rect, holder = QRect(QPoint(), widget.size()), widget
    while holder is not page and (parent := holder.parentWidget()) is not None:
        rect = QRect(holder.mapToParent(rect.topLeft()), rect.size())
        area = parent.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is parent:
            return _beside(rect, area)
        if not parent.rect().adjusted(-2, -2, 2, 2).contains(rect):
            return f"outside of {type(parent).__name__} {parent.objectName()}"
        holder = parent
    return ""


def _covered(widget: QWidget) -> str:
    """Which neighbour in the same layout lies on it."""
    parent = widget.parentWidget()
    layout = parent.layout() if parent is not None else None
    if parent is None or layout is None or isinstance(layout, QStackedLayout):
        return ""
    for other in parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if other is widget or other.isWindow() or not other.isVisible():
            continue
        both = other.geometry() & widget.geometry()
        is_part = layout.indexOf(other) >= 0 and layout.indexOf(widget) >= 0
        if is_part and min(both.width(), both.height()) > 2:
            return f"covered by {type(other).__name__}"
    return ""


def _beside(rect: QRect, area: QAbstractScrollArea) -> str:
    """What lies right of an area can be scrolled to only where there is a bar for it."""
    is_beside = rect.right() > area.viewport().width() + _TOLERANCE
    has_bar = area.horizontalScrollBar().isVisible()
    return f"beside {area.accessibleName()}" if is_beside and not has_bar else ""
