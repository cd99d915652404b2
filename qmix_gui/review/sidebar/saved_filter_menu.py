"""A button with the person's named filters: apply, save, remove."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QMenu, QPushButton, QWidget

from qmix_gui.review.model.queue import ReviewQueue
from qmix_gui.review.model.saved_filters import SavedFilters
from qmix_gui.widgets.plain_text import without_mnemonic


class SavedFilterMenu(QPushButton):
    """Its menu is made anew each time: another window may have saved one."""

    def __init__(
        self, queue: ReviewQueue, filters: SavedFilters, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._queue = queue
        self._filters = filters
        self.setText(self.tr("Saved filters"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(self)
        menu.aboutToShow.connect(self.fill)
        self.setMenu(menu)

    def fill(self) -> None:
        """List the filters that there are now."""
        menu = self.menu()
        menu.clear()
        names = self._filters.names()
        for name in names:
            menu.addAction(without_mnemonic(name)).setData(name)
        for action in menu.actions():
            action.triggered.connect(self._apply)
        if names:
            menu.addSeparator()
        menu.addAction(self.tr("Save this filter…")).triggered.connect(self._ask_name)
        if names:
            remove = menu.addMenu(self.tr("Remove"))
            for name in names:
                action = remove.addAction(without_mnemonic(name))
                action.setData(name)
                action.triggered.connect(self._remove)

    def save(self, name: str) -> None:
        """Keep the queue's filter under a name."""
        if name.strip():
            self._filters.save(name.strip(), self._queue.spec)

    def _ask_name(self) -> None:
        dialog = QInputDialog(self)
        dialog.setWindowTitle(self.tr("Save this filter"))
        dialog.setLabelText(self.tr("Name of the filter"))
        dialog.textValueSelected.connect(self.save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _apply(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._queue.apply(self._filters.load(action.data()))

    def _remove(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._filters.remove(action.data())
