"""The arrays that a run is trained on, made from files: decoded images, or vectors. No torch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qmix_core.base.cancellation import Control
from qmix_core.base.events import Sink, Warned
from qmix_core.base.preparing import PreparingProgress
from qmix_core.engine.encoders.vector_file import half_precision, match, read_vectors
from qmix_core.engine.training_set import TrainingSet
from qmix_core.engine.views.pixel_cache import (
    UnreadableImages,
    cache_key,
    cached_array,
    load_pixels,
)
from qmix_core.runs.config import RunConfig

#: Changes with the code that makes views, so that features of older code are made anew.
VIEWS_VERSION = "views 4"
_CHUNK = 1024
#: Names in a warning.
_MOST_NAMED = 50


def decoded(
    config: RunConfig, images: TrainingSet, *, cache: Path, sink: Sink, control: Control
) -> tuple[TrainingSet, NDArray[np.uint8]]:
    """The images that can be read, and their pixels: uint8 [P, S, S, 3], memory-mapped.

    Raises:
        ProjectError: the cache cannot be written. Cancelled: `control` was cancelled.
    """
    try:
        return images, _decode(config, images, cache=cache, sink=sink, control=control)
    except UnreadableImages as error:
        for failure in error.failures.values():
            sink(Warned("unreadable", failure))
        images = images.without(set(error.failures))
        return images, _decode(config, images, cache=cache, sink=sink, control=control)


def _decode(
    config: RunConfig, images: TrainingSet, *, cache: Path, sink: Sink, control: Control
) -> NDArray[np.uint8]:
    return load_pixels(
        images.paths,
        images.hashes,
        ranges=images.value_ranges,
        size=config.image_size,
        folder=cache,
        progress=PreparingProgress(sink, "decoding"),
        control=control,
    )


def vector_views(
    config: RunConfig, images: TrainingSet, *, cache: Path, sink: Sink
) -> tuple[TrainingSet, NDArray[np.float16]]:
    """The images that have a vector, and their views, as `embed_views` orders them.

    The first view is the plain one, the others stand for both weak and strong ones. A poor view
    there is none: the plain one is in its place. float16 [N, V, D], memory-mapped.

    Raises:
        QMixError: the file is no file of vectors, or names none of the images.
    """
    path = Path(config.embeddings)
    vectors = read_vectors(path)
    rows = match(vectors, images.paths, file=path.name)
    lacking = [index for index, row in enumerate(rows) if row is None]
    if lacking:
        names = ", ".join(images.paths[index].name for index in lacking[:_MOST_NAMED])
        more = f" and {len(lacking) - _MOST_NAMED} more" if len(lacking) > _MOST_NAMED else ""
        sink(Warned("no_vector", f"Without a vector, left out of this run: {names}{more}."))
        images = images.without(set(lacking))
    kept = np.array([row for row in rows if row is not None])
    count = vectors.values.shape[1]
    others = list(range(1, count)) or [0]
    order = [0, *others, *others, 0]
    scale = float(vectors.values.std()) or 1.0

    def fill(array: NDArray[np.float16]) -> None:
        for start in range(0, len(kept), _CHUNK):
            part = vectors.values[kept[start : start + _CHUNK]]
            array[start : start + _CHUNK] = half_precision(part[:, order], scale)

    features = cached_array(
        cache / f"features-{cache_key(VIEWS_VERSION, vectors.sha256, *images.hashes)}.npy",
        shape=(len(kept), len(order), vectors.values.shape[2]),
        dtype=np.float16,
        fill=fill,
    )
    return images, features
