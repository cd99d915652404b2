"""How well poor photographs are found in a set with a quality label: real ones, not made so.

    python benchmarks/image_quality.py DATASET --poor bad

DATASET is a folder of class folders of which `--poor` holds the poor photographs and `--readable`
the others. The labels are not shown to the method. Prints figures and writes JSON with `--out`.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import average_precision_score, roc_auc_score

from qmix_core.dataset.dataset import load_dataset
from qmix_core.dataset.image_reader import read_square
from qmix_core.engine.encoders.encoders import load_encoder
from qmix_core.engine.quality.poor_images import poor_log_odds
from qmix_core.engine.views.augment import VIEW_SETS
from qmix_core.engine.views.views import PixelViews
from qmix_core.runs.run_options import RunOptions


def measure(arguments: argparse.Namespace, seed: int) -> dict[str, float]:
    """Figures of one seed."""
    dataset = load_dataset(arguments.dataset)
    samples = [s for s in dataset.samples if s.label in (arguments.poor, arguments.readable)]
    is_poor = np.array([sample.label == arguments.poor for sample in samples])
    config = RunOptions(preset="quick").config()
    encoder = load_encoder(config)
    pixels = np.stack([read_square(dataset.root / s.image, config.image_size) for s in samples])
    views = PixelViews(
        pixels,
        rows=np.arange(len(pixels)),
        views=VIEW_SETS[config.view_set],
        device=torch.device("cpu"),
        mean=config.mean,
        std=config.std,
    )
    everything = torch.arange(len(pixels))
    with torch.inference_mode():
        plain = encoder(views.plain(everything)).numpy()
        generator = torch.Generator().manual_seed(seed)
        spoiled = encoder(views.poor(everything, generator=generator)).numpy()
    log_odds = poor_log_odds(
        plain,
        spoiled,
        np.zeros(len(pixels), dtype=np.int64),
        known_poor=np.zeros(len(pixels), dtype=np.bool_),
        rng=np.random.default_rng(seed),
    )
    found = log_odds > 0
    return {
        "images": len(pixels),
        "poor": float(is_poor.mean()),
        "found": float(found.mean()),
        "auroc": float(roc_auc_score(is_poor, log_odds)),
        "ap": float(average_precision_score(is_poor, log_odds)),
        "precision": float(is_poor[found].mean()) if found.any() else 0.0,
        "recall": float(found[is_poor].mean()),
    }


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("dataset", type=Path)
    parser.add_argument("--poor", default="bad")
    parser.add_argument("--readable", default="good")
    parser.add_argument("--seeds", nargs="+", type=int, default=[0, 1, 2])
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    runs = [measure(arguments, seed) for seed in arguments.seeds]
    mean = {name: round(float(np.mean([run[name] for run in runs])), 4) for name in runs[0]}
    for name, value in mean.items():
        print(f"{name:>10}  {value:g}")
    if arguments.out:
        arguments.out.write_text(json.dumps(mean, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
