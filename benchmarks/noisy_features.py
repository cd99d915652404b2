"""A labelled dataset -> train and test features, with labels and images made wrong by plan.

All methods of `separation.py` learn from the same features of the same frozen encoder. Embedding
is done once: sharp images once a dataset, degraded training images once a seed.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image, ImageOps

from qmix_core.base.cancellation import Control
from qmix_core.base.types import BUCKETS, IntArray
from qmix_core.dataset.dataset import Dataset
from qmix_core.dataset.labels.class_scale import find_scale
from qmix_core.dataset.pixels.image_reader import read_rgb
from qmix_core.engine.encoders.embedding import embed_views
from qmix_core.engine.encoders.encoders import embedding_size, load_encoder
from qmix_core.engine.encoders.levels import parts_of
from qmix_core.engine.views.augment import VIEW_SETS
from qmix_core.engine.views.pixel_cache import cache_key, cached_array
from qmix_core.engine.views.views import PixelViews, view_count
from qmix_core.runs.config import RunConfig
from qmix_core.simulation.noise import degrade, plan_mixed_noise

#: A wrong DR grade is drawn with these weights in the loader that QMix's authors published.
ASYMMETRIC_WEIGHTS = (0.5, 0.05, 0.35, 0.02, 0.08)
#: Training classes of the imbalanced variant, as shares of the largest, in order of size.
IMBALANCE = (1.0, 0.5, 0.25, 0.125)
#: No class gives more than this share of its images to the test set.
_LARGEST_TEST_SHARE = 0.4

Features = NDArray[np.float16]
Pixels = NDArray[np.uint8]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Condition:
    """What is done to the training labels. `noise`: "symmetric", "asymmetric", or "neighbour": each
    wrong grade is the next one on the scale.
    """

    noise: str
    rate: float
    seed: int
    imbalanced: bool = False

    @property
    def kind(self) -> str:
        """Name of the family of conditions that share a table and a figure."""
        return f"{self.noise}-imbalanced" if self.imbalanced else self.noise

    @property
    def name(self) -> str:
        """Name of the condition, usable as a file name."""
        return f"{self.kind}-{round(100 * self.rate):02d}-seed{self.seed}"


@dataclass(frozen=True, slots=True)
class Split:
    """Positions of the training and of the test images in the dataset, int64, by patient."""

    train: IntArray
    test: IntArray


@dataclass(frozen=True, slots=True)
class NoisySet:
    """What a method gets, and the truth that it is compared with.

    N training images: `given`, `true`: int64 [N]; `degraded`: bool [N]; `embedded`: float16
    [N, 2 + 2K, D], one plain, K weak, K strong and one poor view, which only QMix looks at;
    `fault_rows`: int64 [N], of the poor views; `pixels`: uint8 [N, S, S, 3]; `groups`: int64 [N],
    equal for images of one patient. M test images, never degraded or relabelled: `test_features`:
    float16 [M, D], plain view; `test_labels`: int64 [M]; `parts`: of the D features, see
    `encoders.levels`; `ranks`: of the classes where they are grades, else empty.
    """

    condition: Condition
    classes: tuple[str, ...]
    given: IntArray
    true: IntArray
    degraded: BoolArray
    embedded: Features
    fault_rows: IntArray
    pixels: Pixels
    groups: IntArray
    test_features: Features
    test_labels: IntArray
    parts: tuple[int, ...] = ()
    ranks: tuple[int, ...] = ()

    @property
    def features(self) -> Features:
        """The plain, weak and strong views: float16 [N, 1 + 2K, D]."""
        return self.embedded[:, :-1]

    @property
    def wrong(self) -> BoolArray:
        """Which labels are wrong: bool [N]."""
        return self.given != self.true

    def true_buckets(self, *, only_mislabeled: bool) -> IntArray:
        """Index into BUCKETS, int64 [N], in one of the two readings of the third bucket.

        Every degraded image is of low quality, or only those that are mislabeled as well.
        """
        low = self.degraded & self.wrong if only_mislabeled else self.degraded
        return np.where(low, len(BUCKETS) - 1, self.wrong.astype(np.int64))


class FeatureSource:
    """Makes noisy sets of one dataset; pixels and features are kept in the folder `cache`.

    `groups`: int64, one a sample. `test_per_class` and `train_per_class` are upper limits.
    """

    def __init__(
        self,
        dataset: Dataset,
        config: RunConfig,
        *,
        groups: IntArray,
        cache: Path,
        test_per_class: int,
        train_per_class: int,
    ) -> None:
        self._dataset = dataset
        self._config = config
        self._groups = groups
        self._cache = cache
        self._limits = (test_per_class, train_per_class)
        names = {label: number for number, label in enumerate(dataset.classes)}
        self._labels = np.array([names[sample.label] for sample in dataset.samples])
        scale = find_scale(dataset.classes)
        grades = [scale.order.index(name) for name in dataset.classes]
        self._ranks = tuple(grades) if scale.is_ordered else ()
        self._encoder = load_encoder(config)

    def noisy_set(self, condition: Condition) -> NoisySet:
        """Split, make labels wrong and images poor as the condition says."""
        seed, count = condition.seed, len(self._dataset.classes)
        test_limit, train_limit = self._limits
        split = split_by_group(
            self._labels, self._groups, seed=seed, test_limit=test_limit, train_limit=train_limit
        )
        everything = np.arange(len(self._labels))
        sharp = self._pixels(everything, None)
        sharp_features = self._features(everything, None, sharp)
        poor = self._pixels(split.train, seed)
        poor_features = self._features(split.train, seed, poor)
        labels = self._labels[split.train]
        used = imbalanced(labels) if condition.imbalanced else np.arange(len(labels))
        plan = plan_mixed_noise(
            labels[used],
            classes=count,
            rate=condition.rate,
            rng=np.random.default_rng(seed),
            transition=transition(condition.noise, count, self._ranks),
        )
        rows = split.train[used]
        pixels, features = sharp[rows], sharp_features[rows]
        pixels[plan.degraded] = poor[used[plan.degraded]]
        features[plan.degraded] = poor_features[used[plan.degraded]]
        return NoisySet(
            condition,
            self._dataset.classes,
            plan.given,
            labels[used],
            plan.degraded,
            features,
            rows,
            pixels,
            self._groups[rows],
            sharp_features[split.test, 0],
            self._labels[split.test],
            parts_of(self._encoder),
            self._ranks,
        )

    def _pixels(self, indices: IntArray, seed: int | None) -> Pixels:
        """Squares of some images, uint8 [B, S, S, 3]; degraded where there is a seed."""
        size = self._config.image_size
        # one generator an image: its degradation does not depend on the split
        rngs = None if seed is None else np.random.default_rng(seed).spawn(len(self._labels))

        def fill(array: Pixels) -> None:
            for row, index in enumerate(indices):
                image = read_rgb(self._dataset.root / self._dataset.samples[index].image)
                if rngs is not None:
                    image = Image.fromarray(degrade(np.asarray(image), rng=rngs[index]))
                array[row] = np.asarray(
                    ImageOps.pad(image, (size, size), Image.Resampling.BILINEAR, color="black")
                )

        return cached_array(
            self._cache / f"pixels-{self._key(indices, seed)}.npy",
            shape=(len(indices), size, size, 3),
            dtype=np.uint8,
            fill=fill,
        )

    def _features(self, indices: IntArray, seed: int | None, pixels: Pixels) -> Features:
        """Embedded views of some images: float16 [B, 2 + 2K, D]."""
        device = torch.device("cpu")
        source = PixelViews(
            pixels,
            rows=np.arange(len(pixels)),
            fault_rows=indices,
            views=VIEW_SETS[self._config.view_set],
            device=device,
            mean=self._config.mean,
            std=self._config.std,
        )

        def fill(array: Features) -> None:
            embed_views(
                self._encoder,
                source,
                array,
                shape=array.shape,
                device=device,
                seed=0,
                progress=lambda done, total: print(f"\rembedding {done}/{total}", end=""),
                control=Control(),
            )
            print()

        return cached_array(
            self._cache / f"features-{self._config.encoder}-{self._key(indices, seed)}.npy",
            shape=(
                len(pixels),
                view_count(self._config.cached_views),
                embedding_size(self._encoder, source.shape, device),
            ),
            dtype=np.float16,
            fill=fill,
        )

    def _key(self, indices: IntArray, seed: int | None) -> str:
        hashes = [self._dataset.samples[index].sha256 for index in indices]
        weights = sum(float(value.double().sum()) for value in self._encoder.state_dict().values())
        config = self._config
        return cache_key(
            f"{weights:.6e}",
            repr(parts_of(self._encoder)),
            config.view_set,
            str(config.image_size),
            str(seed),
            *hashes,
        )


def split_by_group(
    labels: IntArray, groups: IntArray, *, seed: int, test_limit: int, train_limit: int
) -> Split:
    """Whole groups until each class has its test images, then up to `train_limit` a class.

    `labels`, `groups`: int64, one an image, both counted from 0. Images of a test group beyond a
    class's limit are in neither part.
    """
    rng = np.random.default_rng(1000 + seed)
    place = rng.permutation(groups.max() + 1).argsort()
    by_place = place[groups].argsort(kind="stable")
    sizes = np.bincount(labels)
    left = np.minimum(test_limit, np.floor(_LARGEST_TEST_SHARE * sizes).astype(np.int64))
    tested: set[int] = set()
    test = []
    for index in by_place.tolist():
        label, group = labels[index], int(groups[index])
        if left[label] > 0:
            tested.add(group)
            test.append(index)
            left[label] -= 1
    rest = [index for index in by_place.tolist() if int(groups[index]) not in tested]
    taken = np.zeros(len(sizes), dtype=np.int64)
    train = []
    for index in rest:
        if taken[labels[index]] < train_limit:
            train.append(index)
            taken[labels[index]] += 1
    return Split(np.sort(np.array(train)), np.sort(np.array(test)))


def imbalanced(labels: IntArray) -> IntArray:
    """Positions that are left when the classes are cut to IMBALANCE, int64, sorted."""
    sizes = np.bincount(labels)
    kept = []
    for place, label in enumerate(np.argsort(-sizes, kind="stable")):
        share = IMBALANCE[min(place, len(IMBALANCE) - 1)]
        kept.append(np.flatnonzero(labels == label)[: round(share * sizes.max())])
    return np.sort(np.concatenate(kept))


def transition(noise: str, classes: int, ranks: tuple[int, ...]) -> NDArray[np.float64] | None:
    """Odds of each wrong label, float64 [C, C], its own class aside; None: all alike."""
    if noise == "asymmetric":
        return np.tile(np.resize(ASYMMETRIC_WEIGHTS, classes), (classes, 1))
    if noise != "neighbour":
        return None
    if not ranks:
        sys.exit("Neighbour noise needs classes that are grades.")
    return (np.abs(np.subtract.outer(ranks, ranks)) == 1).astype(np.float64)


def find_groups(dataset: Dataset, file: Path | None) -> IntArray:
    """Patients as numbers, int64, one a sample: from `file`, else the table; else one an image.

    `file` is a CSV with the columns image (as in the dataset) and patient.
    """
    images = [sample.image for sample in dataset.samples]
    if file is not None:
        with file.open(newline="", encoding="utf-8-sig") as lines:
            patients = {row["image"]: row["patient"] for row in csv.DictReader(lines)}
        names: Sequence[str] = [patients[image] for image in images]
    elif dataset.table is not None and "patient" in dataset.table.header:
        column = dataset.table.header.index("patient")
        names = [sample.cells[column] for sample in dataset.samples]
    else:
        names = images
    return np.unique(names, return_inverse=True)[1].astype(np.int64)
