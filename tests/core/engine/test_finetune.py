"""Fine-tuning a pretrained encoder, and doing with the device's memory that there is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from feature_sets import CPU, FAST, codes, feature_set, run_on
from small_encoder import OPTIONS, WEIGHTS

from qmix_core.base.errors import ConfigError
from qmix_core.engine.encoders.batches import SMALLEST_BATCH, BatchSize, split
from qmix_core.engine.qmix.co_training import CoTrainer
from qmix_core.engine.qmix.precision import Precision, half_type
from qmix_core.engine.views.augment import VIEW_SETS
from qmix_core.engine.views.views import DevicePixels, FeatureViews, PixelViews
from qmix_core.runs.run_options import RunOptions


@pytest.fixture
def config():
    options = OPTIONS | {"preset": "standard", "batch_size": 8, "epochs": 2}
    return replace(RunOptions(**options).config(), hidden=16)


def pixel_views(count=12, size=32):
    pixels = np.random.default_rng(0).integers(0, 255, (count, size, size, 3), dtype=np.uint8)
    rows = np.arange(count)
    return PixelViews(pixels, rows=rows, views=VIEW_SETS["rotate_flip"], device=CPU)


def co_trainer(config, count=12):
    return CoTrainer(
        config,
        pixel_views(count),
        labels=torch.arange(count) % 2,
        weights=torch.ones(count),
        classes=2,
        device=CPU,
        on_shrink=lambda size: None,
    )


def test_each_network_fine_tunes_its_own_copy_of_the_encoder_gently(config):
    trainer = co_trainer(config)
    stored = torch.load(WEIGHTS, weights_only=True)["conv_stem.weight"]
    first, second = (net.pretrained.conv_stem.weight for net in trainer.networks)
    assert torch.equal(first, stored)
    assert first is not second
    head = trainer.networks[0].classifier.weight.detach().clone()
    trainer.warm_up(rate=1.0, on_batch=lambda *_: None)
    moved = float((first.detach() - stored).abs().max())
    assert 0 < moved < float((trainer.networks[0].classifier.weight.detach() - head).abs().max())
    assert not torch.equal(first, second)
    rates = [group["lr"] for group in trainer.optimizers[0].param_groups]
    assert rates == pytest.approx([1e-3, 1e-4])


def test_standard_run_goes_through_and_its_networks_can_be_resumed(config, tmp_path):
    images, _ = feature_set([5, 5])
    views = pixel_views(10)
    result, events = run_on(images, views, tmp_path, config=config)
    assert len(result.results.bucket) == 10
    again, events = run_on(images, views, tmp_path, config=config, resume=True)
    assert not [event for event in events if event.name == "epoch_started"]
    assert np.array_equal(result.results.error_score, again.results.error_score)


# -- precision ------------------------------------------------------------------------------------


def test_half_precision_is_for_cuda_alone(monkeypatch):
    assert half_type(CPU) is None
    assert half_type(torch.device("mps")) is None
    for is_supported, expected in ((True, torch.bfloat16), (False, torch.float16)):
        monkeypatch.setattr("torch.cuda.is_bf16_supported", lambda value=is_supported: value)
        assert half_type(torch.device("cuda")) is expected


def test_networks_compute_in_half_and_losses_in_full(config):
    network = co_trainer(config).networks[0]
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
        store = DevicePixels(pixels, rows=rows, device=CPU)
        assert store.is_resident is is_resident
        assert np.array_equal(store.take(torch.tensor([2, 0])).numpy(), pixels[[3, 5]])


class Cramped(FeatureViews):
    """As on a device whose memory holds no more than `most` images at once."""

    most = 6
    biggest = 0

    def _take(self, indices, view):
        if len(indices) > self.most:
            raise torch.OutOfMemoryError("CUDA out of memory.")
        self.biggest = max(self.biggest, len(indices))
        return super()._take(indices, view)


def cramped(views, most):
    views.__class__ = Cramped
    views.most = most
    return views


def test_run_goes_on_with_smaller_batches_when_memory_runs_out_and_says_so_once(tmp_path):
    images, views = feature_set([20, 20])
    _, roomy = feature_set([20, 20])
    result, events = run_on(images, cramped(views, 6), tmp_path, evidence_views=roomy)
    assert len(result.results.bucket) == 40
    assert codes(events).count("memory") == 1
    assert 3 <= views.biggest <= 6
    text = next(event.text for event in events if getattr(event, "code", "") == "memory")
    assert "memory ran out" in text


def test_memory_that_holds_no_smallest_batch_names_the_remedy(tmp_path):
    images, views = feature_set([20, 20])
    with pytest.raises(ConfigError, match="--image-size"):
        run_on(images, cramped(views, 2), tmp_path)


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


def test_warm_up_grows_while_networks_are_no_better_than_chance_and_then_warns(tmp_path):
    images, views = feature_set([40, 40], spread=0.0)
    shuffled = np.random.default_rng(1).permutation(images.labels)
    config = replace(FAST, learning_rate=1e-6)
    _, events = run_on(replace(images, labels=shuffled), views, tmp_path, config=config)
    started = [event for event in events if event.name == "epoch_started"]
    assert [event.stage for event in started] == ["warm-up"] * 4 + ["training"] * 2
    assert [event.epochs for event in started] == [4, 4, 5, 6, 6, 6]
    assert codes(events).count("weak_networks") == 1


def test_networks_that_learn_leave_the_warm_up_in_time(tmp_path):
    images, views = feature_set([40, 40], spread=0.1)
    config = replace(FAST, warmup_epochs=2, epochs=4, batch_size=8)
    _, events = run_on(images, views, tmp_path, config=config)
    assert [e.stage for e in events if e.name == "epoch_started"] == ["warm-up"] * 2 + [
        "training"
    ] * 2
    assert "weak_networks" not in codes(events)
