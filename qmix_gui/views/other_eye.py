"""The same person's other eye, beside the image under review."""

from __future__ import annotations

from pathlib import PurePosixPath

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qmix_core.laterality import EyePairs, is_left_eye
from qmix_core.project.store import Project
from qmix_gui.models.display_filters import DisplaySettings
from qmix_gui.models.image_loader import ImageLoader, Picture
from qmix_gui.plain_text import PlainLabel
from qmix_gui.views.image_view import ImageView


class OtherEye(QWidget):
    """Hidden where file names tell of no other eye. Only to look at: no key decides on it."""

    def __init__(self, project: Project, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._pairs: EyePairs | None = None
        self._sample: int | None = None
        self.loader = ImageLoader(project, self)
        self.loader.loaded.connect(self._take)
        self.image = ImageView()
        self.image.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.image.setAccessibleName(self.tr("Other eye"))
        self._name = PlainLabel()
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
        return self._sample is not None and is_left_eye(self._project.samples[self._sample])

    def show_beside(self, sample: int | None, settings: DisplaySettings) -> None:
        """Show the eye that belongs to this sample; None hides the view."""
        self._sample = None if sample is None else self._other(sample)
        self.setVisible(self._sample is not None)
        if self._sample is not None:
            name = PurePosixPath(self._image(self._sample)).name
            label = self._project.given_label(self._project.samples[self._sample])
            self._name.setText(self.tr("Other eye: {0}, given label {1}").format(name, label))
            self.image.expect(self._sample)
            self.loader.load(self._sample, settings)

    def _other(self, sample: int) -> int | None:
        if self._pairs is None:
            self._pairs = EyePairs(self._project.samples)
        return self._pairs.other(self._project.samples[sample])

    def _image(self, sample: int) -> str:
        return self._project.samples[sample].image

    def _take(self, picture: Picture) -> None:
        self.image.set_picture(picture)
