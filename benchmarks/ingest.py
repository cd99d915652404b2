"""How fast a large dataset comes in, beside Pillow's own decoding of the same files, and in how
much memory.

    python benchmarks/ingest.py [--images 10000 100000] [--distinct 2000] [--out FILE.json]

Each stage runs in a process of its own, whose peak of memory is its own. The files are hard links
to `--distinct` JPEGs of 1600 x 1200 pixels: each is read and decoded anew, but from the page cache,
so that a slow disk does not count. `check` is what `qmix check` does: decode at a reduced size,
hash, compare. Thumbnails are made and stored as the gallery does. Pillow's rates are those of bare
`draft`, `load` and `thumbnail` calls in as many threads. These and the thumbnails are of at most
`--limit` images, evenly spread. Seconds depend on what else the computer does, CPU seconds hardly.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from qmix_core.dataset.dataset import Dataset, load_dataset
from qmix_core.dataset.files.file_stamps import hash_file
from qmix_core.preflight.check import check_dataset
from qmix_core.preflight.fingerprint import SIDE

ROOT = Path(__file__).resolve().parent
SIZE = (1600, 1200)
CLASSES = 5
CHUNK = 256


def paint(path: Path, seed: int) -> None:
    """A smooth picture with the grain of a sensor, as JPEG, unless it is there."""
    if path.exists():
        return
    rng = np.random.default_rng(seed)
    smooth = Image.fromarray(rng.integers(0, 256, (9, 12, 3), dtype=np.uint8)).resize(SIZE)
    grain = np.random.default_rng(seed % 16).normal(0, 4, (SIZE[1], SIZE[0], 1))
    pixels = (np.asarray(smooth) + grain).clip(0, 255).astype(np.uint8)
    Image.fromarray(pixels).save(path, "JPEG", quality=88)


def make_dataset(folder: Path, originals: list[Path], images: int) -> None:
    """Class folders with so many hard links to the originals."""
    for label in range(CLASSES):
        (folder / str(label)).mkdir(parents=True)
    for number in range(images):
        original = originals[number % len(originals)]
        # all links to one file have one label, or the check would list them as conflicting
        label = number % len(originals) % CLASSES
        (folder / str(label) / f"{number:06d}.jpg").hardlink_to(original)


def on_all(dataset: Dataset, work: Callable[[Path], object]) -> None:
    """Do the work on every image, in as many threads as the check has."""
    paths = [dataset.root / sample.image for sample in dataset.samples]
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for start in range(0, len(paths), CHUNK):
            for _ in pool.map(work, paths[start : start + CHUNK]):
                pass


def draft(path: Path, side: int) -> Image.Image:
    image = Image.open(path)
    image.draft("RGB", (side, side))
    image.load()
    return image


def make_thumbnails(dataset: Dataset) -> None:
    from qmix_gui.review.model.thumbnails import _thumbnail

    with tempfile.TemporaryDirectory() as folder:
        on_all(dataset, lambda path: _thumbnail(path, Path(folder) / f"{path.stem}.jpg"))


STAGES: dict[str, Callable[[Dataset], object]] = {
    "scan": lambda dataset: None,
    "hash": lambda dataset: on_all(dataset, hash_file),
    "check": check_dataset,
    "Pillow, for the check": lambda dataset: on_all(dataset, lambda path: draft(path, SIDE)),
    "thumbnails": make_thumbnails,
    "Pillow, for thumbnails": lambda dataset: on_all(
        dataset, lambda path: draft(path, 320).thumbnail((320, 320))
    ),
    "Pillow, whole": lambda dataset: on_all(dataset, lambda path: Image.open(path).load()),
}

#: These look at all images, the others at `--limit` of them.
WHOLE = ("scan", "hash", "check")


def run_stage(name: str, folder: Path, limit: int) -> None:
    """In the child: one line of JSON."""
    begun, cpu = time.perf_counter(), time.process_time()
    dataset = load_dataset(folder)
    if name not in WHOLE:
        step = max(1, len(dataset.samples) // limit)
        dataset = replace(dataset, samples=dataset.samples[::step])
    if name != "scan":
        begun, cpu = time.perf_counter(), time.process_time()
    STAGES[name](dataset)
    seconds = time.perf_counter() - begun
    print(json.dumps({"images": len(dataset.samples), "seconds": round(seconds, 2),
                      "cpu_seconds": round(time.process_time() - cpu, 2),
                      "images_per_second": round(len(dataset.samples) / seconds, 1),
                      "peak_mb": peak_mb()}))  # fmt: skip


def peak_mb() -> int:
    """Of this process; Linux's `ru_maxrss` would count what it was before it became another."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 2**20


def measure(counts: list[int], distinct: int, limit: int, work: Path | None) -> dict[str, object]:
    sizes: dict[str, dict[str, object]] = {}
    with tempfile.TemporaryDirectory(dir=work) as name:
        place = Path(name)
        originals = [(work or place) / f"{number:06d}" for number in range(distinct)]
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            list(pool.map(paint, originals, range(distinct)))
        for count in counts:
            make_dataset(place / str(count), originals, count)
            rows: dict[str, object] = {}
            for stage in STAGES:
                command = [sys.executable, __file__, "--stage", stage, "--dataset",
                           str(place / str(count)), "--limit", str(limit)]  # fmt: skip
                load = os.getloadavg()[0]
                done = subprocess.run(command, capture_output=True, text=True, check=True)
                rows[stage] = json.loads(done.stdout) | {"load_before": round(load, 1)}
                print(f"{count:>7,} {stage}: {rows[stage]}", file=sys.stderr, flush=True)
            sizes[str(count)] = rows
        mean = sum(path.stat().st_size for path in originals) / distinct
    return {"size": SIZE, "distinct": distinct, "mean_kb": round(mean / 1000),
            "cores": os.cpu_count(), "datasets": sizes}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--images", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--distinct", type=int, default=2000)
    parser.add_argument("--limit", type=int, default=5_000, metavar="N")
    parser.add_argument("--work", type=Path, help="keeps the JPEGs for the next time")
    parser.add_argument("--out", type=Path, default=ROOT / "results" / "ingest.json")
    parser.add_argument("--stage", choices=STAGES, help=argparse.SUPPRESS)
    parser.add_argument("--dataset", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.stage:
        run_stage(arguments.stage, arguments.dataset, arguments.limit)
        return
    result = measure(arguments.images, arguments.distinct, arguments.limit, arguments.work)
    print(
        "| images | stage | of | seconds | images/s | CPU s | peak MB |\n|---:|---|" + "---:|" * 5
    )
    for count, rows in result["datasets"].items():  # type: ignore[attr-defined]
        for stage, row in rows.items():
            print(f"| {int(count):,} | {stage} | {row['images']:,} | {row['seconds']:.1f} | "
                  f"{row['images_per_second']:,.0f} | {row['cpu_seconds']:.0f} | "
                  f"{row['peak_mb']} |")  # fmt: skip
    arguments.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
