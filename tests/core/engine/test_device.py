"""What a GPU changes, tried with what a CPU has: a CPU in its place, and memory that runs out."""

from __future__ import annotations

import os

import numpy as np
import pytest
import torch
from feature_sets import (
    CPU,
    EMBEDDING,
    FAST,
    co_training,
    codes,
    feature_set,
    fine_tuning,
    pixel_views,
    run_on,
)
from small_encoder import CONFIG
from torch import nn
from torch.utils._python_dispatch import TorchDispatchMode

from qmix_core.base.cancellation import Control
from qmix_core.base.errors import DeviceError
from qmix_core.engine.computing import device as devices
from qmix_core.engine.computing import ranks
from qmix_core.engine.encoders.embedding import Embedder, embed_views
from qmix_core.engine.encoders.encoders import load_encoder
from qmix_core.engine.qmix.precision import Precision
from qmix_core.engine.views.views import DeviceArray
from qmix_core.runs.config import PRESETS

COUNT = 70


def embedded(encoder, **options):
    array = np.zeros((COUNT, 6, EMBEDDING), dtype=np.float16)
    embed_views(
        encoder,
        pixel_views(COUNT),
        array,
        shape=array.shape,
        device=CPU,
        seed=0,
        progress=lambda *_: None,
        control=Control(),
        **options,
    )
    return array


def out_of_memory_at(number):
    """A function that fails at its n-th call, the first being 0."""
    left = [number]

    def fail():
        left[0] -= 1
        if left[0] == -1:
            raise torch.OutOfMemoryError("CUDA out of memory.")

    return fail


# -- which device ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("has_cuda", "has_mps", "expected"),
    [(True, True, "cuda"), (False, True, "mps"), (False, False, "cpu")],
)
def test_auto_is_cuda_or_else_apples_gpu_or_else_the_cpu(monkeypatch, has_cuda, has_mps, expected):
    monkeypatch.setattr("torch.cuda.is_available", lambda: has_cuda)
    monkeypatch.setattr("torch.backends.mps.is_available", lambda: has_mps)
    monkeypatch.setattr("torch.zeros", lambda *_, device: None)
    monkeypatch.setattr(devices, "make_repeatable", lambda device: None)
    assert devices.resolve_device("auto") == torch.device(expected)


def test_each_process_of_a_computer_has_a_gpu_of_its_own(monkeypatch):
    monkeypatch.setattr(ranks, "world", lambda: 4)
    monkeypatch.setattr(ranks, "local_rank", lambda: 3)
    monkeypatch.setattr("torch.zeros", lambda *_, device: None)
    monkeypatch.setattr(devices, "make_repeatable", lambda device: None)
    assert devices.resolve_device("cuda") == torch.device("cuda", 3)
    assert devices.resolve_device("cuda:1") == torch.device("cuda", 1)
    assert devices.resolve_device("cpu") == CPU


def test_a_device_that_is_not_there_is_one_sentence():
    with pytest.raises(DeviceError, match="There is no device 'cuda:7' here"):
        devices.resolve_device("cuda:7")


def test_half_precision_is_for_cuda_alone(monkeypatch):
    assert devices.half_type(CPU) is None
    assert devices.half_type(torch.device("mps")) is None
    for is_supported, expected in ((True, torch.bfloat16), (False, torch.float16)):
        monkeypatch.setattr("torch.cuda.is_bf16_supported", lambda value=is_supported: value)
        assert devices.half_type(torch.device("cuda")) is expected


def test_a_gpu_is_told_to_give_the_same_each_time(monkeypatch):
    told = []
    monkeypatch.setattr("torch.use_deterministic_algorithms", lambda *a, **o: told.append((a, o)))
    monkeypatch.setattr("torch.backends.cudnn.benchmark", True)
    monkeypatch.setattr("torch.backends.cudnn.deterministic", False)
    monkeypatch.setattr("torch.utils.deterministic.fill_uninitialized_memory", True)
    monkeypatch.setattr("os.environ", dict(os.environ))
    devices.make_repeatable(CPU)
    assert told == []
    devices.make_repeatable(torch.device("cuda"))
    assert told == [((True,), {"warn_only": True})]
    assert torch.backends.cudnn.deterministic
    assert not torch.backends.cudnn.benchmark
    assert os.environ["CUBLAS_WORKSPACE_CONFIG"] == ":4096:8"


# -- a CPU in the place of a GPU ------------------------------------------------------------------


@pytest.fixture
def disguised(monkeypatch):
    """Everything that is done for CUDA is done on the CPU; only its own memory is not there."""
    monkeypatch.setattr(devices, "_CUDA", "cpu")
    monkeypatch.setattr(devices, "_CPU", "none")
    monkeypatch.setattr("torch.cuda.is_bf16_supported", lambda: True)
    monkeypatch.setattr("torch.cuda.mem_get_info", lambda device: (0, 0))
    monkeypatch.setattr("torch.cuda.memory_reserved", lambda device: 0)
    pinned = []
    monkeypatch.setattr(torch.Tensor, "pin_memory", lambda tensor: pinned.append(1) or tensor)
    return pinned


