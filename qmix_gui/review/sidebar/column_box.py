"""The columns of the table with few values, folded away until they are wanted."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from qmix_gui.review.model.queue import ReviewQueue
from qmix_gui.review.sidebar.sidebar import FacetBox, FacetRow


class ColumnBox(QWidget):
    """Shows and changes the queue's filter by columns; hidden where no column has few values."""

    def __init__(self, queue: ReviewQueue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._queue = queue
        self.fold = QToolButton()
        self.fold.setText(self.tr("Columns of the table"))
        self.fold.setCheckable(True)
        self.fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.fold.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.fold.setArrowType(Qt.ArrowType.RightArrow)
        self.fold.toggled.connect(self._unfold)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 0)
        self._column.setSpacing(1)
        self._column.addWidget(self.fold)
        self.boxes: dict[str, FacetBox] = {}
        for column in queue.filter.columns.choices():
            rows = [FacetRow(-1, self.tr("All"))]
            rows += [
                FacetRow(code, value or self.tr("empty"))
                for code, value in enumerate(column.values)
            ]
            box = FacetBox(column.name, rows)
            box.picked.connect(self._pick)
            box.hide()
            self.boxes[column.name] = box
            self._column.addWidget(box)
        self.setVisible(bool(self.boxes))
        queue.listed.connect(self.refresh)
        queue.counted.connect(self.refresh)

    def refresh(self) -> None:
        """Show what is chosen, and the counts while they are in sight."""
        spec = self._queue.spec
        if any(spec.columns.values()) and not self.fold.isChecked():
            self.fold.setChecked(True)  # what filters is in sight
            return
        if not self.fold.isChecked():
            return
        for name, box in self.boxes.items():
            column = self._queue.filter.columns.of(name)
            others = self._queue.filter.mask(spec.with_column(name, frozenset()))
            counts = np.bincount(column.codes[others], minlength=len(column.values))
            chosen = spec.columns.get(name, frozenset())
            codes = frozenset(i for i, value in enumerate(column.values) if value in chosen)
            box.update_rows(counts.astype(np.int64), codes)

    def _unfold(self, is_open: bool) -> None:
        self.fold.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        for box in self.boxes.values():
            box.setVisible(is_open)
        self.refresh()

    def _pick(self, code: int, extend: bool) -> None:
        name = next(name for name, box in self.boxes.items() if box is self.sender())
        before = self._queue.spec.columns.get(name, frozenset())
        chosen: frozenset[str] = frozenset()
        if code >= 0:
            value = self._queue.filter.columns.of(name).values[code]
            chosen = before ^ {value} if extend else frozenset({value} - before)
        self._queue.apply(self._queue.spec.with_column(name, chosen))
