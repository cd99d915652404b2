"""What a set's own images say of its labels, before any network has seen the label in question.

Three steps, each from the one before: which images are too poor to read, what heads that did not
see an image's label say of it, and how often labels go wrong. Together they give calibrated
posteriors, which the separation follows: as many images leave Clean as the noise there is.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from qmix_core.base.types import FloatArray, IntArray, NoiseEstimate
from qmix_core.dataset.folds import draw_groups
from qmix_core.engine.encoders.batches import split
from qmix_core.engine.label_audit.noise_model import Known, NoiseModel, fit_noise
from qmix_core.engine.label_audit.out_of_sample import FOLDS, OutOfSample, cross_fit
from qmix_core.engine.quality.poor_images import poor_log_odds
from qmix_core.engine.views.views import FeatureViews

BoolArray = NDArray[np.bool_]
Probabilities = NDArray[np.float64]

#: Below this many images heads vary more from deal to deal, and cost little.
_SMALL_SET = 1000
_MORE_REPEATS = 3
_RESAMPLES = 30
_ROUNDS_OF_RESAMPLE = 2
_INTERVAL = (2.5, 97.5)
#: A class of so few images is trusted half as much as the posterior says.
_FEW_IMAGES = 10.0
#: Standard deviation, in log-odds, of how far the model is believed to be off before readers said.
_READER_PRIOR = 1.0
_LARGEST_ODDS = 12.0
_FEATURE_BATCH = 512


@dataclass(frozen=True, slots=True)
class Evidence:
    """`posterior`: float32 [N, 3] in the order of BUCKETS; `true_class`: float32 [N, C],
    probability of each class to be the true one; `noise`: the estimate for the whole set.
    """

    posterior: FloatArray
    true_class: FloatArray
    noise: NoiseEstimate


def gather_evidence(
    views: FeatureViews,
    *,
    labels: IntArray,
    given: IntArray,
    is_verified: BoolArray,
    known_poor: BoolArray,
    classes: int,
    repeats: int,
    seed: int,
    device: torch.device,
    check: Callable[[], None],
    on_head: Callable[[int, int], None],
    groups: IntArray | None = None,
) -> Evidence:
    """Estimate noise and posteriors of N images from features of a frozen encoder.

    `labels`: int64 [N], as corrected so far; `given`: int64 [N], as they came; `is_verified`: a
    person vouches for the label; `known_poor`: a person kept the image as a poor one; `repeats`:
    deals of folds, three times as many for a small set; `groups`: int64 [N], images of one
    patient share a number and are never divided by the folds. `check` is called once a batch,
    `on_head` with (done, total) after each head.
    """
    rng = np.random.default_rng(seed)
    log_odds = poor_log_odds(
        _gather(views.plain, len(labels), check),
        _gather(views.poor, len(labels), check),
        labels,
        known_poor=known_poor,
        rng=rng,
        check=check,
        groups=groups,
    )
    known = Known(given, np.where(is_verified, labels, -1), log_odds > 0)
    learns = np.flatnonzero(~known.is_poor | is_verified)
    if len(learns) < FOLDS:
        learns = np.arange(len(labels))

    if len(labels) < _SMALL_SET:
        repeats *= _MORE_REPEATS
    heads, total = itertools.count(1), 2 * repeats * FOLDS

    def predict(targets: FloatArray, round_seed: int) -> OutOfSample:
        return cross_fit(
            views,
            targets,
            learns=learns,
            labels=labels,
            repeats=repeats,
            seed=round_seed,
            device=device,
            check=check,
            on_head=lambda: on_head(next(heads), total),
            groups=groups,
        )

    first = predict(np.eye(classes, dtype=np.float32)[labels], 2 * seed)
    model = fit_noise(first, known)
    second = predict(model.true_class(first, known), 2 * seed + 1)
    refined = fit_noise(second, known, table=model.table)
    unread = replace(known, verified=np.full(len(labels), -1))
    guesses = (model.true_class(first, unread), refined.true_class(second, unread))
    true_class: FloatArray = (guesses[0] + guesses[1]) / np.float32(2)
    p_wrong = _doubt_small_classes(_heed_readers(_wrong(true_class, given), known), given, classes)
    p_poor = _from_log_odds(log_odds)
    posterior = np.stack([1 - p_wrong, p_wrong * (1 - p_poor), p_wrong * p_poor], axis=1)
    noise = _estimate(first, known, p_wrong, model, rng, check, groups)
    return Evidence(posterior.astype(np.float32), true_class, noise)


def _gather(view: Callable[[Tensor], Tensor], count: int, check: Callable[[], None]) -> FloatArray:
    parts = []
    for indices in split(torch.arange(count), _FEATURE_BATCH):
        check()
        parts.append(view(indices).cpu().numpy())
    return np.concatenate(parts)


def _wrong(true_class: FloatArray, given: IntArray) -> Probabilities:
    p_wrong: Probabilities = 1.0 - true_class[np.arange(len(given)), given].astype(np.float64)
    return p_wrong.clip(0, 1)


def _heed_readers(p_wrong: Probabilities, known: Known) -> Probabilities:
    """Move all log-odds by what makes the verdicts of the verified images most likely.

    Readers' verdicts calibrate the decision: where they keep most labels that were doubted, all
    are doubted less. A maximum a posteriori shift, found by Newton's method.
    """
    is_verified = known.verified >= 0
    log_odds = _log_odds(p_wrong)
    was_wrong = (known.verified != known.given)[is_verified]
    shift = 0.0
    for _ in range(20):
        expected = _from_log_odds(log_odds[is_verified] + shift)
        slope = (was_wrong - expected).sum() - shift / _READER_PRIOR**2
        shift += slope / ((expected * (1 - expected)).sum() + 1 / _READER_PRIOR**2)
    return _from_log_odds(log_odds + shift)


def _doubt_small_classes(p_wrong: Probabilities, given: IntArray, classes: int) -> Probabilities:
    """Pull the verdicts on classes of few images towards the rate of the whole set."""
    sizes = np.bincount(given, minlength=classes)[given]
    # squared, so that the doubt is gone soon above that size
    trust = sizes**2 / (sizes**2 + _FEW_IMAGES**2)
    doubted: Probabilities = trust * p_wrong + (1 - trust) * p_wrong.mean()
    return doubted


def _estimate(
    seen: OutOfSample,
    known: Known,
    p_wrong: Probabilities,
    model: NoiseModel,
    rng: np.random.Generator,
    check: Callable[[], None],
    groups: IntArray | None,
) -> NoiseEstimate:
    """The noise of the set, with an interval by refitting on resampled patients."""
    count, classes = seen.plain.shape
    rates = []
    for _ in range(_RESAMPLES):
        check()
        drawn = draw_groups(groups if groups is not None else np.arange(count), rng)
        some = OutOfSample(seen.plain[drawn], seen.poor[drawn])
        inner = Known(known.given[drawn], known.verified[drawn], known.is_poor[drawn])
        again = fit_noise(some, inner, start=model, rounds=_ROUNDS_OF_RESAMPLE)
        rates.append(_wrong(again.true_class(some, inner), inner.given).mean())
    rate = float(p_wrong.mean())
    # the spread is taken from the resamples, its place from the estimate itself
    low, high = np.percentile(rates, _INTERVAL) - np.mean(rates) + rate
    by_class = np.bincount(known.given, weights=p_wrong, minlength=classes)
    return NoiseEstimate(
        rate=rate,
        low=float(np.clip(low, 0, rate)),
        high=float(np.clip(high, rate, 1)),
        poor=float(known.is_poor.mean()),
        by_given_class=(by_class / np.maximum(np.bincount(known.given, minlength=classes), 1)),
        table=model.table,
    )


def _log_odds(p: Probabilities) -> Probabilities:
    log_odds: Probabilities = np.log((p + 1e-6) / (1 - p + 1e-6))
    return log_odds


def _from_log_odds(log_odds: NDArray[np.floating]) -> Probabilities:
    clipped = np.clip(log_odds.astype(np.float64), -_LARGEST_ODDS, _LARGEST_ODDS)
    p: Probabilities = 1 / (1 + np.exp(-clipped))
    return p
