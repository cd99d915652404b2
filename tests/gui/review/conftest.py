"""A small project with made-up verdicts, and a review page over it in a shown window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import psutil
import pyqtgraph as pg
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from qmix_core.base.types import Action, EpochScores, RunResults, Sample
from qmix_core.dataset.dataset import Dataset, load_dataset
from qmix_core.preflight.check import check_dataset
from qmix_core.project.store import ProjectStore
from qmix_core.runs import scores
from qmix_core.runs.run_options import RunOptions
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.review.page import ReviewPage
from qmix_gui.settings.actions import build_actions

CLASSES = ("mild", "none", "severe")
PER_CLASS = 6


@pytest.fixture
def eyes(tmp_path: Path) -> Path:
    """Three class folders of six images, each of one colour of its own, of two sizes."""
    root = tmp_path / "eyes"
    for place, label in enumerate(CLASSES):
        (root / label).mkdir(parents=True)
        for number in range(PER_CLASS):
            size = (120, 90) if number % 2 else (96, 96)
            color = (60 * place + 20, 30 * number + 20, 90)
            Image.new("RGB", size, color).save(root / label / f"eye_{place}{number}.png")
    return root


@pytest.fixture
def bare_project(eyes: Path, tmp_path: Path) -> Iterator[ProjectStore]:
    """A project without a run."""
    dataset = check_dataset(load_dataset(eyes)).dataset
    with ProjectStore.create(tmp_path / "eyes.qmix", dataset) as project:
        yield project


@pytest.fixture
def project(bare_project: ProjectStore) -> ProjectStore:
    """A project with one finished run."""
    add_verdicts(bare_project)
    return bare_project


@pytest.fixture
def next_run() -> Callable[..., int]:
    """`next_run(project, seed=...)` adds a finished run and gives its number."""
    return add_verdicts


def add_verdicts(project: ProjectStore, *, seed: int = 0) -> int:
    """Every third image suggests the next class; buckets, scores and histories to match."""
    rng = np.random.default_rng(seed)
    count, classes = len(project.samples), len(project.classes.names)
    given = np.array([project.classes.names.index(sample.label) for sample in project.samples])
    bucket = np.roll(np.arange(count) % 3, seed).astype(np.int64)
    seen = np.where(bucket == 1, (given + 1) % classes, given)
    probabilities = np.full((2, count, classes), 0.04, dtype=np.float32)
    probabilities[:, np.arange(count), seen] = 1 - 0.04 * (classes - 1)
    posterior = np.full((count, 3), 0.1, dtype=np.float32)
    posterior[np.arange(count), bucket] = 0.8
    points = rng.random((2, count, 2), dtype=np.float32)
    plot = scores.SeparationPlot(
        points,
        np.full((2, 3, 2), 0.5, dtype=np.float32),
        np.tile(np.eye(2, dtype=np.float32) * 0.01, (2, 3, 1, 1)),
    )
    run = project.runs.begin(RunOptions(epochs=3).config(), device="cpu")
    folder, sample = project.runs.folder(run), np.arange(count)
    for epoch in (1, 2):
        both = np.stack([posterior, posterior])
        epoch_scores = EpochScores(epoch, probabilities, points[:, :, 0], points[:, :, 1], both)
        scores.save_epoch(folder, epoch_scores, sample=sample, plot=plot)
    features = np.eye(classes, dtype=np.float32)[given] + 0.1 * rng.random((count, classes))
    features /= np.linalg.norm(features, axis=1, keepdims=True)
    scores.save_features(folder, sample=sample, features=features.astype(np.float32))
    results = RunResults(
        bucket=bucket,
        suggested=seen.astype(np.int64),
        probability=probabilities[0].max(axis=1),
        posterior=posterior,
        error_score=rng.permutation(count).astype(np.float32) / count,
        loss=points[0, :, 0],
        uncertainty=points[0, :, 1],
        stability=np.full(count, 0.9, dtype=np.float32),
    )
    project.runs.finish(run, status="done", results=results)
    return run


@pytest.fixture
def session(project: ProjectStore, qapp: QApplication) -> ReviewSession:
    return ReviewSession(project, reviewer="Dr. Test")


@pytest.fixture
def large_session(tmp_path: Path, qapp: QApplication) -> Iterator[ReviewSession]:
    """100,000 images that are not there, without a run."""
    samples = tuple(
        Sample(f"{CLASSES[number % 3]}/{number:06d}.png", CLASSES[number % 3], (), f"{number:064x}")
        for number in range(100_000)
    )
    with ProjectStore.create(
        tmp_path / "large.qmix", Dataset(tmp_path, tmp_path, samples)
    ) as project:
        yield ReviewSession(project, reviewer="Dr. Test")


def _all_children() -> list[psutil.Process]:
    return psutil.Process().children(recursive=True)


@dataclass
class Bench:
    """A page in its window, and the hands on its keys."""

    qtbot: QtBot
    window: QMainWindow
    page: ReviewPage
    actions: dict[str, QAction]
    #: What earlier tests left running, such as the resource tracker of multiprocessing.
    _others: list[psutil.Process] = field(default_factory=_all_children)

    @property
    def session(self) -> ReviewSession:
        return self.page.session

    @property
    def current(self) -> int:
        sample = self.page.queue.current
        assert sample is not None
        return sample

    def wait_shown(self) -> int:
        """Wait until the current image is on the screen; give its sample."""
        self.qtbot.waitUntil(
            lambda: self.page.shown_sample() == self.page.queue.current, timeout=20_000
        )
        return self.current

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        """Press a key once the current image is on the screen."""
        self.wait_shown()
        self.hit(key, modifier)

    def hit(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        """Press a key now, whatever is on the screen."""
        target = QApplication.focusWidget() or self.page
        self.qtbot.keyClick(target, key, modifier or Qt.KeyboardModifier.NoModifier)

    def open_viewer(self) -> None:
        self.press(Qt.Key.Key_Return)
        assert self.page.stage.is_viewer

    def log(self) -> list[tuple[str, Action, str]]:
        """What was decided, oldest first: image, action, new label."""
        project = self.session.project
        return [(row.image, row.action, row.new_label) for row in project.decisions.all()]

    def image(self, sample: int) -> str:
        return self.session.project.samples[sample].image

    def children(self) -> list[psutil.Process]:
        """The processes that were begun since the page was."""
        return [child for child in _all_children() if child not in self._others]


@pytest.fixture
def make_bench(qtbot: QtBot) -> Iterator[Callable[[ReviewSession], Bench]]:
    benches: list[Bench] = []

    def make(session: ReviewSession) -> Bench:
        window = QMainWindow()
        qtbot.addWidget(window)
        actions = build_actions(window)
        page = ReviewPage(session, actions, QLabel("training"))
        window.setCentralWidget(page)
        window.resize(1280, 860)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        benches.append(Bench(qtbot, window, page, actions))
        return benches[-1]

    yield make
    for bench in benches:
        if isValid(bench.page):
            bench.page.close()


@pytest.fixture
def bench(make_bench: Callable[[ReviewSession], Bench], session: ReviewSession) -> Bench:
    """A review page over the project with one run, in the gallery."""
    return make_bench(session)


@pytest.fixture
def every_move() -> Iterator[None]:
    """pyqtgraph leaves out moves that come faster than a hand's."""
    before = pg.getConfigOption("mouseRateLimit")
    pg.setConfigOption("mouseRateLimit", -1)
    yield
    pg.setConfigOption("mouseRateLimit", before)
