"""Whether a project is plainly one's own. Any other is opened read-only until its person says so.

The answer is kept for the person, not in the project.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from platformdirs import user_data_path

from qmix_core.base import foreign_json
from qmix_core.base.atomic_write import write_file
from qmix_core.base.errors import ProjectError
from qmix_core.base.foreign_json import Count
from qmix_core.project.storage.location import outside_root

_MAX_FILE = 10_000_000
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
#: They are appended to, or changed in place.
_CHANGED_IN_PLACE = ("project.sqlite", "decisions.jsonl")


@dataclass(frozen=True, slots=True)
class _Trusted:
    """A folder, told from a later one of the same name by its number on the disk."""

    folder: str
    inode: Count

    @classmethod
    def of(cls, folder: Path) -> _Trusted:
        here = folder.resolve()
        return cls(str(here), here.stat().st_ino)


def trust_file() -> Path:
    """Where the trusted projects of this person are listed."""
    return user_data_path("qmix-gui", appauthor=False) / "trusted_projects.json"


def trust(folder: Path) -> None:
    """Remember that the person trusts a project.

    Raises:
        ProjectError: that cannot be kept.
    """
    file = trust_file()
    try:
        known = [*dict.fromkeys([*_read(file), _Trusted.of(folder)])]
        write_file(file, json.dumps([asdict(item) for item in known]).encode(), private=True)
    except OSError as error:
        raise ProjectError(
            f"{file} cannot be written ({error.strerror}): free space or check its permissions."
        ) from error


def distrust_sentence(folder: Path, settings: Mapping[str, str]) -> str:
    """Why a project is opened read-only, and the way out; empty where it is trusted.

    Raises:
        OSError: the folder cannot be read.
    """
    reason = next(_unusual(folder, settings), "")
    if not reason or _Trusted.of(folder) in _read(trust_file()):
        return ""
    return (
        f"{folder.name} is opened read-only, since {reason}: if you trust the one from whom you "
        f"have it, say so with qmix trust {folder}."
    )


def _unusual(folder: Path, settings: Mapping[str, str]) -> Iterator[str]:
    if os.name != "nt":
        yield from _unusual_rights(folder)
    root = outside_root(settings, folder)
    if root is not None:
        yield f"it was made elsewhere and takes its images from {root}"


def _unusual_rights(folder: Path) -> Iterator[str]:
    for name in ("", *_CHANGED_IN_PLACE):
        path = folder / name
        if not path.exists():
            continue
        found = path.stat()
        if found.st_uid != os.geteuid():
            yield "it belongs to another user of this computer"
        if found.st_mode & _OTHERS_WRITE:
            yield "others may write to it"
        if name and stat.S_ISREG(found.st_mode) and found.st_nlink > 1:
            yield f"its {name} has a second name elsewhere"


def _read(file: Path) -> list[_Trusted]:
    try:
        return foreign_json.read(file.read_bytes(), list[_Trusted], most=_MAX_FILE)
    except (OSError, ValueError):
        return []
