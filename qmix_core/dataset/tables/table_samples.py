"""The rows of a table and the images beside it -> samples and problems."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from qmix_core.base.errors import DataError
from qmix_core.base.problem import Problem
from qmix_core.base.types import Sample
from qmix_core.dataset.files.file_matching import Match, Way, match_names
from qmix_core.dataset.files.folder_scan import FolderScan
from qmix_core.dataset.labels.label_values import class_of_labels, several_labels
from qmix_core.dataset.tables.given_quality import DDR_GRADES, DDR_UNGRADABLE, quality_problems
from qmix_core.dataset.tables.table import Table, read_table, undefuse
from qmix_core.dataset.tables.table_columns import (
    TableColumns,
    TableOptions,
    column_named,
    find_columns,
    find_image_column,
    find_label_column,
)
from qmix_core.dataset.tables.targets import (
    is_per_patient,
    offer_targets,
    one_row_per_image,
    with_target,
)

#: Longer texts are no names of classes; in characters.
MAX_LABEL = 200
_NAMED = 20
#: So many rows tell whether a column names the images.
_TRIED = 300


@dataclass(frozen=True, slots=True)
class LabelTable:
    """A table with one row per image, the columns that count, and what is to be told of it."""

    table: Table
    columns: TableColumns
    problems: tuple[Problem, ...] = ()


def read_label_table(path: Path, options: TableOptions, images: Sequence[str] = ()) -> LabelTable:
    """Read a table, and make one with a row per image where it has a row per patient.

    `images`: those that are there; the column that names them is the image column.

    Raises:
        DataError: no table, or its columns are not found.
    """
    table = read_table(path, sheet=options.sheet)
    problems: list[Problem] = []
    label: int | None = None
    if is_per_patient(table) and not _has(table, options.image_column):
        table, unsure = one_row_per_image(table, options.target)
        if unsure:
            text = (
                f"{path.name} gives {options.target!r} per patient: for {unsure:,} patients both "
                "eyes have it here, though only one may."
            )
            problems.append(Problem("per_patient", "", text))
    elif options.target:
        table, label, problems = with_target(table, options.target)
    if label is None:
        label = find_label_column(table, options, offer_targets(table))
    image, found = _image_column(table, options, images, label)
    columns = find_columns(table, options, image=image, label=label)
    remarks = [*problems, *found, *split_remarks(table, columns, options)]
    return LabelTable(table, columns, tuple(remarks))


def _has(table: Table, column: str | None) -> bool:
    return column is not None and column_named(table, "column", (column,)) is not None


def _image_column(
    table: Table, options: TableOptions, images: Sequence[str], label: int
) -> tuple[int | None, list[Problem]]:
    """The column that names the images, where the usual one names none of them or few."""
    usual = find_image_column(table, options)
    found = _share(table, usual, images)
    if found >= 0.5 or not images:
        return usual, []
    others = [at for at in range(len(table.header)) if at not in {usual, label}]
    shares = {at: _share(table, at, images) for at in others}
    best = max(shares, key=shares.__getitem__, default=-1)
    if best < 0 or shares[best] < max(0.5, found):
        return usual, []
    name = table.header[best].strip() or f"number {best + 1}"
    if options.image_column and usual is not None and not found:
        raise DataError(
            f"Column {table.header[usual].strip()!r} of {table.name} names no image that is there, "
            f"but column {name!r} does: name that one with --image-column."
        )
    if options.image_column:
        return usual, []
    was = "no column by its name" if usual is None else f"not {table.header[usual].strip()!r}"
    text = f"Column {name!r} of {table.name} names the images ({was})."
    return best, [Problem("image_column", "", text)]


def _share(table: Table, column: int | None, images: Sequence[str]) -> float:
    """Share of the rows that name an image of their own."""
    if column is None or column < 0:
        return 0.0
    names = [_meaning(table, row[column]) for row in table.rows[:_TRIED]]
    matches = match_names(filter(None, names), images).values()
    return len({match.file for match in matches if match.file}) / len(names)


def _meaning(table: Table, cell: str) -> str:
    return undefuse(cell.strip()) if table.is_defused else cell.strip()


def samples_of_table(
    read: LabelTable, options: TableOptions, scan: FolderScan
) -> tuple[list[Sample], list[Problem]]:
    """Samples of the rows whose image is there, and what is to be told of the others.

    Raises:
        DataError: the table names no image that is there.
    """
    table, columns = read.table, read.columns
    rows = [
        _Row(number, _meaning(table, cells[columns.image]), _meaning(table, cells[columns.label]),
             cells)
        for number, cells in table.numbered()
    ]  # fmt: skip
    matches = match_names((row.name for row in rows if row.name), scan.images)
    named = {match.file for match in matches.values() if match.file}
    if not named:
        raise DataError(_why_none(table, matches, scan))
    taken = [row for row in rows if options.split in {None, _split(row.cells, columns)}]
    classes = class_of_labels(row.label for row in taken if row.name)
    labelled = {matches[row.name].file for row in taken if row.name and classes[row.label]}
    samples: list[Sample] = []
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    for row in taken:
        match = matches.get(row.name, Match())
        label = classes.get(row.label, "")
        problem = _row_problem(table.name, row, match, label, seen)
        if problem is not None:
            problems.append(problem)
        elif not label and match.file in labelled:
            where = f"{table.name}, row {row.number}"
            text = f"{where}: {row.name!r} has no label; another row gives it one."
            problems.append(Problem("repeated", row.name, text))
        elif match.file is not None:
            # an image that no row labels stays, to be given a label in the review
            seen[match.file] = label
            samples.append(Sample(match.file, label, row.cells))
    problems += _unlabelled(table.name, samples)
    problems += [*_loosely_matched(taken, matches), *_label_remarks(samples, table, columns)]
    problems += _unlisted(table, scan, named)
    labels = {sample.label for sample in samples} - {""}
    if table.has_header:
        problems += quality_problems(table.name, samples, table.header)
    elif DDR_UNGRADABLE in labels <= DDR_GRADES:
        text = "In DDR, grade 5 means ungradable: leave that class out (--leave-out 5) if so here."
        ungradable = tuple(sample.image for sample in samples if sample.label == DDR_UNGRADABLE)
        problems.append(Problem("ungradable", "", text, ungradable))
    return samples, problems


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    name: str
    label: str
    cells: tuple[str, ...]


def _unlabelled(table: str, samples: Sequence[Sample]) -> list[Problem]:
    """Images without a label, in one sentence, with what their cells say."""
    images = tuple(sample.image for sample in samples if not sample.label)
    if not images:
        return []
    listed = f"{', '.join(images[:_NAMED])}{', …' if len(images) > _NAMED else ''}"
    text = (
        f"{len(images):,} images of {table} have no label and are not trained on; give them one in "
        f"the review: {listed}"
    )
    return [Problem("unlabelled", "", text, images)]


def _unlisted(table: Table, scan: FolderScan, named: set[str]) -> list[Problem]:
    unlisted = tuple(name for name in scan.images if name not in named)
    if not unlisted:
        return []
    text = (
        f"{len(unlisted):,} images below {scan.root.name} are not in {table.name}: they are left "
        f"out: {', '.join(unlisted[:_NAMED])}{', …' if len(unlisted) > _NAMED else '.'}"
    )
    return [Problem("unlisted", "", text, unlisted)]


def _loosely_matched(rows: Sequence[_Row], matches: dict[str, Match]) -> list[Problem]:
    """How many rows do not name their file exactly, by the way in which they fit it."""
    by_way: dict[Way, list[_Row]] = defaultdict(list)
    for row in rows:
        match = matches.get(row.name, Match())
        if match.file is not None and match.way is not Way.EXACT:
            by_way[match.way].append(row)
    problems = []
    for way, found in by_way.items():
        files = tuple(dict.fromkeys(matches[row.name].file or "" for row in found))
        text = (
            f"{len(found):,} rows were matched {way.value} (the first: {found[0].name!r} is "
            f"{files[0]!r})."
        )
        problems.append(Problem("matched", "", text, files))
    return problems


def _label_remarks(samples: Sequence[Sample], table: Table, columns: TableColumns) -> list[Problem]:
    """Numbers that are written in two ways, and cells that hold several labels."""
    problems = []
    written = Counter((_meaning(table, s.cells[columns.label]), s.label) for s in samples)
    joined = {cell: (label, n) for (cell, label), n in written.items() if label not in {cell, ""}}
    if joined:
        listed = ", ".join(f"{cell!r} as {label!r} {n:,}" for cell, (label, n) in joined.items())
        text = f"Labels that are one number count as one class ({listed}); cells stay as they are."
        problems.append(Problem("joined_numbers", "", text))
    several = several_labels(Counter(sample.label for sample in samples if sample.label))
    if several is not None:
        sign, names = several
        first = next(s.label for s in samples if sign in s.label)
        text = (
            f"Cells of {table.name} hold several labels ({first!r}), and each combination counts "
            f"as a class: --target {names[0]!r} takes one disease, yes or no; there are "
            f"{', '.join(names[:_NAMED])}."
        )
        images = tuple(s.image for s in samples if sign in s.label)
        problems.append(Problem("several_labels", "", text, images))
    return problems


def _why_none(table: Table, matches: dict[str, Match], scan: FolderScan) -> str:
    """Why a table names no image that is there, and what helps, as a sentence."""
    if not scan.images:
        where = {folder for folder, _ in scan.left_out}
        hint = f"; {', '.join(sorted(where))} is left out by its name" if where else ""
        return (
            f"There is no image below {scan.root}{hint}: give the folder with the images of "
            f"{table.name} with --images DIR."
        )
    if not matches:
        return f"{table.name} names no image in any row: name the column with --image-column."
    name, match = next(
        ((name, match) for name, match in matches.items() if match.candidates or match.rivals),
        next(iter(matches.items())),
    )
    if match.candidates:
        stems = {str(PurePosixPath(file).with_suffix("")) for file in match.candidates}
        what = "the endings" if len(stems) == 1 else "the folders"
        return (
            f"{name!r} of {table.name} is there {len(match.candidates)} times "
            f"({', '.join(match.candidates[:_NAMED])}), and so are others: write {what} of the "
            "files into the table, or move the files that are not meant elsewhere."
        )
    if match.rivals:
        return (
            f"{name!r} and {match.rivals[0]!r} of {table.name} fit the same file: keep the folders "
            "of the images as the table names them, or rename the files."
        )
    for folder, names in scan.left_out:
        if any(found.file for found in match_names(list(matches)[:_TRIED], names).values()):
            return (
                f"The images that {table.name} names lie in {folder}, which is left out by its "
                f"name: give it with --images {scan.root / folder}"
            )
    return (
        f"No image that {table.name} names was found among {len(scan.images):,} below {scan.root} "
        f"(it names {name!r}, a file there is {scan.images[0]!r}): give the folder of the images "
        "with --images DIR, or the column of their names with --image-column NAME."
    )


def _split(cells: Sequence[str], columns: TableColumns) -> str:
    return "" if columns.split is None else cells[columns.split].strip()


def split_remarks(table: Table, columns: TableColumns, options: TableOptions) -> list[Problem]:
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
    table: str, row: _Row, match: Match, label: str, seen: dict[str, str]
) -> Problem | None:
    where, name = f"{table}, row {row.number}", row.name
    if not name:
        return Problem("missing", "", f"{where} names no image: the row is left out.")
    if match.file is None:
        return Problem("missing", name, f"{where}: {match.why_missing(name)}: left out.")
    if len(label) > MAX_LABEL:
        text = f"{where}: the label has {len(label)} characters and is no class: left out."
        return Problem("unlabelled", match.file, text)
    if match.file in seen:
        kind = "repeated" if seen[match.file] == label else "conflicting"
        text = f"{where}: {name!r} is named again with label {label!r}; the first row counts."
        return Problem(kind, match.file, text)
    return None
