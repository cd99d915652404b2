"""What each reader said of the current image, shown only where disagreements are being settled."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from qmix_core.second_readers.raters import Said, is_settled, title
from qmix_core.second_readers.schema import Mark
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.theme.bucket_style import STATUS_STYLES
from qmix_gui.widgets.plain_text import PlainLabel


class AdjudicationBar(QFrame):
    """Hidden unless the list is one of disagreements: elsewhere it would hint at an answer."""

    def __init__(self, session: ReviewSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "message")
        self._session = session
        self.text = PlainLabel()
        self.text.setWordWrap(True)
        self.hint = PlainLabel()
        self.hint.setProperty("role", "muted")
        self.hint.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 6, 12, 6)
        layout.setSpacing(2)
        layout.addWidget(self.text)
        layout.addWidget(self.hint)
        self.hide()

    def show_sample(self, sample: int | None) -> None:
        """Show what was said of this image."""
        session = self._session
        said = []
        if (
            sample is not None
            and session.readings.book is not None
            and session.readings.are_in_sight
        ):
            said = session.readings.book.said(sample)
        self.setVisible(bool(said))
        if sample is None or not said:
            return
        words = (self.tr("blind"), self.tr("review"), self.tr("imported"))
        # a re-take and an exclusion are both ungradable: then it is told what was decided
        is_tie = len({answer.key for _, answer in said}) == 1
        parts = [f"{title(rater, words)}: {self._answer(answer, is_tie)}" for rater, answer in said]
        given = self.tr("imported label: {0}").format(
            session.classes.display(session.classes.given_label(sample))
        )
        self.text.setText("   ·   ".join([*parts, given]))
        self.setAccessibleName(self.text.text())
        review = session.reviews.of(sample)
        if is_settled(review):
            hint = self.tr("Settled by {0}. Another decision takes its place.")
            self.hint.setText(hint.format(review.reviewer))
        else:
            self.hint.setText(self.tr("Your decision settles this image, and says who read what."))

    def _answer(self, said: Said, is_tie: bool) -> str:
        words = {Mark.AMBIGUOUS: self.tr("ambiguous"), Mark.UNGRADABLE: self.tr("ungradable")}
        text = self._session.classes.display(said.label) if said.label else words[said.mark]
        if is_tie and said.status is not None:
            text += f", {STATUS_STYLES[said.status].name}"
        return f"{text} (“{said.note}”)" if said.note else text
