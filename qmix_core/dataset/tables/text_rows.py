"""The rows of a text table, whatever parts its columns and whatever stands above its header."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from qmix_core.base.errors import DataError
from qmix_core.dataset.tables.table_rows import names_image, title_rows
from qmix_core.dataset.tables.text_dialect import DELIMITERS, find_delimiter, first_lines

#: One cell may not be larger; a table of labels has none, a damaged one may.
MAX_CELL = 1_000_000
# what Excel takes for the delimiter, on a line of its own
_SEP = re.compile(r'"?sep=(.)"?(\r\n|\n|\r)', re.IGNORECASE)
_LONGEST_HEADER = 10_000
_RULE = re.compile(r"\s*\|?(\s*:?-{2,}:?\s*\|)+(\s*:?-{2,}:?)?\s*")


@dataclass(frozen=True, slots=True)
class TextRows:
    """Rows that are not empty, the header first; all of the text above it is the `preamble`.

    `skipped`: rows in the preamble. `delimiter`: a blank for a name and a label between white
    space, which know no quotes.
    """

    rows: list[list[str]]
    delimiter: str
    preamble: str = ""
    skipped: int = 0


def read_text_rows(name: str, text: str) -> TextRows:
    """Find the delimiter, and part the text.

    Raises:
        DataError: its quotes do not fit; the message names the file and the line.
    """
    told = _SEP.match(text)
    start = told.end() if told and told[1] in DELIMITERS else 0
    body = text[start:]
    lines = first_lines(body)
    delimiter = told[1] if told and start else find_delimiter(body) or _quoted_delimiter(body)
    if not delimiter and lines and names_image(lines[0].split()):
        # one label at the end; the name before it may hold blanks
        split = (line.rstrip().rsplit(None, 1) for line in body.splitlines())
        return TextRows([row for row in split if row], " ")
    if delimiter == "|" and len(lines) > 1 and _RULE.fullmatch(lines[1]):
        return TextRows(list(_markdown_rows(body)), delimiter)
    numbered = list(_csv_rows(name, body, delimiter or (" " if _has_blanks(body) else ",")))
    rows = [row for _, row in numbered]
    skipped = title_rows(rows)
    above = numbered[skipped][0] if skipped else 0
    preamble = text[:start] + "".join(islice(io.StringIO(body, newline=""), above))
    return TextRows(rows[skipped:], delimiter or ",", preamble, skipped + bool(start))


def _has_blanks(text: str) -> bool:
    """Whether the first line is names with blanks between, as R's write.table leaves them."""
    first = text.lstrip()[:_LONGEST_HEADER].splitlines()[:1]
    return any(len(row) > 1 for row in csv.reader(first, delimiter=" ", skipinitialspace=True))


def _quoted_delimiter(text: str) -> str:
    """The delimiter inside of lines that stand in quotes as a whole."""
    lines = [line.strip().strip('"') for line in text[:_LONGEST_HEADER].splitlines()[:30]]
    return find_delimiter("\n".join(lines)) if text.lstrip().startswith('"') else ""


def _csv_rows(name: str, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not empty, each with how many lines are above it.

    Strict: an open quote would swallow the rows that follow. A row of one cell that holds the
    delimiter was put in quotes as a whole.
    """
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        strict=True,
        skipinitialspace=delimiter == " ",
    )
    try:
        above = 0
        for row in reader:
            if len(row) == 1 and delimiter in row[0]:
                row = next(csv.reader([row[0]], delimiter=delimiter, strict=True))
            if row:
                yield above, row
            above = reader.line_num
    except csv.Error as error:
        raise DataError(
            f"{name}, line {reader.line_num} is not valid CSV ({error}): correct its quotes."
        ) from error


def _markdown_rows(text: str) -> Iterator[list[str]]:
    for line in text.splitlines():
        if line.strip() and not _RULE.fullmatch(line):
            bare = line.strip().removeprefix("|").removesuffix("|")
            yield [cell.strip() for cell in bare.split("|")]
