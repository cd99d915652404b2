"""Readers teach what poor means, on features whose truth is known."""

from __future__ import annotations

import numpy as np
import pytest

from qmix_core.base.types import LOW, POOR_BELOW, Bucket, Context, QualityVerdict, Review, Status
from qmix_core.review.quality_teaching import (
    FINE,
    NONE,
    POOR,
    quality_verdicts,
    teach_quality,
)
from qmix_core.review.quality_threshold import at_threshold, count_at
from qmix_core.runs.quality_files import QualityBasis

COUNT, SIZE = 300, 40


def made(seed=0, hidden=2.5):
    """A basis whose log-odds see a part of what is poor, and the truth."""
    rng = np.random.default_rng(seed)
    is_poor = np.arange(COUNT) < 100
    features = rng.normal(size=(COUNT, SIZE)) * 0.5
    features[:, 0] += hidden * is_poor
    features /= np.sqrt((features**2).sum(axis=1).mean())
    log_odds = np.where(is_poor, -0.5, -2.5) + rng.normal(size=COUNT)
    basis = QualityBasis(np.arange(COUNT), features.astype(np.float32), log_odds.astype(np.float32))
    return basis, is_poor


def said_of(is_poor, number, seed=0):
    rng = np.random.default_rng(seed)
    verdicts = np.full(COUNT, NONE)
    for value in (POOR, FINE):
        own = rng.permutation(np.flatnonzero(is_poor == (value == POOR)))
        verdicts[own[:number]] = value
    return verdicts


def auroc(is_poor, score):
    return (score[is_poor][:, None] > score[~is_poor][None]).mean()


@pytest.mark.parametrize("number", [5, 20])
def test_five_verdicts_of_each_kind_teach_and_more_teach_more(number):
    basis, is_poor = made()
    before = auroc(is_poor, basis.log_odds)
    after = []
    for seed in range(5):
        verdicts = said_of(is_poor, number, seed)
        taught = teach_quality(basis, verdicts)
        unread = verdicts == NONE
        after.append(auroc(is_poor[unread], taught.log_odds[unread]))
        # and what is poor begins where the readers see it
        found = taught.log_odds > 0
        assert found[is_poor & unread].mean() > 0.6 > (basis.log_odds > 0)[is_poor].mean()
        assert (taught.poor, taught.fine) == (number, number)
    assert np.mean(after) > before + (0.02 if number == 5 else 0.05)


def test_verdicts_stay_what_they_are_and_the_auroc_is_of_others():
    basis, is_poor = made()
    verdicts = said_of(is_poor, 20)
    wrong = np.flatnonzero(verdicts == FINE)[:3]
    verdicts[wrong] = POOR
    taught = teach_quality(basis, verdicts)
    assert (taught.log_odds[verdicts == POOR] > 5).all()
    assert (taught.log_odds[verdicts == FINE] < -5).all()
    assert 0.7 < taught.auroc < 1
    # readers who toss a coin are found out
    verdicts[verdicts != NONE] = np.tile([POOR, FINE], 20)
    assert teach_quality(basis, verdicts).auroc < 0.75


def test_fewer_than_five_of_a_kind_teach_nothing():
    basis, is_poor = made()
    verdicts = said_of(is_poor, 5)
    verdicts[np.flatnonzero(verdicts == FINE)[0]] = NONE
    assert teach_quality(basis, verdicts) is None


def test_few_verdicts_move_others_moderately():
    basis, is_poor = made(hidden=0.0)
    taught = teach_quality(basis, said_of(is_poor, 5))
    unread = np.abs(taught.log_odds) < 9
    assert np.abs(taught.log_odds - basis.log_odds)[unread].mean() < 3


def test_thousand_images_are_taught_in_a_second():
    rng = np.random.default_rng(0)
    features = rng.normal(size=(1000, 128)).astype(np.float32) / np.float32(128**0.5)
    basis = QualityBasis(np.arange(1000), features, rng.normal(size=1000).astype(np.float32))
    verdicts = np.where(np.arange(1000) < 100, np.arange(1000) % 2, NONE)
    from time import process_time

    began = process_time()
    teach_quality(basis, verdicts)
    assert process_time() - began < 2


def test_what_was_excluded_from_the_poor_ones_is_poor():
    excluded = Status.EXCLUDED
    reviews = [
        Review(status=excluded),
        Review(status=excluded),
        Review(status=excluded, reason="wrong_kind"),
        Review(status=excluded, context=Context.PREFLIGHT),
        Review(status=excluded, quality=QualityVerdict.FINE),
        Review(status=Status.CONFIRMED, quality=QualityVerdict.FINE),
        Review(),
        Review(status=Status.CONFIRMED, quality=QualityVerdict.FINE),
    ]
    bucket = np.array([LOW, 0, LOW, LOW, LOW, LOW, LOW, LOW])
    given = [QualityVerdict.NONE] * 6 + [QualityVerdict.POOR] * 2
    found = quality_verdicts(reviews, bucket, given).tolist()
    assert found == [POOR, NONE, NONE, NONE, FINE, FINE, POOR, FINE]


def test_counts_and_buckets_follow_the_threshold(make_results):
    results = make_results(200)
    results.bucket[:] = at_threshold(results, 0.5000001).bucket
    results.bucket[0] = -1
    before, strict = count_at(results, POOR_BELOW), count_at(results, 0.9)
    for counts in (before, strict):
        assert sum(counts.levels.values()) == sum(counts.buckets.values()) == 199
        assert counts.levels["poor"] == counts.buckets[Bucket.MISLABELED_LOW_QUALITY]
    assert strict.levels["poor"] > before.levels["poor"]
    assert strict.levels["usable"] == 0
    assert strict.levels["good"] == before.levels["good"]
    moved = at_threshold(results, 0.9)
    assert moved.bucket[0] == -1
    assert (moved.posterior == results.posterior).all()
    stayed = moved.bucket != LOW
    assert (moved.bucket[stayed] == results.bucket[stayed]).all()
