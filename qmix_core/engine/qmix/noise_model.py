"""How often and into which class labels go wrong, and so how likely each single label is wrong.

The given label y of an image of true class c is drawn from row c of a table T. Out-of-sample
predictions g give the true class by f = softmax(b log g + a): heads that learn from noisy labels
are unsure in proportion to the noise, and b takes that back. T, b and a are those under which the
given labels are most likely (expectation-maximisation for T, gradient for b and a). Then
P(c | image, y) is in proportion to f_c T_cy, after "learning from noisy labels with a noise layer"
(Raykar et al., JMLR 2010; Goldberger and Ben-Reuven, ICLR 2017), and T starts from the confident
joint (Northcutt et al., JAIR 2021). What people have verified is known instead of guessed.

Poor images have a rate of their own: their f is calibrated on poor copies of readable images, so
that "cannot be read" is told apart from "was labelled wrong".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from qmix_core.base.types import BoolArray, FloatArray, IntArray

Table = NDArray[np.float64]

_SMALL = 1e-6
_ROUNDS = 40
_STEPS_OF_TABLE = 5
_CONVERGED = 1e-6
#: Images that the belief "wrong labels fall on all other classes alike" is worth, for each class.
_PRIOR_IMAGES = 10.0
_BIAS_PENALTY = 1e-3
#: For ordered classes: each further step away is so much rarer, and the belief is worth more.
_STEP_SHARE = 0.1
_ORDERED_PRIOR_IMAGES = 30.0
#: Images that the rate among readable ones is worth when that among poor ones is estimated.
_POOR_PRIOR_IMAGES = 2.0


@dataclass(frozen=True, slots=True)
class OutOfSample:
    """`plain`: float32 [N, C], class probabilities by networks that never saw the image's label;
    `poor`: the same of its poor copy.
    """

    plain: FloatArray
    poor: FloatArray

    @classmethod
    def mean(cls, parts: Sequence[OutOfSample]) -> OutOfSample:
        """The mean of what several kinds of networks say of the same images."""
        return cls(
            np.mean([part.plain for part in parts], axis=0, dtype=np.float32),
            np.mean([part.poor for part in parts], axis=0, dtype=np.float32),
        )

    def take(self, rows: IntArray) -> OutOfSample:
        """Some of the images, by position."""
        return OutOfSample(self.plain[rows], self.poor[rows])


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of N labels besides the predictions.

    `given`: int64 [N], the labels as they came; `verified`: int64 [N], the true class where a
    person verified it, else -1; `is_poor`: bool [N], too poor to read; `ranks`: the place of
    each class on its scale where they are grades, so that a wrong label is most likely a
    neighbour, else empty.
    """

    given: IntArray
    verified: IntArray
    is_poor: BoolArray
    ranks: tuple[int, ...] = ()

    def take(self, rows: NDArray[np.generic]) -> Known:
        """Some of the images, by position or mask."""
        return Known(self.given[rows], self.verified[rows], self.is_poor[rows], self.ranks)

    def unread(self) -> Known:
        """The same as before any person looked."""
        return replace(self, verified=np.full_like(self.verified, -1))


@dataclass(frozen=True, slots=True)
class NoiseModel:
    """`table`: float64 [C, C], row c gives how a readable image of true class c is labelled;
    `poor_table`: the same of poor images. `sharpness` and `bias` ([C]) calibrate plain
    predictions, `poor_sharpness` and `poor_bias` those of poor images.
    """

    table: Table
    poor_table: Table
    sharpness: float
    bias: FloatArray
    poor_sharpness: float
    poor_bias: FloatArray

    def readable(self, seen: OutOfSample) -> FloatArray:
        """P(true class | image alone), as of a readable image: float32 [N, C]."""
        return _calibrated(seen.plain, self.sharpness, self.bias)

    def true_class(self, seen: OutOfSample, known: Known) -> FloatArray:
        """P(true class | image, given label): float32 [N, C]; verified images are certain."""
        readable = _posterior(self.readable(seen), known, self.table)
        poor_f = _calibrated(seen.plain, self.poor_sharpness, self.poor_bias)
        poor = _posterior(poor_f, known, self.poor_table)
        return np.where(known.is_poor[:, None], poor, readable).astype(np.float32)


