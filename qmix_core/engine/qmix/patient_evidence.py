"""What the other images of a patient say of a label.

Both eyes of a patient, or one eye on several days, often show the same class, and a label that
differs from those of the patient's other images is then more likely wrong. So each patient has a
class, which is unknown; an image follows it, or is of any class. The labels of a patient may have
been given one by one, or all at once; in that case they are one witness, not several. How often
either is so is found from the set itself by expectation-maximisation: where the images of a patient
have nothing in common, nothing changes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qmix_core.base.types import IntArray

Probabilities = NDArray[np.float64]

_MOST_ROUNDS, _CONVERGED = 40, 1e-4
#: What is believed before the set is seen, and the patients or images that the belief is worth.
_FOLLOWS_START, _ONE_LABEL_START = 0.7, 0.3
_PRIOR_IMAGES, _PRIOR_PATIENTS = 2.0, 4.0
_PRIOR_SHARE = 0.5
_SMALLEST = 1e-9
_IMPOSSIBLE = -1e9


@dataclass(frozen=True, slots=True)
class Kinship:
    """`follows`: share of images that are of their patient's class by more than chance;
    `one_label`: share of patients whose images were labelled all at once.
    """

    follows: float
    one_label: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of N images, each by itself.

    `seen`: float64 [N, C], P(class | image), one-hot where a person verified it; `chance`: float64
    [N, C], P(given label | class); `given`: int64 [N]; `patients`: int64 [N]; `table`: float64
    [C, C], row c says how an image of class c is labelled; `prior`: float64 [C], shares of classes.
    """

    seen: Probabilities
    chance: Probabilities
    given: IntArray
    patients: IntArray
    table: Probabilities
    prior: Probabilities


def fit_kinship(evidence: Evidence, start: Kinship | None) -> Kinship:
    """The shares under which the given labels are likeliest; `start` is of much the same images."""
    kinship = start or Kinship(_FOLLOWS_START, _ONE_LABEL_START)
    rows = _of_several(evidence.patients)
    return _Families(evidence, rows).fitted(kinship) if len(rows) else kinship


def by_patient(evidence: Evidence, kinship: Kinship) -> Probabilities:
    """P(class | all images of the patient and their labels): float64 [N, C]."""
    joint = evidence.seen * evidence.chance
    posterior: Probabilities = joint / np.maximum(joint.sum(axis=1, keepdims=True), 1e-300)
    rows = _of_several(evidence.patients)
    if len(rows):
        posterior[rows] = _Families(evidence, rows).posterior(kinship)
    return posterior


def _of_several(patients: IntArray) -> IntArray:
    numbers = np.unique(patients, return_inverse=True)[1]
    return np.flatnonzero(np.bincount(numbers)[numbers] > 1)


class _Families:
    """The M images `rows` of the P patients with several."""

    def __init__(self, evidence: Evidence, rows: IntArray) -> None:
        self._prior = evidence.prior
        _, first, self._patient = np.unique(
            evidence.patients[rows], return_index=True, return_inverse=True
        )
        given, self._chance = evidence.given[rows], evidence.chance[rows]
        sizes = np.bincount(self._patient)
        self._whole = np.maximum(evidence.seen[rows], _SMALLEST) / self._prior
        # networks err alike on images of one patient: together they are one look, not several
        part = self._whole ** (1.0 / sizes[self._patient])[:, None]
        self._part = part / (self._prior * part).sum(axis=1, keepdims=True)
        label = given[first]
        alike = np.bincount(self._patient, weights=given == label[self._patient])
        self._may_be_one = alike == sizes
        self._label_chance = np.log(np.maximum(evidence.table[:, label].T, 1e-12))

    def fitted(self, kinship: Kinship) -> Kinship:
        images, patients = len(self._patient), len(self._may_be_one)
        for _ in range(_MOST_ROUNDS):
            before = kinship
            single, one, one_each, one_all = self._explained(before)
            follow = before.follows * (
                single[self._patient] * self._part * self._chance / one_each
                + one[self._patient] * self._part / one_all
            )
            kinship = Kinship(
                _with_prior(follow.sum(), images, _PRIOR_IMAGES),
                _with_prior(one.sum(), patients, _PRIOR_PATIENTS),
            )
            if np.allclose(
                (kinship.follows, kinship.one_label),
                (before.follows, before.one_label),
                atol=_CONVERGED,
            ):
                break
        return kinship

    def posterior(self, kinship: Kinship) -> Probabilities:
        """P(class) of each image, its own look counted whole: float64 [M, C]."""
        single, one, each, all_ = self._explained(kinship)
        out = np.zeros_like(self._whole)
        # what the others say of the patient's class, then this image by itself
        for patients, alone, own in (
            (single, each, self._whole * self._chance),
            (one, all_, self._whole),
        ):
            others = patients[self._patient] / alone
            any_class = others.sum(axis=1, keepdims=True) * self._prior
            out += (kinship.follows * others + (1 - kinship.follows) * any_class) * own
        posterior: Probabilities = out / np.maximum(out.sum(axis=1, keepdims=True), 1e-300)
        return posterior

    def _explained(
        self, kinship: Kinship
    ) -> tuple[Probabilities, Probabilities, Probabilities, Probabilities]:
        """P(class of the patient and labels given one by one), P(class and all at once): [P, C]
        each; and of each image, were its patient of class c, the likelihood of image and label and
        that of the image: [M, C] each.
        """
        own = self._part * self._chance
        each = kinship.follows * own
        each += (1 - kinship.follows) * (self._prior * own).sum(axis=1, keepdims=True)
        all_ = kinship.follows * self._part + (1 - kinship.follows)
        single = np.log(1 - kinship.one_label) + np.log(self._prior) + self._summed(each)
        one = np.log(kinship.one_label) + np.log(self._prior) + self._summed(all_)
        one = np.where(self._may_be_one[:, None], one + self._label_chance, _IMPOSSIBLE)
        most = np.maximum(single, one).max(axis=1, keepdims=True)
        single, one = np.exp(single - most), np.exp(one - most)
        total = (single + one).sum(axis=1, keepdims=True)
        return single / total, one / total, each, all_

    def _summed(self, factors: Probabilities) -> Probabilities:
        """Sum of logarithms over the images of each patient: [M, C] -> [P, C]."""
        sums = np.zeros((len(self._may_be_one), factors.shape[1]))
        np.add.at(sums, self._patient, np.log(np.maximum(factors, 1e-300)))
        return sums


def _with_prior(sum_: float, count: int, worth: float) -> float:
    return float((sum_ + worth * _PRIOR_SHARE) / (count + worth))
