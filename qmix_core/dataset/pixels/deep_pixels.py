"""Values of more than 8 bits, signed or with a fraction, as the file holds them -> shades.

Pillow keeps one byte of each colour and takes signed bytes for unsigned ones.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from qmix_core.dataset.pixels.exif import exif_of
from qmix_core.dataset.pixels.value_ranges import UsedValues, ValueRanges

_BITS, _PHOTOMETRIC, _PLANAR, _SAMPLE_FORMAT = 258, 262, 284, 339
_WHITE_IS_ZERO, _SIGNED = 0, 2
#: Shades are computed for so many values at a time: they take eight times the memory.
_AT_A_TIME = 1_000_000


@dataclass(frozen=True, slots=True)
class Greys:
    """A grey picture with the values of its file: an image of mode "I;16" or "F".

    `black` and `white`: the values shown so, black the greater one where a file is inverted.
    """

    image: Image.Image
    black: float
    white: float


@dataclass(frozen=True, slots=True)
class DeepPixels:
    """`values`: a number [H, W] or [H, W, 3] for each pixel; `alpha`: float32 [H, W] in [0, 1].

    `declared`: the values that are black and white where the file says so.
    """

    values: NDArray[Any]
    is_inverted: bool = False
    alpha: NDArray[np.float32] | None = None
    declared: tuple[float, float] | None = None

    def shades(self, ranges: ValueRanges) -> tuple[Image.Image, UsedValues | None]:
        """The picture in 8 bits, "L" or "RGB", and the values used where nothing is declared."""
        used, low, high = self._range(ranges)
        shown = np.empty(self.values.shape, dtype=np.uint8)
        for rows in _slices(self.values):
            part = self.values[rows].astype(np.float64)
            with np.errstate(all="ignore"):
                part = np.nan_to_num((part - low) / (high - low), nan=0, posinf=1, neginf=0)
            part = part.clip(0, 1)
            if self.is_inverted:
                part = 1 - part
            if self.alpha is not None:
                part *= self.alpha[rows] if part.ndim == 2 else self.alpha[rows][..., None]
            shown[rows] = (part * 255).round()
        return Image.fromarray(shown), used

    def greys(self, ranges: ValueRanges) -> Greys | None:
        """The values themselves where they are greys without a transparency."""
        if self.values.ndim != 2 or self.alpha is not None:
            return None
        _used, low, high = self._range(ranges)
        is_plain = self.values.dtype == np.uint16
        image = Image.fromarray(self.values if is_plain else self.values.astype(np.float32))
        return Greys(image, high, low) if self.is_inverted else Greys(image, low, high)

    def _range(self, ranges: ValueRanges) -> tuple[UsedValues | None, float, float]:
        """The values used where nothing is declared, and those that become black and white."""
        used = None if self.declared else _used(self.values)
        low, high = self.declared or ranges.range_of(used)  # type: ignore[arg-type]
        return used, low, high


def _used(values: NDArray[Any]) -> UsedValues:
    is_float = values.dtype.kind == "f"
    kind = "float" if is_float else values.dtype.newbyteorder("=").name
    low, high = np.inf, -np.inf
    for rows in _slices(values):
        part = values[rows]
        if is_float:
            part = part[np.isfinite(part)]
        if part.size:
            low, high = min(low, float(part.min())), max(high, float(part.max()))
    return UsedValues(kind, low, high) if low <= high else UsedValues(kind, 0.0, 0.0)


def _slices(values: NDArray[Any]) -> Iterator[slice]:
    step = max(1, _AT_A_TIME // max(1, values[0].size))
    return (slice(start, start + step) for start in range(0, len(values), step))


def needs_another_reader(image: Image.Image) -> bool:
    """Whether Pillow opened a TIFF file whose pixels it gets wrong: 16-bit colours in planes."""
    tags = getattr(image, "tag_v2", None)
    if tags is None:
        return False
    return tags.get(_PLANAR) == 2 and max(tags.get(_BITS, (8,))) > 8 and len(tags[_BITS]) > 1


def deep_pixels(image: Image.Image, file: BinaryIO) -> DeepPixels | None:
    """The values of an image that was opened from `file` and not loaded; None for plain 8 bits."""
    tags = getattr(image, "tag_v2", {})
    is_inverted = tags.get(_PHOTOMETRIC) == _WHITE_IS_ZERO
    if image.mode == "L" and tags.get(_SAMPLE_FORMAT, (1,))[0] == _SIGNED:
        return DeepPixels(np.asarray(image).view(np.int8), is_inverted)
    if image.mode.startswith("I") or image.mode == "F":
        return _grey(image, is_inverted, tags)
    rawmode = _rawmode(image)
    if rawmode == "LA;16B":
        _set_rawmode(image, "RGBA")  # the two bytes of each of both values
        pairs = np.ascontiguousarray(np.asarray(image)).view(">u2")
        return DeepPixels(pairs[..., 0], alpha=_share(pairs[..., 1]))
    if rawmode.startswith(("RGB;16", "RGBA;16", "RGBX;16")):
        return _colour(image, file, rawmode)
    return None


def _grey(image: Image.Image, is_inverted: bool, tags: Any) -> DeepPixels:  # noqa: ANN401 - Pillow's tags have all types
    bits = tags.get(_BITS, (0,))[0]
    if image.format == "PPM" and image.mode != "F":  # scaled by the greatest value of its header
        return DeepPixels(np.asarray(image), declared=(0.0, 65535.0))
    values = np.asarray(image)
    if image.mode == "I":  # Pillow keeps all of them in 32 bits with a sign
        is_signed = tags.get(_SAMPLE_FORMAT, (1,))[0] == _SIGNED
        if bits == 32:
            values = values if is_signed else values.view(np.uint32)
        else:
            values = values.astype(np.int16 if is_signed else np.uint16)
    declared = (0.0, 4095.0) if bits == 12 else None
    return DeepPixels(values, is_inverted, declared=declared)


def _colour(image: Image.Image, file: BinaryIO, rawmode: str) -> DeepPixels:
    """Pillow takes the upper byte of each value; asked for the other byte order, the lower one."""
    name, _, order = rawmode.partition(";16")
    native = "L" if sys.byteorder == "little" else "B"
    swapped = "B" if (native if order == "N" else order) == "L" else "L"
    values: NDArray[np.uint16] = np.asarray(image).astype(np.uint16) << np.uint16(8)
    file.seek(0)
    with Image.open(file, formats=(str(image.format),)) as again:
        exif_of(again)
        _set_rawmode(again, f"{name};16{swapped}")
        values |= np.asarray(again)
    if name == "RGBA":
        return DeepPixels(values[..., :3], alpha=_share(values[..., 3]))
    return DeepPixels(values[..., :3])


def _share(alpha: NDArray[np.uint16]) -> NDArray[np.float32]:
    top = ValueRanges().range_of(_used(alpha))[1]
    share: NDArray[np.float32] = (alpha / top).astype(np.float32)
    return share


def _rawmode(image: Image.Image) -> str:
    """How the pixels lie in the file, as Pillow calls it; empty where there are no tiles."""
    tiles = getattr(image, "tile", None)
    arguments = tiles[0][3] if tiles else ""
    name = arguments[0] if isinstance(arguments, tuple) and arguments else arguments
    return name if isinstance(name, str) else ""


def _set_rawmode(image: Image.Image, rawmode: str) -> None:
    def changed(arguments: object) -> object:
        return (rawmode, *arguments[1:]) if isinstance(arguments, tuple) else rawmode

    tiles = [tile._replace(args=changed(tile.args)) for tile in image.tile]  # type: ignore[attr-defined]
    image.tile = tiles  # type: ignore[attr-defined]
