"""The map of images: where features put them, and how it is kept."""

from __future__ import annotations

import os
import sys

import numpy as np
import pytest

from qmix_core.base.atomic_write import save_arrays
from qmix_core.base.cancellation import Cancelled
from qmix_core.review import embedding_map as module
from qmix_core.review.embedding_map import (
    STEPS,
    Arrangement,
    by_axes,
    by_likeness,
    load_map,
    map_file,
    save_map,
)


def nobody(_done, _total):
    pass


def groups(count, *, of=4, axes=8, seed=0):
    """Features of some groups far apart, and the group of each."""
    rng = np.random.default_rng(seed)
    group = np.arange(count) % of
    features = 5 * np.eye(of, axes)[group] + 0.3 * rng.standard_normal((count, axes))
    return features.astype(np.float32), group


def share_beside_their_own(positions, group):
    """How many have one of their own group as nearest neighbour."""
    apart = ((positions[:, None] - positions) ** 2).sum(axis=2)
    np.fill_diagonal(apart, np.inf)
    return (group[apart.argmin(axis=1)] == group).mean()


def test_axes_are_those_on_which_images_differ_most():
    rng = np.random.default_rng(0)
    features = rng.standard_normal((50, 6)).astype(np.float32)
    features *= np.array([0.1, 9, 0.1, 0.1, 3, 0.1], dtype=np.float32)
    positions = by_axes(features)
    assert positions.dtype == np.float32
    assert abs(np.corrcoef(positions[:, 0], features[:, 1])[0, 1]) > 0.99
    assert abs(np.corrcoef(positions[:, 1], features[:, 4])[0, 1]) > 0.99
    assert np.abs(positions).max() == pytest.approx(1)


def test_same_features_in_another_order_have_the_same_places():
    features, _ = groups(40)
    order = np.random.default_rng(1).permutation(40)
    assert by_axes(features[order]) == pytest.approx(by_axes(features)[order], abs=1e-4)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e30])
def test_image_whose_features_are_no_numbers_has_no_place(value):
    features, _ = groups(12)
    features[3, 2] = value
    positions = by_axes(features)
    assert np.isnan(positions[3]).all()
    others = np.delete(np.arange(12), 3)
    assert positions[others] == pytest.approx(by_axes(features[others]))


@pytest.mark.parametrize("shape", [(0, 5), (3, 5), (7, 0)])
@pytest.mark.parametrize("place", [by_axes, lambda features: by_likeness(features, nobody)])
def test_too_little_makes_no_map(shape, place):
    positions = place(np.ones(shape, dtype=np.float32))
    assert positions.shape == (shape[0], 2)
    assert np.isnan(positions).all()


@pytest.mark.parametrize("place", [by_axes, lambda features: by_likeness(features, nobody)])
@pytest.mark.parametrize("axes", [1, 2])
def test_few_axes_and_images_that_are_all_the_same_have_places(place, axes):
    assert np.isfinite(place(np.ones((6, axes), dtype=np.float32))).all()
    assert np.isfinite(place(np.arange(6 * axes, dtype=np.float32).reshape(6, axes))).all()


def test_by_likeness_neighbours_stay_together_and_the_same_comes_again():
    features, group = groups(80)
    told = []
    positions = by_likeness(features, lambda done, total: told.append((done, total)))
    assert share_beside_their_own(positions, group) > 0.95
    assert np.array_equal(positions, by_likeness(features, nobody))
    assert (told[0], told[-1]) == ((0, STEPS), (STEPS, STEPS))
    assert len(told) > 3
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_of_many_a_share_is_arranged_and_the_others_lie_among_those_like_them(monkeypatch):
    monkeypatch.setattr(module, "MOST_ARRANGED", 60)
    monkeypatch.setattr(module, "_CHUNK", 32)
    features, group = groups(240)
    positions = by_likeness(features, nobody)
    assert np.isfinite(positions).all()
    assert share_beside_their_own(positions, group) > 0.95
    # nobody is hidden under another
    assert len(np.unique(positions, axis=0)) == 240


def test_copy_of_an_arranged_image_lies_with_it(monkeypatch):
    monkeypatch.setattr(module, "MOST_ARRANGED", 60)
    features, _ = groups(120)
    arranged = module._share(120)
    other = np.setdiff1d(np.arange(120), arranged)[0]
    features[other] = features[arranged[7]]
    positions = by_likeness(features, nobody)
    assert positions[other] == pytest.approx(positions[arranged[7]], abs=0.02)


def test_work_ends_at_the_next_step_once_it_is_cancelled(capsys):
    features, _ = groups(40)

    def stop(done, _total):
        sys.stdout.write("heard\n")
        if done:
            raise Cancelled

    before = sys.stdout
    with pytest.raises(Cancelled):
        by_likeness(features, stop)
    assert sys.stdout is before
    # what scikit-learn says of itself stays unheard, but not what the listener prints
    assert capsys.readouterr().out == "heard\n" * 2


def test_kept_map_comes_back_for_the_same_features_alone(tmp_path):
    sample, (features, _) = np.arange(12), groups(12)
    file = map_file(tmp_path, 3, (sample, features), Arrangement.AXES)
    assert file.parent == tmp_path / "map"
    positions = by_axes(features)
    save_map(file, positions)
    assert np.array_equal(load_map(file, count=12), positions)
    assert os.name == "nt" or file.stat().st_mode & 0o077 == 0
    changed = features.copy()
    changed[0, 0] += 1
    others = [
        map_file(tmp_path, 3, (sample, changed), Arrangement.AXES),
        map_file(tmp_path, 3, (sample[::-1], features), Arrangement.AXES),
        map_file(tmp_path, 3, (sample, features), Arrangement.LIKENESS),
        map_file(tmp_path, 4, (sample, features), Arrangement.AXES),
    ]
    assert len({file, *others}) == 5
    assert all(load_map(other, count=12) is None for other in others)


@pytest.mark.parametrize(
    "positions",
    [
        np.zeros((11, 2), dtype=np.float32),
        np.zeros((12, 3), dtype=np.float32),
        np.zeros((12, 2), dtype=np.float64),
        np.zeros((12, 2), dtype=np.int32),
        np.full((12, 2), np.inf, dtype=np.float32),
        np.full((12, 2), 1e20, dtype=np.float32),
    ],
)
def test_map_of_other_form_is_not_taken(tmp_path, positions):
    file = tmp_path / "map.npz"
    save_arrays(file, {"positions": positions})
    assert load_map(file, count=12) is None


def test_pickles_and_damaged_files_are_not_taken(tmp_path):
    file = tmp_path / "map.npz"
    np.savez(file, positions=np.array([{}] * 24, dtype=object).reshape(12, 2))
    assert load_map(file, count=12) is None
    file.write_bytes(b"nothing")
    assert load_map(file, count=12) is None
    save_arrays(file, {"others": np.zeros((12, 2), dtype=np.float32)})
    assert load_map(file, count=12) is None
