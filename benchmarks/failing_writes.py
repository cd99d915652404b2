"""The disk refuses, at each write in turn: nothing may be lost that was said to be done.

As a script (`failing_writes.py FOLDER FAULT NUMBER`) it is the victim: it makes a project, stores a
run, decides, takes back, exports, and says on its output what it believes to be done. FAULT is
`full` (from write NUMBER on the disk is full), `away` (from write NUMBER on it is read-only), or
`limit` (no file may grow beyond NUMBER bytes; the operating system itself refuses).
"""

from __future__ import annotations

import builtins
import errno
import io
import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from qmix_core.base.errors import DamagedProject, ProjectError, QMixError
from qmix_core.base.types import Action, Partition, RunResults
from qmix_core.dataset.dataset import Dataset, load_dataset
from qmix_core.export.anonymous import export_anonymously
from qmix_core.export.tables import export_table
from qmix_core.preflight.check import check_dataset
from qmix_core.project.operations.recovery import recover
from qmix_core.project.storage.decision_log import NewDecision, chain_breaks
from qmix_core.project.storage.opening import DATABASE
from qmix_core.project.store import ProjectStore
from qmix_core.runs.run_options import RunOptions
from qmix_core.second_readers.packing import write_package
from qmix_core.second_readers.reading import open_reading
from qmix_core.second_readers.schema import Mark

Function = Callable[..., Any]
REVIEWER = "benchmark"
_OLD_EXPORT = "an export of yesterday"
_ERRNO = {"full": errno.ENOSPC, "away": errno.EROFS}
_WRITING_SQL = ("BEGIN", "INSERT", "UPDATE", "COMMIT", "CREATE")
_LIMITS = [0, *range(512, 200_000, 2048)]


@dataclass
class FailingWrites:
    """What became of it, in numbers of faults unless it says otherwise.

    `corrupted`: a database that neither opens nor can be recovered, or an export that is neither
    the old nor a whole new one. `decisions_missing`: decisions said to be made, gone afterwards.
    `tracebacks`: ends that were no sentence. `refused`: faults that the person was told of.
    """

    faults: int = 0
    refused: int = 0
    recovered: int = 0
    corrupted: int = 0
    decisions_said: int = 0
    decisions_missing: int = 0
    tracebacks: int = 0


def fail_writes(dataset: Path, folder: Path) -> Iterator[FailingWrites]:
    """Let each write of the scenario fail in turn. Yields the tally."""
    tally = FailingWrites()
    for fault in _ERRNO:
        number = 1
        while True:
            place = folder / f"{fault}-{number}"
            was_reached = _one_fault(dataset, place, fault, number, tally)
            yield tally
            if not was_reached:
                break
            number += 1
    for limit in _LIMITS:
        _one_fault(dataset, folder / f"limit-{limit}", "limit", limit, tally)
        yield tally


def _one_fault(dataset: Path, folder: Path, fault: str, number: int, tally: FailingWrites) -> bool:
    """Whether the scenario came as far as write `number`."""
    folder.mkdir()
    (folder / "cleaned.csv").write_text(_OLD_EXPORT, encoding="utf-8")
    victim = subprocess.run(
        [sys.executable, __file__, str(folder), fault, str(number), str(dataset)],
        capture_output=True,
        text=True,
    )
    lines = [json.loads(line) for line in victim.stdout.splitlines()]
    said = {line["id"]: line["hash"] for line in lines if "id" in line}
    is_created = any(line.get("done") == "create" for line in lines)
    if fault != "limit" and not any(line.get("done") == "fault" for line in lines):
        return False
    tally.faults += 1
    tally.refused += any("refused" in line for line in lines)
    tally.decisions_said += len(said)
    if victim.returncode:
        tally.tracebacks += 1
        print(f"\n{fault} {number}: {victim.stderr[-1500:]}", file=sys.stderr)
    if is_created:
        look(folder, said, tally)
    text = (folder / "cleaned.csv").read_text(encoding="utf-8")
    is_whole = text == _OLD_EXPORT or (text.count("\n") > len(said) // 2 and text.endswith("\n"))
    tally.corrupted += not is_whole
    return True


def look(folder: Path, said: dict[int, str], tally: FailingWrites) -> None:
    """Whether all that was said is in the project, after the disk has recovered."""
    project = folder / "p.qmix"
    try:
        try:
            opened = ProjectStore.open(project)
        except DamagedProject:
            recover(project)
            tally.recovered += 1
            opened = ProjectStore.open(project)
        with opened:
            log = opened.decisions.rows()
    except ProjectError as error:
        print(f"\n{folder.name}: {error}", file=sys.stderr)
        tally.corrupted += 1
        return
    tally.corrupted += bool(chain_breaks(log))
    stored = {row.id: row.hash for row in log}
    tally.decisions_missing += sum(stored.get(number) != hash_ for number, hash_ in said.items())


# -- the victim -----------------------------------------------------------------------------------


def suffer(folder: Path, fault: str, number: int, dataset_folder: Path) -> None:
    """Go through the scenario while the disk refuses."""
    dataset = check_dataset(load_dataset(dataset_folder)).dataset
    if fault == "limit":
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (number, resource.RLIM_INFINITY))
    else:
        FailingDisk(number, _ERRNO[fault]).install()
    go_through(folder, dataset)


