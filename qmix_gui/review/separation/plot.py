"""Loss against uncertainty of all images, with outlines of the buckets; click opens, brush filters.

Both have the numbers that the card names. Points are drawn up to a number that stays quick to pan;
clicks and brushes count all of them. A slider goes back to the separations of earlier rounds.
"""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSlider,
    QWidget,
)

from qmix_core.base.types import BUCKETS, FloatArray, IntArray
from qmix_core.runs.scores import SeparationPlot as Separated
from qmix_gui.review.model.epochs import EpochPlots
from qmix_gui.review.model.filters import FilterSpec, Subset
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.theme import theme
from qmix_gui.theme.bucket_style import BUCKET_STYLES
from qmix_gui.theme.counted import images_text
from qmix_gui.widgets.plotting import plot_pen
from qmix_gui.widgets.point_plot import PointPlot

#: Lets crowds look denser; 255 is opaque.
POINT_ALPHA = 190
#: Kind of the subset that is drawn here.
SUBSET = "plot"
MOST_DRAWN = 30_000
_MOST_WHILE_SLIDING = 8_000
_SYMBOLS = ("o", "t1", "s")
#: Numbers and name of the axis without the gap that pyqtgraph leaves; the panel is low.
_AXIS_HEIGHT = 33
#: Lower, crowds cannot be told apart.
_LEAST_HEIGHT = 150
_SETTLE = 90


