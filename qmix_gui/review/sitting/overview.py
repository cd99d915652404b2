"""After a run: how many images need the eye, how long that takes, and the way to begin."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from qmix_core.base.types import BUCKETS, Status
from qmix_core.runs.noise_report import LEAST_TOLD, NoiseReport, load_noise, noise_sentence
from qmix_core.runs.reading_ahead import NEXT
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.review.model.sitting import SittingCounts
from qmix_gui.settings.actions import key_text
from qmix_gui.theme.bucket_style import BUCKET_STYLES
from qmix_gui.theme.counted import counted
from qmix_gui.theme.theme import tint
from qmix_gui.theme.translation import tr
from qmix_gui.widgets.bucket_legend import bucket_meaning
from qmix_gui.widgets.plain_text import PlainLabel

#: From here on there is room for what the buckets mean, in pixels.
_WIDE = 800


class Overview(QFrame):
    """Hidden until a run has finished. Its button triggers `start`."""

    def __init__(
        self, session: ReviewSession, start: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._session = session
        self._start = start
        self._is_wanted = True
        self._noise_of_run: NoiseReport | None = None
        self._noise_run: int | None = None
        self.sentence = PlainLabel()
        self.sentence.setProperty("role", "heading")
        self.sentence.setWordWrap(True)
        self.estimate = PlainLabel()
        self.estimate.setProperty("role", "muted")
        self.estimate.setWordWrap(True)
        self.button = QPushButton()
        self.button.setProperty("kind", "primary")
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(start.trigger)
        self._counts = {bucket: PlainLabel() for bucket in BUCKETS}
        self._meanings: list[QWidget] = []
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addWidget(self.sentence)
        left.addWidget(self.estimate)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        left.addLayout(row)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(24)
        layout.addLayout(left, 1)
        layout.addWidget(self._make_legend(), 1)
        session.sitting.changed.connect(self.refresh)
        start.changed.connect(self.refresh)
        self.refresh()

    def set_wanted(self, is_wanted: bool) -> None:
        """Whether there is a place for it."""
        self._is_wanted = is_wanted
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for meaning in self._meanings:
            meaning.setVisible(self.width() >= _WIDE)

    def refresh(self) -> None:
        """Say how far the reading is."""
        sitting = self._session.sitting
        is_shown = self._is_wanted and self._session.verdicts.results is not None
        self.setVisible(is_shown)
        if not is_shown:
            return
        counts = sitting.counts()
        for bucket, label in self._counts.items():
            label.setText(f"{sitting.buckets()[bucket]:,}")
        self.sentence.setText(self._sentence(counts))
        is_told = counts.suspicious > 0 or self._has_noise()
        said = [self._estimate_text()] if is_told else []
        if counts.suspicious and counts.blind:
            blind = self.tr("{0} more are hidden among the blind checks.")
            said.append(blind.format(f"{counts.blind:,}"))
        self.estimate.setText(" ".join(said))
        name = self.tr("Start review")
        if counts.suspicious and not counts.left:
            name = self.tr("Summary and next steps")
        elif counts.read:
            name = self.tr("Resume the review")
        keys = key_text(self._start)
        self.button.setText(f"{name}  ({keys})" if keys else name)
        self.button.setVisible(counts.suspicious > 0)

    def _sentence(self, counts: SittingCounts) -> str:
        minutes = max(1, round(self._session.sitting.seconds_left() / 60))
        if not counts.suspicious and counts.blind:
            return self.tr("All suspicious images are among the blind checks.")
        if not counts.suspicious and self._has_noise():
            return self.tr(
                "No single image is doubted enough to be marked; the most doubted come first."
            )
        if not counts.suspicious:
            return self.tr("No image looks wrong or too poor to read.")
        if not counts.left:
            return counted(
                counts.read,
                self.tr("The one suspicious image is read."),
                self.tr("All {count} suspicious images are read."),
            )
        if counts.read:
            text = self.tr("{0} of {1} suspicious images are read; the rest takes about {2} min.")
            return text.format(f"{counts.read:,}", f"{counts.suspicious:,}", f"{minutes:,}")
        text = self.tr("{0} of {1} images need your eye, about {2} min.")
        if counts.suspicious == 1:
            text = self.tr("{0} of {1} images needs your eye, about {2} min.")
        return text.format(f"{counts.suspicious:,}", f"{counts.images:,}", f"{minutes:,}")

    def _noise(self) -> NoiseReport | None:
        run = self._session.verdicts.run
        if run != self._noise_run:
            self._noise_run = run
            folder = None if run is None else self._session.project.runs.folder(run)
            self._noise_of_run = None if folder is None else load_noise(folder)
        return self._noise_of_run

    def _has_noise(self) -> bool:
        noise = self._noise()
        return noise is not None and noise.rate >= LEAST_TOLD

    def _estimate_text(self) -> str:
        session, noise = self._session, self._noise()
        corrected = session.sitting.outcomes().get(Status.RELABELED, 0)
        text = "" if noise is None else noise_sentence(noise, tr, corrected=corrected)
        ahead = session.sitting.wrong_ahead()
        if ahead and session.sitting.counts().left:
            more = self.tr("The next {0} images hold about {1} wrong labels.")
            text += " " + more.format(NEXT, ahead)
        return text.strip()

    def _make_legend(self) -> QWidget:
        legend = QWidget()
        grid = QGridLayout(legend)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        for place, bucket in enumerate(BUCKETS):
            style = BUCKET_STYLES[bucket]
            name = PlainLabel(f"{style.symbol} {style.name}")
            tint(name, style)
            meaning = PlainLabel(bucket_meaning(bucket))
            meaning.setWordWrap(True)
            meaning.setProperty("role", "muted")
            name.setToolTip(bucket_meaning(bucket))
            self._meanings.append(meaning)
            self._counts[bucket].setAlignment(
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            )
            for column, label in enumerate((self._counts[bucket], name, meaning)):
                grid.addWidget(label, place, column)
        return legend
