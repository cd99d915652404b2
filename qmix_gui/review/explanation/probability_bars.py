"""Class probabilities of both networks, and the bucket's posterior, as bars."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from qmix_core.base.types import BUCKETS, FloatArray
from qmix_gui.theme import theme
from qmix_gui.theme.bucket_style import BUCKET_STYLES
from qmix_gui.theme.counted import percent
from qmix_gui.widgets.plain_text import plain_tool_tip

_MOST_CLASSES = 8


class ProbabilityBars(QWidget):
    """Two bars a class, network A above B; the given and the suggested class are marked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._rows: list[tuple[str, str, float, float]] = []

    def show_probabilities(
        self, probabilities: FloatArray, shown: Mapping[str, str], *, given: str, suggested: str
    ) -> None:
        """`probabilities`: float32 [2, C]; `shown`: the C classes and their names on the screen.

        With many classes the likeliest are shown.
        """
        classes = tuple(shown)
        order = np.arange(len(classes))
        if len(classes) > _MOST_CLASSES:
            likely = np.argsort(-probabilities.mean(axis=0), kind="stable")[:_MOST_CLASSES]
            order = np.union1d(likely, [classes.index(given)] if given in classes else [])
            order = order.astype(np.int64)
        marks = {given: self.tr("label"), suggested: self.tr("suggested")}
        if given == suggested:
            marks = {given: self.tr("label")}
        self._rows = [
            (
                shown[classes[index]],
                marks.get(classes[index], ""),
                float(probabilities[0, index]),
                float(probabilities[1, index]),
            )
            for index in order
        ]
        self.setAccessibleName(
            "; ".join(f"{name}: A {percent(a)}, B {percent(b)}" for name, _, a, b in self._rows)
        )
        self.setToolTip(plain_tool_tip(self.accessibleName().replace("; ", "\n")))
        self.updateGeometry()
        self.update()

    def _row_height(self) -> int:
        return self.fontMetrics().height() + 16

    def sizeHint(self) -> QSize:
        return QSize(220, self._row_height() * len(self._rows))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme.colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = self.fontMetrics()
        left_middle = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        right_middle = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for place, (name, mark, *shares) in enumerate(self._rows):
            top = place * self._row_height()
            line = QRectF(0, top, self.width(), metrics.height())
            numbers = " · ".join(percent(share) for share in shares)
            painter.setPen(QColor(colors.muted))
            painter.drawText(line, right_middle, numbers)
            line.setRight(line.right() - metrics.horizontalAdvance(numbers) - 8)
            painter.setPen(QColor(colors.text))
            text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(line.width()))
            painter.drawText(line, left_middle, text)
            if mark:
                line.setLeft(metrics.horizontalAdvance(text) + 6)
                painter.setPen(QColor(colors.accent))
                mark = metrics.elidedText(mark, Qt.TextElideMode.ElideRight, int(line.width()))
                painter.drawText(line, left_middle, mark)
            for network, share in enumerate(shares):
                bar = QRectF(0, top + metrics.height() + 1 + 5 * network, self.width(), 4)
                painter.fillRect(bar, QColor(colors.border))
                bar.setWidth(self.width() * share)
                painter.fillRect(bar, QColor(colors.accent if mark else colors.muted))
        painter.end()


class PosteriorBar(QWidget):
    """How sure the separation is of each bucket, as one bar with its legend below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._shares: tuple[float, ...] = (0.0, 0.0, 0.0)

    def show_posterior(self, posterior: FloatArray) -> None:
        """`posterior`: float32 [3] in the order of BUCKETS."""
        self._shares = tuple(float(share) for share in posterior)
        pairs = zip(BUCKETS, self._shares, strict=True)
        self.setAccessibleName(
            "; ".join(f"{BUCKET_STYLES[bucket].name} {percent(share)}" for bucket, share in pairs)
        )
        self.setToolTip(self.accessibleName().replace("; ", "\n"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(220, 14 + self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        left = 0.0
        part = self.width() / len(self._shares)
        metrics = self.fontMetrics()
        for place, (bucket, share) in enumerate(zip(BUCKETS, self._shares, strict=True)):
            style = BUCKET_STYLES[bucket]
            painter.fillRect(QRectF(left, 0, self.width() * share, 8), style.color)
            left += self.width() * share
            painter.setPen(style.color)
            legend = QRectF(part * place, 12, part, metrics.height())
            painter.drawText(
                legend, int(Qt.AlignmentFlag.AlignLeft), f"{style.symbol} {percent(share)}"
            )
        painter.end()
