"""Flipped bits in every file of a project: noticed, without effect, or silently another result?

    python benchmarks/flipped_bits.py [--flips 2000] [--seed 0] [--out FILE.json]

One bit of one file is flipped, then the project is verified, opened, and its tables, curves,
networks and what similar images are found by are compared with those of before. Half of the flips
are in the database, the others in the other files alike. The tally of FILE.json is added to, so
that a trial may be done in pieces, each with its own seed.
`silent` must be 0: what is shown or exported changed, and `verify` found nothing.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np

from qmix_core.base.errors import QMixError
from qmix_core.base.types import CHECKPOINT_FILE, Action, EpochScores, RunResults
from qmix_core.dataset.dataset import load_dataset
from qmix_core.export.anonymous import project_key
from qmix_core.export.tables import build_table
from qmix_core.preflight.check import check_dataset
from qmix_core.project.storage.decision_log import NewDecision
from qmix_core.project.store import DATABASE, ProjectStore
from qmix_core.runs.run_options import RunOptions
from qmix_core.runs.scores import load_features, load_history, save_epoch, save_features
from qmix_core.simulation.demo import write_demo
from qmix_core.workflow.verify import verify


def main() -> int:
    """Run the trial from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--flips", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    tally = Counter[str]()
    if arguments.out and arguments.out.is_file():
        tally.update(json.loads(arguments.out.read_text(encoding="utf-8")))
    with tempfile.TemporaryDirectory() as temporary:
        project = make_project(Path(temporary))
        tally += flip(project, flips=arguments.flips, seed=arguments.seed)
    for key, count in sorted(tally.items()):
        print(f"{key:60} {count}")
    if arguments.out:
        arguments.out.write_text(json.dumps(tally, indent=1) + "\n", encoding="utf-8")
    return 1 if any("silent" in key or "traceback" in key for key in tally) else 0


def make_project(folder: Path, *, images: int = 60) -> Path:
    """A project with a run, decisions, a journal and a backup."""
    dataset = folder / "demo"
    write_demo(dataset, images=images, seed=0, progress=lambda done, total: None)
    rng = np.random.default_rng(0)
    with ProjectStore.create(
        folder / "p.qmix", check_dataset(load_dataset(dataset)).dataset
    ) as project:
        run = project.runs.begin(RunOptions(epochs=3).config(), device="cpu")
        posterior = rng.dirichlet((1, 1, 1), images).astype(np.float32)
        numbers = rng.random((5, images)).astype(np.float32)
        files = project.runs.folder(run)
        for epoch in range(1, 4):
            wide, flat = rng.random((2, 2, images, 3)), rng.random((2, 2, images))
            (shares, separation), (loss, spread) = wide.astype(np.float32), flat.astype(np.float32)
            scores = EpochScores(epoch, shares, loss, spread, separation)
            save_epoch(files, scores, sample=np.arange(images), plot=None)
        save_features(
            files,
            sample=np.arange(images),
            features=rng.random((images, 8)).astype(np.float16),
        )
        suggested = rng.integers(0, len(project.classes.names), images)
        results = RunResults(
            posterior.argmax(axis=1), suggested, numbers[0], posterior, *numbers[1:]
        )
        project.runs.finish(run, status="done", results=results)
        # its bytes stand for networks: nothing of them may change unnoticed
        (files / CHECKPOINT_FILE).write_bytes(rng.bytes(4096))
        project.runs.seal_networks(run)
        project_key(project)
        for sample in project.samples[:40]:
            project.decisions.decide(NewDecision(sample.image, Action.EXCLUDE), reviewer="R")
    with ProjectStore.open(folder / "p.qmix") as project:
        project.begin_review()
    return folder / "p.qmix"


def flip(project: Path, *, flips: int, seed: int) -> Counter[str]:
    """What came of each flip, by kind of file."""
    rng, tally = random.Random(seed), Counter[str]()
    before = shown(project)
    safe = project.with_name("safe")
    shutil.copytree(project, safe)
    files = sorted(path.relative_to(safe) for path in safe.rglob("*") if path.is_file())
    files = [path for path in files if (safe / path).stat().st_size and path.suffix != ".lock"]
    others = [path for path in files if path.name != DATABASE]
    for number in range(flips):
        file = Path(DATABASE) if number % 2 else rng.choice(others)
        shutil.rmtree(project)
        shutil.copytree(safe, project)
        data = bytearray((project / file).read_bytes())
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        (project / file).write_bytes(data)
        tally[f"{file}: {outcome(project, before)}"] += 1
        if number % 20 == 0:
            print(f"\r{number}", end="", file=sys.stderr, flush=True)
    return tally


def outcome(project: Path, before: object) -> str:
    """What became of a project with one flipped bit."""
    try:
        noticed = bool(verify(project, quick=True).findings)
        same = shown(project) == before
    except QMixError:
        return "refused"
    except Exception as error:  # noqa: BLE001 - this is what the trial looks for
        return f"traceback of {type(error).__name__}"
    if noticed:
        return "noticed"
    return "without effect" if same else "silent"


def shown(folder: Path) -> object:
    """All that is exported of a project, and its log."""
    with ProjectStore.open(folder) as project:
        tables = [build_table(project, what).rows for what in ("scores", "cleaned", "excluded")]
        folder = project.runs.folder(1)
        history = load_history(folder, samples=len(project.samples))
        features = load_features(folder, samples=len(project.samples))
        origins = project.runs.origins(1, len(project.classes.given))
        networks = (folder / CHECKPOINT_FILE).read_bytes()
        pictures = pickle.dumps((history, features, origins, networks, project_key(project)))
        return tables, pictures, project.decisions.all(), project.runs.all(), project.problems


if __name__ == "__main__":
    sys.exit(main())
