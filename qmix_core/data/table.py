"""CSV and TSV tables of labels, kept as they came so that an export can give them back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qmix_core.data.files import require_regular_file
from qmix_core.errors import DataError

IMAGE_COLUMNS = (
    "image", "id_code", "image_id", "filename", "file_name", "file", "image_name", "image_path",
    "path", "img", "name", "id",
)  # fmt: skip
LABEL_COLUMNS = (
    "label", "diagnosis", "level", "class", "grade", "category", "target", "dr_grade",
    "adjudicated_dr_grade", "retinopathy_grade", "retinopathy grade", "y",
)  # fmt: skip
#: One cell may not be larger; a table of labels has none, a damaged one may.
MAX_CELL = 1_000_000
#: A million rows of labels take about 30 MB.
MAX_BYTES = 200_000_000
# with the wide forms that East Asian spreadsheets take for the same
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it came: header and rows of equal length, all text."""

    name: str
    delimiter: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class TableColumns:
    """Which columns hold the image and the label, as positions in the header."""

    image: int
    label: int


def is_table(name: str) -> bool:
    """Whether a file name ends like a table; `truth.csv` of a generated set is none."""
    return Path(name).suffix.lower() in {".csv", ".tsv"} and name != "truth.csv"


def read_table(path: Path) -> Table:
    """Read a CSV or TSV: comma, semicolon or tab; UTF-8 with or without BOM, or UTF-16.

    Raises:
        DataError: not readable as a table; the message names the file and, where known, the row.
    """
    if path.suffix.lower() in {".xlsx", ".xls", ".ods"}:
        raise DataError(f"{path.name} is a spreadsheet: save it as CSV and give that file.")
    if path.suffix.lower() not in {".csv", ".tsv", ".txt"}:
        raise DataError(f"{path.name} is neither a folder nor a CSV or TSV table of labels.")
    text = _decode(path)
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    rows = _rows(path.name, text, delimiter)
    header = tuple(cell.strip() for cell in next(rows, ()))
    body = []
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            raise DataError(
                f"{path.name}, row {number} has {len(row)} cells, the header {len(header)}: "
                "mend that row."
            )
        body.append(tuple(row))
    if not body:
        raise DataError(f"{path.name} holds no rows below its header.")
    return Table(path.name, delimiter, header, tuple(body))


def _rows(name: str, text: str, delimiter: str) -> Iterator[list[str]]:
    """Rows that are not empty. Strict: an open quote would swallow the rows that follow."""
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from filter(None, reader)
    except csv.Error as error:
        raise DataError(
            f"{name}, line {reader.line_num} is not valid CSV ({error}): mend its quotes."
        ) from error


def _decode(path: Path) -> str:
    if require_regular_file(path) > MAX_BYTES:
        raise DataError(
            f"{path.name} is larger than {MAX_BYTES // 1_000_000} MB: split it, or leave out "
            "the columns that are not needed."
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path} cannot be read ({error.strerror}).") from error
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DataError(f"{path.name} is not UTF-8 text: save it as CSV UTF-8.") from error
    if "\0" in text:
        raise DataError(f"{path.name} holds NUL bytes and is no plain text: save it as CSV UTF-8.")
    return text


def find_columns(
    table: Table, *, image: str | None = None, label: str | None = None
) -> TableColumns:
    """Find the image and the label column: by the name given, else by the usual names.

    Raises:
        DataError: no column fits; the message lists the columns there are.
    """
    return TableColumns(
        image=_find_column(table, "image", (image,) if image else IMAGE_COLUMNS),
        label=_find_column(table, "label", (label,) if label else LABEL_COLUMNS),
    )


def _find_column(table: Table, what: str, names: tuple[str, ...]) -> int:
    lowered = [name.lower() for name in table.header]
    for name in names:
        found = [number for number, column in enumerate(lowered) if column == name.lower()]
        if len(found) > 1:
            raise DataError(
                f"{table.name} has {len(found)} columns {name!r}: rename all but the one that "
                f"counts as the {what}."
            )
        if found:
            return found[0]
    wanted = repr(names[0]) if len(names) == 1 else f"for the {what}"
    raise DataError(
        f"{table.name} has no column {wanted} among {', '.join(table.header)}: "
        f"name it with --{what}-column."
    )


def defuse(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula; numbers stay numbers."""
    if not _FORMULA.match(cell):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell


def undefuse(cell: str) -> str:
    """What `defuse` made harmless, as it was."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
