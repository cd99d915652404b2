"""How far buckets can be trusted, from random samples of them that a reader judged blindly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from qmix_core.base.types import Bucket, Context, Review, Status

#: Quantile of the normal distribution for intervals that hold 95 % of the time.
_Z = 1.959964
#: The reader found something to correct: a label, or an image too poor to read.
FAULTY = frozenset({Status.RELABELED, Status.EXCLUDED, Status.RETAKE, Status.KEPT_POOR})
SOUND = frozenset({Status.CONFIRMED})


@dataclass(frozen=True, slots=True)
class Share:
    """An estimated share with its 95 % interval, all in [0, 1]."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class BucketSample:
    """`faulty` of `checked` random images of a bucket were faulty; `left` are not reviewed yet."""

    checked: int
    faulty: int
    left: int


def is_check(review: Review, run: int | None) -> bool:
    """Whether this state came of a blind check of this run."""
    return review.context is Context.BLIND_CHECK and review.run == run


def wilson(hits: int, trials: int) -> Share | None:
    """Share of hits with its Wilson interval; None without trials.

    Raises:
        ValueError: hits are not within 0 and trials.
    """
    if not 0 <= hits <= trials:
        raise ValueError(f"{hits} hits in {trials} trials")
    if not trials:
        return None
    share, z2 = hits / trials, _Z**2
    middle = (share + z2 / (2 * trials)) / (1 + z2 / trials)
    reach = _Z * sqrt(share * (1 - share) / trials + z2 / (4 * trials**2)) / (1 + z2 / trials)
    # rounding must not put the share itself outside
    return Share(share, min(share, max(0.0, middle - reach)), max(share, min(1.0, middle + reach)))


def count_checks(checks: Sequence[Status], *, left: int) -> BucketSample:
    """Count the verdicts on the checked images of a bucket; ambiguous ones decide nothing."""
    faulty = sum(status in FAULTY for status in checks)
    return BucketSample(faulty + sum(status in SOUND for status in checks), faulty, left)


def precision(bucket: Bucket, sample: BucketSample) -> Share | None:
    """Share of the bucket's images that are what it says; None where none was checked."""
    right = sample.checked - sample.faulty if bucket is Bucket.CLEAN else sample.faulty
    return wilson(right, sample.checked)


def expected_left(samples: Mapping[Bucket, BucketSample]) -> Share | None:
    """Faulty images still to be expected among those left, as numbers of images.

    None while a bucket with images left has no check. The interval adds the buckets' own limits,
    so it is wider than 95 % rather than narrower.
    """
    totals = [0.0, 0.0, 0.0]
    for sample in samples.values():
        if not sample.left:
            continue
        share = wilson(sample.faulty, sample.checked)
        if share is None:
            return None
        for place, value in enumerate((share.value, share.low, share.high)):
            totals[place] += value * sample.left
    return Share(*totals)
