from __future__ import annotations

import shutil

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from qmix_core.base.types import Action
from qmix_gui.review.model.filters import Facet
from qmix_gui.review.model.session import ReviewSession


def row_of(bench, facet, code):
    return next(row for row in bench.page.sidebar.boxes[facet].rows if row.code == code)


def test_click_on_a_bucket_lists_it_and_a_second_click_lists_all(bench):
    bench.wait_shown()
    row = row_of(bench, Facet.BUCKET, 1)
    assert row.count == 6

    bench.qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert len(bench.page.queue) == 6
    assert row.isChecked()

    bench.qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert len(bench.page.queue) == 18


def test_ctrl_click_adds_a_choice(bench):
    bench.wait_shown()
    bench.qtbot.mouseClick(row_of(bench, Facet.GIVEN, 0), Qt.MouseButton.LeftButton)
    bench.qtbot.mouseClick(
        row_of(bench, Facet.GIVEN, 2),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.ControlModifier,
    )
    assert len(bench.page.queue) == 12


def test_counts_follow_decisions(bench):
    sample = bench.wait_shown()
    assert bench.session.decisions.decide([sample], Action.EXCLUDE)
    status = bench.page.queue.filter.codes(Facet.STATUS)[sample]
    assert row_of(bench, Facet.STATUS, int(status)).count == 1


def test_no_match_shows_a_way_back(bench):
    bench.wait_shown()
    bench.page.sidebar.search.setText("no such name")
    assert bench.page.queue.current is None
    bench.hit(Qt.Key.Key_X)
    assert bench.log() == []

    bench.page.stage.reset_asked.emit()

    assert bench.page.sidebar.search.text() == ""
    bench.press(Qt.Key.Key_X)
    assert len(bench.log()) == 1


def test_images_that_no_longer_match_are_offered_to_be_listed_anew(bench):
    sample = bench.wait_shown()
    code = int(bench.page.queue.filter.codes(Facet.STATUS)[sample])
    bench.qtbot.mouseClick(row_of(bench, Facet.STATUS, code), Qt.MouseButton.LeftButton)
    bench.press(Qt.Key.Key_X)
    refresh = bench.page.stage.refresh
    assert refresh.isVisible()
    assert bench.page.queue.model.row(sample) >= 0

    bench.qtbot.mouseClick(refresh, Qt.MouseButton.LeftButton)

    assert bench.page.queue.model.row(sample) < 0
    assert not refresh.isVisible()


def test_before_any_run_images_are_listed_in_file_order(make_bench, bare_project):
    bench = make_bench(ReviewSession(bare_project, reviewer="Dr. Test"))
    assert bench.wait_shown() == 0
    assert "No verdict yet" in bench.page.stage.strip.text()

    bench.press(Qt.Key.Key_X)

    assert len(bench.log()) == 1


def test_new_results_wait_until_they_are_asked_for(bench, next_run):
    bench.wait_shown()
    before = bench.page.queue.model.order.tolist()
    run = next_run(bench.session.project, seed=1)
    bench.page.new_results_available(run)
    assert bench.page.queue.model.order.tolist() == before

    with bench.qtbot.waitSignal(bench.page.show_run_requested) as caught:
        bench.page.results_bar.action_clicked.emit(str(run))
    assert caught.args == [run]

    sample = bench.current
    bench.session.verdicts.show_run(run)
    assert bench.current == sample
    assert bench.page.results_bar.isHidden()
    bench.page.show_changes_since(1)
    assert 0 < len(bench.page.queue) <= 18


def test_moved_dataset_folder_is_named_until_it_is_back(make_bench, project):
    root = project.root
    away = root.with_name("away")
    root.rename(away)
    bench = make_bench(ReviewSession(project, reviewer="Dr. Test"))
    bench.qtbot.waitUntil(bench.page.files.bar.isVisible)
    assert f"not at {root} any more" in bench.page.files.bar.text
    bench.wait_shown()
    assert bench.page.thumbnails.problem(bench.current)

    away.rename(root)
    bench.qtbot.waitUntil(lambda: not bench.page.files.is_busy)
    bench.page.files.bar.buttons["again"].click()

    bench.qtbot.waitUntil(bench.page.files.bar.isHidden)
    bench.qtbot.waitUntil(lambda: bench.page.thumbnails.pixmap(bench.current) is not None)


def test_missing_image_has_a_placeholder_and_is_named_apart_from_the_folder(bench):
    bench.wait_shown()
    sample = bench.page.queue.model.sample(1)
    shutil.rmtree(bench.session.project.cache_folder, ignore_errors=True)
    (bench.session.project.root / bench.image(sample)).unlink()
    bench.page.queue.go_to(sample)
    bench.open_viewer()
    bench.wait_shown()
    assert "missing" in bench.page.stage.viewer.image.picture.problem
    bench.qtbot.waitUntil(lambda: bench.session.files.mark(sample) == "missing")
    assert "1 missing" in bench.page.files.bar.text
    assert "is missing" in bench.page.why_card.file_note.text()


def test_page_can_be_drawn_in_every_state(bench):
    bench.wait_shown()
    for step in (bench.open_viewer, lambda: bench.hit(Qt.Key.Key_Question)):
        step()
        image: QImage = bench.page.grab().toImage()
        assert not image.isNull()
