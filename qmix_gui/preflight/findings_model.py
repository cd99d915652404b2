"""The findings of one kind as a Qt list: a picture, the names, and what was chosen."""

from __future__ import annotations

from pathlib import PurePosixPath

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
)
from PySide6.QtGui import QIcon

from qmix_core.base.problem import Problem
from qmix_gui.preflight.choices import PreflightChoices
from qmix_gui.preflight.file_thumbnails import FileThumbnails

_Index = QModelIndex | QPersistentModelIndex
#: A picture of 72 pixels and three lines beside it.
_ROW = QSize(240, 80)
_NOWHERE = QModelIndex()
#: Kinds with one sentence on many files, which get a row each.
_ONE_BY_ONE = frozenset({"unlisted", "unlabelled", "unreadable", "matched", "left_out_folder",
                         "spelling", "several_labels", "given_quality"})  # fmt: skip


class FindingsModel(QAbstractListModel):
    """One row a finding; pictures are read when they come into sight."""

    def __init__(
        self,
        kind: str,
        choices: PreflightChoices,
        thumbnails: FileThumbnails,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.findings = choices.problems(kind)
        if kind in _ONE_BY_ONE:
            self.findings = [
                Problem(kind, image, problem.text)
                for problem in self.findings
                for image in problem.images or ("",)
            ]
        self._choices = choices
        self._thumbnails = thumbnails
        thumbnails.ready.connect(self._show_all)
        choices.changed.connect(self._show_all)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.findings)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        finding = self.findings[index.row()]
        if role == Qt.ItemDataRole.DecorationRole:
            pixmap = self._thumbnails.pixmap(finding.images[0]) if finding.images else None
            return None if pixmap is None else QIcon(pixmap)
        if role == Qt.ItemDataRole.SizeHintRole:
            return _ROW
        if role == Qt.ItemDataRole.DisplayRole:
            return "\n".join(self._lines(finding))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join([finding.text, *self._lines(finding)[1:]])
        return None

    def _lines(self, finding: Problem) -> list[str]:
        name = PurePosixPath(finding.image).name or finding.text
        more = len(finding.images) - 1
        lines = [self.tr("{name} and {count} more").format(name=name, count=more) if more else name]
        out = sum(1 for image in finding.images if self._choices.is_left_out(image))
        label = next(filter(None, map(self._choices.label, finding.images)), "")
        if label:
            lines.append(self.tr("✓ label {label}").format(label=label))
        if out:
            lines.append(self.tr("✕ {count} left out").format(count=out))
        return lines

    def _show_all(self) -> None:
        if self.findings:
            self.dataChanged.emit(self.index(0), self.index(len(self.findings) - 1))
