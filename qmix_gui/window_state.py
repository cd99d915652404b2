"""How the reader left the review page: splitters, the panel below, the size of the tiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QSplitter

from qmix_gui.settings import SHOWS_TRAINING, SPLITTERS, TILE_SIDE, Settings

if TYPE_CHECKING:
    from qmix_gui.views.review_page import ReviewPage


def restore_page(page: ReviewPage, settings: Settings) -> None:
    """Make a page look as the last one did."""
    kept = settings.get(SPLITTERS)
    for splitter in page.findChildren(QSplitter):
        if state := kept.get(splitter.objectName()):
            splitter.restoreState(QByteArray.fromBase64(state.encode()))
    page.below.setChecked(settings.get(SHOWS_TRAINING))
    page.stage.gallery.set_tile_side(settings.get(TILE_SIDE))


def keep_page(page: ReviewPage, settings: Settings) -> None:
    """Remember how a page looks."""
    states = {
        splitter.objectName(): splitter.saveState().toBase64().toStdString()
        for splitter in page.findChildren(QSplitter)
        if splitter.objectName()
    }
    settings.set(SPLITTERS, settings.get(SPLITTERS) | states)
    settings.set(SHOWS_TRAINING, page.below.isChecked())
    settings.set(TILE_SIDE, page.stage.gallery.tile_side)
