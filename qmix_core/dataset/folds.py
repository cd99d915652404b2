"""Folds for cross-fitting, and resamples for intervals. Neither divides a patient."""

from __future__ import annotations

import numpy as np

from qmix_core.base.types import IntArray


def deal_folds(
    labels: IntArray, folds: int, rng: np.random.Generator, groups: IntArray | None = None
) -> IntArray:
    """Deal the images of each class evenly to the folds: int64 [N] in [0, folds).

    A class with fewer images than folds goes to as many folds as it has images. Images of one
    group (int64 [N]) go to one fold, unless there are fewer groups than folds.
    """
    group = np.arange(len(labels))
    if groups is not None:
        found, numbers = np.unique(groups, return_inverse=True)
        group = numbers if len(found) >= folds else group
    sizes = np.bincount(group)
    lowest = np.full(len(sizes), labels.max(initial=0))
    highest = np.zeros_like(lowest)
    np.minimum.at(lowest, group, labels)
    np.maximum.at(highest, group, labels)
    order = rng.permutation(len(sizes))
    alike = order[np.lexsort((lowest[order], highest[order], sizes[order]))]
    dealt = np.zeros(len(sizes), dtype=np.int64)
    # one round over all classes, so that the folds are of one size, too
    dealt[alike] = np.arange(len(sizes)) % folds
    return dealt[group]


def draw_groups(groups: IntArray, rng: np.random.Generator) -> tuple[IntArray, IntArray]:
    """Positions of the images of as many groups as there are, drawn with replacement, and by which
    draw each came: int64 [M] each.

    `groups`: int64 [N]. Single images come as `rng.integers` would draw them.
    """
    _, first, numbers = np.unique(groups, return_index=True, return_inverse=True)
    by_group = np.argsort(numbers, kind="stable")
    sizes = np.bincount(numbers)
    starts = np.cumsum(sizes) - sizes
    # groups are numbered as their first images come
    drawn = np.argsort(first)[rng.integers(len(sizes), size=len(sizes))]
    rows = np.concatenate([by_group[starts[g] : starts[g] + sizes[g]] for g in drawn])
    return rows, np.repeat(np.arange(len(drawn)), sizes[drawn])
