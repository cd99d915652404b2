"""The options of `check` and `train` that say how a dataset is read."""

from __future__ import annotations

import argparse
from pathlib import Path

from qmix_core.dataset.dataset import Dataset, load_dataset
from qmix_core.dataset.labels.folder_labels import LabelsFrom
from qmix_core.dataset.tables.table_columns import TableOptions


def add_table_options(parser: argparse.ArgumentParser) -> None:
    """What a table does not say itself."""
    group = parser.add_argument_group("how to read the labels")
    group.add_argument("--images", type=Path, metavar="DIR", help="where a table's images lie")
    group.add_argument("--image-column", metavar="NAME", help="where a table names the images")
    group.add_argument("--label-column", metavar="NAME", help="where a table gives the labels")
    group.add_argument("--sheet", metavar="NAME", help="sheet of a workbook; else the first")
    group.add_argument(
        "--target",
        metavar="NAME",
        help="disease, where a table has a column for each or several in a cell; or all such "
        "columns with commas between, where each row has one",
    )
    group.add_argument(
        "--labels-from",
        choices=[str(value) for value in LabelsFrom],
        help="of a folder that holds a table and class folders, or folders in folders: which give "
        "the labels",
    )
    group.add_argument(
        "--class-order",
        metavar="A,B,C",
        help='the classes as grades from the lowest to the highest; "none": they are no grades',
    )
    group.add_argument(
        "--class-name",
        action="append",
        default=[],
        metavar="VALUE=NAME",
        help="what a class is called on the screen; may be given several times",
    )
    group.add_argument(
        "--patient-column",
        metavar="NAME",
        help='where a table names the patients; "" for the file names',
    )
    group.add_argument("--split-column", metavar="NAME", help="where a table names the split")
    group.add_argument("--split", metavar="VALUE", help="take only the rows of this split")
    group.add_argument(
        "--leave-out",
        action="append",
        default=[],
        metavar="CLASS",
        help="leave a class out; may be given several times",
    )


def table_options(arguments: argparse.Namespace) -> TableOptions:
    """What was given of `add_table_options`."""
    return TableOptions(
        images=arguments.images,
        image_column=arguments.image_column,
        label_column=arguments.label_column,
        sheet=arguments.sheet,
        target=arguments.target,
        patient_column=arguments.patient_column,
        split_column=arguments.split_column,
        split=arguments.split,
        leave_out=tuple(arguments.leave_out),
        labels_from=LabelsFrom(arguments.labels_from) if arguments.labels_from else None,
        class_order=arguments.class_order,
        class_names=tuple(arguments.class_name),
    )


def load(arguments: argparse.Namespace) -> Dataset:
    """The dataset that was named, read as the options say."""
    return load_dataset(arguments.dataset, options=table_options(arguments))
