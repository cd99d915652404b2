"""Makes a new project folder: all of it, or nothing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

from qmix_core.base.atomic_write import make_private_folder, sync_folder, write_file
from qmix_core.base.errors import ProjectError
from qmix_core.base.types import Sample
from qmix_core.dataset.dataset import Dataset
from qmix_core.dataset.labels.class_scale import SCALE
from qmix_core.project.storage.backups import back_up
from qmix_core.project.storage.database import connect, reason, transaction
from qmix_core.project.storage.label_source import LabelSource
from qmix_core.project.storage.location import location_settings
from qmix_core.project.storage.opening import DATABASE
from qmix_core.project.storage.schema import take_steps
from qmix_core.project.storage.seals import seal_all


def make_project_folder(folder: Path, dataset: Dataset) -> None:
    """Write the database of a new project for a checked dataset, and its first backup.

    Raises:
        ProjectError: the folder cannot be written, or holds something else.
    """
    file = folder / DATABASE
    if file.exists():
        raise ProjectError(f"{folder} is already a project: open it, or choose another name.")
    try:
        make_private_folder(folder)
        if any(folder.iterdir()):
            raise ProjectError(f"{folder} is not empty: choose a new folder for the project.")
        # SQLite's own files beside it have its permissions
        write_file(file, b"", private=True)
        with closing(connect(file)) as connection, transaction(connection):
            take_steps(connection)
            _fill(connection, folder, dataset)
            seal_all(connection)
        back_up(file)
        sync_folder(folder.parent)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            file.unlink(missing_ok=True)
        raise ProjectError(
            f"The project folder {folder} cannot be written ({reason(error)}): "
            "choose another place with --project."
        ) from error


def insert_samples(
    connection: sqlite3.Connection, samples: Sequence[Sample], *, first: int = 0
) -> None:
    """Append samples; `first` is the position of the first of them in the project."""
    connection.executemany(
        "INSERT INTO samples (id, image, label, sha256, cells, patient, eye) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (index, s.image, s.label, s.sha256, json.dumps(s.cells), s.patient, s.eye)
            for index, s in enumerate(samples, start=first)
        ),
    )


def _fill(connection: sqlite3.Connection, folder: Path, dataset: Dataset) -> None:
    settings = location_settings(folder, dataset.root, dataset.source)
    settings["form"] = LabelSource.of(dataset).to_json()
    settings[SCALE] = dataset.scale.to_json()
    settings["value_ranges"] = dataset.value_ranges.to_json()
    connection.executemany("INSERT INTO settings VALUES (?, ?)", settings.items())
    insert_samples(connection, dataset.samples)
    connection.executemany(
        "INSERT INTO problems VALUES (?, ?, ?)",
        ((problem.kind, problem.image, problem.text) for problem in dataset.problems),
    )
