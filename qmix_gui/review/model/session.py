"""The one door through which views read a project and make decisions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal

from qmix_core.base.errors import ProjectError, QMixError
from qmix_core.base.types import (
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
from qmix_core.project.operations.accept_changes import record_state
from qmix_core.project.operations.class_changes import (
    ChangePreview,
    ClassChange,
    ClassCount,
    change_class,
    class_counts,
    preview_change,
)
from qmix_core.project.operations.file_scan import DatasetState
from qmix_core.project.storage.decision_log import NewDecision
from qmix_core.project.store import ProjectStore
from qmix_core.review.blind_checks import check_reason
from qmix_core.runs.scores import History, load_features, load_history
from qmix_core.second_readers.merge import Merged, merge
from qmix_core.second_readers.raters import ReaderBook

_UNREVIEWED = Review()


class FileMark(StrEnum):
    """Why an image's verdict or picture is not to be had: its file is another one, or away."""

    ALTERED = "altered"
    MISSING = "missing"


class ReviewSession(QObject):
    """An open project in the GUI. Samples are named by their position in `project.samples`.

    `decided(samples)` follows every committed change, `classes_changed(moved)` one of the classes,
    with the new code of each former code, `results_changed()` a new run's verdicts,
    `files_changed()` a look at the files that found another state of them, `readings_changed()`
    answers of a second reader, `failed(text)` a decision that could not be committed (nothing was
    changed then), `warned(text)` something wrong beside the database, by which no decision is
    lost; told once.
    """

    decided = Signal(list)
    classes_changed = Signal(object)
    results_changed = Signal()
    files_changed = Signal()
    readings_changed = Signal()
    failed = Signal(str)
    warned = Signal(str)

    def __init__(
        self, project: ProjectStore, *, reviewer: str, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.project = project
        self.reviewer = reviewer
        self.position = {sample.image: i for i, sample in enumerate(project.samples)}
        self._reviews = project.reviews()
        self._read_classes()
        self._is_in_doubt = False
        self._told = project.warning
        self.run: int | None = None
        self.results: RunResults | None = None
        self.history: History | None = None
        self._run_history: History | None = None
        self.features: tuple[IntArray, FloatArray] | None = None
        #: Samples whose verdict is hidden until they are decided.
        self.blind: set[int] = set()
        #: Whether the readers' answers are in sight, so that a decision settles them.
        self.is_adjudicating = False
        self.readers: ReaderBook | None = None
        #: Why the answers of second readers cannot be used, a sentence.
        self.readers_problem = ""
        self._read_readings()
        finished = project.finished_runs()
        if finished:
            self.show_run(finished[-1])

    def show_run(self, run: int) -> None:
        """Take the verdicts of a finished run as those to review."""
        self.run = run
        self.blind.clear()
        folder, samples = self.project.run_folder(run), len(self.project.samples)
        self._run_history = load_history(folder, samples=samples)
        self._read_results()
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
        """Label that the run suggests; None where it saw no image, hides it, or it was deleted."""
        if not self._has_verdict(sample):
            return None
        assert self.results is not None
        code = int(self.results.suggested[sample])
        return self.project.classes[code] if code >= 0 else None

    def given_label(self, sample: int) -> str:
        """The given label, as its class is called now."""
        return self.project.given_label(self.project.samples[sample])

    def is_hidden(self, sample: int) -> bool:
        """Whether this is a blind check on which nobody has decided yet."""
        return sample in self.blind and self.review(sample).status is Status.UNREVIEWED

    def hidden(self) -> list[int]:
        """Blind checks on which nobody has decided yet."""
        return [sample for sample in self.blind if self.is_hidden(sample)]

    @property
    def check_reason(self) -> str:
        """Reason of a decision on a blind check of the run shown."""
        return check_reason(self.run or 0)

    def _has_verdict(self, sample: int) -> bool:
        seen = self.results is not None and self.results.bucket[sample] >= 0
        return seen and not self.is_hidden(sample)

    def current_label(self, sample: int) -> str:
        """The corrected label where there is one, else the given label."""
        return self.review(sample).label or self.given_label(sample)

    def order(self) -> IntArray:
        """All samples, most suspicious first; in file order before the first run."""
        if self.results is None:
            return np.arange(len(self.project.samples), dtype=np.int64)
        return np.argsort(-self.results.error_score, kind="stable").astype(np.int64)

    # -- classes ------------------------------------------------------------------------------

    def class_counts(self) -> list[ClassCount]:
        """Every class with its images. Raises ProjectError where that cannot be read."""
        counts = class_counts(self.project)
        self._follow_classes()  # in a read-only window another one may have changed them
        return counts

    def preview_class(self, change: ClassChange) -> ChangePreview:
        """What a change would do. Raises ProjectError where it cannot be made."""
        return preview_change(self.project, change)

    def change_class(self, change: ClassChange) -> bool:
        """Commit a change; False (and `failed`) where it could not be."""
        return self._write(lambda: [self._change(change)]) is not None

    def _change(self, change: ClassChange) -> Decision:
        return change_class(self.project, change, reviewer=self.reviewer, run=self.run)

    def _read_classes(self) -> None:
        """`given`: class code of each image's given label, the class count where it is deleted."""
        self._book = book = self.project.book
        codes = {label: book.code(label) for label in book.given}
        codes = {label: code if code >= 0 else len(book.classes) for label, code in codes.items()}
        self.given = tuple(codes[sample.label] for sample in self.project.samples)
        self.given_codes: IntArray = np.array(self.given, dtype=np.int64)

    def _read_results(self) -> None:
        """Verdicts and history of the run shown, by the classes of now."""
        self.history = None
        if self.run is None:
            return
        self.results = self.project.results(self.run)
        if (history := self._run_history) is not None:
            origins = self.project.run_origins(self.run, history.probabilities.shape[-1])
            if origins is not None:
                gathered = self._book.gather(history.probabilities, origins)
                self.history = replace(history, probabilities=gathered)

    def _follow_classes(self) -> None:
        before = self._book
        if before == self.project.book:
            return
        self._read_classes()
        self._read_results()
        gone = len(self._book.classes)
        codes = (self._book.code(origin) for origin in before.origins)
        moved = {old: new if new >= 0 else gone for old, new in enumerate(codes)}
        self.classes_changed.emit(moved | {len(before.classes): gone})

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
        self._follow_classes()
        self._read_readings()
        if self.run is not None:
            self.results = self.project.results(self.run)
        self.files_changed.emit()

    # -- second readers -----------------------------------------------------------------------

    def merge_readings(self, answers: Path) -> Merged | None:
        """Take a reading in; None (and `failed`) where it could not be."""
        try:
            merged = merge(self.project, answers, reviewer=self.reviewer)
        except QMixError as error:
            self.failed.emit(str(error))
            return None
        self._read_readings()
        self.readings_changed.emit()
        return merged

    def _read_readings(self) -> None:
        self.readers, self.readers_problem = None, ""
        try:
            self.readers = ReaderBook(self.project)
        except QMixError as error:
            self.readers_problem = str(error)

    # -- decisions ----------------------------------------------------------------------------

    def decide(
        self, samples: Sequence[int], action: Action, *, label: str = "", note: str = ""
    ) -> bool:
        """Commit a decision on these samples; False (and `failed`) where it could not be."""
        # only what was looked at by itself is a check
        is_check = len(samples) == 1 and action is not Action.NOTE and self.is_hidden(samples[0])
        return self._commit(
            [
                NewDecision(
                    self.project.samples[sample].image,
                    action,
                    label=label,
                    reason=self.check_reason if is_check else self._settling(sample, action),
                    note=note,
                )
                for sample in samples
            ]
        )

    def accept_suggestions(self, samples: Sequence[int]) -> bool:
        """Relabel each image to its own suggestion, all or none; False where one has none."""
        labels = [self.suggested_label(sample) for sample in samples]
        return None not in labels and self._commit(
            [
                NewDecision(
                    self.project.samples[sample].image,
                    Action.RELABEL,
                    label=label or "",
                    reason=self._settling(sample, Action.RELABEL),
                )
                for sample, label in zip(samples, labels, strict=True)
            ]
        )

    def undo(self) -> Decision | None:
        """Take the newest decision back, or all made with it; give the row for the first one."""
        return self._take_back(self.project.undo)

    def redo(self) -> Decision | None:
        """Take the newest undo back, or all made with it; give the row for the last decision."""
        return self._take_back(self.project.redo)

    def _settling(self, sample: int, action: Action) -> str:
        """Reason of a decision made with the readers' answers in sight."""
        if self.readers is None or not self.is_adjudicating or action is Action.NOTE:
            return ""
        return self.readers.reason(sample)

    def _commit(self, new: Sequence[NewDecision]) -> bool:
        rows = self._write(
            lambda: self.project.decide_all(new, reviewer=self.reviewer, run=self.run)
        )
        return rows is not None

    def _take_back(self, step: Callable[..., list[Decision]]) -> Decision | None:
        rows = self._write(lambda: step(reviewer=self.reviewer, run=self.run))
        return rows[-1] if rows else None

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
        if self._is_in_doubt or "" in images:
            # the drive may have come back with less, or more, than it seemed to have; and a class
            # may concern any image
            before, self._reviews = self._reviews, self.project.reviews()
            self._is_in_doubt = False
            self._follow_classes()
            self._read_readings()
            changed = [image for image in self.position if self._is_new(image, before)]
            images = changed or [image for image in images if image]
        else:
            self._reviews.update((image, self.project.review(image)) for image in images)
            if self.readers is not None:
                for image in images:
                    self.readers.follow(image)
        if images:
            self.decided.emit([self.position[image] for image in images])

    def _is_new(self, image: str, before: dict[str, Review]) -> bool:
        return before.get(image) != self._reviews.get(image)

    def _warn(self) -> None:
        warning = self.project.warning
        if warning and warning != self._told:
            self.warned.emit(warning)
        self._told = warning
