"""The viewer of a project: with the other eye of the patient, and what the networks look at."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from qmix_gui.models.attention import AttentionMaps
from qmix_gui.models.image_loader import ImageLoader
from qmix_gui.models.review_session import ReviewSession
from qmix_gui.views.attention_row import AttentionRow
from qmix_gui.views.image_view import ImageView
from qmix_gui.views.other_eye import OtherEye
from qmix_gui.views.viewer import Viewer


class EyeViewer(Viewer):
    """Both eyes have one zoom. The other one pans mirrored, as the eyes are: disc beside disc."""

    def __init__(
        self,
        session: ReviewSession,
        loader: ImageLoader,
        actions: dict[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(loader, actions, parent, more=("view.other_eye", "view.attention"))
        self._wanted = actions["view.other_eye"]
        self.other_eye = OtherEye(session.project)
        self.pictures.addWidget(self.other_eye, 1)
        self._wanted.toggled.connect(self.reload)
        self.image.moved.connect(self._move_other)
        self.other_eye.image.moved.connect(self._move_own)
        attention = actions["view.attention"]
        self.attention = AttentionRow(AttentionMaps(session, self), attention, self.image)
        layout = self.layout()
        assert isinstance(layout, QBoxLayout)
        layout.insertWidget(1, self.attention)
        self.compared.connect(self.attention.lift)
        self.reset.clicked.connect(lambda: attention.setChecked(False))

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
