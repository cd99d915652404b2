"""The rows of a table and the names of the images beside it -> samples and problems."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from qmix_core.base.errors import DataError
from qmix_core.base.types import Sample
from qmix_core.dataset.problem import Problem
from qmix_core.dataset.table import Table, read_table, undefuse
from qmix_core.dataset.table_columns import (
    IMAGE_COLUMNS,
    TableColumns,
    TableOptions,
    column_named,
    find_columns,
)

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


#: Longer texts are no names of classes; in characters.
MAX_LABEL = 200
_NAMED = 20
#: DDR: grades 0 to 4, and this for what cannot be graded.
_DDR_GRADES, _DDR_UNGRADABLE = frozenset("012345"), "5"


def read_label_table(
    path: Path, options: TableOptions
) -> tuple[Table, TableColumns, list[Problem]]:
    """Read a table with one row per image, made from one with a row per patient where it has such.

    Raises:
        DataError: no table, or its columns are not found.
    """
    table = read_table(path, sheet=options.sheet)
    problems = []
    if is_per_patient(table) and not options.image_column:
        table, unsure = one_row_per_image(table, options.target)
        if unsure:
            text = (
                f"{path.name} gives {options.target!r} per patient: for {unsure:,} patients both "
                "eyes have it here, though only one may."
            )
            problems.append(Problem("per_patient", "", text))
    columns = find_columns(table, options)
    return table, columns, problems + _split_remarks(table, columns, options)


def samples_of_table(
    table: Table, columns: TableColumns, options: TableOptions, root: Path, names: Sequence[str]
) -> tuple[list[Sample], list[Problem]]:
    """Samples of the rows whose image is among `names`, the images below `root`.

    Raises:
        DataError: the table names no image that is there.
    """
    finder = _ImageFinder(names)
    samples: list[Sample] = []
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    named: set[str] = set()
    for index, cells in enumerate(table.rows):
        number = 1 + table.has_header + index // table.images_per_row
        name, label = (cells[column].strip() for column in (columns.image, columns.label))
        if table.is_defused:
            name, label = undefuse(name), undefuse(label)
        image = finder.find(name)
        if image is not None:
            named.add(image)
        if options.split is not None and _split(cells, columns) != options.split:
            continue
        problem = _row_problem(table.name, number, name, label, image, seen)
        if problem is not None:
            problems.append(problem)
        elif image is not None:
            seen[image] = label
            samples.append(Sample(image=image, label=label, cells=cells))
    if not named and problems:
        raise DataError(
            f"No image that {table.name} names was found below {root} "
            f"(the first: {problems[0].image!r}): give their folder with --images DIR."
        )
    unlisted = [name for name in names if name not in named]
    if unlisted:
        text = (
            f"{len(unlisted):,} images below {root.name} are not in {table.name}: they are left "
            f"out: {', '.join(unlisted[:_NAMED])}{', …' if len(unlisted) > _NAMED else '.'}"
        )
        problems.append(Problem("unlisted", "", text, tuple(unlisted)))
    labels = {sample.label for sample in samples}
    if not table.has_header and _DDR_UNGRADABLE in labels <= _DDR_GRADES:
        text = "In DDR, grade 5 means ungradable: leave that class out (--leave-out 5) if so here."
        problems.append(Problem("ungradable", "", text))
    return samples, problems


def _split(cells: Sequence[str], columns: TableColumns) -> str:
    return "" if columns.split is None else cells[columns.split].strip()


def _split_remarks(table: Table, columns: TableColumns, options: TableOptions) -> list[Problem]:
    if columns.split is None:
        return []
    counts = Counter(_split(cells, columns) for cells in table.rows)
    if options.split is not None and options.split not in counts:
        raise DataError(
            f"{table.name} has no rows with {options.split!r} in its split column: it has "
            f"{', '.join(sorted(counts)[:_NAMED])}."
        )
    listed = ", ".join(f"{name} {count:,}" for name, count in counts.most_common(_NAMED))
    if len(counts) < 2:
        return []
    taken = f"only {options.split!r} is taken" if options.split is not None else "all are taken"
    text = f"Column {table.header[columns.split].strip()!r} splits the rows ({listed}): {taken}."
    return [Problem("split", "", text)]


def _row_problem(
    table: str, number: int, name: str, label: str, image: str | None, seen: dict[str, str]
) -> Problem | None:
    where = f"{table}, row {number}"
    if not name:
        return Problem("missing", "", f"{where} names no image: the row is left out.")
    if image is None:
        return Problem("missing", name, f"{where}: image {name!r} was not found: left out.")
    if not label:
        return Problem("unlabelled", image, f"{where}: image {name!r} has no label: left out.")
    if len(label) > MAX_LABEL:
        text = f"{where}: the label has {len(label)} characters and is no class: left out."
        return Problem("unlabelled", image, text)
    if image in seen:
        kind = "repeated" if seen[image] == label else "conflicting"
        text = f"{where}: {name!r} is named again with label {label!r}; the first row counts."
        return Problem(kind, image, text)
    return None


class _ImageFinder:
    """Find an image by the name a table gives: relative path, file name or id without extension."""

    def __init__(self, names: Sequence[str]) -> None:
        self._by_path = {name.casefold(): name for name in names}
        self._by_key: dict[str, str | None] = {}
        for name in names:
            path = PurePosixPath(name)
            for key in {str(path.with_suffix("")), path.name, path.stem}:
                folded = key.casefold()
                # None marks a key that two files share: guessing could mix patients up
                self._by_key[folded] = None if folded in self._by_key else name

    def find(self, name: str) -> str | None:
        key = name.replace("\\", "/").removeprefix("./").casefold()
        return self._by_path.get(key) or self._by_key.get(key)
