"""Which columns of a table count: guessed by their names, or as a person says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from qmix_core.base.errors import DataError
from qmix_core.dataset.labels.folder_labels import LabelsFrom
from qmix_core.dataset.tables.table import Table

# compared as `_plain` writes them
IMAGE_COLUMNS = (
    "image", "id_code", "image_id", "filename", "file_name", "file", "image_name", "image_path",
    "filepath", "path", "img", "name", "id",
)  # fmt: skip
LABEL_COLUMNS = (
    "label", "diagnosis", "level", "class", "grade", "category", "target", "dr_grade",
    "adjudicated_dr_grade", "retinopathy_grade", "dr_level", "severity", "y",
)  # fmt: skip
PATIENT_COLUMNS = (
    "patient", "patient_id", "patientid", "subject", "subject_id", "participant", "participant_id",
)  # fmt: skip
SPLIT_COLUMNS = ("split", "set", "subset", "partition", "usage", "fold")


@dataclass(frozen=True, slots=True)
class TableOptions:
    """What a dataset does not say itself; None where it is to be found by the usual names.

    `images`: where a table's images lie; `sheet`: the sheet of a workbook; `target`: the disease
    where a table has a column for each, or cells with several, or all such columns with commas
    between where each row has one; `patient_column`: empty for
    the names of the files; `split`: only rows with this value of the split column count;
    `leave_out`: classes to leave out; `labels_from`: where the labels of a folder are;
    `class_order` and `class_names`: see `class_scale.chosen_scale`.
    """

    images: Path | None = None
    image_column: str | None = None
    label_column: str | None = None
    sheet: str | None = None
    target: str | None = None
    patient_column: str | None = None
    split_column: str | None = None
    split: str | None = None
    leave_out: tuple[str, ...] = ()
    labels_from: LabelsFrom | None = None
    class_order: str | None = None
    class_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableColumns:
    """Which columns count, as positions in the header; None where there is none of the kind."""

    image: int
    label: int
    patient: int | None = None
    split: int | None = None


def find_columns(
    table: Table,
    options: TableOptions | None = None,
    *,
    image: int | None = None,
    label: int | None = None,
) -> TableColumns:
    """Find the columns: by the name given, else by the usual names.

    `image`, `label`: those that are known already.

    Raises:
        DataError: no column fits; the message lists the columns there are.
    """
    options = options or TableOptions()
    columns = TableColumns(
        image=_require_column(table, "image", options.image_column, IMAGE_COLUMNS)
        if image is None
        else image,
        label=find_label_column(table, options) if label is None else label,
        patient=_maybe_column(table, "patient", options.patient_column, PATIENT_COLUMNS),
        split=_maybe_column(table, "split", options.split_column, SPLIT_COLUMNS),
    )
    if options.split is not None and columns.split is None:
        raise DataError(
            f"{table.name} has no column for the split among {_listed(table)}: name it with "
            "--split-column."
        )
    return columns


def find_image_column(table: Table, options: TableOptions) -> int | None:
    """The image column by the name given, else by the usual names; None where there is none.

    Raises:
        DataError: there is no column of the name given.
    """
    if options.image_column:
        return _require_column(table, "image", options.image_column, IMAGE_COLUMNS)
    return column_named(table, "image", IMAGE_COLUMNS)


def find_label_column(table: Table, options: TableOptions, offer: str = "") -> int:
    """The label column by the name given, else by the usual names; `offer`: what else to do.

    Raises:
        DataError: no column fits.
    """
    is_unnamed = options.label_column is None
    if offer and is_unnamed and column_named(table, "label", LABEL_COLUMNS) is None:
        raise DataError(
            f"{table.name} has no column for the label among {_listed(table)}, but {offer}; or "
            "name another with --label-column."
        )
    return _require_column(table, "label", options.label_column, LABEL_COLUMNS)


def column_named(table: Table, what: str, names: tuple[str, ...]) -> int | None:
    """The first of the names that a column has, without regard to case, blanks and underscores.

    Raises:
        DataError: two columns have that name; `what` says in the message what they stand for.
    """
    plain = [_plain(name) for name in table.header]
    for name in filter(str.strip, names):
        found = [number for number, column in enumerate(plain) if column == _plain(name)]
        if len(found) > 1:
            raise DataError(
                f"{table.name} has {len(found)} columns {name!r}: rename all but the one that "
                f"counts as the {what}."
            )
        if found:
            return found[0]
    return None


def _require_column(table: Table, what: str, given: str | None, names: tuple[str, ...]) -> int:
    found = column_named(table, what, (given,) if given else names)
    if found is None:
        wanted = repr(given) if given else f"for the {what}"
        others = [sheet for sheet in table.sheets if sheet != table.sheet]
        remedy = f"name it with --{what}-column"
        if others:
            remedy += f", or the sheet that has it with --sheet ({', '.join(others)})"
        raise DataError(f"{table.name} has no column {wanted} among {_listed(table)}: {remedy}.")
    return found


def _maybe_column(table: Table, what: str, given: str | None, names: tuple[str, ...]) -> int | None:
    if given:
        return _require_column(table, what, given, names)
    return column_named(table, what, names) if given is None else None


def _listed(table: Table) -> str:
    return ", ".join(name.strip() for name in table.header if name.strip())


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", "_", name.strip().lower())
