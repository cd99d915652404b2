"""The header and rows of a table as people save them: titles, names of rows, odd widths."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath

from qmix_core.base.errors import DataError
from qmix_core.dataset.files.image_names import is_image_name

Row = Sequence[str]
#: A header is looked for in so many rows.
_HEAD = 20
#: A title may have two cells ("Read by", a name) above a table of at least twice as many columns.
_TITLE_CELLS = 2


def title_rows(rows: Sequence[Row]) -> int:
    """How many rows stand above the header: titles and remarks, in one or two cells."""
    widths = [sum(bool(cell.strip()) for cell in row) for row in rows[:_HEAD]]
    usual = max(Counter(widths).items(), key=lambda item: (item[1], item[0]), default=(0, 0))[0]
    most = _TITLE_CELLS if usual >= 2 * _TITLE_CELLS else 1
    found = (number for number, width in enumerate(widths) if width > most)
    return next(found, 0)


def names_image(cells: Row) -> bool:
    """Whether a row holds the name of an image file, and so is no header."""
    return any(is_image_name(PurePosixPath(cell.strip()).name) for cell in cells)


def header_and_rows(
    name: str, rows: Sequence[Row], skipped: int
) -> tuple[bool, tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Whether there is a header, the header or a made-up one, and rows as wide as it.

    Cells that are missing at the end of a row are empty; empty ones beyond the header go. Where the
    header is one cell short of all rows, the first column has the names of the rows. `skipped`:
    rows above, for the message.

    Raises:
        DataError: there is no row, or one has more cells than the header.
    """
    header = tuple(rows[0]) if rows else ()
    has_header = not names_image(header)
    body = rows[1:] if has_header else rows
    if not body:
        raise DataError(f"{name} holds no rows below its header: add a row for each image.")
    filled = Counter(map(_filled, body))
    if not has_header:
        width = max(len(header), *filled)
        header = ("image", "label") if width == 2 else tuple(
            f"column {number}" for number in range(1, width + 1)
        )  # fmt: skip
    elif filled[len(header) + 1] and _has_row_names(header, body):
        header = ("", *header)
    width = len(header)
    if max(filled) > width:
        at = next(number for number, row in enumerate(body) if _filled(row) > width)
        remedy = (
            "write a name for each column into the header"
            if filled[width + 1] == len(body) > 1
            else "put quotes around the cell in which the sign between the columns stands, or "
            "delete the cell that is too much"
        )
        raise DataError(
            f"{name}, row {at + 1 + has_header + skipped} has {_filled(body[at])} cells, the "
            f"header {width}: {remedy}."
        )
    return has_header, header, tuple(_fitted(row, width) for row in body)


def _has_row_names(header: Row, body: Sequence[Row]) -> bool:
    """As R writes a table: every row has one cell more than the header, the first its number."""
    first = {row[0] for row in body if row and row[0].isdecimal()}
    return all(len(row) == len(header) + 1 for row in body) and len(first) == len(body) > 1


def _filled(row: Row) -> int:
    """Cells up to the last that is not empty."""
    width = len(row)
    while width and not row[width - 1]:
        width -= 1
    return width


def _fitted(row: Row, width: int) -> tuple[str, ...]:
    return (*row[:width], *[""] * (width - len(row)))
