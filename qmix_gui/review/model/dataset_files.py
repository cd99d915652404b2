"""The dataset's files as the project knows them, and the one door to change what it knows."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from qmix_core.project.operations.accept_changes import accept_altered, add_images, record_state
from qmix_core.project.operations.file_scan import DatasetState
from qmix_core.project.operations.relink import Relink, relink
from qmix_core.project.store import ProjectStore
from qmix_gui.review.model.classes import ReviewClasses
from qmix_gui.review.model.readings import Readings
from qmix_gui.review.model.reviews import Reviews
from qmix_gui.review.model.verdicts import Verdicts


class FileMark(StrEnum):
    """Why an image's verdict or picture is unavailable: its file is another one, or away."""

    ALTERED = "altered"
    MISSING = "missing"


class DatasetFiles(QObject):
    """`changed()` follows a scan that found another state of the files.

    Whatever changes the project here raises ProjectError where it fails; after `accept_altered`,
    `add_images` and `relink` the project must be opened anew.
    """

    changed = Signal()

    def __init__(
        self,
        project: ProjectStore,
        *,
        reviews: Reviews,
        classes: ReviewClasses,
        verdicts: Verdicts,
        readings: Readings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._project = project
        self._reviews, self._classes = reviews, classes
        self._verdicts, self._readings = verdicts, readings

    def mark(self, sample: int) -> FileMark | None:
        """What is wrong with the image's file; None where it was found as it was."""
        image = self._project.samples[sample].image
        if image in self._project.files.known.altered:
            return FileMark.ALTERED
        return FileMark.MISSING if image in self._project.files.known.missing else None

    def name(self, sample: int) -> str:
        """Path of the image's file relative to the dataset, also after it was renamed."""
        return self._project.files.place(self._project.samples[sample].image)

    def record(self, state: DatasetState) -> None:
        """Remember what a scan of the files found."""
        before = self._project.files.known
        record_state(self._project, state)
        if self._project.files.known == before:
            return
        self._reviews.read_again()
        self._classes.follow()
        self._readings.read_again()
        self._verdicts.read_again()
        self.changed.emit()

    def accept_altered(self) -> int:
        """Take the altered files as the images, unreviewed; return their number."""
        return accept_altered(self._project, self._project.files.known.altered)

    def add_images(self, state: DatasetState) -> int:
        """Add the new files that a scan found, unreviewed; return their number."""
        return add_images(self._project, state)

    def relink(self, found: Relink) -> None:
        """Read the images from where they were found."""
        relink(self._project, found, force=True)
