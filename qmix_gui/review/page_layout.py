"""The review page's splitters and sizes, remembered from one page to the next."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QFrame, QSplitter, QToolButton, QWidget

from qmix_gui.review.gallery.view import GalleryView
from qmix_gui.settings.settings import SHOWS_TRAINING, SPLITTERS, TILE_SIDE, Settings


def splitter(orientation: Qt.Orientation, name: str) -> QSplitter:
    """A splitter whose state is remembered under its name."""
    made = QSplitter(orientation)
    made.setObjectName(name)
    made.setHandleWidth(1 if orientation is Qt.Orientation.Horizontal else 5)
    made.setFrameShape(QFrame.Shape.NoFrame)
    return made


class PageLayout:
    """`below` shows or hides training and separation."""

    def __init__(
        self, page: QWidget, below: QToolButton, gallery: GalleryView, settings: Settings
    ) -> None:
        self._page, self._below, self._gallery = page, below, gallery
        self._settings = settings

    def restore(self) -> None:
        """Make the page look as the last one did."""
        kept = self._settings.get(SPLITTERS)
        for part in self._page.findChildren(QSplitter):
            if state := kept.get(part.objectName()):
                part.restoreState(QByteArray.fromBase64(state.encode()))
        self._below.setChecked(self._settings.get(SHOWS_TRAINING))
        self._gallery.set_tile_side(self._settings.get(TILE_SIDE))

    def keep(self) -> None:
        """Remember how the page looks."""
        states = {
            part.objectName(): part.saveState().toBase64().toStdString()
            for part in self._page.findChildren(QSplitter)
            if part.objectName()
        }
        self._settings.set(SPLITTERS, self._settings.get(SPLITTERS) | states)
        self._settings.set(SHOWS_TRAINING, self._below.isChecked())
        self._settings.set(TILE_SIDE, self._gallery.tile_side)
