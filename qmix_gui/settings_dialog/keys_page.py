"""The page of the settings on which every key can be changed."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from qmix_gui.settings.actions import CLASS_SPECS, SPECS, key_text
from qmix_gui.settings.key_map import KeyMap
from qmix_gui.widgets.plain_text import PlainLabel


class KeysPage(QWidget):
    """A table of actions and their keys; below it the keys of the chosen action are edited."""

    def __init__(self, key_map: KeyMap) -> None:
        super().__init__()
        self._map = key_map
        self._names = [spec.id for spec in (*CLASS_SPECS, *SPECS)]
        self.table = QTableWidget(len(self._names), 2)
        self.table.setAccessibleName(self.tr("Keys of all actions"))
        self.table.setHorizontalHeaderLabels([self.tr("Action"), self.tr("Keys")])
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().resizeSection(1, 160)
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.edit = QKeySequenceEdit()
        # a review key must act at the first press
        self.edit.setMaximumSequenceLength(1)
        self.edit.setAccessibleName(self.tr("New key"))
        self.none_button = QPushButton(self.tr("No key"))
        self.reset_button = QPushButton(self.tr("Reset"))
        self.reset_all_button = QPushButton(self.tr("Reset all keys"))
        self.message = PlainLabel()
        self.message.setProperty("role", "error")
        self.message.setWordWrap(True)
        label = QLabel(self.tr("New key"))
        label.setBuddy(self.edit)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self.edit, 1)
        for button in (self.none_button, self.reset_button, self.reset_all_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addWidget(self.table, 1)
        layout.addLayout(row)
        layout.addWidget(self.message)
        self._fill()
        self.table.currentCellChanged.connect(self._show_chosen)
        self.edit.keySequenceChanged.connect(self._take)
        self.none_button.clicked.connect(self._take_none)
        self.reset_button.clicked.connect(self._reset)
        self.reset_all_button.clicked.connect(self._reset_all)
        key_map.changed.connect(self._fill)
        self.table.setCurrentCell(0, 0)

    def choose(self, name: str) -> None:
        """Take an action in hand."""
        self.table.setCurrentCell(self._names.index(name), 0)

    @property
    def _chosen(self) -> str:
        return self._names[max(0, self.table.currentRow())]

    def _fill(self) -> None:
        for row, name in enumerate(self._names):
            action = self._map.action(name)
            for column, text in enumerate((action.text().rstrip("…"), key_text(action))):
                item = QTableWidgetItem(text)
                font = item.font()
                font.setBold(column == 1 and self._map.is_changed(name))
                item.setFont(font)
                self.table.setItem(row, column, item)
        self._show_chosen()

    def _show_chosen(self) -> None:
        self.message.clear()
        name = self._chosen
        self._shown = self._map.action(name).shortcut()
        with QSignalBlocker(self.edit):
            self.edit.setKeySequence(self._shown)
        self.none_button.setEnabled(bool(self._map.action(name).shortcuts()))
        self.reset_button.setEnabled(self._map.is_changed(name))

    def _take(self, keys: QKeySequence) -> None:
        # the field says so too when it is merely left
        if keys.isEmpty() or keys == self._shown:
            return
        if problem := self._map.conflict(self._chosen, keys):
            self._show_chosen()
            self.message.setText(problem)
        else:
            self._map.set_keys(self._chosen, keys)

    def _take_none(self) -> None:
        self._map.set_keys(self._chosen, QKeySequence())

    def _reset(self) -> None:
        self.message.setText(self._map.reset(self._chosen))

    def _reset_all(self) -> None:
        self._map.reset_all()
