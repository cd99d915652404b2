"""What a screen reader is told while the focus stays on the images."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from qmix_gui.widgets import small_widgets as announce


@pytest.fixture
def said(monkeypatch) -> list[str]:
    """All that a listening screen reader is given to say."""
    texts: list[str] = []

    class Listening:
        @staticmethod
        def isActive() -> bool:
            return True

        @staticmethod
        def updateAccessibility(event: announce.QAccessibleAnnouncementEvent) -> None:
            texts.append(event.message())

    monkeypatch.setattr(announce, "QAccessible", Listening)
    return texts


@pytest.mark.parametrize("where", ["gallery", "viewer"])
def test_the_image_at_hand_is_said_with_bucket_labels_and_state(bench, said, where):
    if where == "viewer":
        bench.open_viewer()
    bench.wait_shown()
    said.clear()
    bench.press(Qt.Key.Key_Right)
    sample = bench.wait_shown()
    session = bench.session
    (text,) = said
    assert bench.image(sample).rpartition("/")[2] in text
    assert session.classes.given_label(sample) in text
    assert "Unreviewed" in text
    assert any(name in text for name in ("Clean", "Mislabeled - high", "Mislabeled - low"))
    assert "2 of 18" in text
    widget = bench.page.stage.viewer.image if where == "viewer" else bench.page.stage.gallery
    assert widget.accessibleDescription() == text


def test_a_decision_and_its_undo_are_said(bench, said):
    bench.wait_shown()
    said.clear()
    bench.press(Qt.Key.Key_X)
    assert any("Excluded" in text for text in said)
    said.clear()
    bench.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert any(text.startswith("Undone") for text in said)


def test_a_message_is_said(bench, said):
    bench.page.show_message("The disk is full.", is_error=True)
    assert said == ["The disk is full."]
