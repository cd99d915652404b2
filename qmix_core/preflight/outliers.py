"""Images that stand out from the rest of their dataset, by what they show or by their size."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from qmix_core.base.types import BoolArray, FloatArray

#: Fewer images are too few to say what is usual.
FEWEST = 30
#: How many times farther than usual an image is from its neighbours; docs/preflight.md.
UNLIKE_FROM = 3.5
#: The neighbour that counts: with fewer of its own kind an image stands alone.
_FEWEST_ALIKE, _SHARE_ALIKE = 5, 0.005
_REFERENCES = 4_000
_CHUNK = 500
#: Steps of a feature, in grey levels, that are never called large.
_LEAST_SCALE = 8.0
#: Further steps say no more: the image is far off.
_FARTHEST = 8.0
#: Sets whose images differ less than this have no outliers of note.
_LEAST_DISTANCE = 0.3
#: A side ratio or a length differs when it is off by this factor, as a power of two.
_ASPECT_STEP, _LENGTH_STEP = 0.4, 1.0
#: A size that this share of the images have is that of another camera, not an oddity.
_COMMON = 0.01


def unlike_the_rest(features: FloatArray) -> BoolArray:
    """Bool [N]: float32 [N, F] features, in grey levels, are far from those of all other images.

    A second kind of image is no outlier: what counts is the distance to near neighbours.
    """
    if len(features) < FEWEST:
        return np.zeros(len(features), dtype=np.bool_)
    middle = np.median(features, axis=0)
    spread = 1.4826 * np.median(np.abs(features - middle), axis=0)
    scale = np.maximum(spread, np.maximum(_LEAST_SCALE, features.std(axis=0) / 4))
    steps = np.clip((features - middle) / scale, -_FARTHEST, _FARTHEST).astype(np.float32)
    rng = np.random.default_rng(0)
    known = rng.choice(len(steps), min(len(steps), _REFERENCES), replace=False)
    distance = _neighbour_distance(steps, known)
    is_far: BoolArray = distance > UNLIKE_FROM * max(float(np.median(distance)), _LEAST_DISTANCE)
    return is_far


def _neighbour_distance(steps: FloatArray, known: NDArray[np.int64]) -> FloatArray:
    references = steps[known]
    square = (references**2).sum(axis=1)
    place = max(_FEWEST_ALIKE, round(_SHARE_ALIKE * len(known))) - 1
    found = []
    for start in range(0, len(steps), _CHUNK):
        chunk = steps[start : start + _CHUNK]
        squares = (chunk**2).sum(axis=1)[:, None] + square - 2 * chunk @ references.T
        # an image is no neighbour of itself
        squares[known == np.arange(start, start + len(chunk))[:, None]] = np.inf
        # a view would keep all distances of the chunk
        found.append(np.partition(squares, place, axis=1)[:, place].copy())
    distance: FloatArray = np.sqrt(np.maximum(np.concatenate(found), 0) / steps.shape[1])
    return distance


def odd_sized(widths: NDArray[np.int64], heights: NDArray[np.int64]) -> BoolArray:
    """Bool [N]: images in pixels whose shape or size few others have and that is far from usual."""
    if len(widths) < FEWEST:
        return np.zeros(len(widths), dtype=np.bool_)
    aspect = np.log2(widths / heights)
    length = np.log2(widths * heights) / 2
    is_far: BoolArray = (np.abs(aspect - np.median(aspect)) > _ASPECT_STEP) | (
        np.abs(length - np.median(length)) > _LENGTH_STEP
    )
    cells = list(zip(np.round(aspect * 8).tolist(), np.round(length * 8).tolist(), strict=True))
    counts = Counter(cells)
    around = [
        sum(counts[across + dx, down + dy] for dx in (-1, 0, 1) for dy in (-1, 0, 1))
        for across, down in cells
    ]
    is_rare: BoolArray = np.array(around) < max(2, _COMMON * len(cells))
    return is_far & is_rare
