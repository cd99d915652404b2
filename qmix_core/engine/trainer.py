"""One training run: prepare the views, warm up, separate, co-train, judge."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from qmix_core.config import RunConfig
from qmix_core.control import Control
from qmix_core.data.augment import VIEW_SETS
from qmix_core.data.cache import UnreadableImages, cache_key, cached_array, load_pixels
from qmix_core.data.views import (
    IMAGENET_MEAN,
    IMAGENET_STD,
    FeatureViews,
    PixelViews,
    ViewSource,
)
from qmix_core.engine.co_training import CoTrainer, Evaluation
from qmix_core.engine.encoder import embed_views, embedding_size, load_encoder
from qmix_core.engine.progress import Pace, PreparingProgress
from qmix_core.engine.scores import SeparationPlot, save_epoch, save_features
from qmix_core.engine.separation import Separation, loss_of, separate, to_partition, uncertainty_of
from qmix_core.engine.verdict import judge
from qmix_core.errors import DataError
from qmix_core.events import EpochDone, EpochStarted, SeparationDone, Sink, Warned
from qmix_core.types import EpochScores, FloatArray, IntArray, Pin, RunResults

#: Below this agreement with the given labels (Cohen's kappa) a separation means little.
_WEAK_KAPPA = 0.1


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """The N images of a run among P images that are cached, so that a retrain finds its cache.

    `paths` and `hashes`: P files; `rows`: int64 [N], the images' indices among them; `sample`:
    int64 [N], their positions in the project's samples; `labels`: int64 [N], given or corrected,
    as index into `classes`; `pins`: N human decisions.
    """

    paths: tuple[Path, ...]
    hashes: tuple[str, ...]
    rows: IntArray
    sample: IntArray
    labels: IntArray
    pins: tuple[Pin, ...]
    classes: tuple[str, ...]

    def without(self, files: set[int]) -> TrainingSet:
        """The same set less some of the P files."""
        kept_files = [index for index in range(len(self.paths)) if index not in files]
        row_of = {old: new for new, old in enumerate(kept_files)}
        kept = [i for i, row in enumerate(self.rows.tolist()) if row in row_of]
        return TrainingSet(
            tuple(self.paths[index] for index in kept_files),
            tuple(self.hashes[index] for index in kept_files),
            np.array([row_of[int(self.rows[i])] for i in kept], dtype=np.int64),
            self.sample[kept],
            self.labels[kept],
            tuple(self.pins[i] for i in kept),
            self.classes,
        )


@dataclass(frozen=True, slots=True)
class RunResult:
    """Verdicts on the images of a run, in the order of `sample` (int64 [N])."""

    sample: IntArray
    results: RunResults


def train(
    config: RunConfig,
    images: TrainingSet,
    *,
    folder: Path,
    cache: Path,
    sink: Sink,
    control: Control,
) -> RunResult:
    """Run QMix on the images and give the verdicts; the scores of each epoch go into `folder`.

    `cache` keeps decoded pixels and features for the next run.

    Raises:
        QMixError: data or weights that cannot be used. Cancelled: `control` was cancelled.
    """
    if len(images.labels) < len(images.classes) or len(images.labels) < 4:
        raise DataError(
            f"Only {len(images.labels)} images are left to train on: add images, or take back some "
            "exclusions."
        )
    device = resolve_device(config.device)
    # before the images are decoded: wrong weights must not cost minutes
    encoder = load_encoder(config.encoder, config.weights) if config.backbone == "frozen" else None
    try:
        pixels = _decode(config, images, cache=cache, sink=sink, control=control)
    except UnreadableImages as error:
        for failure in error.failures.values():
            sink(Warned("unreadable", failure))
        images = images.without(set(error.failures))
        pixels = _decode(config, images, cache=cache, sink=sink, control=control)
    view_set = VIEW_SETS[config.view_set]
    views: ViewSource
    if encoder is None:
        views = PixelViews(pixels, rows=images.rows, views=view_set, device=device)
    else:
        source = PixelViews(
            pixels,
            rows=np.arange(len(pixels)),
            views=view_set,
            device=device,
            mean=IMAGENET_MEAN,
            std=IMAGENET_STD,
        )
        features = _embed(
            config, images, encoder, source, cache=cache, device=device, sink=sink, control=control
        )
        views = FeatureViews(features, rows=images.rows, device=device)
    return _Run(config, images, views, folder, device, sink, control).go()


def resolve_device(name: str) -> torch.device:
    """The torch device of a name; "auto" is CUDA, else Apple's MPS, else the CPU.

    Raises:
        DataError: there is no such device here.
    """
    if name == "auto":
        if torch.cuda.is_available():
            return torch.device("cuda")
        return torch.device("mps" if torch.backends.mps.is_available() else "cpu")
    try:
        device = torch.device(name)
        torch.zeros(1, device=device)
    except (RuntimeError, AssertionError) as error:
        raise DataError(f"There is no device {name!r} here: use --device cpu or auto.") from error
    return device


def _decode(
    config: RunConfig, images: TrainingSet, *, cache: Path, sink: Sink, control: Control
) -> NDArray[np.uint8]:
    return load_pixels(
        images.paths,
        images.hashes,
        size=config.image_size,
        folder=cache,
        progress=PreparingProgress(sink, "decoding"),
        control=control,
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
    size = embedding_size(encoder, source.shape, device)
    settings = (config.encoder, _weights_key(encoder), config.view_set, str(config.image_size))

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
        shape=(len(images.paths), 1 + 2 * config.cached_views, size),
        dtype=np.float16,
        fill=fill,
    )


def _weights_key(encoder: nn.Module) -> str:
    total = sum(float(value.double().sum()) for value in encoder.state_dict().values())
    return f"{total:.6e}"


class _Run:
    """State of one run between its epochs."""

    def __init__(
        self,
        config: RunConfig,
        images: TrainingSet,
        views: ViewSource,
        folder: Path,
        device: torch.device,
        sink: Sink,
        control: Control,
    ) -> None:
        self._config = config
        self._images = images
        self._folder = folder
        self._sink = sink
        self._control = control
        self._pace = Pace(sink, epochs=config.epochs)
        self._is_verified = np.array([pin is Pin.CORRECT for pin in images.pins])
        self._is_poor = np.array([pin is Pin.LOW_QUALITY for pin in images.pins])
        self._trainer = CoTrainer(
            config,
            views,
            labels=torch.from_numpy(images.labels),
            weights=torch.from_numpy(~self._is_poor).float(),
            classes=len(images.classes),
            device=device,
        )
        self._recent: deque[tuple[FloatArray, FloatArray]] = deque(
            maxlen=config.averaged_epochs if config.averaging else 1
        )
        self._judged: list[tuple[FloatArray, FloatArray, FloatArray]] = []
        self._warned: set[str] = set()

    def go(self) -> RunResult:
        config = self._config
        posterior: FloatArray | None = None
        probabilities = np.zeros(0, dtype=np.float32)
        for epoch in range(1, config.epochs + 1):
            is_warm_up = epoch <= config.warmup_epochs
            stage = "warm-up" if is_warm_up else "training"
            self._sink(EpochStarted(epoch, config.epochs, stage))
            on_batch = self._on_batch(epoch)
            if is_warm_up or posterior is None:
                metrics = self._trainer.warm_up(epoch, on_batch)
            else:
                # each network learns from the separation by the other
                taught_a, taught_b = torch.from_numpy(posterior[1]), torch.from_numpy(posterior[0])
                if not config.co_training:
                    taught_a, taught_b = taught_b, taught_a
                metrics = self._trainer.train(epoch, (taught_a, taught_b), on_batch)
            evaluation = self._trainer.evaluate(self._control.check)
            probabilities = evaluation.plain.numpy()
            if epoch == config.warmup_epochs:
                self._warn_if_weak(probabilities)
            posterior = self._score(epoch, evaluation, separated=epoch >= config.warmup_epochs)
            self._sink(EpochDone(epoch, metrics))
        projections = self._trainer.projections().numpy()
        save_features(self._folder, sample=self._images.sample, features=projections)
        posteriors, losses, uncertainties = (
            np.stack(arrays)
            for arrays in zip(*self._judged[0 if config.averaging else -1 :], strict=True)
        )
        results = judge(
            posteriors=posteriors,
            losses=losses,
            uncertainties=uncertainties,
            probabilities=probabilities,
        )
        for bucket, count in to_partition(results.posterior).counts().items():
            if count == 0:
                self._warn(f"empty_{bucket.value}", f"No image is in the bucket {bucket.value!r}.")
        return RunResult(self._images.sample, results)

    def _on_batch(self, epoch: int) -> Callable[[int, int, int], None]:
        def on_batch(batch: int, batches: int, images: int) -> None:
            self._control.check()
            self._pace.batch(epoch, batch, batches, images)

        return on_batch

    def _score(self, epoch: int, evaluation: Evaluation, *, separated: bool) -> FloatArray | None:
        """Write the epoch's scores; give the posteriors of both networks, float32 [2, N, 3]."""
        averaged = evaluation.averaged.numpy()
        loss = np.stack([loss_of(item, self._images.labels) for item in averaged])
        uncertainty = uncertainty_of(averaged)
        self._recent.append((loss, uncertainty))
        posterior = np.full((*loss.shape, 3), np.nan, dtype=np.float32)
        plot = None
        if separated:
            pair = [self._separate(number) for number in range(2)]
            posterior = np.stack([self._pinned(item.posterior) for item in pair])
            self._judged.append((posterior, loss, uncertainty))
            plot = SeparationPlot(
                np.stack([item.points for item in pair]),
                np.stack([item.means for item in pair]),
                np.stack([item.covariances for item in pair]),
            )
        scores = EpochScores(epoch, evaluation.plain.numpy(), loss, uncertainty, posterior)
        path = save_epoch(self._folder, scores, sample=self._images.sample, plot=plot)
        if not separated:
            return None
        counts = to_partition(posterior.mean(axis=0)).counts()
        named = {bucket.value: count for bucket, count in counts.items()}
        self._sink(SeparationDone(epoch, named, str(path)))
        return posterior

    def _separate(self, number: int) -> Separation:
        separation = separate(
            [loss[number] for loss, _ in self._recent],
            [uncertainty[number] for _, uncertainty in self._recent],
        )
        if separation.problem:
            self._warn(
                "unreliable_separation", f"The separation is unreliable: {separation.problem}."
            )
        return separation

    def _pinned(self, posterior: FloatArray) -> FloatArray:
        """Human decisions are facts: verified labels are Correct, kept poor images low quality."""
        pinned = posterior.copy()
        pinned[self._is_verified] = (1, 0, 0)
        pinned[self._is_poor] = (0, 0, 1)
        return pinned

    def _warn_if_weak(self, probabilities: FloatArray) -> None:
        labels, count = self._images.labels, len(self._images.classes)
        predicted = probabilities.mean(axis=0).argmax(axis=1)
        agreed = float((predicted == labels).mean())
        shares = [
            np.bincount(values, minlength=count) / len(labels) for values in (predicted, labels)
        ]
        by_chance = float((shares[0] * shares[1]).sum())
        kappa = (agreed - by_chance) / max(1 - by_chance, 1e-9)
        if kappa < _WEAK_KAPPA:
            self._warn(
                "weak_networks",
                "After the warm-up the networks are hardly better than chance: do not trust these "
                "verdicts. Use pretrained weights, more images or more epochs.",
            )

    def _warn(self, code: str, text: str) -> None:
        if code not in self._warned:
            self._warned.add(code)
            self._sink(Warned(code, text))
