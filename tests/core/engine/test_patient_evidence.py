"""What the other images of a patient say of a label."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import average_precision_score

from qmix_core.engine.qmix.noise_model import Known, OutOfSample, fit_noise
from qmix_core.engine.qmix.verdict import believe, wrong_of

CLASSES = 4


def networks_see(true, *, seed=0, sure=1.3):
    """Class probabilities by networks that are right for most images: [N, C]."""
    rng = np.random.default_rng(seed)
    logits = rng.normal(size=(len(true), CLASSES))
    logits[np.arange(len(true)), true] += sure
    seen = np.exp(1.5 * logits)
    seen = (seen / seen.sum(axis=1, keepdims=True)).astype(np.float32)
    return OutOfSample(seen, np.full_like(seen, 1 / CLASSES))


def mislabeled(true, rate, *, patients=None, seed=1):
    """Labels of which some are wrong, each by itself or all of a patient alike."""
    rng = np.random.default_rng(seed)
    patients = np.arange(len(true)) if patients is None else patients
    count = patients.max() + 1
    is_wrong = (rng.random(count) < rate)[patients]
    return np.where(is_wrong, (true + rng.integers(1, CLASSES, count)[patients]) % CLASSES, true)


def known(given, patients=None, verified=None):
    nobody = np.full(len(given), -1) if verified is None else verified
    return Known(given, nobody, np.zeros(len(given)), patients=patients)


def doubt(seen, knowledge):
    model = fit_noise(seen, knowledge)
    return model, wrong_of(model.true_class(seen, knowledge), knowledge.given)


@pytest.fixture
def pairs():
    """300 patients, both eyes of the same class: true classes and patients of 600 images."""
    patients = np.repeat(np.arange(300), 2)
    return np.random.default_rng(5).integers(CLASSES, size=300)[patients], patients


def test_a_label_that_differs_from_the_other_eyes_is_found_sooner(pairs):
    true, patients = pairs
    given, seen = mislabeled(true, 0.1), networks_see(true)
    _, alone = doubt(seen, known(given))
    model, together = doubt(seen, known(given, patients))
    wrong = given != true
    before = average_precision_score(wrong, alone)
    assert average_precision_score(wrong, together) > before + 0.1
    assert model.kinship.follows > 0.9
    assert together.mean() == pytest.approx(wrong.mean(), abs=0.03)


def test_images_that_only_share_a_number_change_nothing(pairs):
    true, patients = pairs
    by_chance = np.random.default_rng(2).permutation(patients)
    given, seen = mislabeled(true, 0.1), networks_see(true)
    _, alone = doubt(seen, known(given))
    model, together = doubt(seen, known(given, by_chance))
    assert model.kinship.follows < 0.25
    assert np.abs(together - alone).mean() < 0.01


def test_labels_given_to_a_patient_at_once_are_one_witness(pairs):
    true, patients = pairs
    seen = networks_see(true)
    given = mislabeled(true, 0.15, patients=patients)
    _, alone = doubt(seen, known(given))
    model, together = doubt(seen, known(given, patients))
    wrong = given != true
    assert model.kinship.one_label > 0.7
    # their agreement speaks for neither: both looks together still say that the label is wrong
    after = average_precision_score(wrong, together)
    assert after > average_precision_score(wrong, alone) - 0.02


def test_an_eye_that_surely_shows_another_class_stays_right():
    visits = np.repeat(np.arange(100), 6)
    true = np.random.default_rng(3).integers(CLASSES, size=100)[visits]
    true[::60] = (true[::60] + 1) % CLASSES  # one eye of every tenth patient
    seen = networks_see(true, sure=4.0)
    _, together = doubt(seen, known(true, visits))
    assert together[::60].mean() < 0.4


def test_what_a_reader_says_of_one_eye_counts_for_the_other(pairs):
    true, patients = pairs
    given, seen = mislabeled(true, 0.1), networks_see(true)
    patient = next(p for p in range(300) if (given[2 * p : 2 * p + 2] == true[2 * p]).all())
    one, other = 2 * patient, 2 * patient + 1
    verified = np.full(600, -1)
    unread = believe([[seen]], known(given, patients), before=None)[0]
    verified[other] = (true[other] + 1) % CLASSES
    read = believe([[seen]], known(given, patients, verified), before=None)[0]
    assert read.p_wrong[one] > unread.p_wrong[one] + 0.1
    # by itself, it looks as before
    assert read.p_wrong_alone[one] == pytest.approx(unread.p_wrong_alone[one], abs=0.05)
    # and of the image that was read the belief stays that of before, to compare readers with
    assert read.true_class[other].argmax() == given[other]


def test_patients_of_one_image_each_are_as_if_unknown(pairs):
    true, _ = pairs
    given, seen = mislabeled(true, 0.1), networks_see(true)
    _, unknown = doubt(seen, known(given))
    _, single = doubt(seen, known(given, np.arange(len(given))))
    assert single == pytest.approx(unknown, abs=1e-6)


def test_a_class_that_nothing_shows_breaks_nothing(pairs):
    true, patients = pairs
    seen = networks_see(true)
    without = seen.plain.copy()
    without[:, 3] = 0
    without /= np.maximum(without.sum(axis=1, keepdims=True), 1e-9)
    given = np.where(true == 3, 0, true)
    _, together = doubt(replace(seen, plain=without.astype(np.float32)), known(given, patients))
    assert np.isfinite(together).all()
    assert ((together >= 0) & (together <= 1)).all()
