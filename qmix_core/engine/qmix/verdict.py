"""What the networks' judgements say of the labels: how much noise, and P(wrong) of each image.

The judgements are out of sample, so the noise model can be fitted to them. What readers verified
calibrates it; where it cannot know better, its verdicts are held back (METHOD section 11).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from sklearn.metrics import roc_auc_score

from qmix_core.base.types import (
    WRONG_FROM,
    BoolArray,
    FloatArray,
    IntArray,
    NoiseEstimate,
    Partition,
    RunResults,
)
from qmix_core.dataset.folds import draw_groups
from qmix_core.engine.qmix.co_training import Judgements
from qmix_core.engine.qmix.noise_model import Known, NoiseModel, OutOfSample, fit_noise

Probabilities = NDArray[np.float64]

#: Fewer images, or fewer of a class, get a ranking and no verdict.
FEWEST_IMAGES, FEWEST_OF_A_CLASS = 100, 10
#: Highest P(wrong) of what is held back: just inside Clean.
_HELD_BACK = WRONG_FROM - 0.01
#: Two classes whose images are surely ranked hardly better than by chance cannot be told apart.
_LEAST_AUROC, _LOOKS_LIKE_EITHER = 0.6, 0.5
_RESAMPLES = 30
_ROUNDS_OF_RESAMPLE = 2
_INTERVAL = (2.5, 97.5)
_TWO_SIDED = 1.96
#: A class of so few images is trusted half as much as the posterior says.
_HALF_TRUSTED_SIZE = 5.0
#: Standard deviation, in log-odds, of how far the model is believed to be off before readers said.
_READER_PRIOR = 1.0
_LARGEST_ODDS = 12.0
_SAME_RATE = 1e-6
_LOSS_CAP_PERCENTILE = 99.0
#: Share of the loss in the error score: enough to order images of which the posterior is sure.
_LOSS_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class WarmUp:
    """What the warm-up measured, whose networks knew neither what readers verified nor, by way of
    lessons that others made, the labels that they judge: `shift`, what readers' verdicts add to
    log-odds; `rate`, the share of wrong labels.
    """

    shift: float
    rate: float


@dataclass(frozen=True, slots=True)
class Belief:
    """What one round says of N labels.

    `model`: the noise model; `seen`: float32 [N, C], the classes by the image alone; `true_class`:
    float32 [N, C], with the given label and the patient's other images, but without what readers
    verified of this one; `p_wrong`: float64 [N], not held back; `p_wrong_alone`: the same without
    the patient's other images; `confused`: bool [C, C], pairs of classes that cannot be told apart;
    `disagreement`: how far apart the warm-up and this round by itself put the share of wrong
    labels.
    """

    model: NoiseModel
    seen: FloatArray
    true_class: FloatArray
    p_wrong: Probabilities
    p_wrong_alone: Probabilities
    confused: BoolArray
    disagreement: float = 0.0


def believe(
    opinions: Sequence[Judgements], known: Known, *, before: WarmUp | None
) -> tuple[Belief, WarmUp]:
    """Fit the noise model to what both opinions say; `before`: the warm-up, None in it.

    Later rounds rank better, but their lessons were made by networks that saw the labels to judge:
    they find fewer wrong ones where many are, and the warm-up too many. The share of wrong labels
    is the mean of both (ADR 26).
    """
    mean = mean_of(opinions)
    model = fit_noise(mean, known)
    seen = model.readable(mean)
    confused = confused_pairs(seen, known)
    true_class = _before_reading(model, mean, known)

    def told_wrong(classes: FloatArray) -> Probabilities:
        # what falls to a class that cannot be told from the given one says nothing of the label
        blind = (classes * confused[known.given]).sum(axis=1)
        told: Probabilities = wrong_of(classes, known.given) - blind
        return told.clip(0, 1)

    p_wrong, alone = told_wrong(true_class), told_wrong(model.alone(mean, known.unread()))
    own_rate = float(p_wrong.mean())
    if before is None:
        before = WarmUp(reader_shift(p_wrong, known), own_rate)
    shift = before.shift + shift_to_rate(p_wrong, (before.rate + own_rate) / 2)
    p_wrong, alone = (
        _doubt_small_classes(from_log_odds(_log_odds(p) + shift), known.given, len(confused))
        for p in (p_wrong, alone)
    )
    apart = abs(own_rate - before.rate)
    return Belief(model, seen, true_class, p_wrong, alone, confused, apart), before


def _before_reading(model: NoiseModel, mean: OutOfSample, known: Known) -> FloatArray:
    """P(true class) of each image as if nobody had read it, but the patient's others: [N, C]."""
    true_class = model.true_class(mean, known)
    is_verified = known.verified >= 0
    if is_verified.any():
        true_class[is_verified] = model.true_class(mean, known.unread())[is_verified]
    return true_class


