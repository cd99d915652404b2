"""The one door through which the window decides on images and changes classes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from qmix_core.base.errors import ProjectError
from qmix_core.base.types import SILENT, Action, Context, Decision
from qmix_core.project.operations.apply import apply_decisions
from qmix_core.project.operations.audit_file import Applied
from qmix_core.project.operations.class_changes import ClassChange, change_class
from qmix_core.project.storage.decision_log import NewDecision
from qmix_core.project.store import ProjectStore
from qmix_gui.review.model.classes import ReviewClasses
from qmix_gui.review.model.readings import Readings
from qmix_gui.review.model.reviews import Reviews
from qmix_gui.review.model.verdicts import Verdicts


class Decisions(QObject):
    """`made(samples)` follows every committed change, `failed(text)` a decision that could not be
    committed (nothing was changed then), `warned(text)` something wrong beside the database, by
    which no decision is lost; told once.
    """

    made = Signal(list)
    failed = Signal(str)
    warned = Signal(str)

    def __init__(
        self,
        project: ProjectStore,
        *,
        reviewer: str,
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
        self.reviewer = reviewer
        self._is_in_doubt = False
        self._told = project.warning

    def set_reviewer(self, name: str) -> None:
        """Sign decisions with this name from now on."""
        self.reviewer = name

    def decide(
        self,
        samples: Sequence[int],
        action: Action,
        *,
        label: str = "",
        note: str = "",
        reason: str = "",
    ) -> bool:
        """Commit a decision on these samples; False (and `failed`) where it could not be."""
        # only what was looked at by itself is a check
        is_check = (
            len(samples) == 1 and action not in SILENT and self._verdicts.is_hidden(samples[0])
        )
        return self._commit(
            [
                self._new(sample, action, label=label, note=note, reason=reason, is_check=is_check)
                for sample in samples
            ]
        )

    def accept_suggestions(self, samples: Sequence[int]) -> bool:
        """Relabel each image to its own suggestion, all or none; False where one has none."""
        labels = [self._verdicts.suggested_label(sample) for sample in samples]
        return None not in labels and self._commit(
            [
                self._new(sample, Action.RELABEL, label=label or "")
                for sample, label in zip(samples, labels, strict=True)
            ]
        )

    def change_class(self, change: ClassChange) -> bool:
        """Commit a change of the classes; False (and `failed`) where it could not be."""
        reviewer, run = self.reviewer, self._verdicts.run
        rows = self._write(
            lambda: [change_class(self._project, change, reviewer=reviewer, run=run)]
        )
        return rows is not None

    def import_file(self, path: Path) -> Applied:
        """Take decisions of a table or of an exported log in.

        Raises:
            QMixError: it cannot be; nothing was changed then.
        """
        applied = apply_decisions(self._project, path, reviewer=self.reviewer)
        self._is_in_doubt = True  # any image may have another state, and any class another name
        self._refresh([])
        self._readings.changed.emit()
        self._warn()
        return applied

    def undo(self) -> Decision | None:
        """Take the newest decision back, or all made with it; return the row for the first one."""
        return self._take_back(self._project.decisions.undo)

    def redo(self) -> Decision | None:
        """Take the newest undo back, or all made with it; return the row for the last decision."""
        return self._take_back(self._project.decisions.redo)

    def _new(
        self,
        sample: int,
        action: Action,
        *,
        label: str,
        note: str = "",
        reason: str = "",
        is_check: bool = False,
    ) -> NewDecision:
        """A decision that says how it came about."""
        context = Context.BLIND_CHECK if is_check else Context.REVIEW
        sees_answers = self._readings.are_in_sight and not is_check and action not in SILENT
        if (book := self._readings.book) and sees_answers and (found := book.reason(sample)):
            context, reason = Context.ADJUDICATION, reason or found
        image = self._project.samples[sample].image
        return NewDecision(image, action, label=label, reason=reason, note=note, context=context)

    def _commit(self, new: Sequence[NewDecision]) -> bool:
        rows = self._write(
            lambda: self._project.decisions.decide_all(
                new, reviewer=self.reviewer, run=self._verdicts.run
            )
        )
        return rows is not None

    def _take_back(self, step: Callable[..., list[Decision]]) -> Decision | None:
        rows = self._write(lambda: step(reviewer=self.reviewer, run=self._verdicts.run))
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
            changed = self._reviews.read_again()
            self._is_in_doubt = False
            self._classes.follow()
            self._readings.read_again()
            images = changed or [image for image in images if image]
        else:
            self._reviews.update(images)
            self._readings.follow(images)
        if images:
            self.made.emit([self._reviews.position[image] for image in images])

    def _warn(self) -> None:
        warning = self._project.warning
        if warning and warning != self._told:
            self.warned.emit(warning)
        self._told = warning
