"""Power cuts at random moments of a project's life, on ext4, xfs and btrfs: what was said is there.

    python benchmarks/power_cuts.py [--cuts 200] [--seed 0] [--out FILE.json]

A process decides, exports, packs, reads, stores runs and makes projects on a disk that loses what
was not flushed (see lossy_disk.py), and says each thing that is done. At random moments the power
is cut: the file system is mounted again from what the disk had kept, which replays its journal, and
all that was said before must be there. For Linux, as root, with mfusepy and the mkfs programs.
`--without-sync` is the control: the process's own calls of fsync do nothing, and things are gone.
As a script with `--live FOLDER SEED` it is that process.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import math
import os
import random
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import torch

from flipped_bits import make_project
from lossy_disk import LossyDisk, run
from qmix_core.base.atomic_write import PART
from qmix_core.base.errors import QMixError
from qmix_core.base.types import CHECKPOINT_FILE, Action, EpochScores, RunResults
from qmix_core.dataset.dataset import load_dataset
from qmix_core.engine.checkpoint import (
    DamagedCheckpoint,
    keep_networks,
    load_checkpoint,
    save_checkpoint,
)
from qmix_core.export.anonymous import export_anonymously, project_key
from qmix_core.export.folder import export_folder
from qmix_core.export.tables import export_table
from qmix_core.preflight.check import check_dataset
from qmix_core.project.operations.recovery import recover
from qmix_core.project.storage.decision_log import NewDecision, chain_breaks
from qmix_core.project.store import DATABASE, ProjectStore
from qmix_core.runs.run_options import RunOptions
from qmix_core.runs.scores import load_history, save_epoch, save_features
from qmix_core.second_readers.package import Package
from qmix_core.second_readers.packing import write_package
from qmix_core.second_readers.reading import open_reading, package_of
from qmix_core.second_readers.schema import Mark
from qmix_core.workflow.verify import verify

#: A file system of xfs has 300 MB at least.
_MEGABYTES = {"ext4": 320, "xfs": 320, "btrfs": 320}
#: Cuts of one life.
_CUTS_OF_A_LIFE = 10
_LONGEST_PAUSE = 1.5
_REVIEWER = "benchmark"
_WITHOUT_SYNC = "QMIX_BENCHMARK_WITHOUT_SYNC"


@dataclass
class PowerCuts:
    """What became of it. `said`: things said to be done; `looked_for`: the same at each later cut
    of their life; `gone`: of these, those that were not there.
    """

    cuts: int = 0
    said: Counter[str] = field(default_factory=Counter)
    looked_for: int = 0
    gone: Counter[str] = field(default_factory=Counter)
    file_systems_broken: int = 0
    projects_unreadable: int = 0
    chains_broken: int = 0
    found_wrong_by_verify: int = 0
    recovered_without_database: int = 0
    gone_after_recovery: int = 0
    half_files_left: int = 0
    tracebacks: int = 0


def main() -> int:
    """Run the trial from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cuts", type=int, default=200, help="on all file systems together")
    parser.add_argument("--systems", nargs="+", default=list(_MEGABYTES), choices=list(_MEGABYTES))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--without-sync", action="store_true", help="the control")
    parser.add_argument("--live", nargs=2, metavar=("FOLDER", "SEED"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.without_sync:
        os.environ[_WITHOUT_SYNC] = "1"
    if arguments.live:
        live(Path(arguments.live[0]), int(arguments.live[1]))
    result = {kind: PowerCuts() for kind in arguments.systems}
    for number in range(-(-arguments.cuts // len(result))):
        if number % _CUTS_OF_A_LIFE:
            continue
        for kind, tally in result.items():
            cut_power(kind, tally, seed=arguments.seed + number)
            print(f"{kind}: {tally}", file=sys.stderr, flush=True)
            if arguments.out:
                kept = {kind: vars(tally) for kind, tally in result.items()}
                arguments.out.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    return 0


def cut_power(kind: str, tally: PowerCuts, *, seed: int) -> None:
    """One life of a project on a new disk, with several cuts."""
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        disk = LossyDisk(kind, folder / "disk", megabytes=_MEGABYTES[kind])
        make_project(disk.place)
        run("sync", "--file-system", disk.place)
        own = {"HOME": str(folder), "XDG_DATA_HOME": str(folder)}
        life = subprocess.Popen(
            [sys.executable, __file__, "--live", disk.place, str(seed)],
            stdout=subprocess.PIPE,
            stderr=(folder / "stderr").open("wb"),
            env=os.environ | own,
        )
        try:
            said: list[dict[str, Any]] = []
            lines = _lines(life)
            said.append(next(lines))
            for _ in range(_CUTS_OF_A_LIFE):
                time.sleep(rng.uniform(0, _LONGEST_PAUSE))
                while _has_output(life):
                    said.append(next(lines))
                disk.cut(folder / "cut", rng.randrange(1 << 30))
                tally.cuts += 1
                life.send_signal(signal.SIGSTOP)
                _look(kind, folder, said, tally, rng)
                life.send_signal(signal.SIGCONT)
        finally:
            life.kill()
            life.wait()
            disk.close()
        tally.said.update(thing["kind"] for thing in said)
        text = (folder / "stderr").read_text(errors="replace")
        if "Traceback" in text:
            tally.tracebacks += 1
            print(text[-2000:], file=sys.stderr)


def _lines(life: subprocess.Popen[bytes]) -> Iterator[dict[str, Any]]:
    assert life.stdout is not None
    # unbuffered, for `_has_output` to see what is there
    data = b""
    while True:
        while b"\n" not in data:
            more = os.read(life.stdout.fileno(), 1)
            if not more:
                raise RuntimeError("the project's life ended before the cuts")
            data += more
        line, _, data = data.partition(b"\n")
        yield json.loads(line)


def _has_output(life: subprocess.Popen[bytes]) -> bool:
    return bool(select.select([life.stdout], [], [], 0)[0])


# -- after the cut --------------------------------------------------------------------------------


def _look(
    kind: str, folder: Path, said: list[dict[str, Any]], tally: PowerCuts, rng: random.Random
) -> None:
    place = folder / "after"
    place.mkdir(exist_ok=True)
    try:
        with _mounted(kind, folder / "cut", place):
            # of a machine that starts anew no other process holds the lock
            _compare(place, said, tally)
            if rng.random() < 0.2:
                _lose_database(place, said, tally)
    except RuntimeError as error:
        print(error, file=sys.stderr)
        tally.file_systems_broken += 1


@contextmanager
def _mounted(kind: str, image: Path, place: Path) -> Iterator[None]:
    options = {"xfs": ",nouuid"}.get(kind, "")
    run("mount", "-t", kind, "-o", f"loop{options}", image, place)
    try:
        yield
    finally:
        run("umount", place)


def _compare(place: Path, said: list[dict[str, Any]], tally: PowerCuts) -> None:
    left = [file for file in place.rglob(f"*{PART}") if file.name.startswith(".")]
    tally.half_files_left += len(left)
    try:
        with ProjectStore.open(place / "p.qmix") as project:
            project.begin_review()
            log = project.decisions.rows()
            tally.chains_broken += bool(chain_breaks(log))
            there = _Found(place, project)
            for thing in said:
                tally.looked_for += 1
                if not _is_there(there, thing):
                    tally.gone[thing["kind"]] += 1
                    print(f"\ngone: {thing}", file=sys.stderr)
        findings = verify(place / "p.qmix", quick=True).findings
        tally.found_wrong_by_verify += bool(findings)
        if findings:
            print(findings, file=sys.stderr)
    except QMixError as error:
        print(error, file=sys.stderr)
        tally.projects_unreadable += 1


class _Found:
    """What is on the disk after a cut."""

    def __init__(self, place: Path, project: ProjectStore) -> None:
        self.place, self.project = place, project
        self.log = {row.id: row.hash for row in project.decisions.rows()}
        self.runs = {run.id: run for run in project.runs.all()}


def _is_there(found: _Found, thing: dict[str, Any]) -> bool:
    looks: dict[str, Callable[[], bool]] = {
        "begun": lambda: True,
        "decision": lambda: found.log.get(thing["id"]) == thing["hash"],
        "file": lambda: _digest(found.place / thing["name"]) == thing["sha256"],
        "folder": lambda: _digest_of_all(found.place / thing["name"]) == thing["sha256"],
        "key": lambda: project_key(found.project).hex() == thing["key"],
        "record": lambda: (
            found.project.folder / "readings" / "packages" / f"{thing['id']}.json"
        ).is_file(),
        "answers": lambda: _answers(found.place / thing["name"]) >= thing["count"],
        "project": lambda: _is_project(found.place / thing["name"]),
        "replaced": lambda: _rows(found.place / thing["name"]) == thing["rows"],
        "checkpoint": lambda: _round(found.project, thing["id"]) >= thing["round"],
        "run": lambda: (
            found.runs[thing["id"]].status == "done"
            and _verdicts(found.project, thing["id"]) == thing["sha256"]
        ),
        "epoch": lambda: thing["epoch"] in _epochs(found.project, thing["id"]),
    }
    try:
        return looks[thing["kind"]]()
    except (OSError, KeyError, ValueError, DamagedCheckpoint, QMixError) as error:
        print(error, file=sys.stderr)
        return False


def _lose_database(place: Path, said: list[dict[str, Any]], tally: PowerCuts) -> None:
    """The same cut costs the database: backups and journal must bring all decisions back."""
    folder = place / "p.qmix"
    for end in ("", "-wal", "-shm"):
        (folder / f"{DATABASE}{end}").unlink(missing_ok=True)
    try:
        recover(folder)
        with ProjectStore.open(folder) as project:
            log = {row.id: row.hash for row in project.decisions.rows()}
    except QMixError as error:
        print(error, file=sys.stderr)
        tally.projects_unreadable += 1
        return
    tally.recovered_without_database += 1
    rows = [thing for thing in said if thing["kind"] == "decision"]
    tally.gone_after_recovery += sum(log.get(row["id"]) != row["hash"] for row in rows)


def _rows(table: Path) -> int:
    text = table.read_text(encoding="utf-8-sig")
    return text.count("\n") if text.endswith("\n") else -1


def _round(project: ProjectStore, run_id: int) -> float:
    """The round of a checkpoint that can be read; a run that is done keeps no number."""
    state = load_checkpoint(project.runs.folder(run_id) / CHECKPOINT_FILE)
    return -1 if state is None else state.get("round", math.inf)


def _epochs(project: ProjectStore, run_id: int) -> list[int]:
    history = load_history(project.runs.folder(run_id), samples=len(project.samples))
    return [] if history is None else history.epochs.tolist()


def _is_project(folder: Path) -> bool:
    with ProjectStore.open(folder) as project:
        return len(project.samples) > 0 and not chain_breaks(project.decisions.rows())


def _answers(folder: Path) -> int:
    """Lines of a reading's log; its head and package must be there, too."""
    Package(package_of(folder)).close()
    return (folder / "answers.jsonl").read_bytes().count(b"\n")


def _verdicts(project: ProjectStore, run_id: int) -> str:
    results = project.runs.own_results(run_id)
    return hashlib.sha256(results.posterior.tobytes() + results.bucket.tobytes()).hexdigest()


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _digest_of_all(folder: Path) -> str:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    text = "".join(f"{file.relative_to(folder)} {_digest(file)}\n" for file in files)
    return hashlib.sha256(text.encode()).hexdigest()


# -- the life -------------------------------------------------------------------------------------


def live(place: Path, seed: int) -> NoReturn:
    """Work on the project at `place` without end, and say each thing once it is done."""
    if _WITHOUT_SYNC in os.environ:
        os.fsync = lambda _descriptor: None
    rng = random.Random(seed)
    with ProjectStore.open(place / "p.qmix") as project:
        project.begin_review()
        life = Life(place, project, rng)
        _say("begun")
        while True:
            # a disk that fills up refuses, which is another trial
            with suppress(QMixError):
                rng.choice(life.works)()


class Life:
    """What a person may do with a project; each method says what it has done."""

    def __init__(self, place: Path, project: ProjectStore, rng: random.Random) -> None:
        self._place, self._project, self._rng = place, project, rng
        self._dataset = check_dataset(load_dataset(place / "demo")).dataset
        self._numbers = itertools.count(1)
        self._package: Path | None = None
        often = [self.decide] * 8 + [self.answer] * 3
        self.works = [
            *often,
            self.take_back,
            self.table,
            self.table_again,
            self.anonymous,
            self.folder,
        ]
        self.works += [self.pack, self.train, self.new_project, self.setting]

    def decide(self) -> None:
        samples = self._rng.sample(self._project.samples, self._rng.choice((1, 1, 1, 3, 10)))
        action = self._rng.choice((Action.EXCLUDE, Action.RETAKE, Action.AMBIGUOUS))
        rows = self._project.decisions.decide_all(
            [NewDecision(sample.image, action) for sample in samples], reviewer=_REVIEWER
        )
        for row in rows:
            _say("decision", id=row.id, hash=row.hash)

    def take_back(self) -> None:
        log = self._project.decisions
        for row in [*log.undo(reviewer=_REVIEWER), *log.redo(reviewer=_REVIEWER)]:
            _say("decision", id=row.id, hash=row.hash)

    def setting(self) -> None:
        self._project.change_poor_below(round(self._rng.uniform(0.1, 0.9), 3))
        row = self._project.decisions.rows()[-1]
        _say("decision", id=row.id, hash=row.hash)

    def table(self) -> None:
        name = f"table-{next(self._numbers)}.csv"
        what = self._rng.choice(("scores", "cleaned", "excluded"))
        export_table(self._project, what, self._place / name)
        self._say_file(name)

    def table_again(self) -> None:
        """Over the one of before."""
        name = "scores.csv"
        rows = export_table(self._project, "scores", self._place / name)
        _say("replaced", name=name, rows=rows + 1)

    def anonymous(self) -> None:
        name = f"anonymous-{next(self._numbers)}.csv"
        export_anonymously(self._project, "scores", self._place / name)
        self._say_file(name)
        _say("key", key=project_key(self._project).hex())

    def folder(self) -> None:
        name = f"folder-{next(self._numbers)}"
        export_folder(self._project, self._place / name)
        _say("folder", name=name, sha256=_digest_of_all(self._place / name))

    def pack(self) -> None:
        name = f"package-{next(self._numbers)}.qmixread"
        packed = write_package(self._project, range(3), self._place / name)
        self._say_file(name)
        _say("record", id=packed.package)
        self._package = self._place / name

    def answer(self) -> None:
        if self._package is None:
            return
        reading = open_reading(self._package, reader="Second")
        try:
            items = [item.id for item in reading.package.manifest.items]
            before = len((reading.folder / "answers.jsonl").read_bytes().splitlines())
            for number in range(1, 4):
                reading.answer(self._rng.choice(items), Mark.AMBIGUOUS)
                _say("answers", name=reading.folder.name, count=before + number)
        finally:
            reading.close()

    def new_project(self) -> None:
        name = f"new-{next(self._numbers)}.qmix"
        ProjectStore.create(self._place / name, self._dataset).close()
        _say("project", name=name)

    def train(self) -> None:
        """What a run stores, by the functions that it stores it with."""
        project, numbers = self._project, np.random.default_rng(self._rng.randrange(1 << 30))
        count = len(project.samples)
        run_id = project.runs.begin(RunOptions(epochs=3).config(), device="cpu")
        files = project.runs.folder(run_id)
        for epoch in (1, 2):
            wide, flat = numbers.random((2, 2, count, 3)), numbers.random((2, 2, count))
            (shares, separation), (loss, spread) = wide.astype("f4"), flat.astype("f4")
            scores = EpochScores(epoch, shares, loss, spread, separation)
            save_epoch(files, scores, sample=np.arange(count), plot=None)
            save_checkpoint(files / CHECKPOINT_FILE, _state(epoch))
            _say("epoch", id=run_id, epoch=epoch)
            _say("checkpoint", id=run_id, round=epoch)
        features = numbers.random((count, 8)).astype(np.float16)
        save_features(files, sample=np.arange(count), features=features)
        posterior = numbers.dirichlet((1, 1, 1), count).astype(np.float32)
        suggested = numbers.integers(0, len(project.classes.names), count)
        others = numbers.random((5, count)).astype(np.float32)
        results = RunResults(posterior.argmax(axis=1), suggested, others[0], posterior, *others[1:])
        project.runs.finish(run_id, status="done", results=results)
        _say("run", id=run_id, sha256=_verdicts(project, run_id))
        keep_networks(files / CHECKPOINT_FILE)
        project.runs.seal_networks(run_id)

    def _say_file(self, name: str) -> None:
        _say("file", name=name, sha256=_digest(self._place / name))


def _state(epoch: int) -> dict[str, Any]:
    """What a checkpoint holds at least, with 400 kB of numbers."""
    numbers = {"weights": torch.rand(100_000)}
    return {"fingerprint": "", "architecture": {}, "networks": [numbers, {}], "round": epoch}


def _say(kind: str, **facts: object) -> None:
    os.write(1, (json.dumps({"kind": kind} | facts) + "\n").encode())


if __name__ == "__main__":
    sys.exit(main())
