"""What the status bar says in a workspace: how much is reviewed, and by whom."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from qmix_core.base.types import CLEAN, Status
from qmix_gui.review.model.pace import ReviewPace
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.theme import theme
from qmix_gui.widgets.elided_label import short_name
from qmix_gui.widgets.plain_text import PlainLabel, without_mnemonic
from qmix_gui.widgets.small_widgets import format_duration


class ReviewStatus(QWidget):
    """Follows a ReviewSession; a click on the name asks to change it."""

    reviewer_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: ReviewSession | None = None
        self._reviewed: set[int] = set()
        self._pace = ReviewPace()
        self.count_label = PlainLabel()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(120)
        self.bar.setAccessibleName(self.tr("Share of reviewed images"))
        self.reviewer_button = QPushButton(theme.icon("person"), "")
        self.reviewer_button.setIconSize(QSize(16, 16))
        self.reviewer_button.setProperty("kind", "flat")
        self.reviewer_button.setToolTip(self.tr("Change the reviewer's name"))
        self.reviewer_button.clicked.connect(self.reviewer_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 8, 0)
        layout.setSpacing(12)
        layout.addWidget(self.count_label)
        layout.addWidget(self.bar)
        layout.addStretch()
        layout.addWidget(self.reviewer_button)

    def insert(self, widget: QWidget) -> None:
        """Show a widget between the counts and the name."""
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.insertWidget(layout.count() - 1, widget)

    @property
    def progress(self) -> tuple[int, int]:
        """How many images are reviewed, and of how many."""
        return len(self._reviewed), self.bar.maximum()

    def follow(self, session: ReviewSession | None) -> None:
        """Show this session from now on; None hides everything."""
        if self._session is not None:
            self._session.decisions.made.disconnect(self._take_decided)
            self._session.verdicts.changed.disconnect(self._show_count)
        self._session = session
        self.setVisible(session is not None)
        if session is None:
            return
        session.decisions.made.connect(self._take_decided)
        session.verdicts.changed.connect(self._show_count)
        self._pace = ReviewPace()
        self._reviewed = {i for i in session.reviews.reviewed() if self._is_reviewed(i)}
        self.bar.setRange(0, len(session.classes.given_codes))
        self.show_reviewer(session.decisions.reviewer)
        self._show_count()

    def show_reviewer(self, name: str) -> None:
        """Show the reviewer's name."""
        short = short_name(name, self.reviewer_button)
        self.reviewer_button.setText(without_mnemonic(short) or self.tr("No reviewer yet"))
        self.reviewer_button.setAccessibleName(
            self.tr("Reviewer: {name}. Change").format(name=name or self.tr("none"))
        )

    @Slot(list)
    def _take_decided(self, samples: list[int]) -> None:
        for sample in samples:
            if self._is_reviewed(sample):
                self._reviewed.add(sample)
            else:
                self._reviewed.discard(sample)
        # one key for thousands of images, or an undo, is no pace
        if len(samples) == 1 and samples[0] in self._reviewed:
            self._pace.note()
        self._show_count()

    def _is_reviewed(self, sample: int) -> bool:
        assert self._session is not None
        return self._session.reviews.of(sample).status is not Status.UNREVIEWED

    def _suspicious_left(self) -> int:
        results = None if self._session is None else self._session.verdicts.results
        if results is None:
            return 0
        is_suspicious = results.bucket > CLEAN
        is_suspicious[list(self._reviewed)] = False
        return int(is_suspicious.sum())

    @Slot()
    def _show_count(self) -> None:
        total = self.bar.maximum()
        text = self.tr("{done} of {total} reviewed")
        text = text.format(done=f"{len(self._reviewed):,}", total=f"{total:,}")
        has_results = self._session is not None and self._session.verdicts.results is not None
        suspicious = self._suspicious_left()
        left = self._pace.seconds_left(suspicious) if has_results and suspicious else None
        if left is not None:
            text += self.tr(" · {pace} a minute · suspicious ones: {left}").format(
                pace=f"{self._pace.per_minute:.0f}", left=format_duration(left)
            )
        self.count_label.setText(text)
        self.bar.setValue(len(self._reviewed))
