"""The three buckets with their counts, as symbol, name and number."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from qmix_core.types import BUCKETS, Bucket
from qmix_gui.bucket_style import BUCKET_STYLES


class BucketCounts(QWidget):
    """A dash stands for a bucket that has not been counted yet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._symbols: dict[Bucket, QLabel] = {}
        self.numbers: dict[Bucket, QLabel] = {}
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(8)
        layout.setVerticalSpacing(2)
        layout.setColumnStretch(1, 1)
        for row, bucket in enumerate(BUCKETS):
            self._symbols[bucket] = QLabel(BUCKET_STYLES[bucket].symbol)
            self.numbers[bucket] = QLabel("–")
            self.numbers[bucket].setProperty("role", "strong")
            layout.addWidget(self._symbols[bucket], row, 0)
            layout.addWidget(QLabel(BUCKET_STYLES[bucket].name), row, 1)
            layout.addWidget(self.numbers[bucket], row, 2, Qt.AlignmentFlag.AlignRight)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._recolor()

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show counts by bucket value."""
        for bucket in BUCKETS:
            count = counts.get(bucket.value)
            self.numbers[bucket].setText("–" if count is None else f"{count:,}")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._recolor()

    def _recolor(self) -> None:
        for bucket, label in self._symbols.items():
            color = BUCKET_STYLES[bucket].color.name()
            if color not in label.styleSheet():
                label.setStyleSheet(f"color: {color};")
