"""How fast the viewer is on photographs of 8,000 x 8,000 pixels; a part of `gui_speed.py`.

Small and large photographs in turn. Keys go to the window as the person's do: through the window
system where there is one with `xdotool`, else as Qt's own events.
"""

from __future__ import annotations

import hashlib
import resource
import shutil
import subprocess
import time
from pathlib import Path

import numpy as np
import psutil
from PIL import Image
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from event_loop import rest, until
from qmix_core.base.types import Sample
from qmix_core.dataset.dataset import Dataset
from qmix_core.project.store import ProjectStore
from qmix_gui.app.main import make_app
from qmix_gui.app.main_window import MainWindow
from qmix_gui.review.page import ReviewPage
from qmix_gui.settings import settings
from qmix_gui.theme.theme import Scheme, Theme

SIDE = 8_000
_PAIRS = 4
#: Seconds, except memory in MB.
TARGETS = {
    "next_after_clahe": 0.5,
    "next_at_once": 0.5,
    "next_when_zoomed": 0.5,
    "memory_peak_mb": 800.0,
}
_KEYS = {
    "Right": Qt.Key.Key_Right, "Left": Qt.Key.Key_Left, "c": Qt.Key.Key_C, "z": Qt.Key.Key_Z,
    "f": Qt.Key.Key_F, "Return": Qt.Key.Key_Return,
}  # fmt: skip


def make_project(folder: Path) -> Path:
    """Small and large photographs in turn, PNG and JPEG; give the project's folder."""
    rng = np.random.default_rng(0)
    root = folder / "large"
    root.mkdir()
    samples = []
    for pair in range(_PAIRS):
        ending = "png" if pair % 2 else "jpg"
        for name, side in ((f"{pair}_0_small.{ending}", 1_000), (f"{pair}_1_large.{ending}", SIDE)):
            coarse = rng.integers(20, 220, (side // 20, side // 20, 3), dtype=np.uint8)
            picture = Image.fromarray(coarse).resize((side, side), Image.Resampling.BICUBIC)
            picture.save(root / name, quality=92, compress_level=1)
            digest = hashlib.sha256((root / name).read_bytes()).hexdigest()
            samples.append(Sample(name, "ab"[pair % 2], (), digest))
    project = folder / "large.qmix"
    ProjectStore.create(project, Dataset(root, root, tuple(samples))).close()
    return project


class _Hand(QObject):
    """Presses keys and notes when the window hears of the last one."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self._is_real = QApplication.platformName() == "xcb" and bool(shutil.which("xdotool"))
        self._heard = 0.0
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            self._heard = self._heard or time.perf_counter()
        return False

    def press(self, key: str) -> float:
        """Press a key; give the moment at which the window heard of it."""
        self._heard = 0.0
        if not self._is_real:
            started = time.perf_counter()
            QTest.keyClick(QApplication.focusWidget() or self._window, _KEYS[key])
            return started
        sending = subprocess.Popen(["xdotool", "key", key])
        until(lambda: self._heard > 0)
        sending.wait()
        return self._heard


def _wait_shown(page: ReviewPage) -> None:
    until(lambda: page.shown_sample() == page.queue.current, seconds=60)


def _time_next(hand: _Hand, page: ReviewPage, key: str = "Right") -> float:
    before = page.queue.current
    started = hand.press(key)
    until(lambda: page.queue.current != before)
    _wait_shown(page)
    return time.perf_counter() - started


def _wait_clahe(page: ReviewPage, *, is_on: bool) -> float:
    """Seconds until the photograph on the screen has its local contrast, or no longer has it."""
    started = time.perf_counter()
    view = page.stage.viewer.image
    until(lambda: view.picture is not None and view.picture.settings.clahe is is_on, seconds=60)
    view.repaint()
    return time.perf_counter() - started


def _to_large(page: ReviewPage, pair: int) -> None:
    page.queue.go_to(2 * pair + 1)
    _wait_shown(page)


def _on_once_seen(hand: _Hand, page: ReviewPage) -> tuple[list[float], ...]:
    """To each large photograph, C, and on once that is seen: what each of these takes."""
    shown, clahe, after = [], [], []
    for pair in range(_PAIRS - 1):
        page.queue.go_to(2 * pair)
        _wait_shown(page)
        rest(2.5)  # a reader looks at it, and the next one is made ready
        shown.append(_time_next(hand, page))
        hand.press("c")
        clahe.append(_wait_clahe(page, is_on=True))
        after.append(_time_next(hand, page))
        hand.press("c")
        _wait_clahe(page, is_on=False)
    return shown, clahe, after


def _on_at_once(hand: _Hand, page: ReviewPage) -> tuple[list[float], ...]:
    """To each large one with nothing ready, C, and on without a look."""
    cold, at_once = [], []
    for pair in range(_PAIRS - 1):
        page.queue.go_to(2 * pair)
        _wait_shown(page)
        page.loader.forget()
        cold.append(_time_next(hand, page))
        hand.press("c")
        at_once.append(_time_next(hand, page))
        hand.press("c")
        _wait_clahe(page, is_on=False)
    return cold, at_once


def _at_full_size(hand: _Hand, page: ReviewPage) -> tuple[list[float], ...]:
    """One pixel of the file on one of the screen, then C, and on at once."""
    sharp, following = [], []
    view = page.stage.viewer.image
    for pair in range(_PAIRS - 1):
        _to_large(page, pair)
        started = hand.press("z")
        until(lambda: view.is_sharp, seconds=60)
        sharp.append(time.perf_counter() - started)
        hand.press("c")
        following.append(_time_next(hand, page))
        hand.press("c")
        hand.press("f")
        rest(1)
    return sharp, following


def measure(folder: Path, project: Path) -> dict[str, float]:
    """All figures once, on one window; the worst of each."""
    theme = Theme(make_app())
    theme.set_scheme(Scheme.LIGHT)
    kept = settings.Settings(folder / "window.ini")
    kept.set(settings.REVIEWER, "benchmark")
    window = MainWindow(kept, theme)
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    rest(0.5)
    window.open_project(project)
    assert window.workspace is not None
    page: ReviewPage = window.workspace.page
    page.queue.go_to(0)
    page.stage.open_viewer()
    _wait_shown(page)
    rest(2)
    hand, before = _Hand(window), _memory()
    shown, clahe, after = _on_once_seen(hand, page)
    cold, at_once = _on_at_once(hand, page)
    sharp, when_zoomed = _at_full_size(hand, page)
    figures = {
        "next_after_clahe": max(after),
        "next_at_once": max(at_once),
        "next_when_zoomed": max(when_zoomed),
        "clahe": max(clahe),
        "large_made_ready": max(shown),
        "large_not_ready": max(cold),
        "sharp_at_1_to_1": max(sharp),
        "memory_before_mb": before,
        "memory_after_mb": _memory(),
        "memory_peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    window.shut_down()
    window.close()
    return figures


def _memory() -> float:
    return psutil.Process().memory_info().rss / 2**20
