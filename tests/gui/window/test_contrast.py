"""WCAG 2.2 AA: 4.5 to 1 for text, 3 to 1 for marks and the edges of fields; never colour alone."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from qmix_gui.review.embedding.coloring import CLASS_COLORS
from qmix_gui.review.embedding.point_cloud import Symbol
from qmix_gui.review.gallery.tile_delegate import PILL_GROUND, SELECTED_SHARE, mixed
from qmix_gui.review.separation import plot as separation_plot
from qmix_gui.theme.bucket_style import (
    BLIND_CHECK,
    BUCKET_STYLES,
    FILE_STYLES,
    IMAGE_GROUND,
    NOT_SEPARATED,
    ON_IMAGE_GROUND,
    STATUS_STYLES,
    Style,
)
from qmix_gui.theme.theme import DARK, LIGHT, Colors
from qmix_gui.widgets.key_button import CAP_ALPHA

TEXT, GRAPHIC = 4.5, 3.0
THEMES = {"light": LIGHT, "dark": DARK}
GROUNDS = ("window", "panel", "base", "control", "hover", "accent_ground")
STYLES = [
    *BUCKET_STYLES.values(), NOT_SEPARATED, BLIND_CHECK, *STATUS_STYLES.values(),
    *FILE_STYLES.values(),
]  # fmt: skip


def _luminance(color: QColor) -> float:
    parts = (color.redF(), color.greenF(), color.blueF())
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: QColor | str, second: QColor | str) -> float:
    """The contrast ratio of WCAG, 1 to 21."""
    low, high = sorted((_luminance(QColor(first)), _luminance(QColor(second))))
    return (high + 0.05) / (low + 0.05)


def _own(style: Style, colors: Colors) -> str:
    return style.on_dark if colors is DARK else style.on_light


def test_the_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("role", ["text", "muted", "accent", "error", "warning"])
def test_text_can_be_read_on_every_ground(theme, role):
    colors = THEMES[theme]
    for ground in (*GROUNDS, "error_ground"):
        assert contrast(getattr(colors, role), getattr(colors, ground)) >= TEXT, ground


@pytest.mark.parametrize("theme", THEMES)
def test_text_on_the_accent_and_its_key_cap_can_be_read(theme):
    colors = THEMES[theme]
    for accent in (colors.accent, colors.accent_hover):
        assert contrast(colors.on_accent, accent) >= TEXT
        cap = mixed(QColor(accent), QColor(colors.on_accent), CAP_ALPHA)
        assert contrast(cap, accent) >= TEXT
    cap = mixed(QColor(colors.control), QColor(colors.text), CAP_ALPHA)
    assert contrast(cap, colors.control) >= TEXT


@pytest.mark.parametrize("theme", THEMES)
def test_fields_focus_and_progress_are_told_from_their_ground(theme):
    colors = THEMES[theme]
    for ground in GROUNDS:
        assert contrast(colors.field, getattr(colors, ground)) >= GRAPHIC, ground
        assert contrast(colors.accent, getattr(colors, ground)) >= GRAPHIC, ground
    assert contrast(colors.accent, colors.border) >= GRAPHIC


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.text)
def test_buckets_and_review_states_can_be_read_wherever_they_stand(theme, style):
    colors = THEMES[theme]
    own = _own(style, colors)
    selected = mixed(QColor(colors.panel), QColor(colors.accent), SELECTED_SHARE)
    for ground in (*(getattr(colors, name) for name in GROUNDS), selected):
        assert contrast(own, ground) >= TEXT, ground
    # the bar below a picture, and the pill over the brightest picture
    assert contrast(own, IMAGE_GROUND) >= GRAPHIC or contrast(own, colors.panel) >= GRAPHIC
    pill = mixed(QColor("#ffffff"), QColor(PILL_GROUND), PILL_GROUND.alphaF())
    assert contrast(style.on_dark, pill) >= TEXT


@pytest.mark.parametrize("theme", THEMES)
def test_a_selected_tile_and_a_missing_picture_can_be_read(theme):
    colors = THEMES[theme]
    selected = mixed(QColor(colors.panel), QColor(colors.accent), SELECTED_SHARE)
    assert contrast(colors.text, selected) >= TEXT
    assert contrast(colors.muted, selected) >= TEXT
    assert contrast(ON_IMAGE_GROUND, IMAGE_GROUND) >= TEXT


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("style", BUCKET_STYLES.values(), ids=lambda style: style.text)
def test_points_of_the_separation_stand_out(theme, style):
    colors = THEMES[theme]
    share = separation_plot.POINT_ALPHA / 255
    point = mixed(QColor(colors.panel), QColor(_own(style, colors)), share)
    assert contrast(point, colors.panel) >= GRAPHIC


@pytest.mark.parametrize("theme", THEMES)
def test_points_of_the_map_stand_out_and_no_two_classes_look_the_same(theme):
    colors = THEMES[theme]
    own = [pair[colors is THEMES["dark"]] for pair in CLASS_COLORS]
    assert all(contrast(color, colors.panel) >= GRAPHIC for color in own)
    looks = {(code % len(CLASS_COLORS), code % len(Symbol)) for code in range(24)}
    assert len(looks) == 24


def test_no_bucket_and_no_state_is_told_by_colour_alone():
    buckets = [*BUCKET_STYLES.values(), NOT_SEPARATED, BLIND_CHECK]
    assert len({style.symbol for style in buckets}) == len(buckets)
    assert all(style.symbol for style in buckets)
    states = [*STATUS_STYLES.values(), *FILE_STYLES.values()]
    assert len({style.symbol for style in states}) == len(states)
    assert all(style.text for style in (*buckets, *states))
    assert len(set(separation_plot._SYMBOLS)) == len(BUCKET_STYLES)
