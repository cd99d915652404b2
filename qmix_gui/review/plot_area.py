"""The plots of a run, one at a time: a tab for each, with its own tools beside the tabs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from qmix_gui.review.model.filters import FilterSpec
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.review.model.thumbnails import Thumbnails
from qmix_gui.widgets.later import Later

if TYPE_CHECKING:
    from qmix_gui.review.embedding.plot import EmbeddingPlot
    from qmix_gui.review.separation.plot import SeparationPlot

_Plot = TypeVar("_Plot", "SeparationPlot", "EmbeddingPlot")


def _controls(place: Later[SeparationPlot] | Later[EmbeddingPlot]) -> QWidget:
    return place.part.controls


class PlotArea(QWidget):
    """Separation and map, each made when it is first shown.

    `opened(sample)` follows a click on a point, `brushed(Subset)` a line drawn around some.
    """

    opened = Signal(int)
    brushed = Signal(object)

    def __init__(
        self, session: ReviewSession, thumbnails: Thumbnails, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("review_plots")
        self._session, self._thumbnails = session, thumbnails
        self._sample: int | None = None
        self._separation, self._map = Later(self._make_separation), Later(self._make_map)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.tabs.setAccessibleName(self.tr("Plots of the run"))
        self._controls, self._plots = QStackedWidget(), QStackedWidget()
        places: tuple[tuple[Later[SeparationPlot] | Later[EmbeddingPlot], str], ...] = (
            (self._separation, self.tr("Separation")),
            (self._map, self.tr("Map")),
        )
        for place, title in places:
            self.tabs.addTab(title)
            self._controls.addWidget(Later(partial(_controls, place)))
            self._plots.addWidget(place)
        self.tabs.currentChanged.connect(self._controls.setCurrentIndex)
        self.tabs.currentChanged.connect(self._plots.setCurrentIndex)
        row = QHBoxLayout()
        row.setContentsMargins(4, 2, 8, 0)
        row.setSpacing(8)
        row.addWidget(self.tabs)
        row.addWidget(self._controls, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(row)
        layout.addWidget(self._plots, 1)

    # pyqtgraph takes a good part of a second to load: not before a plot is shown

    def _make_separation(self) -> SeparationPlot:
        from qmix_gui.review.separation.plot import SeparationPlot

        return self._connected(SeparationPlot(self._session))

    def _make_map(self) -> EmbeddingPlot:
        from qmix_gui.review.embedding.plot import EmbeddingPlot

        return self._connected(EmbeddingPlot(self._session, self._thumbnails))

    def _connected(self, plot: _Plot) -> _Plot:
        plot.opened.connect(self.opened)
        plot.brushed.connect(self.brushed)
        plot.show_sample(self._sample)
        return plot

    @property
    def separation(self) -> SeparationPlot:
        """Loss against uncertainty."""
        return self._separation.part

    @property
    def map(self) -> EmbeddingPlot:
        """Alike images close together."""
        return self._map.part

    @property
    def has_points(self) -> bool:
        """Whether the session shows results that can be drawn."""
        return self._session.verdicts.history is not None

    @property
    def is_map(self) -> bool:
        """Whether the map is the plot that is shown."""
        return self._plots.currentWidget() is self._map

    def show_map(self, is_shown: bool) -> None:
        """Turn to the map, or to the separation."""
        self.tabs.setCurrentIndex(int(is_shown))

    def take_results(self) -> None:
        """Draw the run that the session shows."""
        for plot in self._made():
            plot.take_results()

    def show_sample(self, sample: int | None) -> None:
        """Mark the current image."""
        self._sample = sample
        for plot in self._made():
            plot.show_sample(sample)

    def follow_filter(self, spec: FilterSpec) -> None:
        """Keep what was drawn in sight only as long as it is part of the filter."""
        for plot in self._made():
            plot.follow_filter(spec)

    def stop(self) -> None:
        """End the work that is going on; the plots are not used again."""
        if self._map.made is not None:
            self._map.made.close_maps()

    def _made(self) -> list[SeparationPlot | EmbeddingPlot]:
        made = (self._separation.made, self._map.made)
        return [plot for plot in made if plot is not None]
