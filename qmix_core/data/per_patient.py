"""Tables with one row per patient, as ODIR: both eyes in a row, one column per disease."""

from __future__ import annotations

import re
from dataclasses import replace

from qmix_core.data.table import Table
from qmix_core.data.table_columns import IMAGE_COLUMNS, column_named
from qmix_core.errors import DataError

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
        if name.strip() and {"0", "1"} <= {row[column].strip() for row in table.rows} <= _FLAGS
    )


_FLAGS = frozenset({"0", "1", ""})


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
