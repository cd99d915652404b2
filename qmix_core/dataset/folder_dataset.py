"""Which labels of a folder count: those of a table in it, or the names of its folders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

from qmix_core.base.errors import DataError
from qmix_core.base.problem import Problem
from qmix_core.dataset.files.folder_scan import FolderScan, scan_folder
from qmix_core.dataset.labels.folder_labels import LabelsFrom, is_split_name, labels_of_folders
from qmix_core.dataset.labels.label_choice import LabelChoice, LabelsMissing, LabelsUnclear
from qmix_core.dataset.labels.label_values import sort_classes
from qmix_core.dataset.read_labels import ReadLabels, read_folder_labels, read_table_labels
from qmix_core.dataset.tables.manifest import true_classes
from qmix_core.dataset.tables.table import is_table
from qmix_core.dataset.tables.table_columns import TableOptions

#: Tables are looked for so deep: they are often in a folder beside that of the images.
_DEEPEST = 2
_MOST_TABLES = 20
_NAMED = 10


def load_folder(root: Path, options: TableOptions) -> ReadLabels:
    """Read the labels of a folder, of what is in its only folder, or of a table in it.

    A table that parts the images as the folders do wins over them.

    Raises:
        LabelsUnclear: there are several labels, and they differ. DataError: there are none.
    """
    scan = _inner(scan_folder(root))
    classes = {} if _wants_table(options) else true_classes(scan.root)
    if classes:
        # the list of an export says it, whatever its folders are called
        scan = scan_folder(scan.root, classes)
        options = replace(options, labels_from=LabelsFrom.FOLDERS)
    tables = [] if classes or options.labels_from in _FOLDERS else _tables(scan, options)
    by_table = [table.read for table in tables if table.read is not None]
    by_folder = [] if _wants_table(options) else _by_folder(scan, options)
    by_folder = [_truly_called(way, classes) for way in by_folder]
    if len(by_table) == len(by_folder) == 1:
        by_table, by_folder = _one_of(by_table[0], by_folder[0])
    ways = [*by_table, *by_folder]
    if len(ways) > 1:
        raise LabelsUnclear(root, tuple(map(_choice, ways)))
    if not ways:
        _refuse(scan, tables)
    problems = [*_entered(root, scan), *_unused(ways[0], tables)]
    told = tuple(table.path for table in tables)
    return replace(ways[0], problems=(*problems, *ways[0].problems), tables=told)


def _truly_called(read: ReadLabels, classes: Mapping[str, str]) -> ReadLabels:
    """The labels of an exported folder as they were before they became names of folders."""
    samples = (replace(one, label=classes.get(one.label, one.label)) for one in read.samples)
    return replace(read, samples=tuple(samples))


_FOLDERS = (LabelsFrom.FOLDERS, LabelsFrom.SUBFOLDERS)


def _wants_table(options: TableOptions) -> bool:
    named = (options.image_column, options.label_column, options.sheet, options.target)
    is_named = options.labels_from is None and any(named)
    return options.labels_from is LabelsFrom.TABLE or is_named


def _inner(scan: FolderScan) -> FolderScan:
    """The folder itself, or the only one in it where that holds more than images."""
    tables = [name for name in scan.others if is_table(name.rpartition("/")[2])]
    tops = {name.partition("/")[0] if "/" in name else "" for name in (*scan.images, *tables)}
    if len(tops) != 1 or "" in tops:
        return scan
    top = tops.pop()
    if not tables and not any(name.count("/") > 1 for name in scan.images):
        return scan
    inner = scan_folder(scan.root / top)
    beside = [
        (folder, names)
        for folder, names in scan.left_out
        if folder != top and not folder.startswith(f"{top}/")
    ]
    if not beside:
        return _inner(inner)
    listed = ", ".join(f"{folder} {len(names):,}" for folder, names in beside[:_NAMED])
    text = f"Images in folders beside {top} are left out ({listed})."
    problem = Problem("left_out_folder", "", text)
    return _inner(replace(inner, problems=(*inner.problems, problem)))


def _entered(root: Path, scan: FolderScan) -> list[Problem]:
    if scan.root == root:
        return []
    text = f"All images lie in {scan.root.relative_to(root).as_posix()}: that folder is read."
    return [Problem("entered", "", text)]


@dataclass(frozen=True, slots=True)
class _Table:
    """A table in the folder: what was read from it, or why nothing was."""

    path: Path
    read: ReadLabels | None = None
    problem: str = ""


def _tables(scan: FolderScan, options: TableOptions) -> list[_Table]:
    """Tables in the folder, and where none fits, those in folders inside."""
    names = [name for name in scan.others if is_table(name.rpartition("/")[2])]
    tried: list[_Table] = []
    for depth in range(_DEEPEST + 1):
        level = [name for name in names if name.count("/") == depth][:_MOST_TABLES]
        tried += [_try(scan, name, options) for name in level]
        if any(table.read is not None for table in tried):
            break
    return tried


def _try(scan: FolderScan, name: str, options: TableOptions) -> _Table:
    path = scan.root / name
    try:
        read = read_table_labels(path, options, scan)
    except DataError as error:
        return _Table(path, problem=str(error))
    labels = {sample.label for sample in read.samples if sample.label}
    if len(labels) < 2:
        return _Table(path, problem=f"{name} gives fewer than two classes.")
    return _Table(path, read)


def _by_folder(scan: FolderScan, options: TableOptions) -> list[ReadLabels]:
    """One way or two; the second where both levels of folders could be the classes."""
    found = labels_of_folders(scan.images, options.labels_from)
    if options.labels_from is not None:
        return [read_folder_labels(scan, found, options)]
    levels = [found]
    if found.rival is not None:
        levels.append(labels_of_folders(scan.images, found.rival))
    return [
        read_folder_labels(scan, level, options)
        for level in levels
        if len(set(level.labels.values())) > 1
    ]


def _one_of(table: ReadLabels, folder: ReadLabels) -> tuple[list[ReadLabels], list[ReadLabels]]:
    """Both where they differ; else the table, unless it says less."""
    of_folder = {sample.image: sample.label for sample in folder.samples}
    pairs = {
        (s.label, of_folder[s.image]) for s in table.samples if s.label and s.image in of_folder
    }
    labels, names = {label for label, _ in pairs}, {name for _, name in pairs}
    if not len(labels) == len(names) == len(pairs) > 1:
        return [table], [folder]
    return ([table], []) if len(table.samples) >= len(folder.samples) else ([], [folder])


def _choice(read: ReadLabels) -> LabelChoice:
    labelled = [sample for sample in read.samples if sample.label]
    counts = Counter(sample.label for sample in labelled)
    examples = {sample.label: sample.image for sample in reversed(labelled)}
    classes = sort_classes(counts)
    level = read.labels_from or LabelsFrom.TABLE
    names = {LabelsFrom.FOLDERS: "the folders", LabelsFrom.SUBFOLDERS: "the folders inside of them"}
    return LabelChoice(
        read.source,
        level,
        names.get(level, read.source.name),
        tuple((label, counts[label]) for label in classes),
        tuple((label, examples[label]) for label in classes),
        read.scan.root,
    )


def _unused(read: ReadLabels, tables: Sequence[_Table]) -> list[Problem]:
    problems = []
    for table in tables:
        if table.path != read.source:
            why = table.problem or "the folders tell more."
            text = f"{table.path.name} is not read as labels: {why}"
            problems.append(Problem("unused_table", "", text))
    return problems


def _refuse(scan: FolderScan, tables: Sequence[_Table]) -> NoReturn:
    """Say why a folder holds no labels, and what helps."""
    root = scan.root
    if len(tables) == 1:
        raise DataError(tables[0].problem)
    if tables:
        listed = ", ".join(table.path.name for table in tables[:_NAMED])
        raise DataError(f"{root} holds several tables ({listed}): give the one with the labels.")
    if not scan.images:
        raise DataError(
            f"No labelled image was found in {root}: give a folder with one sub-folder per class, "
            "or a table that names the images and their labels."
        )
    tops = sorted({name.partition("/")[0] for name in scan.images if "/" in name})
    if any(map(is_split_name, tops)):
        raise LabelsMissing(
            root,
            f"The folders of {root} ({', '.join(tops[:_NAMED])}) are called like splits and "
            "hold no class folders: give the table of the labels as DATASET with --images "
            f"{root}, or take the folders as classes with --labels-from folders.",
        )
    if len(tops) == 1 and all("/" in name for name in scan.images):
        raise DataError(
            f"All images in {root} have the one label {tops[0]!r}: finding label errors "
            "needs at least two classes."
        )
    raise LabelsMissing(
        root,
        f"{root} holds {len(scan.images):,} images, but neither class folders nor a table of their "
        f"labels: give the table as DATASET with --images {root}, or sort the images into one "
        "sub-folder per class.",
    )
