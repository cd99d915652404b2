"""An open project under review: hands out the parts that do the work."""

from __future__ import annotations

from PySide6.QtCore import QObject

from qmix_core.project.store import ProjectStore
from qmix_gui.review.model.classes import ReviewClasses
from qmix_gui.review.model.dataset_files import DatasetFiles
from qmix_gui.review.model.decisions import Decisions
from qmix_gui.review.model.image_quality import QualityOfImages
from qmix_gui.review.model.readings import Readings
from qmix_gui.review.model.reviews import Reviews
from qmix_gui.review.model.sitting import Sitting
from qmix_gui.review.model.verdicts import Verdicts


class ReviewSession(QObject):
    """Samples are named by their position in `project.samples`.

    Views read the project here; they change it through `decisions`, `files`, `readings` and
    `quality` only.
    """

    def __init__(
        self, project: ProjectStore, *, reviewer: str, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.project = project
        self.reviews = Reviews(project)
        self.classes = ReviewClasses(project, self)
        self.readings = Readings(project, self)
        self.verdicts = Verdicts(project, self.classes, self.reviews, self)
        self.decisions = Decisions(
            project,
            reviewer=reviewer,
            reviews=self.reviews,
            classes=self.classes,
            verdicts=self.verdicts,
            readings=self.readings,
            parent=self,
        )
        self.files = DatasetFiles(
            project,
            reviews=self.reviews,
            classes=self.classes,
            verdicts=self.verdicts,
            readings=self.readings,
            parent=self,
        )
        self.quality = QualityOfImages(
            project,
            reviews=self.reviews,
            verdicts=self.verdicts,
            decisions=self.decisions,
            parent=self,
        )
        self.sitting = Sitting(self.reviews, self.verdicts, self.decisions, parent=self)
        finished = project.runs.finished()
        if finished:
            self.verdicts.show_run(finished[-1])
