"""Whether a decision can be made at all, before it is written."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass

from qmix_core.errors import ProjectError
from qmix_core.project.classes import CLASS_ACTIONS, ClassBook
from qmix_core.project.decisions import NewDecision
from qmix_core.types import Action

#: They leave an image with its given label.
_KEEPING = frozenset({Action.CONFIRM, Action.KEEP_POOR, Action.AMBIGUOUS})


@dataclass(frozen=True, slots=True)
class DecisionChecker:
    """Of the project `name`; `given`: image -> given label; `altered`: images with new content."""

    name: str
    given: Mapping[str, str]
    altered: Container[str]
    book: ClassBook

    def checked(self, new: NewDecision) -> NewDecision:
        """The decision as it is to be written.

        Raises:
            ProjectError: there is no such image or class, or it takes no such decision now.
        """
        if not new.image:
            return self._on_class(new)
        if new.image not in self.given:
            raise ProjectError(f"There is no image {new.image!r} in {self.name}.")
        if new.image in self.altered and new.action is not Action.UNDO:
            raise ProjectError(
                f"{new.image} has changed on disk since it was looked at: take its new content in "
                "before you decide on it."
            )
        code, classes = self.book.code(self.given[new.image]), self.book.classes
        if new.action in _KEEPING and code < 0:
            raise ProjectError(
                f"The class of {new.image} was deleted: give the image another label, or undo that."
            )
        if new.action is not Action.RELABEL:
            return new
        if new.label not in classes:
            raise ProjectError(
                f"{new.label!r} is no class of {self.name}: choose one of {', '.join(classes)}."
            )
        if classes.index(new.label) == code:
            return NewDecision(new.image, Action.CONFIRM, reason=new.reason, note=new.note)
        return new

    def _on_class(self, new: NewDecision) -> NewDecision:
        is_operation = new.action in CLASS_ACTIONS
        if is_operation and (text := self.book.problem(new.action, new.of_class, new.label)):
            raise ProjectError(text)
        return new