class SeparationPlot(PointPlot):
    """`brushed(Subset)` follows a line drawn around some."""

    brushed = Signal(object)

    def __init__(self, session: ReviewSession, parent: QWidget | None = None) -> None:
        super().__init__(parent, least_height=_LEAST_HEIGHT, mark_size=17)
        self.setObjectName("review_separation_plot")
        self._session = session
        self._sample: int | None = None
        self._row = np.zeros(0, dtype=np.int64)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._settle.timeout.connect(self._show_mark)
        self._epoch = 0
        self._view: tuple[int, int] | None = None
        self._drawn: Separated | None = None
        self._epochs = EpochPlots(session, self)
        self._epochs.shown.connect(self._take_epoch)
        self._clouds = [pg.ScatterPlotItem(pxMode=True) for _ in BUCKETS]
        self._ellipses = [pg.PlotCurveItem(antialias=True) for _ in BUCKETS]
        for item in (*self._clouds, *self._ellipses, self._mark):
            self._plot.addItem(item)
        self._plot.setAccessibleName(self.tr("Separation plot"))
        self.network = self.choice
        self.network.addItems([self.tr("Network A"), self.tr("Network B")])
        self.network.setAccessibleName(self.tr("Network whose separation is drawn"))
        self.network.currentIndexChanged.connect(self.refresh)
        self._empty.setText(self.tr("The first separation of a run appears here."))
        self._layout.addLayout(self._make_epoch_row())
        self.take_results()

    def _make_epoch_row(self) -> QHBoxLayout:
        self._epoch_label = QLabel()
        self._epoch_label.setProperty("role", "muted")
        self.epochs = QSlider(Qt.Orientation.Horizontal)
        self.epochs.setAccessibleName(self.tr("Round whose separation is drawn"))
        self.epochs.setToolTip(
            self.tr(
                "The separation of each round. The last one has the colours of the verdicts, "
                "earlier ones those that their separation alone gave."
            )
        )
        self.epochs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.epochs.setPageStep(1)
        self.epochs.valueChanged.connect(self._want_epoch)
        self.epochs.sliderReleased.connect(self.refresh)
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 12, 4)
        row.setSpacing(12)
        row.addWidget(self._epoch_label)
        row.addWidget(self.epochs, 1)
        return row

    # -- data ---------------------------------------------------------------------------------

    def take_results(self) -> None:
        """Draw the run that the session shows."""
        history = self._session.verdicts.history
        self._row = np.full(len(self._session.project.samples), -1, dtype=np.int64)
        if history is not None:
            self._row[history.sample] = np.arange(len(history.sample))
        self._epochs.take_run()
        self._drawn, self._epoch = None, 0
        last = len(self._epochs.epochs) - 1
        for widget in (self.epochs, self._epoch_label):
            widget.setVisible(last > 0)
        self.epochs.blockSignals(True)
        self.epochs.setRange(0, max(0, last))
        self.epochs.setValue(last)
        self.epochs.blockSignals(False)
        self._restyle()
        self._want_epoch()
        self._show_whole()

    def _want_epoch(self) -> None:
        epochs = self._epochs.epochs
        if epochs:
            self._epochs.want(epochs[self.epochs.value()])
        else:
            self.refresh()

    def _take_epoch(self, epoch: int, plot: Separated | None) -> None:
        self._epoch, self._drawn = epoch, plot
        text = self.tr("Round {0} of {1}").format(epoch, self._epochs.epochs[-1])
        self._epoch_label.setText(text)
        self.epochs.setAccessibleDescription(text)
        self.refresh()

    def show_sample(self, sample: int | None) -> None:
        """Mark the current image, once the reader stops: all points are painted anew for it."""
        self._sample = sample
        self._settle.start()

    def _show_mark(self) -> None:
        sample = self._sample
        found = self.points()
        is_unknown = sample is None or self._session.verdicts.is_hidden(sample)
        row = -1 if is_unknown or sample is None else int(self._row[sample])
        if found is None or row < 0:
            self._mark_place(None)
        else:
            loss, uncertainty = found[0][row].tolist()
            self._mark_place((loss, uncertainty))

    def refresh(self) -> None:
        """Draw the points and ellipses of the network and epoch chosen."""
        plot, found = self._drawn, self.points()
        view = (self._epoch, self.network.currentIndex())
        if view != self._view:
            # what was drawn was around other points
            self._box.forget()
            self._view = view
        has_plot = plot is not None
        self._stack.setCurrentWidget(self._plot if has_plot else self._empty)
        for widget in (self.network, self.tools):
            widget.setEnabled(has_plot)
        if plot is None or found is None:
            self._note.setText("")
            self._empty.setText(
                self.tr("The scores of round {0} cannot be read.").format(self._epoch)
                if self._epoch
                else self.tr("The first separation of a run appears here.")
            )
            return
        points, bucket = found[0], self._buckets()
        most = _MOST_WHILE_SLIDING if self.epochs.isSliderDown() else MOST_DRAWN
        drawn = _thinned(len(points), most)
        for code, cloud in enumerate(self._clouds):
            rows = drawn[bucket[drawn] == code]
            cloud.setData(points[rows, 0], points[rows, 1])
        network = self.network.currentIndex()
        for code, ellipse in enumerate(self._ellipses):
            outline = _outline(plot.means[network, code], plot.covariances[network, code])
            outline = _in_units(outline, plot.points[network], points)
            ellipse.setData(outline[:, 0], outline[:, 1])
        self._note.setText(
            self.tr("{0} of {1} points drawn").format(f"{len(drawn):,}", f"{len(points):,}")
            if len(drawn) < len(points)
            else images_text(len(points))
        )
        self.show_sample(self._sample)

    def _buckets(self) -> IntArray:
        """Of the points drawn: the verdicts for the last epoch, else what that separation gave."""
        results, history = self._session.verdicts.results, self._session.verdicts.history
        if results is None or history is None or self._epoch != self._epochs.epochs[-1]:
            return self._epochs.buckets(self._epoch)
        return results.bucket[history.sample]

    def points(self) -> tuple[FloatArray, IntArray] | None:
        """Loss in nats and uncertainty of the network and round drawn, float32 [N, 2], and the
        samples, int64 [N].
        """
        history = self._session.verdicts.history
        if self._drawn is None or history is None:
            return None
        network = max(0, self.network.currentIndex())
        place = int(np.flatnonzero(history.epochs == self._epoch)[0])
        pair = (history.loss[place, network], history.uncertainty[place, network])
        return np.stack(pair, axis=1), history.sample

    def follow_filter(self, spec: FilterSpec) -> None:
        """Keep what was drawn in sight only as long as it is part of the filter."""
        if not any(subset.kind == SUBSET for subset in spec.subsets):
            self._box.forget()

    # -- events -------------------------------------------------------------------------------

    def _list(self, samples: IntArray) -> None:
        mask = np.zeros(len(self._row), dtype=np.bool_)
        mask[samples] = True
        text = self.tr("{0} in the plot").format(f"{len(samples):,}")
        self.brushed.emit(Subset(SUBSET, text, mask))

    def _show_whole(self) -> None:
        found = self.points()
        if found is not None and len(found[0]):
            low, high = np.nanmin(found[0], axis=0), np.nanmax(found[0], axis=0)
            self._plot.setXRange(float(low[0]), float(high[0]), padding=0.04)
            self._plot.setYRange(float(low[1]), float(high[1]), padding=0.06)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._restyle()
        super().changeEvent(event)

    def _restyle(self) -> None:
        super()._restyle()
        colors = theme.colors()
        for code, bucket in enumerate(BUCKETS):
            style = BUCKET_STYLES[bucket]
            fill = QColor(style.color)
            fill.setAlpha(POINT_ALPHA)
            cloud = self._clouds[code]
            cloud.setSymbol(_SYMBOLS[code])
            cloud.setSize(6)
            cloud.setPen(None)
            cloud.setBrush(fill)
            self._ellipses[code].setPen(plot_pen(self._plot, style.color, 1.8))
        for side, text in (("left", self.tr("uncertainty")), ("bottom", self.tr("loss"))):
            axis = self._plot.getAxis(side)
            axis.setPen(pg.mkPen(colors.border))
            axis.setTextPen(pg.mkPen(colors.muted))
            axis.setLabel(text, color=colors.muted)
            axis.enableAutoSIPrefix(False)  # the numbers are those of the card
        self._plot.getAxis("bottom").setHeight(_AXIS_HEIGHT)


def _thinned(count: int, most: int) -> NDArray[np.int64]:
    """Rows to draw: all, or an even random share of them."""
    if count <= most:
        return np.arange(count)
    rng = np.random.default_rng(0)
    return np.sort(rng.choice(count, most, replace=False))


def _in_units(outline: FloatArray, scaled: FloatArray, points: FloatArray) -> FloatArray:
    """An outline among points scaled to [0, 1], [N, 2], moved among the same points in units.

    The highest losses were cut at one that all have who came to 1.
    """
    low, high = points.min(axis=0), points.max(axis=0)
    at_cut = points[scaled[:, 0] >= 1, 0]
    if len(at_cut):
        high[0] = at_cut.min()
    moved: FloatArray = low + outline * (high - low)
    return moved


def _outline(mean: FloatArray, covariance: FloatArray) -> FloatArray:
    """Two standard deviations around a component; float32 [K, 2], empty where it is not finite."""
    if not (np.isfinite(mean).all() and np.isfinite(covariance).all()):
        return np.zeros((0, 2), dtype=np.float32)
    values, vectors = np.linalg.eigh(covariance.astype(np.float64))
    angle = np.linspace(0, 2 * np.pi, 73)
    circle = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    outline = mean + circle * 2 * np.sqrt(values.clip(0)) @ vectors.T
    return np.asarray(outline, dtype=np.float32)
