"""What of the review page is shown around the images, and the sizes of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QObject, Qt
from PySide6.QtWidgets import QFrame, QSplitter, QWidget

from qmix_gui.review.gallery_or_viewer import ImageStage
from qmix_gui.review.plot_area import PlotArea
from qmix_gui.settings.action_groups import RoomActions
from qmix_gui.settings.settings import SPLITTERS, TILE_SIDE, Settings


def splitter(
    orientation: Qt.Orientation,
    name: str,
    parts: Sequence[QWidget],
    *,
    sizes: Sequence[int],
    grows: int,
    stays: Sequence[int],
) -> QSplitter:
    """A splitter whose state is remembered under its name.

    `sizes`: of the parts at first; `grows`: the part that gets more room; `stays`: those that
    cannot be dragged shut.
    """
    made = QSplitter(orientation)
    made.setObjectName(name)
    made.setHandleWidth(1 if orientation is Qt.Orientation.Horizontal else 5)
    made.setFrameShape(QFrame.Shape.NoFrame)
    for part in parts:
        made.addWidget(part)
    made.setStretchFactor(grows, 1)
    made.setSizes(sizes)
    for place in stays:
        made.setCollapsible(place, False)
    return made


#: Of the height of the page, for plots that were asked for.
_PLOTS_SHARE = 0.4
#: Of the height that gallery and map share.
_SHARE_OF_MAP = 0.45


@dataclass
class _Shown:
    """What the reader wants to see in one mode."""

    sidebar: bool
    training: bool = False


class PageLayout(QObject):
    """The viewer begins with the photograph, the gallery with the filters; keys change either.

    Training and separation are there when they are asked for, and while a first run works.
    """

    def __init__(
        self,
        page: QWidget,
        stage: ImageStage,
        *,
        sidebar: QWidget,
        column: QWidget,
        training: QWidget,
        plots: PlotArea,
        actions: RoomActions,
        settings: Settings,
    ) -> None:
        super().__init__(page)
        self._page, self._stage, self._settings = page, stage, settings
        self._sidebar, self._column, self._training = sidebar, column, training
        self._plots = plots
        #: The sizes before a map took more height, and the parts that have them.
        self._before: tuple[QSplitter, QByteArray] | None = None
        self._has_plots = True
        self._alone = actions.alone
        self._gallery, self._viewer = _Shown(sidebar=True), _Shown(sidebar=False)
        actions.sidebar.triggered.connect(self._toggle_sidebar)
        actions.training.triggered.connect(self._toggle_training)
        actions.map.triggered.connect(self._toggle_map)
        actions.alone.toggled.connect(self.arrange)
        plots.tabs.currentChanged.connect(self._give_room)
        stage.mode_changed.connect(self.arrange)
        self.arrange()

    def restore(self) -> None:
        """Give the parts the sizes of the last page."""
        kept = self._settings.get(SPLITTERS)
        for part in self._page.findChildren(QSplitter):
            if state := kept.get(part.objectName()):
                part.restoreState(QByteArray.fromBase64(state.encode()))
        self._stage.gallery.set_tile_side(self._settings.get(TILE_SIDE))

    def keep(self) -> None:
        """Remember the sizes."""
        self.give_back()
        states = {
            part.objectName(): part.saveState().toBase64().toStdString()
            for part in self._page.findChildren(QSplitter)
            if part.objectName()
        }
        self._settings.set(SPLITTERS, self._settings.get(SPLITTERS) | states)
        self._settings.set(TILE_SIDE, self._stage.gallery.tile_side)

    def show_training(self, is_shown: bool) -> None:
        """Open or fold the panel of the run; over the photograph it opens by its key alone."""
        self._gallery.training = is_shown
        if not is_shown:
            self._viewer.training = False
        self.arrange()

    def arrange(self) -> None:
        """Show what belongs to the mode."""
        shown = self._shown
        is_alone = self._alone.isChecked() and self._stage.is_viewer
        self._sidebar.setVisible(shown.sidebar and not is_alone)
        self._training.setVisible(shown.training and not is_alone)
        self._column.setVisible(not is_alone and not self._stage.is_summary)
        self._stage.set_bare(is_alone)
        self._give_room()

    @property
    def _shown(self) -> _Shown:
        return self._viewer if self._stage.is_viewer else self._gallery

    def _toggle_sidebar(self) -> None:
        self._shown.sidebar = not self._shown.sidebar
        self.arrange()

    def _toggle_training(self) -> None:
        self._shown.training = not self._shown.training
        self.arrange()
        down = self._training.parentWidget()
        if self._training.isVisible() and isinstance(down, QSplitter):
            # who asks for the plots gets plots that can be read; dragging changes it
            _give(down, _PLOTS_SHARE)

    def _toggle_map(self) -> None:
        is_open = self._training.isVisible() and self._plots.is_map
        self._shown.training = not is_open
        self.arrange()
        self._plots.show_map(not is_open)

    def _give_room(self) -> None:
        """A map in the place of a curve says little; over the photograph nothing grows unasked."""
        above = self._training.parentWidget()
        if not isinstance(above, QSplitter):
            return
        self._place_plots(above)
        is_wanted = self._plots.is_map and not self._training.isHidden()
        is_wanted = is_wanted and not self._stage.is_viewer
        if is_wanted and self._before is None:
            self._before = (above, above.saveState())
            _give(above, _SHARE_OF_MAP)
        elif not is_wanted:
            self.give_back()

    def _place_plots(self, above: QSplitter) -> None:
        """Before the first results there is nothing to plot: the run alone, and as low as it is."""
        has_plots = self._plots.has_points or self._plots.is_map
        self._plots.setVisible(has_plots)
        if self._training.isHidden() or has_plots == self._has_plots:
            return
        self._has_plots = has_plots
        if not has_plots:
            least = self._training.sizeHint().height()
            above.setSizes([max(1, above.height() - least), least])

    def give_back(self) -> None:
        """Give the parts the sizes that they had before the map took more."""
        if self._before is not None:
            parts, state = self._before
            parts.restoreState(state)
            self._before = None


def _give(parts: QSplitter, share: float) -> None:
    """Give the lower one of two parts a share of the height at least."""
    total = parts.height()
    wanted = round(share * total)
    if parts.sizes()[1] < wanted:
        parts.setSizes([total - wanted, wanted])
