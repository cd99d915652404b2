"""A folder of class folders, or a table beside its images -> samples and problems. No torch."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from qmix_core.base.errors import DataError, printable
from qmix_core.base.foreign_files import files_below, is_unicode, resolved
from qmix_core.base.types import Sample
from qmix_core.dataset.image_reader import is_image_file, is_image_name
from qmix_core.dataset.problem import Problem as Problem
from qmix_core.dataset.table import Table, is_table
from qmix_core.dataset.table_columns import TableColumns
from qmix_core.dataset.table_columns import TableOptions as TableOptions
from qmix_core.dataset.table_samples import read_label_table, samples_of_table
from qmix_core.dataset.value_ranges import NO_RANGES, ValueRanges

#: More different labels than this are no classes: the column was mistaken, or the folder.
MAX_CLASSES = 1000


@dataclass(frozen=True, slots=True)
class Dataset:
    """Labelled images below `root`, as found at `source` with these `options`.

    `table` and `columns` are None for class folders. `value_ranges`: how deep values are shown,
    known once the files were looked at.
    """

    source: Path
    root: Path
    samples: tuple[Sample, ...]
    problems: tuple[Problem, ...] = ()
    table: Table | None = None
    columns: TableColumns | None = None
    options: TableOptions = field(default_factory=TableOptions)
    value_ranges: ValueRanges = NO_RANGES

    @property
    def patient_column(self) -> int | None:
        """Position of the patients in the samples' cells; None where file names must tell."""
        return None if self.columns is None else self.columns.patient

    @property
    def classes(self) -> tuple[str, ...]:
        """Class names, numbers in numeric order, else alphabetic."""
        return sort_classes({sample.label for sample in self.samples})


def sort_classes(labels: set[str]) -> tuple[str, ...]:
    """Order labels: whole numbers by value first, then names."""

    def key(label: str) -> tuple[bool, int, str]:
        is_number = label.isdecimal() and len(label) < 10
        return (not is_number, int(label) if is_number else 0, label)

    return tuple(sorted(labels, key=key))


def load_dataset(path: Path, *, options: TableOptions | None = None) -> Dataset:
    """Read a folder of class folders, a table, or a folder with one table inside.

    Nothing is decoded; `qmix_core.preflight.check` looks into the files.

    Raises:
        DataError: nothing usable is there, fewer than two classes, or a table that does not fit.
    """
    path = resolved(path)
    if not is_unicode(str(path)):
        raise DataError(f"The name of {path} is not valid Unicode: rename that folder or file.")
    options = options or TableOptions()
    dataset = _load_folder(path, options) if path.is_dir() else _load_table(path, options)
    dataset = _leave_out(replace(dataset, source=path, options=options))
    if not dataset.samples:
        raise DataError(
            f"No labelled image was found in {path}: give a folder with one sub-folder per class, "
            "or a table that names the images and their labels."
        )
    if len(dataset.classes) < 2:
        raise DataError(
            f"All images in {path} have the one label {dataset.classes[0]!r}: finding label errors "
            "needs at least two classes."
        )
    if len(dataset.classes) > MAX_CLASSES:
        raise DataError(
            f"{path} has {len(dataset.classes)} different labels, more than {MAX_CLASSES}: give "
            "the column of the labels with --label-column, or one folder per class."
        )
    return dataset


def _leave_out(dataset: Dataset) -> Dataset:
    kept = tuple(s for s in dataset.samples if s.label not in dataset.options.leave_out)
    count = len(dataset.samples) - len(kept)
    if not count:
        return dataset
    text = f"{count:,} images of {', '.join(dataset.options.leave_out)} are left out as asked."
    problems = (*dataset.problems, Problem("left_out", "", text))
    return replace(dataset, samples=kept, problems=problems)


def _load_folder(root: Path, options: TableOptions) -> Dataset:
    try:
        entries = sorted(os.scandir(root), key=lambda entry: entry.name)
    except OSError as error:
        raise DataError(
            f"{root} cannot be read ({error.strerror}): check its permissions."
        ) from error
    visible = [entry for entry in entries if not entry.name.startswith(".")]
    class_folders = [e for e in visible if _is_class_folder(e, root)]
    names, problems = _readable_names(
        root,
        (f"{folder.name}/{name}" for folder in class_folders for name in files_below(Path(folder))),
    )
    samples = [Sample(image=name, label=name.partition("/")[0]) for name in names]
    labels = {sample.label for sample in samples}
    files = [e for e in visible if _is_file(e)]
    tables = [Path(e.path) for e in files if is_table(e.name)]
    if len(labels) < 2 and len(tables) == 1:
        return _load_table(tables[0], options)
    if len(labels) < 2 and len(tables) > 1:
        listed = ", ".join(table.name for table in tables)
        raise DataError(f"{root} holds several tables ({listed}): give the one with the labels.")
    problems += [
        Problem("empty_class", "", f"Folder {folder.name!r} holds no image and is no class.")
        for folder in class_folders
        if folder.name not in labels
    ]
    loose = tuple(e.name for e in files if is_image_name(e.name) and is_unicode(e.name))
    if loose:
        text = f"{len(loose)} images lie outside the class folders and have no label: left out."
        problems.append(Problem("unlisted", "", text, loose))
    return Dataset(root, root, tuple(samples), tuple(problems))


def _is_class_folder(entry: os.DirEntry[str], root: Path) -> bool:
    """A folder, or a link to one elsewhere; a link to the dataset itself would go in circles."""
    try:
        if not entry.is_dir() or entry.name.endswith(".qmix"):
            return False
        return not entry.is_symlink() or not root.is_relative_to(Path(entry).resolve())
    except (OSError, RuntimeError):
        return False


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a loop of links
        return False


def _readable_names(root: Path, names: Iterable[str]) -> tuple[list[str], list[Problem]]:
    """The images among the names, without those that no table or database can hold."""
    images = [name for name in names if is_image_file(root, name)]
    text = "The name is not valid Unicode: rename it. The image is left out: "
    problems = [
        Problem("unreadable", printable(name), f"{text}{name}")
        for name in images
        if not is_unicode(name)
    ]
    return [name for name in images if is_unicode(name)], problems


def _load_table(path: Path, options: TableOptions) -> Dataset:
    table, columns, problems = read_label_table(path, options)
    root = resolved(options.images or path.parent)
    if not root.is_dir():
        raise DataError(f"{root} is no folder of images: give one with --images DIR.")
    names, unreadable = _readable_names(root, files_below(root))
    samples, others = samples_of_table(table, columns, options, root, names)
    problems += [*unreadable, *others]
    return Dataset(path, root, tuple(samples), tuple(problems), table, columns)
