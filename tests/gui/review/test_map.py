"""The map of the images beside the separation plot, through the window."""

from __future__ import annotations

import sys

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from qmix_core.base.types import Action
from qmix_core.review import embedding_map
from qmix_core.review.embedding_map import Arrangement, by_axes, map_file, save_map
from qmix_core.runs.scores import FEATURES_FILE, load_features, save_features
from qmix_gui.review.embedding.coloring import ColorBy, colored
from qmix_gui.review.embedding.point_cloud import Look, Symbol, _picture, stamp_of
from qmix_gui.review.model import embedding as module
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.theme.theme import Scheme


@pytest.fixture
def open_map():
    """Opens the map of a bench by its key, and waits for it."""

    def opening(bench):
        bench.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
        plot = bench.page.plots.map
        bench.qtbot.waitUntil(lambda: plot.isVisible() and not plot.maps.is_looking)
        # painted, or nothing to paint
        bench.qtbot.waitUntil(lambda: plot._cloud._key is not None or plot._empty.isVisible())
        return plot

    return opening


@pytest.fixture
def plot(bench, open_map):
    return open_map(bench)


@pytest.fixture
def points(plot):
    return plot.maps.placed.points


def pixel(plot, x, y):
    return plot._plot.mapFromScene(plot._box.mapViewToScene(QPointF(float(x), float(y))))


def move(viewport, place, buttons=Qt.MouseButton.NoButton):
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(place),
        QPointF(viewport.mapToGlobal(place)),
        Qt.MouseButton.NoButton,
        buttons,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(viewport, event)


def drag(bench, plot, *places):
    """Press at the first place, move over the others, let go at the last."""
    viewport = plot._plot.viewport()
    bench.qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=places[0])
    for place in places[1:]:
        move(viewport, place, Qt.MouseButton.LeftButton)
    bench.qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=places[-1])


def test_key_shows_all_images_at_once_and_again_folds_the_map(bench, plot, points):
    assert plot.maps.placed.arrangement is Arrangement.AXES
    assert np.isfinite(points).all()
    assert len(plot._cloud) == len(bench.session.project.samples)
    assert plot._note.text() == "18 images"
    bench.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert not plot.isVisible()


def test_map_takes_more_height_than_a_curve_and_gives_it_back(bench, open_map):
    page = bench.page
    page.show_training(True)
    bench.wait_shown()
    before = page.bottom.height()
    plot = open_map(bench)
    bench.qtbot.waitUntil(lambda: page.bottom.height() > 0.4 * page.height())
    assert plot._plot.height() > before
    page.plots.tabs.setCurrentIndex(0)
    bench.qtbot.waitUntil(lambda: page.bottom.height() == before)


def test_plots_come_with_the_first_results_or_when_the_map_is_asked_for(
    make_bench, bare_project, next_run
):
    session = ReviewSession(bare_project, reviewer="Dr. Test")
    bench = make_bench(session)
    bench.page.show_training(True)
    assert not bench.page.plots.isVisible()
    bench.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert bench.page.plots.isVisible()
    bench.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    bench.page.show_training(True)
    assert not bench.page.plots.isVisible()
    session.verdicts.show_run(next_run(bare_project))
    assert bench.page.plots.isVisible()


def test_map_over_the_photograph_takes_no_more_room(bench, open_map):
    bench.open_viewer()
    open_map(bench)
    bench.qtbot.waitUntil(lambda: bench.page.bottom.height() > 0)
    assert bench.page.bottom.height() < 0.35 * bench.page.height()


def test_nothing_is_computed_before_the_map_is_looked_at(bench):
    bench.page.show_training(True)
    bench.wait_shown()
    maps = bench.page.plots.map.maps
    assert (maps.placed, maps.is_looking) == (None, False)
    bench.page.plots.tabs.setCurrentIndex(1)
    bench.qtbot.waitUntil(lambda: maps.placed is not None)


