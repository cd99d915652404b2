"""A link takes the colour of the theme that comes later."""

from __future__ import annotations

from qmix_gui.theme.theme import Scheme
from qmix_gui.widgets.small_widgets import LinkLabel


def test_a_link_follows_the_theme(qtbot, theme):
    def make() -> LinkLabel:
        label = LinkLabel()
        qtbot.addWidget(label)
        label.setText('<a href="undo">Undo</a>')
        label.resize(120, 30)
        label.show()
        return label

    theme.set_scheme(Scheme.LIGHT)
    label = make()
    light = label.grab().toImage()
    theme.set_scheme(Scheme.DARK)
    assert label.grab().toImage() != light
    assert label.grab().toImage() == make().grab().toImage()
