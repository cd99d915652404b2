"""What a person decides on the preflight's findings: the first decisions of a new project."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from qmix_core.data.dataset import Dataset
from qmix_core.data.problem import Problem
from qmix_core.errors import DataError
from qmix_core.project.decisions import NewDecision
from qmix_core.project.store import Project
from qmix_core.types import Action


def reason_of(kind: str) -> str:
    """The reason that a decision on a finding of this kind carries."""
    return f"preflight: {kind}"


def leave_out(problems: Iterable[Problem], kinds: Iterable[str]) -> list[NewDecision]:
    """Exclude the images of these kinds of problem, each once; of copies one is kept."""
    wanted = set(kinds)
    reasons: dict[str, str] = {}
    for problem in problems:
        if problem.kind in wanted:
            for image in problem.to_leave_out:
                reasons.setdefault(image, reason_of(problem.kind))
    return [NewDecision(image, Action.EXCLUDE, reason=why) for image, why in reasons.items()]


def require_two_classes(dataset: Dataset, decisions: Sequence[NewDecision]) -> None:
    """Refuse to leave out so many images that fewer than two classes remain.

    Raises:
        DataError: fewer than two remain.
    """
    gone = {new.image for new in decisions if new.action in (Action.EXCLUDE, Action.RETAKE)}
    labels = {new.image: new.label for new in decisions if new.action == Action.RELABEL}
    left = {
        labels.get(sample.image, sample.label)
        for sample in dataset.samples
        if sample.image not in gone
    }
    if len(left) < 2:
        raise DataError(
            f"{len(gone):,} images would be left out, and fewer than two classes remain: leave "
            "fewer out."
        )


def create_decided(
    folder: Path, dataset: Dataset, decisions: Sequence[NewDecision], *, reviewer: str
) -> None:
    """Make the project of a checked dataset with its first decisions.

    Raises:
        DataError: fewer than two classes would remain. ProjectError: as `Project.create`.
    """
    require_two_classes(dataset, decisions)
    with Project.create(folder, dataset) as project:
        if decisions:
            project.decide_all(decisions, reviewer=reviewer)
