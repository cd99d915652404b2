"""Loss against uncertainty of all images, with the mixture's ellipses; click opens, brush filters.

Points are drawn up to a number that stays quick to pan; clicks and brushes count all of them.
"""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qmix_core.types import BUCKETS, FloatArray, Partition
from qmix_gui import theme
from qmix_gui.bucket_style import BUCKET_STYLES
from qmix_gui.models.gallery_filter import Subset
from qmix_gui.models.review_session import ReviewSession
from qmix_gui.views.brush_box import BrushBox

#: Lets crowds look denser; 255 is opaque.
POINT_ALPHA = 190
MOST_DRAWN = 30_000
_SYMBOLS = ("o", "t1", "s")
#: A click farther from any point is no click on it; in pixels.
_REACH = 12
_SETTLE = 90


class SeparationPlot(QWidget):
    """`opened(sample)` follows a click on a point, `brushed(Subset)` a rectangle drawn."""

    opened = Signal(int)
    brushed = Signal(object)

    def __init__(self, session: ReviewSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("review_separation_plot")
        self._session = session
        self._sample: int | None = None
        self._row = np.zeros(0, dtype=np.int64)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE)
        self._settle.timeout.connect(self._show_mark)
        self._box = BrushBox()
        self._box.brushed.connect(self._brush)
        self._plot = pg.PlotWidget(viewBox=self._box)
        self._plot.setMenuEnabled(False)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setAccessibleName(self.tr("Separation plot"))
        self._plot.scene().sigMouseClicked.connect(self._click)
        self._clouds = [pg.ScatterPlotItem(pxMode=True) for _ in BUCKETS]
        self._ellipses = [pg.PlotCurveItem() for _ in BUCKETS]
        self._mark = pg.ScatterPlotItem(pxMode=True, size=17)
        for item in (*self._clouds, *self._ellipses, self._mark):
            self._plot.addItem(item)
        self._build()
        self.take_results()

    def _build(self) -> None:
        heading = QLabel(self.tr("Separation"))
        heading.setProperty("role", "strong")
        self.network = QComboBox()
        self.network.addItems([self.tr("Network A"), self.tr("Network B")])
        self.network.setAccessibleName(self.tr("Network whose separation is drawn"))
        self.network.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.network.currentIndexChanged.connect(self.refresh)
        self.brush = QToolButton()
        self.brush.setText(self.tr("Brush"))
        self.brush.setCheckable(True)
        self.brush.setToolTip(self.tr("Draw a rectangle to list only the images inside"))
        self.brush.setAccessibleName(self.tr("Brush"))
        self.brush.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.brush.toggled.connect(self._box.set_brushing)
        self.whole = QToolButton()
        self.whole.setText(self.tr("Show all"))
        self.whole.setToolTip(self.tr("Zoom out to all images"))
        self.whole.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.whole.clicked.connect(self._show_whole)
        self._note = QLabel()
        self._note.setProperty("role", "muted")
        row = QHBoxLayout()
        row.setContentsMargins(12, 6, 8, 0)
        row.setSpacing(6)
        row.addWidget(heading)
        row.addWidget(self._note, 1)
        for widget in (self.network, self.brush, self.whole):
            row.addWidget(widget)
        self._empty = QLabel(self.tr("The first separation of a run appears here."))
        self._empty.setProperty("role", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._plot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(row)
        layout.addWidget(self._stack, 1)

    # -- data ---------------------------------------------------------------------------------

    def take_results(self) -> None:
        """Draw the run that the session shows."""
        history = self._session.history
        self._row = np.full(len(self._session.project.samples), -1, dtype=np.int64)
        if history is not None:
            self._row[history.sample] = np.arange(len(history.sample))
        self._restyle()
        self.refresh()
        self._show_whole()

    def show_sample(self, sample: int | None) -> None:
        """Mark the image at hand, once the reader stops: all points are painted anew for it."""
        self._sample = sample
        self._settle.start()

    def _show_mark(self) -> None:
        sample = self._sample
        points = self._points()
        is_unknown = sample is None or self._session.is_hidden(sample)
        row = -1 if is_unknown or sample is None else int(self._row[sample])
        if points is None or row < 0:
            self._mark.setData([], [])
        else:
            self._mark.setData([points[row, 0]], [points[row, 1]])

    def refresh(self) -> None:
        """Draw the points and ellipses of the network chosen."""
        points = self._points()
        history = self._session.history
        has_plot = points is not None and history is not None
        self._stack.setCurrentWidget(self._plot if has_plot else self._empty)
        for widget in (self.network, self.brush, self.whole):
            widget.setEnabled(has_plot)
        if points is None or history is None or history.plot is None:
            self._note.setText("")
            return
        results = self._session.results
        bucket = (
            Partition.of(history.posterior[-1].mean(axis=0)).bucket
            if results is None
            else results.bucket[history.sample]
        )
        drawn = _thinned(len(points))
        for code, cloud in enumerate(self._clouds):
            rows = drawn[bucket[drawn] == code]
            cloud.setData(points[rows, 0], points[rows, 1])
        network = self.network.currentIndex()
        for code, ellipse in enumerate(self._ellipses):
            outline = _outline(
                history.plot.means[network, code], history.plot.covariances[network, code]
            )
            ellipse.setData(outline[:, 0], outline[:, 1])
        self._note.setText(
            self.tr("{0} of {1} points drawn").format(f"{len(drawn):,}", f"{len(points):,}")
            if len(drawn) < len(points)
            else self.tr("{0} images").format(f"{len(points):,}")
        )
        self.show_sample(self._sample)

    def _points(self) -> FloatArray | None:
        history = self._session.history
        if history is None or history.plot is None:
            return None
        points: FloatArray = history.plot.points[max(0, self.network.currentIndex())]
        return points

    # -- events -------------------------------------------------------------------------------

    def sample_at(self, x: float, y: float) -> int | None:
        """Sample whose point is within reach of a place in the plot's coordinates."""
        points, history = self._points(), self._session.history
        if points is None or history is None or not len(points):
            return None
        width, height = self._box.viewPixelSize()
        apart = (points - np.array([x, y])) / np.array([width, height])
        distance = np.hypot(apart[:, 0], apart[:, 1])
        row = int(np.nanargmin(distance))
        return int(history.sample[row]) if distance[row] <= _REACH else None

    def _click(self, event: pg.GraphicsScene.mouseEvents.MouseClickEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        place: QPointF = self._box.mapSceneToView(event.scenePos())
        sample = self.sample_at(place.x(), place.y())
        if sample is not None:
            self.opened.emit(sample)

    def _brush(self, left: float, bottom: float, right: float, top: float) -> None:
        points, history = self._points(), self._session.history
        if points is None or history is None:
            return
        inside = (points >= [left, bottom]).all(axis=1) & (points <= [right, top]).all(axis=1)
        mask = np.zeros(len(self._row), dtype=np.bool_)
        mask[history.sample[inside]] = True
        text = self.tr("{0} in the plot").format(f"{int(inside.sum()):,}")
        self.brushed.emit(Subset("plot", text, mask))

    def _show_whole(self) -> None:
        points = self._points()
        if points is not None and len(points):
            low, high = np.nanmin(points, axis=0), np.nanmax(points, axis=0)
            self._plot.setXRange(float(low[0]), float(high[0]), padding=0.04)
            self._plot.setYRange(float(low[1]), float(high[1]), padding=0.06)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._restyle()
        super().changeEvent(event)

    def _restyle(self) -> None:
        colors = theme.colors()
        self._plot.setBackground(QColor(colors.panel))
        for code, bucket in enumerate(BUCKETS):
            style = BUCKET_STYLES[bucket]
            fill = QColor(style.color)
            fill.setAlpha(POINT_ALPHA)
            cloud = self._clouds[code]
            cloud.setSymbol(_SYMBOLS[code])
            cloud.setSize(6)
            cloud.setPen(None)
            cloud.setBrush(fill)
            self._ellipses[code].setPen(pg.mkPen(style.color, width=1.8))
        self._mark.setPen(pg.mkPen(colors.text, width=2.2))
        self._mark.setBrush(None)
        for side, text in (("left", self.tr("uncertainty")), ("bottom", self.tr("loss"))):
            axis = self._plot.getAxis(side)
            axis.setPen(pg.mkPen(colors.border))
            axis.setTextPen(pg.mkPen(colors.muted))
            axis.setLabel(text, color=colors.muted)


def _thinned(count: int) -> NDArray[np.int64]:
    """Rows to draw: all, or an even random share of them."""
    if count <= MOST_DRAWN:
        return np.arange(count)
    rng = np.random.default_rng(0)
    return np.sort(rng.choice(count, MOST_DRAWN, replace=False))


def _outline(mean: FloatArray, covariance: FloatArray) -> FloatArray:
    """Two standard deviations around a component; float32 [K, 2], empty where it is not finite."""
    if not (np.isfinite(mean).all() and np.isfinite(covariance).all()):
        return np.zeros((0, 2), dtype=np.float32)
    values, vectors = np.linalg.eigh(covariance.astype(np.float64))
    angle = np.linspace(0, 2 * np.pi, 73)
    circle = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    outline = mean + circle * 2 * np.sqrt(values.clip(0)) @ vectors.T
    return np.asarray(outline, dtype=np.float32)
