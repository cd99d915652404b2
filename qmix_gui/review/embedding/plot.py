"""The map: alike images lie close together; click opens, a line drawn around some lists them."""

from __future__ import annotations

from pathlib import PurePosixPath

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from qmix_core.base.types import FloatArray, IntArray
from qmix_core.review.embedding_map import Arrangement
from qmix_gui.review.embedding.coloring import ColorBy, colored, decided
from qmix_gui.review.embedding.legend import Legend
from qmix_gui.review.embedding.point_cloud import PointCloud
from qmix_gui.review.embedding.thumbnail_tip import ThumbnailTip
from qmix_gui.review.model.embedding import EmbeddingMaps
from qmix_gui.review.model.filters import FilterSpec, Subset
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.review.model.thumbnails import Thumbnails
from qmix_gui.widgets.point_plot import PointPlot

#: Kind of the subset that is drawn here.
SUBSET = "map"
_LEAST_HEIGHT = 120
#: Whoever decides or pages quickly is not kept by the painting of 100,000 points; in ms.
_SETTLE = 90


class EmbeddingPlot(PointPlot):
    """`brushed(Subset)` follows a line drawn around some.

    Nothing is computed or painted while it is out of sight.
    """

    brushed = Signal(object)

    def __init__(
        self, session: ReviewSession, thumbnails: Thumbnails, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, least_height=_LEAST_HEIGHT, mark_size=19)
        self.setObjectName("review_map")
        self._session = session
        self._sample: int | None = None
        self._drawn: Arrangement | None = None
        self._decided = np.zeros(len(session.project.samples), dtype=np.bool_)
        self.maps = EmbeddingMaps(session, self)
        self.maps.changed.connect(self._take_map)
        self.maps.progressed.connect(self._show_progress)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._settle.timeout.connect(self._refresh)
        self._mark_soon = QTimer(self, singleShot=True, interval=_SETTLE)
        self._mark_soon.timeout.connect(self._show_mark)
        for side in ("left", "bottom"):
            # places have no unit
            self._plot.hideAxis(side)
        self._plot.scene().sigMouseMoved.connect(self._hover)
        self._cloud = PointCloud(self._box)
        self._plot.addItem(self._mark)
        self.tip = ThumbnailTip(thumbnails, self._plot)
        self.opened.connect(self.tip.hide)
        self._plot.setAccessibleName(self.tr("Map of the images"))
        self._fill_choice()
        self._layout.addWidget(self._make_foot())
        self._read_decided(session.reviews.reviewed())
        session.decisions.made.connect(self._follow_decisions)
        for news in (session.classes.changed, session.classes.named, session.files.changed):
            news.connect(self._follow_news)
        self._restyle()

    def _fill_choice(self) -> None:
        self.color_by = self.choice
        for by, text in (
            (ColorBy.BUCKET, self.tr("Bucket")),
            (ColorBy.GIVEN, self.tr("Given label")),
            (ColorBy.SUGGESTED, self.tr("Suggested label")),
        ):
            self.color_by.addItem(text, by)
        self.color_by.setAccessibleName(self.tr("What the colours of the map say"))
        self.color_by.currentIndexChanged.connect(self._refresh)

    def _make_foot(self) -> QWidget:
        self.legend = Legend()
        self.arrange = QPushButton()
        self.arrange.setProperty("kind", "flat")
        self.arrange.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.arrange.clicked.connect(self._want_other)
        self.busy = QProgressBar()
        self.busy.setFixedWidth(140)
        self.busy.setAccessibleName(self.tr("The images are being arranged by likeness"))
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setProperty("kind", "flat")
        self.cancel.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.cancel.clicked.connect(self.maps.cancel)
        self._foot = QWidget()
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(12, 0, 8, 4)
        row.setSpacing(8)
        row.addWidget(self.legend, 1)
        for widget in (self.arrange, self.busy, self.cancel):
            row.addWidget(widget)
        return self._foot

    # -- data ---------------------------------------------------------------------------------

    def take_results(self) -> None:
        """Draw the run that the session shows."""
        if self.isVisible():
            self.maps.look()
            self._settle.start()

    def show_sample(self, sample: int | None) -> None:
        """Mark the current image, once the reader stops."""
        self._sample = sample
        if self.isVisible():
            self._mark_soon.start()

    def follow_filter(self, spec: FilterSpec) -> None:
        """Keep what was drawn in sight only as long as it is part of the filter."""
        if not any(subset.kind == SUBSET for subset in spec.subsets):
            self._box.forget()

    def close_maps(self) -> None:
        """End the work that is going on; the plot is not used again."""
        self._settle.stop()
        self._mark_soon.stop()
        self.tip.hide()
        self.maps.close()

    def _take_map(self) -> None:
        placed = self.maps.placed
        now = None if placed is None else placed.arrangement
        if now is not self._drawn or placed is None:
            # what was drawn was around other points
            self._box.forget()
            self._drawn = now
            self._refresh()
            self._show_whole()
        self._show_state()

    def _show_state(self) -> None:
        maps = self.maps
        has_map = maps.placed is not None and len(self._cloud) > 0
        self._stack.setCurrentWidget(self._plot if has_map else self._empty)
        for widget in (self.color_by, self.tools, self._foot):
            widget.setEnabled(has_map)
        self._foot.setVisible(has_map)
        self._empty.setText(self._why_empty())
        if has_map:
            text = self.tr("{0} images").format(f"{len(self._cloud):,}")
            self._note.setText(f"⚠ {maps.problem}" if maps.problem else text)
        else:
            self._note.setText("")
        is_busy = maps.is_arranging
        self.busy.setVisible(is_busy)
        self.cancel.setVisible(is_busy)
        self.arrange.setVisible(not is_busy)
        if not is_busy:
            self.busy.setRange(0, 0)
        self.arrange.setText(self._offer())
        self.arrange.setToolTip(
            self.tr(
                "By likeness, images that are alike lie side by side; by the main differences, "
                "distances mean more, but groups may lie over each other."
            )
        )

    def _why_empty(self) -> str:
        if self.maps.problem:
            return self.maps.problem
        if self.maps.is_looking:
            return self.tr("Placing the images…")
        if self._session.verdicts.run is None:
            return self.tr("The map of the images appears here once a run has finished.")
        return self.tr(
            "The run that is shown has left nothing to place the images by. A new run will."
        )

    def _offer(self) -> str:
        if self._drawn is Arrangement.LIKENESS:
            return self.tr("Arrange by main differences")
        if self.maps.has(Arrangement.LIKENESS):
            return self.tr("Arrange by likeness")
        return self.tr("Arrange by likeness (about a minute)")

    def _want_other(self) -> None:
        is_likeness = self._drawn is Arrangement.LIKENESS
        self.maps.want(Arrangement.AXES if is_likeness else Arrangement.LIKENESS)
        if self.maps.is_arranging:
            self.cancel.setFocus()

    def _show_progress(self, done: int, total: int) -> None:
        self.busy.setRange(0, total)
        self.busy.setValue(done)

    def _follow_decisions(self, samples: list[int]) -> None:
        self._read_decided(samples)
        self._follow_news()

    def _follow_news(self, *_news: object) -> None:
        if self.isVisible():
            self._settle.start()

    def _read_decided(self, samples: list[int]) -> None:
        self._decided[samples] = decided(self._session, samples)

    def _refresh(self) -> None:
        """Draw the points of the map in the colours chosen."""
        self._settle.stop()
        placed = self.maps.placed
        if placed is None:
            nothing = np.zeros(0, dtype=np.int64)
            points = np.zeros((0, 2), dtype=np.float32)
            self._cloud.set_points(points, nothing, nothing.astype(np.bool_), ())
            return
        coloring = colored(self._session, self.color_by.currentData())
        codes, is_decided = coloring.codes[placed.sample], self._decided[placed.sample]
        self._cloud.set_points(placed.points, codes, is_decided, coloring.looks)
        entries = [(coloring.names[c], coloring.looks[c]) for c in coloring.shown(placed.sample)]
        hollow = self.tr("hollow: decided") if is_decided.any() else ""
        self.legend.show_looks(entries, hollow=hollow)
        self._show_mark()

    def _show_mark(self) -> None:
        sample = self._sample
        self._mark_place(None if sample is None else self._place_of(sample))

    def _place_of(self, sample: int) -> tuple[float, float] | None:
        placed = self.maps.placed
        rows: IntArray = np.flatnonzero(placed.sample == sample) if placed else np.zeros(0, int)
        if placed is None or not len(rows):
            return None
        x, y = placed.points[rows[0]].tolist()
        return (x, y) if np.isfinite(x) and np.isfinite(y) else None

    # -- events -------------------------------------------------------------------------------

    def points(self) -> tuple[FloatArray, IntArray] | None:
        """Places on the map, float32 [N, 2], and the samples there, int64 [N]."""
        placed = self.maps.placed
        return None if placed is None or not len(self._cloud) else (placed.points, placed.sample)

    def _hover(self, place: QPointF) -> None:
        inside = self._box.mapSceneToView(place)
        sample = None
        if self._box.sceneBoundingRect().contains(place) and not self._box.is_drawing:
            sample = self.sample_at(inside.x(), inside.y())
        if sample is None:
            self.tip.leave()
            return
        name = PurePosixPath(self._session.project.samples[sample].image).name
        label = self._session.verdicts.shown_label(sample)
        text = name if not label else f"{name}\n{self._session.classes.display(label)}"
        at: QPoint = self._plot.mapFromScene(place)
        self.tip.show_for(sample, text, at)

    def _list(self, samples: IntArray) -> None:
        mask = np.zeros(len(self._decided), dtype=np.bool_)
        mask[samples] = True
        text = self.tr("{0} on the map").format(f"{len(samples):,}")
        self.brushed.emit(Subset(SUBSET, text, mask))

    def _show_whole(self) -> None:
        placed = self.maps.placed
        if placed is None or not len(self._cloud):
            return
        low, high = np.nanmin(placed.points, axis=0), np.nanmax(placed.points, axis=0)
        for set_range, side in ((self._plot.setXRange, 0), (self._plot.setYRange, 1)):
            room = max(float(high[side] - low[side]), 1e-6) * 0.05
            set_range(float(low[side]) - room, float(high[side]) + room, padding=0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.maps.look()
        self._refresh()
        self._show_state()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.tip.leave()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._restyle()
            self._refresh()
        super().changeEvent(event)
