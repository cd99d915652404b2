"""Files that are whole on the disk, or not there at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO


@contextmanager
def whole_file(path: Path, *, mode: int = 0o644) -> Iterator[IO[bytes]]:
    """A file to write that takes its place, and that of an older one, when the block ends well.

    Its folder is made if it is not there.

    Raises:
        OSError: the disk refuses; nothing is left then, and an older file stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
            part = Path(file.name)
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.chmod(mode)
        part.replace(path)
    finally:
        if part is not None:
            with suppress(OSError):  # a disk that is gone keeps its own leftovers
                part.unlink(missing_ok=True)
