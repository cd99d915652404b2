from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, QRect, Qt
from PySide6.QtWidgets import QAbstractItemView

from qmix_gui.review.gallery.tile_delegate import TileDelegate
from qmix_gui.review.gallery.view import GalleryView
from qmix_gui.review.model.queue import ReviewQueue
from qmix_gui.review.model.thumbnails import Thumbnails


@pytest.fixture
def large_view(large_session, qtbot, monkeypatch):
    wanted = []
    monkeypatch.setattr(Thumbnails, "want", lambda _self, samples, **_: wanted.append(samples))
    queue = ReviewQueue(large_session)
    thumbnails = Thumbnails(large_session.project)
    view = GalleryView(TileDelegate(large_session, thumbnails, queue), thumbnails)
    view.setModel(queue.model)
    view.setSelectionModel(queue.selection)
    view.wanted = wanted
    view.queue = queue
    qtbot.addWidget(view)
    view.resize(900, 700)
    with qtbot.waitExposed(view):
        view.show()
    yield view
    thumbnails.close()


def test_tiles_and_points_agree_anywhere_in_a_large_gallery(large_view):
    for row in (0, 3, 54_321, 99_999):
        large_view.scrollTo(large_view.model().index(row, 0))
        rect = large_view.visualRect(large_view.model().index(row, 0))
        assert large_view.viewport().rect().contains(rect)
        assert large_view.indexAt(rect.center()).row() == row


def test_only_images_near_those_in_sight_are_asked_for(large_view, qtbot):
    large_view.scrollTo(large_view.model().index(50_000, 0))
    large_view.wanted.clear()
    large_view.viewport().repaint()

    asked = large_view.wanted[-1]
    seen = len(large_view.visible_rows())
    assert 50_000 in asked
    assert len(asked) <= 2 * seen
    assert asked[:seen] == list(large_view.visible_rows())


def test_cursor_keys_move_by_tile_line_page_and_end(large_view, qtbot):
    columns = large_view.columns()
    queue = large_view.queue

    qtbot.keyClick(large_view, Qt.Key.Key_Down)
    assert queue.row == columns
    qtbot.keyClick(large_view, Qt.Key.Key_Right)
    assert queue.row == columns + 1
    qtbot.keyClick(large_view, Qt.Key.Key_End)
    assert queue.row == 99_999
    qtbot.keyClick(large_view, Qt.Key.Key_PageUp)
    assert 99_999 - queue.row >= columns
    qtbot.keyClick(large_view, Qt.Key.Key_Home)
    assert queue.row == 0
    qtbot.keyClick(large_view, Qt.Key.Key_Up)
    assert queue.row == 0


def test_rectangle_selects_the_tiles_it_touches(large_view):
    model = large_view.model()
    columns = large_view.columns()
    first = large_view.visualRect(model.index(0, 0)).center()
    last = large_view.visualRect(model.index(columns + 1, 0)).center()

    large_view.setSelection(QRect(first, last), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    assert large_view.queue.selected() == [0, 1, columns, columns + 1]


def test_zooming_the_tiles_keeps_the_image_at_hand_in_sight(large_view):
    large_view.queue.go_to_row(70_000)
    for side in (96, 256, 40, 999):
        large_view.set_tile_side(side)
        assert 96 <= large_view.tile_side <= 256
        assert 70_000 in large_view.visible_rows()


def test_gallery_of_no_images_can_be_used(large_view, qtbot):
    large_view.queue.model.set_order(large_view.queue.model.order[:0])
    large_view.viewport().repaint()

    qtbot.keyClick(large_view, Qt.Key.Key_End)

    assert not large_view.currentIndex().isValid()
    assert list(large_view.visible_rows()) == []


def test_scroll_to_centre_puts_the_tile_in_the_middle(large_view):
    index = large_view.model().index(5_000, 0)

    large_view.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    middle = large_view.viewport().height() / 2
    assert abs(large_view.visualRect(index).center().y() - middle) <= 1
