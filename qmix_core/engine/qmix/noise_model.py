"""How often and into which class labels go wrong, and so how likely each single label is wrong.

The given label y of an image of true class c is drawn from row c of a table T. Out-of-sample
predictions g give the true class by f = softmax(b log g + a): heads that learn from noisy labels
are unsure in proportion to the noise, and b takes that back. T, b and a are those under which the
given labels are most likely (expectation-maximisation for T, gradient for b and a). Then
P(c | image, y) is in proportion to f_c T_cy, after "learning from noisy labels with a noise layer"
(Raykar et al., JMLR 2010; Goldberger and Ben-Reuven, ICLR 2017), and T starts from the confident
joint (Northcutt et al., JAIR 2021). What people have verified is known instead of guessed.

Poor images have a rate of their own: their f is calibrated on poor copies of readable images, so
that "cannot be read" is told apart from "was labelled wrong". Which images are poor is itself only
likely: each is a mixture of both kinds, and what its label says of that counts too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from qmix_core.base.types import BoolArray, FloatArray, IntArray
from qmix_core.engine.qmix.patient_evidence import (
    Evidence,
    Kinship,
    by_patient,
    fit_kinship,
)

Table = NDArray[np.float64]

_SMALL = 1e-6
_ROUNDS = 40
_STEPS_OF_TABLE = 5
#: How often the shares of readable and poor are found anew, and the rounds of each fit then.
_PASSES, _LATER_ROUNDS = 4, 8
_CONVERGED = 1e-6
#: A handful of images can ask for any sharpness; float32 holds no more.
_LARGEST_LOG_SHARPNESS = 50.0
#: Images that the belief "wrong labels fall on all other classes alike" is worth, for each class.
_PRIOR_IMAGES = 10.0
_BIAS_PENALTY = 1e-3
#: For ordered classes: each further step away is so much rarer, and the belief is worth more.
_STEP_SHARE = 0.1
_ORDERED_PRIOR_IMAGES = 30.0
#: Images that the rate among readable ones is worth when that among poor ones is estimated.
_POOR_PRIOR_IMAGES = 2.0
_POOR_START = 0.3


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
    person verified it, else -1; `p_poor`: [N], how likely each is too poor to read; `ranks`: the
    place of each class on its scale where they are grades, so that a wrong label is most likely a
    neighbour, else empty; `severe`: bool [N], whose copies are spoiled beyond reading, None: all;
    `patients`: int64 [N], a number for each, None where they are not known.
    """

    given: IntArray
    verified: IntArray
    p_poor: NDArray[np.floating]
    ranks: tuple[int, ...] = ()
    severe: BoolArray | None = None
    patients: IntArray | None = None

    @property
    def is_poor(self) -> BoolArray:
        """Which images are rather too poor to read: bool [N]."""
        return self.p_poor > 0.5

    def take(self, rows: NDArray[np.generic]) -> Known:
        """Some of the images, by position or mask."""
        severe = None if self.severe is None else self.severe[rows]
        patients = None if self.patients is None else self.patients[rows]
        return Known(
            self.given[rows], self.verified[rows], self.p_poor[rows], self.ranks, severe, patients
        )

    def unread(self) -> Known:
        """The same as before any person looked."""
        return replace(self, verified=np.full_like(self.verified, -1))


