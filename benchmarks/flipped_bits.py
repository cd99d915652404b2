"""Flipped bits in every file of a project: noticed, without effect, or silently another result?

    python benchmarks/flipped_bits.py [--flips 2000] [--seed 0] [--out FILE.json]

One bit of one file is flipped, then the project is verified, opened, and its tables, curves,
networks, what similar images are found by, what readers said and taught, thumbnails, the pixels
that a run would begin with and what a look at the images finds are compared with those of before.
Half of the flips are in the database, the others in the other files alike. The tally of FILE.json
is added to, so that a trial may be done in pieces, each with its own seed.
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
import time
from collections import Counter
from pathlib import Path

import numpy as np

from qmix_core.base.cancellation import Control
from qmix_core.base.errors import QMixError
from qmix_core.base.types import (
    CHECKPOINT_FILE,
    Action,
    EpochScores,
    NoiseEstimate,
    RunResults,
)
from qmix_core.dataset.dataset import load_dataset
from qmix_core.engine.views.pixel_cache import load_pixels
from qmix_core.export.anonymous import project_key
from qmix_core.export.tables import build_table
from qmix_core.preflight.check import check_dataset
from qmix_core.project.operations.file_scan import Depth, dataset_state
from qmix_core.project.storage.decision_log import NewDecision
from qmix_core.project.store import DATABASE, ProjectStore
from qmix_core.runs.noise_report import load_noise, save_noise
from qmix_core.runs.quality_files import QualityBasis, TaughtQuality, save_basis
from qmix_core.runs.run_options import RunOptions
from qmix_core.runs.scores import load_features, load_history, save_epoch, save_features
from qmix_core.second_readers.merge import merge, read_merges, read_package
from qmix_core.second_readers.packing import write_package
from qmix_core.second_readers.reading import open_reading
from qmix_core.second_readers.schema import Mark
from qmix_core.simulation.demo import write_demo
from qmix_core.workflow.verify import verify
from qmix_gui.review.model import thumbnails


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
        add_second_reading(project)
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
        log_odds = rng.normal(size=images).astype(np.float32)
        basis = QualityBasis(np.arange(images), rng.random((images, 4)).astype("f4"), log_odds)
        save_basis(files, basis)
        noise = NoiseEstimate(0.2, 0.1, 0.3, 0.05, rng.random(3), rng.dirichlet((1, 1, 1), 3))
        save_noise(files, noise, classes=project.classes.names)
        suggested = rng.integers(0, len(project.classes.names), images)
        results = RunResults(
            posterior.argmax(axis=1), suggested, numbers[0], posterior, *numbers[1:]
        )
        project.runs.finish(run, status="done", results=results)
        # its bytes stand for networks: nothing of them may change unnoticed
        (files / CHECKPOINT_FILE).write_bytes(rng.bytes(4096))
        project.runs.seal_networks(run)
        project.runs.take_quality(run, TaughtQuality(log_odds + 1, 3, 4, 0.9))
        project_key(project)
        for sample in project.samples[:40]:
            project.decisions.decide(NewDecision(sample.image, Action.EXCLUDE), reviewer="R")
    with ProjectStore.open(folder / "p.qmix") as project:
        project.begin_review()
    return folder / "p.qmix"


def add_second_reading(folder: Path) -> None:
    """A package, what a reader said of it, and all that a cache holds."""
    file, answers = folder.with_name("x.qmixread"), folder.with_name("x.answers")
    with ProjectStore.open(folder) as project:
        write_package(project, range(5), file)
        reading = open_reading(file, reader="Second")
        for item in reading.package.manifest.items:
            reading.answer(item.id, Mark.AMBIGUOUS)
        reading.export(answers)
        reading.close()
        merge(project, answers, reviewer="R")
    # a file that was written just now has no stamp
    time.sleep(2.5)
    shown(folder)
    shown(folder)


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
    """All that is exported of a project, its log, and what is kept for the window and a run."""
    with ProjectStore.open(folder) as project:
        tables = [build_table(project, what).rows for what in ("scores", "cleaned", "excluded")]
        folder = project.runs.folder(1)
        history = load_history(folder, samples=len(project.samples))
        features = load_features(folder, samples=len(project.samples))
        origins = project.runs.origins(1, len(project.classes.given))
        networks = (folder / CHECKPOINT_FILE).read_bytes()
        quality = project.runs.quality_basis(1), project.runs.taught_quality(1)
        merges = read_merges(project.folder)
        packages = [read_package(project.folder, one.answers.package) for one in merges]
        of_run = (history, features, origins, networks, quality, load_noise(folder))
        pictures = pickle.dumps((*of_run, merges, packages, project_key(project), cached(project)))
        return tables, pictures, project.decisions.all(), project.runs.all(), project.problems


def cached(project: ProjectStore) -> object:
    """What the caches hold; where one is not as it was written, it is made anew."""
    paths = [project.files.path(sample) for sample in project.samples]
    pixels = load_pixels(
        paths,
        [sample.sha256 for sample in project.samples],
        size=32,
        folder=project.cache_folder,
        progress=lambda done, total: None,
        control=Control(),
    )
    tiles = []
    for path, sample in list(zip(paths, project.samples, strict=True))[:3]:
        stored = project.cache_folder / "thumbnails" / sample.sha256
        thumbnails._thumbnail(path, stored)
        # one that was made just now is not yet what a JPEG makes of it
        tile = thumbnails._thumbnail(path, stored)
        tiles.append(bytes(tile.constBits()))
    state = dataset_state(project, depth=Depth.QUICK)
    return pixels.tobytes(), tiles, state.altered, state.missing, state.renamed


if __name__ == "__main__":
    sys.exit(main())
