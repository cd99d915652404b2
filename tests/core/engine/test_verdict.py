"""Verdicts on features whose truth is known: noise, poor images, readers, and what is held back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from feature_sets import CPU, FAST, codes, run_on

from qmix_core.base.types import CLEAN, HIGH, LOW, WRONG_FROM, NoiseEstimate, Partition, Pin
from qmix_core.dataset.folds import deal_folds
from qmix_core.engine.qmix.noise_model import Known, OutOfSample, fit_noise
from qmix_core.engine.qmix.verdict import (
    believe,
    confused_pairs,
    estimate_noise,
    reader_shift,
    shift_to_rate,
)
from qmix_core.engine.quality.poor_images import judge_with_known
from qmix_core.engine.training_set import TrainingSet
from qmix_core.engine.views.degraded_views import poor_view
from qmix_core.engine.views.views import FeatureViews
from qmix_core.runs.noise_report import load_noise, save_noise
from qmix_core.runs.scores import load_history

CLASSES = 3
SURE = replace(FAST, rounds=2, epochs=6, hidden=32)


def noisy_set(*, rate, poor_rate=0.0, each=100, seed=0, spread=1.0):
    """Three classes of readable images, some poor ones: labels, truth, is_poor and their views."""
    rng = np.random.default_rng(seed)
    truth = np.repeat(np.arange(CLASSES), each)
    is_poor = rng.random(len(truth)) < poor_rate
    centres = 2.0 * rng.normal(size=(CLASSES, 16))
    features = centres[truth][:, None] + spread * rng.normal(size=(len(truth), 6, 16))
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


def run_set(labels, views, folder, *, given=None, pins=None, config=SURE, **options):
    rows = np.arange(len(labels))
    images = TrainingSet(
        paths=(),
        hashes=(),
        rows=rows,
        sample=rows,
        labels=labels,
        pins=tuple(pins) if pins is not None else (Pin.NONE,) * len(labels),
        classes=tuple("abcdef"[: labels.max() + 1]),
        given=given,
        **options,
    )
    return run_on(images, views, folder, config=config)


@pytest.mark.parametrize("rate", [0.0, 0.1, 0.3])
def test_as_many_labels_are_doubted_as_are_wrong(rate, tmp_path):
    labels, truth, _, views = noisy_set(rate=rate)
    result, _ = run_set(labels, views, tmp_path)
    wrong = labels != truth
    assert result.noise.rate == pytest.approx(wrong.mean(), abs=0.03)
    assert result.noise.low <= result.noise.rate <= result.noise.high
    assert ((result.results.bucket == HIGH) == wrong).mean() > 0.97
    assert result.results.posterior.sum(axis=1) == pytest.approx(1.0, abs=1e-5)


def test_what_cannot_be_read_is_in_the_third_bucket_whatever_its_label(tmp_path):
    labels, truth, is_poor, views = noisy_set(rate=0.1, poor_rate=0.2)
    results = run_set(labels, views, tmp_path)[0].results
    assert (is_poor & (labels == truth)).any()
    assert ((results.bucket == LOW) == is_poor).all()
    assert (results.posterior[is_poor, LOW] >= 0.5).all()
    readable = ~is_poor
    wrong = (labels != truth)[readable]
    assert ((results.bucket[readable] == HIGH) == wrong).mean() > 0.97
    assert results.p_wrong[readable][wrong].mean() > 0.9


def test_the_table_of_confusions_is_found(tmp_path):
    labels, truth, _, views = noisy_set(rate=0.0, each=200)
    # a third of class 0 is labelled 1, nothing else is wrong
    labels[np.flatnonzero(truth == 0)[::3]] = 1
    table = run_set(labels, views, tmp_path)[0].noise.table
    assert table[0] == pytest.approx([2 / 3, 1 / 3, 0.0], abs=0.06)
    assert table[2] == pytest.approx([0.0, 0.0, 1.0], abs=0.06)


def test_readers_who_keep_what_was_doubted_make_the_model_doubt_less():
    p_wrong = np.full(40, 0.7)
    given = np.arange(40) % 2
    poor = np.zeros(40, dtype=np.bool_)
    kept, corrected = (
        reader_shift(p_wrong, Known(given, np.where(np.arange(40) < 20, said, -1), poor))
        for said in (given, 1 - given)
    )
    assert kept < -0.5
    assert corrected > 0.5
    assert reader_shift(p_wrong, Known(given, np.full(40, -1), poor)) == 0


def test_what_readers_say_moves_all_other_verdicts(tmp_path):
    labels, _, _, views = noisy_set(rate=0.3, spread=2.5)
    doubted = np.argsort(-run_set(labels, views, tmp_path / "a")[0].results.p_wrong)
    verified = np.isin(np.arange(len(labels)), doubted[20:80])
    pins = [Pin.CORRECT if known else Pin.NONE for known in verified]
    kept = run_set(labels, views, tmp_path / "b", pins=pins)[0].results
    assert (kept.bucket[verified] == CLEAN).all()
    before = load_history(tmp_path / "a", samples=len(labels)).posterior[0].mean(axis=0)
    after = load_history(tmp_path / "b", samples=len(labels)).posterior[0].mean(axis=0)
    # the warm-up taught the same: what was kept lowers the other doubts
    assert after[~verified, CLEAN].mean() > before[~verified, CLEAN].mean() + 0.01


def test_verified_labels_are_taught_by_every_network_after_the_warm_up(tmp_path):
    labels, truth, _, views = noisy_set(rate=0.3)
    corrected = np.where(labels != truth, truth, labels)
    pins = [Pin.CORRECT] * len(labels)
    result, _ = run_set(corrected, views, tmp_path, given=labels, pins=pins)
    assert (result.results.bucket == CLEAN).all()
    assert result.results.suggested.tolist() == truth.tolist()
    # the rate is that of the labels as they came
    assert result.noise.rate == pytest.approx((labels != truth).mean())


def test_few_images_get_a_ranking_and_no_verdict(tmp_path):
    labels, truth, _, views = noisy_set(rate=0.2, each=25)
    result, events = run_set(labels, views, tmp_path)
    assert "ranking_only" in codes(events)
    assert (result.results.bucket != HIGH).all()
    assert (result.results.p_wrong < WRONG_FROM).all()
    wrong = labels != truth
    worst = np.argsort(-result.results.error_score)[: wrong.sum()]
    assert wrong[worst].mean() > 0.8


def test_class_under_ten_images_gets_no_verdict_and_is_named(tmp_path):
    labels, _, _, views = noisy_set(rate=0.0)
    # four images of a class that no head can learn
    labels[:4] = 2
    crowd = np.flatnonzero(labels == 2)
    few = np.concatenate([np.flatnonzero(labels != 2), crowd[:4]])
    rows = FeatureViews(views._features._array, rows=few, device=CPU)
    result, events = run_set(labels[few], rows, tmp_path)
    assert (result.results.bucket[-4:] == CLEAN).all()
    text = next(e.text for e in events if getattr(e, "code", "") == "small_classes")
    assert "labels of c:" in text


def test_classes_that_cannot_be_told_apart_are_named_and_not_flagged(tmp_path):
    labels, truth, _, views = noisy_set(rate=0.0)
    # one class under two names
    split = np.random.default_rng(1).permutation(np.flatnonzero(truth == 0))[:50]
    labels = np.where(np.isin(np.arange(len(labels)), split), 3, labels)
    result, events = run_set(labels, views, tmp_path)
    text = next(e.text for e in events if getattr(e, "code", "") == "confused_classes")
    assert "a and d" in text
    assert (result.results.bucket == CLEAN).mean() > 0.97
    assert result.noise.rate < 0.05


def test_classes_are_confused_only_where_images_do_not_rank_them():
    rng = np.random.default_rng(0)
    given = rng.integers(0, 3, 600)
    seen = rng.dirichlet([1.0] * 3, size=600).astype(np.float32)
    known = Known(given, np.full(600, -1), np.zeros(600, dtype=np.bool_))
    confused = confused_pairs(seen, known)
    assert confused.sum() == 6
    seen[np.arange(600), given] += np.where(given == 2, 2.0, 0.0).astype(np.float32)
    confused = confused_pairs(seen, known)
    assert confused[0, 1]
    assert confused[1, 0]
    assert not confused[2].any()


def test_image_that_leaves_clean_never_suggests_its_given_label(tmp_path):
    labels, _, _, views = noisy_set(rate=0.3, spread=2.5)
    results = run_set(labels, views, tmp_path)[0].results
    flagged = results.bucket == HIGH
    assert flagged.any()
    assert (results.suggested[flagged] != labels[flagged]).all()
    assert (results.probability[flagged] <= results.p_wrong[flagged] + 1e-5).all()
    clean = results.bucket == CLEAN
    assert (results.suggested[clean] == labels[clean]).all()
    assert results.probability[clean] == pytest.approx(1 - results.p_wrong[clean], abs=1e-5)


def test_buckets_follow_the_probabilities_that_are_shown(tmp_path):
    labels, _, _, views = noisy_set(rate=0.2, poor_rate=0.1, spread=1.5)
    results = run_set(labels, views, tmp_path)[0].results
    assert np.array_equal(results.bucket, Partition.of(results.posterior).bucket)
    low, wrong = results.posterior[:, LOW] >= 0.5, results.p_wrong >= WRONG_FROM
    assert np.array_equal(results.bucket, np.where(low, LOW, np.where(wrong, HIGH, CLEAN)))


def test_wrong_grades_are_expected_next_to_the_true_one():
    rng = np.random.default_rng(0)
    truth = np.repeat(np.arange(5), 20)
    seen = np.eye(5, dtype=np.float32)[truth] * 0.6 + 0.08
    given = np.where(rng.random(100) < 0.2, np.abs(truth - 1), truth)
    poor = np.zeros(100, dtype=np.bool_)
    tables = [
        fit_noise(OutOfSample(seen, seen), Known(given, np.full(100, -1), poor, ranks)).table
        for ranks in ((), (0, 1, 2, 3, 4))
    ]
    far = np.abs(np.subtract.outer(np.arange(5), np.arange(5))) > 1
    assert tables[1][far].sum() < 0.5 * tables[0][far].sum()


def test_image_is_as_poor_or_fine_as_a_reader_called_it():
    labels, _, _, views = noisy_set(rate=0.0, each=30)
    plain = views.plain(torch.arange(90)).numpy()
    poor = views.poor(torch.arange(90)).numpy()
    rows = np.arange(90)
    log_odds = judge_with_known(
        plain, poor, labels, known_poor=rows == 7, known_fine=rows == 8,
        rng=np.random.default_rng(0),
    ).log_odds  # fmt: skip
    assert log_odds[7] >= 10
    assert log_odds[8] <= -10
    assert (log_odds[rows != 7] < 0).all()


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


def two_classes(count=400, *, wrong, poor, seed=0):
    """Predictions that are sure of readable images and say nothing of poor ones."""
    rng = np.random.default_rng(seed)
    truth = np.arange(count) % 2
    is_poor = rng.random(count) < poor
    right = np.where(is_poor, 0.5, 0.9).astype(np.float32)
    plain = np.stack([np.where(truth == c, right, 1 - right) for c in (0, 1)], axis=1)
    odds = np.where(is_poor, 0.5, wrong)
    given = np.where(rng.random(count) < odds, 1 - truth, truth)
    seen = OutOfSample(plain.astype(np.float32), np.full((count, 2), 0.5, dtype=np.float32))
    return seen, given, truth, is_poor


def test_image_that_may_be_poor_is_judged_as_both():
    seen, given, _, is_poor = two_classes(wrong=0.1, poor=0.2)
    known = Known(given, np.full(400, -1), np.where(is_poor, 0.99, 0.01))
    model = fit_noise(seen, known)
    doubts = []
    for p_poor in (0.01, 0.5, 0.99):
        now = replace(known, p_poor=np.full(400, p_poor))
        doubts.append(1 - model.true_class(seen, now)[np.arange(400), given])
    low, high = np.minimum(doubts[0], doubts[2]), np.maximum(doubts[0], doubts[2])
    assert (doubts[1] >= low - 1e-6).all()
    assert (doubts[1] <= high + 1e-6).all()
    # a label that a clear image contradicts speaks for an image that is not clear
    contradicted = ~is_poor & (seen.plain[np.arange(400), given] < 0.5)
    agreed = ~is_poor & ~contradicted
    share = model.poor_share(seen, replace(known, p_poor=np.full(400, 0.5)))
    assert share[contradicted].min() > 0.5 > share[agreed].max()


def test_copies_that_can_still_be_read_do_not_say_how_sure_to_be_of_poor_images():
    seen, given, _, is_poor = two_classes(wrong=0.1, poor=0.2)
    mild = np.arange(400) % 4 == 0
    copies = np.where(mild[:, None], seen.plain, seen.poor).astype(np.float32)
    known = Known(given, np.full(400, -1), is_poor.astype(np.float32))
    of_all = fit_noise(OutOfSample(seen.plain, copies), known)
    of_severe = fit_noise(OutOfSample(seen.plain, copies), replace(known, severe=~mild))
    assert of_severe.poor_sharpness < of_all.poor_sharpness


def test_a_rate_is_reached_by_moving_all_images_in_their_order():
    p_wrong = np.random.default_rng(0).uniform(0.01, 0.5, 500)
    log_odds = np.log(p_wrong / (1 - p_wrong))
    moved = 1 / (1 + np.exp(-log_odds - shift_to_rate(p_wrong, 0.3)))
    assert moved.mean() == pytest.approx(0.3, abs=1e-4)
    assert shift_to_rate(p_wrong, float(p_wrong.mean())) == 0


def test_each_round_is_held_to_what_the_warm_up_measured(tmp_path, monkeypatch):
    labels, _, _, views = noisy_set(rate=0.3, spread=2.5)
    warm_ups, beliefs = [], []

    def watched(*args, before):
        belief, warm_up = believe(*args, before=before)
        warm_ups.append((before, warm_up))
        beliefs.append(belief)
        return belief, warm_up

    monkeypatch.setattr("qmix_core.engine.trainer.believe", watched)
    done = run_set(labels, views, tmp_path, config=replace(SURE, rounds=3))[0]
    (none, first), *later = warm_ups
    assert none is None
    assert later == [(first, first)] * 2
    half_way = beliefs[-1].disagreement / 2
    assert abs(done.noise.rate - first.rate) == pytest.approx(half_way, abs=1e-3)
    # and yet they rank for themselves
    assert not np.allclose(beliefs[-1].p_wrong, beliefs[0].p_wrong, atol=0.02)


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
    seen = poor_view(images, np.arange(len(images)), generator=torch.Generator().manual_seed(1))
    assert seen.shape == images.shape
    assert 0 <= float(seen.min()) <= float(seen.max()) <= 1
    assert not (seen == images).flatten(1).all(dim=1).any()
    again = poor_view(images, np.arange(len(images)), generator=torch.Generator().manual_seed(1))
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


def test_estimate_is_told_and_kept(tmp_path):
    labels, _, _, views = noisy_set(rate=0.0)
    result, events = run_set(labels, views, tmp_path)
    assert (result.results.bucket == CLEAN).mean() >= 0.98
    said = next(event for event in events if event.name == "noise_estimated")
    assert said.rate == pytest.approx(result.noise.rate)
    assert said.rate < 0.05
    assert load_noise(tmp_path).rate == pytest.approx(said.rate, abs=1e-4)


def test_the_interval_reaches_as_far_as_the_rounds_disagree():
    seen, given, _, _ = two_classes(wrong=0.2, poor=0.0)
    known = Known(given, np.full(len(given), -1), np.zeros(len(given)))
    agreed, _ = believe([[seen]], known, before=None)

    def interval(apart):
        noise = estimate_noise(
            [[seen]], known, replace(agreed, disagreement=apart), rng=np.random.default_rng(0),
            check=lambda: None,
        )  # fmt: skip
        return noise.rate - noise.low, noise.high - noise.rate

    standard_error = 0.05
    wider = np.hypot(interval(0.0), 1.96 * standard_error)
    assert interval(2 * standard_error) == pytest.approx(wider, abs=1e-6)


def test_the_share_of_wrong_labels_is_the_mean_of_warm_up_and_round():
    seen, given, _, _ = two_classes(wrong=0.2, poor=0.0)
    known = Known(given, np.full(len(given), -1), np.zeros(len(given)))
    first, warm_up = believe([[seen]], known, before=None)
    later, _ = believe([[seen]], known, before=replace(warm_up, rate=0.3))
    own = first.p_wrong.mean()
    assert first.disagreement == 0
    assert later.disagreement == pytest.approx(0.3 - own, abs=1e-3)
    assert later.p_wrong.mean() == pytest.approx((own + 0.3) / 2, abs=1e-3)
