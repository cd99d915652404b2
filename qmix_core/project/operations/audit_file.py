"""An exported decision log: its columns, reading it, making its decisions in another project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from itertools import groupby

from qmix_core.base.errors import DataError, ProjectError
from qmix_core.base.types import SILENT, Action, Context, Decision
from qmix_core.dataset.tables.table import Table, undefuse
from qmix_core.project.storage.class_history import ClassHistory
from qmix_core.project.storage.decision_log import (
    DecisionChecker,
    NewDecision,
    author_of,
    chain_breaks,
    in_force,
    is_conflict,
    origin_of,
    settled_conflicts,
    undo_of,
)
from qmix_core.project.storage.earlier_reasons import earlier_context
from qmix_core.project.store import ProjectStore

#: One column for each field of a decision, in the order in which the hash takes them.
AUDIT_COLUMNS = tuple(field.name for field in fields(Decision))
_BEFORE_CONTEXT = AUDIT_COLUMNS[: AUDIT_COLUMNS.index("context")]
_NUMBERS = ("id", "undoes", "run", "batch")


@dataclass(frozen=True, slots=True)
class Conflict:
    """An image on which two logs decided since they parted, with the last decision of each."""

    image: str
    own: Decision
    other: Decision

    @property
    def text(self) -> str:
        """Both in a line."""
        own, other = (f"{by}, {at}: {what}" for what, by, at in map(told, (self.own, self.other)))
        return f"{self.image}: here {own} | in the audit {other}"


def told(row: Decision) -> tuple[str, str, str]:
    """What a row decided, who did so, and when; the class where it gave one."""
    name, at = author_of(row)
    is_new = row.action is Action.RELABEL
    return f"{row.action} {row.new_label}" if is_new else row.action.value, name, at


@dataclass(frozen=True, slots=True)
class Applied:
    """Decisions that were recorded, and those left out.

    `other_content`: their image has other content now; `known`: they are there already.
    `conflicts`: images on which the project and the audit decided differently, to be settled by a
    person; the project keeps its own decision.
    """

    recorded: int
    other_content: int = 0
    known: int = 0
    conflicts: tuple[Conflict, ...] = ()


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
    """Make the decisions that the project lacks, in their order, as decisions of `reviewer`.

    The log may be that of a copy of the project: what both have is skipped, and so is what was
    applied before. Where both decided on an image since, the project keeps what it has, and the two
    are listed, each time until someone decides on the image again. All are checked before the first
    is made.

    Raises:
        DataError: an image or class is not there, or both have operations on classes.
        ProjectError: as `DecisionLog.decide`.
    """
    merge = _Merge(project, rows)
    content = {sample.image: sample.sha256 for sample in project.samples}
    named = [_find(project, row, content) for row in merge.new]
    fitting = [row for row in named if not row.image or content[row.image] == row.sha256]
    if merge.own_classes and any(not row.image for row in fitting):
        raise DataError(
            "The audit changes classes, and so do decisions in the project: apply it to a new "
            "project of the dataset."
        )
    conflicts, kept = merge.conflicts(fitting)
    operations = list(_operations(kept))
    _check(project, operations)
    for operation in operations:
        project.decisions.decide_all([merge.anew(row) for row in operation], reviewer=reviewer)
    if unmarked := merge.unmarked(fitting, conflicts):
        project.decisions.mark_conflicts(unmarked)
    return Applied(len(kept), len(named) - len(fitting), merge.known, conflicts)


class _Merge:
    """What a log has that the project lacks, and the other way round.

    `new`: rows in force of the log alone. `known`: how many of the log in force are there already.
    `own_classes`: whether the project has operations on classes that the log lacks.
    """

    def __init__(self, project: ProjectStore, rows: Sequence[Decision]) -> None:
        log = project.decisions.rows()
        own = [row for row in log if row.action is not Action.SEAL]
        self._settled = settled_conflicts(log)
        # marks of earlier versions do not say what the other decided
        self._marked = {row.origin for row in log if is_conflict(row) and row.old_label}
        self._rows = {row.id: row for row in rows}
        self._place = {key: row.id for row in own for key in _keys(row)}
        # who settled a conflict over there had our rows before them
        theirs = settled_conflicts(rows)
        theirs |= {key for row in rows if row.action is not Action.SEAL for key in _keys(row)}
        alive = [row for row in in_force(reversed(rows)) if row.action is not Action.SEAL][::-1]
        lacking = [row for row in alive if not self._is_there(row)]
        self.new = [row for row in lacking if row.undoes is None or self._target(row)]
        self.known = sum(row.action is not Action.UNDO for row in alive) - sum(
            row.action is not Action.UNDO for row in lacking
        )
        mine = [r for r in own if theirs.isdisjoint(_keys(r))]
        self.own_classes = any(not row.image for row in mine)
        self._mine = {row.image: row for row in mine if row.action not in SILENT}

    def conflicts(self, rows: Sequence[Decision]) -> tuple[tuple[Conflict, ...], list[Decision]]:
        """The images that both decided on, each with the last rows of both, and the other rows."""
        last = {row.image: row for row in rows if row.action not in SILENT}
        both = last.keys() & self._mine.keys() - {""}
        found = [
            Conflict(image, self._mine[image], last[image])
            for image in sorted(both)
            if not _say_the_same(self._mine[image], last[image])
        ]
        return tuple(found), [row for row in rows if row.image not in both]

    def anew(self, row: Decision) -> NewDecision:
        """The decision as one of this project, which says who made it, and when."""
        new = undo_of(replace(row, id=self._target(row))) if row.undoes is not None else _anew(row)
        return replace(new, context=Context.FILE, origin=origin_of(row))

    def unmarked(self, rows: Sequence[Decision], conflicts: Sequence[Conflict]) -> list[Decision]:
        """The rows on images in conflict that the project has no mark of."""
        images = {conflict.image for conflict in conflicts}
        return [r for r in rows if r.image in images and origin_of(r) not in self._marked]

    def _is_there(self, row: Decision) -> bool:
        return any(key in self._place or key in self._settled for key in _keys(row))

    def _target(self, row: Decision) -> int:
        """The row of the project that an undo of the log takes back; 0 where there is none."""
        target = self._rows.get(row.undoes or 0)
        keys = _keys(target) if target else []
        return next((self._place[key] for key in keys if key in self._place), 0)


def _keys(row: Decision) -> list[str]:
    """The hashes that a row is known by: its own, and that of the row it was made from."""
    return [row.hash, *row.origin.split(" ")[:1]] if row.origin else [row.hash]


def _say_the_same(one: Decision, other: Decision) -> bool:
    return (one.action, one.new_label) == (other.action, other.new_label)


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
                checker.checked(
                    _anew(row) if row.undoes is None else NewDecision(row.image, Action.UNDO)
                )
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
    )
