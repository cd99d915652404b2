"""No network learns, in any way, the label that it judges; each starts and learns otherwise."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from feature_sets import FAST, co_training, feature_set, run_on

from qmix_core.base.types import CLEAN, HIGH, LOW, Pin
from qmix_core.engine.qmix import training
from qmix_core.engine.qmix.co_training import CoTraining, deal_parts
from qmix_core.engine.qmix.linear import PENALTIES
from qmix_core.engine.qmix.noise_model import OutOfSample
from qmix_core.engine.qmix.schedule import head_rounds, round_costs, round_count
from qmix_core.engine.qmix.targets import Lessons
from qmix_core.runs.config import PRESETS, RunConfig
from qmix_core.runs.scores import load_history


@pytest.fixture
def begun(monkeypatch):
    """What each network of the runs is taught: (round, unit, lessons, rows that it judges)."""
    seen = []
    begin = CoTraining.begin

    def spy(self, round_, unit, lessons, before):
        network = begin(self, round_, unit, lessons, before)
        seen.append((round_, unit, network, self.judged(unit), lessons, before))
        return network

    monkeypatch.setattr(CoTraining, "begin", spy)
    return seen


def test_labels_that_a_network_judges_teach_it_nothing(begun, tmp_path):
    images, views = feature_set([300, 300])
    run_on(images, views, tmp_path)
    assert len(begun) == 2 * 2 * 2
    for round_, unit, network, rows, lessons, before in begun:
        taught = network._lessons
        others = np.setdiff1d(np.arange(600), rows)
        assert 250 < len(rows) < 350
        assert torch.equal(taught.targets[others], lessons.targets[others])
        if round_ == 1:
            assert (taught.weights[rows] == 0).all()
            continue
        # its own predictions, which knew no label of these images
        assert np.array_equal(taught.targets[rows], before[unit[0]].plain[rows])
        assert (taught.bucket[rows] == HIGH).all()


def test_each_round_learns_what_the_other_networks_judged_in_the_last_one(begun, tmp_path):
    images, views = feature_set([225, 225])
    run_on(images, views, tmp_path)
    history = load_history(tmp_path, samples=450)
    for number in (2, 3):
        lessons = next(item[4] for item in begun if item[0] == number)
        posterior = history.posterior[number - 2].mean(axis=0)
        flagged = posterior.argmax(axis=1) == HIGH
        given = torch.from_numpy(images.labels)
        right = lessons.targets[torch.arange(450), given].numpy()
        assert flagged.any()
        # a doubted label is dropped, a trusted one is learned
        assert right[flagged].mean() < 0.5 < 0.8 < right[~flagged].mean()


def test_random_labels_are_never_predicted_by_those_who_judge_them(tmp_path):
    images, views = feature_set([300, 300], spread=1.0, size=64)
    labels = np.random.default_rng(3).permutation(images.labels)
    config = replace(FAST, epochs=15, dropout=0.0, weight_decay=0.0, hidden=64)
    run_on(replace(images, labels=labels), views, tmp_path, config=config)
    history = load_history(tmp_path, samples=600)
    # a network that had seen the labels would remember most of them
    for loss in history.loss:
        assert (loss > np.log(2)).mean() == pytest.approx(0.5, abs=0.1)


def test_images_of_a_patient_are_never_divided():
    labels = np.repeat([0, 1], 300)
    groups = np.arange(600) // 3
    for deal in deal_parts(labels, 3, seed=0, groups=groups):
        assert deal.count == 2
        assert all(len(set(deal.parts[groups == group])) == 1 for group in range(200))


def test_few_images_are_dealt_to_five_parts_so_that_networks_see_most_labels():
    (deal,) = deal_parts(np.repeat([0, 1], 50), 1, seed=0, groups=None)
    assert sorted(set(deal.parts)) == [0, 1, 2, 3, 4]


def test_linear_networks_are_the_plainer_the_less_images_tell_of_their_labels():
    images, views = feature_set([300, 300])

    def chosen(labels):
        trainer, lessons = co_training(replace(images, labels=labels), views)
        trainer.choose_penalty(lessons, labels, lambda: None)
        return trainer._penalty

    labels = np.repeat([0, 1], 300)
    assert chosen(labels) == min(PENALTIES)
    assert chosen(np.random.default_rng(0).permutation(labels)) == max(PENALTIES)


def test_every_network_of_a_run_starts_elsewhere():
    trainer, lessons = co_training(*feature_set([300, 300]), deals=2)
    starts = [
        trainer.begin(round_, unit, lessons, None).network.classifier.weight
        for round_ in (1, 2)
        for unit in trainer.units
    ]
    assert len(starts) == 8
    for number, one in enumerate(starts):
        assert not any(torch.equal(one, other) for other in starts[number + 1 :])


def test_deals_differ():
    trainer, _ = co_training(*feature_set([300, 300]), deals=2)
    assert not np.array_equal(trainer.judged((0, 0)), trainer.judged((1, 0)))
    both = np.concatenate([trainer.judged((0, 0)), trainer.judged((0, 1))])
    assert np.array_equal(np.sort(both), np.arange(600))


def test_networks_judge_without_dropout():
    config = replace(FAST, dropout=0.5)
    trainer, lessons = co_training(*feature_set([300, 300]), config=config)
    network = trainer.begin(1, (0, 0), lessons, None)
    network.learn(lambda *_: None)
    rows = np.arange(50)
    first, second = (network.look(rows, lambda: None) for _ in range(2))
    assert np.array_equal(first.plain, second.plain)
    assert np.array_equal(first.poor, second.poor)
    assert not network.network.training


def test_verified_labels_are_taught_by_all_after_the_warm_up(begun, tmp_path):
    images, views = feature_set([300, 300])
    pins = (Pin.CORRECT,) * 50 + (Pin.LOW_QUALITY,) * 10 + images.pins[60:]
    run_on(replace(images, pins=pins), views, tmp_path)
    onehot = torch.eye(2)[torch.from_numpy(images.labels)]
    for round_, _, network, rows, _, _ in begun:
        taught, facts = network._lessons, rows[rows < 50]
        if round_ == 1:
            assert (taught.weights[facts] == 0).all()
        else:
            assert torch.equal(taught.targets[facts], onehot[facts])
            assert (taught.weights[facts] == 1).all()
        assert (taught.weights[50:60] < 1e-3).all()


def test_poor_images_hardly_teach_and_their_weight_tells_no_label():
    targets = np.full((4, 2), 0.5, dtype=np.float32)
    weights = np.array([1.0, 0.1, 1.0, 0.1], dtype=np.float32)
    lessons = Lessons.of(targets, weights, np.array([CLEAN, LOW, HIGH, LOW]))
    own = np.array([[0.9, 0.1]] * 4, dtype=np.float32)
    taught = lessons.without_labels(np.array([True, True, False, False]), own)
    assert torch.equal(taught.weights, lessons.weights)
    assert np.array_equal(taught.targets[:2], own[:2])
    assert torch.equal(taught.targets[2:], lessons.targets[2:])


def test_mean_of_opinions_is_the_mean():
    one, two = (OutOfSample(np.full((2, 2), value), np.full((2, 2), value)) for value in (0.2, 0.6))
    assert OutOfSample.mean([one, two]).plain == pytest.approx(0.4)


def test_features_are_kept_on_few_axes_and_keep_their_neighbours():
    rng = np.random.default_rng(0)
    features = (rng.normal(size=(40, 8)) @ rng.normal(size=(8, 200))).astype(np.float32)
    kept = training.compact(features)
    assert kept.shape == (40, 64)
    assert np.linalg.norm(kept, axis=1) == pytest.approx(1.0, abs=1e-4)
    centred = features - features.mean(axis=0)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    assert kept @ kept.T == pytest.approx(centred @ centred.T, abs=1e-3)


def test_large_sets_need_one_round_less_and_no_more_than_was_asked():
    asked = RunConfig()
    assert [head_rounds(asked, images) for images in (100, 499, 500, 100_000)] == [3, 3, 2, 2]
    assert head_rounds(replace(asked, rounds=1), 100_000) == 1
    tuned = replace(PRESETS["standard"], rounds=1)
    assert round_count(tuned, 499) == head_rounds(asked, 499) + 1
    assert len(round_costs(tuned, 5000)) == round_count(tuned, 5000) == 3
