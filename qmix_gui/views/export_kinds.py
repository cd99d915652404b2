"""The exports that the dialog offers: name and a sentence of each."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from qmix_core.types import DROPPED
from qmix_gui.models.review_session import ReviewSession
from qmix_gui.views.run_options_form import PresetCard

_ = QT_TRANSLATE_NOOP
#: Kind, name, sentence; in two columns, row by row.
_KINDS = (
    (
        "cleaned",
        _("export", "Cleaned labels"),
        _("export", "The kept images with corrected labels, in the form the labels came in."),
    ),
    (
        "folder",
        _("export", "Cleaned folder"),
        _("export", "The kept images themselves, in one folder for each class."),
    ),
    (
        "excluded",
        _("export", "Excluded images"),
        _("export", "The images to leave out or to take again, each with its reason."),
    ),
    (
        "report",
        _("export", "Report"),
        _("export", "What was found and changed, as one page to read, send or print."),
    ),
    (
        "scores",
        _("export", "All scores"),
        _("export", "Every image with its bucket, probabilities and review state."),
    ),
    (
        "audit",
        _("export", "Decision log"),
        _("export", "Who decided what and when, each row sealed by a hash."),
    ),
    (
        "cleanlab",
        _("export", "For cleanlab"),
        _("export", "Label issues and predictions of the last run, as cleanlab has them."),
    ),
    (
        "fiftyone",
        _("export", "For FiftyOne"),
        _("export", "A folder that FiftyOne opens; the images stay where they are."),
    ),
)


class ExportKinds(QWidget):
    """One card for each export, one of them chosen; `group.buttonToggled` follows each choice."""

    def __init__(self, session: ReviewSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What to export"))
        self._session = session
        self.group = QButtonGroup(self)
        self.cards: dict[str, PresetCard] = {}
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        counts = self.counts()
        for place, (kind, text, hint) in enumerate(_KINDS):
            title = QCoreApplication.translate("export", str(text))
            sentence = QCoreApplication.translate("export", str(hint))
            if kind in counts:
                images = self.tr("{count} images").format(count=f"{counts[kind]:,}")
                title = f"{title}  ·  {images}"
            needs_run = kind == "cleanlab" and session.results is None
            if needs_run:
                sentence = self.tr("Needs a finished training run.")
            card = PresetCard(title, sentence)
            card.setEnabled(not needs_run)
            self.group.addButton(card.radio)
            self.cards[kind] = card
            grid.addWidget(card, place // 2, place % 2)
        self.cards["cleaned"].radio.setChecked(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # a dialog that grows below would squeeze lines that wrap
        self.setMinimumHeight(self._grid.heightForWidth(self.width()))
        super().resizeEvent(event)

    @property
    def kind(self) -> str:
        """The chosen export."""
        return next(kind for kind, card in self.cards.items() if card.radio.isChecked())

    def counts(self) -> dict[str, int]:
        """Number of images in the exports that not all images are in, as reviewed now; and all."""
        total = len(self._session.given)
        reviewed = self._session.reviewed()
        dropped = sum(self._session.review(i).status in DROPPED for i in reviewed)
        kept = total - dropped
        return {"cleaned": kept, "folder": kept, "excluded": dropped, "scores": total}
