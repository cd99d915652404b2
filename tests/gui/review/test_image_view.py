from __future__ import annotations

import hashlib
import threading
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from qmix_core.base.types import Sample
from qmix_core.dataset.dataset import Dataset
from qmix_core.project.store import ProjectStore
from qmix_gui.image_viewer.display_filters import DisplaySettings, clahe, render
from qmix_gui.image_viewer.image_loader import ImageLoader
from qmix_gui.review.model.session import ReviewSession


@pytest.fixture
def viewer(bench):
    bench.open_viewer()
    bench.wait_shown()
    return bench.page.stage.viewer


def wheel(image, position, steps):
    event = QWheelEvent(
        position,
        image.mapToGlobal(position),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(image, event)


def test_wheel_zooms_at_the_cursor(viewer):
    image = viewer.image
    place = QPointF(image.width() * 0.55, image.height() * 0.45)
    before = image._to_image(place)

    wheel(image, place, 3)

    assert image.zoom == pytest.approx(1.25**3)
    after = image._to_image(place)
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()))


def test_drag_pans(viewer, qtbot):
    image = viewer.image
    image.zoom_by(4)
    start = QPoint(image.width() // 2, image.height() // 2)
    before = image._to_image(QPointF(start))

    qtbot.mousePress(image, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(image, start + QPoint(40, 25))
    qtbot.mouseRelease(image, Qt.MouseButton.LeftButton, pos=start + QPoint(40, 25))

    after = image._to_image(QPointF(start + QPoint(40, 25)))
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()))


def test_zoom_and_pan_are_kept_on_the_next_image(bench, viewer):
    viewer.image.zoom_by(3, at=QPointF(100, 100))
    zoom, centre = viewer.image.zoom, QPointF(viewer.image.centre)

    bench.press(Qt.Key.Key_Right)
    bench.wait_shown()

    assert viewer.image.zoom == zoom
    assert viewer.image.centre == centre


def test_keys_fit_and_show_at_actual_size(bench, viewer):
    bench.press(Qt.Key.Key_Z)
    assert viewer.image.scale_percent == 100
    bench.press(Qt.Key.Key_F)
    assert viewer.image.zoom == 1.0


def test_red_free_shows_the_green_channel_and_changes_no_file(bench, viewer):
    project = bench.session.project
    path = project.root / bench.image(bench.current)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()

    bench.press(Qt.Key.Key_G)
    bench.qtbot.waitUntil(lambda: viewer.image.picture.settings.red_free)

    color = viewer.image.picture.levels[0].pixelColor(5, 5)
    assert color.red() == color.green() == color.blue()
    assert hashlib.sha256(path.read_bytes()).hexdigest() == digest


def test_display_settings_stay_for_the_next_image_and_can_be_reset(bench, viewer):
    bench.press(Qt.Key.Key_C)
    viewer.brightness.setValue(30)
    bench.press(Qt.Key.Key_Right)
    bench.wait_shown()
    assert viewer.image.picture.settings == DisplaySettings(clahe=True, brightness=0.3)

    viewer.reset.click()

    bench.qtbot.waitUntil(lambda: viewer.image.picture.settings == DisplaySettings())
    assert not bench.actions["view.clahe"].isChecked()


def test_a_held_key_shows_the_image_as_it_is_in_the_file(bench, viewer):
    bench.press(Qt.Key.Key_I)
    bench.qtbot.waitUntil(lambda: viewer.image.picture.settings.invert)
    inverted = viewer.image.picture.levels[0].pixelColor(5, 5)

    bench.qtbot.keyPress(viewer.image, Qt.Key.Key_H)
    bench.qtbot.waitUntil(lambda: viewer.image.picture.settings == DisplaySettings())
    original = viewer.image.picture.levels[0].pixelColor(5, 5)
    assert original.red() == 255 - inverted.red()

    bench.qtbot.keyRelease(viewer.image, Qt.Key.Key_H)
    bench.qtbot.waitUntil(lambda: viewer.image.picture.settings.invert)


