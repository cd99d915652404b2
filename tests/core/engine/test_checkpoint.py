"""Stop, go on, start warm: with the same scores to the last bit."""

from __future__ import annotations

import pickle
import shutil
from dataclasses import astuple, replace

import numpy as np
import pytest
import torch
from feature_sets import FAST, StopAt, codes, feature_set, run_on
from small_encoder import OPTIONS

from qmix_core.base.cancellation import Cancelled, Control
from qmix_core.base.errors import DataError
from qmix_core.base.types import Pin
from qmix_core.engine.checkpoint import CHECKPOINT_FILE, keep_networks
from qmix_core.engine.trainer import train
from qmix_core.engine.training_set import TrainingSet
from qmix_core.runs.run_options import RunOptions
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


def expected_epoch(stop: int, total: int) -> int:
    """The epoch that a run of 4 epochs of 7 checks was in at a stop; noise is estimated in 2."""
    if stop > total - 14:
        return 3 + (stop - (total - 13)) // 7
    return 1 if stop <= 7 else 2


@pytest.mark.parametrize("optimizer", ["sgd", "adamw"])
def test_run_on_features_resumes_to_the_last_bit_from_every_check(tmp_path, optimizer):
    images, views = feature_set([12, 13, 11])
    config = replace(FAST, optimizer=optimizer, dropout=0.3)
    whole, _ = run_on(images, views, tmp_path / "whole", config=config)
    total = checks_of(lambda c: run_on(images, views, tmp_path / "c", config=config, control=c))
    before_evidence = 2 * (2 * 3 + 1)
    # some batches of the epochs, and some of the many checks while noise is estimated
    stops = [*range(1, before_evidence + 1, 6), *range(before_evidence, total - 14, 900)]
    stops += range(total - 13, total + 1, 5)
    for number in stops:
        folder = tmp_path / str(number)
        with pytest.raises(Cancelled):
            run_on(images, views, folder, config=config, control=StopAt(number))
        result, events = run_on(images, views, folder, config=config, resume=True)
        first = next(event.epoch for event in events if event.name == "epoch_started")
        assert first == expected_epoch(number, total)
        assert_same(whole, result, tmp_path / "whole", folder)


def test_run_on_pixels_resumes_to_the_last_bit(project, tmp_path):
    images = TrainingSet(
        paths=tuple(project.root / sample.image for sample in project.samples),
        hashes=tuple(sample.sha256 for sample in project.samples),
        rows=np.arange(len(project.samples)),
        sample=np.arange(len(project.samples)),
        labels=np.array([project.classes.names.index(s.label) for s in project.samples]),
        pins=(Pin.NONE,) * len(project.samples),
        classes=project.classes.names,
    )
    config = replace(
        RunOptions(**OPTIONS | {"preset": "standard"}).config(),
        epochs=4,
        warmup_epochs=2,
        image_size=16,
        batch_size=8,
        cached_views=1,
        evidence_repeats=1,
    )

    def run(folder, control=None, **options):
        return train(
            config,
            images,
            folder=tmp_path / folder,
            cache=tmp_path / "cache",
            sink=lambda event: None,
            control=control or Control(),
            **options,
        )

    whole = run("whole")
    total = checks_of(lambda control: run("counted", control))
    for number in range(2, total + 1, total // 3):
        with pytest.raises(Cancelled):
            run(str(number), StopAt(number))
        result = run(str(number), resume=True)
        assert_same(whole, result, tmp_path / "whole", tmp_path / str(number))


def test_checkpoint_follows_each_epoch_and_a_stop_after_the_last_one_costs_nothing(tmp_path):
    images, views = feature_set([20, 20])
    whole, events = run_on(images, views, tmp_path)
    saved = [event for event in events if event.name == "checkpoint_saved"]
    assert [event.epoch for event in saved] == [1, 2, 3, 4]
    assert saved[0].path == str(tmp_path / CHECKPOINT_FILE)
    again, events = run_on(images, views, tmp_path, resume=True)
    assert not [event for event in events if event.name == "epoch_started"]
    assert_same(whole, again, tmp_path, tmp_path)


def stopped(tmp_path, images, views):
    with pytest.raises(Cancelled):
        run_on(images, views, tmp_path, control=StopAt(20))
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


@pytest.mark.parametrize("part", ["trainer", "record", "schedule"])
def test_checkpoint_of_the_right_run_with_crafted_content_is_one_sentence(tmp_path, part):
    images, views = feature_set([20, 20])
    path = stopped(tmp_path, images, views)
    state = torch.load(path, weights_only=True)
    torch.save(state | {part: {"crafted": [1, "two"]}}, path)
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


# -- warm start -----------------------------------------------------------------------------------

LONG = replace(FAST, epochs=12, warmup_epochs=8)


def test_warm_start_is_shorter_and_begins_where_the_networks_were(tmp_path):
    images, views = feature_set([40, 40])
    run_on(images, views, tmp_path / "cold", config=LONG)
    earlier = tmp_path / "cold" / CHECKPOINT_FILE
    keep_networks(earlier)
    _, events = run_on(images, views, tmp_path / "warm", config=LONG, warm_start=earlier)
    stages = [event.stage for event in events if event.name == "epoch_started"]
    assert stages == ["warm-up"] * 2 + ["training"] * 4
    losses = [event.metrics["loss_a"] for event in events if event.name == "epoch_done"]
    cold = load_arrays(tmp_path / "cold" / "epochs" / "0001.npz")["loss"].mean()
    warm = load_arrays(tmp_path / "warm" / "epochs" / "0001.npz")["loss"].mean()
    assert warm < cold
    assert len(losses) == 6
    assert codes(events) == [code for code in codes(events) if code != "cold_start"]


def test_networks_that_do_not_fit_are_told_and_the_run_is_as_long_as_a_cold_one(tmp_path):
    images, views = feature_set([20, 20])
    run_on(images, views, tmp_path / "first")
    earlier = tmp_path / "first" / CHECKPOINT_FILE
    other = replace(FAST, hidden=24)
    cold, _ = run_on(images, views, tmp_path / "cold", config=other)
    result, events = run_on(images, views, tmp_path / "w", config=other, warm_start=earlier)
    assert "cold_start" in codes(events)
    assert_same(cold, result, tmp_path / "cold", tmp_path / "w")


def test_missing_checkpoint_is_a_cold_start_without_a_word(tmp_path):
    images, views = feature_set([20, 20])
    _, events = run_on(images, views, tmp_path, warm_start=tmp_path / "none.pt")
    assert "cold_start" not in codes(events)
    assert len([event for event in events if event.name == "epoch_started"]) == 4


def test_warm_run_resumes_to_the_last_bit_without_the_earlier_run(tmp_path):
    images, views = feature_set([20, 20])
    run_on(images, views, tmp_path / "first")
    earlier = tmp_path / "first" / CHECKPOINT_FILE
    whole, _ = run_on(images, views, tmp_path / "whole", warm_start=earlier)
    total = checks_of(
        lambda c: run_on(images, views, tmp_path / "c", warm_start=earlier, control=c)
    )
    with pytest.raises(Cancelled):
        run_on(images, views, tmp_path / "w", warm_start=earlier, control=StopAt(total - 3))
    shutil.rmtree(tmp_path / "first")
    result, _ = run_on(images, views, tmp_path / "w", warm_start=earlier, resume=True)
    assert_same(whole, result, tmp_path / "whole", tmp_path / "w")
