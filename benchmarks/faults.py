"""Kills and failing disks: how many decisions, scores and files are lost.

    python benchmarks/faults.py [--reviews 300] [--trainings 100] [--out FILE.json]

Three trials on a generated set: the window is killed (SIGKILL) at random moments of a scripted
review; training is killed at random moments and resumed; each write of a project's life fails in
turn, for a full and for a read-only disk. Prints a table and writes JSON. For Linux and macOS.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

# training of a set so small is quicker with one thread
os.environ.setdefault("OMP_NUM_THREADS", "1")

from failing_writes import fail_writes
from killed_review import kill_reviews
from killed_training import kill_training
from qmix_core.dataset.dataset import load_dataset
from qmix_core.preflight.check import check_dataset
from qmix_core.project.store import ProjectStore
from qmix_core.simulation.demo import write_demo

_IMAGES = 60


def main() -> int:
    """Run the trials from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--reviews", type=int, default=300, help="kills of the window")
    parser.add_argument("--trainings", type=int, default=100, help="kills of the training")
    parser.add_argument("--no-writes", action="store_true", help="leave out the failing writes")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        dataset = folder / "demo"
        write_demo(dataset, images=_IMAGES, seed=0, progress=lambda done, total: None)
        before = _digest(dataset)
        project = folder / "p.qmix"
        ProjectStore.create(project, check_dataset(load_dataset(dataset)).dataset).close()
        trials: dict[str, Iterator[Any]] = {}
        if arguments.trainings:
            trials["training killed"] = kill_training(
                project, folder, kills=arguments.trainings, seed=arguments.seed
            )
        if not arguments.no_writes:
            trials["writes refused"] = fail_writes(dataset, folder)
        if arguments.reviews:
            trials["review killed"] = kill_reviews(
                project, folder, kills=arguments.reviews, seed=arguments.seed
            )
        result: dict[str, Any] = {}
        for name, tallies in trials.items():
            for number, tally in enumerate(tallies, start=1):
                result[name] = asdict(tally)
                print(f"\r{name}: {number}", end="", file=sys.stderr, flush=True)
                # who stops a long trial keeps what it has found
                _keep(result, arguments.out)
            print(file=sys.stderr)
        result["originals_unchanged"] = _digest(dataset) == before
    _print(result)
    _keep(result, arguments.out)
    return 0


def _keep(result: dict[str, Any], out: Path | None) -> None:
    if out is not None:
        out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def _digest(folder: Path) -> str:
    """One hash over the names and bytes of all files."""
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{file.relative_to(folder)}\n".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _print(result: dict[str, Any]) -> None:
    for name, figures in result.items():
        if isinstance(figures, dict):
            print(name)
            for key, value in figures.items():
                print(f"  {key:34} {value}")
        else:
            print(f"{name:36} {figures}")


if __name__ == "__main__":
    sys.exit(main())
