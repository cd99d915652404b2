"""A link takes the colour of the theme that comes later."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from qmix_gui.widgets.small_widgets import LinkLabel


def test_a_link_follows_the_palette(qtbot):
    label = LinkLabel()
    qtbot.addWidget(label)
    label.setText('<a href="undo">Undo</a>')
    label.resize(120, 30)
    palette = QPalette(label.palette())
    palette.setColor(QPalette.ColorRole.Link, QColor("#ff0000"))
    label.setPalette(palette)
    shot = label.grab().toImage()
    colors = [shot.pixelColor(x, y) for x in range(shot.width()) for y in range(shot.height())]
    assert any(color.red() > 200 > 90 > color.green() for color in colors)