@dataclass(frozen=True, slots=True)
class NoiseModel:
    """`table`: float64 [C, C], row c gives how a readable image of true class c is labelled;
    `poor_table`: the same of poor images. `sharpness` and `bias` ([C]) calibrate plain
    predictions, `poor_sharpness` and `poor_bias` those of poor images; `kinship`: how alike the
    images of a patient are, None where it was not asked.
    """

    table: Table
    poor_table: Table
    sharpness: float
    bias: FloatArray
    poor_sharpness: float
    poor_bias: FloatArray
    kinship: Kinship | None = None

    def readable(self, seen: OutOfSample) -> FloatArray:
        """P(true class | image alone), as of a readable image: float32 [N, C]."""
        return _calibrated(seen.plain, self.sharpness, self.bias)

    def true_class(self, seen: OutOfSample, known: Known) -> FloatArray:
        """P(true class | image, given label, the patient's other images): float32 [N, C].

        Verified images are certain.
        """
        if known.patients is None or self.kinship is None:
            return self.alone(seen, known)
        evidence = self._evidence(seen, known, known.patients)
        return by_patient(evidence, self.kinship).astype(np.float32)

    def alone(self, seen: OutOfSample, known: Known) -> FloatArray:
        """P(true class | image, given label): float32 [N, C]; verified images are certain."""
        readable, poor = self._joint(seen, known)
        joint = readable + poor
        posterior: FloatArray = joint / np.maximum(joint.sum(axis=1, keepdims=True), 1e-300)
        return posterior.astype(np.float32)

    def poor_share(self, seen: OutOfSample, known: Known) -> Table:
        """P(too poor to read | image, given label): float64 [N]."""
        readable, poor = (joint.sum(axis=1) for joint in self._joint(seen, known))
        share: Table = poor / np.maximum(readable + poor, 1e-300)
        return share

    def with_kinship(self, seen: OutOfSample, known: Known, start: Kinship | None) -> NoiseModel:
        """The same model with what the images of the patients have in common."""
        if known.patients is None:
            return self
        evidence = self._evidence(seen, known, known.patients)
        return replace(self, kinship=fit_kinship(evidence, start))

    def _evidence(self, seen: OutOfSample, known: Known, patients: IntArray) -> Evidence:
        p_poor = np.asarray(known.p_poor, dtype=np.float64)[:, None]
        poor_f = _calibrated(seen.plain, self.poor_sharpness, self.poor_bias)
        by_image = (1 - p_poor) * self.readable(seen) + p_poor * poor_f
        readable, poor = self._joint(seen, known.unread())
        is_verified = known.verified >= 0
        certain = np.eye(len(self.table))[known.verified]
        return Evidence(
            np.where(is_verified[:, None], certain, by_image),
            (readable + poor) / np.maximum(by_image, 1e-12),
            known.given,
            patients,
            self.table,
            np.maximum(by_image.mean(axis=0), _SMALL),
        )

    def _joint(self, seen: OutOfSample, known: Known) -> tuple[Table, Table]:
        """P(true class, given label, readable or poor | image): [N, C] each."""
        poor_f = _calibrated(seen.plain, self.poor_sharpness, self.poor_bias)
        p_poor = np.asarray(known.p_poor, dtype=np.float64)[:, None]
        return (
            (1 - p_poor) * _joint(self.readable(seen), known, self.table),
            p_poor * _joint(poor_f, known, self.poor_table),
        )


def fit_noise(
    seen: OutOfSample,
    known: Known,
    *,
    start: NoiseModel | None = None,
    rounds: int = _ROUNDS,
) -> NoiseModel:
    """Fit the model to N images; `start` is a model of much the same images to begin from."""
    if start is not None:
        model = _fitted(seen, known, 1 - start.poor_share(seen, known), start, rounds)
        return model.with_kinship(seen, known, start.kinship)
    model = _fitted(seen, known, (~known.is_poor).astype(np.float64), None, rounds)
    for _ in range(_PASSES):
        readable = 1 - model.poor_share(seen, known)
        model = _fitted(seen, known, readable, model, min(rounds, _LATER_ROUNDS))
    return model.with_kinship(seen, known, None)


