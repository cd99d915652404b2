"""The whole path through the real window on real images: train, decide, export, retrain.

    python benchmarks/gui_run.py DATASET [--runner ssh:HOST] [--out FILE.json]

Makes ten decisions by key, then checks that the cleaned CSV holds exactly these and that a retrain
honours them. Prints seconds, memory, and how long the window stood still during the first run: by
how many milliseconds a timer of 10 ms came late, which is what a frame would wait.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import tempfile
import time
from pathlib import Path

import numpy as np
import psutil

from event_loop import until

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest

from qmix_core.base.events import BatchDone, Event
from qmix_core.base.types import BUCKETS, DROPPED, Status
from qmix_core.dataset.dataset import load_dataset
from qmix_core.export.tables import export_table
from qmix_core.preflight.check import check_dataset
from qmix_core.project.store import ProjectStore
from qmix_core.runners.spec import LOCAL
from qmix_core.runs.run_options import RunOptions
from qmix_gui.app.main import make_app
from qmix_gui.app.main_window import MainWindow
from qmix_gui.settings import settings
from qmix_gui.theme.theme import Scheme, Theme
from qmix_gui.training.retrain_dialog import RetrainDialog

KEYS = (
    Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_Space, Qt.Key.Key_X, Qt.Key.Key_K, Qt.Key.Key_P,
    Qt.Key.Key_R, Qt.Key.Key_A, Qt.Key.Key_Space, Qt.Key.Key_2,
)  # fmt: skip
WAIT_SECONDS = 1800
_TICK_MS = 10


class MemoryWatch:
    """Largest resident memory that the training child reported, in MB."""

    def __init__(self) -> None:
        self.peak = 0.0

    def see(self, event: Event) -> None:
        if isinstance(event, BatchDone):
            self.peak = max(self.peak, event.memory_mb)


class PauseWatch(QObject):
    """How late a timer comes, in ms."""

    def __init__(self) -> None:
        super().__init__()
        self.late: list[float] = []
        self._last = time.monotonic()
        self._timer = QTimer(self, interval=_TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.monotonic()
        self.late.append(max(0.0, 1000 * (now - self._last) - _TICK_MS))
        self._last = now

    def stop(self) -> None:
        self._timer.stop()


def decide(window: MainWindow) -> dict[str, tuple[Status, str]]:
    """Press ten keys; what each image must be then, by name."""
    assert window.workspace is not None
    page, session = window.workspace.page, window.workspace.session
    expected = {}
    for key in KEYS:
        until(lambda: page.shown_sample() is not None)
        sample = page.shown_sample()
        assert sample is not None
        given, suggested = (
            session.project.samples[sample].label,
            session.verdicts.suggested_label(sample),
        )
        QTest.keyClick(page.stage.gallery, key)
        until(lambda shown=sample: page.queue.current != shown)
        expected[session.project.samples[sample].image] = {
            Qt.Key.Key_X: (Status.EXCLUDED, given),
            Qt.Key.Key_R: (Status.RETAKE, given),
            Qt.Key.Key_K: (Status.CONFIRMED, given),
            Qt.Key.Key_P: (Status.KEPT_POOR, given),
            Qt.Key.Key_A: (Status.AMBIGUOUS, given),
            Qt.Key.Key_Space: labelled(given, str(suggested)),
            Qt.Key.Key_1: labelled(given, session.project.classes.names[0]),
            Qt.Key.Key_2: labelled(given, session.project.classes.names[1]),
        }[key]
    return expected


def labelled(given: str, label: str) -> tuple[Status, str]:
    """Relabeling to the given label is a confirmation."""
    return (Status.CONFIRMED if given == label else Status.RELABELED, label)


def compare_export(
    project: ProjectStore, out: Path, expected: dict[str, tuple[Status, str]]
) -> int:
    """Number of decisions that the cleaned CSV does not hold exactly, plus rows too many."""
    export_table(project, "cleaned", out)
    with out.open(newline="", encoding="utf-8") as file:
        rows = {row["image"]: row for row in csv.DictReader(file)}
    wrong = 0
    for sample in project.samples:
        status, label = expected.get(sample.image, (Status.UNREVIEWED, sample.label))
        row = rows.get(sample.image)
        if status in DROPPED:
            wrong += row is not None
        else:
            wrong += row is None or (row["status"], row["label"]) != (status.value, label)
    return wrong


def compare_retrain(
    project: ProjectStore, run: int, expected: dict[str, tuple[Status, str]]
) -> int:
    """Number of decisions that the second run does not honour."""
    results = project.runs.results(run)
    wrong = 0
    for position, sample in enumerate(project.samples):
        status, _ = expected.get(sample.image, (Status.UNREVIEWED, ""))
        index = int(results.bucket[position])
        bucket = BUCKETS[index].value if index >= 0 else ""
        if status in DROPPED:
            wrong += bucket != ""
        elif status in (Status.CONFIRMED, Status.RELABELED):
            wrong += bucket != "clean"
        elif status is Status.KEPT_POOR:
            wrong += bucket != "mislabeled_low_quality"
    return wrong


def run(dataset: Path, folder: Path, runner: str) -> dict[str, float]:
    """Go the whole way; give the figures."""
    settings.settings_path = lambda: folder / "settings.ini"
    kept = settings.Settings()
    kept.set(settings.REVIEWER, "benchmark")
    app = make_app()
    theme = Theme(app)
    theme.set_scheme(Scheme.LIGHT)
    window = MainWindow(kept, theme)
    window.resize(1440, 900)
    window.show()
    memory = MemoryWatch()
    window.training.event_received.connect(memory.see)
    started = time.monotonic()
    checked = check_dataset(load_dataset(dataset)).dataset
    project_folder = folder / "run.qmix"
    ProjectStore.create(project_folder, checked).close()
    window.open_project(project_folder)
    space = window.workspace
    assert space is not None
    pauses = PauseWatch()
    space.start_run(RunOptions(preset="quick", runner=runner))
    until(lambda: space.session.verdicts.results is not None, seconds=WAIT_SECONDS)
    pauses.stop()
    first = time.monotonic() - started
    expected = decide(window)
    wrong_in_csv = compare_export(space.project, folder / "cleaned.csv", expected)
    started = time.monotonic()
    window.actions_by_id["run.retrain"].trigger()
    window.findChild(RetrainDialog).start_button.click()
    until(lambda: len(space.project.runs.finished()) == 2, seconds=WAIT_SECONDS)
    figures = {
        "images": len(space.project.samples),
        "first_run_seconds": round(first),
        "window_late_p95_ms": round(float(np.percentile(pauses.late, 95)), 1),
        "window_late_most_ms": round(max(pauses.late), 1),
        "retrain_seconds": round(time.monotonic() - started),
        "child_peak_memory_mb": round(memory.peak),
        "window_memory_mb": round(psutil.Process().memory_info().rss / 2**20),
        "decisions": len(expected),
        "wrong_in_cleaned_csv": wrong_in_csv,
        "not_honoured_by_retrain": compare_retrain(space.project, 2, expected),
    }
    window.shut_down()
    window.close()
    return figures


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dataset", type=Path)
    parser.add_argument("--runner", default=LOCAL, help="where the engine runs (docs/runners.md)")
    parser.add_argument("--out", type=Path, help="write the figures there as JSON")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = run(arguments.dataset, Path(folder), arguments.runner)
    for name, value in figures.items():
        print(f"{name:>24}  {value:g}")
    if arguments.out:
        arguments.out.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
