"""What became of the classes: a fold over the operations on them, as decisions are one on images.

A class is known by its origin, the given label that it began as: a rename changes its name, a
merge gives its images to another origin, a deletion leaves them without a class. Results of runs
are kept by origin, so no run is touched by an operation; relabels say the name that they were
made with, which `origin` looks up at their place in the log.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Mapping

import numpy as np

from qmix_core.base.types import Action, Decision, FloatArray
from qmix_core.dataset.labels.label_values import sort_classes

CLASS_ACTIONS = frozenset({Action.RENAME_CLASS, Action.MERGE_CLASS, Action.DELETE_CLASS})
#: Reason of the images that a deletion excludes.
CLASS_DELETED = "class deleted"
_FEWEST = 2
_LONGEST_NAME = 100


class ClassHistory:
    """The classes after some operations; `given` are the imported labels, in their order.

    `names` are the current ones, `origins` what each began as; both in the order of `given`, so
    that a rename moves no class.
    """

    def __init__(self, given: Iterable[str], operations: Iterable[Decision] = ()) -> None:
        """Fold operations in force, oldest first. Raises ValueError for one that cannot be."""
        self.given = sort_classes(set(given) - {""})
        self._names = {label: label for label in self.given}
        self._into: dict[str, str] = {}
        self._deletions: dict[str, Decision] = {}
        self._rows = [0]
        self._stages: list[Mapping[str, str]] = [{label: label for label in self.given}]
        for row in operations:
            self._take(row)
        live = {origin: name for name, origin in self._stages[-1].items()}
        self.origins = tuple(origin for origin in self.given if origin in live)
        self.names = tuple(live[origin] for origin in self.origins)
        self._codes = {origin: code for code, origin in enumerate(self.origins)}

    def _take(self, row: Decision) -> None:
        if problem := self.problem(row.action, row.old_label, row.new_label):
            raise ValueError(problem)
        stage = dict(self._stages[-1])
        origin = stage.pop(row.old_label)
        if row.action is Action.RENAME_CLASS:
            stage[row.new_label] = origin
            self._names[origin] = row.new_label
        elif row.action is Action.MERGE_CLASS:
            self._into[origin] = stage[row.new_label]
        else:
            self._deletions[origin] = row
        self._rows.append(row.id)
        self._stages.append(stage)

    def problem(self, action: Action, name: str, new: str) -> str:
        """Why this operation cannot be, as a sentence; empty where it can."""
        live = self._stages[-1]
        if name not in live:
            return f"{name!r} is no class: choose one of {', '.join(live)}."
        if action is Action.RENAME_CLASS:
            return self._name_problem(new)
        if len(live) <= _FEWEST:
            return f"{name!r} is one of the last {_FEWEST} classes: fewer cannot be trained on."
        if action is Action.MERGE_CLASS and (new == name or new not in live):
            others = ", ".join(other for other in live if other != name)
            return f"{name!r} cannot be merged into {new!r}: choose one of {others}."
        return ""

    def _name_problem(self, name: str) -> str:
        if not name.strip():
            return "The new name is empty: give one."
        if name != name.strip() or not name.isprintable() or len(name) > _LONGEST_NAME:
            return (
                f"{name!r} is no name for a class: use at most {_LONGEST_NAME} characters on one "
                "line, without spaces around them."
            )
        if name in self._stages[-1]:
            return f"There is a class {name!r} already: choose another name, or merge the two."
        if any(self._names[origin] == name for origin in self._deletions):
            # an image of that one would seem to be of this one
            return f"The class {name!r} was deleted: choose another name, or undo that."
        return ""

    def origin(self, name: str, row: int) -> str | None:
        """The class that bore this name when this row of the log was written."""
        origin = self._stages[bisect(self._rows, row) - 1].get(name)
        return None if origin is None else self._heir(origin)

    def code(self, origin: str) -> int:
        """Place in `names` of what an origin belongs to now; -1 where it was deleted."""
        return self._codes.get(self._heir(origin), -1)

    def name(self, origin: str) -> str:
        """Name of what an origin belongs to now; the last one where it was deleted, "" for none."""
        return self._names.get(self._heir(origin), "")

    def deletion(self, origin: str) -> Decision | None:
        """The operation that deleted what an origin belongs to; None where it lives."""
        return self._deletions.get(self._heir(origin))

    def gather(self, probabilities: FloatArray, origins: Iterable[str]) -> FloatArray:
        """Probabilities by class now, of those by a run's classes; float32 [..., C] both."""
        gathered = np.zeros((*probabilities.shape[:-1], len(self.names)), dtype=np.float32)
        for column, origin in enumerate(origins):
            if (code := self.code(origin)) >= 0:
                gathered[..., code] += probabilities[..., column]
        return gathered

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ClassHistory):
            return NotImplemented
        return self._ends() == other._ends()

    def _ends(self) -> list[tuple[str, int, str]]:
        return [(label, self.code(label), self.name(label)) for label in self.given]

    def _heir(self, origin: str) -> str:
        while origin in self._into:
            origin = self._into[origin]
        return origin
