"""Why an image is poor: which kind of spoiled copy it is most like, where that can be trusted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import RidgeClassifier
from threadpoolctl import threadpool_limits

from qmix_core.base.types import BoolArray, FloatArray, IntArray
from qmix_core.engine.quality.poor_images import spread_of
from qmix_core.engine.views.degraded_views import FAULT_NAMES, fault_of

_FOLDS = 5
_MOST_LESSONS = 4000
_PENALTY = 1.0
#: Weaker copies look like sharp images of all kinds.
_CLEAR = 0.3
#: A reason that is wrong more often than this on copies is not named.
_RELIABLE = 0.6
_FEWEST = 5


@dataclass(frozen=True, slots=True)
class Reasons:
    """`fault`: int64 [N], index into FAULT_NAMES, -1 where the image is not poor or the reason is
    not reliable; `reliability`: float32, one a fault, how often that reason was right on copies.
    """

    fault: IntArray
    reliability: FloatArray


def find_reasons(
    plain: FloatArray,
    spoiled: FloatArray,
    is_poor: BoolArray,
    *,
    rng: np.random.Generator,
    rows: IntArray | None = None,
    parts: tuple[int, ...] = (),
) -> Reasons:
    """Name the fault of each poor image, from features [N, D]; arguments as of `judge_images`."""
    kinds, strengths = fault_of(np.arange(len(plain)) if rows is None else rows)
    fault = np.full(len(plain), -1, dtype=np.int64)
    reliability = np.zeros(len(FAULT_NAMES), dtype=np.float32)
    # copies of poor images have two faults
    lesson = rng.permutation(np.flatnonzero(~is_poor & (strengths >= _CLEAR)))[:_MOST_LESSONS]
    if len(lesson) < _FOLDS * len(FAULT_NAMES):
        return Reasons(fault, reliability)
    mean, scale = spread_of(plain[~is_poor], parts)
    copies, taught = (spoiled[lesson] - mean) / scale, kinds[lesson]
    fold = np.arange(len(lesson)) % _FOLDS
    named = np.zeros_like(taught)
    penalty = _PENALTY * plain.shape[1]
    with threadpool_limits(1):
        for held_out in range(_FOLDS):
            own = fold == held_out
            teacher = RidgeClassifier(alpha=penalty).fit(copies[~own], taught[~own])
            named[own] = teacher.predict(copies[own])
        if is_poor.any():
            teacher = RidgeClassifier(alpha=penalty).fit(copies, taught)
            fault[is_poor] = teacher.predict((plain[is_poor] - mean) / scale)
    for kind in range(len(FAULT_NAMES)):
        if (named == kind).sum() >= _FEWEST:
            reliability[kind] = (taught[named == kind] == kind).mean()
    fault[(fault >= 0) & (reliability[fault] < _RELIABLE)] = -1
    return Reasons(fault, reliability)
