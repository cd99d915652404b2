"""Files that are whole on the disk, or not there at all. Nothing else writes a file in one step.

What is written lies under a random name until it is complete, so that nobody who knows the folder
can have a link wait there. Windows syncs a folder by itself and has no permission bits.
"""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from qmix_core.base.foreign_files import open_descriptor, require_plain_archive

#: Ends the name of a file that is being written.
PART = ".part"
_PUBLIC, _PRIVATE, _PRIVATE_FOLDER = 0o666, 0o600, 0o700
#: What a disk says that cannot sync a folder, or cannot claim space.
_UNSUPPORTED = {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EACCES}
_CHUNK = 1 << 20


@contextmanager
def whole_file(path: Path, *, private: bool = False, synced: bool = True) -> Iterator[IO[bytes]]:
    """A file to read and write that takes its place, and that of an older one, at the block's end.

    It and its place are on the disk then. Its folder is made if it is not there. Its name until
    then, for who must open it again, is its attribute `name`. Who may read it is decided by the
    umask; `private`: its owner alone. Not `synced`: a power cut may cost it, as a thumbnail may be.

    Raises:
        OSError: the disk refuses; nothing is left then, and an older file stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.parent / f".{secrets.token_hex(8)}{PART}"
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
    descriptor = open_descriptor(part, flags, mode=_PRIVATE if private else _PUBLIC)
    try:
        with open(part, "w+b", opener=lambda *_: descriptor) as file:
            yield file
            file.flush()
            if synced:
                os.fsync(file.fileno())
        part.replace(path)
        if synced:
            sync_folder(path.parent)
    finally:
        with suppress(OSError):  # a disk that is gone keeps its own leftovers
            part.unlink(missing_ok=True)


def write_file(path: Path, content: bytes, *, private: bool = False) -> None:
    """Write a whole file at once. Raises OSError as `whole_file`."""
    with whole_file(path, private=private) as file:
        file.write(content)


def rename(old: Path, new: Path) -> None:
    """Give a file or folder another name, and have that on the disk. Raises OSError."""
    old.replace(new)
    sync_folder(new.parent)
    if old.parent != new.parent:
        sync_folder(old.parent)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk. Raises OSError: the disk fails."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Have all files below a folder, and their names, on the disk. Raises OSError."""
    for parent, _, names in os.walk(folder):
        for name in names:
            file = Path(parent, name)
            if not file.is_symlink():
                with file.open("rb") as stream:
                    os.fsync(stream.fileno())
        sync_folder(Path(parent))


def make_private_folder(folder: Path) -> None:
    """Make a folder for its owner alone, unless it is there. Raises OSError."""
    folder.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)


def claim_space(file: IO[bytes], size: int) -> None:
    """Grow a file to `size` bytes that are there: who maps a hole on a full disk is killed.

    Raises:
        OSError: there is no room.
    """
    if hasattr(os, "posix_fallocate"):
        try:
            os.posix_fallocate(file.fileno(), 0, size)
        except OSError as error:
            if error.errno not in _UNSUPPORTED:
                raise
        else:
            return
    at = file.seek(0, os.SEEK_END)
    while at < size:
        at += file.write(bytes(min(_CHUNK, size - at)))
    file.flush()


def require_room(folder: Path, size: int) -> None:
    """Look whether so many bytes can be had in a folder now; one that is read-only is passed over.

    Raises:
        OSError: there is no room.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
    part = folder / f".{secrets.token_hex(8)}{PART}"
    try:
        descriptor = open_descriptor(part, flags)
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise
        return
    try:
        with open(part, "w+b", opener=lambda *_: descriptor) as file:
            claim_space(file, size)
    finally:
        part.unlink(missing_ok=True)


def save_arrays(
    path: Path, arrays: dict[str, NDArray[np.generic]], *, private: bool = False
) -> None:
    """Write an .npz in one step. Raises OSError as `whole_file`."""
    with whole_file(path, private=private) as file:
        np.savez(file, allow_pickle=False, **arrays)


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
