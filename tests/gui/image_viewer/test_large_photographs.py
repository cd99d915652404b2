"""Large photographs come at screen size first, finer where one looks, and hold nobody up."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor

from qmix_core.base.cancellation import Cancelled, Control
from qmix_core.dataset.pixels.value_ranges import NO_RANGES
from qmix_gui.image_viewer.display_filters import DisplaySettings, LocalContrast, clahe
from qmix_gui.image_viewer.photograph import VIEW, Region, read_photograph
from qmix_gui.image_viewer.viewer import Viewer

SIDE = 3_000


def _striped(path: Path) -> None:
    """Red on the left, blue on the right; every other row is bright in green as well."""
    pixels = np.zeros((SIDE, SIDE, 3), dtype=np.uint8)
    pixels[:, : SIDE // 2, 0] = 200
    pixels[:, SIDE // 2 :, 2] = 200
    pixels[::2, :, 1] = 200
    Image.fromarray(pixels).save(path, quality=98, subsampling=0, compress_level=1)


def _color(viewer: Viewer, right: int, down: int = 0) -> QColor:
    """The colour on the screen, so far from the middle of the view."""
    shot = viewer.image.grab().toImage()
    return shot.pixelColor(shot.width() // 2 + right, shot.height() // 2 + down)


@pytest.fixture(params=["png", "jpg"])
def viewer(request, tmp_path, make_viewer, folder_of, show):
    _striped(tmp_path / f"a.{request.param}")
    viewer = make_viewer(folder_of(tmp_path, f"a.{request.param}"))
    show(viewer, 0)
    return viewer


def test_it_is_shown_at_screen_size_first_and_measured_as_the_file(viewer):
    picture = viewer.image.picture
    assert picture.size == QSize(SIDE, SIDE)
    assert picture.levels[0].width() <= SIDE / 2
    fitting = min(viewer.image.width(), viewer.image.height()) / SIDE
    assert viewer.image.scale_percent == round(100 * fitting)
    assert viewer.image.is_sharp
    # the rows of the file are mixed
    assert 60 < _color(viewer, -20).green() < 140


def test_what_is_in_sight_becomes_as_sharp_as_the_file(viewer, qtbot):
    qtbot.keyClick(viewer.image, Qt.Key.Key_Z)
    assert not viewer.image.is_sharp
    qtbot.waitUntil(lambda: viewer.image.is_sharp, timeout=20_000)
    greens = [_color(viewer, -20, row).green() for row in range(4)]
    assert max(greens) - min(greens) > 150
    assert _color(viewer, -20).red() > 150
    assert _color(viewer, 20).blue() > 150


def test_filters_work_on_the_sharp_part_too(viewer, qtbot):
    qtbot.keyClick(viewer.image, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: viewer.image.is_sharp, timeout=20_000)
    qtbot.keyClick(viewer.image, Qt.Key.Key_I)
    qtbot.waitUntil(
        lambda: viewer.image.is_sharp and _color(viewer, -20).red() < 80, timeout=20_000
    )
    greens = [_color(viewer, -20, row).green() for row in range(4)]
    assert max(greens) - min(greens) > 150


def test_the_next_image_waits_for_no_other(tmp_path, make_viewer, folder_of, show):
    _striped(tmp_path / "stuck.png")
    Image.new("RGB", (60, 60), "red").save(tmp_path / "next.png")
    source, gate = folder_of(tmp_path, "stuck.png", "next.png"), threading.Event()
    find = source.path

    def path(sample):
        if sample.image == "stuck.png":
            gate.wait(30)
        return find(sample)

    source.path = path
    viewer = make_viewer(source)
    viewer.show_sample(0, ahead=1)
    try:
        show(viewer, 1)
        assert not gate.is_set()
    finally:
        gate.set()


def test_decoding_ends_midway_once_it_is_dropped(tmp_path):
    noise = np.random.default_rng(0).integers(0, 256, (1_000, 1_000, 3), dtype=np.uint8)
    Image.fromarray(noise).save(tmp_path / "a.png", compress_level=1)
    control, calls = Control(), []

    def check() -> None:
        calls.append(None)
        if len(calls) == 5:
            control.cancel()
        control.check()

    with pytest.raises(Cancelled):
        read_photograph(tmp_path / "a.png", NO_RANGES, (500, 400), check, is_whole=False)
    assert len(calls) == 5


def test_a_close_up_has_the_local_contrast_of_the_whole_image():
    grey = np.tile(np.linspace(60, 180, 400).astype(np.uint8), (400, 1))
    part = LocalContrast(grey).applied(grey[100:200, 200:300], (0.5, 0.25, 0.75, 0.5))
    assert np.abs(part.astype(int) - clahe(grey)[100:200, 200:300]).max() <= 1


@pytest.mark.parametrize("ending", ["png", "tif"])
def test_a_close_up_joins_its_surroundings(tmp_path, ending):
    # a picture without detail looks the same in both; 16-bit greys, and colours
    ramp = np.tile(np.linspace(0, 1, 2_400), (2_400, 1))
    pixels = (ramp * 255).astype(np.uint8)[..., None].repeat(3, axis=2)
    deep = (ramp * 4095).astype(np.uint16)
    Image.fromarray(pixels if ending == "png" else deep).save(tmp_path / f"a.{ending}")
    photograph = read_photograph(
        tmp_path / f"a.{ending}", NO_RANGES, (600, 600), bool, is_whole=False
    )
    settings = DisplaySettings(clahe=True, contrast=0.3)
    whole = photograph.shown(settings)
    closer = photograph.closer(photograph.whole, Region(VIEW, (800, 800, 1600, 1600), 1), settings)
    assert closer.width() == 800
    for place in (10, 400, 790):
        assert closer.pixelColor(place, 100).red() == pytest.approx(
            whole.pixelColor((800 + place) // 4, 225).red(), abs=4
        )


def test_a_small_photograph_has_smooth_edges_as_a_whole_and_pixels_when_zoomed_in(
    tmp_path, make_viewer, folder_of, show
):
    pixels = np.zeros((20, 20, 3), dtype=np.uint8)
    pixels[:, 10:] = 200
    Image.fromarray(pixels).save(tmp_path / "a.png")
    viewer = make_viewer(folder_of(tmp_path, "a.png"))
    show(viewer, 0)
    assert _grey_columns(viewer) > 4
    viewer.image.zoom_by(2)
    assert _grey_columns(viewer) <= 2


def _grey_columns(viewer: Viewer) -> int:
    """Columns of the screen that are neither black nor white."""
    reds = [_color(viewer, right).red() for right in range(-60, 60)]
    return sum(20 < red < 180 for red in reds)