def go_through(folder: Path, dataset: Dataset) -> None:
    """The scenario; what is believed to be done goes to the output."""
    place = folder / "p.qmix"
    _step("create", lambda: ProjectStore.create(place, dataset).close())
    if not (place / DATABASE).is_file():
        return
    opened: list[ProjectStore] = []
    _step("open", lambda: opened.append(ProjectStore.open(place)))
    if not opened:
        return
    with opened[0] as project:
        _step("review", project.begin_review)
        _step("run", lambda: store_run(project))
        images = [sample.image for sample in project.samples]
        for image in images[:6]:
            _decide(lambda image=image: [
                project.decisions.decide(NewDecision(image, Action.EXCLUDE), reviewer=REVIEWER)
            ])  # fmt: skip
        batch = [NewDecision(image, Action.AMBIGUOUS) for image in images[6:12]]
        _decide(lambda: project.decisions.decide_all(batch, reviewer=REVIEWER))
        _decide(lambda: project.decisions.undo(reviewer=REVIEWER))
        _decide(lambda: project.decisions.redo(reviewer=REVIEWER))
        _step("export", lambda: export_table(project, "cleaned", folder / "cleaned.csv"))
        _step("key", lambda: export_anonymously(project, "scores", folder / "anonymous.csv"))
        _step("package", lambda: write_package(project, range(2), folder / "x.qmixread"))
        if (folder / "x.qmixread").exists():
            _step("answers", lambda: _read(folder / "x.qmixread"))


def _decide(decide: Callable[[], Any]) -> None:
    rows: list[Any] = []
    _step("decision", lambda: rows.extend(decide()))
    for row in rows:
        _say({"id": row.id, "hash": row.hash})


def _read(package: Path) -> None:
    reading = open_reading(package, reader=REVIEWER)
    try:
        for item in reading.package.manifest.items:
            reading.answer(item.id, Mark.AMBIGUOUS)
    finally:
        reading.close()


def _step(name: str, work: Callable[[], object]) -> None:
    try:
        work()
    except QMixError as error:
        _say({"refused": name, "text": str(error)})
    else:
        _say({"done": name})


def _say(line: dict[str, object]) -> None:
    os.write(1, (json.dumps(line) + "\n").encode())


def store_run(project: ProjectStore) -> None:
    """A run with verdicts, as the engine stores it."""
    rng = np.random.default_rng(0)
    count = len(project.samples)
    posterior = rng.dirichlet((1, 1, 1), count).astype(np.float32)
    numbers = rng.random((5, count), dtype=np.float32)
    suggested = rng.integers(0, len(project.classes.names), count)
    results = RunResults(
        Partition.of(posterior).bucket, suggested, numbers[0], posterior, *numbers[1:]
    )
    run = project.runs.begin(RunOptions(epochs=3).config(), device="cpu")
    project.runs.finish(run, status="done", results=results)


class FailingDisk:
    """From write number `first` of this process on, each is refused with the error `code`."""

    def __init__(self, first: int, code: int) -> None:
        self._first = first
        self._code = code
        self._count = 0

    def install(self) -> None:
        """Stand before the functions that write."""
        builtins.open = io.open = self._guarded(io.open, _opens_to_write)
        os.open = self._guarded(os.open, _has_flags_to_write)
        for name in ("replace", "rename", "fsync", "mkdir", "unlink", "ftruncate"):
            setattr(os, name, self._guarded(getattr(os, name), lambda *_, **__: True))
        sqlite3.connect = partial(sqlite3.connect, factory=partial(FailingConnection, self))

    def refuses(self) -> bool:
        """Count one write; whether it fails."""
        self._count += 1
        if self._count == self._first:
            _say({"done": "fault"})
        return self._count >= self._first

    def sqlite_error(self) -> sqlite3.OperationalError:
        """What SQLite raises on such a disk."""
        is_full = self._code == errno.ENOSPC
        error = sqlite3.OperationalError("disk is full" if is_full else "readonly database")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL if is_full else sqlite3.SQLITE_READONLY
        return error

    def _guarded(self, function: Function, is_write: Callable[..., bool]) -> Function:
        def call(*arguments: object, **options: object) -> object:
            if is_write(*arguments, **options) and self.refuses():
                raise OSError(self._code, os.strerror(self._code))
            return function(*arguments, **options)

        return call


class FailingConnection(sqlite3.Connection):
    """Refuses statements that write as SQLite does when the disk refuses."""

    def __init__(self, disk: FailingDisk, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)
        self._disk = disk

    def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
        self._guard(sql)
        return super().execute(sql, *values)

    def executemany(self, sql: str, *values: object) -> sqlite3.Cursor:
        self._guard(sql)
        return super().executemany(sql, *values)

    def _guard(self, sql: str) -> None:
        if sql.lstrip().upper().startswith(_WRITING_SQL) and self._disk.refuses():
            raise self._disk.sqlite_error()


def _opens_to_write(_file: object, mode: str = "r", *_: object, **__: object) -> bool:
    return any(letter in mode for letter in "wax+")


def _has_flags_to_write(_file: object, flags: int, *_: object, **__: object) -> bool:
    return bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


if __name__ == "__main__":
    suffer(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
