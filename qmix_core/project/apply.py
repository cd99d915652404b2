"""Decisions from a file: the same as in the GUI (image,action,label,reason,note)."""

from __future__ import annotations

from pathlib import Path

from qmix_core.data.table import Table, read_table, undefuse
from qmix_core.errors import DataError
from qmix_core.project.classes import CLASS_ACTIONS
from qmix_core.project.decisions import NewDecision
from qmix_core.project.store import Project
from qmix_core.types import Action

_OPTIONAL = ("label", "reason", "note")


def apply_decisions(project: Project, path: Path, *, reviewer: str) -> int:
    """Record every decision of the table, or none where one row is wrong; give their number.

    Raises:
        DataError: a column is missing or a row names an unknown image, action or class.
    """
    return apply_table(project, read_table(path), reviewer=reviewer)


def apply_table(project: Project, table: Table, *, reviewer: str) -> int:
    """As `apply_decisions`; without a header the rows of the table are counted from 1."""
    columns = {name.strip().lower(): index for index, name in enumerate(table.header)}
    for name in ("image", "action"):
        if name not in columns:
            raise DataError(
                f"{table.name} has no column {name!r}: its columns are image,action,label,reason,"
                "note."
            )
    known = {project.files.place(sample.image): sample.image for sample in project.samples}
    decisions = [
        _decision(table, number, row, columns, known, project.classes)
        for number, row in enumerate(table.rows, start=1 + table.has_header)
    ]
    project.decide_all(decisions, reviewer=reviewer)
    return len(decisions)


def _decision(
    table: Table,
    number: int,
    row: tuple[str, ...],
    columns: dict[str, int],
    known: dict[str, str],
    classes: tuple[str, ...],
) -> NewDecision:
    where = f"{table.name}, row {number}"
    image, name = undefuse(row[columns["image"]]), row[columns["action"]].strip().lower()
    values = {key: row[columns[key]].strip() for key in _OPTIONAL if key in columns}
    if name in CLASS_ACTIONS:
        raise DataError(f"{where}: {name!r} is about a class, not an image: use qmix classes.")
    choices = [action.value for action in Action if action not in {Action.UNDO, *CLASS_ACTIONS}]
    if name not in choices:
        raise DataError(f"{where}: there is no action {name!r}; use {', '.join(choices)}.")
    if image not in known:
        raise DataError(f"{where}: there is no image {image!r} in the project.")
    if name == Action.RELABEL and values.get("label") not in classes:
        raise DataError(
            f"{where}: {values.get('label', '')!r} is no class; use {', '.join(classes)}."
        )
    return NewDecision(
        known[image],
        Action(name),
        label=values.get("label", "") if name == Action.RELABEL else "",
        reason=values.get("reason", ""),
        note=values.get("note", ""),
    )
