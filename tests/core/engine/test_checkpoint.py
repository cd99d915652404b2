"""Stop and resume: with the same scores to the last bit."""

from __future__ import annotations

import pickle
from dataclasses import astuple, replace

import numpy as np
import pytest
import torch
from feature_sets import (
    EMBEDDING,
    FAST,
    StopAt,
    codes,
    feature_set,
    fine_tuning,
    pixel_views,
    run_on,
)

from qmix_core.base.cancellation import Cancelled
from qmix_core.base.errors import DataError
from qmix_core.base.types import Pin
from qmix_core.engine.checkpoint import CHECKPOINT_FILE, load_checkpoint
from qmix_core.runs.config import PRESETS
from qmix_core.runs.scores import load_arrays


def checks_of(run) -> int:
    counter = StopAt(10**9)
    run(counter)
    return 10**9 - counter.left


def assert_same(one, other, folder, other_folder):
    for left, right in zip(astuple(one.results), astuple(other.results), strict=True):
        assert np.array_equal(left, right)
    names = [path.name for path in sorted((folder / "epochs").iterdir())]
    assert names == [path.name for path in sorted((other_folder / "epochs").iterdir())]
    for name in names:
        left, right = (load_arrays(f / "epochs" / name) for f in (folder, other_folder))
        assert left.keys() == right.keys()
        for key, value in left.items():
            assert np.array_equal(value, right[key], equal_nan=True), (name, key)


def test_run_on_features_resumes_to_the_last_bit_from_any_check(tmp_path):
    images, views = feature_set([30, 31, 29])
    config = replace(FAST, deals=1)
    whole, _ = run_on(images, views, tmp_path / "whole", config=config)
    total = checks_of(lambda c: run_on(images, views, tmp_path / "c", config=config, control=c))
    firsts = []
    for number in (1, total // 3, 2 * total // 3, total - 31, total):
        folder = tmp_path / str(number)
        with pytest.raises(Cancelled):
            run_on(images, views, folder, config=config, control=StopAt(number))
        result, events = run_on(images, views, folder, config=config, resume=True)
        firsts.append(next((e.epoch for e in events if e.name == "epoch_started"), 4))
        assert_same(whole, result, tmp_path / "whole", folder)
    assert firsts == sorted(firsts)
    assert firsts[0] == 1
    assert firsts[-1] >= 3


def test_fine_tuning_resumes_to_the_last_bit_from_its_last_epoch(tmp_path, monkeypatch):
    monkeypatch.setitem(PRESETS, "quick", FAST)
    images, views = feature_set([10, 10], size=EMBEDDING)
    pixels = pixel_views(20)
    config = fine_tuning()

    def run(folder, **options):
        return run_on(images, views, folder, config=config, pixels=pixels, **options)

    whole, _ = run(tmp_path / "whole")
    total = checks_of(lambda c: run(tmp_path / "c", control=c))
    resumed = 0
    # the resamples of the estimate come last
    for number in (total - 32, total - 40, total - 50, total - 60):
        folder = tmp_path / str(number)
        with pytest.raises(Cancelled):
            run(folder, control=StopAt(number))
        before = load_checkpoint(folder / CHECKPOINT_FILE)
        resumed += before is not None and before["record"]["partial"] is not None
        result, _ = run(folder, resume=True)
        assert_same(whole, result, tmp_path / "whole", folder)
    assert resumed >= 2


def test_checkpoint_follows_each_round_and_a_stop_after_the_last_one_costs_nothing(tmp_path):
    images, views = feature_set([20, 20])
    whole, events = run_on(images, views, tmp_path)
    saved = [event for event in events if event.name == "checkpoint_saved"]
    assert [event.epoch for event in saved] == [1, 2, 3]
    assert saved[0].path == str(tmp_path / CHECKPOINT_FILE)
    again, events = run_on(images, views, tmp_path, resume=True)
    assert not [event for event in events if event.name == "epoch_started"]
    assert_same(whole, again, tmp_path, tmp_path)


def stopped(tmp_path, images, views):
    total = checks_of(lambda c: run_on(images, views, tmp_path / "counted", control=c))
    with pytest.raises(Cancelled):
        run_on(images, views, tmp_path, control=StopAt(total - 3))
    return tmp_path / CHECKPOINT_FILE


@pytest.mark.parametrize("change", ["label", "pin", "settings"])
def test_resume_with_other_data_is_refused(tmp_path, change):
    images, views = feature_set([20, 20])
    stopped(tmp_path, images, views)
    config = FAST
    if change == "label":
        images = replace(images, labels=np.roll(images.labels, 1))
    elif change == "pin":
        images = replace(images, pins=(Pin.CORRECT, *images.pins[1:]))
    else:
        config = replace(FAST, seed=5)
    with pytest.raises(DataError, match="Start a new run"):
        run_on(images, views, tmp_path, config=config, resume=True)


def flip_a_bit(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def cut(path):
    path.write_bytes(path.read_bytes()[:-100])


def write_something_else(path):
    torch.save({"weights": torch.zeros(3)}, path)


def write_code(path):
    class Evil:
        def __reduce__(self):
            return (open, (str(path.parent / "ran"), "w"))

    torch.save({"format": Evil()}, path, pickle_module=pickle)


@pytest.mark.parametrize("damage", [flip_a_bit, cut, write_something_else, write_code])
def test_damaged_checkpoint_is_told_and_the_run_starts_anew(tmp_path, damage):
    images, views = feature_set([20, 20])
    whole, _ = run_on(images, views, tmp_path / "whole")
    damage(stopped(tmp_path, images, views))
    result, events = run_on(images, views, tmp_path, resume=True)
    assert codes(events)[0] == "damaged_checkpoint"
    assert next(event.epoch for event in events if event.name == "epoch_started") == 1
    assert_same(whole, result, tmp_path / "whole", tmp_path)
    assert not (tmp_path / "ran").exists()


CRAFTED = {"crafted": [1, "two"]}


@pytest.mark.parametrize("content", [{"record": CRAFTED}, {"networks": [CRAFTED, {}]}])
def test_checkpoint_of_the_right_run_with_crafted_content_is_one_sentence(tmp_path, content):
    images, views = feature_set([20, 20])
    path = stopped(tmp_path, images, views)
    state = torch.load(path, weights_only=True)
    torch.save(state | content, path)
    with pytest.raises(DataError, match="without --resume"):
        run_on(images, views, tmp_path, resume=True)


def test_full_disk_is_told_once_and_the_run_goes_on(tmp_path, monkeypatch):
    images, views = feature_set([20, 20])

    def refuse(*arguments, **options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("qmix_core.engine.checkpoint.torch.save", refuse)
    _, events = run_on(images, views, tmp_path)
    assert codes(events).count("checkpoint_failed") == 1
    assert not list(tmp_path.glob("checkpoint*"))
