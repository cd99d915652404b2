"""Thumbnails made off the GUI thread, kept in memory and in the project's cache folder."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from qmix_core.base.atomic_write import whole_file
from qmix_core.base.cancellation import Control
from qmix_core.base.checked_cache import append_checksum, without_checksum
from qmix_core.base.errors import DataError
from qmix_core.base.types import Progress
from qmix_core.dataset.pixels.image_reader import read_rgb
from qmix_core.dataset.pixels.value_ranges import NO_RANGES, ValueRanges
from qmix_core.project.store import ProjectStore
from qmix_gui.image_viewer.qimages import to_qimage
from qmix_gui.jobs.background_job import BackgroundJob

#: Longer side of a stored thumbnail, in pixels: sharp for tiles of 160 px at double scale.
STORED_SIDE = 320
MEMORY_BYTES = 64 * 2**20
_WORKERS = max(2, min(4, (os.cpu_count() or 2) - 1))


_Made = tuple[int, QImage, str]


class Thumbnails(QObject):
    """Ask with `want`, paint `pixmap`; `ready(sample)` says that there is one, or a problem.

    Only what was wanted last is worked on: a fast scroll leaves no queue behind.
    """

    ready = Signal(int)

    def __init__(self, project: ProjectStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._samples = project.samples
        self._ranges = project.files.value_ranges
        self._folder = project.cache_folder / "thumbnails"
        self._pixmaps: OrderedDict[int, QPixmap] = OrderedDict()
        self._bytes = 0
        self._problems: dict[int, str] = {}
        self._wanted: dict[str, list[int]] = {}
        self._running: set[int] = set()
        self._outdated: set[int] = set()
        self._jobs = [BackgroundJob(self) for _ in range(_WORKERS)]
        for job in self._jobs:
            job.succeeded.connect(self._take)

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
        for job in self._jobs:
            job.drop()
        self._jobs = []

    def _start(self) -> None:
        for job in self._jobs:
            if job.is_busy:
                continue
            sample = self._next()
            if sample is None:
                return
            self._running.add(sample)
            item = self._samples[sample]
            path = self._project.files.path(item)
            digest = self._project.files.known.altered.get(item.image, item.sha256)
            stored = self._folder / digest[:2] / f"{digest}.jpg" if digest else None
            job.start(partial(_make, sample, path, stored, self._ranges))

    def _next(self) -> int | None:
        for waiting in self._wanted.values():
            while waiting:
                sample = waiting.pop()
                if not (sample in self._running or sample in self._pixmaps or self.problem(sample)):
                    return sample
        return None

    def _take(self, made: _Made) -> None:
        sample, image, problem = made
        self._running.discard(sample)
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


def _make(
    sample: int,
    path: Path,
    stored: Path | None,
    ranges: ValueRanges,
    _progress: Progress,
    _control: Control,
) -> _Made:
    try:
        return sample, _thumbnail(path, stored, ranges), ""
    except DataError as error:
        return sample, QImage(), str(error)
    except Exception as error:  # noqa: BLE001 - a tile that never comes would hide the reason
        return sample, QImage(), f"{path.name}: {error}"


def _thumbnail(path: Path, stored: Path | None, ranges: ValueRanges = NO_RANGES) -> QImage:
    if stored is not None and stored.is_file():
        image = QImage.fromData(without_checksum(stored.read_bytes()) or b"")
        if not image.isNull():
            return image.convertToFormat(QImage.Format.Format_RGB32)
    picture = read_rgb(path, at_least=STORED_SIDE, ranges=ranges)
    picture.thumbnail((STORED_SIDE, STORED_SIDE))
    if stored is not None:
        # a full or read-only disk costs speed, not the review
        with suppress(OSError), whole_file(stored, private=True, synced=False) as file:
            picture.save(file, "JPEG", quality=88)
            append_checksum(file)
    return to_qimage(np.asarray(picture))
