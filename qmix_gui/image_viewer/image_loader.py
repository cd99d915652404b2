"""Full images for the viewer: decoded and filtered off the GUI thread, the next one ahead."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from qmix_core.base.cancellation import Control
from qmix_core.base.errors import DataError
from qmix_core.base.types import Progress, Sample
from qmix_core.dataset.image_reader import read_rgb
from qmix_core.dataset.value_ranges import ValueRanges
from qmix_gui.image_viewer.display_filters import DisplaySettings, Pixels, render
from qmix_gui.image_viewer.qimages import to_qimage
from qmix_gui.jobs.background_job import BackgroundJob

#: Levels get halved until the shorter side is below this; smaller ones would not be painted.
_SMALLEST_LEVEL = 700
#: The current image and the next one are kept whatever their size.
_KEPT_AT_LEAST, _KEPT_BYTES = 2, 96 * 2**20
_DECODED = 2


@dataclass(frozen=True, slots=True)
class Picture:
    """An image ready to paint: `levels` are the full size and its halves, empty on a problem."""

    sample: int
    settings: DisplaySettings
    levels: tuple[QImage, ...]
    problem: str = ""


class ImageSource(Protocol):
    """What has images: a project, or a reading package. `path` is called in the loader's thread.

    `value_ranges`: how deep values are shown.
    """

    @property
    def value_ranges(self) -> ValueRanges: ...

    @property
    def samples(self) -> tuple[Sample, ...]: ...

    def path(self, sample: Sample) -> Path: ...


class ImageLoader(QObject):
    """`load` a sample, and `loaded(Picture)` follows, at once if it was preloaded.

    Newer requests overtake older ones that have not begun.
    """

    loaded = Signal(object)

    def __init__(self, source: ImageSource, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._pictures: OrderedDict[tuple[int, DisplaySettings], Picture] = OrderedDict()
        self._decoded = _Decoded(source.value_ranges)
        self._queue: list[tuple[int, DisplaySettings]] = []
        self._running: tuple[int, DisplaySettings] | None = None
        self._outdated = False
        self._closed = False
        self._job = BackgroundJob(self)
        self._job.succeeded.connect(self._take)

    def load(self, sample: int, settings: DisplaySettings, *, ahead: int | None = None) -> None:
        """Give `sample` as soon as possible, then get `ahead` ready."""
        key = (sample, settings)
        picture = self._pictures.get(key)
        self._queue = [(ahead, settings)] if ahead is not None else []
        if picture is None:
            self._queue.append(key)
        else:
            self._pictures.move_to_end(key)
            self.loaded.emit(picture)
        self._start()

    def forget(self) -> None:
        """Decode all anew: files have changed."""
        self._pictures.clear()
        self._decoded = _Decoded(self._source.value_ranges)
        if self._running is not None:
            self._outdated = True
            self._queue.append(self._running)

    def close(self) -> None:
        """Stop working; an image in the making is dropped."""
        self._closed = True
        self._queue = []
        self._job.drop()

    def _start(self) -> None:
        while self._queue and self._running is None and not self._closed:
            key = self._queue.pop()
            if key in self._pictures:
                continue
            self._running = key
            sample, settings = key
            find = partial(self._source.path, self._source.samples[sample])
            self._job.start(partial(_make, self._decoded, find, sample, settings))

    def _take(self, picture: Picture) -> None:
        self._running = None
        if self._outdated:
            self._outdated = False
            self._start()
            return
        if not picture.problem:
            self._pictures[picture.sample, picture.settings] = picture
        held = sum(_size(kept) for kept in self._pictures.values())
        while len(self._pictures) > _KEPT_AT_LEAST and held > _KEPT_BYTES:
            held -= _size(self._pictures.popitem(last=False)[1])
        self._start()
        self.loaded.emit(picture)


class _Decoded:
    """The pixels decoded last, so that a slider does not decode anew. For the worker thread."""

    def __init__(self, ranges: ValueRanges) -> None:
        self._ranges = ranges
        self._pixels: OrderedDict[Path, Pixels] = OrderedDict()

    def read(self, path: Path) -> Pixels:
        if path not in self._pixels:
            self._pixels[path] = np.asarray(read_rgb(path, ranges=self._ranges))
        self._pixels.move_to_end(path)
        while len(self._pixels) > _DECODED:
            self._pixels.popitem(last=False)
        return self._pixels[path]


def _make(
    decoded: _Decoded,
    find: Callable[[], Path],
    sample: int,
    settings: DisplaySettings,
    _progress: Progress,
    _control: Control,
) -> Picture:
    try:
        pixels = decoded.read(find())
        return Picture(sample, settings, _levels(to_qimage(render(pixels, settings))))
    except DataError as error:
        return Picture(sample, settings, (), str(error))
    except Exception as error:  # noqa: BLE001 - an image that never comes would hide the reason
        return Picture(sample, settings, (), f"{type(error).__name__}: {error}")


def _size(picture: Picture) -> int:
    return sum(level.sizeInBytes() for level in picture.levels)


def _levels(image: QImage) -> tuple[QImage, ...]:
    levels = [image]
    while min(levels[-1].width(), levels[-1].height()) >= 2 * _SMALLEST_LEVEL:
        size = levels[-1].size() / 2
        levels.append(
            levels[-1].scaled(
                size,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )
    return tuple(levels)
