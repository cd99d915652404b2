"""Small pictures of a dataset's files before there is a project; made off the GUI thread."""

from __future__ import annotations

from collections import OrderedDict, deque
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from qmix_core.base.cancellation import Control
from qmix_core.base.errors import DataError
from qmix_core.base.types import Progress
from qmix_core.dataset.dataset import Dataset
from qmix_core.dataset.pixels.image_reader import read_rgb
from qmix_gui.image_viewer.qimages import to_qimage
from qmix_gui.jobs.background_job import BackgroundJob

#: Longer side, in pixels: sharp side by side at double scale.
_SIDE = 640
_KEPT = 150
_WORKERS = 2
_Made = tuple[str, QImage, str]


class FileThumbnails(QObject):
    """`pixmap` asks for what is not there yet; `ready(image)` says that it is, or why not.

    `side`: the longer one of each picture, in pixels.
    """

    ready = Signal(str)

    def __init__(
        self, dataset: Dataset, parent: QObject | None = None, *, side: int = _SIDE
    ) -> None:
        super().__init__(parent)
        self._dataset, self._side = dataset, side
        self._pixmaps: OrderedDict[str, QPixmap] = OrderedDict()
        self._problems: dict[str, str] = {}
        self._wanted: set[str] = set()
        self._waiting: deque[str] = deque()
        self._jobs = [BackgroundJob(self) for _ in range(_WORKERS)]
        for job in self._jobs:
            job.succeeded.connect(self._take)

    def pixmap(self, image: str) -> QPixmap | None:
        """The picture of the file at this path below the root, once it is there."""
        if image in self._pixmaps:
            self._pixmaps.move_to_end(image)
            return self._pixmaps[image]
        if image not in self._wanted and image not in self._problems:
            self._wanted.add(image)
            self._waiting.append(image)
            self._start()
        return None

    def problem(self, image: str) -> str:
        """Why there can be no picture; empty where there is, or may be, one."""
        return self._problems.get(image, "")

    def close(self) -> None:
        """Stop working."""
        for job in self._jobs:
            job.drop()
        self._jobs = []

    def _start(self) -> None:
        for job in self._jobs:
            if self._waiting and not job.is_busy:
                image = self._waiting.popleft()
                job.start(partial(_make, image, self._dataset, self._side))

    def _take(self, made: _Made) -> None:
        image, picture, problem = made
        self._wanted.discard(image)
        if problem:
            self._problems[image] = problem
        else:
            self._pixmaps[image] = QPixmap.fromImage(picture)
            if len(self._pixmaps) > _KEPT:
                self._pixmaps.popitem(last=False)
        self._start()
        self.ready.emit(image)


def _make(image: str, dataset: Dataset, side: int, _progress: Progress, _control: Control) -> _Made:
    path = dataset.root / image
    try:
        rgb = read_rgb(path, at_least=side, ranges=dataset.value_ranges)
        rgb.thumbnail((side, side))
        return image, to_qimage(np.asarray(rgb)), ""
    except DataError as error:
        return image, QImage(), str(error)
    except Exception as error:  # noqa: BLE001 - a picture that never comes would hide the reason
        return image, QImage(), f"{path.name}: {error}"
