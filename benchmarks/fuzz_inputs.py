"""A fuzzer guided by coverage (atheris) over what may come from elsewhere.

    python benchmarks/fuzz_inputs.py KIND [--seconds 120] [--findings FOLDER]

KIND is cells, events, packages, projects, readings or tables. It begins with whole inputs that the
program wrote and changes bytes of files, values of JSON, and cells of a project's database.
Anything but a QMixError of one line is a finding: its input stays in FOLDER, and the exit status is
not 0.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["qmix_core"]):
    from qmix_core.base import events
    from qmix_core.base.errors import QMixError
    from qmix_core.dataset.tables.table import read_table
    from qmix_core.export.tables import build_table
    from qmix_core.project.storage.journal import JOURNAL
    from qmix_core.project.store import DATABASE, ProjectStore
    from qmix_core.runs.scores import load_features, load_history
    from qmix_core.second_readers.package import Package
    from qmix_core.second_readers.packing import write_package
    from qmix_core.second_readers.schema import (
        Answer,
        Answers,
        Item,
        Manifest,
        Mark,
        seal,
        unsealed,
    )
    from qmix_core.workflow.verify import verify

from flipped_bits import make_project

#: Files of a project that are changed, chosen by the first byte of the input.
_FILES = (
    DATABASE,
    JOURNAL,
    "review.json",
    "runs/0001/config.json",
    "runs/0001/features.npz",
    "runs/0001/epochs/0001.npz",
)
_EVENTS = (
    events.RunStarted(1, "quick", "cpu", 60, 3, "runs/0001"),
    events.EpochDone(1, {"clean": 3}),
    events.RunFinished("done", "", 1, {"clean": 3}),
)
Target = Callable[[bytes], None]


def main() -> None:
    """Fuzz one kind of input; libFuzzer ends the process."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("kind", choices=sorted(_TARGETS))
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--findings", type=Path, default=Path())
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        target, seeds = _TARGETS[arguments.kind](folder)
        corpus = folder / "corpus"
        corpus.mkdir()
        for number, seed in enumerate(seeds):
            (corpus / str(number)).write_bytes(seed)
        options = [
            f"-max_total_time={arguments.seconds}",
            f"-artifact_prefix={arguments.findings.absolute()}/{arguments.kind}-",
            "-timeout=20",
            "-rss_limit_mb=3000",
            "-max_len=4096",
            "-len_control=0",
            str(corpus),
        ]
        atheris.Setup([sys.argv[0], *options], _guarded(target))
        atheris.Fuzz()


def _guarded(target: Target) -> Target:
    def run(raw: bytes) -> None:
        try:
            target(raw)
        except QMixError as error:
            if "\n" in str(error):
                raise RuntimeError("An error of more than one line") from error

    return run


def _edited(whole: bytes, raw: bytes) -> bytes:
    """Some bytes changed: three of the input are a place, the next is what comes there."""
    data = bytearray(whole)
    for at in range(0, len(raw) - 3, 4):
        data[int.from_bytes(raw[at : at + 3], "big") % len(data)] = raw[at + 3]
    return bytes(data)


def _odd(raw: atheris.FuzzedDataProvider) -> object:
    kind = raw.ConsumeIntInRange(0, 7)
    if kind < 3:
        return raw.ConsumeUnicode(raw.ConsumeIntInRange(0, 40))
    values = (raw.ConsumeInt(9), raw.ConsumeFloat(), None, [], {}, True)
    return values[kind - 3]


def _changed(data: object, raw: atheris.FuzzedDataProvider) -> object:
    """A value of JSON with one value inside it replaced, removed or doubled."""
    if isinstance(data, dict | list) and data and raw.ConsumeIntInRange(0, 3):
        keys = list(data) if isinstance(data, dict) else list(range(len(data)))
        key = raw.PickValueInList(keys)
        copy = data.copy()
        if raw.ConsumeIntInRange(0, 5) == 0:
            del copy[key]
        else:
            copy[key] = _changed(data[key], raw)
        return copy
    return _odd(raw)


def _events(_folder: Path) -> tuple[Target, list[bytes]]:
    whole = [json.loads(events.encode(event)) for event in _EVENTS]

    def read(raw: bytes) -> None:
        provider = atheris.FuzzedDataProvider(raw)
        with suppress(ValueError):
            events.decode(json.dumps(_changed(provider.PickValueInList(whole), provider)))

    return read, [b"begin"]