def shift_to_rate(p_wrong: Probabilities, rate: float) -> float:
    """What to add to all log-odds of N images so that their mean is this; 0 if nothing does."""
    if abs(p_wrong.mean() - rate) < _SAME_RATE:
        return 0.0
    log_odds = _log_odds(p_wrong)

    def gap(shift: float) -> float:
        return float(from_log_odds(log_odds + shift).mean()) - rate

    if not gap(-_LARGEST_ODDS) < 0 < gap(_LARGEST_ODDS):
        return 0.0
    return float(brentq(gap, -_LARGEST_ODDS, _LARGEST_ODDS))


def mean_of(opinions: Sequence[Judgements]) -> OutOfSample:
    """The mean of all opinions, of each the mean of its networks."""
    return OutOfSample.mean([OutOfSample.mean(opinion) for opinion in opinions])


def wrong_of(true_class: FloatArray, given: IntArray) -> Probabilities:
    """P(the given label is not the true class): float64 [N]."""
    p_wrong: Probabilities = 1.0 - true_class[np.arange(len(given)), given].astype(np.float64)
    return p_wrong.clip(0, 1)


def reader_shift(p_wrong: Probabilities, known: Known) -> float:
    """What to add to all log-odds so that the verdicts of the verified images are likeliest.

    Readers' verdicts calibrate the decision: where they keep most labels that were doubted, all
    are doubted less. A maximum a posteriori shift, found by Newton's method.
    """
    is_verified = known.verified >= 0
    log_odds = _log_odds(p_wrong)[is_verified]
    was_wrong = (known.verified != known.given)[is_verified]
    shift = 0.0
    for _ in range(20):
        expected = from_log_odds(log_odds + shift)
        slope = (was_wrong - expected).sum() - shift / _READER_PRIOR**2
        shift += float(slope / ((expected * (1 - expected)).sum() + 1 / _READER_PRIOR**2))
    return shift


def _doubt_small_classes(p_wrong: Probabilities, given: IntArray, classes: int) -> Probabilities:
    """Pull the verdicts on classes of few images towards the rate of the whole set."""
    sizes = np.bincount(given, minlength=classes)[given]
    # squared, so that the doubt is gone soon above that size
    trust = sizes**2 / (sizes**2 + _HALF_TRUSTED_SIZE**2)
    doubted: Probabilities = trust * p_wrong + (1 - trust) * p_wrong.mean()
    return doubted


def confused_pairs(seen: FloatArray, known: Known) -> BoolArray:
    """Classes that the networks rank hardly better than by chance: bool [C, C], symmetric.

    `seen`: [N, C], by the images alone. Classes of few images are not judged, and of others only
    what is sure by a standard error.
    """
    classes = seen.shape[1]
    confused = np.zeros((classes, classes), dtype=np.bool_)
    counted = ~known.is_poor & (known.verified < 0)
    for a in range(classes):
        for b in range(a + 1, classes):
            # what looks like a third class is there by a wrong label
            either = seen[:, a] + seen[:, b]
            rows = counted & np.isin(known.given, (a, b)) & (either > _LOOKS_LIKE_EITHER)
            is_b = known.given[rows] == b
            if min(is_b.sum(), (~is_b).sum()) < FEWEST_OF_A_CLASS:
                continue
            share = seen[rows, b] / either[rows]
            auroc = float(roc_auc_score(is_b, share))
            error = _error_of_auroc(auroc, int((~is_b).sum()), int(is_b.sum()))
            confused[a, b] = confused[b, a] = auroc + error < _LEAST_AUROC
    return confused


def _error_of_auroc(auroc: float, negatives: int, positives: int) -> float:
    """Its standard error (Hanley and McNeil, Radiology 1982)."""
    square = auroc**2
    of_positives = (positives - 1) * (auroc / (2 - auroc) - square)
    of_negatives = (negatives - 1) * (2 * square / (1 + auroc) - square)
    variance = (auroc * (1 - auroc) + of_positives + of_negatives) / (positives * negatives)
    return float(np.sqrt(max(variance, 0.0)))


def held_back(p_wrong: Probabilities, given: IntArray, classes: int) -> Probabilities:
    """P(wrong) where there is a verdict; just inside Clean where there are too few images."""
    few = np.bincount(given, minlength=classes)[given] < FEWEST_OF_A_CLASS
    if len(given) < FEWEST_IMAGES:
        few[:] = True
    return np.where(few, np.minimum(p_wrong, _HELD_BACK), p_wrong)


def posterior_of(p_wrong: Probabilities, p_poor: Probabilities) -> FloatArray:
    """P_C, P_H, P_L: what cannot be read says nothing of its label; the rest is right or wrong."""
    return np.stack([(1 - p_poor) * (1 - p_wrong), (1 - p_poor) * p_wrong, p_poor], axis=1).astype(
        np.float32
    )


