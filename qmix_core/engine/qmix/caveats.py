"""What a verdict cannot know, as warnings in plain words that say what to do: code -> sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from qmix_core.base.types import FloatArray, IntArray
from qmix_core.engine.qmix.verdict import FEWEST_IMAGES, FEWEST_OF_A_CLASS

#: Below this agreement with the labels a separation means little.
WEAK_KAPPA = 0.1

Caveat = tuple[str, str]


def of_sizes(given: IntArray, classes: Sequence[str]) -> Iterator[Caveat]:
    """Sets and classes too small for a verdict. `given`: int64 [N]."""
    if len(given) < FEWEST_IMAGES:
        yield (
            "ranking_only",
            f"{len(given)} images are too few for a verdict on their labels: sort by suspicion and "
            "read from the top.",
        )
    sizes = np.bincount(given, minlength=len(classes))
    few = [name for name, size in zip(classes, sizes, strict=True) if 0 < size < FEWEST_OF_A_CLASS]
    if few:
        yield (
            "small_classes",
            f"Too few images for a verdict on the labels of {', '.join(few)}: read all of them.",
        )


def of_weak_networks(probabilities: FloatArray, labels: IntArray) -> Iterator[Caveat]:
    """Networks that learned nothing in the warm-up: [N, C] against int64 [N]."""
    if kappa(probabilities.argmax(axis=1), labels) < WEAK_KAPPA:
        yield (
            "weak_networks",
            "After the warm-up the networks are hardly better than chance: do not trust these "
            "verdicts. Use another encoder, more images or a larger image size.",
        )


def of_confused_classes(confused: NDArray[np.bool_], classes: Sequence[str]) -> Iterator[Caveat]:
    """Pairs of classes that cannot be told apart: bool [C, C]."""
    pairs = [
        f"{classes[a]} and {classes[b]}"
        for a, b in combinations(range(len(classes)), 2)
        if confused[a, b]
    ]
    if pairs:
        yield (
            "confused_classes",
            f"This encoder cannot tell apart {'; '.join(pairs)}: where one is labelled as the "
            "other, it is not found. Try another encoder or a larger image size.",
        )


def kappa(predicted: IntArray, given: IntArray) -> float:
    """Cohen's kappa of two labellings, int64 [N]: 0 is chance, 1 is full agreement."""
    count = int(max(predicted.max(), given.max())) + 1
    shares = [np.bincount(values, minlength=count) / len(given) for values in (predicted, given)]
    by_chance = float((shares[0] * shares[1]).sum())
    return (float((predicted == given).mean()) - by_chance) / max(1 - by_chance, 1e-9)
