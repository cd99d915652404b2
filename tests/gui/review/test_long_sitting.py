"""Five hundred decisions by keyboard alone: all are stored, and none on another image."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from qmix_core.base.types import Action, Sample
from qmix_core.dataset.dataset import Dataset
from qmix_core.project.store import ProjectStore
from qmix_gui.review.model.session import ReviewSession

DECISIONS = 500
#: What a key does to an image of class a, and the label that it leaves; the other class is b.
KEYS = (
    (Qt.Key.Key_K, Action.CONFIRM, "a"),
    (Qt.Key.Key_2, Action.RELABEL, "b"),
    (Qt.Key.Key_X, Action.EXCLUDE, "a"),
    (Qt.Key.Key_P, Action.KEEP_POOR, "a"),
    (Qt.Key.Key_A, Action.AMBIGUOUS, "a"),
    (Qt.Key.Key_R, Action.RETAKE, "a"),
)


@pytest.fixture
def many(tmp_path: Path, qapp: QApplication) -> Iterator[ReviewSession]:
    """More images than decisions, without a run, all of them one small picture."""
    Image.new("RGB", (32, 32), (120, 40, 20)).save(tmp_path / "0.png")
    samples = []
    for number in range(DECISIONS + 20):
        if number:
            (tmp_path / f"{number}.png").hardlink_to(tmp_path / "0.png")
        samples.append(Sample(f"{number}.png", "a" if number < DECISIONS else "b", (), "0" * 64))
    with ProjectStore.create(
        tmp_path / "many.qmix", Dataset(tmp_path, tmp_path, tuple(samples))
    ) as it:
        yield ReviewSession(it, reviewer="Dr. Test")


def test_five_hundred_decisions_by_keyboard_are_stored_on_the_images_shown(
    make_bench, many
) -> None:
    bench = make_bench(many)
    expected = []
    for number in range(DECISIONS):
        key, action, label = KEYS[number % len(KEYS)]
        if number == DECISIONS // 2:
            bench.open_viewer()
        # most are painted by now; waiting takes ten milliseconds at least
        QApplication.processEvents()
        sample = bench.wait_shown()
        bench.hit(key)
        expected.append((bench.image(sample), action, label))
        assert bench.current == sample + 1
    assert bench.log() == expected
