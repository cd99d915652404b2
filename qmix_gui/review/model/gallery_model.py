"""The list of images under review: one row per sample, in a fixed order until told otherwise."""

from __future__ import annotations

from pathlib import PurePosixPath

import numpy as np
from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from qmix_core.base.types import IntArray
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.theme.bucket_style import FILE_STYLES, STATUS_STYLES, style_of
from qmix_gui.widgets.plain_text import plain_tool_tip

Index = QModelIndex | QPersistentModelIndex
#: Role of the sample's position in the project.
SAMPLE_ROLE = int(Qt.ItemDataRole.UserRole)


class GalleryModel(QAbstractListModel):
    """Rows over an order of samples. A decision repaints a row; it never moves or drops one."""

    def __init__(self, session: ReviewSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._order: IntArray = np.zeros(0, dtype=np.int64)
        self._row: IntArray = np.zeros(0, dtype=np.int64)
        self.set_order(session.verdicts.order())

    @property
    def order(self) -> IntArray:
        """Samples by row, int64."""
        return self._order

    def set_order(self, order: IntArray) -> None:
        """List these samples, in this order."""
        self.beginResetModel()
        self._order = order
        self._row = np.full(len(self._session.project.samples), -1, dtype=np.int64)
        self._row[order] = np.arange(len(order))
        self.endResetModel()

    def sample(self, row: int) -> int:
        """Sample at a row."""
        return int(self._order[row])

    def row(self, sample: int) -> int:
        """Row of a sample, -1 where it is not listed."""
        return int(self._row[sample])

    def update_samples(self, samples: list[int]) -> None:
        """Announce that the review state of these samples changed."""
        if len(samples) == len(self._row) and len(self._order):
            self.dataChanged.emit(self.index(0), self.index(len(self._order) - 1))
            return
        for sample in samples:
            row = self.row(sample)
            if row >= 0:
                index = self.index(row)
                self.dataChanged.emit(index, index)

    def rowCount(self, parent: Index | None = None) -> int:
        """Number of images listed."""
        return 0 if parent is not None and parent.isValid() else len(self._order)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """File name, path as tool tip, a spoken sentence, and the sample."""
        if not index.isValid():
            return None
        sample = self.sample(index.row())
        if role == SAMPLE_ROLE:
            return sample
        image = self._name(sample)
        if role == Qt.ItemDataRole.DisplayRole:
            return PurePosixPath(image).name
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tool_tip(image)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(sample)
        return None

    def _name(self, sample: int) -> str:
        """Path of the image; of a blind check its name alone, since folders are named by labels."""
        image = self._session.files.name(sample)
        is_hidden = self._session.verdicts.is_hidden(sample)
        return PurePosixPath(image).name if is_hidden else image

    def _spoken(self, sample: int) -> str:
        session = self._session
        bucket = session.verdicts.bucket(sample)
        style = style_of(bucket, is_hidden=session.verdicts.is_hidden(sample))
        parts = [self._name(sample), style.name]
        mark = session.files.mark(sample)
        if mark is not None:
            parts.append(FILE_STYLES[mark].name)
        if not session.verdicts.is_hidden(sample):
            label = session.reviews.label(sample)
            shown = session.classes.display(label)
            parts.append(self.tr("label {0}").format(shown) if label else shown)
        suggested = session.verdicts.suggested_label(sample)
        if suggested is not None:
            parts.append(self.tr("suggested {0}").format(session.classes.display(suggested)))
        parts.append(STATUS_STYLES[session.reviews.of(sample).status].name)
        return ", ".join(parts)
