"""The one door through which views read a project and make decisions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

import numpy as np
from PySide6.QtCore import QObject, Signal

from qmix_core.engine.scores import History, load_features, load_history
from qmix_core.errors import ProjectError
from qmix_core.project.data_state import DatasetState
from qmix_core.project.decisions import NewDecision
from qmix_core.project.store import Project
from qmix_core.project.take_in import record_state
from qmix_core.types import (
    BUCKETS,
    Action,
    Bucket,
    Decision,
    FloatArray,
    IntArray,
    Review,
    RunResults,
    Status,
)

_UNREVIEWED = Review()


class FileMark(StrEnum):
    """Why an image's verdict or picture is not to be had: its file is another one, or away."""

    ALTERED = "altered"
    MISSING = "missing"


class ReviewSession(QObject):
    """An open project in the GUI. Samples are named by their position in `project.samples`.

    `decided(samples)` follows every committed change, `results_changed()` a new run's verdicts,
    `files_changed()` a look at the files that found another state of them, `failed(text)` a
    decision that could not be committed (nothing was changed then), `warned(text)` something wrong
    beside the database, by which no decision is lost; told once.
    """

    decided = Signal(list)
    results_changed = Signal()
    files_changed = Signal()
    failed = Signal(str)
    warned = Signal(str)

    def __init__(self, project: Project, *, reviewer: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.project = project
        self.reviewer = reviewer
        self.position = {sample.image: i for i, sample in enumerate(project.samples)}
        code = {label: index for index, label in enumerate(project.classes)}
        self.given = tuple(code[sample.label] for sample in project.samples)
        self.given_codes: IntArray = np.array(self.given, dtype=np.int64)
        self._reviews = project.reviews()
        self._is_in_doubt = False
        self._told = project.warning
        self.run: int | None = None
        self.results: RunResults | None = None
        self.history: History | None = None
        self.features: tuple[IntArray, FloatArray] | None = None
        #: Samples whose verdict is hidden until they are decided.
        self.blind: set[int] = set()
        finished = project.finished_runs()
        if finished:
            self.show_run(finished[-1])

    def show_run(self, run: int) -> None:
        """Take the verdicts of a finished run as those to review."""
        self.run = run
        self.blind.clear()
        self.results = self.project.results(run)
        folder, samples = self.project.run_folder(run), len(self.project.samples)
        self.history = load_history(folder, samples=samples)
        self.features = load_features(folder, samples=samples)
        self.results_changed.emit()

    def review(self, sample: int) -> Review:
        """Current review state."""
        return self._reviews.get(self.project.samples[sample].image, _UNREVIEWED)

    def reviewed(self) -> list[int]:
        """Samples that have a review state or a note."""
        return [self.position[image] for image in self._reviews]

    def bucket(self, sample: int) -> Bucket | None:
        """Bucket in the run shown; None where no run has seen the image, or it is hidden."""
        if not self._has_verdict(sample):
            return None
        assert self.results is not None
        return BUCKETS[int(self.results.bucket[sample])]

    def suggested_label(self, sample: int) -> str | None:
        """Label that the run suggests; None where no run has seen the image, or it is hidden."""
        if not self._has_verdict(sample):
            return None
        assert self.results is not None
        return self.project.classes[int(self.results.suggested[sample])]

    def is_hidden(self, sample: int) -> bool:
        """Whether this is a blind check on which nobody has decided yet."""
        return sample in self.blind and self.review(sample).status is Status.UNREVIEWED

    @property
    def check_reason(self) -> str:
        """Reason of a decision on a blind check of the run shown."""
        return f"blind check of run {self.run}"

    def _has_verdict(self, sample: int) -> bool:
        seen = self.results is not None and self.results.bucket[sample] >= 0
        return seen and not self.is_hidden(sample)

    def current_label(self, sample: int) -> str:
        """The corrected label where there is one, else the given label."""
        return self.review(sample).label or self.project.samples[sample].label

    def order(self) -> IntArray:
        """All samples, most suspicious first; in file order before the first run."""
        if self.results is None:
            return np.arange(len(self.project.samples), dtype=np.int64)
        return np.argsort(-self.results.error_score, kind="stable").astype(np.int64)

    # -- files --------------------------------------------------------------------------------

    def file_mark(self, sample: int) -> FileMark | None:
        """What is wrong with the image's file; None where it was found as it was."""
        image = self.project.samples[sample].image
        if image in self.project.files.altered:
            return FileMark.ALTERED
        return FileMark.MISSING if image in self.project.files.missing else None

    def file_name(self, sample: int) -> str:
        """Path of the image's file relative to the dataset, also after it was renamed."""
        return self.project.files.place(self.project.samples[sample].image)

    def take_state(self, state: DatasetState) -> None:
        """Remember what a look at the files found. Raises ProjectError where that fails."""
        before = self.project.files
        record_state(self.project, state)
        if self.project.files == before:
            return
        self._reviews = self.project.reviews()
        if self.run is not None:
            self.results = self.project.results(self.run)
        self.files_changed.emit()

    # -- decisions ----------------------------------------------------------------------------

    def decide(
        self, samples: Sequence[int], action: Action, *, label: str = "", note: str = ""
    ) -> bool:
        """Commit a decision on these samples; False (and `failed`) where it could not be."""
        # only what was looked at by itself is a check
        is_check = len(samples) == 1 and action is not Action.NOTE and self.is_hidden(samples[0])
        reason = self.check_reason if is_check else ""
        images = [self.project.samples[sample].image for sample in samples]
        return self._commit(
            [NewDecision(image, action, label=label, reason=reason, note=note) for image in images]
        )

    def accept_suggestions(self, samples: Sequence[int]) -> bool:
        """Relabel each image to its own suggestion, all or none; False where one has none."""
        labels = [self.suggested_label(sample) for sample in samples]
        return None not in labels and self._commit(
            [
                NewDecision(self.project.samples[sample].image, Action.RELABEL, label=label or "")
                for sample, label in zip(samples, labels, strict=True)
            ]
        )

    def undo(self) -> int | None:
        """Take the newest decision back, or all made with it; give the sample of the first one."""
        return self._take_back(self.project.undo)

    def redo(self) -> int | None:
        """Take the newest undo back, or all made with it; give the sample of the last decision."""
        return self._take_back(self.project.redo)

    def _commit(self, new: Sequence[NewDecision]) -> bool:
        rows = self._write(
            lambda: self.project.decide_all(new, reviewer=self.reviewer, run=self.run)
        )
        return rows is not None

    def _take_back(self, step: Callable[..., list[Decision]]) -> int | None:
        rows = self._write(lambda: step(reviewer=self.reviewer, run=self.run))
        return self.position[rows[-1].image] if rows else None

    def _write(self, write: Callable[[], list[Decision]]) -> list[Decision] | None:
        """The rows written; None (and `failed`) where they could not be."""
        try:
            rows = write()
            self._refresh([row.image for row in rows])
        except ProjectError as error:
            self._is_in_doubt = True
            self.failed.emit(str(error))
            return None
        self._warn()
        return rows

    def _refresh(self, images: Sequence[str]) -> None:
        if self._is_in_doubt:
            # the drive may have come back with less, or more, than it seemed to have
            before, self._reviews = self._reviews, self.project.reviews()
            self._is_in_doubt = False
            images = [image for image in self.position if self._is_new(image, before)] or images
        else:
            self._reviews.update((image, self.project.review(image)) for image in images)
        if images:
            self.decided.emit([self.position[image] for image in images])

    def _is_new(self, image: str, before: dict[str, Review]) -> bool:
        return before.get(image) != self._reviews.get(image)

    def _warn(self) -> None:
        warning = self.project.warning
        if warning and warning != self._told:
            self.warned.emit(warning)
        self._told = warning
