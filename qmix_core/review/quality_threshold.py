"""Verdicts and counts at the threshold of quality that a person set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from qmix_core.base.image_quality import GOOD_FROM, QualityLevel, quality_of
from qmix_core.base.types import (
    CLEAN,
    HIGH,
    LOW,
    POOR_BELOW,
    Bucket,
    FloatArray,
    IntArray,
    Partition,
    RunResults,
)


@dataclass(frozen=True, slots=True)
class QualityCounts:
    """Images of a run by level of quality and by bucket, at one threshold."""

    levels: Mapping[QualityLevel, int]
    buckets: Mapping[Bucket, int]


def at_threshold(results: RunResults, poor_below: float) -> RunResults:
    """The verdicts with the images of low quality that this threshold makes.

    The posterior stays; images that the run did not see stay without a bucket. The threshold that
    the run used itself leaves all as it was.
    """
    if poor_below == POOR_BELOW:
        return results
    return _with_posterior(results, results.posterior, poor_below)


def as_taught(
    results: RunResults, sample: IntArray, log_odds: FloatArray, poor_below: float
) -> RunResults:
    """The verdicts with the quality that readers taught: of being too poor to read, float32 [N], of
    the images `sample`, int64 [N]. P(wrong) stays.
    """
    posterior = results.posterior.copy()
    p_poor = 1 - quality_of(log_odds)
    p_wrong = results.p_wrong[sample]
    posterior[sample, LOW] = p_poor
    posterior[sample, HIGH] = (1 - p_poor) * p_wrong
    posterior[sample, CLEAN] = (1 - p_poor) * (1 - p_wrong)
    return _with_posterior(results, posterior, poor_below)


def _with_posterior(results: RunResults, posterior: FloatArray, poor_below: float) -> RunResults:
    bucket = Partition.of(posterior, poor_below=poor_below).bucket
    bucket[results.bucket < 0] = -1
    return replace(results, posterior=posterior, bucket=bucket)


def count_at(results: RunResults, poor_below: float) -> QualityCounts:
    """Count the images that the run saw: what a person watches while they move the threshold."""
    posterior = results.posterior[results.bucket >= 0]
    quality = 1 - posterior[:, LOW]
    poor = int((quality < poor_below).sum())
    good = int((quality >= max(GOOD_FROM, poor_below)).sum())
    levels = {
        QualityLevel.GOOD: good,
        QualityLevel.USABLE: len(quality) - good - poor,
        QualityLevel.POOR: poor,
    }
    return QualityCounts(levels, Partition.of(posterior, poor_below=poor_below).counts())
