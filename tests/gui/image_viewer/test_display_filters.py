from __future__ import annotations

import numpy as np
import pytest

from qmix_gui.image_viewer.display_filters import DisplaySettings, clahe, render


def _one_color(*color: int) -> np.ndarray:
    return np.full((16, 16, 3), color, dtype=np.uint8)


def test_red_free_is_the_green_channel_alone_as_grey():
    shown = render(_one_color(200, 90, 30), DisplaySettings(red_free=True))
    assert np.unique(shown.reshape(-1, 3), axis=0).tolist() == [[90, 90, 90]]


def test_red_free_shows_what_differs_in_green_only():
    rgb = _one_color(150, 60, 20)
    rgb[4:8, 4:8, 0] = 250
    rgb[10:12, 10:12, 1] = 20
    shown = render(rgb, DisplaySettings(red_free=True))[:, :, 0]
    assert (shown[4:8, 4:8] == 60).all()
    assert (shown[10:12, 10:12] == 20).all()


def test_invert_is_its_own_opposite():
    rgb = np.random.default_rng(0).integers(0, 256, (9, 7, 3), dtype=np.uint8)
    once = render(rgb, DisplaySettings(invert=True))
    assert (once == 255 - rgb).all()
    assert (render(once, DisplaySettings(invert=True)) == rgb).all()


def test_brightness_and_contrast_go_up_with_their_sliders():
    rgb = np.repeat(np.array([[[60], [200]]], dtype=np.uint8), 3, axis=2)
    brighter = render(rgb, DisplaySettings(brightness=0.2)).astype(int) - rgb
    assert (brighter > 0).all()
    spread = np.ptp(render(rgb, DisplaySettings(contrast=0.3))[:, :, 0])
    assert spread > np.ptp(rgb[:, :, 0])


def test_the_clip_limit_of_clahe_bounds_the_gain_in_noise():
    # two neighbouring grey values: equalised without a limit they would become black and white
    grey = np.random.default_rng(2).integers(127, 129, (128, 128), dtype=np.uint8)
    assert np.ptp(clahe(grey)) <= 8
    assert np.ptp(clahe(grey, clip=256.0)) > 100


def test_local_contrast_in_the_viewer_has_the_clip_limit():
    grey = np.random.default_rng(2).integers(127, 129, (128, 128), dtype=np.uint8)
    shown = render(np.repeat(grey[:, :, None], 3, axis=2), DisplaySettings(clahe=True))
    assert np.ptp(shown) <= 8


def test_local_contrast_keeps_the_hue():
    rgb = np.random.default_rng(3).integers(90, 140, (64, 64, 1), dtype=np.uint8)
    rgb = np.concatenate([rgb + 40, rgb, rgb - 40], axis=2)
    shown = render(rgb, DisplaySettings(clahe=True)).astype(int)
    is_inside = ((shown > 0) & (shown < 255)).all(axis=2)
    assert is_inside.any()
    assert (shown[is_inside][:, 0] - shown[is_inside][:, 1] == 40).all()


@pytest.mark.parametrize("contrast", [-1.0, 1.0])
def test_extreme_contrast_stays_in_range(contrast):
    ramp = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2)
    shown = render(ramp, DisplaySettings(contrast=contrast))[0, :, 0].astype(int)
    assert (np.diff(shown) >= 0).all()
