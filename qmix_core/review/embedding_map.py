"""A map of a run's images: alike ones lie close together, by the features that the run has left.

By principal axes at once, or arranged by likeness (t-SNE), which takes up to a minute: of many
images an even share is arranged, and each of the others lies among those that are most like it.
"""

from __future__ import annotations

import hashlib
import io
import re
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qmix_core.base.atomic_write import load_arrays, save_arrays
from qmix_core.base.types import BoolArray, FloatArray, IntArray, Progress

#: So many images are arranged by t-SNE, in half a minute; of more, an even share. Of 2,818 fundus
#: photographs an arranged map kept 40 % of the ten nearest neighbours, the one by axes 7 %.
MOST_ARRANGED = 5_000
#: Fewer make no map that says anything.
LEAST_ARRANGED = 4
#: Steps of t-SNE; scikit-learn's own number.
STEPS = 1_000
_PERPLEXITY = 30.0
#: A feature is about as long as 1; what is so far off is damaged.
_FARTHEST = 1e6
_NEIGHBOURS = 5
#: Images that are so close, squared, are the same.
_SAME = 1e-6
_CHUNK = 4096
#: Changes when the same features get another map.
_VERSION = "1"
_STEP = re.compile(r"Iteration (\d+)")


class Arrangement(StrEnum):
    """How the images of a map were placed."""

    AXES = "axes"
    LIKENESS = "likeness"


def by_axes(features: FloatArray) -> FloatArray:
    """The two axes on which images differ most: [N, D] -> float32 [N, 2].

    NaN where a feature is no number. Takes a fifth of a second for 100,000 images.
    """
    return _on_fine_rows(features, _principal)


def by_likeness(features: FloatArray, progress: Progress) -> FloatArray:
    """t-SNE: neighbours among the features stay neighbours: [N, D] -> float32 [N, 2].

    NaN where a feature is no number. `progress(done, total)` is called every 50 steps; what it
    raises ends the work. The same features give the same map on the same computer.
    """
    return _on_fine_rows(features, lambda fine: _arranged(fine, progress))


def map_file(
    cache: Path, run: int, features: tuple[IntArray, FloatArray], arrangement: Arrangement
) -> Path:
    """Where the map of these features is kept in a project's cache folder."""
    sample, vectors = features
    digest = hashlib.sha256(f"{_VERSION}\n{arrangement}\n{vectors.shape}\n".encode())
    for array in (sample, vectors):
        digest.update(np.ascontiguousarray(array).data)
    return cache / "map" / f"{run:04d}-{digest.hexdigest()[:16]}.npz"


def save_map(file: Path, positions: FloatArray) -> None:
    """Keep a map, float32 [N, 2]. Raises OSError: the disk refuses."""
    save_arrays(file, {"positions": positions}, private=True)


def load_map(file: Path, *, count: int) -> FloatArray | None:
    """A kept map of so many images, float32 [N, 2]; None where there is none, or no intact one."""
    positions = (load_arrays(file, only={"positions"}) or {}).get("positions")
    if positions is None or positions.shape != (count, 2) or positions.dtype != np.float32:
        return None
    is_far = np.abs(positions) > _FARTHEST
    return None if is_far.any() or np.isinf(positions).any() else positions


def _on_fine_rows(
    features: FloatArray, place: Callable[[NDArray[np.float64]], NDArray[np.float64]]
) -> FloatArray:
    """Place the images whose features are numbers; the map is centred, and 1 is its radius."""
    positions = np.full((len(features), 2), np.nan, dtype=np.float32)
    is_fine: BoolArray = np.all(np.abs(features) < _FARTHEST, axis=1)
    if features.shape[1] and is_fine.sum() >= LEAST_ARRANGED:
        placed = place(features[is_fine].astype(np.float64))
        placed = placed - (placed.min(axis=0) + placed.max(axis=0)) / 2
        positions[is_fine] = placed / max(float(np.abs(placed).max()), 1e-12)
    return positions


def _principal(features: NDArray[np.float64]) -> NDArray[np.float64]:
    centred = features - features.mean(axis=0)
    axes = np.linalg.eigh(centred.T @ centred)[1][:, ::-1][:, :2]
    # an axis has no sign of its own: the same features give the same map everywhere
    axes = axes * np.where(axes[np.abs(axes).argmax(axis=0), range(axes.shape[1])] < 0, -1, 1)
    placed: NDArray[np.float64] = centred @ axes
    return np.pad(placed, ((0, 0), (0, 2 - placed.shape[1])))


def _arranged(features: NDArray[np.float64], progress: Progress) -> NDArray[np.float64]:
    progress(0, STEPS)
    # takes a second to load
    from sklearn.manifold import TSNE

    chosen = _share(len(features))
    some = features[chosen]
    start = _principal(some)
    spread = max(float(start[:, 0].std()), 1e-12)
    perplexity = min(_PERPLEXITY, max(1.0, (len(some) - 1) / 3))
    model = TSNE(
        perplexity=perplexity,
        # as init="pca", without its randomness
        init=(1e-4 * start / spread).astype(np.float32),
        random_state=0,
        verbose=2,
    )
    with redirect_stdout(_Steps(progress)):
        placed = model.fit_transform(some.astype(np.float32)).astype(np.float64)
    positions = _among(features, some, placed)
    positions[chosen] = placed
    progress(STEPS, STEPS)
    return positions


def _share(count: int) -> IntArray:
    """Rows that t-SNE arranges: all, or an even random share of them."""
    if count <= MOST_ARRANGED:
        return np.arange(count)
    rng = np.random.default_rng(0)
    return np.sort(rng.choice(count, MOST_ARRANGED, replace=False))


def _among(
    features: NDArray[np.float64], some: NDArray[np.float64], placed: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Each image between the arranged ones that are most like it, nearer to the more alike.

    Of the nearest, those far from where most of them lie do not count: between two groups is
    nobody's place.
    """
    nearest = min(_NEIGHBOURS, len(some))
    wide, length = some.astype(np.float32), (some**2).sum(axis=1).astype(np.float32)
    positions = np.empty((len(features), 2))
    for start in range(0, len(features), _CHUNK):
        chunk = features[start : start + _CHUNK].astype(np.float32)
        apart = length - 2 * (chunk @ wide.T) + (chunk**2).sum(axis=1, keepdims=True)
        rows = np.argpartition(apart, nearest - 1, axis=1)[:, :nearest]
        around = placed[rows]
        astray = np.abs(around - np.median(around, axis=1, keepdims=True)).sum(axis=2)
        together = np.argsort(astray, axis=1)[:, : -(-nearest // 2)]
        rows = np.take_along_axis(rows, together, axis=1)
        alike = 1 / (np.take_along_axis(apart, rows, axis=1).clip(0) + _SAME)
        weights = (alike / alike.sum(axis=1, keepdims=True))[..., None]
        positions[start : start + _CHUNK] = (weights * placed[rows]).sum(axis=1)
    return positions


class _Steps(io.TextIOBase):
    """Takes what scikit-learn prints of its steps, which is the only way to hear of them."""

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self._progress, self._outside = progress, sys.stdout

    def write(self, text: str) -> int:
        """Pass the number of a step on, to somebody who may print himself."""
        if found := _STEP.search(text):
            with redirect_stdout(self._outside):
                self._progress(min(int(found[1]), STEPS), STEPS)
        return len(text)