def estimate_noise(
    opinions: Sequence[Judgements],
    known: Known,
    belief: Belief,
    *,
    rng: np.random.Generator,
    check: Callable[[], None],
) -> NoiseEstimate:
    """The noise of the set, with an interval by refitting on resampled patients and networks."""
    count, classes = belief.seen.shape
    patients = np.arange(count) if known.patients is None else known.patients
    rates = []
    for _ in range(_RESAMPLES):
        check()
        drawn, draws = draw_groups(patients, rng)
        some = [[kind[i] for i in rng.integers(len(kind), size=len(kind))] for kind in opinions]
        mean, inner = mean_of(some).take(drawn), replace(known.take(drawn), patients=draws)
        again = fit_noise(mean, inner, start=belief.model, rounds=_ROUNDS_OF_RESAMPLE)
        rates.append(wrong_of(again.true_class(mean, inner), inner.given).mean())
    p_wrong = np.where(known.verified >= 0, known.verified != known.given, belief.p_wrong)
    rate = float(p_wrong.mean())
    # the spread is taken from the resamples, its place from the estimate itself; that of which
    # labels are wrong in this very set, even were the model known, comes on top, and how far the
    # rounds disagree: the mean of two that lie d apart has a standard error of d / 2
    by_chance = _TWO_SIDED * np.sqrt((p_wrong * (1 - p_wrong)).sum()) / count
    on_top = np.hypot(by_chance, _TWO_SIDED * belief.disagreement / 2)
    below, above = np.hypot(np.percentile(rates, _INTERVAL) - np.mean(rates), on_top)
    by_class = np.bincount(known.given, weights=p_wrong, minlength=classes)
    return NoiseEstimate(
        rate=rate,
        low=max(rate - float(below), 0.0),
        high=min(rate + float(above), 1.0),
        poor=float(known.is_poor.mean()),
        by_given_class=(by_class / np.maximum(np.bincount(known.given, minlength=classes), 1)),
        table=belief.model.table,
    )


def judge(
    belief: Belief,
    posterior: FloatArray,
    given: IntArray,
    *,
    loss: FloatArray,
    uncertainty: FloatArray,
    separations: Sequence[FloatArray],
) -> RunResults:
    """The verdict on N images; METHOD section 4, "Outputs per image".

    `posterior`: float32 [N, 3], with what people know; `loss`, `uncertainty`: float32 [2, N], by
    both kinds of networks; `separations`: float32 [2, N, 3] of each round.
    """
    partition = Partition.of(posterior)
    p_wrong = partition.p_wrong
    mean_loss = loss.mean(axis=0)
    capped = np.minimum(mean_loss, np.percentile(mean_loss, _LOSS_CAP_PERCENTILE))
    spread = float(np.ptp(capped))
    scaled = (capped - capped.min()) / spread if spread > 0 else np.zeros_like(capped)
    # a ranking is given also of what is held back
    suspicion = np.where(p_wrong > 0, np.maximum(p_wrong, belief.p_wrong), 0.0)
    suggested, probability = _suggestions(belief.true_class, p_wrong, given)
    agreeing = np.stack([Partition.of(item).bucket == partition.bucket for item in separations])
    return RunResults(
        bucket=partition.bucket,
        suggested=suggested,
        probability=probability,
        posterior=partition.posterior,
        error_score=((1 - _LOSS_SHARE) * suspicion + _LOSS_SHARE * scaled).astype(np.float32),
        loss=mean_loss.astype(np.float32),
        uncertainty=uncertainty.mean(axis=0).astype(np.float32),
        stability=agreeing.mean(axis=(0, 1)).astype(np.float32),
    )


def _suggestions(
    true_class: FloatArray, p_wrong: FloatArray, given: IntArray
) -> tuple[IntArray, FloatArray]:
    """The likeliest class and its probability, by one belief: it shares with P(wrong) what is 1.

    An image that left Clean never suggests its given label: it is borderline, and the runner-up is
    what to look for.
    """
    rows = np.arange(len(given))
    others = true_class.copy()
    others[rows, given] = 0
    others *= (p_wrong / np.maximum(others.sum(axis=1), 1e-12))[:, None]
    others[rows, given] = np.where(p_wrong < WRONG_FROM, 1 - p_wrong, 0)
    suggested = others.argmax(axis=1).astype(np.int64)
    return suggested, others[rows, suggested].astype(np.float32)


def _log_odds(p: Probabilities) -> Probabilities:
    log_odds: Probabilities = np.log((p + 1e-6) / (1 - p + 1e-6))
    return log_odds


def from_log_odds(log_odds: NDArray[np.floating]) -> Probabilities:
    """Log-odds -> probabilities, never quite 0 or 1."""
    clipped = np.clip(log_odds.astype(np.float64), -_LARGEST_ODDS, _LARGEST_ODDS)
    p: Probabilities = 1 / (1 + np.exp(-clipped))
    return p