def _fitted(
    seen: OutOfSample, known: Known, readable: Table, start: NoiseModel | None, rounds: int
) -> NoiseModel:
    """The model where so much of each image is readable, float64 [N]."""
    if readable.sum() < 1:
        readable = np.ones_like(readable)
    table, sharpness, bias = _fit(
        seen.plain,
        known,
        readable,
        start_table=start.table if start else None,
        calibration=(start.sharpness, start.bias) if start else None,
        keep_table=False,
        rounds=rounds,
    )
    unread = readable if known.severe is None else readable * known.severe
    _, poor_sharpness, poor_bias = _fit(
        seen.poor,
        known,
        unread if unread.sum() >= 1 else readable,
        start_table=table,
        calibration=(start.poor_sharpness, start.poor_bias) if start else None,
        keep_table=True,
        rounds=rounds,
    )
    f = _calibrated(seen.plain, sharpness, bias)
    poor_f = _calibrated(seen.plain, poor_sharpness, poor_bias)
    poor_table = _poor_table(f, poor_f, known, table)
    return NoiseModel(table, poor_table, sharpness, bias, poor_sharpness, poor_bias)


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
    weights: Table,
    *,
    start_table: Table | None,
    calibration: tuple[float, FloatArray] | None,
    keep_table: bool,
    rounds: int,
) -> tuple[Table, float, FloatArray]:
    if start_table is None:
        counted = weights > 0.5 if (weights > 0.5).any() else weights >= 0
        joint = confident_joint(predicted[counted], known.take(counted)) + 1e-3
        start_table = joint / joint.sum(axis=1, keepdims=True)
    table = start_table
    logs = torch.from_numpy(np.log(predicted.astype(np.float64) + _SMALL))
    # what a person verified, the networks were told: it says nothing of how sure to be of the rest
    open_ones = known.verified < 0
    if weights[open_ones].sum() < 1:
        open_ones = np.ones_like(open_ones)
    unverified, taught = known.take(open_ones), logs[torch.from_numpy(open_ones)]
    shares = torch.from_numpy(weights[open_ones] / weights[open_ones].sum())
    parameters = torch.zeros(1 + predicted.shape[1], dtype=torch.float64)
    if calibration is not None:
        parameters[0], parameters[1:] = np.log(calibration[0]), torch.from_numpy(calibration[1])
    parameters.requires_grad_()
    before = np.inf
    for _ in range(rounds):
        loss = _calibrate(parameters, taught, unverified, table, shares)
        if abs(before - loss) < _CONVERGED:
            break
        before = loss
        if not keep_table:
            f = _softmax(parameters, logs).detach().numpy()
            for _ in range(_STEPS_OF_TABLE):
                table = _next_table(_posterior(f, known, table) * weights[:, None], known)
    sharpness = float(parameters[0].detach().clamp_max(_LARGEST_LOG_SHARPNESS).exp())
    return table, sharpness, parameters[1:].detach().numpy().astype(np.float32)


def _softmax(parameters: Tensor, logs: Tensor) -> Tensor:
    return torch.softmax(logs * parameters[0].exp() + parameters[1:], dim=1)


def _calibrate(
    parameters: Tensor, logs: Tensor, known: Known, table: Table, shares: Tensor
) -> float:
    """Improve sharpness and bias in place; give the loss: minus the mean log-likelihood.

    `shares`: [N], of each image in that mean.
    """
    likelihood = torch.from_numpy(_likelihood(known, table))
    optimizer = torch.optim.LBFGS([parameters], max_iter=10, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimizer.zero_grad()
        chance = (_softmax(parameters, logs) * likelihood).sum(dim=1)
        loss = -(shares * chance.clamp_min(1e-12).log()).sum()
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


def _joint(f: NDArray[np.floating], known: Known, table: Table) -> Table:
    joint: Table = np.maximum(f, 1e-12) * _likelihood(known, table)
    return joint


def _posterior(f: NDArray[np.floating], known: Known, table: Table) -> Table:
    joint = _joint(f, known, table)
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


def _poor_table(
    f: NDArray[np.floating], poor_f: NDArray[np.floating], known: Known, table: Table
) -> Table:
    """As among readable images, but at a rate of its own. `f`, `poor_f`: [N, C], the classes by
    the image alone, were it readable or poor.
    """
    classes = len(table)
    wrong = table * (1 - np.eye(classes))
    base = float(wrong.sum()) / classes
    wrong += 0.1 * _prior_table(max(base, 1e-3), classes, known.ranks)
    np.fill_diagonal(wrong, 0)
    wrong /= np.maximum(wrong.sum(axis=1, keepdims=True), 1e-12)
    p_poor = np.asarray(known.p_poor, dtype=np.float64)
    readable = (1 - p_poor) * _joint(f, known, table).sum(axis=1)
    rows = np.arange(len(f))
    rate = max(base, _POOR_START)
    for _ in range(_ROUNDS):
        joint = _joint(poor_f, known, (1 - rate) * np.eye(classes) + rate * wrong)
        total = np.maximum(joint.sum(axis=1), 1e-300)
        share = p_poor * total / np.maximum(readable + p_poor * total, 1e-300)
        errors = (share * (1 - joint[rows, known.given] / total)).sum()
        rate = float((errors + _POOR_PRIOR_IMAGES * base) / (share.sum() + _POOR_PRIOR_IMAGES))
    return (1 - rate) * np.eye(classes) + rate * wrong


def _calibrated(predicted: FloatArray, sharpness: float, bias: FloatArray) -> FloatArray:
    logs = np.log(predicted + _SMALL) * sharpness + bias
    powered = np.exp(logs - logs.max(axis=1, keepdims=True)) if len(logs) else logs
    f: FloatArray = (powered / powered.sum(axis=1, keepdims=True)).astype(np.float32)
    return f
