"""A second image beside the current one. Only to look at: no key decides on it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qmix_core.project.store import ProjectStore
from qmix_gui.image_viewer.display_filters import DisplaySettings
from qmix_gui.image_viewer.image_loader import ImageLoader, Picture
from qmix_gui.image_viewer.image_view import ImageView
from qmix_gui.review.viewer.corner_mark import CornerMark


class BesideView(QWidget):
    """Hidden where there is nothing to show. `moved()` follows zoom and pan by a hand."""

    moved = Signal()

    def __init__(self, project: ProjectStore, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sample: int | None = None
        self.loader = ImageLoader(project.files, self)
        self.loader.loaded.connect(self._take)
        self.image = ImageView()
        self.image.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.image.setAccessibleName(name)
        self.image.moved.connect(self.moved)
        self.caption = CornerMark(self.image)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.image, 1)
        self.hide()

    def show_beside(self, sample: int | None, settings: DisplaySettings, caption: str) -> None:
        """Show this sample; None hides the view."""
        self.sample = sample
        self.setVisible(sample is not None)
        if sample is not None:
            self.caption.show_text(caption)
            self.image.setAccessibleDescription(caption)
            self.image.expect(sample)
            self.loader.load(sample, settings)

    def follow(self, leader: ImageView, *, is_mirrored: bool = False) -> None:
        """Take zoom and place of another view; mirrored, as the two eyes are."""
        centre = leader.centre
        x = 1 - centre.x() if is_mirrored else centre.x()
        self.image.place(leader.zoom, QPointF(x, centre.y()))

    def lead(self, follower: ImageView, *, is_mirrored: bool = False) -> None:
        """Give zoom and place to another view."""
        centre = self.image.centre
        x = 1 - centre.x() if is_mirrored else centre.x()
        follower.place(self.image.zoom, QPointF(x, centre.y()))

    def _take(self, picture: Picture) -> None:
        self.image.set_picture(picture)
