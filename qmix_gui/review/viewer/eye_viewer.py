"""The viewer of a project: with the other eye, examples, and what the networks look at."""

from __future__ import annotations

from pathlib import PurePosixPath

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from qmix_core.dataset.patients import EyePairs
from qmix_core.project.operations.patients_of_project import eye_pairs
from qmix_gui.image_viewer.image_loader import ImageLoader
from qmix_gui.image_viewer.viewer import Viewer
from qmix_gui.review.model.attention import AttentionMaps
from qmix_gui.review.model.image_scores import ImageScores
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.review.viewer.attention_row import AttentionRow
from qmix_gui.review.viewer.beside_view import BesideView
from qmix_gui.review.viewer.corner_mark import CornerMark
from qmix_gui.settings.action_groups import CompareActions, DisplayActions


class EyeViewer(Viewer):
    """All images have one zoom. The other eye pans mirrored, as eyes are: disc beside disc."""

    def __init__(
        self,
        session: ReviewSession,
        scores: ImageScores,
        loader: ImageLoader,
        display: DisplayActions,
        beside: CompareActions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            loader, display, parent, more=(beside.other_eye, beside.examples, beside.attention)
        )
        self._session, self._scores, self._beside = session, scores, beside
        self._pairs: EyePairs | None = None
        self.other_eye = BesideView(session.project, self.tr("Other eye"))
        #: Of the given class, and of the suggested one.
        self.examples = tuple(BesideView(session.project, self.tr("Example")) for _ in range(2))
        for view in (self.other_eye, *self.examples):
            self.pictures.addWidget(view, 1)
            view.image.tone_dragged.connect(self.drag_tone)
            view.image.tone_reset.connect(self.reset_tone)
        self._own_mark = CornerMark(self.image)
        for wanted in (beside.other_eye, beside.examples):
            wanted.toggled.connect(self.reload)
        self.image.moved.connect(self._move_others)
        self.other_eye.moved.connect(self._follow_other_eye)
        for view in self.examples:
            view.moved.connect(self._follow_example)
        self.attention = AttentionRow(AttentionMaps(session, self), beside.attention, self.image)
        layout = self.layout()
        assert isinstance(layout, QBoxLayout)
        layout.insertWidget(1, self.attention)
        self.compared.connect(self.attention.lift)
        self.reset.clicked.connect(lambda: beside.attention.setChecked(False))

    @property
    def is_other_eye_left(self) -> bool:
        """Whether the image shown as the other eye is of a left eye."""
        shown = self.other_eye.sample
        return shown is not None and self._eyes().eye(shown) == "left"

    def read_again(self) -> None:
        super().read_again()
        for view in (self.other_eye, *self.examples):
            view.loader.forget()

    def stop(self) -> None:
        super().stop()
        for view in (self.other_eye, *self.examples):
            view.loader.close()
        self.attention.maps.close()

    def show_sample(self, sample: int, *, ahead: int | None) -> None:
        super().show_sample(sample, ahead=ahead)
        self.attention.show_sample(sample)

    def load(self, sample: int) -> None:
        super().load(sample)
        self._show_other_eye(sample)
        self._show_examples(sample)
        self._mark_own(sample)
        self._move_others()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.attention.show_sample(self._sample)

    def hideEvent(self, event: QHideEvent) -> None:
        self.attention.show_sample(None)
        super().hideEvent(event)

    # -- the other eye ------------------------------------------------------------------------

    def _show_other_eye(self, sample: int) -> None:
        is_wanted = self._beside.other_eye.isChecked()
        other = self._eyes().other(sample) if is_wanted else None
        caption = ""
        if other is not None:
            item = self._session.project.samples[other]
            label = self._session.classes.display(self._session.project.given_label(item))
            name = PurePosixPath(item.image).name
            told = self.tr("Other eye: {0}, given label {1}").format(name, label)
            caption = " · ".join(part for part in (self._side(other), told) if part)
        self.other_eye.show_beside(other, self.settings, caption)
        # the right eye is on the left, as the person sits before the reader
        is_left = other is not None and self.is_other_eye_left
        first = self.image if is_left else self.other_eye
        if self.pictures.indexOf(first):
            self.pictures.insertWidget(0, first, 1)

    def _mark_own(self, sample: int) -> None:
        """Beside others, which of them a key decides on; and what is wanted but not there."""
        wants_eye, wants_examples = (
            wanted.isChecked() for wanted in (self._beside.other_eye, self._beside.examples)
        )
        has_eye = self.other_eye.sample is not None
        has_examples = any(view.sample is not None for view in self.examples)
        parts = [
            self.tr("This image") if has_eye or has_examples else "",
            self._side(sample) if wants_eye else "",
            self.tr("no other eye") if wants_eye and not has_eye else "",
            self.tr("no example") if wants_examples and not has_examples else "",
        ]
        self._own_mark.show_text(" · ".join(part for part in parts if part))

    def _side(self, sample: int) -> str:
        sides = {"right": self.tr("OD · right eye"), "left": self.tr("OS · left eye")}
        return sides.get(self._eyes().eye(sample) or "", "")

    def _eyes(self) -> EyePairs:
        if self._pairs is None:
            self._pairs = eye_pairs(self._session.project)
        return self._pairs

    # -- examples -----------------------------------------------------------------------------

    def _show_examples(self, sample: int) -> None:
        verdicts = self._session.verdicts
        given, suggested = verdicts.shown_label(sample), verdicts.suggested_label(sample)
        labels = [given, None if suggested == given else suggested]
        is_wanted = self._beside.examples.isChecked()
        for view, label in zip(self.examples, labels, strict=True):
            found = self._scores.similar(sample, label, count=1) if is_wanted and label else None
            if found is None or not found.samples:
                view.show_beside(None, self.settings, "")
                continue
            text = self.tr("{0}, verified") if found.verified else self.tr("{0}, not yet verified")
            shown = self._session.classes.display(label or "")
            view.show_beside(found.samples[0], self.settings, text.format(shown))

    # -- one zoom -----------------------------------------------------------------------------

    def _move_others(self) -> None:
        self.other_eye.follow(self.image, is_mirrored=True)
        for view in self.examples:
            view.follow(self.image)

    def _follow_other_eye(self) -> None:
        self.other_eye.lead(self.image, is_mirrored=True)
        for view in self.examples:
            view.follow(self.image)

    def _follow_example(self) -> None:
        leader = self.sender()
        if isinstance(leader, BesideView):
            leader.lead(self.image)
            self._move_others()
