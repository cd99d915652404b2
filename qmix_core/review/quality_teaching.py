"""Readers teach what poor means: a head on the features that a run left, in a second.

The engine's own log-odds are what the head starts from. What readers say moves them: where poor
begins, and along the features by which their verdicts differ from the engine's. The fewer they are,
the less they move (docs/decisions/0024-image-quality.md).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qmix_core.base.image_quality import QualityReason, quality_reason
from qmix_core.base.types import (
    LOW,
    Context,
    IntArray,
    QualityVerdict,
    Review,
    Status,
)
from qmix_core.dataset.folds import deal_folds
from qmix_core.runs.quality_files import QualityBasis, TaughtQuality

#: So many verdicts of each kind are needed.
FEWEST = 5
#: Verdicts as numbers.
NONE, FINE, POOR = -1, 0, 1
NUMBERS = {QualityVerdict.POOR: POOR, QualityVerdict.FINE: FINE}
#: How far, in log-odds, readers are believed to differ from the engine (standard deviations): by
#: the features, in where poor begins, and in how steep it is.
_BY_FEATURES, _BY_THRESHOLD, _BY_SLOPE = 6.0, 2.0, 0.5
#: Beyond these log-odds the engine is sure of nothing more.
_LARGEST = 6.0
#: Log-odds of what a reader said of an image: a fact.
_FACT = 10.0
_FOLDS = 5

Numbers = NDArray[np.float64]


def quality_verdicts(
    reviews: Sequence[Review], bucket: IntArray, given: Sequence[QualityVerdict] = ()
) -> IntArray:
    """What readers said of N images: int64 [N], `POOR`, `FINE` or `NONE`.

    `reviews`: their states; `bucket`: int64 [N], where the run put them, index into BUCKETS: an
    image that was excluded from the poor ones is poor, unless it is of another kind; `given`: what
    the table said, which counts where no reader did.
    """
    said = np.full(len(reviews), NONE, dtype=np.int64)
    for position, verdict in enumerate(given):
        said[position] = NUMBERS.get(verdict, NONE)
    for position, (review, own) in enumerate(zip(reviews, bucket, strict=True)):
        own_word = verdict_of(review, own)
        said[position] = said[position] if own_word == NONE else own_word
    return said


def verdict_of(review: Review, bucket: int) -> int:
    """What a reader said of one image that the run put into this bucket; -1 for none."""
    return NUMBERS.get(_said(review, bucket), NONE)


def _said(review: Review, bucket: int) -> QualityVerdict:
    is_excluded = review.status is Status.EXCLUDED and review.context is not Context.PREFLIGHT
    if review.quality is QualityVerdict.NONE and is_excluded and bucket == LOW:
        of_other_kind = quality_reason(review.reason) is QualityReason.WRONG_KIND
        return QualityVerdict.NONE if of_other_kind else QualityVerdict.POOR
    return review.quality


def teach_quality(
    basis: QualityBasis, verdicts: IntArray, *, groups: IntArray | None = None
) -> TaughtQuality | None:
    """New log-odds of all N images of `basis` by what readers said of some.

    `verdicts`: int64 [N], `POOR`, `FINE` or `NONE`; those images keep what was said of them.
    `groups`: int64 [N], patients, whose images are not divided to measure the AUROC. None with
    fewer than `FEWEST` verdicts of either kind.
    """
    poor, fine = int((verdicts == POOR).sum()), int((verdicts == FINE).sum())
    if min(poor, fine) < FEWEST:
        return None
    read = np.flatnonzero(verdicts != NONE)
    features = basis.features.astype(np.float64)
    own = np.clip(basis.log_odds.astype(np.float64), -_LARGEST, _LARGEST)
    is_poor = verdicts[read] == POOR
    head = _fitted(features[read], own[read], is_poor)
    log_odds = _applied(head, features, own)
    log_odds[read] = np.where(is_poor, _FACT, -_FACT)
    auroc = _cross_validated(
        features[read], own[read], is_poor, None if groups is None else groups[read]
    )
    return TaughtQuality(log_odds.astype(np.float32), poor, fine, auroc)


def _fitted(features: Numbers, own: Numbers, is_poor: NDArray[np.bool_]) -> Numbers:
    """Maximum a posteriori of the head: weights, threshold and slope, float64 [K + 2]."""
    from scipy.optimize import minimize  # takes a moment to load, which nothing else has a use for

    columns = np.column_stack([features, np.ones(len(own)), own])
    spread = np.full(columns.shape[1], _BY_FEATURES)
    spread[-2:] = _BY_THRESHOLD, _BY_SLOPE
    # which images a reader happened to judge says nothing of how many are poor
    weight = len(is_poor) / 2 / np.where(is_poor, is_poor.sum(), (~is_poor).sum())

    def loss(head: Numbers) -> tuple[float, Numbers]:
        log_odds = own + columns @ head
        p_poor = 1 / (1 + np.exp(-log_odds))
        missed = np.logaddexp(0, log_odds) - is_poor * log_odds
        total = (weight * missed).sum() + 0.5 * ((head / spread) ** 2).sum()
        return float(total), columns.T @ (weight * (p_poor - is_poor)) + head / spread**2

    fitted: Numbers = minimize(loss, np.zeros(len(spread)), jac=True, method="L-BFGS-B").x
    return fitted


def _applied(head: Numbers, features: Numbers, own: Numbers) -> Numbers:
    moved: Numbers = own + features @ head[:-2] + head[-2] + own * head[-1]
    return moved


def _cross_validated(
    features: Numbers, own: Numbers, is_poor: NDArray[np.bool_], groups: IntArray | None
) -> float | None:
    """AUROC of the verdicts by heads that did not learn them; None where a fold has no others."""
    folds = deal_folds(is_poor.astype(np.int64), _FOLDS, np.random.default_rng(0), groups)
    found = np.zeros(len(is_poor))
    for fold in np.unique(folds):
        out = folds == fold
        if len(np.unique(is_poor[~out])) < 2:
            return None
        head = _fitted(features[~out], own[~out], is_poor[~out])
        found[out] = _applied(head, features[out], own[out])
    fine = np.sort(found[~is_poor])
    below = [np.searchsorted(fine, found[is_poor], side=side) for side in ("left", "right")]
    return float(np.mean(below) / len(fine))
