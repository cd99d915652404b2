"""Images as points in a plane: a click opens the nearest, a line drawn around some lists them."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from qmix_core.base.types import FloatArray, IntArray
from qmix_gui.theme import theme
from qmix_gui.widgets.brush_box import BrushBox, inside_polygon
from qmix_gui.widgets.brush_tools import BrushTools
from qmix_gui.widgets.elided_label import ElidedLabel
from qmix_gui.widgets.plotting import plot_pen

#: A pointer farther from any point is on none; in pixels.
_REACH = 12


class PointPlot(QWidget):
    """`opened(sample)` follows a click on a point.

    What is drawn comes from the class that inherits this one: it gives `points`, names and fills
    `_plot` and `choice`, writes `_note`, and shows `_empty` in the `_stack` where there is nothing
    to draw.
    """

    opened = Signal(int)

    def __init__(self, parent: QWidget | None, *, least_height: int, mark_size: int) -> None:
        super().__init__(parent)
        self._box = BrushBox()
        self._box.brushed.connect(self._brush)
        self._plot = pg.PlotWidget(viewBox=self._box)
        self._plot.setMenuEnabled(False)
        self._plot.setMinimumHeight(least_height)
        self._plot.hideButtons()
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.scene().sigMouseClicked.connect(self._click)
        self._mark = pg.ScatterPlotItem(pxMode=True, size=mark_size)
        #: What is drawn.
        self.choice = QComboBox()
        self.choice.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # as wide as its longest choice, unless a run beside the plot needs the room
        self.choice.setMinimumWidth(108)
        self.tools = BrushTools(self._box)
        self.tools.fitted.connect(self._show_whole)
        self._note = ElidedLabel(mode=Qt.TextElideMode.ElideRight)
        self._note.setProperty("role", "muted")
        #: Whoever shows the plot has a place for them.
        self.controls = QWidget()
        row = QHBoxLayout(self.controls)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._note, 1)
        row.addWidget(self.choice)
        row.addWidget(self.tools)
        self._empty = QLabel()
        self._empty.setProperty("role", "muted")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._plot)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        self._layout.addWidget(self._stack, 1)

    def points(self) -> tuple[FloatArray, IntArray] | None:
        """Places, float32 [N, 2], and the samples there, int64 [N]; None without a plot."""
        raise NotImplementedError

    def sample_at(self, x: float, y: float) -> int | None:
        """Sample whose point is within reach of a place in the plot's coordinates."""
        found = self.points()
        if found is None or not len(found[0]):
            return None
        points, samples = found
        apart = (points - np.array([x, y])) / np.array(self._box.viewPixelSize())
        distance = np.hypot(apart[:, 0], apart[:, 1])
        row = int(np.nanargmin(distance))
        return int(samples[row]) if distance[row] <= _REACH else None

    def _click(self, event: pg.GraphicsScene.mouseEvents.MouseClickEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        place: QPointF = self._box.mapSceneToView(event.scenePos())
        sample = self.sample_at(place.x(), place.y())
        if sample is not None:
            self.opened.emit(sample)

    def _brush(self, polygon: NDArray[np.float64]) -> None:
        found = self.points()
        if found is None:
            return
        points, samples = found
        inside = samples[inside_polygon(points, polygon)]
        if not len(inside):
            self._box.forget()
        self._list(inside)

    def _list(self, samples: IntArray) -> None:
        """Show only these, around which a line was drawn."""
        raise NotImplementedError

    def _show_whole(self) -> None:
        """Zoom out to all points."""
        raise NotImplementedError

    def _mark_place(self, place: tuple[float, float] | None) -> None:
        """Ring the point of the current image; None: it has none."""
        self._mark.setData(*([], []) if place is None else ([place[0]], [place[1]]))

    def _restyle(self) -> None:
        colors = theme.colors()
        self._plot.setBackground(QColor(colors.panel))
        self._box.restyle()
        self._mark.setPen(plot_pen(self._plot, colors.text, 2.2))
        self._mark.setBrush(None)
