"""Rename, merge and delete classes: what a change would do, and doing it as one decision."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from qmix_core.base.errors import ProjectError
from qmix_core.base.types import DROPPED, Action, Decision, Review
from qmix_core.project.storage.decision_log import NewDecision, in_force
from qmix_core.project.store import ProjectStore


@dataclass(frozen=True, slots=True)
class ClassChange:
    """`new` is the new name, or the class to merge into; empty for a deletion."""

    action: Action
    name: str
    new: str = ""


@dataclass(frozen=True, slots=True)
class ClassCount:
    """Images of a class: those that came with its label, and those kept that have it now."""

    name: str
    given: int
    kept: int


@dataclass(frozen=True, slots=True)
class ChangePreview:
    """What a change is about: images with the label, how many of them are excluded or to re-take,
    and relabels in force that name the class.
    """

    images: int
    dropped: int
    decisions: int


def class_counts(project: ProjectStore) -> list[ClassCount]:
    """Every class in its order."""
    labelled = _labelled(project)
    given = Counter(project.given_label(sample) for sample in project.samples)
    kept = Counter(label for label, review in labelled if review.status not in DROPPED)
    return [ClassCount(name, given[name], kept[name]) for name in project.classes.names]


def preview_change(project: ProjectStore, change: ClassChange) -> ChangePreview:
    """What the change would do; nothing is written.

    Raises:
        ProjectError: the change cannot be made.
    """
    labelled = _labelled(project)
    if text := project.classes.problem(change.action, change.name, change.new):
        raise ProjectError(text)
    found = [review for label, review in labelled if label == change.name]
    origin = project.classes.origins[project.classes.names.index(change.name)]
    alive = in_force(reversed(project.decisions.all()))
    relabels = (row for row in alive if row.action is Action.RELABEL)
    return ChangePreview(
        images=len(found),
        dropped=sum(review.status in DROPPED for review in found),
        decisions=sum(project.classes.origin(row.new_label, row.id) == origin for row in relabels),
    )


def _labelled(project: ProjectStore) -> list[tuple[str, Review]]:
    """Label and state of every image now."""
    reviews = project.decisions.reviews()
    states = (reviews.get(sample.image, Review()) for sample in project.samples)
    return [
        (review.label or project.given_label(sample), review)
        for sample, review in zip(project.samples, states, strict=True)
    ]


def change_class(
    project: ProjectStore, change: ClassChange, *, reviewer: str, run: int | None = None
) -> Decision:
    """Make the change as one decision that `ProjectStore.undo` takes back.

    Raises:
        ProjectError: as `ProjectStore.decide`, and where the change cannot be made.
    """
    new = NewDecision("", change.action, of_class=change.name, label=change.new)
    return project.decisions.decide(new, reviewer=reviewer, run=run)
