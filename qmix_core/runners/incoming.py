"""Files on their way home: each takes its place whole and with the right hash, or not at all."""

from __future__ import annotations

import hashlib
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO

from qmix_core.base import foreign_json
from qmix_core.base.atomic_write import whole_file
from qmix_core.base.errors import RunError
from qmix_core.runners.far_side import RESULT, FileFact

_MAX_LINE = 10_000


class DamagedOnTheWay(RunError):
    """What came is not what was announced; nothing of it is kept."""


class Incoming:
    """Into `folder`. `home`: places of the files that are there; `waits_at`: how much there is of
    the partly received file, which the next connection continues.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.home: set[str] = set()
        self._part: _Part | None = None
        self._header = b""
        self._left = 0

    def begin(self, place: str) -> int:
        """A new line begins with this file: the offset to go on from."""
        self._header, self._left = b"", 0
        if self._part is not None and self._part.fact.place == place:
            return self._part.size
        self.abandon()
        return 0

    def take(self, content: bytes) -> None:
        """Take what the line gives: a line of JSON, the file, the next line.

        Raises:
            DamagedOnTheWay: it is something else. OSError: our disk refuses.
        """
        try:
            while content:
                content = self._take_content(content) if self._left else self._take_header(content)
        except BaseException:
            self.abandon()
            raise

    def abandon(self) -> None:
        """Leave nothing of a partly received file."""
        if self._part is not None:
            self._part.abandon()
            self._part = None

    def _take_header(self, content: bytes) -> bytes:
        line, end, rest = content.partition(b"\n")
        self._header += line
        if len(self._header) > _MAX_LINE:
            raise DamagedOnTheWay("What comes home is no file of a run.")
        if not end:
            return b""
        fact, self._header = _fact(self._header), b""
        if self._part is None:
            self._part = _Part(self._folder, fact)
        if not self._part.goes_on_with(fact):
            raise DamagedOnTheWay(f"{fact.place} changed while it was fetched.")
        self._left = fact.size - fact.offset
        if not self._left:
            self._finish()
        return rest

    def _take_content(self, content: bytes) -> bytes:
        assert self._part is not None
        own, rest = content[: self._left], content[self._left :]
        self._part.write(own)
        self._left -= len(own)
        if not self._left:
            self._finish()
        return rest

    def _finish(self) -> None:
        assert self._part is not None
        self._part.finish()
        self.home.add(self._part.fact.place)
        self._part = None


class _Part:
    """A file that is being written."""

    def __init__(self, folder: Path, fact: FileFact) -> None:
        self.fact = fact
        self.size = 0
        self._stack = ExitStack()
        self._file: IO[bytes] = self._stack.enter_context(
            whole_file(folder / fact.place, private=True)
        )

    def goes_on_with(self, fact: FileFact) -> bool:
        return (fact.place, fact.sha256, fact.size, fact.offset) == (
            self.fact.place,
            self.fact.sha256,
            self.fact.size,
            self.size,
        )

    def write(self, content: bytes) -> None:
        self.size += self._file.write(content)

    def finish(self) -> None:
        self._file.seek(0)
        if hashlib.file_digest(self._file, "sha256").hexdigest() != self.fact.sha256:  # type: ignore[arg-type]
            raise DamagedOnTheWay(f"{self.fact.place} was damaged on its way home.")
        self._stack.close()

    def abandon(self) -> None:
        error = DamagedOnTheWay("abandoned")
        with suppress(DamagedOnTheWay):
            self._stack.__exit__(DamagedOnTheWay, error, None)


def _fact(line: bytes) -> FileFact:
    try:
        fact = foreign_json.read(line, FileFact, most=_MAX_LINE)
    except ValueError as error:
        raise DamagedOnTheWay(f"What comes home is no file of a run ({error}).") from error
    if not RESULT.fullmatch(fact.place) or not 0 <= fact.offset <= fact.size:
        raise DamagedOnTheWay(f"What comes home is no file of a run ({fact.place}).")
    return fact
