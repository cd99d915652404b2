"""Loss and uncertainty of one image over the epochs, both networks."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qmix_core.base.types import FloatArray, IntArray
from qmix_gui.theme import theme
from qmix_gui.widgets.plotting import EpochAxis, plot_pen


class TrajectoryPlot(QWidget):
    """One small panel: network A is solid, B dashed; nothing to pan or zoom."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._plot = pg.PlotWidget(self, axisItems={"bottom": EpochAxis()})
        self._plot.setFixedHeight(104)
        self._plot.setMouseEnabled(False, False)
        self._plot.hideButtons()
        self._plot.setMenuEnabled(False)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._curves = [self._plot.plot(antialias=True) for _ in range(2)]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plot)
        self._restyle()

    def show_history(self, epochs: IntArray, values: FloatArray) -> None:
        """`epochs`: int64 [E]; `values`: float32 [E, 2]."""
        for network, curve in enumerate(self._curves):
            curve.setData(epochs, values[:, network])
        top = float(np.nanmax(values, initial=0.0))
        self._plot.setYRange(0, max(top * 1.08, 0.1), padding=0)
        # the panel is too low for more than three numbers
        step = 10.0 ** np.floor(np.log10(max(top, 0.1)))
        step *= 5 if top >= 5 * step else 2 if top >= 2 * step else 1
        places = np.arange(0, top + step / 100, step)
        self._plot.getAxis("left").setTicks([[(place, f"{place:g}") for place in places]])
        first, last = float(epochs[0]), float(epochs[-1])
        # room for the last number, which would be left out at the very edge
        self._plot.setXRange(first, max(last, first + 1), padding=0.05)
        final = ", ".join(f"{value:.2f}" for value in values[-1])
        self.setAccessibleName(f"{self._title}: {final}")
        self.setToolTip(self.tr("{0} in the last round, A and B: {1}").format(self._title, final))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._restyle()
        super().changeEvent(event)

    def _restyle(self) -> None:
        colors = theme.colors()
        self._plot.setBackground(QColor(colors.panel))
        styles = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine)
        for curve, style in zip(self._curves, styles, strict=True):
            curve.setPen(plot_pen(self._plot, colors.accent, 1.6, style))
        for side in ("left", "bottom"):
            axis = self._plot.getAxis(side)
            axis.setPen(pg.mkPen(colors.border))
            axis.setTextPen(pg.mkPen(colors.muted))
        self._plot.getAxis("left").setWidth(34)
        self._plot.setTitle(self._title, color=colors.muted, size="9pt", justify="left")
