"""Poor images, out-of-sample predictions and the noise model, on features whose truth is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from feature_sets import CPU, FAST, run_on

from qmix_core.base.types import NoiseEstimate, Pin
from qmix_core.dataset.folds import deal_folds
from qmix_core.engine.label_audit.label_audit import gather_evidence
from qmix_core.engine.label_audit.noise_model import Known, fit_noise
from qmix_core.engine.label_audit.out_of_sample import OutOfSample
from qmix_core.engine.quality.poor_images import poor_log_odds
from qmix_core.engine.training_set import TrainingSet
from qmix_core.engine.views.degraded_views import poor_view
from qmix_core.engine.views.views import FeatureViews
from qmix_core.runs.noise_report import load_noise, save_noise

CLASSES = 3


def noisy_set(*, rate, poor_rate=0.0, each=100, seed=0):
    """Three classes of readable images, some poor ones: labels, truth, is_poor and their views."""
    rng = np.random.default_rng(seed)
    truth = np.repeat(np.arange(CLASSES), each)
    is_poor = rng.random(len(truth)) < poor_rate
    centres = 2.0 * rng.normal(size=(CLASSES, 16))
    features = centres[truth][:, None] + rng.normal(size=(len(truth), 6, 16))
    spoiled = 6.0 + 0.3 * rng.normal(size=(len(truth), 6, 16))
    features[:, -1] = spoiled[:, -1]
    features[is_poor] = spoiled[is_poor]
    labels = truth.copy()
    odds = np.where(is_poor, 2 / 3 if rate else 0.0, rate)
    wrong = rng.random(len(truth)) < odds
    labels[wrong] = (truth[wrong] + rng.integers(1, CLASSES, wrong.sum())) % CLASSES
    rows = np.arange(len(truth))
    views = FeatureViews(features.astype(np.float16), rows=rows, device=CPU)
    return labels, truth, is_poor, views


def evidence_on(labels, views, *, given=None, verified=None, known_poor=None):
    none = np.zeros(len(labels), dtype=np.bool_)
    return gather_evidence(
        views,
        labels=labels,
        given=labels if given is None else given,
        is_verified=none if verified is None else verified,
        known_poor=none if known_poor is None else known_poor,
        classes=CLASSES,
        repeats=1,
        seed=0,
        device=CPU,
        check=lambda: None,
        on_head=lambda done, total: None,
    )


@pytest.mark.parametrize("rate", [0.0, 0.1, 0.3])
def test_as_many_labels_are_doubted_as_are_wrong(rate):
    labels, truth, _, views = noisy_set(rate=rate)
    evidence = evidence_on(labels, views)
    wrong = labels != truth
    assert evidence.noise.rate == pytest.approx(wrong.mean(), abs=0.03)
    assert evidence.noise.low <= evidence.noise.rate <= evidence.noise.high
    doubted = evidence.posterior[:, 0] < 0.5
    assert (doubted == wrong).mean() > 0.97
    assert evidence.posterior.sum(axis=1) == pytest.approx(1.0, abs=1e-5)


def test_wrong_labels_of_poor_images_go_to_the_third_bucket():
    labels, truth, is_poor, views = noisy_set(rate=0.1, poor_rate=0.2)
    evidence = evidence_on(labels, views)
    assert evidence.noise.poor == pytest.approx(is_poor.mean(), abs=0.03)
    wrong = labels != truth
    doubted = evidence.posterior[:, 0] < 0.5
    assert (evidence.posterior.argmax(axis=1) == 2)[doubted & is_poor].all()
    assert (evidence.posterior.argmax(axis=1) == 1)[doubted & wrong & ~is_poor].all()


def test_the_table_of_confusions_is_found():
    labels, truth, _, views = noisy_set(rate=0.0, each=200)
    # a third of class 0 is labelled 1, nothing else is wrong
    labels[np.flatnonzero(truth == 0)[::3]] = 1
    table = evidence_on(labels, views).noise.table
    assert table[0] == pytest.approx([2 / 3, 1 / 3, 0.0], abs=0.06)
    assert table[2] == pytest.approx([0.0, 0.0, 1.0], abs=0.06)


def test_evidence_repeats_with_the_seed():
    labels, _, _, views = noisy_set(rate=0.2, each=40)
    first, second = evidence_on(labels, views), evidence_on(labels, views)
    assert np.array_equal(first.posterior, second.posterior)
    assert first.noise.rate == second.noise.rate


def test_readers_who_keep_what_was_doubted_make_the_model_doubt_less():
    labels, truth, _, views = noisy_set(rate=0.3)
    doubted = np.flatnonzero(evidence_on(labels, views).posterior[:, 0] < 0.5)
    verified = np.zeros(len(labels), dtype=np.bool_)
    verified[doubted[:20]] = True
    kept = evidence_on(labels, views, verified=verified)
    # the same images, but the readers mend them
    mended = np.where(verified, truth, labels)
    found = evidence_on(mended, views, given=labels, verified=verified)
    others = ~verified
    assert kept.posterior[others, 0].mean() > found.posterior[others, 0].mean() + 0.02


def test_small_classes_are_never_doubted_with_confidence():
    labels, _, _, views = noisy_set(rate=0.0)
    # four images of a class that no head can learn
    labels[:4] = 2
    crowd = np.flatnonzero(labels == 2)
    few = np.concatenate([np.flatnonzero(labels != 2), crowd[:4]])
    rows = FeatureViews(views._features, rows=few, device=CPU)
    posterior = evidence_on(labels[few], rows).posterior
    assert (posterior[-4:, 0] >= 0.5).all()


def test_image_that_a_reader_called_poor_is_poor():
    labels, _, _, views = noisy_set(rate=0.0, each=30)
    plain = views.plain(torch.arange(90)).numpy()
    poor = views.poor(torch.arange(90)).numpy()
    known = np.arange(90) == 7
    log_odds = poor_log_odds(plain, poor, labels, known_poor=known, rng=np.random.default_rng(0))
    assert log_odds[7] >= 10
    assert (log_odds[np.arange(90) != 7] < 0).all()


def test_unsure_predictions_of_a_clean_set_are_no_noise():
    rng = np.random.default_rng(0)
    f = rng.dirichlet([1.0, 1.0, 1.0], size=3000)
    labels = np.array([rng.choice(3, p=row) for row in f])
    seen = OutOfSample(f.astype(np.float32), f.astype(np.float32))
    known = Known(labels, np.full(3000, -1), np.zeros(3000, dtype=np.bool_))
    model = fit_noise(seen, known)
    doubt = 1 - model.true_class(seen, known)[np.arange(3000), labels]
    assert doubt.mean() < 0.03


def test_verified_label_is_certain():
    f = np.full((50, 3), 1 / 3, dtype=np.float32)
    labels = np.arange(50) % 3
    verified = np.where(np.arange(50) < 10, (labels + 1) % 3, -1)
    known = Known(labels, verified, np.zeros(50, dtype=np.bool_))
    true_class = fit_noise(OutOfSample(f, f), known).true_class(OutOfSample(f, f), known)
    assert true_class[np.arange(10), verified[:10]] == pytest.approx(1.0)


@pytest.mark.parametrize("counts", [[1, 30], [5, 5, 5], [3] * 40], ids=str)
def test_folds_are_even_over_all_and_over_each_class(counts):
    labels = np.repeat(np.arange(len(counts)), counts)
    folds = deal_folds(labels, 5, np.random.default_rng(0))
    sizes = np.bincount(folds, minlength=5)
    assert sizes.max() - sizes.min() <= 1
    for c in range(len(counts)):
        within = np.bincount(folds[labels == c], minlength=5)
        assert within.max() - within.min() <= 1


def test_poor_views_keep_form_and_range_lose_detail_and_repeat_with_the_seed():
    images = torch.rand(24, 3, 32, 32, generator=torch.Generator().manual_seed(0))
    seen = poor_view(images, generator=torch.Generator().manual_seed(1))
    assert seen.shape == images.shape
    assert 0 <= float(seen.min()) <= float(seen.max()) <= 1
    assert not (seen == images).flatten(1).all(dim=1).any()
    again = poor_view(images, generator=torch.Generator().manual_seed(1))
    assert torch.equal(seen, again)


def test_estimate_survives_its_file_and_damage_is_no_estimate(tmp_path):
    noise = NoiseEstimate(0.1, 0.08, 0.12, 0.05, np.array([0.1, 0.2]), np.eye(2))
    save_noise(tmp_path, noise, classes=("a", "ü"))
    report = load_noise(tmp_path)
    assert (report.rate, report.low, report.high, report.poor) == (0.1, 0.08, 0.12, 0.05)
    assert report.by_given_class == {"a": 0.1, "ü": 0.2}
    assert report.confusion["a"] == {"a": 1.0, "ü": 0.0}
    for damaged in ("{", "[]", "{}", '{"rate": "x"}', '{"rate": 0.1, "low": []}'):
        (tmp_path / "noise.json").write_text(damaged)
        assert load_noise(tmp_path) is None


def test_clean_set_comes_out_clean_and_says_how_much_noise_there_is(tmp_path):
    labels, _, _, views = noisy_set(rate=0.0, each=40)
    rows = np.arange(len(labels))
    images = TrainingSet((), (), rows, rows, labels, (Pin.NONE,) * len(labels), ("a", "b", "c"))
    result, events = run_on(images, views, tmp_path, config=replace(FAST, epochs=3))
    assert (result.results.bucket == 0).mean() >= 0.95
    said = next(event for event in events if event.name == "noise_estimated")
    assert said.rate == pytest.approx(result.noise.rate)
    assert said.rate < 0.05
    assert load_noise(tmp_path).rate == pytest.approx(said.rate, abs=1e-4)
