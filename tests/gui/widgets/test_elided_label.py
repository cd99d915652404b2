from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontMetrics

from qmix_gui.widgets.elided_label import short_change

BEFORE, AFTER = "diabetic_retinopathy", "glaucoma"


@pytest.fixture
def metrics(qapp) -> QFontMetrics:
    return QFontMetrics(QFont())


def test_where_there_is_room_both_names_are_whole(metrics):
    assert short_change(BEFORE, "→", AFTER, metrics, 2000) == f"{BEFORE} → {AFTER}"


def test_the_old_name_makes_room_for_the_new_one(metrics):
    room = metrics.horizontalAdvance(f"diabet… → {AFTER}")
    text = short_change(BEFORE, "→", AFTER, metrics, room)
    assert text.endswith(f"… → {AFTER}")
    assert text.startswith("dia")
    assert metrics.horizontalAdvance(text) <= room


@pytest.mark.parametrize("after", ["glaucoma", "cataract", "none", "mild"])
def test_the_new_name_is_whole_wherever_some_letters_of_the_old_one_fit(metrics, after):
    least = metrics.horizontalAdvance(f"WWWWW… → {after}")
    for room in range(least, least + 120):
        assert short_change(BEFORE, "→", after, metrics, room).endswith(f" → {after}")


def test_where_there_is_hardly_any_room_the_new_name_is_cut_too(metrics):
    room = metrics.horizontalAdvance("glaucoma → dia")
    text = short_change("glaucoma", "→", BEFORE, metrics, room)
    assert "→" in text
    assert metrics.horizontalAdvance(text) <= room


def test_one_name_alone_is_cut_at_its_end(metrics):
    room = metrics.horizontalAdvance("diabetic_")
    assert short_change(BEFORE, "", "", metrics, room).endswith("…")
    assert short_change(AFTER, "", "", metrics, 2000) == AFTER
