"""Small pictures of a dataset's files before there is a project; made off the GUI thread."""

from __future__ import annotations

from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from qmix_core.base.errors import DataError
from qmix_core.dataset.dataset import Dataset
from qmix_core.dataset.image_reader import read_rgb
from qmix_gui.image_viewer.qimages import to_qimage

#: Longer side, in pixels: sharp side by side at double scale.
_SIDE = 640
_KEPT = 150


class _Bridge(QObject):
    """Carries a result into the GUI thread; alive as long as a worker may need it."""

    done = Signal(str, QImage, str)


class FileThumbnails(QObject):
    """`pixmap` asks for what is not there yet; `ready(image)` says that it is, or why not."""

    ready = Signal(str)

    def __init__(self, dataset: Dataset, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._dataset = dataset
        self._pixmaps: OrderedDict[str, QPixmap] = OrderedDict()
        self._problems: dict[str, str] = {}
        self._waiting: set[str] = set()
        self._workers = ThreadPoolExecutor(2, thread_name_prefix="finding")
        self._closed = False
        self._bridge = _Bridge()
        self._bridge.done.connect(self._take)

    def pixmap(self, image: str) -> QPixmap | None:
        """The picture of the file at this path below the root, once it is there."""
        if image in self._pixmaps:
            self._pixmaps.move_to_end(image)
            return self._pixmaps[image]
        if image not in self._waiting and image not in self._problems and not self._closed:
            self._waiting.add(image)
            self._workers.submit(_work, self._bridge, image, self._dataset)
        return None

    def problem(self, image: str) -> str:
        """Why there can be no picture; empty where there is, or may be, one."""
        return self._problems.get(image, "")

    def close(self) -> None:
        """Stop working."""
        self._closed = True
        self._workers.shutdown(wait=False, cancel_futures=True)

    def _take(self, image: str, picture: QImage, problem: str) -> None:
        self._waiting.discard(image)
        if self._closed:
            return
        if problem:
            self._problems[image] = problem
        else:
            self._pixmaps[image] = QPixmap.fromImage(picture)
            if len(self._pixmaps) > _KEPT:
                self._pixmaps.popitem(last=False)
        self.ready.emit(image)


def _work(bridge: _Bridge, image: str, dataset: Dataset) -> None:
    picture, problem = QImage(), ""
    path = dataset.root / image
    try:
        rgb = read_rgb(path, at_least=_SIDE, ranges=dataset.value_ranges)
        rgb.thumbnail((_SIDE, _SIDE))
        picture = to_qimage(np.asarray(rgb))
    except DataError as error:
        problem = str(error)
    except Exception as error:  # noqa: BLE001 - a picture that never comes would hide the reason
        problem = f"{path.name}: {error}"
    bridge.done.emit(image, picture, problem)
