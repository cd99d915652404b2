"""Images for the viewer: decoded and filtered off the GUI thread, the next one ahead.

At about screen size first; a view that wants a part of one finer asks the picture's loader.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol

from PIL import Image
from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage

from qmix_core.base.cancellation import Cancelled, Control
from qmix_core.base.errors import DataError
from qmix_core.base.types import Progress, Sample
from qmix_core.dataset.pixels.value_ranges import ValueRanges
from qmix_gui.image_viewer.display_filters import DisplaySettings
from qmix_gui.image_viewer.photograph import VIEW, Photograph, Region, read_photograph
from qmix_gui.image_viewer.tone import Span
from qmix_gui.jobs.background_job import BackgroundJob

#: Levels get halved until the shorter side is below this; smaller ones would not be painted.
_SMALLEST_LEVEL = 700
#: The current image and the next one are kept whatever their size.
_KEPT_AT_LEAST, _KEPT_BYTES = 2, 64 * 2**20
_DECODED = 3
#: Of an image ahead all pixels are kept where they are no more than so many.
_SMALL_WHOLE = 24_000_000
#: What images are made for until a view has told its size, and at least; in pixels.
_USUAL_FIT, _LEAST_FIT = QSize(1600, 1200), QSize(1000, 800)


@dataclass(frozen=True, slots=True)
class Picture:
    """An image ready to paint: `levels` are at most a little finer than the screen, and halved
    again and again; empty on a problem. `size` is that in the file; `span`: the grey values that
    are black and white; `loader` gives a part of it finer.
    """

    sample: int
    settings: DisplaySettings
    levels: tuple[QImage, ...]
    problem: str = ""
    size: QSize = field(default_factory=QSize)
    span: Span | None = None
    loader: ImageLoader | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class CloseUp:
    """A part of an image, finer than its picture."""

    sample: int
    settings: DisplaySettings
    region: Region
    image: QImage


class ImageSource(Protocol):
    """What has images: a project, or a reading package. `path` is called in the loader's thread.

    `value_ranges`: how deep values are shown.
    """

    @property
    def value_ranges(self) -> ValueRanges: ...

    @property
    def samples(self) -> tuple[Sample, ...]: ...

    def path(self, sample: Sample) -> Path: ...


_Key = tuple[int, DisplaySettings]


@dataclass(frozen=True, slots=True)
class _Decoding:
    sample: int
    is_whole: bool


@dataclass(frozen=True, slots=True)
class _Drawing:
    sample: int
    settings: DisplaySettings
    region: Region | None = None


class ImageLoader(QObject):
    """`load` a sample, and `loaded(Picture)` follows, at once if it was preloaded.

    `look_closer` at a part of it, and `closer(CloseUp)` follows. Work on any other image is
    dropped at once, whether it has begun or not.
    """

    loaded = Signal(object)
    closer = Signal(object)

    def __init__(self, source: ImageSource, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._fit = _USUAL_FIT
        self._wanted: _Key | None = None
        self._ahead: _Key | None = None
        self._regions: dict[str, Region] = {}
        self._pictures: OrderedDict[_Key, Picture] = OrderedDict()
        self._photographs: OrderedDict[int, Photograph] = OrderedDict()
        self._wholes: dict[int, Image.Image] = {}
        self._problems: dict[int, str] = {}
        self._decoding: _Decoding | None = None
        self._drawing: _Drawing | None = None
        self._was_closer = False
        #: Whether the view has looked closer at the image before, and at this one.
        self._is_close = self._looked_closer = False
        self._closed = False
        self._decoder, self._drawer = BackgroundJob(self), BackgroundJob(self)
        self._decoder.succeeded.connect(self._take_photograph)
        self._drawer.succeeded.connect(self._take_drawn)

    def load(self, sample: int, settings: DisplaySettings, *, ahead: int | None = None) -> None:
        """Give `sample` as soon as possible, then get `ahead` ready."""
        if not self._is_shown(sample):
            self._is_close, self._looked_closer = self._looked_closer, False
            self._regions = {}
            self._problems.pop(sample, None)
        self._wanted = key = (sample, settings)
        self._ahead = None if ahead is None else (ahead, settings)
        self._wholes = {n: whole for n, whole in self._wholes.items() if n in (sample, ahead)}
        picture = self._pictures.get(key)
        if sample in self._problems:
            picture = Picture(*key, (), self._problems[sample], loader=self)
        if picture is not None:
            self.loaded.emit(picture)
        self._go_on()

    def look_closer(self, sample: int, region: Region) -> None:
        """Give a part of the image that is shown, displayed as it is now; one for each kind."""
        if self._is_shown(sample):
            self._regions[region.kind] = region
            self._looked_closer |= region.kind == VIEW
            self._go_on()

    def make_for(self, size: QSize) -> None:
        """Decode from now on for a view of so many pixels of the screen."""
        self._fit = size.expandedTo(_LEAST_FIT)

    def forget(self) -> None:
        """Decode all anew: files have changed."""
        was_busy = self._decoding is not None or self._drawing is not None
        self._drop()
        self._pictures.clear()
        self._photographs.clear()
        self._wholes.clear()
        self._problems.clear()
        if was_busy:
            self._go_on()

    def close(self) -> None:
        """Stop working; an image in the making is dropped."""
        self._closed = True
        self._drop()

    def _drop(self) -> None:
        self._decoder.drop()
        self._drawer.drop()
        self._decoding = self._drawing = None

    def _is_shown(self, sample: int) -> bool:
        return self._wanted is not None and self._wanted[0] == sample

    # -- what is next -------------------------------------------------------------------------

    def _go_on(self) -> None:
        if not self._closed:
            self._decode(self._next_to_decode())
            self._draw(self._next_to_draw())

    def _next_to_decode(self) -> _Decoding | None:
        """The image shown, what is wanted finer of it, then the one ahead."""
        for key in (self._wanted, self._ahead):
            if key is None or key[0] in self._problems:
                continue
            sample, is_ahead = key[0], key is not self._wanted
            photograph = self._photographs.get(sample)
            if photograph is None:
                # the zoom of one image is that of the next
                is_close = self._is_close or self._looked_closer
                return _Decoding(sample, is_whole=is_ahead and is_close)
            if self._regions and not is_ahead and sample not in self._wholes:
                return _Decoding(sample, is_whole=True)
        return None

    def _next_to_draw(self) -> _Drawing | None:
        for key in (self._wanted, self._ahead):
            if key is None or key[0] not in self._photographs:
                continue
            region = next(iter(self._regions.values()), None)
            may_be_closer = key is self._wanted and region is not None and key[0] in self._wholes
            if key not in self._pictures:
                # in turn, so that a drag over a close-up shows there too
                in_turn = may_be_closer and not self._was_closer
                return _Drawing(*key, region if in_turn and self._has_drawn(key[0]) else None)
            if may_be_closer:
                return _Drawing(*key, region)
        return None

    def _has_drawn(self, sample: int) -> bool:
        return any(of == sample for of, _settings in self._pictures)

    # -- decoding -----------------------------------------------------------------------------

    def _decode(self, next_one: _Decoding | None) -> None:
        current = self._decoding
        if current is not None:
            if next_one in (current, _Decoding(current.sample, is_whole=False)):
                return
            self._decoder.drop()
        self._decoding = next_one
        if next_one is not None:
            find = partial(self._source.path, self._source.samples[next_one.sample])
            fit = (self._fit.width(), self._fit.height())
            ranges = self._source.value_ranges
            self._decoder.start(partial(_read, find, ranges, fit, next_one.is_whole))

    def _take_photograph(self, photograph: Photograph | str) -> None:
        decoded, self._decoding = self._decoding, None
        assert decoded is not None
        sample = decoded.sample
        if isinstance(photograph, str):
            self._problems[sample] = photograph
            self._go_on()
            self._tell_problem(sample)
            return
        width, height = photograph.size
        is_kept = self._is_shown(sample) or width * height <= _SMALL_WHOLE
        if photograph.whole is not None and is_kept:
            self._wholes[sample] = photograph.whole
        elif decoded.is_whole and self._is_shown(sample):
            # there is nothing finer: asking again would never end
            self._regions = {}
        bare = Photograph(photograph.size, photograph.pixels, photograph.span, None)
        # what was there is drawn already, perhaps less fine
        self._photographs.setdefault(sample, bare)
        self._photographs.move_to_end(sample)
        in_use = {key[0] for key in (self._wanted, self._ahead) if key is not None}
        others = [old for old in self._photographs if old not in in_use]
        for old in others[: max(0, len(self._photographs) - _DECODED)]:
            del self._photographs[old]
        self._go_on()

    def _tell_problem(self, sample: int) -> None:
        for key in (self._wanted, self._ahead):
            if key is not None and key[0] == sample:
                self.loaded.emit(Picture(*key, (), self._problems[sample], loader=self))
                return

    # -- drawing ------------------------------------------------------------------------------

    def _draw(self, next_one: _Drawing | None) -> None:
        current = self._drawing
        if current is not None:
            # earlier settings of the same image are let through: a drag shows each that it can
            if self._is_shown(current.sample) or current == next_one:
                return
            self._drawer.drop()
        self._drawing = next_one
        if next_one is not None:
            sample = next_one.sample
            self._drawer.start(
                partial(_draw, self._photographs[sample], self._wholes.get(sample), next_one)
            )

    def _take_drawn(self, image: QImage | tuple[QImage, ...] | str) -> None:
        drawn, self._drawing = self._drawing, None
        assert drawn is not None
        sample, settings, region = drawn.sample, drawn.settings, drawn.region
        self._was_closer = region is not None
        if isinstance(image, str):
            self._problems[sample] = image
            self._photographs.pop(sample, None)
            self._go_on()
            self._tell_problem(sample)
        elif isinstance(image, QImage):
            assert region is not None
            if self._regions.get(region.kind) == region and self._is_wanted(drawn):
                del self._regions[region.kind]
            self._go_on()
            self.closer.emit(CloseUp(sample, settings, region, image))
        else:
            photograph = self._photographs[sample]
            size = QSize(*photograph.size)
            picture = Picture(sample, settings, image, "", size, photograph.span, self)
            is_last = self._is_wanted(drawn) or (sample, settings) == self._ahead
            is_news = is_last or self._wanted not in self._pictures
            if is_last:
                self._keep(picture)
            self._go_on()
            if is_news:
                self.loaded.emit(picture)

    def _is_wanted(self, drawn: _Drawing) -> bool:
        return (drawn.sample, drawn.settings) == self._wanted

    def _keep(self, picture: Picture) -> None:
        self._pictures[picture.sample, picture.settings] = picture
        if self._wanted is not None and self._wanted in self._pictures:
            self._pictures.move_to_end(self._wanted)
        held = sum(_size(kept) for kept in self._pictures.values())
        while len(self._pictures) > _KEPT_AT_LEAST and held > _KEPT_BYTES:
            held -= _size(self._pictures.popitem(last=False)[1])


def _read(
    find: Callable[[], Path],
    ranges: ValueRanges,
    fit: tuple[int, int],
    is_whole: bool,
    _progress: Progress,
    control: Control,
) -> Photograph | str:
    """The photograph, or why there is none."""
    try:
        return read_photograph(find(), ranges, fit, control.check, is_whole=is_whole)
    except DataError as error:
        return str(error)
    except Cancelled:
        raise
    except Exception as error:  # noqa: BLE001 - an image that never comes would hide the reason
        return f"{type(error).__name__}: {error}"


def _draw(
    photograph: Photograph,
    whole: Image.Image | None,
    wanted: _Drawing,
    _progress: Progress,
    control: Control,
) -> QImage | tuple[QImage, ...] | str:
    """A part of it where that is wanted, else all of it; or why there is none."""
    control.check()
    try:
        if wanted.region is not None and whole is not None:
            return photograph.closer(whole, wanted.region, wanted.settings)
        return _levels(photograph.shown(wanted.settings))
    except Exception as error:  # noqa: BLE001 - an image that never comes would hide the reason
        return f"{type(error).__name__}: {error}"


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
