"""The labels that were read from a table or from folders, before they are a dataset."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qmix_core.base.errors import DataError
from qmix_core.base.foreign_files import resolved
from qmix_core.base.problem import Problem
from qmix_core.base.types import Sample
from qmix_core.dataset.files.folder_scan import FolderScan, scan_folder
from qmix_core.dataset.labels.folder_labels import FolderLabels, LabelsFrom
from qmix_core.dataset.tables.table import Table, defuse
from qmix_core.dataset.tables.table_columns import TableColumns, TableOptions
from qmix_core.dataset.tables.table_samples import read_label_table, samples_of_table, split_remarks

_IMAGE, _LABEL, _SPLIT = range(3)


@dataclass(frozen=True, slots=True)
class ReadLabels:
    """Samples of images of `scan`, and what is to be told; `labels_from`: None for a table.

    `tables`: those below the folder that were read or are told of.
    """

    source: Path
    scan: FolderScan
    samples: tuple[Sample, ...]
    problems: tuple[Problem, ...]
    table: Table | None = None
    columns: TableColumns | None = None
    labels_from: LabelsFrom | None = None
    tables: tuple[Path, ...] = ()


def read_table_labels(
    path: Path, options: TableOptions, scan: FolderScan | None = None
) -> ReadLabels:
    """The labels of a table; `scan`: of the folder with the images, where it is known.

    Raises:
        DataError: no table, or it does not fit the images.
    """
    if scan is None or options.images is not None:
        root = resolved(options.images or path.parent)
        if not root.is_dir():
            raise DataError(f"{root} is no folder of images: give one with --images DIR.")
        scan = scan_folder(root)
    read = read_label_table(path, options, scan.images)
    samples, problems = samples_of_table(read, options, scan)
    told = (path,) if path.is_relative_to(scan.root) else ()
    return ReadLabels(
        path,
        scan,
        tuple(samples),
        (*read.problems, *problems),
        read.table,
        read.columns,
        tables=told,
    )


def read_folder_labels(scan: FolderScan, found: FolderLabels, options: TableOptions) -> ReadLabels:
    """The labels of folders; where these are parts of splits, with a table made of them.

    Raises:
        DataError: there is no such split.
    """
    names = [name for name in scan.images if name in found.labels]
    if not found.splits:
        samples = tuple(Sample(image=name, label=found.labels[name]) for name in names)
        return ReadLabels(scan.root, scan, samples, found.problems, labels_from=found.level)
    rows = tuple(
        (defuse(name), defuse(found.labels[name]), defuse(found.splits[name])) for name in names
    )
    table = Table(scan.root.name, ("image", "label", "split"), rows, is_file=False)
    columns = TableColumns(_IMAGE, _LABEL, split=_SPLIT)
    remarks = split_remarks(table, columns, options)
    samples = tuple(
        Sample(image=name, label=found.labels[name], cells=cells)
        for name, cells in zip(names, rows, strict=True)
        if options.split in {None, found.splits[name]}
    )
    return ReadLabels(
        scan.root, scan, samples, (*found.problems, *remarks), table, columns, found.level
    )
