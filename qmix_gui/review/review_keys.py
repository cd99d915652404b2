"""The keys that move through the images of the review page."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from qmix_gui.review.gallery_or_viewer import ImageStage
from qmix_gui.review.model.queue import ReviewQueue
from qmix_gui.settings.action_groups import MoveActions


class Screen(Protocol):
    """What the keys must know of the page."""

    def is_reviewing(self) -> bool:
        """Whether keys are meant for the images now."""

    def put_away(self) -> bool:
        """Close what lies over the images; False where nothing does."""


class ReviewKeys(QObject):
    """Moves through the queue; `hinted(text)` says why a key led nowhere."""

    hinted = Signal(str)

    def __init__(
        self,
        queue: ReviewQueue,
        stage: ImageStage,
        screen: Screen,
        actions: MoveActions,
        search: QLineEdit,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._queue, self._stage, self._screen = queue, stage, screen
        self._page, self._search = parent, search
        actions.next.triggered.connect(self._next)
        actions.previous.triggered.connect(self._previous)
        actions.next_unreviewed.triggered.connect(self._next_unreviewed)
        actions.viewer.triggered.connect(self._open_viewer)
        actions.gallery.triggered.connect(self._escape)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), parent)
        find.activated.connect(self._find)

    def _next(self) -> None:
        if self._screen.is_reviewing() and not self._queue.go(1):
            self.hinted.emit(self.tr("That is the last image of this list."))

    def _previous(self) -> None:
        if self._screen.is_reviewing() and not self._queue.go(-1):
            self.hinted.emit(self.tr("That is the first image of this list."))

    def _next_unreviewed(self) -> None:
        if self._screen.is_reviewing() and not self._queue.go_to_unreviewed():
            self.hinted.emit(self.tr("Every image of this list has been reviewed."))

    def _open_viewer(self) -> None:
        if self._screen.is_reviewing():
            self._stage.open_viewer()

    def _escape(self) -> None:
        if not self._page.isVisible() or self._screen.put_away():
            return
        if self._stage.is_viewer or self._stage.is_summary:
            self._stage.open_gallery()
        elif self._queue.row is not None:
            self._queue.go_to_row(self._queue.row)
            self._stage.take_focus()

    def _find(self) -> None:
        self._search.setFocus()
        self._search.selectAll()
