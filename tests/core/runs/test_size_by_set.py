"""How many pixels a set is seen with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qmix_core.runs.config import PRESETS
from qmix_core.runs.run_options import RunOptions
from qmix_core.runs.size_by_set import fitted_to_set

QUICK = PRESETS["quick"]


def test_a_small_set_of_strips_is_seen_with_more_pixels_and_fewer_views():
    small = fitted_to_set(QUICK, images=300, sides=(700, 2000))
    assert small.image_size == 224
    assert small.cached_views < QUICK.cached_views


def test_no_set_costs_more_than_a_large_one_may():
    def cost(images):
        config = fitted_to_set(QUICK, images=images, sides=(700, 2000))
        return images * (2 + 2 * config.cached_views) * config.image_size**2

    afforded = 1100 * (2 + 2 * QUICK.cached_views) * QUICK.image_size**2
    assert max(cost(images) for images in range(10, 1100, 30)) <= afforded
    assert fitted_to_set(QUICK, images=1100, sides=(700, 2000)) == QUICK


@pytest.mark.parametrize(("side", "size"), [(0, 128), (120, 128), (200, 192), (5000, 224)])
def test_no_image_is_enlarged_beyond_what_it_was_before(side, size):
    assert fitted_to_set(QUICK, images=100, sides=(side // 3, side)).image_size == size


def test_pictures_that_fill_a_square_are_seen_as_ever():
    assert fitted_to_set(QUICK, images=300, sides=(1500, 2000)) == QUICK


def test_what_was_not_measured_stays_as_it_is():
    for config in (PRESETS["standard"], replace(QUICK, encoder="vit_small_patch16_224")):
        assert fitted_to_set(config, images=100, sides=(700, 2000)) == config


def test_a_size_that_nobody_chose_follows_from_the_set_again():
    assert RunOptions.of(fitted_to_set(QUICK, images=100, sides=(700, 2000))).image_size is None
    assert RunOptions.of(replace(QUICK, image_size=224)).image_size == 224
