"""How a text table is laid out, so that one can be written as another came: encoding, quotes."""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

#: Encodings and what a file in each begins with.
BOMS = {
    "utf-8": b"",
    "utf-8-sig": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
}
NEWLINES = ("\r\n", "\n", "\r")
#: What parts the columns, the more usual first; a table may also be parted by white space.
DELIMITERS = (",", ";", "\t", "|")
#: The header is looked for in so many characters.
_HEAD = 100_000
#: So many lines tell the delimiter.
_LINES = 30
_QUOTED = re.compile(r'"[^"]*"')
_NEWLINE = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class TextDialect:
    """`delimiter`: a blank for columns between white space, which know no quotes.

    `encoding`: one of BOMS; `newline`: one of NEWLINES; `quoted`: positions of the columns whose
    every cell stands in quotes; `quoted_header`: whether all names of columns do; `preamble`: the
    lines above the header as they came.
    """

    delimiter: str = ","
    encoding: str = "utf-8"
    newline: str = "\r\n"
    quoted: tuple[int, ...] = ()
    quoted_header: bool = False
    preamble: str = ""


def decode(data: bytes) -> tuple[str, str]:
    """Text and encoding of a file: UTF-8 with or without BOM, or UTF-16 with one.

    Raises:
        UnicodeDecodeError: it is neither.
    """
    marked = (name for name, bom in BOMS.items() if bom and data.startswith(bom))
    encoding = next(marked, "utf-8")
    return data[len(BOMS[encoding]) :].decode(encoding.removesuffix("-sig")), encoding


def first_lines(text: str) -> list[str]:
    """The first lines that are not blank, without what they hold in quotes."""
    lines = _NEWLINE.split(_QUOTED.sub("", text[:_HEAD]), maxsplit=_LINES)[:_LINES]
    # a line of tabs is one of cells in quotes
    return [line for line in lines if line.strip(" ")]


def find_delimiter(text: str) -> str:
    """What parts the columns: in most of the first lines, and of these most often in the first.

    Empty where no line has any of them.
    """
    lines = first_lines(text)
    counts = {sign: [line.count(sign) for line in lines] for sign in DELIMITERS}
    best = max(DELIMITERS, key=lambda sign: (sum(map(bool, counts[sign])), counts[sign][:1]))
    return best if any(counts[best]) else ""


def find_form(text: str, delimiter: str, encoding: str) -> TextDialect:
    """The form of a table with this text."""
    end = _NEWLINE.search(_QUOTED.sub("", text[:_HEAD]))
    newline = end.group() if end else "\r\n"
    if '"' not in text or delimiter == " ":
        return TextDialect(delimiter, encoding, newline)
    header, quoted = _quoted_columns(text, delimiter)
    return TextDialect(delimiter, encoding, newline, quoted, header)


def _quoted_columns(text: str, delimiter: str) -> tuple[bool, tuple[int, ...]]:
    """Whether the whole first row is in quotes, and which columns are in all other rows."""
    apart = re.escape(delimiter)
    cell = re.compile(
        rf'("(?:[^"]|"")*"(?=[{apart}\r\n]|\Z))?[^{apart}\r\n]*({apart}|\r\n|\r|\n|\Z)'
    )
    header, bare, column, row, width = True, set[int](), 0, 0, 0
    for found in cell.finditer(text):
        is_blank_line = column == 0 and found.end() - found.start() == len(found.group(2))
        ends_row = found.group(2) != delimiter
        if is_blank_line and ends_row:
            continue
        if found.group(1) is None:
            if row:
                bare.add(column)
            else:
                header = False
        column += 1
        if ends_row:
            width, column, row = max(width, column), 0, row + 1
    return header, tuple(sorted(set(range(width)) - bare)) if row > 1 else ()


def encoded(
    form: TextDialect, header: Sequence[str], rows: Iterable[Sequence[str]]
) -> Iterator[bytes]:
    """The bytes of a table in parts: RFC 4180, with the form's own line ends and quotes.

    Python's csv module cannot quote by column, and leaves a lone CR bare before Python 3.13.
    """
    needs_quotes = re.compile("(?!)" if form.delimiter == " " else rf'[{form.delimiter}"\r\n]')
    quote = '"'
    codec = form.encoding.removesuffix("-sig")
    every_column = range(len(header)) if header else ()

    def line(row: Sequence[str], quoted: Collection[int]) -> bytes:
        text = form.delimiter.join(row)
        # most rows need no look at each cell
        if quoted or len(needs_quotes.findall(text)) >= len(row):
            text = form.delimiter.join(
                f'"{cell.replace(quote, quote * 2)}"'
                if at in quoted or needs_quotes.search(cell)
                else cell
                for at, cell in enumerate(row)
            )
        return f"{text}{form.newline}".encode(codec)

    quoted = frozenset(form.quoted)
    head = [line(header, every_column if form.quoted_header else ())] if header else []
    yield BOMS[form.encoding] + form.preamble.encode(codec)
    yield from chain(head, (line(row, quoted) for row in rows))
