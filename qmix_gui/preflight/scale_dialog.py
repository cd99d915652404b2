"""Whether the classes are grades, in which order, and what they are called on the screen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from qmix_core.dataset.labels.class_scale import ClassScale
from qmix_gui.widgets.plain_text import PlainLabel
from qmix_gui.widgets.small_widgets import resize_on_screen

_VALUE, _NAME = range(2)


class ScaleDialog(QDialog):
    """Edits a scale; `scale` is what was chosen once it is accepted."""

    def __init__(self, scale: ClassScale, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Classes"))
        resize_on_screen(self, 520, 460)
        self.ordered_box = QCheckBox(self.tr("These classes are grades, the lowest first"))
        self.ordered_box.setChecked(scale.is_ordered)
        hint = PlainLabel(
            self.tr("The names are for the screen. Exports keep the values that the files have.")
        )
        hint.setProperty("role", "muted")
        hint.setWordWrap(True)
        self.table = QTableWidget(len(scale.order), 2)
        self.table.setHorizontalHeaderLabels([self.tr("In the files"), self.tr("On the screen")])
        self.table.setAccessibleName(self.tr("Values and names of the classes"))
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setStretchLastSection(True)
        for row, value in enumerate(scale.order):
            self._fill(row, value, scale.display(value))
        self.table.setCurrentCell(0, _NAME)
        self.up_button = QPushButton(self.tr("Move up"))
        self.up_button.clicked.connect(self._move_up)
        self.down_button = QPushButton(self.tr("Move down"))
        self.down_button.clicked.connect(self._move_down)
        moves = QHBoxLayout()
        moves.addWidget(self.up_button)
        moves.addWidget(self.down_button)
        moves.addStretch(1)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.ordered_box)
        layout.addWidget(self.table, 1)
        layout.addLayout(moves)
        layout.addWidget(hint)
        layout.addWidget(buttons)

    @property
    def scale(self) -> ClassScale:
        """The scale as it is in the dialog; an empty name is the value."""
        rows = [(self._text(row, _VALUE), self._text(row, _NAME).strip())
                for row in range(self.table.rowCount())]  # fmt: skip
        names = tuple((value, name) for value, name in rows if name and name != value)
        order = tuple(value for value, _ in rows)
        return ClassScale(order, self.ordered_box.isChecked(), names)

    def _fill(self, row: int, value: str, name: str) -> None:
        fixed = QTableWidgetItem(value)
        fixed.setFlags(fixed.flags() & ~Qt.ItemFlag.ItemIsEditable)
        self.table.setItem(row, _VALUE, fixed)
        self.table.setItem(row, _NAME, QTableWidgetItem(name))

    def _text(self, row: int, column: int) -> str:
        item = self.table.item(row, column)
        return "" if item is None else item.text()

    @Slot()
    def _move_up(self) -> None:
        self._move(-1)

    @Slot()
    def _move_down(self) -> None:
        self._move(1)

    def _move(self, step: int) -> None:
        row = self.table.currentRow()
        other = row + step
        if row < 0 or not 0 <= other < self.table.rowCount():
            return
        rows = [(self._text(at, _VALUE), self._text(at, _NAME)) for at in (row, other)]
        self._fill(other, *rows[0])
        self._fill(row, *rows[1])
        self.table.setCurrentCell(other, _NAME)
