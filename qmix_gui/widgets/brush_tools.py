"""Box, lasso and fit: the buttons over a plot in which one draws around points."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from qmix_gui.widgets.brush_box import BrushBox, Drag


class BrushTools(QWidget):
    """`fitted()` follows the wish to see all points. Box and lasso take turns."""

    fitted = Signal()

    def __init__(self, box: BrushBox, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = box
        self.brush = _button(
            self.tr("Box"), self.tr("Draw a rectangle to list only the images inside")
        )
        self.lasso = _button(
            self.tr("Lasso"), self.tr("Draw a line around images to list only those")
        )
        self.whole = _button(self.tr("Fit"), self.tr("Zoom out to all images"))
        for button in (self.brush, self.lasso):
            button.setCheckable(True)
            button.toggled.connect(self._choose_drag)
        self.whole.clicked.connect(self.fitted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for button in (self.brush, self.lasso, self.whole):
            row.addWidget(button)

    def _choose_drag(self, is_on: bool) -> None:
        chosen = self.sender()
        other = self.lasso if chosen is self.brush else self.brush
        if is_on:
            other.setChecked(False)
        if self.brush.isChecked():
            self._box.set_drag(Drag.RECTANGLE)
        else:
            self._box.set_drag(Drag.LASSO if self.lasso.isChecked() else Drag.PAN)


def _button(text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    button.setAccessibleName(text)
    button.setAccessibleDescription(tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
