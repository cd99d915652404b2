"""Where a project's images lie: found again when project and dataset move together."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_RELATIVE, _PROJECT_AT = "root_from_project", "project_at"


@dataclass(frozen=True, slots=True)
class Location:
    """`root`: the folder that samples' paths are relative to; `source`: the folder or table."""

    root: Path
    source: Path


def location_settings(folder: Path, root: Path, source: Path) -> dict[str, str]:
    """The settings of the project in `folder` that `locate` reads."""
    here = folder.resolve()
    return {
        "root": str(root),
        "source": str(source),
        _RELATIVE: _relative(root, here),
        _PROJECT_AT: str(here),
    }


def locate(settings: Mapping[str, str], folder: Path) -> Location:
    """Where the images are; of a project that was moved, beside it where they moved along.

    Looks at the disk only for a project that was moved: a dead drive must not hold its opening up.
    """
    root, source = Path(settings["root"]), Path(settings["source"])
    here = folder.resolve()
    relative = settings.get(_RELATIVE, "")
    if relative and settings[_PROJECT_AT] != str(here):
        beside = Path(os.path.normpath(here / relative))
        if beside.is_dir():
            return Location(beside, follow_source(source, root, beside))
    return Location(root, source)


def outside_root(settings: Mapping[str, str], folder: Path) -> Path | None:
    """The images' folder, where a project that was made elsewhere names one that is not beside it.

    Whoever made such a project chose a folder of this computer without seeing it.
    """
    here = folder.resolve()
    if settings.get(_PROJECT_AT, str(here)) == str(here):
        return None
    root = locate(settings, folder).root
    return None if root.resolve().is_relative_to(here.parent) else root


def follow_source(source: Path, old_root: Path, new_root: Path) -> Path:
    """The source at its old place as seen from the root, or where it was."""
    try:
        moved = Path(os.path.normpath(new_root / os.path.relpath(source, old_root)))
    except ValueError:  # another drive of Windows
        return source
    return moved if moved.exists() else source


def _relative(root: Path, folder: Path) -> str:
    """`root` as seen from the project; empty where they have but the top of the disk in common."""
    try:
        common = Path(os.path.commonpath((root, folder)))
    except ValueError:
        return ""
    return "" if common == Path(common.anchor) else Path(os.path.relpath(root, folder)).as_posix()