def test_a_run_in_half_precision_and_the_layout_of_a_gpu(disguised, tmp_path, monkeypatch):
    monkeypatch.setitem(PRESETS, "quick", FAST)
    images, views = feature_set([20, 20], size=EMBEDDING)
    seen = []
    forward = Precision.forward

    def watched(self, network, batch):
        if batch.dim() == 4:
            kernel = network.pretrained.conv_stem.weight
            seen.append((self._half, kernel.is_contiguous(memory_format=torch.channels_last)))
        return forward(self, network, batch)

    monkeypatch.setattr(Precision, "forward", watched)
    result, _ = run_on(images, views, tmp_path, config=fine_tuning(), pixels=pixel_views(40))
    assert set(seen) == {(torch.bfloat16, True)}
    assert np.isfinite(result.results.error_score).all()
    assert disguised


def test_an_encoder_embeds_in_half_precision_about_what_it_does_in_full(disguised):
    whole = embedded(load_encoder(CONFIG)).astype(np.float32)
    half = embedded(load_encoder(CONFIG), half=torch.bfloat16).astype(np.float32)
    assert not np.array_equal(whole, half)
    assert np.abs(whole - half).max() < 0.05 * np.abs(whole).max()


def test_the_next_batch_is_read_while_the_device_computes(disguised):
    pixels = np.arange(6 * 2 * 2 * 3, dtype=np.uint8).reshape(6, 2, 2, 3)
    store = DeviceArray(pixels, rows=np.array([5, 1, 3]), device=CPU)
    assert not store.is_resident
    first, second, part = torch.tensor([2, 0]), torch.tensor([1]), torch.tensor([0])
    for indices in (first, second):
        store.expect(indices)
    ahead = [future.result() for _, future in store._coming]
    # some of the images are looked at once more
    assert np.array_equal(store.take(part).numpy(), pixels[[5]])
    assert store.take(second) is ahead[1]
    assert store.take(first) is ahead[0]
    assert np.array_equal(store.take(first).numpy(), pixels[[3, 5]])


class NoFloat64(TorchDispatchMode):
    """As Apple's GPUs, which have none."""

    def __torch_dispatch__(self, function, types, arguments=(), options=None):
        found = function(*arguments, **(options or {}))
        if isinstance(found, torch.Tensor) and found.dtype == torch.float64:
            raise TypeError(f"{function} gives float64")
        return found


def test_what_computes_on_the_device_needs_no_float64():
    images, views = feature_set([30, 30], size=EMBEDDING)
    pixels, tuning = pixel_views(60), fine_tuning()
    with NoFloat64():
        embedded(load_encoder(CONFIG))
        encoder = load_encoder(tuning).requires_grad_(True)
        for sees_pixels, (training, lessons) in (
            (False, co_training(images, views)),
            (True, co_training(images, views, config=tuning, pixels=pixels, encoder=encoder)),
        ):
            network = training.begin(1, (0, 0), lessons, None)
            network.learn(lambda *_: None)
            network.look(np.arange(60), lambda: None)
            if not sees_pixels:
                training.read_linearly(1, lessons, None, lambda: None)


# -- memory that runs out, at any batch -----------------------------------------------------------


class Cramped(nn.Module):
    def __init__(self, number):
        super().__init__()
        self.encoder, self.fail = load_encoder(CONFIG), out_of_memory_at(number)

    def forward(self, views):
        self.fail()
        return self.encoder(views)


@pytest.mark.parametrize("number", [0, 7, 30, 53])
def test_embedding_goes_on_with_fewer_images_at_once(number):
    whole, sizes = embedded(load_encoder(CONFIG)), []
    found = embedded(Cramped(number), on_shrink=sizes.append)
    assert sizes == [4]
    assert np.allclose(whole, found, atol=1e-3)


def test_apples_word_for_it_is_understood():
    encoder = Cramped(10**9)

    def fail():
        encoder.fail = lambda: None
        raise RuntimeError("MPS backend out of memory (MPS allocated: 9 GB)")

    encoder.fail = fail
    see = Embedder(encoder, CPU, half=None, check=lambda: None)
    assert see(torch.zeros(8, 3, 32, 32)).shape == (8, EMBEDDING)


def test_what_networks_see_is_the_same_wherever_memory_runs_out(monkeypatch):
    images, views = feature_set([30, 30])
    training, lessons = co_training(images, views)
    network = training.begin(1, (0, 0), lessons, None)
    whole = network.look(np.arange(60), lambda: None)
    forward = Precision.forward
    for number in range(4):  # the plain view, two weak ones, the poor one
        fail = out_of_memory_at(number)

        def cramped(self, *arguments, fail=fail):
            fail()
            return forward(self, *arguments)

        monkeypatch.setattr(Precision, "forward", cramped)
        again = training.begin(1, (0, 0), lessons, None).look(np.arange(60), lambda: None)
        assert whole.plain == pytest.approx(again.plain, abs=1e-6)
        assert whole.poor == pytest.approx(again.poor, abs=1e-6)


@pytest.mark.parametrize("number", [0, 5, 11])
def test_a_run_ends_well_at_whichever_step_memory_runs_out(monkeypatch, tmp_path, number):
    fail, step = out_of_memory_at(number), Precision.step

    def cramped(self, *arguments, **options):
        fail()
        step(self, *arguments, **options)

    monkeypatch.setattr(Precision, "step", cramped)
    images, views = feature_set([30, 30])
    result, events = run_on(images, views, tmp_path)
    assert codes(events).count("memory") == 1
    assert np.isfinite(result.results.error_score).all()
