"""The whole path on a dataset with injected noise: scores, seconds and memory of one run.

    python benchmarks/whole_path.py DATASET --rate 0.4
    python benchmarks/whole_path.py --demo

Writes a noisy copy of the dataset (or the generated demo set, whose noise is known), trains on it
through the same code as `qmix train`, compares with the truth, prints a table and writes JSON.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from sklearn.metrics import (
    average_precision_score,
    f1_score,
    precision_score,
    recall_score,
    roc_auc_score,
)

from qmix_core.base.cancellation import Control
from qmix_core.base.types import BUCKETS
from qmix_core.cli.terminal import Terminal
from qmix_core.dataset.dataset import load_dataset
from qmix_core.preflight.check import check_dataset
from qmix_core.project.store import ProjectStore
from qmix_core.runs.run_options import RunOptions
from qmix_core.simulation.demo import write_demo
from qmix_core.simulation.noise import TRUTH_NAME, plan_mixed_noise, write_noisy_copy
from qmix_core.workflow.run_project import run_project
from qmix_core.workflow.run_start import settle


def write_noisy(dataset: Path, out: Path, *, rate: float, seed: int) -> None:
    """Copy a dataset with mixed noise of this rate and its truth.csv."""
    source = load_dataset(dataset)
    rng = np.random.default_rng(seed)
    labels = np.array([source.classes.index(sample.label) for sample in source.samples])
    plan = plan_mixed_noise(labels, classes=len(source.classes), rate=rate, rng=rng)
    paths = [source.root / sample.image for sample in source.samples]
    write_noisy_copy(paths, labels, plan, class_names=source.classes, out=out, rng=rng)


def score(project: ProjectStore, run: int, truth: dict[str, dict[str, str]]) -> dict[str, float]:
    """Compare the verdicts with the truth.

    An error is a wrong label. The truth of the third bucket is every degraded image, whether its
    label is right or not (METHOD section 1): nothing in the picture can tell.
    """
    results = project.runs.results(run)
    rows = [truth[sample.image] for sample in project.samples]
    wrong = np.array([row["label"] != row["true_label"] for row in rows])
    bucket = np.array([BUCKETS.index(row["bucket"]) for row in rows])
    true_label = np.array([project.classes.names.index(row["true_label"]) for row in rows])
    flagged = results.bucket > 0
    sharp_errors = wrong & (results.bucket == 1)
    scores = {
        "error_f1": f1_score(wrong, flagged, zero_division=0),
        "error_precision": precision_score(wrong, flagged, zero_division=0),
        "error_recall": recall_score(wrong, flagged, zero_division=0),
        "bucket_macro_f1": f1_score(bucket, results.bucket, average="macro", zero_division=0),
        "flagged": flagged.mean(),
        "suggestion_accuracy": (results.suggested == true_label)[sharp_errors].mean(),
    }
    if wrong.any():
        scores["error_ap"] = average_precision_score(wrong, results.error_score)
        scores["error_auroc"] = roc_auc_score(wrong, results.error_score)
    return {name: round(float(value), 4) for name, value in scores.items()}


def measure(arguments: argparse.Namespace, folder: Path) -> dict[str, float]:
    """Make the data, run, and score."""
    data = folder / "data"
    if arguments.demo:
        write_demo(data, seed=arguments.seed)
    else:
        write_noisy(arguments.dataset, data, rate=arguments.rate, seed=arguments.seed)
    with (data / TRUTH_NAME).open(newline="", encoding="utf-8") as file:
        truth = {row["image"]: row for row in csv.DictReader(file)}
    config = settle(
        RunOptions(
            preset=arguments.preset,
            encoder=arguments.encoder,
            weights=arguments.weights,
            seed=arguments.seed,
        )
    )
    started = time.monotonic()
    report = check_dataset(load_dataset(data))
    with ProjectStore.create(folder / "p.qmix", report.dataset) as project:
        done = run_project(project, config, sink=Terminal().event, control=Control())
        seconds = time.monotonic() - started
        scores = score(project, done.run, truth)
    scale = 2**10 if sys.platform == "linux" else 2**20
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale
    return {"images": len(truth), "seconds": round(seconds), "peak_memory_mb": round(peak)} | scores


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dataset", type=Path, nargs="?")
    parser.add_argument("--demo", action="store_true", help="the generated set instead")
    parser.add_argument("--preset", default="auto")
    parser.add_argument("--encoder", default="")
    parser.add_argument("--weights", default="")
    parser.add_argument("--rate", type=float, default=0.4)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, help="write the figures there as JSON")
    arguments = parser.parse_args()
    if arguments.dataset is None and not arguments.demo:
        parser.error("give a DATASET or --demo")
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(arguments, Path(folder))
    for name, value in figures.items():
        print(f"{name:>20}  {value:g}")
    if arguments.out:
        arguments.out.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
