"""The classes of the project: rename, merge or delete one, with the consequences before it.

What a class is called on the screen is apart from that, and in no file.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from qmix_core.base.errors import ProjectError, QMixError
from qmix_core.base.types import Action
from qmix_core.project.operations.class_changes import ClassChange
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.widgets.plain_text import PlainLabel
from qmix_gui.widgets.small_widgets import resize_on_screen, shorten

_NAME, _SHOWN, _GIVEN, _KEPT = range(4)


class ClassesDialog(QDialog):
    """Window-modal; stays open for the next change. `said(text)` is about a change that was made.

    A change is proposed by an edited name, a class to merge into or Delete; Apply makes it. The
    name on the screen changes when it is edited. Ctrl+Z takes back what was made here, newest
    first.
    """

    said = Signal(str)

    def __init__(self, session: ReviewSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Classes"))
        resize_on_screen(self, 640, 460)
        self._session = session
        self._change: ClassChange | None = None
        #: What was made here: a change of the classes, or a class and what it was shown as.
        self._made: list[ClassChange | tuple[str, str]] = []
        self._is_filling = False
        self.table = self._make_table()
        self.merge_box = QComboBox()
        self.merge_box.setAccessibleName(self.tr("Merge the class into"))
        self.merge_box.setMinimumContentsLength(14)
        shorten(self.merge_box)
        self.merge_box.activated.connect(self._propose_merge)
        self.rename_button = self._button(self.tr("Rename"), self._edit_name)
        self.delete_button = self._button(self.tr("Delete"), self._propose_deletion)
        self.sentence = PlainLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setMinimumHeight(3 * self.fontMetrics().lineSpacing())
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.apply_button = self._button(self.tr("Apply"), self._apply)
        self.apply_button.setProperty("kind", "primary")
        self.apply_button.setDefault(True)
        self._lay_out()
        session.decisions.failed.connect(self._show_problem)
        self._fill(row=0)
        if session.project.read_only:
            self._say(session.project.read_only, is_error=True)

    # -- building -----------------------------------------------------------------------------

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 4)
        table.setHorizontalHeaderLabels(
            [
                self.tr("Class"),
                self.tr("Shown as"),
                self.tr("Given label"),
                self.tr("Kept now"),
            ]
        )
        table.setAccessibleName(self.tr("Classes"))
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column in (_NAME, _SHOWN):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        for column in range(table.columnCount()):
            title = table.horizontalHeaderItem(column)
            if title is not None:
                title.setTextAlignment(_alignment(column))
        table.setStyleSheet(
            "QTableWidget { outline: 0; }"
            "QTableWidget::item, QHeaderView::section { padding: 2px 10px; }"
            "QTableWidget QLineEdit { padding: 0 8px; border-radius: 0; }"
        )
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        triggers = QAbstractItemView.EditTrigger
        table.setEditTriggers(triggers.EditKeyPressed | triggers.DoubleClicked)
        table.itemChanged.connect(self._follow_edit)
        table.currentCellChanged.connect(self._follow_cell)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._propose_deletion)
        return table

    def _button(self, text: str, method: object) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(method)
        return button

    def _lay_out(self) -> None:
        head = QLabel(self.tr("Classes"))
        head.setProperty("role", "title")
        hint = QLabel(
            self.tr(
                "Double-click a cell, or press F2, to change it. “Class” is the value that is "
                "exported; “Shown as” is for the screen alone. The files stay as they are."
            )
        )
        hint.setProperty("role", "muted")
        hint.setWordWrap(True)
        tools = QHBoxLayout()
        tools.setSpacing(8)
        for widget in (self.rename_button, self.merge_box, self.delete_button):
            tools.addWidget(widget)
        tools.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.apply_button)
        buttons.addWidget(self._button(self.tr("Close"), self.reject))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(10)
        layout.addWidget(head)
        layout.addWidget(hint)
        layout.addWidget(self.table, 1)
        layout.addLayout(tools)
        layout.addWidget(self.sentence)
        layout.addLayout(buttons)
        undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        undo.activated.connect(self._undo)

    # -- showing ------------------------------------------------------------------------------

    def _fill(self, *, row: int) -> None:
        """List the current classes, with no change proposed; select a row."""
        try:
            counts = self._session.classes.counts()
        except ProjectError as error:
            self._show_problem(str(error))
            return
        self._is_filling = True
        self.table.setRowCount(len(counts))
        for place, count in enumerate(counts):
            shown = self._session.classes.display(count.name)
            cells = (count.name, shown, f"{count.given:,}", f"{count.kept:,}")
            for column, text in enumerate(cells):
                self.table.setItem(place, column, _cell(text, column))
        self.table.setCurrentCell(min(row, len(counts) - 1), _NAME)
        self._is_filling = False
        self._choose_row()

    def _follow_cell(self, row: int, _column: int, before: int) -> None:
        # Tab out of a name that was edited stays in its row, and so does the proposal
        if row != before and not self._is_filling:
            self._choose_row()

    def _choose_row(self) -> None:
        """Offer what can be done with the class in hand."""
        self._drop_change()
        classes = self._session.classes.shown
        name = self._name()
        self.merge_box.clear()
        self.merge_box.setPlaceholderText(self.tr("Merge into…"))
        for other, shown in classes.items():
            if other != name:
                self.merge_box.addItem(shown, other)
        self.merge_box.setCurrentIndex(-1)
        can_change = not self._session.project.read_only
        can_lose = can_change and len(classes) > 2
        self.rename_button.setEnabled(can_change)
        self.merge_box.setEnabled(can_lose)
        self.delete_button.setEnabled(can_lose)
        self.table.setEnabled(can_change)

    def _drop_change(self) -> None:
        """Put a name that was edited back."""
        self._change = None
        self.apply_button.setEnabled(False)
        self._is_filling = True
        for row, texts in enumerate(self._session.classes.shown.items()):
            for column, text in zip((_NAME, _SHOWN), texts, strict=True):
                item = self.table.item(row, column)
                if item is not None and item.text() != text:
                    item.setText(text)
        self._is_filling = False
        self._say(self._exported_as(self._name()))

    def _exported_as(self, name: str) -> str:
        shown = self._session.classes.display(name)
        if shown == name:
            return self.tr("Exported and shown as “{0}”.").format(name)
        return self.tr("Exported as “{0}”, shown as “{1}”.").format(name, shown)

    def _say(self, text: str, *, is_error: bool = False) -> None:
        self.sentence.setText(text)
        self.sentence.setProperty("role", "error" if is_error else "")
        self.sentence.style().polish(self.sentence)

    def _show_problem(self, text: str) -> None:
        self._say(text, is_error=True)

    def _name(self) -> str:
        return self._session.project.classes.names[max(0, self.table.currentRow())]

    # -- proposing ----------------------------------------------------------------------------

    def _edit_name(self) -> None:
        item = self.table.item(max(0, self.table.currentRow()), _NAME)
        if item is not None:
            self.table.setFocus()
            self.table.editItem(item)

    def _follow_edit(self, item: QTableWidgetItem) -> None:
        if self._is_filling:
            return
        if item.column() == _SHOWN:
            self._show_as(self._session.project.classes.names[item.row()], item.text())
            return
        name = self._session.project.classes.names[item.row()]
        new = item.text().strip()
        if new == name:
            self._drop_change()
        else:
            self._propose(ClassChange(Action.RENAME_CLASS, name, new))

    def _propose_merge(self, place: int) -> None:
        new = str(self.merge_box.itemData(place))
        self._drop_change()
        self._propose(ClassChange(Action.MERGE_CLASS, self._name(), new))

    def _propose_deletion(self) -> None:
        if self.delete_button.isEnabled():
            self._drop_change()
            self._propose(ClassChange(Action.DELETE_CLASS, self._name()))

    def _propose(self, change: ClassChange) -> None:
        self._change = None
        self.apply_button.setEnabled(False)
        try:
            preview = self._session.classes.preview(change)
        except ProjectError as error:
            self._show_problem(str(error))
            return
        texts = {
            Action.RENAME_CLASS: self.tr("{images} images labelled “{name}” become “{new}”"),
            Action.MERGE_CLASS: self.tr("{images} images labelled “{name}” become “{new}”"),
            Action.DELETE_CLASS: self.tr("{images} images labelled “{name}” are excluded"),
        }
        text = texts[change.action].format(images=f"{preview.images:,}", **self._words(change))
        if preview.dropped:
            dropped = self.tr(" ({0} of them excluded or to re-take already)")
            text += dropped.format(f"{preview.dropped:,}")
        text += self.tr("; decisions that name it: {0}.").format(f"{preview.decisions:,}")
        if change.action is Action.RENAME_CLASS:
            text += " " + self.tr("Exports say “{0}” then.").format(change.new)
        else:
            text += " " + self.tr("Suggestions follow; retrain to judge by the new classes.")
        self._change = change
        self._say(text)
        self.apply_button.setEnabled(True)
        if change.action is not Action.MERGE_CLASS:
            # arrow keys may still be on their way to another class to merge into
            self.merge_box.setCurrentIndex(-1)
            self.apply_button.setFocus()

    # -- doing --------------------------------------------------------------------------------

    def _apply(self) -> None:
        change, row = self._change, self.table.currentRow()
        if change is None:
            return
        words = self._words(change)
        if not self._session.decisions.change_class(change):
            return
        self._made.append(change)
        self._fill(row=row)
        self.table.setFocus()
        text = {
            Action.RENAME_CLASS: self.tr("“{name}” is called “{new}” now."),
            Action.MERGE_CLASS: self.tr("“{name}” was merged into “{new}”."),
            Action.DELETE_CLASS: self.tr("“{name}” was deleted."),
        }[change.action].format(**words)
        self._say(f"{text} " + self.tr("Ctrl+Z takes it back."))
        self.said.emit(text)

    def _words(self, change: ClassChange) -> dict[str, str]:
        """The classes of a change as they are shown; a new name is what is exported."""
        display = self._session.classes.display
        new = change.new if change.action is Action.RENAME_CLASS else display(change.new)
        return {"name": display(change.name), "new": new}

    def _show_as(self, name: str, text: str) -> None:
        before = self._session.classes.display(name)
        self._drop_change()
        if text.strip() == before or not self._call(name, text):
            return
        self._made.append((name, before))
        self._say(f"{self._exported_as(name)} " + self.tr("Ctrl+Z takes it back."))

    def _call(self, name: str, text: str) -> bool:
        """Show a class otherwise; False where that cannot be."""
        try:
            self._session.classes.show_as(name, text)
        except QMixError as error:
            self._show_problem(str(error))
            return False
        # the cells stay: one of them may be what is telling of its change
        self._choose_row()
        return True

    def _undo(self) -> None:
        last = self._made[-1] if self._made else None
        if last is None:
            self._say(self.tr("Nothing was changed here."))
        elif isinstance(last, tuple):
            if self._call(*last):
                self._made.pop()
                self._say(self.tr("Undone."))
        elif self._session.decisions.undo() is not None:
            self._made.pop()
            self._fill(row=self.table.currentRow())
            self._say(self.tr("Undone."))
            self.said.emit(self.tr("A change of the classes was undone."))


def _cell(text: str, column: int) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setTextAlignment(_alignment(column))
    if column not in (_NAME, _SHOWN):
        item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
    return item


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column in (_NAME, _SHOWN) else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter
