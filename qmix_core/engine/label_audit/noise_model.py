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

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from qmix_core.base.types import FloatArray, IntArray
from qmix_core.engine.label_audit.out_of_sample import OutOfSample

Table = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

_SMALL = 1e-6
_ROUNDS = 40
_STEPS_OF_TABLE = 5
_CONVERGED = 1e-6
#: Images that the belief "wrong labels fall on all other classes alike" is worth, for each class.
_PRIOR_IMAGES = 10.0
_BIAS_PENALTY = 1e-3
#: Images that the rate among readable ones is worth when that among poor ones is estimated.
_POOR_PRIOR_IMAGES = 2.0


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of N labels besides the predictions.

    `given`: int64 [N], the labels as they came; `verified`: int64 [N], the true class where a
    person verified it, else -1; `is_poor`: bool [N], too poor to read.
    """

    given: IntArray
    verified: IntArray
    is_poor: BoolArray


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

    def true_class(self, seen: OutOfSample, known: Known) -> FloatArray:
        """P(true class | image, given label): float32 [N, C]; verified images are certain."""
        readable = _posterior(_calibrated(seen.plain, self.sharpness, self.bias), known, self.table)
        poor_f = _calibrated(seen.plain, self.poor_sharpness, self.poor_bias)
        poor = _posterior(poor_f, known, self.poor_table)
        return np.where(known.is_poor[:, None], poor, readable).astype(np.float32)


def fit_noise(
    seen: OutOfSample,
    known: Known,
    *,
    table: Table | None = None,
    start: NoiseModel | None = None,
    rounds: int = _ROUNDS,
) -> NoiseModel:
    """Fit the model; with a `table` given, only the calibration and the rate among poor images.

    `start` is a model of much the same images to begin from.
    """
    readable = ~known.is_poor
    if not readable.any():
        readable = np.ones_like(readable)
    inner = Known(known.given[readable], known.verified[readable], known.is_poor[readable])
    fitted, sharpness, bias = _fit(
        seen.plain[readable],
        inner,
        start_table=start.table if start else table,
        calibration=(start.sharpness, start.bias) if start else None,
        keep_table=table is not None,
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
    poor = Known(known.given[~readable], known.verified[~readable], known.is_poor[~readable])
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
    parameters = torch.zeros(1 + predicted.shape[1], dtype=torch.float64)
    if calibration is not None:
        parameters[0], parameters[1:] = np.log(calibration[0]), torch.from_numpy(calibration[1])
    parameters.requires_grad_()
    before = np.inf
    for _ in range(rounds):
        loss = _calibrate(parameters, logs, known, table)
        if abs(before - loss) < _CONVERGED:
            break
        before = loss
        if not keep_table:
            f = _softmax(parameters, logs).detach().numpy()
            for _ in range(_STEPS_OF_TABLE):
                table = _next_table(_posterior(f, known, table), known.given)
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


def _next_table(posterior: Table, given: IntArray) -> Table:
    classes = posterior.shape[1]
    counts = posterior.T @ np.eye(classes)[given]
    rate = 1 - np.trace(counts) / max(counts.sum(), 1)
    counts += _PRIOR_IMAGES * _even_table(rate, classes)
    table: Table = counts / counts.sum(axis=1, keepdims=True)
    return table


def _even_table(rate: float, classes: int) -> Table:
    """Labels are wrong at this rate and fall on all other classes alike."""
    table: Table = np.full((classes, classes), rate / max(classes - 1, 1))
    np.fill_diagonal(table, 1 - rate)
    return table


def _poor_table(f: NDArray[np.floating], known: Known, table: Table) -> Table:
    """As among readable images, but at a rate of its own."""
    classes = len(table)
    wrong = table * (1 - np.eye(classes))
    wrong += 0.1 * _even_table(max(float(wrong.sum()) / classes, 1e-3), classes)
    np.fill_diagonal(wrong, 0)
    wrong /= np.maximum(wrong.sum(axis=1, keepdims=True), 1e-12)
    base = float(1 - np.trace(table) / classes)
    rate = max(base, 0.3)
    for _ in range(_ROUNDS):
        poor: Table = (1 - rate) * np.eye(classes) + rate * wrong
        posterior = _posterior(f, known, poor)
        errors = (1 - posterior[np.arange(len(f)), known.given]).sum()
        rate = float((errors + _POOR_PRIOR_IMAGES * base) / (len(f) + _POOR_PRIOR_IMAGES))
    return poor


def _calibrated(predicted: FloatArray, sharpness: float, bias: FloatArray) -> FloatArray:
    logs = np.log(predicted + _SMALL) * sharpness + bias
    powered = np.exp(logs - logs.max(axis=1, keepdims=True)) if len(logs) else logs
    f: FloatArray = (powered / powered.sum(axis=1, keepdims=True)).astype(np.float32)
    return f
