"""The plots of a run, one at a time: a tab for each, with its own tools beside the tabs."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from qmix_gui.review.embedding.plot import EmbeddingPlot
from qmix_gui.review.model.filters import FilterSpec
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.review.model.thumbnails import Thumbnails
from qmix_gui.review.separation.plot import SeparationPlot


class PlotArea(QWidget):
    """Separation and map.

    `opened(sample)` follows a click on a point, `brushed(Subset)` a line drawn around some.
    """

    opened = Signal(int)
    brushed = Signal(object)

    def __init__(
        self, session: ReviewSession, thumbnails: Thumbnails, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("review_plots")
        self._session = session
        self.separation = SeparationPlot(session)
        self.map = EmbeddingPlot(session, thumbnails)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.tabs.setAccessibleName(self.tr("Plots of the run"))
        self._controls, self._plots = QStackedWidget(), QStackedWidget()
        plots: tuple[tuple[SeparationPlot | EmbeddingPlot, str], ...] = (
            (self.separation, self.tr("Separation")),
            (self.map, self.tr("Map")),
        )
        for plot, title in plots:
            plot.opened.connect(self.opened)
            plot.brushed.connect(self.brushed)
            self.tabs.addTab(title)
            self._controls.addWidget(plot.controls)
            self._plots.addWidget(plot)
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

    @property
    def has_points(self) -> bool:
        """Whether the session shows results that can be drawn."""
        return self._session.verdicts.history is not None

    @property
    def is_map(self) -> bool:
        """Whether the map is the plot that is shown."""
        return self._plots.currentWidget() is self.map

    def show_map(self, is_shown: bool) -> None:
        """Turn to the map, or to the separation."""
        self.tabs.setCurrentIndex(int(is_shown))

    def take_results(self) -> None:
        """Draw the run that the session shows."""
        self.separation.take_results()
        self.map.take_results()

    def show_sample(self, sample: int | None) -> None:
        """Mark the current image."""
        self.separation.show_sample(sample)
        self.map.show_sample(sample)

    def follow_filter(self, spec: FilterSpec) -> None:
        """Keep what was drawn in sight only as long as it is part of the filter."""
        self.separation.follow_filter(spec)
        self.map.follow_filter(spec)

    def stop(self) -> None:
        """End the work that is going on; the plots are not used again."""
        self.map.close_maps()