def fit_noise(
    seen: OutOfSample,
    known: Known,
    *,
    start: NoiseModel | None = None,
    rounds: int = _ROUNDS,
) -> NoiseModel:
    """Fit the model to N images; `start` is a model of much the same images to begin from."""
    readable = ~known.is_poor
    if not readable.any():
        readable = np.ones_like(readable)
    inner = known.take(readable)
    fitted, sharpness, bias = _fit(
        seen.plain[readable],
        inner,
        start_table=start.table if start else None,
        calibration=(start.sharpness, start.bias) if start else None,
        keep_table=False,
        rounds=rounds,
    )
    _, poor_sharpness, poor_bias = _fit(
        seen.poor[readable],
        inner,
        start_table=fitted,
        calibration=(start.poor_sharpness, start.poor_bias) if start else None,
        keep_table=True,
        rounds=rounds,
    )
    poor = known.take(~readable)
    poor_f = _calibrated(seen.plain[~readable], poor_sharpness, poor_bias)
    poor_table = _poor_table(poor_f, poor, fitted)
    return NoiseModel(fitted, poor_table, sharpness, bias, poor_sharpness, poor_bias)


def confident_joint(predicted: FloatArray, known: Known) -> Table:
    """Counts of (class that is predicted with confidence, given label): float64 [C, C]."""
    classes, given = predicted.shape[1], known.given
    thresholds = np.array(
        [
            predicted[given == c, c].mean() if (given == c).any() else 1.0
            for c in range(classes)
        ]
    )  # fmt: skip
    is_confident = predicted >= thresholds
    has_any = is_confident.any(axis=1)
    guess = np.where(is_confident, predicted, -1).argmax(axis=1)
    joint = np.zeros((classes, classes))
    np.add.at(joint, (guess[has_any], given[has_any]), 1)
    totals = np.bincount(given, minlength=classes)
    scaled: Table = joint / np.maximum(joint.sum(axis=0), 1) * totals
    return scaled


def _fit(
    predicted: FloatArray,
    known: Known,
    *,
    start_table: Table | None,
    calibration: tuple[float, FloatArray] | None,
    keep_table: bool,
    rounds: int,
) -> tuple[Table, float, FloatArray]:
    if start_table is None:
        joint = confident_joint(predicted, known) + 1e-3
        start_table = joint / joint.sum(axis=1, keepdims=True)
    table = start_table
    logs = torch.from_numpy(np.log(predicted.astype(np.float64) + _SMALL))
    # what a person verified, the networks were told: it says nothing of how sure to be of the rest
    open_ones = known.verified < 0
    if not open_ones.any():
        open_ones = np.ones_like(open_ones)
    unverified, taught = known.take(open_ones), logs[torch.from_numpy(open_ones)]
    parameters = torch.zeros(1 + predicted.shape[1], dtype=torch.float64)
    if calibration is not None:
        parameters[0], parameters[1:] = np.log(calibration[0]), torch.from_numpy(calibration[1])
    parameters.requires_grad_()
    before = np.inf
    for _ in range(rounds):
        loss = _calibrate(parameters, taught, unverified, table)
        if abs(before - loss) < _CONVERGED:
            break
        before = loss
        if not keep_table:
            f = _softmax(parameters, logs).detach().numpy()
            for _ in range(_STEPS_OF_TABLE):
                table = _next_table(_posterior(f, known, table), known)
    sharpness = float(parameters[0].detach().exp())
    return table, sharpness, parameters[1:].detach().numpy().astype(np.float32)


def _softmax(parameters: Tensor, logs: Tensor) -> Tensor:
    return torch.softmax(logs * parameters[0].exp() + parameters[1:], dim=1)


