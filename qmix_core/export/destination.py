"""Where exports go: never over or into the data and the project, and whole or not at all."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from qmix_core.base.atomic_write import PART, rename, sync_tree, whole_file
from qmix_core.base.errors import ProjectError
from qmix_core.project.store import ProjectStore


def checked_destination(project: ProjectStore, out: Path) -> Path:
    """The absolute path of an export.

    Raises:
        ProjectError: it is or lies in the dataset, the imported table, or the project folder.
    """
    out = out.expanduser().absolute()
    place = out.resolve()
    for folder, what in ((project.root, "dataset"), (project.folder, "project")):
        if place.is_relative_to(folder.resolve()):
            raise ProjectError(
                f"{out.name} would lie inside the {what} {folder}: choose another folder."
            )
    for kept in (project.root, project.source):
        if kept.resolve().is_relative_to(place):
            raise ProjectError(f"{out} would take the place of {kept}: choose another name.")
    return out


@contextmanager
def new_file(project: ProjectStore, out: Path, *, private: bool = False) -> Iterator[IO[bytes]]:
    """A file to write that takes its place, and that of an older one, when the block ends well.

    Raises:
        ProjectError: as `checked_destination`, or it cannot be written.
    """
    out = checked_destination(project, out)
    try:
        with whole_file(out, private=private) as file:
            yield file
    except OSError as error:
        raise ProjectError(
            f"{out} cannot be written ({error.strerror}): choose another place."
        ) from error


@contextmanager
def new_folder(project: ProjectStore, out: Path) -> Iterator[Path]:
    """A folder to fill that gets its name when the block ends well; else nothing is left.

    Raises:
        ProjectError: as `checked_destination`, or something of that name is there, or it cannot be
            written.
    """
    out = checked_destination(project, out)
    part = None
    try:
        if out.is_file() or (out.is_dir() and any(out.iterdir())):
            raise ProjectError(f"{out} is there already: choose a new name, or delete it first.")
        out.parent.mkdir(parents=True, exist_ok=True)
        part = out.with_name(f".{secrets.token_hex(8)}{PART}")
        part.mkdir()
        yield part
        sync_tree(part)
        if out.is_dir():
            out.rmdir()  # Windows renames over no folder, not even an empty one
        rename(part, out)
    except OSError as error:
        raise ProjectError(
            f"{out} cannot be written ({error.strerror}): free space or choose another place."
        ) from error
    finally:
        if part is not None:
            shutil.rmtree(part, ignore_errors=True)
