"""Features of several depths: what is read, and how much each depth counts."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from timm.layers.norm_act import BatchNormAct2d

from qmix_core.engine.encoders.encoders import load_encoder
from qmix_core.engine.encoders.levels import even_scale, folded, parts_of
from qmix_core.engine.qmix.networks import Scale
from qmix_core.engine.quality.compact_features import compact_features
from qmix_core.runs.config import PRESETS


@pytest.fixture(scope="module")
def encoder():
    return load_encoder(PRESETS["quick"])


def test_the_installed_encoder_reads_its_last_map_and_four_earlier_ones(encoder):
    images = torch.rand(2, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    with torch.inference_mode():
        features, last = encoder(images), encoder.network(images)
    assert parts_of(encoder) == (1280, 40, 40, 80, 80, 112, 112, 192, 192)
    assert features.shape == (2, sum(parts_of(encoder)))
    torch.testing.assert_close(features[:, :1280], last)


def test_folded_it_gives_the_same_features_with_fewer_layers(encoder):
    images = torch.randn(4, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    quick = folded(encoder)
    assert not any(isinstance(layer, BatchNormAct2d) for layer in quick.modules())
    assert any(isinstance(layer, BatchNormAct2d) for layer in encoder.modules())
    with torch.inference_mode():
        torch.testing.assert_close(quick(images), encoder(images), atol=1e-4, rtol=1e-4)


def test_mean_and_deviation_of_an_earlier_map_are_over_its_places(encoder):
    maps = [torch.zeros(1, 2, 1, 1), torch.tensor([[[[1.0, 3.0]], [[5.0, 5.0]]]])]
    pooled = encoder.pooled(maps)
    torch.testing.assert_close(
        pooled, torch.tensor([[0.0, 0.0, 2.0, 5.0, 1.0, 0.0]]), atol=2e-3, rtol=0
    )


def test_the_gradient_of_a_flat_map_is_a_number(encoder):
    flat = torch.ones(1, 2, 3, 3, requires_grad=True)
    encoder.pooled([torch.zeros(1, 2, 1, 1), flat]).sum().backward()
    assert flat.grad is not None
    assert bool(flat.grad.isfinite().all())


@pytest.mark.parametrize("parts", [(), (6,), (4, 2)])
def test_each_part_counts_as_one_whatever_its_size_and_unit(parts):
    rng = np.random.default_rng(0)
    features = rng.normal(size=(500, 6)).astype(np.float32) * [1, 1, 1, 1, 1000, 2000]
    scaled = features / even_scale(features.std(axis=0), parts, least=0)
    spread = scaled.var(axis=0)
    # as much in all as without parts, so that penalties mean the same
    assert spread.sum() == pytest.approx(6, rel=1e-3)
    if parts == (4, 2):
        assert spread[:4].sum() == pytest.approx(spread[4:].sum(), rel=1e-3)


def test_a_flat_feature_is_measured_by_its_own_part():
    deviation = np.array([0.0, 1.0, 0.0, 1000.0], dtype=np.float32)
    scale = even_scale(deviation, (2, 2), least=0.5)
    assert scale == pytest.approx([0.25, 1.0, 250, 1000], rel=1e-4)


def test_networks_and_lessons_take_the_parts_into_account():
    rng = np.random.default_rng(0)
    features = rng.normal(size=(300, 40)).astype(np.float32)
    features[:, 38:] *= 0.01
    scale = Scale(40)
    scale.fit(torch.from_numpy(features), (38, 2))
    spread = scale(torch.from_numpy(features)).var(dim=0)
    assert float(spread[38:].sum()) == pytest.approx(float(spread[:38].sum()), rel=0.01)
    alike = compact_features(features, (38, 2))
    own = np.linalg.norm(features[:, 38:] - features[0, 38:], axis=1)
    near = np.linalg.norm(alike - alike[0], axis=1)
    assert np.corrcoef(own, near)[0, 1] > 0.6
