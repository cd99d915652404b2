"""Which images are too poor to read, learned from copies of the set's own images made poor.

A frozen encoder's features tell a spoiled image from a sharp one almost linearly, whatever the
modality. The sharp side of that lesson is polluted by the poor images that are looked for; so the
lesson is repeated, each time without those that it found.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from qmix_core.base.types import FloatArray, IntArray
from qmix_core.dataset.folds import deal_folds

BoolArray = NDArray[np.bool_]

#: Ridge penalty an image and 1,280 features of each round: strong while the sharp side is
#: polluted, weaker at the end, when the verdicts should be sure.
_PENALTIES = (4.8, 4.8, 4.8, 4.8, 4.8, 0.48)
_PENALTY_FEATURES = 1280
#: An image counts as poor from this log-odds on: odds of 5 to 3.
_POOR_FROM = 0.5
_SURE = 10.0
_FOLDS = 5
_MOST_LESSONS = 4000


def poor_log_odds(
    plain: FloatArray,
    spoiled: FloatArray,
    labels: IntArray,
    *,
    known_poor: BoolArray,
    rng: np.random.Generator,
    check: Callable[[], None] = lambda: None,
    groups: IntArray | None = None,
) -> FloatArray:
    """Log-odds that each image is too poor to read, above 0 where it counts as poor: float32 [N].

    `plain`, `spoiled`: [N, D], features of the images and of their poor copies; `labels`,
    `groups`: int64 [N], only to deal the folds, which never divide a group; `known_poor`:
    bool [N], images that a reader called poor; where there are no poor copies `spoiled` is
    `plain`, and only those are poor. `check` is called before each of some thirty fits.
    """
    if np.array_equal(plain, spoiled):
        # vectors that were made elsewhere: there is nothing to learn from
        return np.where(known_poor, _SURE, -_SURE).astype(np.float32)
    folds = deal_folds(labels, _FOLDS, rng, groups)
    mean, scale = plain.mean(axis=0), plain.std(axis=0)
    # a feature that is flat on sharp images must not explode on a poor one
    scale = np.maximum(scale, 0.1 * float(scale.mean()) + 1e-6)
    sharp_side, poor_side = (plain - mean) / scale, (spoiled - mean) / scale
    is_poor = known_poor.copy()
    log_odds = np.zeros(len(plain), dtype=np.float32)
    for penalty in _PENALTIES:
        for fold in range(_FOLDS):
            check()
            held_out = folds == fold
            lesson = np.flatnonzero(~held_out)
            if not held_out.any() or not (~is_poor[lesson]).any():
                continue
            lesson = rng.permutation(lesson)[:_MOST_LESSONS]
            found = is_poor[lesson]
            features = np.concatenate([sharp_side[lesson], poor_side[lesson]])
            target = np.concatenate([found, np.ones(len(lesson), dtype=np.bool_)])
            strength = penalty * len(target) * sharp_side.shape[1] / _PENALTY_FEATURES
            teacher = LogisticRegression(C=1 / strength, max_iter=100, tol=1e-3)
            # such small products are quicker on one core than shared among several
            with threadpool_limits(1):
                teacher.fit(features, target)
            shift = np.log(target.sum() / max((~target).sum(), 1))
            log_odds[held_out] = teacher.decision_function(sharp_side[held_out]) - shift
        is_poor = (log_odds > (_POOR_FROM if penalty == _PENALTIES[-1] else 0)) | known_poor
    log_odds -= _POOR_FROM
    log_odds[known_poor] = np.maximum(log_odds[known_poor], _SURE)
    return log_odds
