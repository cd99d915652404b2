"""How well pairs of raters agree: Cohen's kappa, weighted for grades, with 95 % intervals.

Only images that both put into a class count; ambiguous and ungradable ones are counted apart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from qmix_core.base.types import IntArray
from qmix_core.review.blind_checks import wilson
from qmix_core.second_readers.raters import Rater, Source
from qmix_core.second_readers.schema import Mark

Counts = NDArray[np.float64]
#: What each disagreement weighs, by the number of classes: float64 [C, C].
Weights = Callable[[int], NDArray[np.float64]]
_DRAWS = 2000
_INTERVAL = (2.5, 97.5)
#: Below so many patients (or images of unknown patients) a bootstrap says nothing.
FEWEST = 10


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its 95 % interval; None where there is none to be had."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class ClassAgreement:
    """One class against all others. `first`, `second`, `both`: images that each puts there."""

    label: str
    first: int
    second: int
    both: int
    kappa: float | None


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two raters on the `n` images of `patients` patients that both put into a class.

    `apart`: images both looked at that at least one called ambiguous or ungradable;
    `ungradable`: those that the first, the second, and both called ungradable. `weighted`: with
    quadratic weights; None unless the classes are grades.
    """

    first: Rater
    second: Rater
    n: int
    patients: int
    apart: int
    ungradable: tuple[int, int, int]
    agreement: Figure
    kappa: Figure
    weighted: Figure | None
    by_class: tuple[ClassAgreement, ...]


def all_pairs(
    raters: Sequence[Rater],
    classes: Sequence[str],
    groups: IntArray,
    *,
    grades: Sequence[int] | None,
    check: Callable[[], None] = lambda: None,
) -> list[PairAgreement]:
    """Every pair of raters with a common image, people first.

    `groups`: int64 [N], a number for each patient; `grades`: the grade of each class, None where
    they are no scale. `check` is called once a pair.
    """
    found = []
    for first, second in combinations(raters, 2):
        check()
        if first.answers.keys() & second.answers.keys():
            found.append(pair_agreement(first, second, classes, groups, grades=grades))
    return sorted(found, key=lambda pair: Source.GIVEN in (pair.first.source, pair.second.source))


def pair_agreement(
    first: Rater,
    second: Rater,
    classes: Sequence[str],
    groups: IntArray,
    *,
    grades: Sequence[int] | None,
) -> PairAgreement:
    """How two raters agree. Intervals are 95 % percentiles of 2,000 draws of whole patients."""
    order = list(classes) if grades is None else _by_grade(classes, grades)
    code = {label: place for place, label in enumerate(order)}
    common = sorted(first.answers.keys() & second.answers.keys())
    poor = [
        (first.answers[i].mark is Mark.UNGRADABLE, second.answers[i].mark is Mark.UNGRADABLE)
        for i in common
    ]
    read = [i for i in common if first.answers[i].label in code and second.answers[i].label in code]
    given = np.array([code[first.answers[i].label] for i in read], dtype=np.int64)
    seen = np.array([code[second.answers[i].label] for i in read], dtype=np.int64)
    tables = _tables(given, seen, groups[np.array(read, dtype=np.int64)], len(order))
    drawn = _drawn(tables)
    weighted = None
    if grades is not None:
        weighted = _figure(_kappa_of(given, seen, len(order), _quadratic), drawn, _quadratic)
    return PairAgreement(
        first=first,
        second=second,
        n=len(read),
        patients=len(tables),
        apart=len(common) - len(read),
        ungradable=(
            sum(a for a, _ in poor), sum(b for _, b in poor), sum(a and b for a, b in poor)
        ),
        agreement=_share(int((given == seen).sum()), len(read), len(tables), drawn),
        kappa=_figure(_kappa_of(given, seen, len(order), _unweighted), drawn, _unweighted),
        weighted=weighted,
        by_class=tuple(_of_class(label, given, seen, place) for label, place in code.items()),
    )  # fmt: skip


def _by_grade(classes: Sequence[str], grades: Sequence[int]) -> list[str]:
    return [label for _, label in sorted(zip(grades, classes, strict=True))]


def _tables(given: IntArray, seen: IntArray, groups: IntArray, classes: int) -> Counts:
    """A confusion matrix for each patient: float64 [patients, classes, classes]."""
    found, patient = np.unique(groups, return_inverse=True)
    tables = np.zeros((len(found), classes, classes))
    np.add.at(tables, (patient, given, seen), 1)
    return tables


def _kappa_of(given: IntArray, seen: IntArray, classes: int, weights: Weights) -> float | None:
    """Cohen's kappa; None where chance alone makes the two agree: both know one class only."""
    if len(np.union1d(given, seen)) < 2:
        return None
    table = _tables(given, seen, np.zeros_like(given), classes)
    return float(kappas(table, weights(classes))[0])


def _of_class(label: str, given: IntArray, seen: IntArray, place: int) -> ClassAgreement:
    one, other = given == place, seen == place
    kappa = _kappa_of(one.astype(np.int64), other.astype(np.int64), 2, _unweighted)
    return ClassAgreement(label, int(one.sum()), int(other.sum()), int((one & other).sum()), kappa)


def _unweighted(classes: int) -> Counts:
    return 1 - np.eye(classes)


def _quadratic(classes: int) -> Counts:
    place = np.arange(classes)
    return np.subtract.outer(place, place).astype(np.float64) ** 2


def _share(alike: int, n: int, patients: int, drawn: Counts | None) -> Figure:
    if not n:
        return Figure(None)
    if drawn is None:
        # the images of a patient tell little more than one where all are alike
        is_all_alike = alike in (0, n)
        trials = patients if is_all_alike else n
        share = wilson(alike * trials // n, trials)
        assert share is not None
        return Figure(share.value, share.low, share.high)
    shares = np.trace(drawn, axis1=1, axis2=2) / drawn.sum(axis=(1, 2))
    low, high = np.percentile(shares, _INTERVAL)
    return Figure(alike / n, float(low), float(high))


def _figure(value: float | None, drawn: Counts | None, weights: Weights) -> Figure:
    if value is None or drawn is None:
        return Figure(value)
    low, high = np.nanpercentile(kappas(drawn, weights(drawn.shape[1])), _INTERVAL)
    return Figure(value, float(low), float(high))


def _drawn(tables: Counts) -> Counts | None:
    """Confusion matrices of draws of as many patients, with replacement: float64 [draws, C, C].

    None where they say nothing: too few patients, or no two images that differ.
    """
    total = tables.sum(axis=0)
    if len(tables) < FEWEST or np.trace(total) in (0, total.sum()):
        return None
    # patients with the same table are drawn together: there are few kinds of them
    kinds, counts = np.unique(tables.reshape(len(tables), -1), axis=0, return_counts=True)
    draws = np.random.default_rng(0).multinomial(len(tables), counts / len(tables), size=_DRAWS)
    return (draws @ kinds).reshape(-1, *tables.shape[1:])


def kappas(tables: Counts, weights: Counts) -> NDArray[np.float64]:
    """Cohen's kappa of each of B tables, float64 [B, C, C]; NaN where chance agrees throughout."""
    total = tables.sum(axis=(1, 2), keepdims=True)
    expected = tables.sum(axis=2, keepdims=True) * tables.sum(axis=1, keepdims=True) / total
    by_chance = (expected * weights).sum(axis=(1, 2))
    with np.errstate(invalid="ignore", divide="ignore"):
        result: NDArray[np.float64] = 1 - (tables * weights).sum(axis=(1, 2)) / by_chance
    return np.where(by_chance > 0, result, np.nan)