def test_next_image_is_ready_before_it_is_asked_for(bench, viewer):
    loader = bench.page.loader
    following = bench.page.queue.following
    bench.qtbot.waitUntil(lambda: (following, viewer.settings) in loader._pictures)

    bench.page.queue.go(1)

    assert viewer.image.picture is not None


def test_the_image_asked_for_comes_before_the_one_ahead(project, qtbot):
    loader = ImageLoader(project.files)
    came = []
    loader.loaded.connect(lambda picture: came.append(picture.sample))
    loader.load(2, DisplaySettings(), ahead=3)
    qtbot.waitUntil(lambda: len(came) == 2)
    loader.close()
    assert came == [2, 3]


def test_a_file_that_changes_while_it_is_read_is_read_again(project, qtbot):
    files, gate, asked = project.files, threading.Event(), []

    def slow_path(sample):
        asked.append(sample.image)
        gate.wait(5)
        return files.path(sample)

    loader = ImageLoader(
        SimpleNamespace(value_ranges=files.value_ranges, samples=project.samples, path=slow_path)
    )
    loader.load(2, DisplaySettings())
    loader.forget()
    with qtbot.waitSignal(loader.loaded):
        gate.set()
    loader.close()
    assert asked == [project.samples[2].image] * 2


def test_unreadable_image_is_named_and_can_still_be_excluded(bench, viewer):
    sample = bench.page.queue.model.sample(4)
    path = bench.session.project.root / bench.image(sample)
    path.write_bytes(b"no image")
    bench.page.queue.go_to(sample)
    bench.wait_shown()
    assert path.name in viewer.image.picture.problem

    bench.press(Qt.Key.Key_X)

    assert bench.log()[0][0] == bench.image(sample)


def test_render_leaves_its_input_alone():
    rgb = np.random.default_rng(0).integers(0, 256, (40, 50, 3), dtype=np.uint8)
    before = rgb.copy()

    shown = render(rgb, DisplaySettings(red_free=True, clahe=True, brightness=0.2, contrast=0.5))

    assert shown.shape == rgb.shape
    assert shown.dtype == np.uint8
    assert (rgb == before).all()


def test_clahe_spreads_a_flat_range_and_is_smooth_across_tiles():
    ramp = np.tile(np.linspace(100, 130, 256).astype(np.uint8), (256, 1))

    spread = clahe(ramp)

    assert np.ptp(spread) > 1.25 * np.ptp(ramp)
    rows = np.abs(np.diff(spread.astype(int), axis=0))
    assert rows.max() <= 2


@pytest.mark.parametrize("shape", [(1, 1), (3, 200), (64, 64)])
def test_clahe_takes_any_size(shape):
    grey = np.random.default_rng(1).integers(0, 256, shape, dtype=np.uint8)
    assert clahe(grey).shape == shape


def test_the_other_eye_stands_beside_the_image_the_right_one_first(make_bench, tmp_path, qapp):
    for name in ("7_left.png", "7_right.png", "8_left.png"):
        Image.new("RGB", (60, 60), (90, 40, 20)).save(tmp_path / name)
    samples = tuple(
        Sample(name, label, (), "0" * 64)
        for name, label in (("7_left.png", "a"), ("7_right.png", "b"), ("8_left.png", "a"))
    )
    with ProjectStore.create(tmp_path / "p.qmix", Dataset(tmp_path, tmp_path, samples)) as project:
        bench = make_bench(ReviewSession(project, reviewer="Dr. Test"))
        bench.open_viewer()
        viewer = bench.page.stage.viewer
        assert viewer.other_eye.isHidden()
        bench.press(Qt.Key.Key_E)
        bench.qtbot.waitUntil(lambda: viewer.other_eye.image.shown_sample == 1)
        assert viewer.other_eye.x() < viewer.image.x()
        bench.press(Qt.Key.Key_Right)
        bench.qtbot.waitUntil(lambda: viewer.other_eye.image.shown_sample == 0)
        bench.qtbot.waitUntil(lambda: viewer.image.x() < viewer.other_eye.x())
        bench.press(Qt.Key.Key_Right)
        bench.wait_shown()
        assert viewer.other_eye.isHidden()
