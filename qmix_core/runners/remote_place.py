"""Where a run of a project lies that is on another computer: a small file in the run's folder."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import msgspec

from qmix_core.base import foreign_json
from qmix_core.base.atomic_write import write_file
from qmix_core.base.errors import DataError
from qmix_core.base.foreign_files import require_regular_file
from qmix_core.base.types import REMOTE_FILE

_MAX_JSON = 1 << 20


class RemotePlace(msgspec.Struct, frozen=True):
    """`job`: its number there; `files`: hashes of what was sent for it; `folder`: where they lie
    there, as `--remote-folder` said, empty for the usual one.
    """

    runner: str
    job: str
    files: list[str]
    folder: str = ""

    @property
    def flags(self) -> str:
        """What a command needs to find it."""
        place = f" --remote-folder {self.folder}" if self.folder else ""
        return f"--runner {self.runner}{place}"


def load_place(run_folder: Path) -> RemotePlace | None:
    """Where the run is; None where it is nowhere else, or nobody can read where."""
    with suppress(OSError, ValueError, DataError):
        require_regular_file(run_folder / REMOTE_FILE)
        raw = (run_folder / REMOTE_FILE).read_bytes()
        return foreign_json.read(raw, RemotePlace, most=_MAX_JSON)
    return None


def save_place(run_folder: Path, place: RemotePlace) -> None:
    """Note where the run is, before it is there. Raises OSError."""
    write_file(run_folder / REMOTE_FILE, msgspec.json.encode(place), private=True)
