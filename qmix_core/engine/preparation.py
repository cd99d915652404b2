"""Before the first epoch: decode the images, embed them where the encoder is frozen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from qmix_core.base.cancellation import Control
from qmix_core.base.errors import ProjectError
from qmix_core.base.events import Sink, Warned
from qmix_core.base.preparing import PreparingProgress
from qmix_core.base.types import IntArray
from qmix_core.engine.computing import device as devices
from qmix_core.engine.computing import ranks
from qmix_core.engine.computing.device import resolve_device
from qmix_core.engine.decoding import VIEWS_VERSION, decoded, vector_views
from qmix_core.engine.encoders.batches import memory_text
from qmix_core.engine.encoders.embedding import embed_views
from qmix_core.engine.encoders.encoders import embedding_size, load_encoder
from qmix_core.engine.encoders.levels import parts_of
from qmix_core.engine.quality.local_detail import local_detail
from qmix_core.engine.training_set import TrainingSet
from qmix_core.engine.views.augment import VIEW_SETS
from qmix_core.engine.views.pixel_cache import cache_key, cached_array, stored_array
from qmix_core.engine.views.views import (
    FeatureViews,
    PixelViews,
    ViewSource,
    view_count,
)
from qmix_core.runs.config import RunConfig

Array = TypeVar("Array")


@dataclass(frozen=True, slots=True)
class Prepared:
    """The readable images of a run, their views and the device that trains on them.

    `features`: by the frozen encoder; `pixels`: what is fine-tuned on, None where nothing is.
    """

    images: TrainingSet
    features: FeatureViews
    device: torch.device
    pixels: ViewSource | None


def prepare(
    config: RunConfig, images: TrainingSet, *, cache: Path, sink: Sink, control: Control
) -> Prepared:
    """Make the views of a run, or find them in `cache`; unreadable images are left out.

    Raises:
        QMixError: weights or a device that cannot be used. Cancelled: `control` was cancelled.
    """
    device = resolve_device(config.device)
    if config.embeddings:
        images, features = _after_first(
            images, lambda kept: vector_views(config, kept, cache=cache, sink=sink)
        )
        views = FeatureViews(features, rows=images.rows, device=device)
        return Prepared(images, views, device, None)
    # before the images are decoded: wrong weights must not cost minutes
    encoder = load_encoder(config)
    images, pixels = _after_first(
        images, lambda kept: decoded(config, kept, cache=cache, sink=sink, control=control)
    )
    # the features of all files are cached, so that a retrain finds them
    features = _embed(
        config,
        images,
        encoder,
        pixel_views(config, pixels, np.arange(len(pixels)), device),
        cache=cache,
        device=device,
        sink=sink,
        control=control,
    )
    detail = _detail(config, images, pixels, cache=cache)
    feature_views = FeatureViews(
        features,
        rows=images.rows,
        device=device,
        detail=detail[images.rows],
        parts=parts_of(encoder),
    )
    if config.backbone == "frozen":
        return Prepared(images, feature_views, device, None)
    return Prepared(images, feature_views, device, pixel_views(config, pixels, images.rows, device))


def _after_first(
    images: TrainingSet, read: Callable[[TrainingSet], tuple[TrainingSet, Array]]
) -> tuple[TrainingSet, Array]:
    """What `read` gives: the first process reads all images, the others those that it kept, which
    they find in the cache.
    """
    found = [read(images)] if ranks.is_first() else []
    kept = ranks.from_first(lambda: found[0][0])
    return found[0] if found else read(kept)


def pixel_views(
    config: RunConfig, pixels: NDArray[np.uint8], rows: IntArray, device: torch.device
) -> PixelViews:
    """Views of decoded images, uint8 [P, S, S, 3], as the networks of such a run see them."""
    return PixelViews(
        pixels,
        rows=rows,
        views=VIEW_SETS[config.view_set],
        device=device,
        mean=config.mean,
        std=config.std,
    )


def _embed(
    config: RunConfig,
    images: TrainingSet,
    encoder: nn.Module,
    source: PixelViews,
    *,
    cache: Path,
    device: torch.device,
    sink: Sink,
    control: Control,
) -> NDArray[np.float16]:
    # on the CPU: Apple's GPUs have no float64
    weights = _weights_key(encoder)
    size = embedding_size(encoder, source.shape, device)
    shape = (len(images.paths), view_count(config.cached_views), size)
    half = devices.half_type(device) if config.mixed_precision else None
    settings = (
        VIEWS_VERSION,
        config.encoder,
        weights,
        config.view_set,
        str(config.image_size),
        images.value_ranges.to_json(),
        repr((config.mean, config.std, parts_of(encoder))),
        # features of another precision are others
        *([str(half)] if half is not None else []),
    )

    path = cache / f"features-{cache_key(*settings, *images.hashes)}.npy"

    def fill(array: NDArray[np.float16] | None) -> None:
        embed_views(
            encoder,
            source,
            array,
            shape=shape,
            device=device,
            half=half,
            on_shrink=lambda size: sink(Warned("memory", memory_text(size))),
            seed=0,
            progress=PreparingProgress(sink, "embedding"),
            control=control,
        )

    def found() -> NDArray[np.float16]:
        if ranks.is_first():
            return cached_array(path, shape=shape, dtype=np.float16, fill=fill)
        stored = stored_array(path, shape=shape, dtype=np.float16)
        if stored is None:
            raise ProjectError(
                f"A process of this run does not see {path}: all need the same file system."
            )
        return stored

    is_missing = ranks.from_first(lambda: stored_array(path, shape=shape, dtype=np.float16) is None)
    if is_missing and not ranks.is_first():
        fill(None)  # its share goes to the first, which is in `found` and writes the file
    return ranks.after_first(found)


def _detail(
    config: RunConfig, images: TrainingSet, pixels: NDArray[np.uint8], *, cache: Path
) -> NDArray[np.float32]:
    def fill(array: NDArray[np.float32]) -> None:
        array[:] = local_detail(pixels)

    key = cache_key(
        VIEWS_VERSION, str(config.image_size), images.value_ranges.to_json(), *images.hashes
    )
    path = cache / f"detail-{key}.npy"
    return ranks.after_first(
        lambda: cached_array(path, shape=(len(pixels),), dtype=np.float32, fill=fill)
    )


def _weights_key(encoder: nn.Module) -> str:
    total = sum(float(value.double().sum()) for value in encoder.state_dict().values())
    return f"{total:.6e}"
