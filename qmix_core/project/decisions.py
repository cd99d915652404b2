"""The one door to the decisions of a project: make them, take them back, read what they come to."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import suppress

from qmix_core.base.errors import ProjectError
from qmix_core.base.types import Action, Context, Decision, Review
from qmix_core.project.files import ProjectFiles
from qmix_core.project.storage import decision_log as log
from qmix_core.project.storage.class_history import ClassHistory
from qmix_core.project.storage.database import Database, changing
from qmix_core.project.storage.decision_log import DecisionChecker, NewDecision
from qmix_core.project.storage.keeper import Keeper
from qmix_core.project.storage.opening import translating_errors
from qmix_core.project.storage.undo_stack import Operation, UndoStack


class DecisionLog:
    """`classes`: what became of the classes, as of the decisions read or made last.

    Methods raise ProjectError where the disk refuses.
    """

    def __init__(self, database: Database, keeper: Keeper, files: ProjectFiles) -> None:
        self._database = database
        self._folder = database.file.parent
        self._keeper = keeper
        self._files = files
        self._is_own = False
        self._undo_stack: UndoStack | None = None
        self._read_classes()

    def begin(self) -> None:
        """Become the one who decides on this project, or raise ProjectError. See Keeper."""
        self._keeper.require()
        if not self._is_own:
            # another may have decided until now
            self._is_own, self._undo_stack = True, None
            self._read_classes()

    def decide(self, new: NewDecision, *, reviewer: str, run: int | None = None) -> Decision:
        """Commit one decision to disk before returning.

        Raises:
            ProjectError: unknown image or class, no reviewer, opened read-only, or the disk
            refuses the write; nothing was changed then, and the next attempt starts afresh.
        """
        return self.decide_all([new], reviewer=reviewer, run=run)[0]

    def decide_all(
        self, decisions: Sequence[NewDecision], *, reviewer: str, run: int | None = None
    ) -> list[Decision]:
        """Commit several decisions as one operation, all or none. Raises as `decide`."""
        if not reviewer.strip():
            raise ProjectError("A decision needs the reviewer's name: give it first.")
        self.begin()
        checker = DecisionChecker(
            self._folder.name, self._files.given, self._files.known.altered, self.classes
        )
        checked = [checker.checked(new) for new in decisions]
        rows: list[Decision] = []
        try:
            with changing(self._database) as connection:
                rows = log.append_all(
                    connection, checked, classes=self.classes, reviewer=reviewer.strip(), run=run
                )
        except ProjectError:
            if not self._has_stored(rows):
                raise
        self._keeper.follow(len(rows))
        if self._undo_stack is not None:
            self._undo_stack.follow(rows)
        if not all(row.image for row in rows):
            self._read_classes()
        return rows

    def _has_stored(self, rows: Sequence[Decision]) -> bool:
        """Whether a commit that seemed to fail has reached the disk after all."""
        with suppress(sqlite3.Error, OSError):
            stored = log.read_after(self._database.connection, rows[0].id - 1) if rows else []
            return bool(rows) and stored[: len(rows)] == rows
        return False

    def undo(self, *, reviewer: str, run: int | None = None) -> list[Decision]:
        """Take the newest operation in force back, whole; give the undo rows, [] if there is none.

        A reason and the decision that it was given for are taken back together. Raises as `decide`.
        """
        rows = self._read(self._stack().next_undo)
        if log.are_reasons(rows):
            before = self._read(self._stack().before_next_undo)
            rows += before if log.is_same_but_for_reasons(rows, before) else []
        return self._take_back(rows, reviewer, run)

    def redo(self, *, reviewer: str, run: int | None = None) -> list[Decision]:
        """Take the newest undo back, unless a decision came after it. Otherwise as `undo`."""
        return self._take_back(self._read(self._stack().next_redo), reviewer, run)

    def _stack(self) -> UndoStack:
        if not self._is_own or self._undo_stack is None:
            with translating_errors(self._folder):
                self._undo_stack = UndoStack.of(self._database.connection)
        return self._undo_stack

    def _read(self, operation: Operation | None) -> list[Decision]:
        """Its rows, newest first."""
        if operation is None:
            return []
        with translating_errors(self._folder):
            return log.read_operation(self._database.connection, *operation)

    def _take_back(
        self, rows: Sequence[Decision], reviewer: str, run: int | None
    ) -> list[Decision]:
        if not rows:
            return []
        return self.decide_all([log.undo_of(row) for row in rows], reviewer=reviewer, run=run)

    def mark_conflicts(self, others: Sequence[Decision]) -> None:
        """Keep in the log that these rows of another contradict it, until its person decides.

        Raises as `decide`.
        """
        marks = [
            log.draft(
                action=Action.SEAL, sha256=row.sha256, note=log.CONFLICT, reason=row.image,
                old_label=row.action.value, new_label=row.new_label, run=None,
                context=Context.RECORD, origin=log.origin_of(row),
            )
            for row in others
        ]  # fmt: skip
        self.begin()
        with changing(self._database) as connection:
            log.append(connection, marks)
        self._keeper.follow(len(marks))

    def conflicts(self) -> list[Decision]:
        """What `mark_conflicts` kept, oldest first, settled or not; see `log.is_conflict`."""
        with translating_errors(self._folder):
            return log.read_conflicts(self._database.connection)

    def all(self) -> list[Decision]:
        """All decisions, oldest first."""
        return [row for row in self.rows() if row.action is not Action.SEAL]

    @property
    def head(self) -> str:
        """Hash of the last row, which every row before goes into: note it to tell another history.

        Empty where the log is.
        """
        with translating_errors(self._folder):
            return log.head(self._database.connection)[1]

    def rows(self) -> list[Decision]:
        """The whole log, oldest first: decisions, and the seals between them."""
        with translating_errors(self._folder):
            return log.read_all(self._database.connection)

    def on(self, image: str) -> list[Decision]:
        """The log of one image, oldest first."""
        with translating_errors(self._folder):
            return log.of_image(self._database.connection, image)

    def reviews(self) -> dict[str, Review]:
        """Current state of every image that has one, by image, from decisions on its content."""
        rows = self.all()
        self._take_classes(rows)
        return log.fold(log.about(rows, self._files.content), self._files.given, self.classes)

    def review(self, image: str) -> Review:
        """Current state of one image, from decisions on the content that it has."""
        rows = log.about(self.on(image), self._files.content)
        return log.fold_image(rows, self._files.given[image], self.classes)

    def _read_classes(self) -> None:
        self._take_classes(self.on(""))

    def _take_classes(self, rows: Sequence[Decision]) -> None:
        self.classes = ClassHistory(self._files.labels, log.of_classes(rows))
