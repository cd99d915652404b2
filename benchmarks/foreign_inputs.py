"""What may come from elsewhere, used as the program uses it: by fuzz_inputs.py and by a test.

`USES[KIND](folder)` makes a whole input in a folder and gives `use(document)`, which changes it as
the document says and reads it. A QMixError of one line is a good end; all else is a finding.

| kind | document |
|---|---|
| tables | the file |
| events | the line |
| readings | JSON: `["Answers" or "Manifest", data]` |
| packages | edits of the file |
| projects | the number of a file in FILES, and its edits |
| cells | JSON: `[table, column, row, value]` |

An edit is four bytes: three say where, the last is what comes there.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from flipped_bits import make_project
from qmix_core.base import events
from qmix_core.dataset.tables.table import read_table
from qmix_core.export.tables import build_table
from qmix_core.project.storage.journal import JOURNAL
from qmix_core.project.store import DATABASE, ProjectStore
from qmix_core.runs.scores import load_features, load_history
from qmix_core.second_readers.package import Package
from qmix_core.second_readers.packing import write_package
from qmix_core.second_readers.schema import Answers, Manifest, seal, unsealed
from qmix_core.workflow.verify import verify

#: Files of a project that are changed.
FILES = (
    DATABASE,
    JOURNAL,
    "review.json",
    "runs/0001/config.json",
    "runs/0001/features.npz",
    "runs/0001/epochs/0001.npz",
)
Use = Callable[[bytes], None]


def _tables(folder: Path) -> Use:
    def use(document: bytes) -> None:
        is_json = document[:1] in (b"[", b"{")
        file = folder / ("labels.json" if is_json else "labels.csv")
        file.write_bytes(document)
        read_table(file)

    return use


def _events(_folder: Path) -> Use:
    def use(document: bytes) -> None:
        with suppress(ValueError):
            events.decode(document.decode())

    return use


def _readings(_folder: Path) -> Use:
    kinds = {kind.__name__: kind for kind in (Answers, Manifest)}

    def use(document: bytes) -> None:
        kind, data = json.loads(document)
        # anyone may compute the seal
        with suppress(UnicodeError):
            unsealed(seal(data if isinstance(data, dict) else {"": data}), "a", kinds[kind])

    return use


def _packages(folder: Path) -> Use:
    file, changed = folder / "whole.qmixread", folder / "changed.qmixread"
    with ProjectStore.open(make_project(folder, images=20)) as project:
        write_package(project, range(2), file)
    whole = file.read_bytes()

    def use(document: bytes) -> None:
        changed.write_bytes(_edited(whole, document))
        Package(changed).close()

    return use


def _projects(folder: Path) -> Use:
    whole = make_project(folder, images=20)

    def use(document: bytes) -> None:
        name = FILES[document[0] % len(FILES)] if document else DATABASE
        with _copy(whole) as changed:
            (changed / name).write_bytes(_edited((whole / name).read_bytes(), document[1:]))
            _use_project(changed)

    return use


def _cells(folder: Path) -> Use:
    whole = make_project(folder, images=20)

    def use(document: bytes) -> None:
        table, column, row, value = json.loads(document)
        with _copy(whole) as changed:
            with (
                closing(sqlite3.connect(changed / DATABASE)) as connection,
                suppress(sqlite3.Error, OverflowError, UnicodeError),
            ):
                query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
                triggers = connection.execute(query).fetchall()
                for name, _ in triggers:
                    connection.execute(f"DROP TRIGGER {name}")
                places = f"SELECT rowid FROM {table} LIMIT 1 OFFSET {row:d}"
                connection.execute(
                    f"UPDATE {table} SET {column} = ? WHERE rowid IN ({places})",
                    (json.dumps(value) if isinstance(value, list | dict) else value,),
                )
                for _, sql in triggers:
                    connection.execute(sql)
                connection.commit()
            _use_project(changed)

    return use


def _edited(whole: bytes, edits: bytes) -> bytes:
    data = bytearray(whole)
    for at in range(0, len(edits) - 3, 4):
        data[int.from_bytes(edits[at : at + 3], "big") % len(data)] = edits[at + 3]
    return bytes(data)


@contextmanager
def _copy(whole: Path) -> Iterator[Path]:
    changed = whole.with_name("changed.qmix")
    shutil.copytree(whole, changed)
    try:
        yield changed
    finally:
        shutil.rmtree(changed)


def _use_project(folder: Path) -> None:
    verify(folder, quick=True)
    with ProjectStore.open(folder) as project:
        build_table(project, "scores")
        project.decisions.reviews()
        for run in project.runs.all()[:3]:
            load_history(project.runs.folder(run.id), samples=len(project.samples))
            load_features(project.runs.folder(run.id), samples=len(project.samples))


USES: dict[str, Callable[[Path], Use]] = {
    "cells": _cells,
    "events": _events,
    "tables": _tables,
    "readings": _readings,
    "packages": _packages,
    "projects": _projects,
}
