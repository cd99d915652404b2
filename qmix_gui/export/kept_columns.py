"""The columns of the input that stay in an export without identities: those that are ticked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from qmix_core.export.anonymous import choosable_columns
from qmix_core.project.store import ProjectStore

_LINES = 4


class KeptColumns(QListWidget):
    """None is ticked at first; those in which nearly every row has its own value say so."""

    def __init__(self, project: ProjectStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Columns of your table that stay"))
        self.setToolTip(self.tr("Tick the columns of your table that stay. No other does."))
        telling = self.tr("{name} (nearly every row has its own value: it can tell who it is)")
        stand_ins = self.tr("{name} (as pseudonyms)")
        for column in choosable_columns(project):
            text = column.name
            if column.is_telling:
                text = telling.format(name=column.name)
            elif column.has_pseudonyms:
                text = stand_ins.format(name=column.name)
            item = QListWidgetItem(text, self)
            item.setData(Qt.ItemDataRole.UserRole, column.name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        line = max(self.sizeHintForRow(0), self.fontMetrics().height())
        self.setMaximumHeight(min(max(self.count(), 1), _LINES) * line + 2 * self.frameWidth() + 4)

    def ticked(self) -> tuple[str, ...]:
        """Names of the columns that stay."""
        items = [self.item(row) for row in range(self.count())]
        return tuple(
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() == Qt.CheckState.Checked
        )