def test_click_on_a_point_opens_its_image(bench, plot, points):
    place = pixel(plot, *points[11])
    bench.qtbot.mouseMove(plot._plot.viewport(), place)
    bench.qtbot.mouseClick(plot._plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert bench.current == plot.sample_at(*map(float, points[11])) == 11
    assert bench.page.stage.is_viewer


@pytest.mark.usefixtures("every_move")
def test_lasso_lists_the_images_that_the_line_goes_around(bench, plot, points):
    plot.tools.lasso.click()
    middle = float(np.median(points[:, 0]))
    low, high = points[:, 1].min() - 0.02, points[:, 1].max() + 0.02
    corners = [(-1.04, low), (middle, low), (middle, high), (-1.04, high)]

    drag(bench, plot, *(pixel(plot, *corner) for corner in corners))

    near = np.abs(points[:, 0] - middle) < 0.02
    listed = np.isin(np.arange(len(points)), bench.page.queue.model.order)
    assert listed[~near].tolist() == (points[:, 0] < middle)[~near].tolist()
    assert 0 < listed.sum() < len(points)
    assert bench.page.queue.spec.subsets[0].text == f"{listed.sum()} on the map"
    assert plot._box.has_outline
    bench.page.sidebar.reset()
    assert not plot._box.has_outline
    assert len(bench.page.queue) == len(points)


@pytest.mark.usefixtures("every_move")
def test_box_around_nothing_leaves_the_list(bench, plot, points):
    plot.tools.brush.click()
    corner = plot._plot.viewport().rect().topLeft() + QPoint(2, 2)
    drag(bench, plot, corner, corner + QPoint(3, 3), corner + QPoint(6, 6))
    assert len(bench.page.queue) == len(points)
    assert not plot._box.has_outline


def test_current_image_is_marked(bench, plot, points):
    bench.page.queue.go_to(7)
    bench.qtbot.waitUntil(lambda: plot._mark.data["x"].tolist() == [points[7, 0]])


@pytest.mark.usefixtures("every_move")
def test_pointer_on_a_point_shows_its_photograph(bench, plot, points):
    viewport = plot._plot.viewport()
    move(viewport, pixel(plot, *points[4]))
    assert plot.tip.isVisible()
    assert plot.tip.text.text() == "eye_04.png\nmild"
    bench.qtbot.waitUntil(lambda: not plot.tip.picture.pixmap().isNull())
    assert viewport.rect().contains(plot.tip.geometry())
    move(viewport, QPoint(1, 1))
    assert not plot.tip.isVisible()


def test_decided_images_are_hollow(bench, plot):
    bench.session.decisions.decide([3], Action.CONFIRM)
    bench.qtbot.waitUntil(lambda: plot._cloud._is_hollow.sum() == 1)
    assert plot._cloud._is_hollow[3]
    assert "hollow: decided" in plot.legend.names
    bench.session.decisions.undo()
    bench.qtbot.waitUntil(lambda: not plot._cloud._is_hollow.any())
    assert "hollow: decided" not in plot.legend.names


def test_colours_say_verdict_given_or_suggested_label(bench, plot):
    assert plot.legend.names == ["Clean", "Mislabeled - high quality", "Mislabeled - low quality"]
    results = bench.session.verdicts.results
    assert plot._cloud._codes.tolist() == results.bucket.tolist()
    for row, codes in ((1, bench.session.classes.given_codes), (2, results.suggested)):
        plot.color_by.setCurrentIndex(row)
        assert plot.legend.names == list(bench.session.project.classes.names)
        assert plot._cloud._codes.tolist() == codes.tolist()


@pytest.mark.parametrize("by", ColorBy)
def test_blind_check_tells_neither_verdict_nor_label(bench, plot, by):
    bench.session.verdicts.hide([5])
    coloring = colored(bench.session, by)
    assert coloring.names[coloring.codes[5]] == "Blind check"
    bench.session.decisions.decide([5], Action.CONFIRM)
    coloring = colored(bench.session, by)
    assert coloring.names[coloring.codes[5]] != "Blind check"


def test_altered_image_has_no_verdict_on_the_map(bench, plot):
    bench.session.verdicts.results.bucket[2] = -1
    bench.session.files.changed.emit()
    bench.qtbot.waitUntil(lambda: "No verdict yet" in plot.legend.names)


def test_arranged_by_likeness_in_a_child_and_kept(bench, plot, open_map, monkeypatch):
    told = []
    plot.maps.progressed.connect(lambda done, total: told.append((done, total)))
    assert plot.arrange.text() == "Arrange by likeness (about a minute)"
    plot.arrange.click()
    assert plot.busy.isVisible()
    assert plot.cancel.isVisible()
    assert plot._plot.isVisible()  # by axes, meanwhile
    bench.qtbot.waitUntil(lambda: not plot.maps.is_arranging, timeout=60_000)
    assert plot.maps.problem == ""
    placed = plot.maps.placed
    assert placed.arrangement is Arrangement.LIKENESS
    assert np.isfinite(placed.points).all()
    assert told
    assert all(total == embedding_map.STEPS for _, total in told)
    project = bench.session.project
    assert [path.parent.name for path in project.cache_folder.rglob("*.npz")] == ["map"]
    plot.arrange.click()
    assert plot.maps.placed.arrangement is Arrangement.AXES
    assert plot.arrange.text() == "Arrange by likeness"

    def fail(*_arguments, **_options):
        raise AssertionError("the map of before is in the cache")

    monkeypatch.setattr(module.child_process, "run_to_end", fail)
    plot.arrange.click()
    assert plot.maps.placed.arrangement is Arrangement.LIKENESS


def test_kept_map_is_shown_first(session, make_bench, open_map):
    features = session.verdicts.features
    kept = by_axes(features[1])[::-1].copy()
    file = map_file(session.project.cache_folder, 1, features, Arrangement.LIKENESS)
    save_map(file, kept)
    plot = open_map(make_bench(session))
    assert plot.maps.placed.arrangement is Arrangement.LIKENESS
    assert plot.maps.placed.points.tolist() == kept.tolist()


@pytest.fixture
def stand_in(monkeypatch):
    """Takes the place of the child; `begun` has the commands."""
    begun = []
    run_to_end = module.child_process.run_to_end

    def replace(body):
        def run(command, *, check, output):
            begun.append(command)
            return run_to_end([sys.executable, "-c", body], check=check, output=output)

        monkeypatch.setattr(module.child_process, "run_to_end", run)
        return begun

    return replace


@pytest.mark.parametrize("end", ["cancel", "close"])
def test_cancel_and_the_end_of_the_page_kill_the_child(bench, plot, stand_in, end):
    stand_in("import time; time.sleep(600)")
    plot.arrange.click()
    bench.qtbot.waitUntil(lambda: len(bench.children()) == 1)
    if end == "cancel":
        plot.cancel.click()
    else:
        bench.page.close()
    bench.qtbot.waitUntil(lambda: not bench.children())
    if end == "cancel":
        bench.qtbot.waitUntil(plot.arrange.isVisible)
        assert plot.maps.placed.arrangement is Arrangement.AXES
        assert plot._note.text() == "18 images"


def test_results_of_another_run_end_the_work_for_the_one_before(bench, plot, stand_in, next_run):
    stand_in("import time; time.sleep(600)")
    plot.arrange.click()
    bench.qtbot.waitUntil(lambda: len(bench.children()) == 1)
    bench.session.verdicts.show_run(next_run(bench.session.project, seed=1))
    bench.qtbot.waitUntil(lambda: not bench.children())
    bench.qtbot.waitUntil(lambda: plot.maps.placed is not None)
    assert not plot.maps.is_arranging
    assert plot.maps.placed.sample is bench.session.verdicts.features[0]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("import sys; sys.exit('qmix: The disk is full: make room.')", "The disk is full"),
        ("import os; os.abort()", "could not be arranged (exit code"),
        ("print('done')", "The map could not be read: try again."),
    ],
)
def test_failure_is_told_and_the_map_by_axes_stays(bench, plot, stand_in, body, told):
    stand_in(body)
    plot.arrange.click()
    bench.qtbot.waitUntil(lambda: plot.maps.problem != "")
    assert told in plot._note.text()
    assert plot._plot.isVisible()
    assert plot.arrange.isVisible()


