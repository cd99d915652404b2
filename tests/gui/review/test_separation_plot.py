from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPolygonF
from PySide6.QtWidgets import QApplication

from qmix_core.base.types import EpochScores
from qmix_core.runs import scores
from qmix_core.runs.scores import load_plot
from qmix_gui.review.model import epochs as epoch_plots
from qmix_gui.review.separation import plot as module
from qmix_gui.widgets.brush_box import inside_polygon


@pytest.fixture
def plot(bench):
    bench.page.show_training(True)
    bench.wait_shown()
    return bench.page.plots.separation


def pixel(plot, x, y):
    scene = plot._box.mapViewToScene(QPointF(x, y))
    return plot._plot.mapFromScene(scene)


def test_click_on_a_point_opens_its_image(bench, plot):
    points = bench.session.verdicts.history.plot.points[0]
    sample = 11
    place = pixel(plot, *map(float, points[sample]))

    bench.qtbot.mouseMove(plot._plot.viewport(), place)
    bench.qtbot.mouseClick(plot._plot.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert bench.current == sample
    assert bench.page.stage.is_viewer


def test_click_beside_all_points_opens_nothing(plot):
    assert plot.sample_at(50.0, 50.0) is None


def test_other_network_is_drawn_on_request(bench, plot):
    points = bench.session.verdicts.history.plot.points
    plot.network.setCurrentIndex(1)
    assert plot.sample_at(*map(float, points[1, 4])) == 4


def drag(bench, plot, *places):
    """Press at the first place, move over the others, let go at the last."""
    viewport = plot._plot.viewport()
    bench.qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=places[0])
    for place in places[1:]:
        move = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(place),
            QPointF(viewport.mapToGlobal(place)),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(viewport, move)
    bench.qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=places[-1])


def test_brushed_rectangle_lists_the_images_inside(bench, plot):
    points = bench.session.verdicts.history.plot.points[0]
    plot.tools.brush.click()
    right = 0.5
    (left, _), (low, high) = plot._box.viewRange()
    start, end = pixel(plot, left, high), pixel(plot, right, low)
    start, end = start + QPoint(1, 1), end - QPoint(0, 1)

    drag(bench, plot, start, (start + end) / 2, end)

    inside = set(np.flatnonzero(points[:, 0] < right - 0.02).tolist())
    listed = set(bench.page.queue.model.order.tolist())
    assert inside <= listed
    assert all(points[sample, 0] < right + 0.02 for sample in listed)
    assert len(listed) < len(points)
    bench.page.sidebar.reset()
    assert len(bench.page.queue) == len(points)


@pytest.mark.usefixtures("every_move")
def test_lasso_lists_the_images_that_the_line_goes_around(bench, plot):
    points = bench.session.verdicts.history.plot.points[0]
    plot.tools.lasso.click()
    # an L, which no rectangle is: all but the upper right
    corners = [(-0.01, -0.01), (1.01, -0.01), (1.01, 0.5), (0.5, 0.5), (0.5, 1.01), (-0.01, 1.01)]

    drag(bench, plot, *(pixel(plot, *corner) for corner in corners))

    upper_right = (points > 0.52).all(axis=1)
    surely_inside = (points < 0.48).any(axis=1)
    listed = np.isin(np.arange(len(points)), bench.page.queue.model.order)
    assert upper_right.any()
    assert not listed[upper_right].any()
    assert listed[surely_inside].all()
    assert plot._box.has_outline
    bench.page.sidebar.reset()
    assert not plot._box.has_outline


def test_loss_in_the_plot_is_that_of_the_card(bench, plot):
    history, results = bench.session.verdicts.history, bench.session.verdicts.results
    history.loss[-1] = 6 * history.loss[-1]
    results.loss[:] = history.loss[-1].mean(axis=0)
    plot.refresh()
    drawn = np.concatenate([cloud.data["x"] for cloud in plot._clouds])
    assert sorted(drawn) == pytest.approx(sorted(history.loss[-1][0]))
    low, high = (curve(history.loss[-1][0]) for curve in (np.min, np.max))
    middle = plot._ellipses[0].getData()[0].mean()
    assert middle == pytest.approx(low + (high - low) / 2, abs=0.1)


def test_rectangle_and_lasso_take_turns_and_neither_pans(bench, plot):
    plot.tools.brush.click()
    plot.tools.lasso.click()
    assert (plot.tools.brush.isChecked(), plot.tools.lasso.isChecked()) == (False, True)
    plot.tools.brush.click()
    assert (plot.tools.brush.isChecked(), plot.tools.lasso.isChecked()) == (True, False)
    plot.tools.brush.click()
    before = plot._box.viewRange()
    middle = plot._plot.viewport().rect().center()
    drag(bench, plot, middle, middle + QPoint(20, 0), middle + QPoint(40, 0))
    assert plot._box.viewRange() != before
    assert len(bench.page.queue) == len(bench.session.classes.given_codes)