def _tables(folder: Path) -> tuple[Target, list[bytes]]:
    def read(raw: bytes) -> None:
        file = folder / ("labels.json" if raw[:1] in (b"[", b"{") else "labels.csv")
        file.write_bytes(raw)
        read_table(file)

    rows = [{"image": "a.png", "label": 1}, {"image": "b.png", "label": "x"}]
    csv = 'image,label\na.png,1\n"b;""c"".png",x\n'
    encoded = [csv.encode(coding) for coding in ("utf-8-sig", "utf-16", "latin-1")]
    return read, [*encoded, csv.replace(",", ";").encode(), json.dumps(rows).encode()]


def _readings(_folder: Path) -> tuple[Target, list[bytes]]:
    name, digest, time = "a" * 32, "b" * 64, "2026-01-01T00:00:00.000+00:00"
    answer = Answer(name, Mark.LABEL, "sick", "", time)
    item = Item(name, f"{name}.png", digest)
    whole = [
        Answers(
            package=name, package_hash=digest, reading=name, revision=1, reader="R",
            app_version="1", started_at=time, exported_at=time, answers=(answer,),
        ),
        Manifest(
            package=name, made_at=time, app_version="1", classes=("sick",), instructions="",
            items=(item,),
        ),
    ]  # fmt: skip

    def read(raw: bytes) -> None:
        provider = atheris.FuzzedDataProvider(raw)
        kept = provider.PickValueInList(whole)
        data = _changed(kept.data(), provider)
        # anyone may compute the seal
        with suppress(UnicodeError):
            unsealed(seal(data if isinstance(data, dict) else {"": data}), "a", type(kept))

    return read, [b"begin"]


def _packages(folder: Path) -> tuple[Target, list[bytes]]:
    file = folder / "whole.qmixread"
    with ProjectStore.open(make_project(folder, images=20)) as project:
        write_package(project, range(2), file)
    whole = file.read_bytes()

    def read(raw: bytes) -> None:
        changed = folder / "changed.qmixread"
        changed.write_bytes(_edited(whole, raw))
        Package(changed).close()

    return read, [b"begin"]


def _projects(folder: Path) -> tuple[Target, list[bytes]]:
    whole = make_project(folder, images=20)

    def read(raw: bytes) -> None:
        name = _FILES[raw[0] % len(_FILES)] if raw else DATABASE
        with _copy(whole) as changed:
            (changed / name).write_bytes(_edited((whole / name).read_bytes(), raw[1:]))
            _use(changed)

    return read, [bytes([number]) + b"begin" for number in range(len(_FILES))]


def _cells(folder: Path) -> tuple[Target, list[bytes]]:
    whole = make_project(folder, images=20)
    with closing(sqlite3.connect(whole / DATABASE)) as connection:
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        triggers = connection.execute(query).fetchall()
        query = "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c"
        columns = connection.execute(f"{query} WHERE m.type = 'table'").fetchall()

    def read(raw: bytes) -> None:
        provider = atheris.FuzzedDataProvider(raw)
        table, column = provider.PickValueInList(columns)
        value, row = _odd(provider), provider.ConsumeIntInRange(0, 30)
        with _copy(whole) as changed:
            with (
                closing(sqlite3.connect(changed / DATABASE)) as connection,
                suppress(sqlite3.Error, OverflowError, UnicodeError),
            ):
                for name, _ in triggers:
                    connection.execute(f"DROP TRIGGER {name}")
                places = f"SELECT rowid FROM {table} LIMIT 1 OFFSET {row}"
                connection.execute(
                    f"UPDATE {table} SET {column} = ? WHERE rowid IN ({places})",
                    (json.dumps(value) if isinstance(value, list | dict) else value,),
                )
                for _, sql in triggers:
                    connection.execute(sql)
                connection.commit()
            _use(changed)

    return read, [bytes([number]) * 9 for number in range(0, 256, 16)]


@contextmanager
def _copy(whole: Path) -> Iterator[Path]:
    changed = whole.with_name("changed.qmix")
    shutil.copytree(whole, changed)
    try:
        yield changed
    finally:
        shutil.rmtree(changed)


def _use(folder: Path) -> None:
    verify(folder, quick=True)
    with ProjectStore.open(folder) as project:
        build_table(project, "scores")
        project.decisions.reviews()
        for run in project.runs.all()[:3]:
            load_history(project.runs.folder(run.id), samples=len(project.samples))
            load_features(project.runs.folder(run.id), samples=len(project.samples))


_TARGETS: dict[str, Callable[[Path], tuple[Target, list[bytes]]]] = {
    "cells": _cells,
    "events": _events,
    "tables": _tables,
    "readings": _readings,
    "packages": _packages,
    "projects": _projects,
}

if __name__ == "__main__":
    main()
