"""Before the first epoch: decode the images, embed them where the encoder is frozen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from qmix_core.base.cancellation import Control
from qmix_core.base.errors import DeviceError
from qmix_core.base.events import Sink
from qmix_core.base.preparing import PreparingProgress
from qmix_core.base.types import IntArray
from qmix_core.engine.decoding import VIEWS_VERSION, decoded, vector_views
from qmix_core.engine.encoders.embedding import embed_views
from qmix_core.engine.encoders.encoders import embedding_size, load_encoder
from qmix_core.engine.encoders.levels import parts_of
from qmix_core.engine.quality.local_detail import local_detail
from qmix_core.engine.training_set import TrainingSet
from qmix_core.engine.views.augment import VIEW_SETS
from qmix_core.engine.views.pixel_cache import cache_key, cached_array
from qmix_core.engine.views.views import (
    FeatureViews,
    PixelViews,
    ViewSource,
    view_count,
)
from qmix_core.runs.config import RunConfig


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
        images, features = vector_views(config, images, cache=cache, sink=sink)
        views = FeatureViews(features, rows=images.rows, device=device)
        return Prepared(images, views, device, None)
    # before the images are decoded: wrong weights must not cost minutes
    encoder = load_encoder(config)
    images, pixels = decoded(config, images, cache=cache, sink=sink, control=control)
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


def resolve_device(name: str) -> torch.device:
    """The torch device of a name; "auto" is CUDA, else Apple's MPS, else the CPU.

    Raises:
        DeviceError: there is no such device here.
    """
    if name == "auto":
        if torch.cuda.is_available():
            return torch.device("cuda")
        return torch.device("mps" if torch.backends.mps.is_available() else "cpu")
    try:
        device = torch.device(name)
        torch.zeros(1, device=device)
    except (RuntimeError, AssertionError) as error:
        raise DeviceError(f"There is no device {name!r} here: use --device cpu or auto.") from error
    return device


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
    size = embedding_size(encoder, source.shape, device)
    settings = (
        VIEWS_VERSION,
        config.encoder,
        _weights_key(encoder),
        config.view_set,
        str(config.image_size),
        images.value_ranges.to_json(),
        repr((config.mean, config.std, parts_of(encoder))),
    )

    def fill(array: NDArray[np.float16]) -> None:
        embed_views(
            encoder,
            source,
            array,
            device=device,
            seed=0,
            progress=PreparingProgress(sink, "embedding"),
            control=control,
        )

    return cached_array(
        cache / f"features-{cache_key(*settings, *images.hashes)}.npy",
        shape=(len(images.paths), view_count(config.cached_views), size),
        dtype=np.float16,
        fill=fill,
    )


def _detail(
    config: RunConfig, images: TrainingSet, pixels: NDArray[np.uint8], *, cache: Path
) -> NDArray[np.float32]:
    def fill(array: NDArray[np.float32]) -> None:
        array[:] = local_detail(pixels)

    key = cache_key(
        VIEWS_VERSION, str(config.image_size), images.value_ranges.to_json(), *images.hashes
    )
    return cached_array(
        cache / f"detail-{key}.npy", shape=(len(pixels),), dtype=np.float32, fill=fill
    )


def _weights_key(encoder: nn.Module) -> str:
    total = sum(float(value.double().sum()) for value in encoder.state_dict().values())
    return f"{total:.6e}"
