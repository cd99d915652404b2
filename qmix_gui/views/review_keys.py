"""The keys of the review page that lead somewhere; those that decide are the desk's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut

if TYPE_CHECKING:
    from qmix_gui.views.review_page import ReviewPage

_OWN_MENUS = ("review.", "view.next", "view.previous", "view.viewer", "view.gallery", "help.keys")


class ReviewKeys(QObject):
    """Moves through the page's queue; `hinted(text)` says why a key led nowhere."""

    hinted = Signal(str)

    def __init__(self, page: ReviewPage, actions: dict[str, QAction]) -> None:
        super().__init__(page)
        self._page = page
        self._queue = page.queue
        for name, method in {
            "view.next": self._next,
            "view.previous": self._previous,
            "view.next_unreviewed": self._next_unreviewed,
            "view.viewer": self._open_viewer,
            "view.gallery": self._escape,
            "help.keys": self._toggle_keys,
            "review.classes": page.open_classes,
        }.items():
            actions[name].triggered.connect(method)
        # a page is enough for its keys, whichever menus the window has
        page.addActions([a for name, a in actions.items() if name.startswith(_OWN_MENUS)])
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), page)
        find.activated.connect(self._search)

    def _next(self) -> None:
        if self._page.is_reviewing() and not self._queue.go(1):
            self.hinted.emit(self.tr("That is the last image of this list."))

    def _previous(self) -> None:
        if self._page.is_reviewing() and not self._queue.go(-1):
            self.hinted.emit(self.tr("That is the first image of this list."))

    def _next_unreviewed(self) -> None:
        if self._page.is_reviewing() and not self._queue.go_to_unreviewed():
            self.hinted.emit(self.tr("Every image of this list has been reviewed."))

    def _open_viewer(self) -> None:
        if self._page.is_reviewing():
            self._page.stage.open_viewer()

    def _escape(self) -> None:
        page = self._page
        if not page.isVisible():
            return
        if not page.key_help.isHidden():
            page.key_help.hide()
        elif not page.confirm_bar.isHidden():
            page.confirm_bar.dismiss()
        elif not page.note_bar.isHidden():
            page.note_bar.dismiss()
        elif page.stage.is_viewer:
            page.stage.open_gallery()
        elif self._queue.row is not None:
            self._queue.go_to_row(self._queue.row)
            page.stage.take_focus()

    def _toggle_keys(self) -> None:
        if self._page.isVisible():
            self._page.key_help.toggle()

    def _search(self) -> None:
        self._page.sidebar.search.setFocus()
        self._page.sidebar.search.selectAll()
