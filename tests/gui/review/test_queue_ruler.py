"""The strip that shows where we are in the list."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from qmix_gui.review.gallery.progress_strip import QueueRuler
from qmix_gui.review.model.filters import Facet, FilterSpec


@pytest.fixture
def ruler(bench) -> QueueRuler:
    return bench.page.stage.findChild(QueueRuler)


def test_a_click_goes_to_the_image_of_that_place(bench, ruler) -> None:
    middle = QPoint(ruler.width() // 2 + 1, ruler.height() // 2)
    bench.qtbot.mouseClick(ruler, Qt.MouseButton.LeftButton, pos=middle)
    assert bench.page.queue.row == len(bench.page.queue) // 2
    end = QPoint(ruler.width() - 1, 2)
    bench.qtbot.mouseClick(ruler, Qt.MouseButton.LeftButton, pos=end)
    assert bench.page.queue.row == len(bench.page.queue) - 1


def test_it_says_the_place_in_words_and_follows_the_keys(bench, ruler) -> None:
    bench.press(Qt.Key.Key_Right)
    assert ruler.accessibleDescription().startswith("Image 2 of 18")


def test_reviewed_parts_are_filled_and_an_undo_empties_them(bench, ruler) -> None:
    assert not ruler.reviewed_shares().any()
    bench.press(Qt.Key.Key_K)
    shares = ruler.reviewed_shares()
    assert len(shares) == ruler.width()
    assert shares[0] == 1
    assert shares.mean() == pytest.approx(1 / 18, abs=0.01)
    bench.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not ruler.reviewed_shares().any()


def test_an_empty_list_has_no_place(bench, ruler) -> None:
    bench.page.queue.apply(FilterSpec().with_text("no such image"))
    ruler.grab()
    assert ruler.toolTip() == ""
    bench.qtbot.mouseClick(ruler, Qt.MouseButton.LeftButton)
    bench.page.queue.apply(FilterSpec().with_codes(Facet.GIVEN, frozenset({0})))
    assert "of 6" in ruler.toolTip()
