"""What became of the dataset's files, by name, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from qmix_core.project.operations.file_scan import DatasetState
from qmix_gui.widgets.small_widgets import resize_on_screen

_MOST_LISTED = 1_000


class FilesDialog(QDialog):
    """Non-modal: the review goes on beside it. `picked(key)` follows a button.

    Keys: "show", "take" (the new content of altered images), "add", "check".
    """

    picked = Signal(str)

    def __init__(
        self, state: DatasetState, *, can_change: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Files of the dataset"))
        resize_on_screen(self, 760, 560)
        head = QLabel(self.tr("What changed in the dataset"))
        head.setProperty("role", "title")
        root = QLabel(str(state.root))
        root.setProperty("role", "muted")
        root.setWordWrap(True)
        root.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName(head.text())
        self.tree.setStyleSheet("QTreeWidget::item { padding: 2px 0; }")
        self.tree.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._fill(state)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(10)
        layout.addWidget(head)
        layout.addWidget(root)
        layout.addWidget(self.tree, 1)
        if not can_change:
            wait = QLabel(self.tr("Files can be accepted and added once the training has ended."))
            wait.setWordWrap(True)
            layout.addWidget(wait)
        layout.addLayout(self._make_buttons(state, can_change))

    def _fill(self, state: DatasetState) -> None:
        self._group(
            self.tr("Altered: {count}").format(count=f"{len(state.altered):,}"),
            self.tr("The file has other content than the project knows. Not trained on."),
            list(state.altered),
        )
        self._group(
            self.tr("Missing: {count}").format(count=f"{len(state.missing):,}"),
            self.tr("Decisions are kept. Not trained on, not in the cleaned table."),
            state.missing,
        )
        self._group(
            self.tr("Renamed: {count}").format(count=f"{len(state.renamed):,}"),
            self.tr("Found by their content. Verdicts, decisions and given labels go along."),
            [f"{image}  →  {place}" for image, place in state.renamed.items()],
        )
        self._group(
            self.tr("New: {count}").format(count=f"{len(state.added):,}"),
            self.tr("Not in the project until you add them; without verdict until the next run."),
            [f"{sample.image}   ({sample.label})" for sample in state.added],
        )
        self._group(self.tr("Cannot be added"), "", [problem.text for problem in state.problems])
        if not self.tree.topLevelItemCount():
            QTreeWidgetItem(self.tree, [self.tr("Nothing has changed.")])
        if state.unread:
            text = self.tr(
                "The content of {count} files was not read: check every file to be sure."
            )
            QTreeWidgetItem(self.tree, [text.format(count=f"{state.unread:,}")])

    def _group(self, title: str, text: str, names: Sequence[str]) -> None:
        if not names:
            return
        group = QTreeWidgetItem(self.tree, [title])
        if text:
            QTreeWidgetItem(group, [text]).setDisabled(True)
        font = group.font(0)
        font.setBold(True)
        group.setFont(0, font)
        for name in names[:_MOST_LISTED]:
            QTreeWidgetItem(group, [name]).setToolTip(0, name)
        if len(names) > _MOST_LISTED:
            more = self.tr("and {count} more").format(count=f"{len(names) - _MOST_LISTED:,}")
            QTreeWidgetItem(group, [more])
        group.setExpanded(True)

    def _make_buttons(self, state: DatasetState, can_change: bool) -> QHBoxLayout:
        is_marked = bool(state.altered or state.missing)
        specs = (
            ("show", self.tr("Show in the gallery"), is_marked),
            ("take", self.tr("Take the new content in"), bool(state.altered) and can_change),
            ("add", self.tr("Add the new images"), bool(state.added) and can_change),
            ("check", self.tr("Check every file"), True),
        )
        row = QHBoxLayout()
        row.setSpacing(8)
        self.buttons: dict[str, QPushButton] = {}
        for key, text, is_enabled in specs:
            button = QPushButton(text)
            button.setObjectName(key)
            button.setEnabled(is_enabled)
            button.setAutoDefault(False)
            button.clicked.connect(self._pick)
            row.addWidget(button)
            self.buttons[key] = button
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.reject)
        row.addStretch(1)
        row.addWidget(close)
        close.setFocus()
        return row

    def _pick(self) -> None:
        self.accept()
        self.picked.emit(self.sender().objectName())
