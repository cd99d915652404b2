"""Decisions from a file: the same as in the GUI (image,action,label,reason,note)."""

from __future__ import annotations

from collections.abc import Mapping
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
    known = {project.files.place(sample.image): sample.image for sample in project.samples}
    decisions = read_decisions(path, known, project.classes)
    project.decide_all(decisions, reviewer=reviewer)
    return len(decisions)


def read_decisions(
    path: Path, known: Mapping[str, str], classes: tuple[str, ...]
) -> list[NewDecision]:
    """The decisions of a table; `known`: what the table may call the images -> their names.

    Raises:
        DataError: as `apply_decisions`.
    """
    table = read_table(path)
    columns = {name.strip().lower(): index for index, name in enumerate(table.header)}
    for name in ("image", "action"):
        if name not in columns:
            raise DataError(
                f"{table.name} has no column {name!r}: its columns are image,action,label,reason,"
                "note."
            )
    return [
        _decision(table, number, row, columns, known, classes)
        for number, row in enumerate(table.rows, start=2)
    ]


def _decision(
    table: Table,
    number: int,
    row: tuple[str, ...],
    columns: dict[str, int],
    known: Mapping[str, str],
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
        raise DataError(f"{where}: there is no image {image!r} in the dataset.")
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
