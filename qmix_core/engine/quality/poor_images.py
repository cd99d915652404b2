"""Which images are too poor to read, learned from copies of the set's own images made poor.

A frozen encoder's features tell a spoiled image from a sharp one almost linearly, whatever the
modality. The sharp side of that lesson is polluted by the poor images that are looked for. So a
first order is made that pollution does not hurt, only the better part of each class counts as
sharp, and the lesson is repeated. Since every class, as its labels are given, has its better part
on the sharp side, a class that is hazy by disease is judged among itself.

The choices are explained and measured in docs/decisions/0024-image-quality.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from qmix_core.base.types import BoolArray, FloatArray, IntArray
from qmix_core.dataset.folds import deal_folds
from qmix_core.engine.encoders.levels import even_scale
from qmix_core.engine.views.degraded_views import FAULT_NAMES, fault_of

Scores = NDArray[np.float64]

_FOLDS = 5
_MOST_LESSONS = 4000
#: Inverse ridge penalties at 1,280 features. The first is so strong that little but the difference
#: of the means is left, which the poor images among the sharp ones hardly move.
_FIRST_C, _LATER_C, _FEATURES = 1e-6, 1e-3, 1280
#: Share of each class that counts as sharp while its order is sought, and in the last lesson.
_SURELY_SHARP, _SHARP = 0.5, 0.65
_ROUNDS = 2
#: The last lesson is taught by copies of this strength and more.
_SEVERE = 0.6
#: Quantiles between which readable images are spread like the lower half of a normal
#: distribution: poor images hardly ever lie there.
_LOW, _CENTRE, _LOW_TO_CENTRE = 0.08, 0.35, 1.02
#: An image is poor from this share of the height of the severe copies on, between these bounds,
#: in spreads.
_POOR_FROM, _POOR_BOUNDS = 0.46, (3.7, 5.0)
#: Readable images, for what they lose by being spoiled, lie below this.
_READABLE = 2.0
#: Where what counts as poor is more than `_FEW` of the set and loses more than this by being
#: spoiled, of what readable images lose, it is unusual rather than poor: only the worst `_FEW` of
#: each class count then, and what is worse than this share of the severe copies.
_MOST_TO_LOSE, _FEW, _WORST = 0.72, 0.05, 0.75
#: Smaller sets, and sets whose severe copies lie lower than this, are not judged.
_FEWEST, _LOWEST = 20, 3.0
#: A class is judged among itself where by the measure of the whole set most of it would be poor.
_MOST = 0.5
_SURE = 10.0
#: A feature that is flat on sharp images must not explode on a poor one.
_LEAST_DEVIATION = 0.1
_UNKNOWN = -4.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """How poor N images look: float32 [N] log-odds, above 0 where too poor to read.

    `is_judged`: False where the lesson teaches nothing here, and all count as readable;
    `is_strict`: False where much looks unusual rather than poor, and only the worst count;
    `among_themselves`: numbers of the classes that are hazy as a whole.
    """

    log_odds: FloatArray
    is_judged: bool
    is_strict: bool = True
    among_themselves: tuple[int, ...] = ()

    @property
    def is_poor(self) -> BoolArray:
        """Which images count as poor by default: bool [N]."""
        return self.log_odds > 0


def judge_with_known(
    plain: FloatArray,
    spoiled: FloatArray,
    labels: IntArray,
    *,
    known_poor: BoolArray,
    known_fine: BoolArray | None = None,
    rng: np.random.Generator,
    check: Callable[[], None] = lambda: None,
    groups: IntArray | None = None,
    detail: FloatArray | None = None,
    rows: IntArray | None = None,
    parts: tuple[int, ...] = (),
) -> Judgement:
    """As `judge_images`, but sure of the images that a reader called poor or fine.

    `known_poor`, `known_fine`: bool [N].
    """
    judgement = judge_images(
        plain,
        spoiled,
        labels,
        rng=rng,
        check=check,
        groups=groups,
        detail=detail,
        rows=rows,
        parts=parts,
    )
    log_odds = judgement.log_odds.copy()
    log_odds[known_poor] = np.maximum(log_odds[known_poor], _SURE)
    if known_fine is not None:
        log_odds[known_fine] = np.minimum(log_odds[known_fine], -_SURE)
    return replace(judgement, log_odds=log_odds)


def judge_images(
    plain: FloatArray,
    spoiled: FloatArray,
    labels: IntArray,
    *,
    rng: np.random.Generator,
    check: Callable[[], None] = lambda: None,
    groups: IntArray | None = None,
    detail: FloatArray | None = None,
    rows: IntArray | None = None,
    parts: tuple[int, ...] = (),
) -> Judgement:
    """Judge N images by features of a frozen encoder.

    `plain`, `spoiled`: [N, D], features of the images and of a spoiled copy of each (see
    `views.degraded_views`); `labels`: int64 [N], classes as given, all 0 where there are none;
    `groups`: int64 [N], never divided by the folds; `detail`: float32 [N] of `local_detail`;
    `rows`: int64 [N], the rows that the copies were made with, 0 to N - 1 if None; `parts`: of the
    D features, those that are to count alike, see `encoders.levels`. Where there are no copies
    `spoiled` is `plain`, and nothing is judged. `check` is called before each fit.
    """
    if len(plain) < _FEWEST or np.array_equal(plain, spoiled):
        return _not_judged(len(plain))
    kinds, strengths = fault_of(np.arange(len(plain)) if rows is None else rows)
    folds = deal_folds(labels, _FOLDS, rng, groups)
    lesson = _Lesson(plain, spoiled, kinds, strengths, folds, detail, parts, rng, check)
    among_itself = lesson.judged(labels)
    if labels.min() == labels.max() or not among_itself.is_judged:
        return among_itself
    by_all = lesson.judged(np.zeros_like(labels))
    hazy = tuple(
        int(label)
        for label in np.unique(labels)
        if by_all.is_poor[labels == label].mean() > _MOST
        and among_itself.is_poor[labels == label].mean() < _MOST
    )
    return Judgement(among_itself.log_odds, True, among_itself.is_strict, hazy)


def _not_judged(count: int) -> Judgement:
    return Judgement(np.full(count, _UNKNOWN, dtype=np.float32), is_judged=False)


@dataclass(frozen=True, slots=True)
class _Lesson:
    """Cross-fitted ridges that tell images from spoiled copies; fields as of `judge_images`.

    `kinds`, `strengths`: of the copies' faults, as of `fault_of`.
    """

    plain: FloatArray
    spoiled: FloatArray
    kinds: IntArray
    strengths: FloatArray
    folds: IntArray
    detail: FloatArray | None
    parts: tuple[int, ...]
    rng: np.random.Generator
    check: Callable[[], None]

    def judged(self, labels: IntArray) -> Judgement:
        everything = np.ones(len(labels), dtype=np.bool_)
        order = _rank_within(self._scores(everything, everything, _FIRST_C)[0], labels)
        if self.detail is not None:
            order += _rank_within(-self.detail.astype(np.float64), labels)
        for _ in range(_ROUNDS):
            sharp = _rank_within(order, labels) <= _SURELY_SHARP
            order, _copies = self._scores(sharp, everything, _LATER_C)
        severe = self.strengths >= _SEVERE
        sharp = _rank_within(order, labels) <= _SHARP
        return self._verdict(*self._scores(sharp, severe, _LATER_C), severe, labels)

    def _scores(self, sharp: BoolArray, taught: BoolArray, c: float) -> tuple[Scores, Scores]:
        """How much each image and each copy looks spoiled to a lesson without its fold: [N] each.

        `sharp`: bool [N], the images on the one side; `taught`: bool [N], the copies on the other.
        """
        of_images, of_copies = np.zeros(len(self.folds)), np.zeros(len(self.folds))
        for fold in range(_FOLDS):
            self.check()
            held_out = self.folds == fold
            good, bad = self._drawn(sharp & ~held_out), self._drawn(taught & ~held_out)
            if not held_out.any() or not len(good) or not len(bad):
                continue
            mean, scale = spread_of(self.plain[good], self.parts)
            features = np.concatenate([self.plain[good], self.spoiled[bad]])
            teacher = LogisticRegression(
                C=c * _FEATURES / features.shape[1],
                class_weight="balanced",
                max_iter=200,
                tol=1e-4,
            )
            # such small products are quicker on one core than shared among several
            with threadpool_limits(1):
                teacher.fit((features - mean) / scale, np.arange(len(features)) >= len(good))
                for seen, scores in ((self.plain, of_images), (self.spoiled, of_copies)):
                    scores[held_out] = teacher.decision_function((seen[held_out] - mean) / scale)
        return of_images, of_copies

    def _drawn(self, wanted: BoolArray) -> IntArray:
        return self.rng.permutation(np.flatnonzero(wanted))[:_MOST_LESSONS]

    def _verdict(
        self, of_images: Scores, of_copies: Scores, severe: BoolArray, labels: IntArray
    ) -> Judgement:
        """Heights above the centre of the readable images, in their spreads, become log-odds."""
        low, centre = np.quantile(of_images, (_LOW, _CENTRE))
        spread = max((centre - low) / _LOW_TO_CENTRE, 1e-6)
        height, of_copies = (of_images - centre) / spread, (of_copies - centre) / spread
        if not severe.any() or np.median(of_copies[severe]) < _LOWEST:
            return _not_judged(len(height))
        poor_from = float(np.clip(_POOR_FROM * np.median(of_copies[severe]), *_POOR_BOUNDS))
        is_poor = height > poor_from
        if (
            is_poor.mean() <= _FEW
            or self._left_to_lose(of_copies - height, is_poor, height < _READABLE) <= _MOST_TO_LOSE
        ):
            return Judgement((height - poor_from).astype(np.float32), is_judged=True)
        worst = np.zeros(len(height))
        for label in np.unique(labels):
            own = labels == label
            worst[own] = np.quantile(height[own], 1 - _FEW, method="higher")
        worst = np.clip(worst, poor_from, max(poor_from, np.quantile(of_copies[severe], _WORST)))
        # stretched, so that readable images keep their quality
        log_odds = poor_from * (height / worst - 1)
        return Judgement(log_odds.astype(np.float32), is_judged=True, is_strict=False)

    def _left_to_lose(self, lost: Scores, is_poor: BoolArray, is_readable: BoolArray) -> float:
        """What poor images lose by being spoiled, as a share of what readable ones would lose."""
        fault = np.eye(len(FAULT_NAMES))[self.kinds]
        faults = np.concatenate([fault, fault * self.strengths[:, None]], axis=1)
        loss, *_ = np.linalg.lstsq(faults[is_readable], lost[is_readable], rcond=None)
        return float(lost[is_poor].sum() / max((faults[is_poor] @ loss).sum(), 1e-6))


def is_severe(rows: IntArray) -> BoolArray:
    """Whether the copy made with each of these rows is spoiled severely: bool [N]."""
    return fault_of(rows)[1] >= _SEVERE


def spread_of(features: FloatArray, parts: tuple[int, ...] = ()) -> tuple[FloatArray, FloatArray]:
    """Mean and scale of each of D features of sharp images, [N, D] -> float32 [D] each."""
    deviation = features.std(axis=0, dtype=np.float32)
    return (
        features.mean(axis=0, dtype=np.float32),
        even_scale(deviation, parts, least=_LEAST_DEVIATION),
    )


def _rank_within(scores: Scores, labels: IntArray) -> Scores:
    """Rank of each image in its class, above 0 and below 1: float64 [N]."""
    ranks = np.zeros(len(scores))
    for label in np.unique(labels):
        own = labels == label
        ranks[own] = (rankdata(scores[own]) - 0.5) / own.sum()
    return ranks
