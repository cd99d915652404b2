"""Which words and buttons of a page are cut off."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QWidget

from qmix_gui.widgets.elided_label import ElidedLabel


def what_is_cut(page: QWidget) -> list[str]:
    """What is smaller than it needs to be, or lies outside of what holds it."""
    found = []
    for widget in page.findChildren(QWidget):
        if not isinstance(widget, QAbstractButton | QLabel) or isinstance(widget, ElidedLabel):
            continue
        if not widget.isVisible() or widget.objectName().startswith("qt_"):
            continue
        text = widget.text().replace("\n", " ")[:60] or type(widget).__name__
        needed = widget.minimumSizeHint()
        if widget.width() < needed.width() and not _shortens(widget):
            found.append(f"{text}: {widget.width()} of {needed.width()} wide")
        if widget.height() < min(needed.height(), widget.sizeHint().height()):
            found.append(f"{text}: {widget.height()} of {needed.height()} high")
        holder = widget.parentWidget()
        if holder is not None and not holder.rect().adjusted(-1, -1, 1, 1).contains(
            widget.geometry()
        ):
            found.append(f"{text}: outside of {type(holder).__name__}")
    for area in page.findChildren(QScrollArea):
        inner = area.widget()
        bar = area.horizontalScrollBar()
        if area.isVisible() and not bar.isVisible() and inner.width() > area.viewport().width():
            found.append(
                f"{area.accessibleName()}: {inner.width() - area.viewport().width()} hidden"
            )
    return found


def _shortens(widget: QWidget) -> bool:
    return widget.minimumWidth() > 0 or not isinstance(widget, QAbstractButton | QLabel)
