"""All keys on one sheet over the page; made from the table of actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from html import escape

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QColor, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from qmix_gui.settings.action_groups import CompareActions, DisplayActions
from qmix_gui.settings.actions import class_digits, key_text

_OF_THE_PHOTOGRAPH = tuple(
    f"view.{field.name}" for group in (DisplayActions, CompareActions) for field in fields(group)
)


class KeyHelp(QWidget):
    """Covers its parent while it is shown; any click or Escape puts it away."""

    def __init__(
        self, classes: Mapping[str, str], actions: dict[str, QAction], parent: QWidget
    ) -> None:
        """`classes`: what each is called on the screen."""
        super().__init__(parent)
        self._page = parent
        self._classes = classes
        self._actions = actions
        self.setAccessibleName(self.tr("All keys"))
        self._scroll = QScrollArea()
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.addWidget(self._scroll)
        parent.installEventFilter(self)
        self.hide()

    def _make_sheet(self) -> QWidget:
        sheet = QFrame()
        sheet.setProperty("role", "panel")
        title = QLabel(self.tr("All keys"))
        title.setProperty("role", "title")
        keys = key_text(self._actions["view.gallery"])
        hint = QLabel(
            self.tr("{0} or a click puts this sheet away.").format(keys)
            if keys
            else self.tr("A click puts this sheet away.")
        )
        hint.setProperty("role", "muted")
        columns = QHBoxLayout()
        columns.setSpacing(24)
        for sections in self._columns():
            column = QVBoxLayout()
            column.setSpacing(4)
            for place, (heading, rows) in enumerate(sections):
                column.addSpacing(10 if place else 0)
                column.addWidget(_heading(heading))
                column.addLayout(_table(rows))
            column.addStretch(1)
            columns.addLayout(column, 1)
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.addWidget(title)
        inside.addWidget(hint)
        inside.addSpacing(8)
        inside.addLayout(columns, 1)
        return sheet

    def toggle(self) -> None:
        """Show the sheet, or put it away."""
        if self.isHidden():
            # made anew: keys may have changed
            self._scroll.setWidget(self._make_sheet())
        self.setGeometry(self._page.rect())
        self.setVisible(self.isHidden())
        self.raise_()

    def _columns(self) -> list[list[tuple[str, list[tuple[str, str]]]]]:
        class_rows = [
            (key_text(self._actions[f"class.{digit}"]), self._classes[label])
            for label, digit in sorted(
                class_digits(tuple(self._classes)).items(), key=lambda it: it[1]
            )
        ]
        find = QKeySequence(QKeySequence.StandardKey.Find)
        search = (find.toString(QKeySequence.SequenceFormat.NativeText), self.tr("Search"))
        original = ("H", self.tr("Hold: the image as it is in the file"))
        mouse = [
            (self.tr("Wheel"), self.tr("Zoom at the cursor")),
            (self.tr("Drag"), self.tr("Pan")),
            (self.tr("Right-drag"), self.tr("Up: brighter · left: more contrast")),
            (self.tr("Right double click"), self.tr("Reset brightness and contrast")),
            (self.tr("Ctrl+Wheel"), self.tr("Size of the tiles")),
            (self.tr("Ctrl/Shift+Click"), self.tr("Select several images")),
        ]
        return [
            [
                (self.tr("Decide"), self._rows("review")),
                (self.tr("Label, also on the number pad"), class_rows),
                (self.tr("Training"), self._rows("run")),
            ],
            [
                (self.tr("Look"), [*self._rows("view", but=_OF_THE_PHOTOGRAPH), search]),
                (self.tr("Files"), self._rows("file")),
            ],
            [
                (self.tr("The photograph"), [*self._rows(*_OF_THE_PHOTOGRAPH), original]),
                (self.tr("Mouse"), mouse),
                (self.tr("Help"), self._rows("help")),
            ],
        ]

    def _rows(self, *names: str, but: Sequence[str] = ()) -> list[tuple[str, str]]:
        """The keys of menus or single actions."""
        return [
            (key_text(action), action.text().rstrip("…"))
            for name, action in self._actions.items()
            if {name, name.partition(".")[0]} & set(names) and name not in but
            if action.shortcuts()
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
