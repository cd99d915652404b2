"""Window and level by a drag, and the lens: for the eye alone, on every kind of image."""

from __future__ import annotations

import numpy as np
import pytest
from dicom_files import write_dicom
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from qmix_core.dataset.pixels.image_reader import read_rgb
from qmix_core.dataset.pixels.value_ranges import NO_RANGES
from qmix_gui.image_viewer.display_filters import DisplaySettings
from qmix_gui.image_viewer.photograph import read_photograph
from qmix_gui.image_viewer.tone import Tone

RIGHT, LEFT = Qt.MouseButton.RightButton, Qt.MouseButton.LeftButton
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def viewer(tmp_path, make_viewer, folder_of, show):
    """Shows a grey photograph with a small bright square in its middle."""
    pixels = np.full((400, 400, 3), 100, dtype=np.uint8)
    pixels[190:210, 190:210] = 140
    Image.fromarray(pixels).save(tmp_path / "a.png")
    viewer = make_viewer(folder_of(tmp_path, "a.png"))
    show(viewer, 0)
    return viewer


def _drag(viewer, right: int, down: int, button=RIGHT, modifier=NONE) -> None:
    image = viewer.image
    start = QPoint(image.width() // 2, image.height() // 2)
    QTest.mousePress(image, button, modifier, start)
    QTest.mouseMove(image, start + QPoint(right, down) / 2)
    QTest.mouseMove(image, start + QPoint(right, down))
    QTest.mouseRelease(image, button, modifier, start + QPoint(right, down))


def _grey(viewer, right: int = 0) -> int:
    shot = viewer.image.grab().toImage()
    return shot.pixelColor(shot.width() // 2 + right, shot.height() // 2).red()


def _wait(qtbot, viewer) -> None:
    qtbot.waitUntil(lambda: viewer.image.picture.settings == viewer.settings)


@pytest.mark.parametrize(("button", "modifier"), [(RIGHT, NONE), (LEFT, SHIFT)])
def test_a_drag_up_is_brighter_and_one_to_the_left_has_more_contrast(
    viewer, qtbot, button, modifier
):
    place, centre = viewer.image.zoom, viewer.image.centre
    _drag(viewer, 0, -60, button, modifier)
    _wait(qtbot, viewer)
    viewer.image.said = ""
    brighter = _grey(viewer, -120)
    assert brighter > 105
    difference = _grey(viewer) - brighter
    _drag(viewer, -150, 0, button, modifier)
    _wait(qtbot, viewer)
    viewer.image.said = ""
    assert _grey(viewer) - _grey(viewer, -120) > 1.5 * difference
    assert (viewer.image.zoom, viewer.image.centre) == (place, centre)


def test_what_is_set_is_said_for_a_moment_and_the_sliders_follow(viewer, qtbot):
    _drag(viewer, 0, -80)
    assert viewer.image.said.startswith("Brightness +")
    assert viewer.brightness.value() > 0
    qtbot.waitUntil(lambda: not viewer.image.said, timeout=5_000)


@pytest.mark.parametrize("way", ["key", "double click", "button"])
def test_it_is_reset(viewer, qtbot, way):
    before = _grey(viewer, -120)
    _drag(viewer, 40, 90)
    _wait(qtbot, viewer)
    assert _grey(viewer, -120) != before
    if way == "key":
        qtbot.keyClick(viewer.image, Qt.Key.Key_T)
    elif way == "button":
        viewer.reset.click()
    else:
        QTest.mouseDClick(viewer.image, RIGHT, pos=viewer.image.rect().center())
    assert viewer.settings == DisplaySettings()
    _wait(qtbot, viewer)
    assert _grey(viewer, -120) == before


def test_a_slider_goes_on_from_a_drag(viewer):
    _drag(viewer, 0, -60)
    brightness = viewer.settings.brightness
    viewer.contrast.setValue(20)
    assert viewer.settings.contrast == pytest.approx(0.2)
    assert viewer.settings.brightness == pytest.approx(brightness)


def test_a_narrow_window_tells_greys_apart_that_eight_bits_cannot(
    tmp_path, make_viewer, folder_of, show, qtbot
):
    values = np.full((300, 300), 2046, dtype=np.uint16)
    values[:, 150:] = 2050  # a quarter of one of 256 shades from 0 to 4,095
    values[0, 0] = 4095
    Image.fromarray(values).save(tmp_path / "a.tif")
    viewer = make_viewer(folder_of(tmp_path, "a.tif"))
    show(viewer, 0)
    assert viewer.image.picture.span == (0.0, 4095.0)
    before = _grey(viewer, 60) - _grey(viewer, -60)
    for _ in range(3):
        _drag(viewer, -300, 0)
    assert viewer.image.said.startswith("Window 64 · Level 2,048")
    _wait(qtbot, viewer)
    viewer.image.said = ""
    assert before <= 1
    assert _grey(viewer, 60) - _grey(viewer, -60) >= 12


@pytest.mark.parametrize("kind", ["tif", "inverted tif", "float", "dicom", "window", "inverse"])
def test_deep_greys_look_as_everywhere_else_until_a_tone_is_set(tmp_path, kind):
    values = np.random.default_rng(0).integers(100, 3000, (40, 50)).astype(np.uint16)
    path = tmp_path / ("a.dcm" if kind in ("dicom", "window", "inverse") else "a.tif")
    if kind == "window":
        write_dicom(path, values, WindowCenter=1500, WindowWidth=1000)
    elif kind == "inverse":
        write_dicom(path, values, PhotometricInterpretation="MONOCHROME1")
    elif kind == "dicom":
        write_dicom(path, values)
    elif kind == "float":
        Image.fromarray((values / 3000).astype(np.float32)).save(path)
    else:
        tags = {262: 0} if kind == "inverted tif" else {}
        Image.fromarray(values).save(path, tiffinfo=tags)
    photograph = read_photograph(path, NO_RANGES, (1000, 800), bool, is_whole=False)
    assert photograph.span is not None
    shown = photograph.shown(DisplaySettings())
    expected = np.asarray(read_rgb(path))
    for x, y in ((0, 0), (20, 10), (49, 39), (7, 33)):
        assert shown.pixelColor(x, y).red() == pytest.approx(expected[y, x, 0], abs=1)


def test_dragging_there_and_back_changes_nothing():
    tone = Tone().dragged(80, 0).dragged(-80, 0)
    assert tone.window == pytest.approx((1.0, 0.5))
    assert Tone().dragged(0, 50).brightness < 0


# -- the lens -----------------------------------------------------------------------------------


def test_the_lens_shows_what_is_under_the_pointer_larger(viewer, qtbot):
    image = viewer.image
    beside = round(image.width() / 400 * 14)  # beyond the square, inside it at twice its size
    assert _grey(viewer, beside) == 100
    QTest.mouseMove(image, image.rect().center())
    qtbot.keyClick(image, Qt.Key.Key_L)
    QTest.mouseMove(image, image.rect().center() + QPoint(1, 1))
    assert _grey(viewer, beside) == 140
    # it follows the pointer
    QTest.mouseMove(image, QPoint(image.width() // 4, image.height() // 4))
    assert _grey(viewer, beside) == 100
    qtbot.keyClick(image, Qt.Key.Key_L)
    QTest.mouseMove(image, image.rect().center())
    assert _grey(viewer, beside) == 100


def test_a_tap_leaves_the_lens_on_and_a_held_key_takes_it_away(viewer, qtbot, monkeypatch):
    lens = viewer._actions.magnifier
    qtbot.keyClick(viewer.image, Qt.Key.Key_L)
    assert lens.isChecked()
    qtbot.keyClick(viewer.image, Qt.Key.Key_L)
    assert not lens.isChecked()
    qtbot.keyPress(viewer.image, Qt.Key.Key_L)
    assert lens.isChecked()
    monkeypatch.setattr("qmix_gui.image_viewer.viewer._TAP", 0.0)
    qtbot.keyRelease(viewer.image, Qt.Key.Key_L)
    assert not lens.isChecked()


def test_under_the_lens_a_large_photograph_is_as_sharp_as_its_file(
    tmp_path, make_viewer, folder_of, show, qtbot
):
    # stripes of two pixels: mixed at screen size, apart at two and a half times of that
    pixels = np.zeros((1_600, 1_600, 3), dtype=np.uint8)
    pixels[:, ::4] = pixels[:, 1::4] = 255
    Image.fromarray(pixels).save(tmp_path / "a.png")
    viewer = make_viewer(folder_of(tmp_path, "a.png"))
    show(viewer, 0)
    image = viewer.image

    def spread() -> int:
        shot = image.grab().toImage()
        row = [shot.pixelColor(image.width() // 2 + x, image.height() // 2).red() for x in range(9)]
        return max(row) - min(row)

    QTest.mouseMove(image, image.rect().center())
    qtbot.keyClick(image, Qt.Key.Key_L)
    QTest.mouseMove(image, image.rect().center() + QPoint(1, 0))
    qtbot.waitUntil(lambda: spread() > 150, timeout=20_000)
