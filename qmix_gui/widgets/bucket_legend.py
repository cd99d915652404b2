"""What each bucket means and what one does about it."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from qmix_core.base.types import BUCKETS, Bucket
from qmix_gui.theme.bucket_style import BUCKET_STYLES
from qmix_gui.theme.theme import tint

_ = QT_TRANSLATE_NOOP
_MEANINGS = {
    Bucket.CLEAN: _("BucketLegend", "Image and label agree."),
    Bucket.MISLABELED_HIGH_QUALITY: _(
        "BucketLegend", "The picture shows another class: correct the label."
    ),
    Bucket.MISLABELED_LOW_QUALITY: _(
        "BucketLegend", "Too poor to read: leave it out, take it again, or keep it."
    ),
}


def bucket_meaning(bucket: Bucket) -> str:
    """What a bucket holds, and what one does about it."""
    return QCoreApplication.translate("BucketLegend", str(_MEANINGS[bucket]))


class BucketLegend(QWidget):
    """A row for each bucket: symbol, name, meaning."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        for place, bucket in enumerate(BUCKETS):
            style = BUCKET_STYLES[bucket]
            symbol, name, line = QLabel(style.symbol), QLabel(style.name), QLabel()
            line.setText(bucket_meaning(bucket))
            tint(symbol, style)
            name.setProperty("role", "strong")
            line.setProperty("role", "muted")
            line.setWordWrap(True)
            grid.addWidget(symbol, 3 * place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(name, 3 * place, 1)
            grid.addWidget(line, 3 * place + 1, 1)
            grid.setRowMinimumHeight(3 * place + 2, 8)
