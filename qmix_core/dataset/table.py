"""Tables of labels, kept as they came so that an export can give them back: text and XLSX."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path, PurePosixPath

from qmix_core.base.errors import DataError
from qmix_core.base.foreign_files import require_regular_file
from qmix_core.dataset.image_reader import is_image_name
from qmix_core.dataset.text_dialect import TextDialect, decode, find_form, first_line
from qmix_core.dataset.workbook import read_sheet

#: One cell may not be larger; a table of labels has none, a damaged one may.
MAX_CELL = 1_000_000
#: A million rows of labels take about 30 MB.
MAX_BYTES = 200_000_000
# with the wide forms that East Asian spreadsheets take for the same
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it came: header and rows of equal length, all text; `text` says how it is written.

    The header of a table without one is made up: `image` and `label`, or `column 1`, `column 2`
    and so on. `sheet`:
    the one that was read among `sheets`, empty for text; `numbers`: positions of the columns in
    which it holds numbers, not text. `images_per_row`: 2 where each row of the file became two.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    has_header: bool = True
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    images_per_row: int = 1
    text: TextDialect = field(default_factory=TextDialect)

    @property
    def delimiter(self) -> str:
        """What parts the columns: a comma for spreadsheets, a blank for white space."""
        return self.text.delimiter

    @property
    def is_defused(self) -> bool:
        """Whether an apostrophe may stand before what a spreadsheet would run."""
        return not self.sheet and self.delimiter != " "


def is_table(name: str) -> bool:
    """Whether a file name ends like a table; `truth.csv` of a generated set is none."""
    is_own = not name.startswith((".", "~$")) and name != "truth.csv"
    return is_own and Path(name).suffix.lower() in {".csv", ".tsv", ".xlsx"}


def only_table(folder: Path) -> Path | None:
    """The one table in a folder; None where there is none, or several."""
    try:
        found = [path for path in folder.iterdir() if is_table(path.name)]
    except OSError:
        return None
    return found[0] if len(found) == 1 and found[0].is_file() else None


def read_table(path: Path, *, sheet: str | None = None) -> Table:
    """Read a table of labels.

    Text: comma, semicolon, tab or white space; UTF-8 with or without BOM, or UTF-16. XLSX: the
    first sheet, or the one named `sheet`. A first row that names an image is no header.

    Raises:
        DataError: not readable as a table; the message names the file and, where known, the row.
    """
    suffix = path.suffix.lower()
    if suffix in {".xls", ".ods"}:
        raise DataError(
            f"{path.name} is a spreadsheet of a form that is not read: save it as XLSX or CSV and "
            "give that file."
        )
    if suffix == ".xlsx":
        _require_size(path)
        found = read_sheet(path, sheet)
        table = _build(path.name, iter(found.rows))
        return replace(table, sheet=found.name, sheets=found.sheets, numbers=found.numbers)
    if suffix not in {".csv", ".tsv", ".txt"}:
        raise DataError(f"{path.name} is neither a folder nor a CSV, TSV or XLSX table of labels.")
    text, encoding = _decode(path)
    first = first_line(text)
    if not any(character in first for character in ",;\t") and _names_image(first.split()):
        # one label at the end; the name before it may hold blanks
        lines = (line.rstrip().rsplit(None, 1) for line in text.splitlines())
        table, delimiter = _build(path.name, filter(None, lines)), " "
    else:
        delimiter = max(",;\t", key=first.count)
        table = _build(path.name, _rows(path.name, text, delimiter))
    return replace(table, text=find_form(text, delimiter, encoding))


def _build(name: str, rows: Iterator[Sequence[str]]) -> Table:
    header = tuple(next(rows, ()))
    has_header = not _names_image(header)
    if not has_header:
        rows = chain([header], rows)
        numbered = tuple(f"column {number}" for number in range(1, len(header) + 1))
        header = ("image", "label") if len(header) == 2 else numbered
    body = []
    for number, row in enumerate(rows, start=1 + has_header):
        if len(row) != len(header):
            raise DataError(
                f"{name}, row {number} has {len(row)} cells, the header {len(header)}: "
                "mend that row."
            )
        body.append(tuple(row))
    if not body:
        raise DataError(f"{name} holds no rows below its header.")
    return Table(name, header, tuple(body), has_header)


def _names_image(cells: Sequence[str]) -> bool:
    return any(is_image_name(PurePosixPath(cell.strip()).name) for cell in cells)


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


def _require_size(path: Path) -> None:
    """Check that a file is a regular one and not too large for a table.

    Raises:
        DataError: it is not.
    """
    if require_regular_file(path) > MAX_BYTES:
        raise DataError(
            f"{path.name} is larger than {MAX_BYTES // 1_000_000} MB: split it, or leave out "
            "the columns that are not needed."
        )


def _decode(path: Path) -> tuple[str, str]:
    _require_size(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path} cannot be read ({error.strerror}).") from error
    try:
        text, encoding = decode(data)
    except UnicodeDecodeError as error:
        raise DataError(f"{path.name} is not UTF-8 text: save it as CSV UTF-8.") from error
    if "\0" in text:
        raise DataError(f"{path.name} holds NUL bytes and is no plain text: save it as CSV UTF-8.")
    return text, encoding


def defuse(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula; numbers stay numbers."""
    return f"'{cell}" if _FORMULA.match(cell) and not _is_number(cell.lstrip("'")) else cell


def undefuse(cell: str) -> str:
    """What `defuse` made harmless, as it was."""
    return cell[1:] if cell.startswith("'") and defuse(cell[1:]) == cell else cell


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
