"""Thumbnails made off the GUI thread, kept in memory and in the project's cache folder."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from qmix_core.base.errors import DataError
from qmix_core.dataset.image_reader import read_rgb
from qmix_core.dataset.value_ranges import NO_RANGES, ValueRanges
from qmix_core.project.store import ProjectStore
from qmix_gui.image_viewer.qimages import to_qimage

#: Longer side of a stored thumbnail, in pixels: sharp for tiles of 160 px at double scale.
STORED_SIDE = 320
MEMORY_BYTES = 96 * 2**20
_WORKERS = max(2, min(4, (os.cpu_count() or 2) - 1))


class _Bridge(QObject):
    """Carries a result into the GUI thread; alive as long as a worker may need it."""

    done = Signal(int, QImage, str)


class Thumbnails(QObject):
    """Ask with `want`, paint `pixmap`; `ready(sample)` says that there is one, or a problem.

    Only what was wanted last is worked on: a fast scroll leaves no queue behind.
    """

    ready = Signal(int)

    def __init__(self, project: ProjectStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._samples = project.samples
        self._ranges = project.value_ranges
        self._folder = project.cache_folder / "thumbnails"
        self._pixmaps: OrderedDict[int, QPixmap] = OrderedDict()
        self._bytes = 0
        self._problems: dict[int, str] = {}
        self._wanted: dict[str, list[int]] = {}
        self._running: set[int] = set()
        self._outdated: set[int] = set()
        self._workers = ThreadPoolExecutor(_WORKERS, thread_name_prefix="thumbnail")
        self._closed = False
        self._bridge = _Bridge()
        self._bridge.done.connect(self._take)

    def pixmap(self, sample: int) -> QPixmap | None:
        """The thumbnail, if it is in memory."""
        pixmap = self._pixmaps.get(sample)
        if pixmap is not None:
            self._pixmaps.move_to_end(sample)
        return pixmap

    def problem(self, sample: int) -> str:
        """Why there can be no thumbnail; empty where there is, or may be, one."""
        return self._problems.get(sample, "")

    def want(self, samples: Sequence[int], *, by: str = "gallery") -> None:
        """Work on these, the first first, and forget what this asker wanted before."""
        self._wanted[by] = [
            sample
            for sample in reversed(samples)
            if sample not in self._pixmaps and sample not in self._problems
        ]
        self._start()

    def forget(self) -> None:
        """Make all anew: files have changed."""
        self._pixmaps.clear()
        self._bytes = 0
        self._problems.clear()
        self._outdated = set(self._running)

    def close(self) -> None:
        """Stop working; images in the making are dropped."""
        self._closed = True
        self._wanted = {}
        self._workers.shutdown(wait=False, cancel_futures=True)

    def _start(self) -> None:
        while len(self._running) < _WORKERS and not self._closed:
            waiting = next((samples for samples in self._wanted.values() if samples), None)
            if waiting is None:
                return
            sample = waiting.pop()
            if sample in self._running or sample in self._pixmaps or sample in self._problems:
                continue
            self._running.add(sample)
            item = self._samples[sample]
            path = self._project.path(item)
            digest = self._project.files.altered.get(item.image, item.sha256)
            stored = self._folder / digest[:2] / f"{digest}.jpg" if digest else None
            self._workers.submit(_work, self._bridge, sample, path, stored, self._ranges)

    def _take(self, sample: int, image: QImage, problem: str) -> None:
        self._running.discard(sample)
        if self._closed:
            return
        if sample in self._outdated:
            self._outdated.discard(sample)
        elif problem:
            self._problems[sample] = problem
        else:
            self._keep(sample, QPixmap.fromImage(image))
        self._start()
        self.ready.emit(sample)

    def _keep(self, sample: int, pixmap: QPixmap) -> None:
        self._pixmaps[sample] = pixmap
        self._bytes += _size(pixmap)
        while self._bytes > MEMORY_BYTES and len(self._pixmaps) > 1:
            _, oldest = self._pixmaps.popitem(last=False)
            self._bytes -= _size(oldest)


def _size(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4


def _work(
    bridge: _Bridge, sample: int, path: Path, stored: Path | None, ranges: ValueRanges
) -> None:
    image, problem = QImage(), ""
    try:
        image = _thumbnail(path, stored, ranges)
    except DataError as error:
        problem = str(error)
    except Exception as error:  # noqa: BLE001 - a tile that never comes would hide the reason
        problem = f"{path.name}: {error}"
    bridge.done.emit(sample, image, problem)


def _thumbnail(path: Path, stored: Path | None, ranges: ValueRanges = NO_RANGES) -> QImage:
    if stored is not None and stored.is_file():
        image = QImage(str(stored))
        if not image.isNull():
            return image.convertToFormat(QImage.Format.Format_RGB32)
    picture = read_rgb(path, at_least=STORED_SIDE, ranges=ranges)
    picture.thumbnail((STORED_SIDE, STORED_SIDE))
    if stored is not None:
        part = stored.with_suffix(f".{threading.get_ident()}.part")
        try:
            stored.parent.mkdir(parents=True, exist_ok=True)
            picture.save(part, "JPEG", quality=88)
            part.replace(stored)
        except OSError:
            # a full or read-only disk costs speed, not the review
            with suppress(OSError):
                part.unlink()
    return to_qimage(np.asarray(picture))
