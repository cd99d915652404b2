"""A folder of class folders, or a table beside its images -> samples and problems. No torch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from qmix_core.base.errors import DataError
from qmix_core.base.foreign_files import is_unicode, resolved
from qmix_core.base.problem import Problem
from qmix_core.base.types import Sample
from qmix_core.dataset.files.file_accounting import account_for
from qmix_core.dataset.files.file_stamps import FileStamps
from qmix_core.dataset.folder_dataset import load_folder
from qmix_core.dataset.labels.class_scale import ClassScale, chosen_scale, find_scale
from qmix_core.dataset.labels.label_values import sort_classes, spelt_alike
from qmix_core.dataset.pixels.value_ranges import NO_RANGES, ValueRanges
from qmix_core.dataset.read_labels import ReadLabels, read_table_labels
from qmix_core.dataset.tables.table import Table
from qmix_core.dataset.tables.table_columns import TableColumns
from qmix_core.dataset.tables.table_columns import TableOptions as TableOptions

#: More different labels than this are no classes: the column was mistaken, or the folder.
MAX_CLASSES = 1000


@dataclass(frozen=True, slots=True)
class Dataset:
    """Labelled images below `root`, as found at `source` with these `options`.

    `source`: the table, or the folder of class folders. `table` and `columns` are None for class
    folders without splits; those with splits have a made-up table. `scale_found`: of the classes.
    `value_ranges`: how deep values are shown, and `stamps`: of the files, so that a project need
    not read them again; both are known once the files were looked at.
    """

    source: Path
    root: Path
    samples: tuple[Sample, ...]
    problems: tuple[Problem, ...] = ()
    table: Table | None = None
    columns: TableColumns | None = None
    options: TableOptions = field(default_factory=TableOptions)
    value_ranges: ValueRanges = NO_RANGES
    scale_found: ClassScale = field(default_factory=ClassScale)
    stamps: FileStamps | None = field(default=None, repr=False, compare=False)

    @property
    def is_from_table(self) -> bool:
        """Whether a table says the labels, and not the names of folders."""
        return self.table is not None and self.table.is_file

    @property
    def patient_column(self) -> int | None:
        """Position of the patients in the samples' cells; None where file names must tell."""
        return None if self.columns is None else self.columns.patient

    @property
    def classes(self) -> tuple[str, ...]:
        """Class names in natural order; images without a label are of none."""
        return sort_classes({sample.label for sample in self.samples} - {""})

    @property
    def scale(self) -> ClassScale:
        """Whether the classes are grades, and what they are called on the screen."""
        return self.scale_found.fitted(self.classes)


def load_dataset(path: Path, *, options: TableOptions | None = None) -> Dataset:
    """Read a folder of class folders, a table, or a folder with one table inside.

    Nothing is decoded; `qmix_core.preflight.check` looks into the files.

    Raises:
        LabelsUnclear: a folder holds labels in several ways, and they differ.
        DataError: nothing usable is there, fewer than two classes, or a table that does not fit.
    """
    path = resolved(path)
    if not is_unicode(str(path)):
        raise DataError(f"The name of {path} is not valid Unicode: rename that folder or file.")
    options = options or TableOptions()
    read = load_folder(path, options) if path.is_dir() else read_table_labels(path, options)
    dataset = _leave_out(_dataset(read, options))
    if not dataset.classes:
        raise DataError(
            f"No labelled image was found in {path}: give a folder with one sub-folder per class, "
            "or a table that names the images and their labels."
        )
    _require_classes(path, dataset.classes)
    columns = _names_of_columns(dataset)
    scale = chosen_scale(
        find_scale(dataset.classes, columns),
        dataset.classes,
        options.class_order,
        options.class_names,
    )
    problems = (*dataset.problems, *_spelling_problems(dataset.samples))
    return replace(dataset, scale_found=scale, problems=problems)


def _dataset(read: ReadLabels, options: TableOptions) -> Dataset:
    return Dataset(
        read.source,
        read.scan.root,
        read.samples,
        (*read.problems, *read.scan.problems, *account_for(read.scan.root, _not_read(read))),
        read.table,
        read.columns,
        replace(options, labels_from=read.labels_from),
    )


def _not_read(read: ReadLabels) -> list[str]:
    """All files of the folder that are neither images nor told of as tables."""
    told = {table.relative_to(read.scan.root).as_posix() for table in read.tables}
    return [name for name in read.scan.others if name not in told]


def _require_classes(path: Path, classes: Sequence[str]) -> None:
    if len(classes) < 2:
        raise DataError(
            f"All images in {path} have the one label {classes[0]!r}: finding label errors "
            "needs at least two classes."
        )
    if len(classes) > MAX_CLASSES:
        raise DataError(
            f"{path} has {len(classes)} different labels, more than {MAX_CLASSES}: give "
            "the column of the labels with --label-column, or one folder per class."
        )


def _leave_out(dataset: Dataset) -> Dataset:
    kept = tuple(s for s in dataset.samples if s.label not in dataset.options.leave_out)
    count = len(dataset.samples) - len(kept)
    if not count:
        return dataset
    text = f"{count:,} images of {', '.join(dataset.options.leave_out)} are left out as asked."
    problems = (*dataset.problems, Problem("left_out", "", text))
    return replace(dataset, samples=kept, problems=problems)


def _names_of_columns(dataset: Dataset) -> tuple[str, str]:
    if dataset.table is None or dataset.columns is None:
        return "", ""
    header = dataset.table.header
    return header[dataset.columns.image], header[dataset.columns.label]


def _spelling_problems(samples: Sequence[Sample]) -> list[Problem]:
    counts = Counter(sample.label for sample in samples if sample.label)
    problems = []
    for names in spelt_alike(counts):
        listed = ", ".join(f"{name!r} {counts[name]:,}" for name in names)
        text = (
            f"Classes are spelt alike ({listed}), but for case, blanks or the form of a letter: "
            "--merge-spellings makes them one."
        )
        images = tuple(sample.image for sample in samples if sample.label in names)
        problems.append(Problem("spelling", "", text, images))
    return problems
