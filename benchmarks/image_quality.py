"""How well poor images are found: real ones, injected ones, and sets as they are.

    pip install -e '.[bench]'
    python benchmarks/image_quality.py DATA --cache DIR --out FILE.json

DATA holds folders of class folders. `drimdb` (bad, good): photographs graded for quality, whose
grades the method is not shown. `fundus4`: as it is, and with injected faults at 10 and 40 % noise,
which it sees with the noisy labels. `oct2` and `bloodcells`: as they are. Peers look at the same
images: CleanVision, the variance of the Laplacian, the distance to neighbours in the same features.
With `--verdicts N` (default 5; 0 for none) readers teach: N poor and N fine images, drawn from what
the run left, 20 times; the others are counted, at the threshold of 0.5.
Prints means over the seeds: a seed draws the folds and, of fundus4, the images and the noise, of
the other sets the copies.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageOps
from scipy.ndimage import laplace
from sklearn.metrics import pairwise_distances, roc_auc_score

from noisy_features import Features, Pixels, find_groups, split_by_group
from peers import cleanvision
from qmix_core.base.types import IntArray
from qmix_core.dataset.dataset import Dataset, load_dataset
from qmix_core.dataset.pixels.image_reader import read_rgb
from qmix_core.engine.encoders.encoders import embedding_size, load_encoder
from qmix_core.engine.encoders.levels import parts_of
from qmix_core.engine.quality.compact_features import compact_features
from qmix_core.engine.quality.local_detail import local_detail
from qmix_core.engine.quality.poor_images import BoolArray, Judgement, judge_images
from qmix_core.engine.views.augment import VIEW_SETS
from qmix_core.engine.views.pixel_cache import cached_array
from qmix_core.engine.views.views import PixelViews
from qmix_core.review.quality_teaching import FINE, NONE, POOR, teach_quality
from qmix_core.runs.quality_files import QualityBasis
from qmix_core.runs.run_options import RunOptions
from qmix_core.simulation.noise import NoisePlan, degrade, plan_mixed_noise

RATES = (0.1, 0.4)
SETS = ("drimdb", "oct2", "bloodcells", "fundus4")
#: To the nearest few, and to the nearer half of the set, where poor images lie close together.
NEIGHBOURS = (20, 0.5)
_BATCH = 64
_DRAWS = 20
#: Rows that another draw of the copies is apart.
_STEP = 7919
Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Images:
    """N images as they are judged: `pixels`: uint8 [N, S, S, 3]; `plain`, `spoiled`: float16
    [N, D]; `rows`: int64 [N], of the copies; `classes`: N names.
    """

    pixels: Pixels
    plain: Features
    spoiled: Features
    rows: IntArray
    classes: tuple[str, ...]
    parts: tuple[int, ...]

    def take(self, chosen: IntArray) -> Images:
        return Images(
            self.pixels[chosen],
            self.plain[chosen],
            self.spoiled[chosen],
            self.rows[chosen],
            tuple(self.classes[index] for index in chosen),
            self.parts,
        )

    def judged(self, labels: IntArray, seed: int) -> Judgement:
        return judge_images(
            self.plain,
            self.spoiled,
            labels,
            rng=np.random.default_rng(seed),
            detail=local_detail(self.pixels),
            rows=self.rows,
            parts=self.parts,
        )


class Source:
    """Decodes and embeds the images of one dataset, with the encoder that comes along."""

    def __init__(self, folder: Path, cache: Path, groups: Path | None = None) -> None:
        self.dataset: Dataset = load_dataset(folder)
        self.classes = tuple(sample.label for sample in self.dataset.samples)
        self.labels = np.unique(self.classes, return_inverse=True)[1].astype(np.int64)
        self.groups = find_groups(self.dataset, groups)
        self._cache = cache
        self._config = RunOptions(preset="quick").config()
        self._encoder = load_encoder(self._config)

    def images(self, draw: int = 0) -> Images:
        """All images, with the copies of this draw."""
        everything = np.arange(len(self.classes))
        pixels = self._pixels("pixels", everything, None)
        rows = everything + _STEP * draw
        return Images(
            pixels,
            self._features("plain", pixels, rows, None),
            self._features(f"copies{draw}", pixels, rows, draw),
            rows,
            self.classes,
            parts_of(self._encoder),
        )

    def degraded(self, chosen: IntArray, seed: int) -> Images:
        """The images `chosen`, made poor."""
        pixels = self._pixels(f"degraded{seed}-pixels", chosen, seed)
        return Images(
            pixels,
            self._features(f"degraded{seed}-plain", pixels, chosen, None),
            self._features(f"degraded{seed}-copies", pixels, chosen, seed),
            chosen,
            tuple(self.classes[index] for index in chosen),
            parts_of(self._encoder),
        )

    def _pixels(self, name: str, chosen: IntArray, seed: int | None) -> Pixels:
        size = self._config.image_size
        rngs = None if seed is None else np.random.default_rng(seed).spawn(len(self.classes))

        def fill(array: Pixels) -> None:
            for place, index in enumerate(chosen):
                image = read_rgb(self.dataset.root / self.dataset.samples[index].image)
                if rngs is not None:
                    image = Image.fromarray(degrade(np.asarray(image), rng=rngs[index]))
                array[place] = np.asarray(
                    ImageOps.pad(image, (size, size), Image.Resampling.BILINEAR, color="black")
                )

        shape = (len(chosen), size, size, 3)
        return cached_array(self._path(name), shape=shape, dtype=np.uint8, fill=fill)

    def _features(self, name: str, pixels: Pixels, rows: IntArray, seed: int | None) -> Features:
        """Of the images, or of copies that a seed draws."""
        device = torch.device("cpu")
        views = PixelViews(
            pixels,
            rows=np.arange(len(pixels)),
            fault_rows=rows,
            views=VIEW_SETS[self._config.view_set],
            device=device,
            mean=self._config.mean,
            std=self._config.std,
        )
        generator = torch.Generator().manual_seed(1 + (seed or 0))

        def fill(array: Features) -> None:
            with torch.inference_mode():
                for part in torch.arange(len(pixels)).split(_BATCH):
                    if seed is None:
                        batch = views.plain(part)
                    else:
                        batch = views.poor(part, generator=generator)
                    array[part.numpy()] = self._encoder(batch).half().numpy()

        shape = (len(pixels), embedding_size(self._encoder, views.shape, device))
        return cached_array(self._path(name), shape=shape, dtype=np.float16, fill=fill)

    def _path(self, name: str) -> Path:
        return self._cache / f"{self.dataset.root.name}-{name}.npy"


def found(is_true: BoolArray, score: np.ndarray, is_called: BoolArray) -> Figures:
    """How well a score, the higher the poorer, and a verdict meet the truth."""
    return {
        "auroc": float(roc_auc_score(is_true, score)),
        "precision": float(is_true[is_called].mean()) if is_called.any() else 0.0,
        "recall": float(is_called[is_true].mean()),
        "called": float(is_called.mean()),
    }


def peers(images: Images, is_true: BoolArray) -> dict[str, Figures]:
    """CleanVision by its flags; the others have no threshold: the true number is called poor."""
    grey = images.pixels.mean(axis=3)
    sharpness = np.array([laplace(image).var() for image in grey])
    plain = images.plain.astype(np.float32)
    distance = np.sort(pairwise_distances(plain, metric="cosine"), axis=1)
    flagged, score = cleanvision(images.pixels)
    figures = {"CleanVision": found(is_true, -score, flagged)}
    scores = {"variance of the Laplacian": -sharpness}
    for number in NEIGHBOURS:
        nearest = number if isinstance(number, int) else round(number * len(plain))
        scores[f"distance to {number} neighbours"] = distance[:, 1 : 1 + nearest].mean(axis=1)
    for name, poorness in scores.items():
        worst = poorness >= np.sort(poorness)[-int(is_true.sum())]
        figures[name] = found(is_true, poorness, worst)
    return figures


def taught(
    images: Images, judged: Judgement, is_true: BoolArray, number: int, seed: int
) -> Figures:
    """After so many verdicts of each kind: means of some draws, and `worst_` of the worst."""
    features = compact_features(images.plain.astype(np.float32), images.parts)
    basis = QualityBasis(np.arange(len(features)), features, judged.log_odds)
    rng = np.random.default_rng(seed)
    all_draws = []
    for _ in range(_DRAWS):
        verdicts = np.full(len(is_true), NONE)
        for verdict, own in ((POOR, is_true), (FINE, ~is_true)):
            verdicts[rng.permutation(np.flatnonzero(own))[:number]] = verdict
        lesson = teach_quality(basis, verdicts)
        assert lesson is not None
        unread = verdicts == NONE
        log_odds = lesson.log_odds[unread]
        all_draws.append(found(is_true[unread], log_odds, log_odds > 0))
    figures = {name: float(np.mean([one[name] for one in all_draws])) for name in all_draws[0]}
    worst = {
        f"worst_{name}": min(one[name] for one in all_draws)
        for name in ("auroc", "precision", "recall")
    }
    return figures | worst


def graded(data: Path, cache: Path, seed: int, verdicts: int) -> dict[str, Figures]:
    """DRIMDB: bad against good."""
    source = Source(data / "drimdb", cache)
    chosen = np.flatnonzero([label in ("bad", "good") for label in source.classes])
    images = source.images(draw=seed).take(chosen)
    is_bad = np.array([label == "bad" for label in images.classes])
    judged = images.judged(np.zeros(len(chosen), dtype=np.int64), seed)
    own = {"QMix": found(is_bad, judged.log_odds, judged.is_poor) | reliability(is_bad, judged)}
    if verdicts:
        own[f"QMix, {verdicts} + {verdicts} verdicts"] = taught(
            images, judged, is_bad, verdicts, seed
        )
    good = images.take(np.flatnonzero(~is_bad))
    alone = good.judged(np.zeros(len(good.rows), dtype=np.int64), seed)
    own["QMix, the good ones alone"] = {"called": float(alone.is_poor.mean())}
    return own | peers(images, is_bad)


def reliability(is_true: BoolArray, judged: Judgement) -> Figures:
    """Expected calibration error of P(poor), in tenths."""
    p = 1 / (1 + np.exp(-judged.log_odds))
    tenth = np.clip((10 * p).astype(np.int64), 0, 9)
    parts = [tenth == number for number in np.unique(tenth)]
    error = sum(abs(p[part].mean() - is_true[part].mean()) * part.mean() for part in parts)
    return {"calibration_error": float(error)}


def as_it_is(data: Path, cache: Path, name: str, seed: int) -> dict[str, Figures]:
    """Share called poor of each class, with the labels and without them."""
    source = Source(data / name, cache)
    return by_class(source.images(draw=seed), source.labels, seed)


def by_class(images: Images, labels: IntArray, seed: int) -> dict[str, Figures]:
    figures = {}
    for how, seen in (("labels", labels), ("no labels", np.zeros_like(labels))):
        judged = images.judged(seen, seed)
        own = np.array(images.classes)
        figures[f"QMix, {how}"] = {
            name: float(judged.is_poor[own == name].mean()) for name in np.unique(own)
        } | {"is_strict": float(judged.is_strict), "is_judged": float(judged.is_judged)}
    return figures


def injected(
    data: Path, cache: Path, groups: Path | None, seed: int, verdicts: int
) -> Iterator[tuple[str, dict[str, Figures]]]:
    """fundus4 with mixed noise, and the same images as they are."""
    source = Source(data / "fundus4", cache, groups)
    train = split_by_group(
        source.labels, source.groups, seed=seed, test_limit=150, train_limit=400
    ).train
    labels = source.labels[train]
    as_is = source.images().take(train)
    yield "fundus4 as it is", by_class(as_is, labels, seed)
    plans: dict[float, NoisePlan] = {
        rate: plan_mixed_noise(
            labels, classes=labels.max() + 1, rate=rate, rng=np.random.default_rng(seed)
        )
        for rate in RATES
    }
    ever = np.logical_or.reduce([plan.degraded for plan in plans.values()])
    poor = source.degraded(train[ever], seed)
    for rate, plan in plans.items():
        spoiled = plan.degraded[ever]
        images = replace(
            as_is,
            pixels=replaced(as_is.pixels, plan.degraded, poor.pixels[spoiled]),
            plain=replaced(as_is.plain, plan.degraded, poor.plain[spoiled]),
            spoiled=replaced(as_is.spoiled, plan.degraded, poor.spoiled[spoiled]),
        )
        figures = {}
        for how, seen in (("noisy labels", plan.given), ("no labels", np.zeros_like(labels))):
            judged = images.judged(seen, seed)
            figures[f"QMix, {how}"] = found(plan.degraded, judged.log_odds, judged.is_poor)
            if verdicts:
                figures[f"QMix, {how}, {verdicts} + {verdicts} verdicts"] = taught(
                    images, judged, plan.degraded, verdicts, seed
                )
        yield f"fundus4, injected, {rate:.0%} noise", figures | peers(images, plan.degraded)


def _parts(
    data: Path, cache: Path, groups: Path | None, seed: int, verdicts: int, only: list[str]
) -> Iterator[tuple[str, dict[str, Figures]]]:
    if "drimdb" in only:
        yield "drimdb", graded(data, cache, seed, verdicts)
    for name in (name for name in ("oct2", "bloodcells") if name in only):
        yield f"{name} as it is", as_it_is(data, cache, name, seed)
    if "fundus4" in only:
        yield from injected(data, cache, groups, seed, verdicts)


def replaced(values: np.ndarray, where: BoolArray, by: np.ndarray) -> np.ndarray:
    """A copy with other values where it is True."""
    changed = np.array(values)
    changed[where] = by
    return changed


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--groups", type=Path, help="CSV with the columns image and patient")
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--seeds", nargs="+", type=int, default=[0, 1, 2])
    parser.add_argument("--verdicts", type=int, default=5, metavar="N")
    parser.add_argument("--only", nargs="+", choices=SETS, default=list(SETS))
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    data, cache = arguments.data, arguments.cache
    runs: dict[str, dict[str, list[Figures]]] = {}
    for seed in arguments.seeds:
        for part, methods in _parts(
            data, cache, arguments.groups, seed, arguments.verdicts, arguments.only
        ):
            print(f"seed {seed}: {part}", json.dumps(methods), flush=True)
            for method, figures in methods.items():
                runs.setdefault(part, {}).setdefault(method, []).append(figures)
    means = {
        part: {
            method: {name: round(float(np.mean([run[name] for run in all_runs])), 4)
                     for name in all_runs[0]}
            for method, all_runs in methods.items()
        }
        for part, methods in runs.items()
    }  # fmt: skip
    for part, methods in means.items():
        print(part)
        for method, figures in methods.items():
            print(f"  {method}: " + ", ".join(f"{key} {value:g}" for key, value in figures.items()))
    if arguments.out:
        text = json.dumps({"seeds": arguments.seeds, "means": means}, indent=1)
        arguments.out.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
