"""An exported decision log: its columns, reading it, making its decisions in another project."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from itertools import groupby

from qmix_core.base.errors import DataError, ProjectError
from qmix_core.base.types import Action, Context, Decision
from qmix_core.dataset.table import Table, undefuse
from qmix_core.project.storage.class_history import ClassHistory
from qmix_core.project.storage.decision_log import (
    DecisionChecker,
    NewDecision,
    chain_breaks,
    in_force,
)
from qmix_core.project.storage.earlier_reasons import earlier_context
from qmix_core.project.store import ProjectStore

#: One column for each field of a decision, in the order in which the hash takes them.
AUDIT_COLUMNS = tuple(field.name for field in fields(Decision))
_BEFORE_CONTEXT = tuple(name for name in AUDIT_COLUMNS if name != "context")
_NUMBERS = ("id", "undoes", "run", "batch")


@dataclass(frozen=True, slots=True)
class Applied:
    """Decisions that were recorded, and those left out since their image has other content now."""

    recorded: int
    other_content: int = 0


def audit_cells(row: Decision) -> tuple[str, ...]:
    """The cells of a row; empty where there is no number."""
    values = (getattr(row, name) for name in AUDIT_COLUMNS)
    return tuple("" if value is None else str(value) for value in values)


def is_audit(table: Table) -> bool:
    """Whether a table is an exported decision log."""
    return table.header in (AUDIT_COLUMNS, _BEFORE_CONTEXT)


def read_audit(table: Table) -> list[Decision]:
    """The log in a table, whole and unaltered.

    Raises:
        DataError: a row is no decision, or its hash does not follow from the row before.
    """
    rows = []
    for number, cells in enumerate(table.rows, start=2):
        try:
            rows.append(_decision(table, cells))
        except ValueError as error:
            raise DataError(
                f"{table.name}, row {number} is no decision of an audit: export it anew."
            ) from error
    for broken in chain_breaks(rows):
        raise DataError(
            f"{table.name}, row {rows.index(broken) + 2} was altered after it was written, or rows "
            "before it were removed: take the audit as it was exported, or apply a table of "
            "image,action,label,reason,note."
        )
    return rows


def _decision(table: Table, cells: tuple[str, ...]) -> Decision:
    meant = map(undefuse, cells) if table.is_defused else cells
    values: dict[str, str | int | None] = dict(zip(table.header, meant, strict=True))
    for name in _NUMBERS:
        text = values[name]
        values[name] = int(text) if text else None
    row = Decision(**values)  # type: ignore[arg-type]
    context = row.context if "context" in values else earlier_context(row.reason, row.run)
    return replace(row, action=Action(row.action), context=Context(context))


def apply_audit(project: ProjectStore, rows: list[Decision], *, reviewer: str) -> Applied:
    """Make the decisions of a log that are in force, in their order, as decisions of `reviewer`.

    What was taken back in the log is left out. All are checked before the first is made.

    Raises:
        DataError: an image or class is not there, or both have operations on classes.
        ProjectError: as `ProjectStore.decide`.
    """
    alive = [row for row in in_force(reversed(rows)) if row.action is not Action.UNDO][::-1]
    content = {sample.image: sample.sha256 for sample in project.samples}
    named = [_find(project, row, content) for row in alive]
    kept = [row for row in named if not row.image or content[row.image] == row.sha256]
    untouched = ClassHistory(project.classes.given)
    if any(not row.image for row in kept) and untouched != project.classes:
        raise DataError(
            "The audit changes classes, and so do decisions in the project: apply it to a new "
            "project of the dataset."
        )
    operations = list(_operations(kept))
    _check(project, operations)
    for operation in operations:
        project.decisions.decide_all([_anew(row) for row in operation], reviewer=reviewer)
    return Applied(len(kept), len(named) - len(kept))


def _operations(rows: list[Decision]) -> Iterator[list[Decision]]:
    """Decisions on images as one, each on a class for itself: it changes what the next may say."""
    for _, run in groupby(rows, key=lambda row: 0 if row.image else row.id):
        yield list(run)


def _find(project: ProjectStore, row: Decision, content: dict[str, str]) -> Decision:
    """The row on the image of this name, or on the one of that content where it was renamed."""
    if not row.image or row.image in content:
        return row
    same = [image for image, digest in content.items() if digest and digest == row.sha256]
    if len(same) != 1:
        raise DataError(
            f"Decision {row.id}: there is no image {row.image!r} in {project.folder.name}: apply "
            "the audit to a project of the same dataset."
        )
    return replace(row, image=same[0])


def _check(project: ProjectStore, operations: list[list[Decision]]) -> None:
    given = {sample.image: sample.label for sample in project.samples}
    changes: list[Decision] = []
    classes = project.classes
    for operation in operations:
        checker = DecisionChecker(project.folder.name, given, project.files.known.altered, classes)
        for row in operation:
            try:
                checker.checked(_anew(row))
            except ProjectError as error:
                raise DataError(f"Decision {row.id}: {error}") from error
        if not operation[0].image:
            changes += operation
            classes = ClassHistory(project.classes.given, changes)


def _anew(row: Decision) -> NewDecision:
    label = row.new_label if row.action is Action.RELABEL or not row.image else ""
    of_class = "" if row.image else row.old_label
    return NewDecision(
        row.image,
        row.action,
        label=label,
        reason=row.reason,
        note=row.note,
        of_class=of_class,
        context=Context.FILE,
    )
