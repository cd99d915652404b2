"""Tables of labels, kept as they came so that an export can give them back: text and XLSX."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from qmix_core.base.errors import DataError
from qmix_core.base.foreign_files import require_regular_file
from qmix_core.dataset.tables.json_tables import json_rows
from qmix_core.dataset.tables.table_rows import header_and_rows
from qmix_core.dataset.tables.text_dialect import TextDialect, decode, find_form
from qmix_core.dataset.tables.text_rows import read_text_rows
from qmix_core.dataset.tables.workbook import read_sheet

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
    `skipped`: rows of titles above the header. `is_file`: False for one made of folders.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    has_header: bool = True
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    images_per_row: int = 1
    skipped: int = 0
    is_file: bool = True
    text: TextDialect = field(default_factory=TextDialect)

    @property
    def delimiter(self) -> str:
        """What parts the columns: a comma for spreadsheets, a blank for white space."""
        return self.text.delimiter

    def numbered(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The rows with their numbers in the file."""
        first = 1 + self.has_header + self.skipped
        for index, row in enumerate(self.rows):
            yield first + index // self.images_per_row, row

    @property
    def is_defused(self) -> bool:
        """Whether an apostrophe may stand before what a spreadsheet would run."""
        return not self.sheet and self.delimiter != " "


def is_table(name: str) -> bool:
    """Whether a file name ends like a table; `truth.csv` of a generated set is none."""
    is_own = not name.startswith((".", "~$")) and name != "truth.csv"
    is_listed = Path(name).suffix.lower() in {".csv", ".tsv", ".xlsx"}
    # the only JSON beside images that is known to be a table: that of an ImageFolder
    return is_own and (is_listed or name.lower() == "metadata.jsonl")


def only_table(folder: Path) -> Path | None:
    """The one table in a folder; None where there is none, or several."""
    try:
        found = [path for path in folder.iterdir() if is_table(path.name)]
    except OSError:
        return None
    return found[0] if len(found) == 1 and found[0].is_file() else None


def read_table(path: Path, *, sheet: str | None = None) -> Table:
    """Read a table of labels.

    Text: comma, semicolon, tab, bar or white space; UTF-8 with or without BOM, or UTF-16. XLSX: the
    first sheet, or the one named `sheet`. JSON: see `json_rows`. A first row that names an image
    is no header; rows of titles above it, names of rows as R writes them, and missing or empty
    cells at the end of rows do no harm.

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
        table = _build(path.name, found.rows, found.skipped)
        return replace(table, sheet=found.name, sheets=found.sheets, numbers=found.numbers)
    if suffix not in {".csv", ".tsv", ".txt", ".md", ".json", ".jsonl"}:
        raise DataError(
            f"{path.name} is neither a folder nor a CSV, TSV or XLSX table of labels: save it as "
            "CSV and give that file."
        )
    text, encoding = _decode(path)
    if suffix in {".json", ".jsonl"}:
        return _build(path.name, json_rows(path.name, text), 0)
    read = read_text_rows(path.name, text)
    form = find_form(text[len(read.preamble) :], read.delimiter, encoding)
    table = _build(path.name, read.rows, read.skipped)
    return replace(table, text=replace(form, preamble=read.preamble))


def _build(name: str, rows: Sequence[Sequence[str]], skipped: int) -> Table:
    has_header, header, body = header_and_rows(name, rows, skipped)
    return Table(name, header, body, has_header, skipped=skipped)


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
        raise DataError(
            f"{path} cannot be read ({error.strerror}): check its permissions."
        ) from error
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
