"""Which files of a foreign folder may be opened at all: regular ones. A FIFO would never end."""

from __future__ import annotations

import errno
import os
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from qmix_core.base.errors import DataError


def require_regular_file(path: Path) -> int:
    """The size in bytes of a regular file; a link counts as what it leads to. Nothing is opened.

    Raises:
        DataError: missing, not permitted, or a folder, FIFO, device, socket or loop of links.
    """
    try:
        status = path.stat()
    except FileNotFoundError as error:
        raise DataError(f"{path.name} is missing: put it back or check its folder.") from error
    except PermissionError as error:
        raise DataError(f"{path.name} may not be read: check its permissions.") from error
    except (OSError, ValueError) as error:  # a loop of links; a NUL in the name
        raise DataError(f"{path.name} cannot be opened ({_reason(error)}): replace it.") from error
    if not stat.S_ISREG(status.st_mode):
        raise DataError(f"{path.name} is no regular file: replace it with a copy of the file.")
    return status.st_size


def open_descriptor(path: Path, flags: int, *, mode: int = 0o600) -> int:
    """Open a file that is no link; give its descriptor. Raises OSError."""
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    return os.open(path, flags | getattr(os, "O_BINARY", 0), mode)


@contextmanager
def open_to_extend(path: Path) -> Iterator[IO[bytes]]:
    """A file to read and to write at its end, made where it is missing, for its owner alone.

    Raises:
        OSError: the disk refuses, or a link or no regular file is in its place.
    """
    # without waiting for the other end of a FIFO
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NONBLOCK", 0)
    descriptor = open_descriptor(path, flags)
    with open(path, "r+b", opener=lambda *_: descriptor) as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is no regular file", str(path))
        yield file


def resolved(path: Path) -> Path:
    """The absolute path behind `~` and links.

    Raises:
        DataError: it does not exist, or its links lead in a circle.
    """
    try:
        return path.expanduser().resolve(strict=True)
    except FileNotFoundError as error:
        raise DataError(f"{path} does not exist: check the path.") from error
    except (OSError, RuntimeError, ValueError) as error:
        raise DataError(f"{path} cannot be opened ({_reason(error)}): check the path.") from error


def is_unicode(name: str) -> bool:
    """Whether a name can be written to a table or database; Linux allows any bytes in names."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def require_plain_archive(path: Path) -> None:
    """Check that a zip file holds its members uncompressed: reading it takes what it weighs.

    Raises:
        DataError: missing or no regular file, no zip file, or with compressed members.
    """
    size = require_regular_file(path)
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except Exception as error:  # the parser raises whatever damaged bytes lead it to
        raise DataError(f"{path.name} is damaged: replace it with an intact copy.") from error
    if any(member.compress_type != zipfile.ZIP_STORED for member in members) or size < sum(
        member.file_size for member in members
    ):
        raise DataError(f"{path.name} holds packed data and is not opened: save it unpacked.")


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
