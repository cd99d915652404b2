"""Live curves of a run: losses and bucket counts over epochs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from qmix_core.base.types import BUCKETS
from qmix_gui.theme import theme
from qmix_gui.theme.bucket_style import BUCKET_STYLES
from qmix_gui.training.progress import RunProgress
from qmix_gui.widgets.plotting import EpochAxis, plot_pen

#: Marks by bucket, so that the curves do not differ by colour alone; as the bucket symbols.
_MARKS = dict(zip(BUCKETS, ("o", "t1", "s"), strict=True))
_DASHES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine)

#: The same in letters, for the names above the plot.
_LINES = ("—", "╌", "┈")

Points = Sequence[tuple[int, float]]


class TrainingPlots(QWidget):
    """Two small plots side by side, redrawn by `show_progress`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._progress = RunProgress()
        self._plots = [_make_plot(self.tr("Loss by round")), _make_plot(self.tr("Images by round"))]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self._stacks = []
        self._titles: list[tuple[QLabel, str]] = []
        for plot, title, waits_for in zip(
            self._plots,
            (self.tr("Loss"), self.tr("Images in each bucket")),
            (self.tr("From the first round on"), self.tr("From the first separation on")),
            strict=True,
        ):
            column = QVBoxLayout()
            column.setSpacing(2)
            # names of curves stand in the title: over the plot they would cover it
            label = _muted(title)
            self._titles.append((label, title))
            empty = _muted(waits_for)
            empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
            empty.setWordWrap(True)
            stack = QStackedWidget()
            stack.addWidget(empty)
            stack.addWidget(plot)
            self._stacks.append(stack)
            column.addWidget(label)
            column.addWidget(stack, 1)
            layout.addLayout(column, 1)
        self._recolor()

    def show_progress(self, progress: RunProgress) -> None:
        """Draw the curves of this run."""
        self._progress = progress
        self._draw_losses(progress.losses)
        self._draw_buckets(progress.bucket_counts)
        for stack, curves in zip(
            self._stacks, (progress.losses, progress.bucket_counts), strict=True
        ):
            stack.setCurrentIndex(1 if curves else 0)

    def _draw_losses(self, losses: Mapping[str, Points]) -> None:
        plot = self._plots[0]
        plot.clear()
        # the sum of each network's terms; the terms alone are in the scores on disk
        totals = [name for name in losses if name.count("_") <= 1]
        names: list[str] = []
        for number, name in enumerate(totals):
            color = theme.colors().accent if number % 2 == 0 else theme.colors().warning
            pen = plot_pen(plot, color, 2, _DASHES[number % len(_DASHES)])
            label = self.tr("network {name}").format(name=name.removeprefix("loss_").upper())
            names.append(f'<span style="color:{color}">{_LINES[number % 3]} {escape(label)}</span>')
            _draw(plot, losses[name], pen=pen)
        heading, title = self._titles[0]
        heading.setText(" &nbsp; ".join([escape(title), *names]))

    def _draw_buckets(self, counts: Mapping[str, Points]) -> None:
        plot = self._plots[1]
        plot.clear()
        for bucket in BUCKETS:
            color = BUCKET_STYLES[bucket].color
            _draw(
                plot,
                counts.get(bucket.value, ()),
                pen=plot_pen(plot, color, 2),
                symbol=_MARKS[bucket],
                symbolSize=6,
                symbolBrush=color,
                symbolPen=None,
            )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._recolor()

    def _recolor(self) -> None:
        chosen = theme.colors()
        for plot in self._plots:
            plot.setBackground(QColor(0, 0, 0, 0))
            for side in ("left", "bottom"):
                axis = plot.getAxis(side)
                axis.setPen(chosen.border)
                axis.setTextPen(chosen.muted)
        self.show_progress(self._progress)


def _muted(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setProperty("role", "muted")
    return label


def _make_plot(name: str) -> pg.PlotWidget:
    plot = pg.PlotWidget(axisItems={"bottom": EpochAxis()})
    plot.setAccessibleName(name)
    plot.setMinimumSize(110, 80)
    plot.setMenuEnabled(False)
    plot.setMouseEnabled(x=False, y=False)
    plot.hideButtons()
    plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    plot.getAxis("left").enableAutoSIPrefix(False)
    return plot


def _draw(plot: pg.PlotWidget, points: Points, **style: object) -> None:
    if points:
        plot.plot(
            [epoch for epoch, _ in points], [value for _, value in points], antialias=True, **style
        )
