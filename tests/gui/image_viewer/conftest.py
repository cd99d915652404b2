"""A viewer over files in a folder, in a shown window of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qmix_core.base.types import Sample
from qmix_core.dataset.pixels.value_ranges import NO_RANGES
from qmix_gui.image_viewer.image_loader import ImageLoader
from qmix_gui.image_viewer.viewer import Viewer
from qmix_gui.settings.action_groups import DisplayActions
from qmix_gui.settings.actions import build_actions


def source_of(folder: Path, *names: str) -> SimpleNamespace:
    """What the loader asks for files: one sample for each name."""
    samples = tuple(Sample(name, "a", (), "0" * 64) for name in names)
    return SimpleNamespace(
        samples=samples, value_ranges=NO_RANGES, path=lambda sample: folder / sample.image
    )


@pytest.fixture
def make_viewer(qtbot: QtBot) -> Iterator[Callable[[object], Viewer]]:
    """Makes a viewer that has the keys, over such a source."""
    loaders: list[ImageLoader] = []
    windows: list[QWidget] = []  # Python would delete them

    def make(source: object) -> Viewer:
        loaders.append(ImageLoader(source))
        window = QWidget()
        windows.append(window)
        qtbot.addWidget(window)
        viewer = Viewer(loaders[-1], DisplayActions.of(build_actions(window)), window)
        window.resize(700, 600)
        viewer.resize(700, 600)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        viewer.image.setFocus()
        return viewer

    yield make
    for loader in loaders:
        loader.close()


@pytest.fixture
def show(qtbot: QtBot) -> Callable[[Viewer, int], None]:
    """Shows a sample and waits until it is painted."""

    def show_and_wait(viewer: Viewer, sample: int) -> None:
        viewer.show_sample(sample, ahead=None)
        qtbot.waitUntil(lambda: viewer.shown_sample == sample, timeout=20_000)

    return show_and_wait


@pytest.fixture
def folder_of() -> Callable[..., SimpleNamespace]:
    """`folder_of(folder, *names)`: a source of these files."""
    return source_of
