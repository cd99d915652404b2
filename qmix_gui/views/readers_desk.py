"""Second readers, as the review page offers them: package, merge, agreement, disagreements."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog

from qmix_core.readers.agreement import PairAgreement
from qmix_core.readers.forms import ANSWERS_SUFFIX
from qmix_core.readers.raters import Standing
from qmix_gui.models.gallery_filter import STANDINGS, Facet
from qmix_gui.views.agreement_dialog import AgreementDialog
from qmix_gui.views.package_dialog import PackageDialog

if TYPE_CHECKING:
    from qmix_gui.views.review_page import ReviewPage

_ADJUDICATE = "adjudicate"


class ReadersDesk(QObject):
    """Connects review.package, review.merge and review.agreement."""

    def __init__(self, page: ReviewPage, actions: dict[str, QAction]) -> None:
        super().__init__(page)
        self._page = page
        self._session, self._queue = page.session, page.queue
        self.dialog: PackageDialog | AgreementDialog | None = None
        actions["review.package"].triggered.connect(self.package)
        actions["review.merge"].triggered.connect(self._choose_answers)
        actions["review.agreement"].triggered.connect(self.agreement)
        page.message_bar.action_clicked.connect(self._obey)

    @Slot()
    def package(self) -> None:
        """Ask what to package for a second reader."""
        listed = [self._queue.model.sample(row) for row in range(len(self._queue))]
        self._show(PackageDialog(self._session, listed, self._page))

    @Slot()
    def agreement(self) -> None:
        """Show how the readers agree."""
        readers = self._session.readers
        if readers is None or not readers.has_readings:
            text = self._session.readers_problem or self.tr(
                "No second reader's answers are here yet: package images for one, then merge."
            )
            self._page.show_message(text, is_error=bool(self._session.readers_problem))
            return
        dialog = AgreementDialog(self._session, self._page)
        dialog.list_requested.connect(self._list_differing)
        self._show(dialog)

    def merge(self, path: Path) -> None:
        """Take a reading in and say what it brought."""
        merged = self._session.merge_readings(path)
        if merged is None:
            return
        if not merged.is_new:
            text = self.tr("This reading of {0} was here already: nothing was changed.")
            self._page.show_message(text.format(merged.reader))
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
        self._page.message_bar.show_message(
            text, action=self.tr("Settle them") if count else "", key=_ADJUDICATE
        )

    def _show(self, dialog: PackageDialog | AgreementDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def _choose_answers(self) -> None:
        path, _filter = QFileDialog.getOpenFileName(
            self._page,
            self.tr("Choose the answers of a second reader"),
            "",
            self.tr("Answers (*{0})").format(ANSWERS_SUFFIX),
        )
        if path:
            self.merge(Path(path))

    @Slot(object)
    def _list_differing(self, pair: PairAgreement) -> None:
        differing = self._queue.differing(pair.first, pair.second)
        if differing.mask.any():
            self._queue.show_subset(differing)
        else:
            self._page.show_message(self.tr("They differ on no image."))

    @Slot(str)
    def _obey(self, key: str) -> None:
        if key == _ADJUDICATE:
            self._queue.adjudicate()
            self._page.stage.open_viewer()