def _calibrate(parameters: Tensor, logs: Tensor, known: Known, table: Table) -> float:
    """Improve sharpness and bias in place; give the loss: minus the mean log-likelihood."""
    likelihood = torch.from_numpy(_likelihood(known, table))
    optimizer = torch.optim.LBFGS([parameters], max_iter=10, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimizer.zero_grad()
        chance = (_softmax(parameters, logs) * likelihood).sum(dim=1)
        loss = -chance.clamp_min(1e-12).log().mean()
        loss = loss + _BIAS_PENALTY * (parameters[1:] ** 2).sum()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    loss: Tensor = optimizer.step(closure)  # type: ignore[no-untyped-call]
    return float(loss.detach())


def _likelihood(known: Known, table: Table) -> Table:
    """P(given label, what a person verified | true class): [N, C]."""
    likelihood: Table = table[:, known.given].T.copy()
    is_verified = known.verified >= 0
    certain = np.eye(len(table))[known.verified[is_verified]]
    likelihood[is_verified] = np.maximum(likelihood[is_verified], 1e-9) * certain
    return likelihood


def _posterior(f: NDArray[np.floating], known: Known, table: Table) -> Table:
    joint = np.maximum(f, 1e-12) * _likelihood(known, table)
    totals = joint.sum(axis=1, keepdims=True)
    posterior: Table = joint / np.maximum(totals, 1e-300)
    return posterior


def _next_table(posterior: Table, known: Known) -> Table:
    classes = posterior.shape[1]
    counts = posterior.T @ np.eye(classes)[known.given]
    rate = 1 - np.trace(counts) / max(counts.sum(), 1)
    images = _ORDERED_PRIOR_IMAGES if known.ranks else _PRIOR_IMAGES
    counts += images * _prior_table(rate, classes, known.ranks)
    table: Table = counts / counts.sum(axis=1, keepdims=True)
    return table


def _prior_table(rate: float, classes: int, ranks: Sequence[int]) -> Table:
    """Labels are wrong at this rate, and fall on all other classes alike or on neighbours."""
    places = np.array(ranks or range(classes))
    steps = np.abs(np.subtract.outer(places, places))
    table: Table = np.where(steps > 0, _STEP_SHARE ** (steps - 1.0) if ranks else 1.0, 0.0)
    table *= rate / np.maximum(table.sum(axis=1, keepdims=True), 1e-12)
    np.fill_diagonal(table, 1 - rate)
    return table


def _poor_table(f: NDArray[np.floating], known: Known, table: Table) -> Table:
    """As among readable images, but at a rate of its own."""
    classes = len(table)
    wrong = table * (1 - np.eye(classes))
    rate = max(float(wrong.sum()) / classes, 1e-3)
    wrong += 0.1 * _prior_table(rate, classes, known.ranks)
    np.fill_diagonal(wrong, 0)
    wrong /= np.maximum(wrong.sum(axis=1, keepdims=True), 1e-12)
    base = float(1 - np.trace(table) / classes)
    rate = max(base, 0.3) if len(f) else base
    poor: Table = (1 - rate) * np.eye(classes) + rate * wrong
    for _ in range(_ROUNDS if len(f) else 0):
        poor = (1 - rate) * np.eye(classes) + rate * wrong
        posterior = _posterior(f, known, poor)
        errors = (1 - posterior[np.arange(len(f)), known.given]).sum()
        rate = float((errors + _POOR_PRIOR_IMAGES * base) / (len(f) + _POOR_PRIOR_IMAGES))
    return poor


def _calibrated(predicted: FloatArray, sharpness: float, bias: FloatArray) -> FloatArray:
    logs = np.log(predicted + _SMALL) * sharpness + bias
    powered = np.exp(logs - logs.max(axis=1, keepdims=True)) if len(logs) else logs
    f: FloatArray = (powered / powered.sum(axis=1, keepdims=True)).astype(np.float32)
    return f
