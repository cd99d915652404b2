"""What a person wants of the preflight's findings: images left out, labels of copies settled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from qmix_core.base.problem import Problem
from qmix_core.base.types import Action
from qmix_core.preflight.check import Preflight
from qmix_core.project.operations.apply import merge_spellings, on_finding
from qmix_core.project.storage.decision_log import NewDecision


class PreflightChoices(QObject):
    """Choices on one checked dataset; they become the first decisions of its project."""

    changed = Signal()

    def __init__(self, preflight: Preflight, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.preflight = preflight
        #: image -> given label; only these can be left out
        self.given = {sample.image: sample.label for sample in preflight.dataset.samples}
        self._by_kind: dict[str, list[Problem]] = defaultdict(list)
        for problem in preflight.problems:
            self._by_kind[problem.kind].append(problem)
        self._left_out: dict[str, str] = {}
        self._labels: dict[str, tuple[str, str]] = {}
        self.merges_spellings = False

    def replace_findings(self, kinds: Iterable[str], found: Iterable[Problem]) -> None:
        """Put these findings in place of those of these kinds."""
        for kind in kinds:
            self._by_kind.pop(kind, None)
        for problem in found:
            self._by_kind[problem.kind].append(problem)
        self.changed.emit()

    @property
    def all_problems(self) -> list[Problem]:
        """All findings."""
        return [problem for problems in self._by_kind.values() for problem in problems]

    @property
    def left_out(self) -> int:
        """How many images are left out."""
        return len(self._left_out)

    def problems(self, kind: str) -> list[Problem]:
        """The findings of a kind."""
        return self._by_kind.get(kind, [])

    def is_left_out(self, image: str) -> bool:
        return image in self._left_out

    def label(self, image: str) -> str:
        """The label that was chosen for the image; empty where none was."""
        return self._labels.get(image, ("", ""))[0]

    def leave_out(self, images: Iterable[str], kind: str) -> None:
        """Leave these images out, because of a finding of this kind."""
        for image in images:
            if image in self.given:
                self._left_out.setdefault(image, kind)
        self.changed.emit()

    def keep(self, images: Iterable[str]) -> None:
        """Take these images in again."""
        for image in images:
            self._left_out.pop(image, None)
        self.changed.emit()

    def settle(self, problem: Problem, label: str) -> None:
        """The first of these copies is kept with this label, or all are as they were with ""."""
        for image in problem.images:
            self._labels.pop(image, None)
            self._left_out.pop(image, None)
        if label:
            self._labels[problem.images[0]] = (label, problem.kind)
            self._left_out.update(dict.fromkeys(problem.images[1:], problem.kind))
        self.changed.emit()

    def merge_spellings(self, is_wanted: bool) -> None:
        """Make classes one that are spelt alike, or leave them as they are."""
        self.merges_spellings = is_wanted
        self.changed.emit()

    def decisions(self) -> tuple[NewDecision, ...]:
        """All choices, as decisions with the kind of finding for a reason."""
        excluded = [
            on_finding(image, Action.EXCLUDE, kind) for image, kind in self._left_out.items()
        ]
        labelled = [
            on_finding(image, Action.RELABEL, kind, label=label)
            for image, (label, kind) in self._labels.items()
            if image not in self._left_out
        ]
        merges = merge_spellings(self.preflight.dataset) if self.merges_spellings else []
        return (*excluded, *labelled, *merges)
