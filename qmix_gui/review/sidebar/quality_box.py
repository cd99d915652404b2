"""How many images are poor, by which threshold, and what readers have taught, in a few lines."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from qmix_core.base.image_quality import QualityLevel
from qmix_core.review.quality_teaching import FEWEST
from qmix_core.runs.quality_report import hazy_sentence
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.theme.translation import tr
from qmix_gui.widgets.plain_text import PlainLabel


class QualityBox(QWidget):
    """Follows the session's verdicts; `asked` follows the button that changes something."""

    asked = Signal()

    def __init__(self, session: ReviewSession, parent: QWidget) -> None:
        # without its parent it would be a window when it is shown, and take the focus
        super().__init__(parent)
        self._session = session
        heading = QLabel(self.tr("What counts as poor"))
        heading.setProperty("role", "strong")
        self.count, self.teaching, self.how = PlainLabel(), PlainLabel(), PlainLabel()
        self.button = QPushButton(self.tr("Threshold and learning…"))
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.setToolTip(
            self.tr("Move where poor begins, and let QMix learn from what you called poor and fine")
        )
        self.button.clicked.connect(self.asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(heading)
        for label in (self.count, self.how, self.teaching):
            label.setWordWrap(True)
            layout.addWidget(label)
        layout.addWidget(self.button)
        session.quality.changed.connect(self.refresh)
        session.classes.named.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Count again."""
        quality = self._session.quality
        counts = quality.counts(quality.poor_below)
        self.setVisible(counts is not None and self._session.verdicts.run is not None)
        if counts is None:
            return
        text = self.tr("{poor} of {images} images, below {percent}\u00a0%")
        self.count.setText(
            text.format(
                poor=f"{counts.levels[QualityLevel.POOR]:,}",
                images=f"{sum(counts.levels.values()):,}",
                percent=f"{100 * quality.poor_below:.0f}",
            )
        )
        hazy = () if quality.how is None else quality.how.among_themselves
        shown = map(self._session.classes.display, hazy)
        self.how.setText("\n".join(hazy_sentence(label, tr) for label in shown))
        self.how.setVisible(bool(hazy))
        self.teaching.setText(self._teaching())
        self.teaching.setVisible(bool(self.teaching.text()))

    def _teaching(self) -> str:
        quality = self._session.quality
        poor, fine = quality.said
        if quality.taught is not None:
            taught = quality.taught
            return self.tr("Learned from {0} poor and {1} fine").format(
                f"{taught.poor:,}", f"{taught.fine:,}"
            )
        if min(poor, fine) >= FEWEST:
            text = self.tr("{0} were called poor and {1} fine: QMix can learn from that.")
        elif poor or fine:
            text = self.tr("{0} were called poor and {1} fine; it takes {2} of each to learn.")
        else:
            return ""
        return text.format(f"{poor:,}", f"{fine:,}", FEWEST)
