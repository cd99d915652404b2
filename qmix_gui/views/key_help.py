"""All keys on one sheet over the page; made from the table of actions."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from qmix_gui.actions import SPECS
from qmix_gui.views.decision_bar import CLASS_KEYS


class KeyHelp(QWidget):
    """Covers its parent while it is shown; any click or Escape puts it away."""

    def __init__(self, classes: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._page = parent
        self.setAccessibleName(self.tr("All keys"))
        sheet = QFrame()
        sheet.setProperty("role", "panel")
        title = QLabel(self.tr("All keys"))
        title.setProperty("role", "title")
        hint = QLabel(self.tr("Esc or a click puts this sheet away."))
        hint.setProperty("role", "muted")
        columns = QHBoxLayout()
        columns.setSpacing(40)
        for sections in self._columns(classes):
            column = QVBoxLayout()
            column.setSpacing(4)
            for heading, rows in sections:
                column.addWidget(_heading(heading))
                column.addLayout(_table(rows))
                column.addSpacing(10)
            column.addStretch(1)
            columns.addLayout(column, 1)
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(28, 20, 28, 20)
        inside.addWidget(title)
        inside.addWidget(hint)
        inside.addSpacing(8)
        inside.addLayout(columns, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        scroll = QScrollArea()
        scroll.setWidget(sheet)
        scroll.setAlignment(Qt.AlignmentFlag.AlignCenter)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.viewport().setAutoFillBackground(False)
        layout.addWidget(scroll)
        parent.installEventFilter(self)
        self.hide()

    def toggle(self) -> None:
        """Show the sheet, or put it away."""
        self.setGeometry(self._page.rect())
        self.setVisible(self.isHidden())
        self.raise_()

    def _columns(self, classes: Sequence[str]) -> list[list[tuple[str, list[tuple[str, str]]]]]:
        numbered = list(enumerate(classes, start=1))[:CLASS_KEYS]
        class_rows = [(str(number), label) for number, label in numbered]
        find = QKeySequence(QKeySequence.StandardKey.Find)
        search = (find.toString(QKeySequence.SequenceFormat.NativeText), self.tr("Search"))
        original = ("H", self.tr("Hold: the image as it is in the file"))
        mouse = [
            (self.tr("Wheel"), self.tr("Zoom at the cursor")),
            (self.tr("Drag"), self.tr("Pan")),
            (self.tr("Ctrl+Wheel"), self.tr("Size of the tiles")),
            (self.tr("Ctrl/Shift+Click"), self.tr("Select several images")),
        ]
        return [
            [
                (self.tr("Decide"), _rows("review")),
                (self.tr("Label, also on the number pad"), class_rows),
            ],
            [(self.tr("Look"), [*_rows("view"), original, search]), (self.tr("Mouse"), mouse)],
            [
                (self.tr("Files"), _rows("file")),
                (self.tr("Training"), _rows("run")),
                (self.tr("Help"), _rows("help")),
            ],
        ]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._page:
            self.setGeometry(self._page.rect())
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(8, 10, 12, 150))
        painter.end()


def _rows(menu: str) -> list[tuple[str, str]]:
    native = QKeySequence.SequenceFormat.NativeText
    return [
        (
            " · ".join(QKeySequence(key).toString(native) for key in spec.keys),
            QCoreApplication.translate("actions", spec.text).rstrip("…"),
        )
        for spec in SPECS
        if spec.id.startswith(f"{menu}.") and spec.keys
    ]


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "heading")
    return label


def _table(rows: Sequence[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(3)
    grid.setColumnStretch(1, 1)
    for place, (key, text) in enumerate(rows):
        cap = QLabel(f"<b>{escape(key)}</b>")
        grid.addWidget(cap, place, 0)
        what = QLabel(text)
        what.setTextFormat(Qt.TextFormat.PlainText)
        grid.addWidget(what, place, 1)
    return grid
