"""decisions.jsonl: a second copy of the decision log, one JSON object a line, beside the database.

SQLite is the truth. The journal follows it, and is what a damaged database is restored from.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO

from qmix_core.base import foreign_json
from qmix_core.base.atomic_write import rename, sync_folder
from qmix_core.base.foreign_files import open_to_extend
from qmix_core.base.types import Decision
from qmix_core.project.storage.decision_log import cells_of, utc_now
from qmix_core.project.storage.earlier_reasons import earlier_context

JOURNAL = "decisions.jsonl"
_CHUNK = 1 << 14
#: A longer line is no decision; in bytes.
_MAX_LINE = 100_000_000


def last_row(file: Path) -> Decision | None:
    """The last whole row; None where there is none that can be read. Raises OSError."""
    if not file.is_file():
        return None
    with file.open("rb") as stream:
        return _parse(_last_line(stream)[0])


def read_rows(file: Path) -> tuple[list[Decision], int]:
    """All readable rows in their order, and the number of lines that cannot be read.

    Raises:
        OSError: the file cannot be read.
    """
    if not file.is_file():
        return [], 0
    parsed = [_parse(line) for line in file.read_bytes().splitlines() if line.strip()]
    rows = [row for row in parsed if row is not None]
    return rows, len(parsed) - len(rows)


def catch_up(file: Path, read_after: Callable[[int], Sequence[Decision]]) -> None:
    """Append the rows that the journal lacks, and have them on the disk before returning.

    `read_after(id)` gives the log behind a row. A journal that is not the start of the log is set
    aside, never overwritten, and a new one written.

    Raises:
        OSError: the journal cannot be written.
    """
    is_new = not file.exists()
    with open_to_extend(file) as stream:
        if is_new:
            sync_folder(file.parent)
        line, end = _last_line(stream)
        last = _parse(line)
        if last is not None or not line:
            # with the row that the journal ends with, to see whether the log still has it
            rows = read_after(last.id - 1 if last else 0)
            if last is None or rows[:1] == [last]:
                # what a power cut left of the last line goes, its row is written whole
                stream.seek(end)
                stream.truncate()
                stream.writelines(_encode(row) for row in rows[1 if last else 0 :])
                stream.flush()
                os.fsync(stream.fileno())
                return
    stamp = utc_now().replace(":", "-")
    rename(file, file.with_name(f"{file.stem}-replaced-{stamp}{file.suffix}"))
    catch_up(file, read_after)


def _encode(row: Decision) -> bytes:
    return (json.dumps(cells_of(row), ensure_ascii=False) + "\n").encode()


def _parse(line: bytes) -> Decision | None:
    try:
        cells = foreign_json.parse(line, most=_MAX_LINE)
        row = foreign_json.checked(cells, Decision)
    except ValueError:
        return None
    # rows of before version 5 have none
    has_context = "context" in cells
    return row if has_context else replace(row, context=earlier_context(row.reason, row.run))


def _last_line(stream: IO[bytes]) -> tuple[bytes, int]:
    """The last line that has its end, and where that end is; b"" and 0 where there is none."""
    start = stream.seek(0, os.SEEK_END)
    tail = b""
    while start > 0:
        step = min(_CHUNK, start)
        start -= step
        stream.seek(start)
        tail = stream.read(step) + tail
        end = tail.rfind(b"\n")
        begin = tail.rfind(b"\n", 0, max(end, 0))
        if end >= 0 and (begin >= 0 or start == 0):
            return tail[begin + 1 : end], start + end + 1
    return b"", 0
