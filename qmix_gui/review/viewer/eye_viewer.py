"""The viewer of a project: with the other eye of the patient, and what the networks look at."""

from __future__ import annotations

from pathlib import PurePosixPath

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from qmix_core.dataset.patients import EyePairs
from qmix_core.project.operations.patients_of_project import eye_pairs
from qmix_core.project.store import ProjectStore
from qmix_gui.image_viewer.display_filters import DisplaySettings
from qmix_gui.image_viewer.image_loader import ImageLoader, Picture
from qmix_gui.image_viewer.image_view import ImageView
from qmix_gui.image_viewer.viewer import Viewer
from qmix_gui.review.model.attention import AttentionMaps
from qmix_gui.review.model.classes import label_words
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.review.viewer.attention_row import AttentionRow
from qmix_gui.settings.action_groups import CompareActions, DisplayActions
from qmix_gui.widgets.elided_label import ElidedLabel


class OtherEye(QWidget):
    """Hidden where file names tell of no other eye. Only to look at: no key decides on it."""

    def __init__(self, project: ProjectStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._pairs: EyePairs | None = None
        self._sample: int | None = None
        self.loader = ImageLoader(project.files, self)
        self.loader.loaded.connect(self._take)
        self.image = ImageView()
        self.image.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.image.setAccessibleName(self.tr("Other eye"))
        self._name = ElidedLabel()
        self._name.setProperty("role", "muted")
        self._name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.image, 1)
        layout.addWidget(self._name)
        self.hide()

    @property
    def is_left(self) -> bool:
        """Whether the image shown here is of a left eye."""
        return self._sample is not None and self._eyes().eye(self._sample) == "left"

    def show_beside(self, sample: int | None, settings: DisplaySettings) -> None:
        """Show the eye that belongs to this sample; None hides the view."""
        self._sample = None if sample is None else self._other(sample)
        self.setVisible(self._sample is not None)
        if self._sample is not None:
            name = PurePosixPath(self._image(self._sample)).name
            label = label_words(self._project.given_label(self._project.samples[self._sample]))
            self._name.setText(self.tr("Other eye: {0}, given label {1}").format(name, label))
            self.image.expect(self._sample)
            self.loader.load(self._sample, settings)

    def _other(self, sample: int) -> int | None:
        return self._eyes().other(sample)

    def _eyes(self) -> EyePairs:
        if self._pairs is None:
            self._pairs = eye_pairs(self._project)
        return self._pairs

    def _image(self, sample: int) -> str:
        return self._project.samples[sample].image

    def _take(self, picture: Picture) -> None:
        self.image.set_picture(picture)


class EyeViewer(Viewer):
    """Both eyes have one zoom. The other one pans mirrored, as the eyes are: disc beside disc."""

    def __init__(
        self,
        session: ReviewSession,
        loader: ImageLoader,
        display: DisplayActions,
        beside: CompareActions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(loader, display, parent, more=(beside.other_eye, beside.attention))
        self._wanted = beside.other_eye
        self.other_eye = OtherEye(session.project)
        self.pictures.addWidget(self.other_eye, 1)
        self._wanted.toggled.connect(self.reload)
        self.image.moved.connect(self._move_other)
        self.other_eye.image.moved.connect(self._move_own)
        self.other_eye.image.tone_dragged.connect(self.drag_tone)
        self.other_eye.image.tone_reset.connect(self.reset_tone)
        self.attention = AttentionRow(AttentionMaps(session, self), beside.attention, self.image)
        layout = self.layout()
        assert isinstance(layout, QBoxLayout)
        layout.insertWidget(1, self.attention)
        self.compared.connect(self.attention.lift)
        self.reset.clicked.connect(lambda: beside.attention.setChecked(False))

    def read_again(self) -> None:
        super().read_again()
        self.other_eye.loader.forget()

    def stop(self) -> None:
        super().stop()
        self.other_eye.loader.close()
        self.attention.maps.close()

    def show_sample(self, sample: int, *, ahead: int | None) -> None:
        super().show_sample(sample, ahead=ahead)
        self.attention.show_sample(sample)

    def load(self, sample: int) -> None:
        super().load(sample)
        self.other_eye.show_beside(sample if self._wanted.isChecked() else None, self.settings)
        self._move_other()
        # the right eye is on the left, as the person sits before the reader
        is_left = self.other_eye.isVisibleTo(self) and self.other_eye.is_left
        first = self.image if is_left else self.other_eye
        if self.pictures.indexOf(first):
            self.pictures.insertWidget(0, first, 1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.attention.show_sample(self._sample)

    def hideEvent(self, event: QHideEvent) -> None:
        self.attention.show_sample(None)
        super().hideEvent(event)

    def _move_other(self) -> None:
        _mirror(self.image, self.other_eye.image)

    def _move_own(self) -> None:
        _mirror(self.other_eye.image, self.image)


def _mirror(leader: ImageView, follower: ImageView) -> None:
    follower.place(leader.zoom, QPointF(1 - leader.centre.x(), leader.centre.y()))
