"""What a training process says besides its events: in memory, and in the run's folder."""

from __future__ import annotations

import logging
from collections import deque
from contextlib import suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from qmix_core.base.foreign_files import open_descriptor

#: Lines that are kept in memory, and characters of each.
LINES = 400
LINE_LENGTH = 2000
RUN_LOG = "log.txt"
_MAX_BYTES = 1_000_000


class RunLog:
    """Lines go into memory, and into `RUN_LOG` of the run's folder once that is known.

    The file is bounded: it begins anew when it is full, and the one before stays beside it.
    """

    def __init__(self) -> None:
        self._lines: deque[str] = deque(maxlen=LINES)
        self._file: _QuietFile | None = None

    def add(self, line: str) -> str:
        """Take a line in; give it as it can be shown: of bounded length, without control codes."""
        shown = "".join(
            sign if sign.isprintable() or sign == "\t" else "\ufffd" for sign in line[:LINE_LENGTH]
        )
        shown += "…" if len(line) > LINE_LENGTH else ""
        self._lines.append(shown)
        self._write(shown)
        return shown

    def open_in(self, folder: Path) -> None:
        """Write to this run's folder from now on, beginning with what is known."""
        if self._file is None and folder.is_dir():
            try:
                self._file = _QuietFile(
                    folder / RUN_LOG, maxBytes=_MAX_BYTES, backupCount=1, encoding="utf-8"
                )
            except OSError:
                return
            self._file.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
            for line in [*self._lines]:
                self._write(line)

    def close(self, last: str) -> None:
        """Close the file, with a last line that is for it alone."""
        self._write(last)
        if self._file is not None:
            self._file.close()

    @property
    def text(self) -> str:
        """The last lines."""
        return "\n".join(self._lines)

    @property
    def last_words(self) -> str:
        """The last line that is not empty."""
        return next((line.strip() for line in reversed(self._lines) if line.strip()), "")

    def _write(self, line: str) -> None:
        if self._file is not None:
            self._file.handle(logging.makeLogRecord({"msg": line}))


class _QuietFile(RotatingFileHandler):
    """A full disk does not matter more than the run; a link in its place is not followed."""

    def handleError(self, record: logging.LogRecord) -> None:
        pass

    def close(self) -> None:
        # what a full disk has no room for is written once more now
        with suppress(OSError):
            super().close()

    def _open(self) -> TextIOWrapper:
        return open(
            self.baseFilename,
            "a",
            encoding=self.encoding,
            opener=lambda path, flags: open_descriptor(Path(path), flags),
        )