def test_project_without_a_run_says_when_the_map_comes(bare_project, qapp, make_bench, open_map):
    plot = open_map(make_bench(ReviewSession(bare_project, reviewer="Dr. Test")))
    assert plot._empty.isVisible()
    assert plot._empty.text() == "The map of the images appears here once a run has finished."
    assert not plot.tools.isEnabled()
    assert not plot._foot.isVisible()


@pytest.mark.parametrize("value", [None, np.nan, np.inf])
def test_run_without_sound_features_says_so(project, qapp, make_bench, open_map, value):
    file = project.runs.folder(1) / FEATURES_FILE
    if value is None:
        file.write_bytes(b"nothing")
    else:
        sample, features = load_features(file.parent, samples=len(project.samples))
        features[3, 1] = value
        save_features(file.parent, sample=sample, features=features)
    plot = open_map(make_bench(ReviewSession(project, reviewer="Dr. Test")))
    assert plot._empty.text().startswith("The run that is shown has left nothing")


def test_features_beyond_all_measure_make_no_map(session, make_bench, open_map):
    session.verdicts.features[1][:] = 1e30
    plot = open_map(make_bench(session))
    assert plot._empty.text() == "The run that is shown has left too little to make a map of."


def test_another_theme_repaints_the_points(theme, bench, plot):
    before = plot._cloud._looks
    theme.set_scheme(Scheme.LIGHT)
    bench.qtbot.waitUntil(lambda: plot._cloud._looks[0].color != before[0].color)


def test_rare_points_lie_over_crowds():
    red, green = (
        Look(pg.mkColor("#ff0000"), Symbol.CIRCLE, 1),
        Look(pg.mkColor("#00ff00"), Symbol.CIRCLE),
    )
    places = np.array([(10, 10), *[(10, 10)] * 50])
    codes = np.array([0, *[1] * 50])
    image = _picture((20, 20), places, codes, codes > 9, (red, green), 7.0)
    assert image.pixelColor(10, 10).name() == "#ff0000"
    assert image.pixelColor(1, 1).alpha() == 0


def test_points_at_the_edge_are_cut_off():
    look = Look(pg.mkColor("#ff0000"), Symbol.SQUARE)
    places = np.array([(0, 0), (19, 9)])
    codes = np.zeros(2, dtype=np.int64)
    image = _picture((20, 10), places, codes, codes > 9, (look,), 7.0)
    assert image.pixelColor(0, 0).name() == image.pixelColor(19, 9).name() == "#ff0000"
    assert image.pixelColor(19, 0).alpha() == image.pixelColor(0, 9).alpha() == 0


@pytest.mark.parametrize("symbol", Symbol)
def test_hollow_points_show_what_lies_in_them_and_small_ones_are_pale(symbol):
    filled, hollow = (stamp_of(symbol, is_hollow, 8.0) for is_hollow in (False, True))
    middle = len(filled) // 2
    assert filled[middle, middle] == 255
    assert hollow[middle, middle] == 0
    assert 0 < stamp_of(symbol, True, 4.0).max() < 128
