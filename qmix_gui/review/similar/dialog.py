"""Images like the one in hand, ticked and decided together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Protocol

import numpy as np
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from qmix_core.base.types import Action, Status
from qmix_gui.review.gallery.view import GalleryView
from qmix_gui.review.model.alike import LOOSEST, MOST_LISTED, STRICTEST, Alike, words_of
from qmix_gui.review.model.gallery_model import GalleryModel
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.review.model.thumbnails import Thumbnails
from qmix_gui.review.similar.tick_delegate import TickDelegate
from qmix_gui.theme.counted import images_text
from qmix_gui.widgets.elided_label import ElidedLabel
from qmix_gui.widgets.inline_bars import InlineBar
from qmix_gui.widgets.plain_text import without_mnemonic
from qmix_gui.widgets.small_widgets import resize_on_screen


class Desk(Protocol):
    """What decides; see DecisionController."""

    def ask_about(self, samples: Sequence[int], action: Action, label: str) -> tuple[str, str]:
        """Take a decision in hand; give its question and the answer that means yes."""

    def confirm(self) -> None:
        """Carry it out."""

    def dismiss(self) -> None:
        """Forget it."""

    def undo(self) -> None:
        """Take the last decision back, with all that were made with it."""


class SimilarDialog(QDialog):
    """The images in hand come first; they, and what is ticked with them, are decided in one act."""

    def __init__(
        self,
        session: ReviewSession,
        thumbnails: Thumbnails,
        desk: Desk,
        samples: Sequence[int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Find similar images"))
        resize_on_screen(self, 1080, 760)
        self._session, self._desk = session, desk
        self._origins = [s for s in samples if not session.verdicts.is_hidden(s)]
        self.alike = Alike(session, self._origins)
        self.model = GalleryModel(session, self)
        self.grid = GalleryView(
            TickDelegate(session, thumbnails, self), thumbnails, asker="similar"
        )
        self.grid.setModel(self.model)
        self.grid.setSelectionMode(QAbstractItemView.SelectionMode.MultiSelection)
        self.grid.setAccessibleName(self.tr("Similar images"))
        self.grid.selectionModel().selectionChanged.connect(self._count)
        session.decisions.made.connect(self._follow)
        session.decisions.failed.connect(self._say)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(10)
        layout.addWidget(self._make_head(samples))
        layout.addLayout(self._make_slider_row())
        layout.addWidget(self.grid, 1)
        self.confirm_bar = InlineBar()
        self.confirm_bar.accepted.connect(self._carry_out)
        self.confirm_bar.dismissed.connect(self._forget)
        layout.addWidget(self.confirm_bar)
        layout.addLayout(self._make_decision_row())
        undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        undo.activated.connect(self._undo)
        self.strictness.setValue(round(1000 * self.alike.first_cut))
        self._list()
        self.grid.setFocus()

    # -- building -----------------------------------------------------------------------------

    def _make_head(self, samples: Sequence[int]) -> QLabel:
        if len(samples) == 1:
            name = PurePosixPath(self._session.project.samples[samples[0]].image).name
            text = self.tr("Images like {0}").format(name)
        else:
            text = self.tr("Images like one of the {0} selected").format(f"{len(samples):,}")
        head = ElidedLabel(text)
        head.setProperty("role", "title")
        return head

    def _make_slider_row(self) -> QHBoxLayout:
        self.strictness = QSlider(Qt.Orientation.Horizontal)
        self.strictness.setRange(round(1000 * LOOSEST), round(1000 * STRICTEST))
        self.strictness.setPageStep(50)
        self.strictness.setMinimumWidth(240)
        self.strictness.setAccessibleName(self.tr("How alike"))
        self.strictness.valueChanged.connect(self._list)
        self.found = QLabel()
        self.found.setProperty("role", "strong")
        self.tick_all = QPushButton(self.tr("Tick all undecided"))
        self.tick_all.clicked.connect(self._tick_all)
        self.tick_none = QPushButton(self.tr("Tick none"))
        self.tick_none.clicked.connect(self.grid.clearSelection)
        row = QHBoxLayout()
        row.setSpacing(8)
        for text in (self.tr("More"), self.tr("More alike")):
            label = QLabel(text)
            label.setProperty("role", "muted")
            row.addWidget(label)
            if row.count() == 1:
                row.addWidget(self.strictness)
        row.addSpacing(12)
        row.addWidget(self.found, 1)
        row.addWidget(self.tick_all)
        row.addWidget(self.tick_none)
        return row

    def _make_decision_row(self) -> QHBoxLayout:
        self.said = ElidedLabel(mode=Qt.TextElideMode.ElideRight)
        self.keep = QPushButton(self.tr("Keep labels"))
        self.keep.clicked.connect(self._keep)
        self.relabel = QPushButton(self.tr("Label as"))
        menu = QMenu(self.relabel)
        for name, shown in self._session.classes.shown.items():
            action = menu.addAction(without_mnemonic(shown))
            action.setData(name)
            action.triggered.connect(self._relabel)
        self.relabel.setMenu(menu)
        self.exclude = QPushButton(self.tr("Exclude"))
        self.exclude.clicked.connect(self._exclude)
        self.undo = QPushButton(self.tr("Undo"))
        self.undo.setProperty("kind", "flat")
        self.undo.clicked.connect(self._undo)
        self.undo.hide()
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.said, 1)
        for button in (self.undo, self.keep, self.relabel, self.exclude, close):
            button.setAutoDefault(False)
            row.addWidget(button)
        for button in (self.tick_all, self.tick_none):
            button.setAutoDefault(False)
        return row

    # -- listing and ticking ------------------------------------------------------------------

    def ticked(self) -> list[int]:
        """The ticked samples, in the order of the grid."""
        rows = sorted(index.row() for index in self.grid.selectionModel().selectedIndexes())
        return [self.model.sample(row) for row in rows]

    def tick(self, samples: Sequence[int]) -> None:
        """Tick these, and no others."""
        chosen = QItemSelection()
        for sample in samples:
            index = self.model.index(self.model.row(sample))
            if self.model.row(sample) >= 0:
                chosen.select(index, index)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.grid.selectionModel().select(chosen, flags)

    def _list(self) -> None:
        ticked = self.ticked()
        cut = self.strictness.value() / 1000
        found = self.alike.at_least(cut)
        self.model.set_order(np.concatenate([self._origins, found]).astype(np.int64))
        self.tick(ticked)
        words = f"{words_of(cut)}: {images_text(len(found))}"
        if len(found) == MOST_LISTED:
            words += " " + self.tr("(the most alike)")
        if not len(self.alike.samples):
            words = self.tr("The run that is shown has left nothing to compare this image by.")
        self.found.setText(words)
        self.strictness.setAccessibleDescription(words)
        self._count()

    def _tick_all(self) -> None:
        reviews = self._session.reviews
        listed = self.model.order.tolist()
        self.tick([s for s in listed if reviews.of(s).status is Status.UNREVIEWED])

    def _count(self) -> None:
        count = len(self.ticked())
        read_only = self._session.project.read_only or self._session.project.distrust
        for button in (self.keep, self.relabel, self.exclude):
            button.setEnabled(count > 0 and not read_only)
            button.setToolTip(read_only)
        self.confirm_bar.dismiss()
        text = self.tr("{0} ticked").format(f"{count:,}") if count else ""
        self._say(text or self.tr("Tick the images to decide on: a click each, or Space."))

    # -- deciding -----------------------------------------------------------------------------

    def _keep(self) -> None:
        self._ask(Action.CONFIRM)

    def _exclude(self) -> None:
        self._ask(Action.EXCLUDE)

    def _relabel(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._ask(Action.RELABEL, str(action.data()))

    def _ask(self, action: Action, label: str = "") -> None:
        question, answer = self._desk.ask_about(self.ticked(), action, label)
        self.confirm_bar.ask(question, answer)

    def _carry_out(self) -> None:
        count = len(self.ticked())
        self._has_failed = False
        self._desk.confirm()
        if not self._has_failed:
            self.grid.clearSelection()
            self._say(self.tr("Decided on {0} images.").format(f"{count:,}"))
            self.undo.show()
        self.grid.setFocus()

    def _forget(self) -> None:
        self._desk.dismiss()
        self.grid.setFocus()

    def _undo(self) -> None:
        if not self.undo.isHidden():
            self._desk.undo()
            self.undo.hide()
            self._say(self.tr("Undone."))

    def _follow(self, samples: list[int]) -> None:
        self.model.update_samples(samples)

    def _say(self, text: str) -> None:
        self._has_failed = self.sender() is self._session.decisions
        self.said.setText(text)
