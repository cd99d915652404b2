from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from qmix_gui.views import separation_plot as module


@pytest.fixture
def plot(bench):
    bench.wait_shown()
    return bench.page.separation


def pixel(plot, x, y):
    scene = plot._box.mapViewToScene(QPointF(x, y))
    return plot._plot.mapFromScene(scene)


def test_click_on_a_point_opens_its_image(bench, plot):
    points = bench.session.history.plot.points[0]
    sample = 11
    place = pixel(plot, *map(float, points[sample]))

    bench.qtbot.mouseMove(plot._plot.viewport(), place)
    bench.qtbot.mouseClick(plot._plot.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert bench.current == sample
    assert bench.page.stage.is_viewer


def test_click_beside_all_points_opens_nothing(plot):
    assert plot.sample_at(50.0, 50.0) is None


def test_other_network_is_drawn_on_request(bench, plot):
    points = bench.session.history.plot.points
    plot.network.setCurrentIndex(1)
    assert plot.sample_at(*map(float, points[1, 4])) == 4


def test_brushed_rectangle_lists_the_images_inside(bench, plot):
    points = bench.session.history.plot.points[0]
    plot.brush.click()
    right = 0.5
    (left, _), (low, high) = plot._box.viewRange()
    start, end = pixel(plot, left, high), pixel(plot, right, low)
    start, end = start + QPoint(1, 1), end - QPoint(0, 1)
    viewport = plot._plot.viewport()

    bench.qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    for share in (0.3, 0.6, 1.0):
        step = QPoint(
            round(start.x() + (end.x() - start.x()) * share),
            round(start.y() + (end.y() - start.y()) * share),
        )
        move = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(step),
            QPointF(viewport.mapToGlobal(step)),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(viewport, move)
    bench.qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=end)

    inside = set(np.flatnonzero(points[:, 0] < right - 0.02).tolist())
    listed = set(bench.page.queue.model.order.tolist())
    assert inside <= listed
    assert all(points[sample, 0] < right + 0.02 for sample in listed)
    assert len(listed) < len(points)
    bench.page.sidebar.reset()
    assert len(bench.page.queue) == len(points)


def test_many_points_are_thinned_but_all_count(bench, plot, monkeypatch):
    monkeypatch.setattr(module, "MOST_DRAWN", 5)
    plot.refresh()

    assert sum(len(cloud.data) for cloud in plot._clouds) == 5
    points = bench.session.history.plot.points[0]
    assert [plot.sample_at(*map(float, point)) for point in points] == list(range(len(points)))


def test_network_that_could_not_be_fitted_has_no_ellipse():
    nothing = np.full((2, 2), np.nan, dtype=np.float32)
    assert len(module._outline(nothing[0], nothing)) == 0
