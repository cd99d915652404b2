"""Files that are whole on the disk, or not there at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from qmix_core.base.foreign_files import require_plain_archive


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


def save_arrays(path: Path, arrays: dict[str, NDArray[np.generic]]) -> None:
    """Write an .npz atomically: never a half file under the final name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def load_arrays(
    path: Path, *, only: Collection[str] | None = None
) -> dict[str, NDArray[Any]] | None:
    """Read an .npz without pickles; None where it is missing, damaged or not from `save_arrays`.

    `only`: names of the arrays that are wanted, as far as they are there; all by default.
    """
    try:
        require_plain_archive(path)
        with np.load(path, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files if only is None or name in only}
    except Exception:  # noqa: BLE001 - the parsers of zip and numpy raise many kinds
        return None
    # members of other kinds come as bytes
    return arrays if all(isinstance(array, np.ndarray) for array in arrays.values()) else None
