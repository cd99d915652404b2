"""How fast the review screen is on a project of 100,000 images, and what it takes.

    python benchmarks/gui_speed.py [--images N] [--busy] [--large-only] [--folder DIR]
        [--out FILE.json]

The verdicts are made up; the pictures are real JPEG files, hard-linked under many names. Every
decision goes through the keys, the database and the disk's sync. `--busy` measures a second time
while other processes load all cores. The map has all images; photographs of 8,000 x 8,000 pixels
are measured apart.
Prints a table and the load of the computer.
"""

from __future__ import annotations

import argparse
import cmath
import gc
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import psutil

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import large_photographs
from event_loop import rest, until
from qmix_core.base.types import EpochScores, Partition, RunResults, Sample
from qmix_core.dataset.dataset import Dataset
from qmix_core.project.store import ProjectStore
from qmix_core.runs import scores
from qmix_core.runs.run_options import RunOptions
from qmix_gui.app.main import make_app
from qmix_gui.app.main_window import MainWindow
from qmix_gui.jobs.background_job import wait_for_threads
from qmix_gui.review.model.filters import Facet, FilterSpec
from qmix_gui.review.page import ReviewPage
from qmix_gui.settings import settings
from qmix_gui.theme.theme import Scheme, Theme

CLASSES = ("0_none", "1_mild", "2_moderate", "3_severe", "4_proliferative")
PICTURES = 2_000
FRAME = 1 / 60
FRAMES, SWITCHES, DECISIONS, STARTS, MOVES = 600, 10, 150, 5, 60
#: Seconds, except memory in MB.
TARGETS = {
    "first_paint": 1.5,
    "project_opened": 2.0,
    "filter_p95": 0.1,
    "scroll_frame_p95": 0.016,
    "decision_gallery_p95": 0.05,
    "decision_viewer_p95": 0.05,
    "map_shown": 1.0,
    "map_frame_p95": 0.05,
    "lasso_frame_p95": 0.016,
    "lasso_listed": 0.2,
    "memory_mb": 600.0,
}
_FIRST_PAINT = """
import os, pathlib, sys, time
from qmix_gui.app import crash, main as app, main_window
from qmix_gui.settings import settings
folder = pathlib.Path(sys.argv[1])
class Window(main_window.MainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.time(), flush=True)
        os._exit(0)
main_window.MainWindow = Window
settings.settings_path = lambda: folder / "settings.ini"
crash.log_path = lambda: folder / "log" / "qmix-gui.log"
app.main([])
"""


# -- a made-up project --------------------------------------------------------------------------


def make_project(folder: Path, count: int) -> Path:
    """Write pictures, a project over them and one finished run; give the project's folder."""
    rng = np.random.default_rng(0)
    root = folder / "images"
    root.mkdir()
    hashes, sources = [], []
    for number in range(min(count, PICTURES)):
        path = root / f"picture{number}.jpg"
        coarse = rng.integers(0, 256, (12, 16, 3), dtype=np.uint8)
        Image.fromarray(coarse).resize((640, 480), Image.Resampling.BICUBIC).save(path)
        hashes.append(hashlib.sha256(path.read_bytes()).hexdigest())
        sources.append(path)
    for label in CLASSES:
        (root / label).mkdir()
    samples = []
    for number in range(count):
        label = CLASSES[number % len(CLASSES)]
        image = f"{label}/{number:06d}.jpg"
        os.link(sources[number % len(sources)], root / image)
        samples.append(Sample(image, label, (), hashes[number % len(sources)]))
    for path in sources:
        path.unlink()
    project_folder = folder / "speed.qmix"
    with ProjectStore.create(project_folder, Dataset(root, root, tuple(samples))) as project:
        add_run(project, rng)
    return project_folder


def add_run(project: ProjectStore, rng: np.random.Generator) -> None:
    """One finished run with verdicts, histories and features."""
    count, classes = len(project.samples), len(project.classes.names)
    posterior = rng.dirichlet((4, 0.6, 0.4), count).astype(np.float32)
    bucket = Partition.of(posterior).bucket
    given = np.arange(count) % classes
    suggested = np.where(bucket == 0, given, rng.integers(0, classes, count))
    probabilities = rng.dirichlet(np.ones(classes), (2, count)).astype(np.float32)
    points = rng.random((2, count, 2), dtype=np.float32)
    centres = np.full((2, 3, 2), 0.5, dtype=np.float32)
    plot = scores.SeparationPlot(
        points, centres, np.tile(np.eye(2, dtype=np.float32) / 100, (2, 3, 1, 1))
    )
    run = project.runs.begin(RunOptions(epochs=5).config(), device="cpu")
    folder, sample = project.runs.folder(run), np.arange(count)
    for epoch in range(5):
        both = np.stack([posterior, posterior])
        epoch_scores = EpochScores(epoch, probabilities, points[:, :, 0], points[:, :, 1], both)
        scores.save_epoch(folder, epoch_scores, sample=sample, plot=plot)
    features = rng.standard_normal((count, 64), dtype=np.float32)
    features /= np.linalg.norm(features, axis=1, keepdims=True)
    scores.save_features(folder, sample=sample, features=features)
    results = RunResults(
        bucket=bucket,
        suggested=suggested.astype(np.int64),
        probability=probabilities[0].max(axis=1),
        posterior=posterior,
        error_score=1 - posterior[:, 0],
        loss=points[0, :, 0],
        uncertainty=points[0, :, 1],
        stability=rng.random(count, dtype=np.float32),
    )
    project.runs.finish(run, status="done", results=results)


