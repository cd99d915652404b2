"""XLSX workbooks: one sheet in, as the text that a person sees there; one sheet out."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from qmix_core.base.errors import DataError
from qmix_core.dataset.tables.table_rows import title_rows

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

#: Unpacked; a million rows of labels take about 100 MB.
MAX_UNPACKED = 400_000_000
#: What Excel itself holds at most in a column; a crafted file claims more.
_MAX_ROWS = 1_048_576
_MAX_COLUMNS = 1000
_ZERO_PADDED = re.compile(r"0{2,20}")
_ZERO_LED = re.compile(r"0\d")
_PLAIN_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d+)?(e[+-]\d{1,3})?")
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet `name` among `sheets`: rows of equal length from the header, without blank ones.

    `numbers`: positions of the columns that hold numbers and blanks only, below the header;
    `skipped`: rows of titles above it.
    """

    name: str
    sheets: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    skipped: int


def read_sheet(path: Path, sheet: str | None = None) -> Sheet:
    """Read the first sheet, or the one of this name; formulas count by their last result.

    Raises:
        DataError: no workbook, damaged, too large, no such sheet, or openpyxl is not installed.
    """
    _require_openpyxl(path.name)
    status = path.stat()
    return _read_sheet(path, sheet, (status.st_mtime_ns, status.st_size))


# 100,000 rows take 5 s, and the window asks for the sheet again that was just checked
@lru_cache(maxsize=1)
def _read_sheet(path: Path, sheet: str | None, _stamp: tuple[int, int]) -> Sheet:
    from openpyxl import load_workbook

    try:
        _refuse_bomb(path)
        workbook = load_workbook(path, read_only=True, data_only=True)
        try:
            names = tuple(page.title for page in workbook.worksheets)
            if not names or (sheet is not None and sheet not in names):
                raise DataError(
                    f"{path.name} has no sheet {sheet or 'with cells'!r}: its sheets are "
                    f"{', '.join(names) or 'none'}."
                )
            chosen = sheet or names[0]
            rows, last_texts = _read_rows(path, workbook[chosen])
        finally:
            workbook.close()
    except DataError:
        raise
    except OSError as error:
        raise DataError(f"{path} cannot be read ({error.strerror}).") from error
    except Exception as error:  # the parser raises whatever damaged bytes lead it to
        raise DataError(
            f"{path.name} is no intact XLSX workbook: save it as CSV and give that file."
        ) from error
    skipped = title_rows(rows)
    width = len(rows[0]) if rows else 0
    numbers = tuple(at for at in range(width) if last_texts.get(at, 0) <= skipped)
    return Sheet(chosen, names, rows[skipped:], numbers, skipped)


def write_sheet(
    file: IO[bytes],
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    numbers: Collection[int],
    *,
    name: str = "",
) -> None:
    """Write a workbook of one sheet; plain numbers in the columns `numbers` become numbers.

    All else is text, which no spreadsheet runs as a formula.

    Raises:
        DataError: openpyxl is not installed. OSError: the disk refuses.
    """
    _require_openpyxl("This table")
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    workbook = Workbook(write_only=True)
    page = workbook.create_sheet(_NOT_IN_A_NAME.sub("", name)[:31] or "labels")

    def text_cell(text: str) -> Cell:
        cell = WriteOnlyCell(page, ILLEGAL_CHARACTERS_RE.sub("", text))
        cell.data_type = "s"
        return cell

    def row_cell(column: int, text: str) -> object:
        if not text:
            return None
        if column in numbers and _PLAIN_NUMBER.fullmatch(text):
            return int(text) if text.lstrip("-").isdecimal() else float(text)
        return text_cell(text)

    if header:
        page.append([text_cell(name) if name else None for name in header])
    for row in rows:
        page.append([row_cell(column, text) for column, text in enumerate(row)])
    workbook.save(file)


def _require_openpyxl(what: str) -> None:
    try:
        import openpyxl  # noqa: F401
    except ImportError as error:
        raise DataError(
            f"{what} is a spreadsheet, which needs openpyxl: install it with "
            "pip install 'qmix-gui[xlsx]', or use CSV."
        ) from error


def _refuse_bomb(path: Path) -> None:
    """Members are never unpacked beyond the size that they state."""
    with zipfile.ZipFile(path) as archive:
        unpacked = sum(member.file_size for member in archive.infolist())
    if unpacked > MAX_UNPACKED:
        raise DataError(
            f"{path.name} is larger than {MAX_UNPACKED // 1_000_000} MB unpacked: save the sheet "
            "with the labels as CSV."
        )


def _read_rows(
    path: Path, page: ReadOnlyWorksheet
) -> tuple[tuple[tuple[str, ...], ...], dict[int, int]]:
    """The rows, and for each column the number of the last row in which it holds text, from 0."""
    # what the file says of its size may be wrong, and rows would be filled up to it
    page.reset_dimensions()
    rows: list[list[str]] = []
    last_texts: dict[int, int] = {}
    # its stub knows the rows of writable sheets only
    found: Iterator[tuple[ReadOnlyCell | EmptyCell, ...]] = cast("Any", page).iter_rows()
    for number, cells in enumerate(found, start=1):
        if number > _MAX_ROWS or len(cells) > _MAX_COLUMNS:
            raise DataError(
                f"{path.name} has more than {_MAX_ROWS:,} rows or {_MAX_COLUMNS:,} columns: save "
                "the part with the labels as CSV."
            )
        row = [_shown(cell) for cell in cells]
        while row and not row[-1]:
            row.pop()
        if not row:
            continue
        for column, (cell, text) in enumerate(zip(cells, row, strict=False)):
            if text and (cell.data_type != "n" or _ZERO_LED.match(text)):
                last_texts[column] = len(rows)
        rows.append(row)
    width = max(map(len, rows), default=0)
    filled = tuple((*row, *[""] * (width - len(row))) for row in rows)
    return filled, last_texts


def _shown(cell: ReadOnlyCell | EmptyCell) -> str:
    """The cell's text: 1.0 is 1, and 7 in the format 0000 is 0007."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, float):
        # Excel computes with 15 digits
        value = int(value) if value.is_integer() else f"{value:.15g}"
    if isinstance(value, int) and not isinstance(value, bool):
        padded = _ZERO_PADDED.fullmatch(cell.number_format or "")
        return f"{value:0{len(cell.number_format)}d}" if padded else str(value)
    return str(value)
