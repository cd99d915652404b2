"""Folds for cross-fitting."""

from __future__ import annotations

import numpy as np

from qmix_core.types import IntArray


def deal_folds(labels: IntArray, folds: int, rng: np.random.Generator) -> IntArray:
    """Deal the images of each class evenly to the folds: int64 [N] in [0, folds).

    A class with fewer images than folds goes to as many folds as it has images.
    """
    order = rng.permutation(len(labels))
    by_class = order[np.argsort(labels[order], kind="stable")]
    dealt = np.zeros(len(labels), dtype=np.int64)
    # one round over all classes, so that the folds are of one size, too
    dealt[by_class] = np.arange(len(labels)) % folds
    return dealt