@pytest.mark.parametrize("seed", range(20))
def test_inside_is_what_qt_takes_for_inside(seed):
    rng = np.random.default_rng(seed)
    polygon, points = rng.random((rng.integers(3, 12), 2)), rng.random((300, 2))
    shape = QPolygonF([QPointF(x, y) for x, y in polygon])
    rule = Qt.FillRule.OddEvenFill
    wanted = [shape.containsPoint(QPointF(x, y), rule) for x, y in points]
    assert inside_polygon(points, polygon).tolist() == wanted


def test_points_that_are_no_numbers_are_inside_of_nothing():
    square = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], dtype=float)
    points = np.array([(0.5, 0.5), (np.nan, 0.5), (0.5, np.nan)])
    assert inside_polygon(points, square).tolist() == [True, False, False]
    assert not inside_polygon(points, square[:1]).any()


def rewrite_epoch(session, epoch, points):
    """Give an earlier epoch points of its own, all of the bucket Clean."""
    history, folder = session.verdicts.history, session.project.runs.folder(session.verdicts.run)
    posterior = np.zeros_like(history.posterior[0])
    posterior[..., 0] = 1
    epoch_scores = EpochScores(
        epoch, history.probabilities, history.loss[0], history.uncertainty[0], posterior
    )
    plot = replace(history.plot, points=points)
    scores.save_epoch(folder, epoch_scores, sample=history.sample, plot=plot)


def test_slider_goes_back_to_an_earlier_separation_and_forth(bench, plot):
    session = bench.session
    points = session.verdicts.history.plot.points
    rewrite_epoch(session, 1, points[:, ::-1].copy())
    for values in (session.verdicts.history.loss, session.verdicts.history.uncertainty):
        values[0] = values[0, :, ::-1].copy()
    assert plot._epoch_label.text() == "Round 2 of 2"

    plot.epochs.setFocus()
    bench.qtbot.keyClick(plot.epochs, Qt.Key.Key_Left)

    bench.qtbot.waitUntil(lambda: plot._epoch_label.text() == "Round 1 of 2")
    assert plot.sample_at(*map(float, points[0, 4])) == len(points[0]) - 1 - 4
    bench.qtbot.keyClick(plot.epochs, Qt.Key.Key_Right)
    assert plot._epoch_label.text() == "Round 2 of 2"
    assert plot.sample_at(*map(float, points[0, 4])) == 4


def test_earlier_epoch_has_the_buckets_of_its_own_separation(bench, plot):
    session = bench.session
    assert len(plot._clouds[1].data) == (session.verdicts.results.bucket == 1).sum() > 0
    session.verdicts.history.posterior[0] = (1, 0, 0)
    plot.epochs.setValue(0)
    bench.qtbot.waitUntil(lambda: plot._epoch_label.text() == "Round 1 of 2")
    assert [len(cloud.data) for cloud in plot._clouds] == [len(session.classes.given_codes), 0, 0]


def test_epoch_whose_file_is_damaged_is_told(bench, plot):
    session = bench.session
    file = session.project.runs.folder(session.verdicts.run) / "epochs" / "0001.npz"
    file.write_bytes(b"nothing")
    plot.epochs.setValue(0)
    bench.qtbot.waitUntil(lambda: plot._empty.isVisible())
    assert plot._empty.text() == "The scores of round 1 cannot be read."
    assert not plot.tools.lasso.isEnabled()
    plot.epochs.setValue(1)
    assert plot._plot.isVisible()
    assert plot.tools.lasso.isEnabled()


def test_of_wishes_made_while_a_file_is_read_only_the_last_is_shown_last(bench, plot, monkeypatch):
    may_read = threading.Event()
    asked = []

    def slow(folder, epoch, *, count):
        asked.append(epoch)
        may_read.wait(10)
        return load_plot(folder, epoch, count=count)

    monkeypatch.setattr(epoch_plots, "load_plot", slow)
    plot.epochs.setValue(0)
    bench.qtbot.waitUntil(lambda: asked == [1])
    plot.epochs.setValue(1)
    may_read.set()
    bench.qtbot.waitUntil(lambda: not plot._epochs._job.is_busy)
    assert plot._epoch_label.text() == "Round 2 of 2"


def test_plot_of_other_images_is_none(bench):
    session = bench.session
    folder = session.project.runs.folder(session.verdicts.run)
    count = len(session.classes.given_codes)
    assert load_plot(folder, 2, count=count) is not None
    assert load_plot(folder, 2, count=count + 1) is None
    assert load_plot(folder, 9, count=count) is None


def test_many_points_are_thinned_but_all_count(bench, plot, monkeypatch):
    monkeypatch.setattr(module, "MOST_DRAWN", 5)
    plot.refresh()

    assert sum(len(cloud.data) for cloud in plot._clouds) == 5
    points = bench.session.verdicts.history.plot.points[0]
    assert [plot.sample_at(*map(float, point)) for point in points] == list(range(len(points)))


def test_network_that_could_not_be_fitted_has_no_ellipse():
    nothing = np.full((2, 2), np.nan, dtype=np.float32)
    assert len(module._outline(nothing[0], nothing)) == 0
