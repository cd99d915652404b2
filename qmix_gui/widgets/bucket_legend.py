"""What each bucket means and what one does about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from qmix_core.base.types import BUCKETS
from qmix_gui.theme.bucket_style import BUCKET_STYLES


class BucketLegend(QWidget):
    """A row for each bucket: symbol, name, meaning."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        meanings = (
            self.tr("Image and label agree."),
            self.tr("The picture shows another class: correct the label."),
            self.tr("Too poor to read: leave it out, take it again, or keep it."),
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        self._symbols = []
        for place, (bucket, meaning) in enumerate(zip(BUCKETS, meanings, strict=True)):
            style = BUCKET_STYLES[bucket]
            symbol, name, line = QLabel(style.symbol), QLabel(style.name), QLabel(meaning)
            self._symbols.append((symbol, style))
            name.setProperty("role", "strong")
            line.setProperty("role", "muted")
            line.setWordWrap(True)
            grid.addWidget(symbol, 3 * place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(name, 3 * place, 1)
            grid.addWidget(line, 3 * place + 1, 1)
            grid.setRowMinimumHeight(3 * place + 2, 8)
        self._recolor()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_symbols"):
            self._recolor()

    def _recolor(self) -> None:
        for symbol, style in self._symbols:
            color = style.color.name()
            if color not in symbol.styleSheet():
                symbol.setStyleSheet(f"color: {color};")
