"""Why the image is where it is: verdict, labels, both networks, history, images like it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from qmix_core.base.image_quality import quality_level, quality_reason
from qmix_core.base.types import QualityVerdict, Status
from qmix_core.runs.quality_report import hazy_sentence
from qmix_gui.review.explanation.probability_bars import PosteriorBar, ProbabilityBars
from qmix_gui.review.explanation.similar_strip import SimilarStrip
from qmix_gui.review.model.dataset_files import FileMark
from qmix_gui.review.model.image_scores import (
    Explanation,
    ImageScores,
    explanation_text,
    patient_text,
)
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.review.model.thumbnails import Thumbnails
from qmix_gui.theme.bucket_style import FILE_STYLES, STATUS_STYLES, style_of
from qmix_gui.theme.counted import percent
from qmix_gui.theme.theme import tint
from qmix_gui.theme.translation import tr
from qmix_gui.widgets.elided_label import ElidedLabel
from qmix_gui.widgets.key_button import KeyButton
from qmix_gui.widgets.later import Later
from qmix_gui.widgets.plain_text import PlainLabel
from qmix_gui.widgets.quality_words import level_name, reason_name

if TYPE_CHECKING:
    from qmix_gui.review.explanation.trajectory_plot import TrajectoryPlot

#: Plots and neighbours would hold up the next image: they come where the reader stops; in ms.
_SETTLE = 90


class WhyCard(QScrollArea):
    """Shows one sample; `opened(sample)` follows a click on an image like it."""

    opened = Signal(int)

    def __init__(
        self,
        session: ReviewSession,
        thumbnails: Thumbnails,
        scores: ImageScores,
        why: QAction,
        parent: QWidget | None = None,
    ) -> None:
        """`why`: shows what lies behind the verdict, for experts."""
        super().__init__(parent)
        self.setObjectName("review_why_card")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumWidth(300)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Why this image"))
        self._session = session
        self._thumbnails = thumbnails
        self._book = scores
        self._why = why
        self._sample: int | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE)
        self._settle.timeout.connect(self._show_settled)
        self._build()
        self.show_sample(None)

    def _build(self) -> None:
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(16, 12, 16, 16)
        self._column.setSpacing(6)
        self._name = ElidedLabel()
        self._name.setProperty("role", "muted")
        self._bucket = _wrapped("strong")
        self.verdict = _wrapped("heading")
        self.given = ClassName(self.tr("Given label"))
        self.suggested = ClassName("")
        self.patient = _wrapped("muted")
        self.quality = _wrapped("muted")
        self.review = _wrapped("strong")
        self.file_note = _wrapped("strong")
        for part in (
            self._name,
            self.file_note,
            self._bucket,
            self.verdict,
            self.given,
            self.suggested,
            self.patient,
            self.quality,
            self.review,
        ):
            self._column.addWidget(part)
        self._more = KeyButton.of_action(self._why, self.tr("Why?"))
        self._column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._why.toggled.connect(self._open_details)
        self._is_asked_why = False
        self._details = QWidget()
        details = QVBoxLayout(self._details)
        details.setContentsMargins(0, 0, 0, 0)
        details.setSpacing(6)
        self._bars = ProbabilityBars()
        self._posterior = PosteriorBar()
        self._facts = _wrapped("muted")
        self._loss = _trajectory(self.tr("Loss"))
        self._uncertainty = _trajectory(self.tr("Uncertainty"))
        self._strips = [SimilarStrip(self._session, self._thumbnails) for _ in range(2)]
        sections: tuple[tuple[str, Sequence[QWidget]], ...] = (
            (
                self.tr("What the networks see without the label (A above B)"),
                [self._bars],
            ),
            (self.tr("Which bucket"), [self._posterior, self._facts]),
            (self.tr("Over the rounds (A solid, B dashed)"), [self._loss, self._uncertainty]),
        )
        for title, parts in sections:
            heading = _wrapped("strong")
            heading.setText(title)
            details.addSpacing(8)
            details.addWidget(heading)
            for widget in parts:
                details.addWidget(widget)
        self._similar_heading = _wrapped("strong")
        self._similar_heading.setText(self.tr("Most alike"))
        self._column.addSpacing(8)
        self._column.addWidget(self._similar_heading)
        for strip in self._strips:
            self._column.addWidget(strip)
            strip.opened.connect(self.opened)
        self._column.addWidget(self._details)
        self._column.addStretch(1)
        self.setWidget(inner)

    @property
    def strips(self) -> tuple[SimilarStrip, ...]:
        """Images like the one shown: of the given class, and of the suggested one."""
        return tuple(self._strips)

    def take_results(self) -> None:
        """Show the evidence of the run now shown."""
        sample, self._sample = self._sample, None
        self.show_sample(sample)

    def show_sample(self, sample: int | None) -> None:
        """Explain this image; None where there is none."""
        moved = sample != self._sample
        self._sample = sample
        for part in (self._name, self._bucket, self.given, self.suggested, self.review):
            part.setVisible(sample is not None)
        self._show_file_note(sample)
        self._show_quality(sample)
        if sample is None:
            self.verdict.setText(self.tr("No image is selected."))
            explained = (self.patient, self._more, self._details)
            for late in (*explained, self._similar_heading, *self._strips):
                late.hide()
            return
        session = self._session
        evidence = self._book.of(sample)
        bucket = session.verdicts.bucket(sample)
        name = session.files.name(sample)
        # the folder may be named by the label
        is_hidden = session.verdicts.is_hidden(sample)
        self._name.setText(PurePosixPath(name).name if is_hidden else name)
        style = style_of(bucket, is_hidden=is_hidden)
        self._bucket.setText(f"{style.symbol}  {style.name}")
        tint(self._bucket, style)
        self.verdict.setText(explanation_text(session, sample, evidence))
        told = "" if evidence is None else patient_text(session, sample, evidence)
        self.patient.setText(told)
        self.patient.setVisible(bool(told))
        self._show_classes(sample)
        self._show_review(sample)
        self._more.setVisible(evidence is not None)
        self._details.setVisible(evidence is not None and self._why.isChecked())
        if evidence is not None and self._why.isChecked():
            self._show_evidence(sample, evidence)
        if moved:
            for late in (*self._strips, self._loss, self._uncertainty):
                late.setEnabled(False)
            self.verticalScrollBar().setValue(0)
        self._settle.start()

    def _show_file_note(self, sample: int | None) -> None:
        session = self._session
        mark = None if sample is None else session.files.mark(sample)
        self.file_note.setVisible(mark is not None)
        if sample is None or mark is None:
            return
        texts = {
            FileMark.ALTERED: self.tr(
                "This file has changed since the project knew it. Former verdict and decisions "
                "are about other content and do not count; take the new content in to review it."
            ),
            FileMark.MISSING: self.tr(
                "The file of this image is missing. Its decisions are kept; training and the "
                "cleaned table leave it out until it is back."
            ),
        }
        style = FILE_STYLES[mark]
        self.file_note.setText(f"{style.symbol}  {texts[mark]}")
        tint(self.file_note, style)

    def _show_quality(self, sample: int | None) -> None:
        quality = None if sample is None else self._session.verdicts.quality(sample)
        self.quality.setVisible(quality is not None)
        self.quality.clear()
        if quality is not None:
            level = quality_level(quality, poor_below=self._session.project.poor_below)
            text = self.tr("Image quality: {0}, {1}")
            lines = [text.format(level_name(level).lower(), percent(quality))]
            hazy = None if sample is None else self._session.quality.hazy_class(sample)
            if hazy is not None:
                lines.append(hazy_sentence(self._session.classes.display(hazy), tr))
            self.quality.setText("\n".join(lines))

    def _show_evidence(self, sample: int, evidence: Explanation) -> None:
        session = self._session
        given = session.classes.given_label(sample) or session.reviews.label(sample)
        self._bars.show_probabilities(
            evidence.probabilities,
            session.classes.shown,
            given=given,
            suggested=session.verdicts.suggested_label(sample) or given,
        )
        results = session.verdicts.results
        if results is not None:
            self._posterior.show_posterior(results.posterior[sample])
            self._facts.setText(
                self.tr(
                    "{0} of the networks' rounds say so. Loss {1}, above that of {2} of all "
                    "images; uncertainty {3}, above that of {4}."
                ).format(
                    percent(float(results.stability[sample])),
                    f"{results.loss[sample]:.2f}",
                    percent(evidence.loss_rank),
                    f"{results.uncertainty[sample]:.2f}",
                    percent(evidence.uncertainty_rank),
                )
            )

    def _open_details(self, is_wanted: bool) -> None:
        if self._sample is not None:
            self._is_asked_why = is_wanted
            self.verticalScrollBar().setValue(0)
            self.show_sample(self._sample)

    def _show_settled(self) -> None:
        sample = self._sample
        if sample is None:
            return
        self._show_similar(sample)
        if self._is_asked_why:
            # who asks sees an answer, also where the card is low
            self._is_asked_why = False
            self.verticalScrollBar().setValue(self._details.y())
        if not self._why.isChecked():
            return
        evidence = self._book.of(sample)
        if evidence is not None and not self._loss.isEnabled():
            self._loss.part.show_history(evidence.epochs, evidence.loss)
            self._uncertainty.part.show_history(evidence.epochs, evidence.uncertainty)
            for plot in (self._loss, self._uncertainty):
                plot.setEnabled(True)

    def _show_similar(self, sample: int) -> None:
        given = self._session.classes.given_label(sample)
        suggested = self._session.verdicts.suggested_label(sample)
        labels = [given] if suggested in (None, given) else [given, suggested]
        found = [self._book.similar(sample, label) if label else None for label in labels]
        self._similar_heading.setVisible(any(found))
        wanted: list[int] = []
        for place, strip in enumerate(self._strips):
            alike = found[place] if place < len(found) else None
            strip.setVisible(alike is not None)
            strip.setEnabled(True)
            if alike is not None:
                strip.show_similar(alike)
                wanted.extend(alike.samples)
        self._thumbnails.want(wanted, by="why card")

    def _show_classes(self, sample: int) -> None:
        verdicts, display = self._session.verdicts, self._session.classes.display
        given = verdicts.shown_label(sample)
        self.given.show_class(self.tr("hidden") if given is None else display(given))
        corrected = self._session.reviews.of(sample).label
        suggested = verdicts.suggested_label(sample)
        if corrected is not None:
            self.suggested.show_class(display(corrected), title=self.tr("Corrected to"))
        elif suggested not in (None, given):
            self.suggested.show_class(display(suggested or ""), title=self.tr("Looks like"))
        else:
            self.suggested.hide()

    def _show_review(self, sample: int) -> None:
        review = self._session.reviews.of(sample)
        style = STATUS_STYLES[review.status]
        lines = [f"{style.symbol} {style.name}".strip()]
        if review.status is not Status.UNREVIEWED or review.note:
            day = review.reviewed_at[:16].replace("T", " ")
            lines[0] += " · " + self.tr("{0}, {1} UTC").format(review.reviewer, day)
        if review.quality is QualityVerdict.FINE:
            lines.append(self.tr("Image quality: fine, says the reader"))
        elif review.quality is QualityVerdict.POOR:
            lines.append(self.tr("Image quality: poor, says the reader"))
        if (reason := quality_reason(review.reason)) is not None:
            lines.append(self.tr("Reason: {0}").format(reason_name(reason)))
        if review.note:
            lines.append(self.tr("Note: {0}").format(review.note))
        self.review.setText("\n".join(lines))
        tint(self.review, style)


class ClassName(QWidget):
    """The name of a class in large type under a small title."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = PlainLabel(title)
        self._title.setProperty("role", "muted")
        self.name = _wrapped("class")
        self.name.longest_word = 14  # in large type
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._title)
        layout.addWidget(self.name)

    def show_class(self, name: str, *, title: str = "") -> None:
        """Show a class, under another title where one is given."""
        if title:
            self._title.setText(title)
        self.name.setText(name)
        self.name.setAccessibleName(f"{self._title.text()}: {name}")
        self.show()


def _trajectory(title: str) -> Later[TrajectoryPlot]:
    """Not made before somebody asks why: pyqtgraph takes a good part of a second to load."""

    def make() -> TrajectoryPlot:
        from qmix_gui.review.explanation.trajectory_plot import TrajectoryPlot

        return TrajectoryPlot(title)

    return Later(make)


def _wrapped(role: str) -> PlainLabel:
    label = PlainLabel()
    label.setWordWrap(True)
    if role:
        label.setProperty("role", role)
    return label
