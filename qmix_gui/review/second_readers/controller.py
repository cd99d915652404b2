"""Second readers, as the review page offers them: package, merge, agreement, disagreements.

Decisions that were made in a copy of the project are merged and settled in the same places.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from qmix_core.base.errors import QMixError
from qmix_core.second_readers.agreement import PairAgreement
from qmix_core.second_readers.raters import Standing
from qmix_core.second_readers.schema import ANSWERS_SUFFIX
from qmix_gui.review.model.filters import STANDINGS, Facet
from qmix_gui.review.model.queue import ReviewQueue
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.review.second_readers.agreement_dialog import AgreementDialog
from qmix_gui.review.second_readers.package_dialog import PackageDialog
from qmix_gui.settings.action_groups import ReaderActions


class SecondReadersController(QObject):
    """Connects review.package, review.merge and review.agreement.

    `said(text, is_error)` is a sentence for the reader; `disagreements_found(text)` one that
    should come with an offer to settle them.
    """

    said = Signal(str, bool)
    disagreements_found = Signal(str)

    def __init__(
        self,
        session: ReviewSession,
        queue: ReviewQueue,
        actions: ReaderActions,
        *,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session, self._queue, self._window = session, queue, parent
        self.dialog: PackageDialog | AgreementDialog | None = None
        actions.package.triggered.connect(self.package)
        actions.merge.triggered.connect(self._choose_answers)
        actions.agreement.triggered.connect(self.agreement)

    @Slot()
    def package(self) -> None:
        """Ask what to package for a second reader."""
        listed = [self._queue.model.sample(row) for row in range(len(self._queue))]
        self._show(PackageDialog(self._session, listed, self._window))

    @Slot()
    def agreement(self) -> None:
        """Show how the readers agree."""
        readers = self._session.readings.book
        if readers is None or not readers.has_readings:
            text = self._session.readings.problem or self.tr(
                "No second reader's answers are here yet: package images for one, then merge."
            )
            self.said.emit(text, bool(self._session.readings.problem))
            return
        dialog = AgreementDialog(self._session, self._window)
        dialog.list_requested.connect(self._list_differing)
        self._show(dialog)

    def merge(self, path: Path) -> None:
        """Take a reading, or decisions of a copy of the project, in and say what it brought."""
        if path.suffix.lower() == ANSWERS_SUFFIX:
            self._merge_answers(path)
        else:
            self._merge_decisions(path)

    def _merge_decisions(self, path: Path) -> None:
        try:
            applied = self._session.decisions.import_file(path)
        except QMixError as error:
            self.said.emit(str(error), True)
            return
        text = self.tr("Decisions imported: {0}.").format(f"{applied.recorded:,}")
        if applied.known:
            text += " " + self.tr("Here already: {0}.").format(f"{applied.known:,}")
        if applied.other_content:
            more = self.tr("Left out, since their images have changed: {0}.")
            text += " " + more.format(f"{applied.other_content:,}")
        if applied.conflicts:
            more = self.tr("Images decided differently here: {0}. Your decisions are kept for now.")
            text += " " + more.format(f"{len(applied.conflicts):,}")
            self.disagreements_found.emit(text)
        else:
            self.said.emit(text, False)

    def _merge_answers(self, path: Path) -> None:
        try:
            merged = self._session.readings.merge(path, reviewer=self._session.decisions.reviewer)
        except QMixError as error:
            self.said.emit(str(error), True)
            return
        if not merged.is_new:
            text = self.tr("This reading of {0} was here already: nothing was changed.")
            self.said.emit(text.format(merged.reader), False)
            return
        text = self.tr("{0} answers of {1} are in the project.").format(
            f"{merged.answers:,}", merged.reader
        )
        if merged.changed:
            more = self.tr("{0} do not count: their images have changed since.")
            text += " " + more.format(f"{merged.changed:,}")
        codes = self._queue.filter.codes(Facet.READERS)
        count = int((codes == STANDINGS.index(Standing.DISAGREE)).sum())
        text += " " + self.tr("Readers disagree on {0} images.").format(f"{count:,}")
        if count:
            self.disagreements_found.emit(text)
        else:
            self.said.emit(text, False)

    def _show(self, dialog: PackageDialog | AgreementDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def _choose_answers(self) -> None:
        path, _filter = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Choose the answers of a second reader, or an exported log of decisions"),
            "",
            self.tr("Answers and decisions (*{0} *.csv *.tsv *.xlsx)").format(ANSWERS_SUFFIX),
        )
        if path:
            self.merge(Path(path))

    @Slot(object)
    def _list_differing(self, pair: PairAgreement) -> None:
        differing = self._queue.differing(pair.first, pair.second)
        if differing.mask.any():
            self._queue.show_subset(differing)
        else:
            self.said.emit(self.tr("They differ on no image."), False)
