"""Fine-tuning a pretrained encoder, and doing with the device's memory that there is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from feature_sets import CPU, EMBEDDING, FAST, codes, feature_set, fine_tuning, pixel_views, run_on

from qmix_core.base.errors import ConfigError
from qmix_core.engine.encoders.batches import SMALLEST_BATCH, BatchSize, split
from qmix_core.engine.encoders.encoders import load_encoder
from qmix_core.engine.qmix.co_training import CoTraining, deal_parts
from qmix_core.engine.qmix.networks import Scale
from qmix_core.engine.qmix.precision import Precision
from qmix_core.engine.qmix.targets import as_labelled
from qmix_core.engine.views.views import DeviceArray, PixelViews
from qmix_core.runs.config import PRESETS
from qmix_core.runs.scores import load_history


@pytest.fixture
def config(monkeypatch):
    monkeypatch.setitem(PRESETS, "quick", FAST)
    return fine_tuning()


def new_training(config, count=12):
    images = np.arange(count) % 2
    views = pixel_views(count)
    scale = Scale(EMBEDDING)
    trainer = CoTraining(
        config,
        views,
        deal_parts(images, 1, seed=0, groups=None),
        scale=scale,
        facts=np.zeros(count, dtype=np.bool_),
        classes=2,
        device=CPU,
        on_shrink=lambda size: None,
        pretrained=load_encoder(config).requires_grad_(True),
    )
    return trainer, as_labelled(images, np.zeros(count, dtype=np.bool_), classes=2)


def test_each_network_fine_tunes_its_own_copy_of_the_encoder_gently(config):
    trainer, lessons = new_training(config)
    stored = torch.load(config.weights, weights_only=True)["conv_stem.weight"]
    first, second = (trainer.begin(4, unit, lessons, None) for unit in trainer.units[:2])
    kernels = [item.network.pretrained.conv_stem.weight for item in (first, second)]
    assert torch.equal(kernels[0], stored)
    head = first.network.classifier.weight.detach().clone()
    first.learn(lambda *_: None)
    moved = float((kernels[0].detach() - stored).abs().max())
    assert 0 < moved < float((first.network.classifier.weight.detach() - head).abs().max())
    assert torch.equal(kernels[1], stored)
    rates = [group["lr"] for group in first._optimizer.param_groups]
    assert rates[1] == pytest.approx(0.1 * rates[0])


def test_the_fine_tuned_pair_decides_with_the_heads_it_started_from(config, tmp_path):
    images, views = feature_set([20, 20], size=EMBEDDING)
    pixels = pixel_views(40)
    result, events = run_on(images, views, tmp_path / "a", config=config, pixels=pixels)
    started = [event for event in events if event.name == "epoch_started"]
    assert [event.epoch for event in started] == [1, 2, 3, 4]
    assert started[0].epochs == 4
    heads, _ = run_on(images, views, tmp_path / "b", config=FAST)
    fine_tuned, frozen = (load_history(tmp_path / name, samples=40) for name in "ab")
    # row A is the pair, row B the heads that it started from
    mean = frozen.probabilities.mean(axis=0)
    assert fine_tuned.probabilities[1] == pytest.approx(mean, abs=1e-5)
    assert not np.allclose(fine_tuned.probabilities[0], mean, atol=1e-3)
    assert not np.array_equal(result.results.error_score, heads.results.error_score)


# -- precision ------------------------------------------------------------------------------------


def test_networks_compute_in_half_and_losses_in_full(config):
    trainer, lessons = new_training(config)
    network = trainer.begin(4, (0, 0), lessons, None).network
    seen = []
    network.classifier.register_forward_hook(lambda _module, _input, out: seen.append(out.dtype))
    output = Precision(CPU, torch.bfloat16).forward(network, torch.zeros(4, 3, 32, 32))
    assert seen == [torch.bfloat16]
    assert {part.dtype for part in output} == {torch.float32}


# -- memory ---------------------------------------------------------------------------------------


def test_pixels_live_on_the_device_where_a_third_of_its_free_memory_holds_them(monkeypatch):
    pixels = np.arange(6 * 4 * 4 * 3, dtype=np.uint8).reshape(6, 4, 4, 3)
    rows = np.array([5, 1, 3])
    needed = 3 * 4 * 4 * 3
    for free, is_resident in ((3 * needed, True), (3 * needed - 1, False)):
        monkeypatch.setattr(
            "qmix_core.engine.views.views.free_memory", lambda device, free=free: free
        )
        store = DeviceArray(pixels, rows=rows, device=CPU)
        assert store.is_resident is is_resident
        assert np.array_equal(store.take(torch.tensor([2, 0])).numpy(), pixels[[3, 5]])


class Cramped(PixelViews):
    """As on a device whose memory holds no more than `most` images at once."""

    most = 6
    biggest = 0

    def _images(self, indices):
        if len(indices) > self.most:
            raise torch.OutOfMemoryError("CUDA out of memory.")
        self.biggest = max(self.biggest, len(indices))
        return super()._images(indices)


def cramped(count, most):
    views = pixel_views(count)
    views.__class__ = Cramped
    views.most = most
    return views


def test_run_goes_on_with_smaller_batches_when_memory_runs_out_and_says_so_once(config, tmp_path):
    images, views = feature_set([20, 20], size=EMBEDDING)
    pixels = cramped(40, 6)
    result, events = run_on(images, views, tmp_path, config=config, pixels=pixels)
    assert len(result.results.bucket) == 40
    assert codes(events).count("memory") == 1
    assert 3 <= pixels.biggest <= 6
    text = next(event.text for event in events if getattr(event, "code", "") == "memory")
    assert "memory ran out" in text


def test_memory_that_holds_no_smallest_batch_names_the_remedy(config, tmp_path):
    images, views = feature_set([20, 20], size=EMBEDDING)
    with pytest.raises(ConfigError, match="--image-size"):
        run_on(images, views, tmp_path, config=config, pixels=cramped(40, 2))


def test_other_errors_of_torch_are_not_taken_for_lack_of_memory():
    def work(indices):
        raise RuntimeError("shapes do not match")

    with pytest.raises(RuntimeError, match="shapes"):
        BatchSize(8, on_shrink=lambda size: None).each(torch.arange(8), work)


def test_failed_batch_is_redone_whole_and_in_order():
    seen, sizes = [], []

    def work(indices):
        if len(indices) > 5:
            raise torch.OutOfMemoryError
        seen.extend(indices.tolist())

    batch = BatchSize(32, on_shrink=sizes.append)
    batch.each(torch.arange(21), work)
    assert seen == list(range(21))
    assert sizes == [10, 4]
    assert batch.size == 4


@pytest.mark.parametrize("size", [2, 3, 4, 16])
def test_no_batch_is_one_image(size):
    for count in range(2, 40):
        parts = split(torch.arange(count), size)
        assert torch.cat(parts).tolist() == list(range(count))
        assert min(len(part) for part in parts) >= 2
        assert max(len(part) for part in parts) <= max(size, 3)
    assert SMALLEST_BATCH >= 4


# -- small and odd sets ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "batch_size"),
    [
        ([2, 2], 2),
        ([2, 2], 512),
        ([3, 1, 9], 2),
        ([6, 1], 2),
        ([20, 1], 512),
        ([5] * 12, 7),
        ([3] * 200, 64),
        ([5, 400], 64),
    ],
    ids=lambda value: (
        f"{len(value)} classes, {sum(value)} images" if isinstance(value, list) else None
    ),
)
def test_small_and_odd_sets_never_end_a_run(tmp_path, counts, batch_size):
    images, views = feature_set(counts)
    result, _ = run_on(images, views, tmp_path, config=replace(FAST, batch_size=batch_size))
    verdicts = result.results
    assert len(verdicts.bucket) == sum(counts)
    for values in (verdicts.posterior, verdicts.error_score, verdicts.loss, verdicts.uncertainty):
        assert np.isfinite(values).all()


def test_networks_that_are_no_better_than_chance_are_told(tmp_path):
    images, views = feature_set([40, 40], spread=0.0)
    shuffled = np.random.default_rng(1).permutation(images.labels)
    _, events = run_on(replace(images, labels=shuffled), views, tmp_path / "a")
    assert codes(events).count("weak_networks") == 1
    images, views = feature_set([40, 40], spread=0.1)
    config = replace(FAST, epochs=10)
    assert "weak_networks" not in codes(run_on(images, views, tmp_path / "b", config=config)[1])