# -- measuring ----------------------------------------------------------------------------------


def p95(seconds: list[float]) -> float:
    return float(np.percentile(seconds, 95))


def time_first_paint(folder: Path) -> list[float]:
    """Seconds from the start of a process to the first painting of its window."""
    took = []
    for _ in range(STARTS):
        started = time.time()
        command = [sys.executable, "-c", _FIRST_PAINT, str(folder)]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        took.append(float(printed.split()[-1]) - started)
    return took


def time_opening(window: MainWindow, project: Path) -> float:
    """Seconds until the first image of the project is on the screen."""
    started = time.perf_counter()
    window.open_project(project)
    until(lambda: page_of(window).shown_sample() is not None)
    return time.perf_counter() - started


def page_of(window: MainWindow) -> ReviewPage:
    assert window.workspace is not None
    return window.workspace.page


def time_filters(page: ReviewPage) -> list[float]:
    """Seconds from choosing a bucket, class or text until the new list is painted."""
    took = []
    specs = [FilterSpec().with_codes(Facet.BUCKET, frozenset({code})) for code in range(3)]
    specs += [FilterSpec().with_codes(Facet.GIVEN, frozenset({2})), FilterSpec().with_text("0042")]
    for spec in [FilterSpec(), *specs] * SWITCHES:
        started = time.perf_counter()
        page.queue.apply(spec)
        page.stage.gallery.viewport().repaint()
        QApplication.processEvents()
        took.append(time.perf_counter() - started)
        rest(0.02)
    page.queue.apply(FilterSpec())
    return took


def time_scrolling(page: ReviewPage) -> list[float]:
    """Seconds of each frame of a scroll through images whose thumbnails are being made."""
    gallery = page.stage.gallery
    bar = gallery.verticalScrollBar()
    bar.setValue(0)
    took = []
    for _ in range(FRAMES):
        started = time.perf_counter()
        bar.setValue(bar.value() + 24)
        gallery.viewport().repaint()
        QApplication.processEvents()
        took.append(time.perf_counter() - started)
        time.sleep(max(0.0, FRAME - took[-1]))
    bar.setValue(0)
    return took


def time_decisions(page: ReviewPage) -> list[float]:
    """Seconds from a key to the painting of the next image, the decision being on the disk."""
    keys = (Qt.Key.Key_K, Qt.Key.Key_2, Qt.Key.Key_X, Qt.Key.Key_Space, Qt.Key.Key_A)
    took = []
    page.stage.take_focus()
    # what an earlier measurement decided asks for its key twice
    page.queue.go_to_first_unreviewed()
    page.bring_into_sight()
    for number in range(DECISIONS):
        until(lambda: page.shown_sample() == page.queue.current)
        rest(0.05)  # a reader looks at the image, and the next one is made ready
        before = page.queue.current
        target = QApplication.focusWidget() or page
        # what a blind check hides cannot be confirmed
        is_hidden = page.session.verdicts.is_hidden(before)
        key = Qt.Key.Key_2 if is_hidden else keys[number % len(keys)]
        started = time.perf_counter()
        QTest.keyClick(target, key)
        if page.queue.current == before:
            raise RuntimeError("A key decided nothing.")
        until(lambda: page.shown_sample() == page.queue.current)
        took.append(time.perf_counter() - started)
    return took


def time_map(page: ReviewPage) -> dict[str, float]:
    """Seconds until all images are on the map, of a frame of a pan, and of one of a lasso."""
    page.stage.open_gallery()
    plot = page.plots.map
    view, box = plot._plot.viewport(), plot._box
    started = time.perf_counter()
    page.plots.show_map(True)
    page.show_training(True)
    until(lambda: plot._cloud._key is not None)
    took = {"map_shown": time.perf_counter() - started}
    rest(0.5)
    frames = []
    for number in range(MOVES):
        started = time.perf_counter()
        box.translateBy(x=0.01 if number % 2 else -0.01, y=0)
        view.repaint()
        frames.append(time.perf_counter() - started)
    took["map_frame_p95"] = p95(frames)
    plot.tools.lasso.click()
    middle, radius = view.rect().center(), min(view.width(), view.height()) // 3
    turns = [cmath.rect(radius, 2 * cmath.pi * number / MOVES) for number in range(MOVES)]
    line = [middle + QPoint(round(turn.real), round(turn.imag)) for turn in turns]
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=line[0])
    frames = []
    for place in line[1:]:
        started = time.perf_counter()
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(place),
            QPointF(view.mapToGlobal(place)),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(view, event)
        view.repaint()
        frames.append(time.perf_counter() - started)
        time.sleep(max(0.0, FRAME - frames[-1]))
    took["lasso_frame_p95"] = p95(frames)
    started = time.perf_counter()
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=line[-1])
    page.stage.gallery.viewport().repaint()
    took["lasso_listed"] = time.perf_counter() - started
    if not 0 < len(page.queue) < len(page.session.project.samples):
        raise RuntimeError("The lasso listed nothing.")
    page.queue.apply(FilterSpec())
    page.show_training(False)
    return took


