"""Tables that name several diseases: a column for each, cells with several, a row per patient."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from qmix_core.base.errors import DataError
from qmix_core.base.problem import Problem
from qmix_core.dataset.labels.label_values import is_no_label, parts_of, several_labels
from qmix_core.dataset.tables.table import Table
from qmix_core.dataset.tables.table_columns import IMAGE_COLUMNS, LABEL_COLUMNS, column_named

_SIDES = ("left", "right")
_NORMAL = "normal fundus"
#: The column of the healthy, whose flag is on where both eyes are.
_HEALTHY = "N"


def is_per_patient(table: Table) -> bool:
    """Whether each row names two images, and no column names a single one."""
    own = tuple(name for name in IMAGE_COLUMNS if name not in {"id", "name"})
    return None not in _columns(table, "fundus") and column_named(table, "image", own) is None


def targets(table: Table) -> tuple[str, ...]:
    """Columns of flags: nothing but 0, 1 and blanks, and both 0 and 1."""
    return tuple(
        name.strip()
        for column, name in enumerate(table.header)
        if name.strip() and _ON <= {_flag(row[column]) for row in table.rows} <= _FLAGS
    )


_FLAGS = frozenset({"0", "1", ""})
_ON = frozenset({"0", "1"})


def _flag(cell: str) -> str:
    return cell.strip().removesuffix(".0")


def exclusive_targets(table: Table) -> tuple[str, ...]:
    """The columns of flags where every row has just one set; else none."""
    names = targets(table)
    columns = [at for at, name in enumerate(table.header) if name.strip() in names]
    is_one = all(sum(_flag(row[at]) == "1" for at in columns) == 1 for row in table.rows)
    return names if len(names) > 1 and is_one else ()


def offer_targets(table: Table) -> str:
    """How to choose among columns of flags, the end of a sentence; empty where there are none."""
    names = targets(table)
    if not names:
        return ""
    every = exclusive_targets(table)
    text = f"columns {', '.join(names)} hold 0 and 1: choose one with --target {names[0]}"
    return f"{text}, or all as classes with --target {','.join(every)}" if every else text


def image_targets(table: Table) -> tuple[str, ...]:
    """What `with_target` takes for a table with a row per image."""
    flags = targets(table)
    if flags:
        every = exclusive_targets(table)
        return (*flags, ",".join(every)) if every else flags
    for at, _ in _columns_of_several(table)[:1]:
        found = several_labels(Counter(row[at].strip() for row in table.rows))
        return found[1] if found else ()
    return ()


def with_target(table: Table, target: str) -> tuple[Table, int, list[Problem]]:
    """The table, the column of the labels that this target makes, and what is to be told.

    One column of flags is the labels itself. Several with commas between give a column `label`
    behind all others with the name of the one that is set. A name among several labels in one cell
    gives one of 1 where the cell has it, else 0.

    Raises:
        DataError: there is no such column and no such label.
    """
    column = column_named(table, "target", (target,))
    if column is not None:
        text = (
            f"{table.name} has a column for each disease: the class is what {target!r} says, "
            "whatever else an image shows."
        )
        return table, column, [Problem("one_disease", "", text)]
    names = [name.strip() for name in target.split(",")]
    columns = [column_named(table, "target", (name,)) for name in names]
    flags = [column for column in columns if column is not None]
    if len(flags) == len(names) > 1:
        labels = [_only_set(table, row, flags) for row in table.rows]
        return *_with_labels(table, labels), []
    for at, sign in _columns_of_several(table):
        cells = [row[at].strip() for row in table.rows]
        if any(target in parts_of(cell, sign) for cell in cells):
            labels = [_has(cell, sign, target) for cell in cells]
            text = (
                f"Labels are 1 where column {table.header[at].strip()!r} names {target!r}, else 0."
            )
            return *_with_labels(table, labels), [Problem("several_labels", "", text)]
    offered = offer_targets(table) or "its cells hold no label of this name"
    raise DataError(f"{table.name} has no column {target!r} to choose with --target; {offered}.")


def _with_labels(table: Table, labels: Sequence[str]) -> tuple[Table, int]:
    rows = tuple((*row, label) for row, label in zip(table.rows, labels, strict=True))
    name = "label" if column_named(table, "label", ("label",)) is None else "target_label"
    return replace(table, header=(*table.header, name), rows=rows), len(table.header)


def _only_set(table: Table, row: Sequence[str], columns: Sequence[int]) -> str:
    on = [table.header[column].strip() for column in columns if _flag(row[column]) == "1"]
    return on[0] if len(on) == 1 else ""


def _has(cell: str, sign: str, target: str) -> str:
    if is_no_label(cell):
        return ""
    return "1" if target in parts_of(cell, sign) else "0"


def _columns_of_several(table: Table) -> list[tuple[int, str]]:
    """Columns whose cells hold several labels, the usual ones for labels first."""
    usual = column_named(table, "label", LABEL_COLUMNS)
    found = []
    for at in sorted(range(len(table.header)), key=lambda at: at != usual):
        several = several_labels(Counter(row[at].strip() for row in table.rows))
        if several is not None:
            found.append((at, several[0]))
    return found


def one_row_per_image(table: Table, target: str | None) -> tuple[Table, int]:
    """The table with two rows for each, and the columns `image` and `label` behind its own.

    The label is the flag of the target. An eye whose keywords are nothing but "normal fundus" has
    no disease, whatever its patient has. The second part counts the patients of whom both eyes
    got the flag although it may hold for one of them only.

    Raises:
        DataError: no target was chosen, or there is no such column.
    """
    offered = targets(table)
    wanted = column_named(table, "target", (target,)) if target else None
    if wanted is None:
        raise DataError(
            f"{table.name} has a row per patient and a column per disease: choose one of "
            f"{', '.join(offered)} with --target."
        )
    images, keywords = _columns(table, "fundus"), _columns(table, "diagnostic_keywords")
    is_healthy_column = table.header[wanted].strip().upper() == _HEALTHY
    rows, unsure = [], 0
    for row in table.rows:
        flag = row[wanted].strip()
        normal = [column is not None and _is_normal(row[column]) for column in keywords]
        labels = [_eye_label(flag, is_normal, is_healthy_column) for is_normal in normal]
        unsure += flag == "1" and not is_healthy_column and labels == ["1", "1"]
        rows += [
            (*row, row[column].strip(), label)
            for column, label in zip(images, labels, strict=True)
            if column is not None
        ]
    width = len(table.header)
    numbers = (*table.numbers, width + 1) if wanted in table.numbers else table.numbers
    header = (*table.header, "image", "label")
    made = replace(table, header=header, rows=tuple(rows), numbers=numbers, images_per_row=2)
    return made, unsure


def _eye_label(flag: str, is_normal: bool, is_healthy_column: bool) -> str:
    if flag and is_normal:
        return "1" if is_healthy_column else "0"
    return flag


def _is_normal(keywords: str) -> bool:
    parts = {part.strip().lower() for part in re.split(r"[,，;]", keywords)}
    return parts == {_NORMAL}


def _columns(table: Table, what: str) -> list[int | None]:
    return [column_named(table, what, (f"{side}_{what}",)) for side in _SIDES]
