"""Offscreen Qt, settings and logs in a temporary folder, and a small generated dataset."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from qmix_core.base.types import Partition, RunResults
from qmix_core.dataset.dataset import load_dataset
from qmix_core.preflight.check import check_dataset
from qmix_core.project.store import ProjectStore
from qmix_core.runs.run_options import RunOptions
from qmix_gui.app import main as qmix_app
from qmix_gui.app.main_window import MainWindow
from qmix_gui.settings.settings import REVIEWER, Settings
from qmix_gui.theme.theme import Scheme, Theme

CLASSES = ("0_none", "1_some", "2_much")
WAIT_MS = 20_000


@pytest.fixture(autouse=True)
def isolated_user_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The person's own settings, data and logs are never touched."""
    user = tmp_path / "user"
    monkeypatch.setattr("qmix_gui.settings.settings.settings_path", lambda: user / "settings.ini")
    monkeypatch.setattr("qmix_gui.app.crash.log_path", lambda: user / "log" / "qmix-gui.log")
    monkeypatch.setattr("qmix_gui.app.new_project.demo_folder", lambda: user / "demo")
    return user


@pytest.fixture
def dataset_folder(tmp_path: Path) -> Path:
    """Three class folders of four different images each."""
    root = tmp_path / "eyes"
    rng = np.random.default_rng(0)
    for label in CLASSES:
        (root / label).mkdir(parents=True)
        for number in range(4):
            pixels = rng.integers(0, 256, (72, 72, 3), dtype=np.uint8)
            Image.fromarray(pixels).save(root / label / f"{number}.png")
    return root


@pytest.fixture
def project_folder(dataset_folder: Path, tmp_path: Path) -> Path:
    """A project of the dataset, without a run."""
    dataset = check_dataset(load_dataset(dataset_folder)).dataset
    with ProjectStore.create(tmp_path / "review.qmix", dataset) as project:
        return project.folder


@pytest.fixture
def add_run() -> Callable[[Path], int]:
    """Gives a project one more finished run with made-up verdicts; calls give its number."""
    return _add_run


def _add_run(folder: Path) -> int:
    with ProjectStore.open(folder) as project:
        rng = np.random.default_rng(len(project.runs.all()))
        count = len(project.samples)
        posterior = rng.dirichlet((1, 1, 1), count).astype(np.float32)
        numbers = rng.random((5, count), dtype=np.float32)
        results = RunResults(
            bucket=Partition.of(posterior).bucket,
            suggested=rng.integers(0, len(project.classes.names), count),
            probability=numbers[0],
            posterior=posterior,
            error_score=numbers[1],
            loss=numbers[2],
            uncertainty=numbers[3],
            stability=numbers[4],
        )
        run = project.runs.begin(RunOptions(epochs=3).config(), device="cpu")
        project.runs.finish(run, status="done", results=results)
        return run


@pytest.fixture
def settings() -> Settings:
    """Empty settings, but for a reviewer, so that nobody is asked."""
    settings = Settings()
    settings.set(REVIEWER, "Dr. Test")
    return settings


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    theme = Theme(qmix_app.make_app())
    theme.set_scheme(Scheme.DARK)
    return theme


@pytest.fixture
def make_window(qtbot: QtBot) -> Iterator[Callable[[Settings, Theme], MainWindow]]:
    """Makes shown main windows that are closed again, with nothing of them left running."""
    windows: list[MainWindow] = []

    def make(settings: Settings, theme: Theme) -> MainWindow:
        windows.append(MainWindow(settings, theme))
        # the screen of the offscreen platform is small
        windows[-1].resize(1440, 900)
        windows[-1].show()
        return windows[-1]

    yield make
    for window in windows:
        window.shut_down()
        window.close()
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(
    make_window: Callable[[Settings, Theme], MainWindow], settings: Settings, theme: Theme
) -> MainWindow:
    """A shown main window."""
    return make_window(settings, theme)


@pytest.fixture
def child_command(tmp_path: Path) -> Callable[[str], list[str]]:
    """Makes the command line of a stand-in for the training process from its Python body.

    The body has `say(event)`, `sys`, `os`, `time` and `signal`.
    """

    def make(body: str) -> list[str]:
        head = """
            import os, signal, sys, time
            from qmix_core.base.events import *
            from qmix_core.base.events import encode
            def say(event):
                print(encode(event), flush=True)
        """
        script = tmp_path / "child.py"
        script.write_text(textwrap.dedent(head) + textwrap.dedent(body), encoding="utf-8")
        return [sys.executable, str(script)]

    return make


@pytest.fixture
def drag_and_drop() -> Callable[..., bool]:
    """Sends the events of a real drag and drop of paths on a widget; False where it is refused."""
    return _drag_and_drop


def _drag_and_drop(widget: QWidget, *paths: Path) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    enter = QDragEnterEvent(
        QPoint(20, 20),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return False
    drop = QDropEvent(
        QPointF(20, 20),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        QEvent.Type.Drop,
    )
    QApplication.sendEvent(widget, drop)
    return drop.isAccepted()