def time_sync(folder: Path) -> list[float]:
    """Seconds that the disk takes for one small write and its sync."""
    took = []
    with (folder / "sync").open("wb") as file:
        for _ in range(50):
            started = time.perf_counter()
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
            took.append(time.perf_counter() - started)
    return took


def measure(folder: Path, project: Path) -> dict[str, float]:
    """All figures once, on one window."""
    figures = {"load_average": os.getloadavg()[0], "disk_sync_p95": p95(time_sync(folder))}
    starts = time_first_paint(folder)
    figures |= {"first_paint": float(np.median(starts)), "first_paint_worst": max(starts)}
    kept = settings.Settings(folder / "window.ini")
    kept.set(settings.REVIEWER, "benchmark")
    theme = Theme(make_app())
    theme.set_scheme(Scheme.LIGHT)
    window = MainWindow(kept, theme)
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    rest(0.2)
    figures["project_opened"] = time_opening(window, project)
    page = page_of(window)
    rest(2)
    figures["filter_p95"] = p95(time_filters(page))
    frames = time_scrolling(page)
    figures |= {"scroll_frame_p95": p95(frames), "scroll_frame_worst": max(frames)}
    figures["decision_gallery_p95"] = p95(time_decisions(page))
    page.stage.open_viewer()
    figures["decision_viewer_p95"] = p95(time_decisions(page))
    figures |= time_map(page)
    figures["memory_mb"] = psutil.Process().memory_info().rss / 2**20
    window.shut_down()
    window.close()
    window.deleteLater()
    gc.collect()
    return figures


def measure_alone(folder: Path, project: Path, *options: str) -> dict[str, float]:
    """All figures in a process of their own, so that nothing is warm from the time before."""
    # what an earlier measurement has made would make this one look quick
    shutil.rmtree(project / "cache", ignore_errors=True)
    command = [sys.executable, __file__, "--folder", str(folder), "--project", str(project)]
    command += options
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    figures: dict[str, float] = json.loads(printed.splitlines()[-1])
    return figures


@contextmanager
def load_on_all_cores() -> Iterator[None]:
    """Keep every core busy with processes of usual priority."""
    command = [sys.executable, "-c", "while True: pass"]
    hogs = [subprocess.Popen(command) for _ in range(os.cpu_count() or 1)]
    try:
        yield
    finally:
        for hog in hogs:
            hog.kill()
            hog.wait()


def report(rows: dict[str, dict[str, float]], targets: dict[str, float]) -> None:
    """Print a column for each measurement and the target."""
    if not rows:
        return
    print(f"{'':>22}" + "".join(f"{name:>12}" for name in [*rows, "target"]))
    for name in next(iter(rows.values())):
        cells = [f"{figures[name]:12.4g}" for figures in rows.values()]
        target = f"{targets[name]:12g}" if name in targets else ""
        print(f"{name:>22}" + "".join(cells) + target)


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--images", type=int, default=100_000)
    parser.add_argument("--busy", action="store_true", help="measure once more under load")
    parser.add_argument("--large-only", action="store_true", help="only large photographs")
    parser.add_argument("--repeat", type=int, default=1, help="times that all is measured")
    parser.add_argument("--folder", type=Path, help="make the project there, on a real disk")
    parser.add_argument("--out", type=Path, help="write the figures there as JSON")
    parser.add_argument("--project", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.project is not None:
        measuring = large_photographs.measure if arguments.large_only else measure
        print(json.dumps(measuring(arguments.folder, arguments.project)))
        wait_for_threads(60.0)
        return
    rows: dict[str, dict[str, float]] = {}
    large: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        folder = Path(name)
        if not arguments.large_only:
            project = make_project(folder, arguments.images)
            for number in range(arguments.repeat):
                rows[f"run {number + 1}"] = measure_alone(folder, project)
        photographs = large_photographs.make_project(folder)
        for number in range(arguments.repeat):
            large[f"run {number + 1}"] = measure_alone(folder, photographs, "--large-only")
        if arguments.busy:
            with load_on_all_cores():
                if not arguments.large_only:
                    rows["busy"] = measure_alone(folder, project)
                large["busy"] = measure_alone(folder, photographs, "--large-only")
    report(rows, TARGETS)
    report(large, large_photographs.TARGETS)
    if arguments.out:
        document = {
            "images": arguments.images,
            "cores": os.cpu_count(),
            "targets": TARGETS,
            "figures": rows,
            "large_photographs": {"targets": large_photographs.TARGETS, "figures": large},
        }
        arguments.out.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
