"""Training sets of random features: a run on them takes a fraction of a second."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import timm
import torch
from small_encoder import NAME, OPTIONS
from torch import nn

from qmix_core.base.cancellation import Cancelled, Control
from qmix_core.base.events import Event
from qmix_core.base.types import Pin
from qmix_core.engine.qmix.co_training import CoTraining, deal_parts, fitted_scale
from qmix_core.engine.qmix.targets import Lessons, as_labelled
from qmix_core.engine.trainer import RunResult, train_on_views
from qmix_core.engine.training_set import TrainingSet
from qmix_core.engine.views.augment import VIEW_SETS
from qmix_core.engine.views.views import FeatureViews, PixelViews
from qmix_core.runs.config import PRESETS, RunConfig
from qmix_core.runs.run_options import RunOptions

CPU = torch.device("cpu")
#: Length of what the tiny encoder says of an image.
EMBEDDING = timm.create_model(NAME).num_features
FAST = replace(
    PRESETS["quick"],
    rounds=3,
    deals=2,
    epochs=2,
    batch_size=16,
    hidden=16,
    device="cpu",
)


class StopAt(Control):
    """Cancels at the n-th check, wherever in the run that is."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.left = number

    def check(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise Cancelled


def feature_set(
    counts: list[int], *, size: int = 8, spread: float = 0.5, seed: int = 0
) -> tuple[TrainingSet, FeatureViews]:
    """`counts` images of each class around a centre of its own; every tenth label is wrong."""
    rng = np.random.default_rng(seed)
    truth = np.repeat(np.arange(len(counts)), counts)
    centres = rng.normal(size=(len(counts), size))
    noise = rng.normal(scale=spread, size=(len(truth), 6, size))
    features = centres[truth][:, None] + noise
    # the poor view: next to nothing of the class is left, and it looks unlike all others
    features[:, -1] = 0.1 * features[:, -1] + 3
    labels = truth.copy()
    labels[::10] = (labels[::10] + 1) % len(counts)
    rows = np.arange(len(truth))
    images = TrainingSet(
        paths=(),
        hashes=(),
        rows=rows,
        sample=rows,
        labels=labels,
        pins=(Pin.NONE,) * len(truth),
        classes=tuple(f"class {number}" for number in range(len(counts))),
    )
    return images, FeatureViews(features.astype(np.float16), rows=rows, device=CPU)


def run_on(
    images: TrainingSet,
    views: FeatureViews,
    folder: Path,
    *,
    config=FAST,
    control: Control | None = None,
    **options,
) -> tuple[RunResult, list[Event]]:
    """A run on a CPU and its events."""
    events: list[Event] = []
    result = train_on_views(
        config,
        images,
        views,
        device=CPU,
        folder=folder,
        sink=events.append,
        control=control or Control(),
        **options,
    )
    return result, events


def co_training(
    images: TrainingSet,
    views: FeatureViews,
    *,
    config: RunConfig = FAST,
    deals: int = 1,
    pixels: PixelViews | None = None,
    encoder: nn.Module | None = None,
) -> tuple[CoTraining, Lessons]:
    """The networks of a run, none begun, and the labels as they came as what they are taught.

    `pixels`, `encoder`: what networks see instead of the features, and what they fine-tune.
    """
    nobody = np.zeros(len(images.labels), dtype=np.bool_)
    classes = len(images.classes)
    training = CoTraining(
        config,
        pixels or views,
        deal_parts(images.labels, deals, seed=0, groups=None),
        scale=fitted_scale(views, np.arange(len(images.labels)), seed=0),
        facts=nobody,
        classes=classes,
        device=CPU,
        on_shrink=lambda size: None,
        pretrained=encoder,
    )
    return training, as_labelled(images.labels, nobody, classes=classes)


def pixel_views(count: int = 12, size: int = 32) -> PixelViews:
    """Views of images of noise."""
    pixels = np.random.default_rng(0).integers(0, 255, (count, size, size, 3), dtype=np.uint8)
    rows = np.arange(count)
    return PixelViews(pixels, rows=rows, views=VIEW_SETS["rotate_flip"], device=CPU)


def fine_tuning() -> RunConfig:
    """Settings that fine-tune a tiny network with random weights."""
    options = OPTIONS | {"preset": "standard", "batch_size": 8, "epochs": 2}
    return replace(RunOptions(**options).config(), hidden=16)


def codes(events: list[Event]) -> list[str]:
    """The codes of the warnings among the events."""
    return [event.code for event in events if event.name == "warning"]
