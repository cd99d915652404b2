"""The options of `check` and `train` that say how a dataset is read."""

from __future__ import annotations

import argparse
from pathlib import Path

from qmix_core.dataset.dataset import Dataset, load_dataset
from qmix_core.dataset.table_columns import TableOptions


def add_table_options(parser: argparse.ArgumentParser) -> None:
    """What a table does not say itself."""
    group = parser.add_argument_group("how to read the labels")
    group.add_argument("--images", type=Path, metavar="DIR", help="where a table's images lie")
    group.add_argument("--image-column", metavar="NAME", help="where a table names the images")
    group.add_argument("--label-column", metavar="NAME", help="where a table gives the labels")
    group.add_argument("--sheet", metavar="NAME", help="sheet of a workbook; else the first")
    group.add_argument(
        "--target", metavar="NAME", help="disease, where a table has one row per patient"
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
    )


def load(arguments: argparse.Namespace) -> Dataset:
    """The dataset that was named, read as the options say."""
    return load_dataset(arguments.dataset, options=table_options(arguments))
