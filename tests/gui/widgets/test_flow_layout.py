from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from qmix_gui.widgets.flow_layout import FlowLayout


def _row(qtbot, *sizes: tuple[int, int]) -> tuple[QWidget, list[QLabel]]:
    page = QWidget()
    qtbot.addWidget(page)
    layout = FlowLayout(page, spacing=5)
    parts = [QLabel() for _ in sizes]
    for part, size in zip(parts, sizes, strict=True):
        part.setFixedSize(*size)
        layout.addWidget(part)
    return page, parts


def test_low_parts_stand_in_the_middle_of_their_line(qtbot):
    page, (high, low) = _row(qtbot, (40, 30), (40, 10))
    page.resize(100, 60)
    page.show()
    assert high.geometry().center().y() == low.geometry().center().y()


def test_what_does_not_fit_begins_a_new_line(qtbot):
    page, (first, second, third) = _row(qtbot, (40, 30), (40, 10), (40, 10))
    page.resize(90, 60)
    page.show()
    assert (first.y(), second.x()) == (0, 45)
    assert (third.x(), third.y()) == (0, 35)
    assert page.layout().heightForWidth(90) == 45
    assert page.layout().heightForWidth(30) == 60
