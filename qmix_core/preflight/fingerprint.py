"""One look at an image file: read once, hashed, decoded small, and boiled down to a few numbers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from qmix_core.base.types import BoolArray, FloatArray
from qmix_core.dataset.files.file_stamps import Stamp
from qmix_core.dataset.pixels.image_reader import first_look
from qmix_core.dataset.pixels.value_ranges import NO_RANGES, UsedValues, ValueRanges
from qmix_core.preflight.burned_text import has_burned_text

Bytes = NDArray[np.uint8]

#: Shorter side of the decoded image, in pixels; JPEGs are decoded at up to twice that.
SIDE = 256
#: A brighter channel than this belongs to the picture, not to the dark ground around it.
DARK = 24
#: Side of the grey print and of its grid of differences.
PRINT_SIDE = 16
_GRID = 48
#: Of the picture's box, this much on each side holds the round rim and is no part of the print.
_RIM = 0.15


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What the checks keep of a file; 1 KB whatever its size.

    `print`: uint8 [256], the middle of the picture in grey; `bits`: bool [256] packed to uint8
    [32], whether each cell is brighter than its right neighbour. `features`: float32 [F], colours
    and shapes; see `FEATURES`. `span`: shades that its darkest and brightest hundredth reach, 0 to
    255. `used`: see `image_reader.Decoded`. `patient` and `eye`: see `qmix_core.base.types.Sample`.
    """

    sha256: str
    stamp: Stamp
    width: int
    height: int
    has_more_frames: bool
    has_text: bool
    print: Bytes
    bits: Bytes
    features: FloatArray
    span: tuple[float, float]
    rim: tuple[float, float, float]
    used: UsedValues | None = None
    camera: str = ""
    tables: tuple[int, ...] = ()
    patient: str = ""
    eye: str = ""


FEATURES = (
    "red", "green", "blue", "red share", "blue share", "contrast", "dark", "bright", "corners",
    "edges of the frame", "middle", "fine structure", "colour variety",
)  # fmt: skip


def take_fingerprint(path: Path, ranges: ValueRanges = NO_RANGES) -> Fingerprint:
    """Read a file once and describe it; `ranges` are those of its set.

    Raises:
        DataError: as `qmix_core.dataset.pixels.image_reader.read_rgb`.
    """
    seen = first_look(path, at_least=SIDE, ranges=ranges)
    decoded, header = seen.decoded, seen.decoded.header
    image = decoded.image
    if max(image.size) > 2 * SIDE:
        image.thumbnail((2 * SIDE, 2 * SIDE), Image.Resampling.BOX)
    red, green, blue = (np.asarray(channel) for channel in image.split())
    picture = (red > DARK) | (green > DARK) | (blue > DARK)
    grey = _print(image, picture)
    small = np.asarray(image.resize((_GRID, _GRID), Image.Resampling.BOX), dtype=np.float32)
    shades = np.sort(small.max(axis=2), axis=None)
    darkest, brightest = shades[[shades.size // 100, -shades.size // 100]]
    return Fingerprint(
        seen.sha256,
        seen.stamp,
        *decoded.size,
        decoded.has_more_frames,
        bool(header and header.tells_of_text) or has_burned_text(red, green, blue, picture),
        grey[:, :PRINT_SIDE].ravel(),
        np.packbits(grey[:, :-1] > grey[:, 1:]),
        _features(small),
        (float(darkest), float(brightest)),
        _rim(small),
        decoded.used,
        decoded.camera,
        decoded.tables,
        header.patient if header else "",
        header.eye if header else "",
    )


def _print(image: Image.Image, picture: BoolArray) -> Bytes:
    """Grey uint8 [16, 17] of the middle of the picture, without the dark ground around it."""
    box = []
    for axis in (1, 0):
        inside = np.flatnonzero(picture.mean(axis=axis) > 0.05)
        first, last = (inside[0], inside[-1] + 1) if len(inside) else (0, picture.shape[1 - axis])
        rim = (last - first) * _RIM
        box += [float(first + rim), float(last - rim)]
    top, bottom, left, right = box
    grey = image.convert("L").resize(
        (PRINT_SIDE + 1, PRINT_SIDE), Image.Resampling.BOX, box=(left, top, right, bottom)
    )
    return np.asarray(grey)


def _rim(small: FloatArray) -> tuple[float, float, float]:
    edges = np.concatenate([small[0], small[-1], small[:, 0], small[:, -1]]).mean(axis=0)
    return float(edges[0]), float(edges[1]), float(edges[2])


def _features(small: FloatArray) -> FloatArray:
    light = small.max(axis=2)
    inside = light > DARK
    if not inside.any():
        inside[:] = True
    red, green, blue = small[inside].mean(axis=0)
    total = red + green + blue + 1
    grey = small.mean(axis=2)
    steps = np.abs(np.diff(grey, axis=1))
    corner = _GRID // 8
    corners = [light[rows, columns].mean() for rows in (slice(corner), slice(-corner, None))
               for columns in (slice(corner), slice(-corner, None))]  # fmt: skip
    frame = np.concatenate([light[0], light[-1], light[:, 0], light[:, -1]])
    third = slice(_GRID // 3, -_GRID // 3)
    share = small / (small.sum(axis=2, keepdims=True) + 1)
    return np.array(
        [
            red, green, blue, 255 * red / total, 255 * blue / total,
            grey[inside].std(),
            255 * (1 - inside.mean()),
            255 * (light > 245).mean(),
            np.median(corners),
            np.median(frame),
            grey[third, third].mean(),
            8 * np.median(steps[:, :-1][inside[:, 1:-1]]) if inside[:, 1:-1].any() else 0.0,
            4 * 255 * share[inside].std(axis=0).mean(),
        ],
        dtype=np.float32,
    )  # fmt: skip
