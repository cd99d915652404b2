"""The answers of second readers, and whether they are being settled."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from qmix_core.base.errors import QMixError
from qmix_core.project.store import ProjectStore
from qmix_core.second_readers.merge import Merged, merge
from qmix_core.second_readers.raters import ReaderBook


class Readings(QObject):
    """`changed()` follows new answers. `book` is None where `problem` says why."""

    changed = Signal()

    def __init__(self, project: ProjectStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self.book: ReaderBook | None = None
        #: Why the answers cannot be used, a sentence.
        self.problem = ""
        #: Whether the answers are in sight, so that a decision settles them.
        self.are_in_sight = False
        self.read_again()

    def show_answers(self, are_in_sight: bool) -> None:
        """Note whether the reader sees the answers from now on."""
        self.are_in_sight = are_in_sight

    def merge(self, answers: Path, *, reviewer: str) -> Merged:
        """Import a reading. Raises QMixError where it cannot be."""
        merged = merge(self._project, answers, reviewer=reviewer)
        self.read_again()
        self.changed.emit()
        return merged

    def follow(self, images: Iterable[str]) -> None:
        """Take new decisions on these images."""
        if self.book is not None:
            for image in images:
                self.book.follow(image)

    def read_again(self) -> None:
        """Read all answers again."""
        self.book, self.problem = None, ""
        try:
            self.book = ReaderBook(self._project)
        except QMixError as error:
            self.problem = str(error)
