"""Files of readers that must be whole on the disk, or not there at all."""

from __future__ import annotations

from pathlib import Path

from qmix_core.data.files import require_regular_file
from qmix_core.data.whole_file import whole_file
from qmix_core.errors import DataError, ProjectError
from qmix_core.readers.forms import MAX_JSON


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step, on the disk before returning.

    Raises:
        ProjectError: it cannot be written.
    """
    try:
        with whole_file(path) as file:
            file.write(content)
    except OSError as error:
        raise cannot_write(path, error) from error


def read_limited(path: Path) -> bytes:
    """The content of a small file from elsewhere.

    Raises:
        DataError: no regular file, too large, or not to be read.
    """
    if require_regular_file(path) > MAX_JSON:
        raise DataError(f"{path.name} is larger than {MAX_JSON // 1_000_000} MB: it is no reading.")
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(f"{path.name} cannot be read ({error.strerror}): try again.") from error


def cannot_write(path: Path, error: OSError) -> ProjectError:
    """The error for a file that the disk refuses."""
    return ProjectError(
        f"{path} cannot be written ({error.strerror}): free space, or choose another place."
    )
