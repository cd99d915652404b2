"""One network learns its lessons, and says what it sees on all images."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor

from qmix_core.base.types import CLEAN, LOW, FloatArray, IntArray
from qmix_core.engine.computing.device import half_type, placed
from qmix_core.engine.encoders.batches import BatchSize, OnShrink, split
from qmix_core.engine.qmix import losses
from qmix_core.engine.qmix.networks import Network
from qmix_core.engine.qmix.noise_model import OutOfSample
from qmix_core.engine.qmix.precision import Precision
from qmix_core.engine.qmix.targets import Lessons, mix_up
from qmix_core.engine.views.views import ViewSource
from qmix_core.runs.config import RunConfig

#: Share of the poor copies among what a network learns from.
POOR_SHARE = 0.15
_EVALUATION_BATCH = 512
_KEPT_FEATURES, _MOST_FOR_AXES = 64, 4096
#: A small set still gives this many steps an epoch.
_STEPS, _SMALLEST = 20, 16

OnBatch = Callable[[int, int, int], None]


class NetworkTraining:
    """One network with its optimiser and random generator; `epoch` counts what is done.

    `on_shrink` is told the new batch size when the device's memory has run out.
    """

    def __init__(
        self,
        config: RunConfig,
        network: Network,
        views: ViewSource,
        lessons: Lessons,
        *,
        seed: int,
        device: torch.device,
        on_shrink: OnShrink,
    ) -> None:
        self.network = placed(network, device, sees_images=len(views.shape) > 1)
        self.epoch = 0
        self._config = config
        self._views = views
        self._lessons = lessons
        self._rows = lessons.weights.nonzero()[:, 0]
        self._device = device
        self._seed = seed
        self._generator = torch.Generator().manual_seed(seed)
        self._precision = Precision(device, half_type(device) if config.mixed_precision else None)
        size = min(config.batch_size, max(_SMALLEST, len(self._rows) // _STEPS))
        self._batch_size = BatchSize(size, on_shrink=on_shrink)
        self._evaluation_size = BatchSize(_EVALUATION_BATCH, on_shrink=on_shrink)
        self._optimizer = _new_optimizer(config, network)
        self._sum = torch.zeros(())

    def learn(self, on_batch: OnBatch) -> float:
        """One epoch; the mean loss. `on_batch` hears (batch, batches, images)."""
        # dropout draws from torch's own generator; anew each epoch, so that a resumed run
        # draws the same
        torch.manual_seed(self._seed + 1_000_003 * self.epoch)
        order = self._rows[torch.randperm(len(self._rows), generator=self._generator)]
        batches = split(order, self._batch_size.size) if len(order) > 1 else ()
        self._sum = torch.zeros((), device=self._device)
        self.network.train()
        for done, indices in enumerate(batches, start=1):
            if done < len(batches):
                self._views.expect(batches[done])
            self._set_rate((self.epoch + (done - 1) / len(batches)) / self._config.epochs)
            self._batch_size.each(indices, self._step)
            on_batch(done, len(batches), len(indices))
        self.epoch += 1
        return float(self._sum) / max(len(order), 1)

    def _step(self, indices: Tensor) -> None:
        loss = self._loss(indices)
        self._precision.step(loss, network=self.network, optimizer=self._optimizer)
        # summed on the device: reading each value would make it wait
        self._sum += len(indices) * loss.detach()

    @property
    def batch_size(self) -> BatchSize:
        """How many images it learns from at once."""
        return self._batch_size

    def _loss(self, indices: Tensor) -> Tensor:
        config, generator = self._config, self._generator
        goals = self._lessons.targets[indices].to(self._device)
        weights = self._lessons.weights[indices].to(self._device)
        bucket = self._lessons.bucket[indices].to(self._device)
        views = self._lesson_views(indices)
        if config.mixup_alpha > 0:
            mixed = bucket != LOW
            views, goals = views.clone(), goals.clone()
            views[mixed], goals[mixed] = mix_up(
                views[mixed], goals[mixed], alpha=config.mixup_alpha, generator=generator
            )
        output = self._precision.forward(self.network, views)
        loss = losses.soft_cross_entropy(output.logits, goals, weights)
        if config.lambda_contrastive > 0:
            loss = loss + config.lambda_contrastive * losses.contrastive_enhancement(
                self.network.project(output.features),
                goals.argmax(dim=1),
                bucket == CLEAN,
                bucket == LOW,
                temperature=config.contrastive_temperature,
            )
        return loss

    def _lesson_views(self, indices: Tensor) -> Tensor:
        """Strong views, and now and then a copy that is too poor to read."""
        views = self._views.strong(indices, generator=self._generator)
        is_poor = torch.rand(len(indices), generator=self._generator) < POOR_SHARE
        if bool(is_poor.any()):
            poor = self._views.poor(indices[is_poor], generator=self._generator)
            views[is_poor.to(views.device)] = poor
        return views

    @torch.inference_mode()
    def look(self, rows: IntArray, check: Callable[[], None]) -> OutOfSample:
        """What the network sees on images, frozen: [M, C], averaged over plain and weak views, and
        on their poor copies. `check` is called once a batch.
        """
        self.network.eval()
        generator = torch.Generator().manual_seed(self._seed)
        plain: list[Tensor] = []
        poor: list[Tensor] = []

        def see(indices: Tensor) -> None:
            check()
            batches = [self._views.plain(indices)]
            batches += [
                self._views.scoring(indices, number, generator=generator)
                for number in range(self._views.scoring_views)
            ]
            spoiled = self._views.poor(indices, generator=generator)
            seen = torch.stack([self._probabilities(batch) for batch in batches]).mean(dim=0)
            # both at once: where memory runs out in between, all of it is redone
            poor.append(self._probabilities(spoiled))
            plain.append(seen)

        self._evaluation_size.each(torch.from_numpy(rows), see)
        return OutOfSample(torch.cat(plain).numpy(), torch.cat(poor).numpy())

    def _probabilities(self, views: Tensor) -> Tensor:
        return self._precision.forward(self.network, views).logits.softmax(dim=1).cpu()

    @torch.inference_mode()
    def features(self, check: Callable[[], None]) -> FloatArray:
        """Features of the plain views of all images: float32 [N, F], L2-normalised."""
        self.network.eval()
        parts: list[Tensor] = []

        def see(indices: Tensor) -> None:
            check()
            seen = self._precision.forward(self.network, self._views.plain(indices)).features
            parts.append(torch.nn.functional.normalize(seen, dim=1).cpu())

        self._evaluation_size.each(torch.arange(len(self._lessons.weights)), see)
        features: FloatArray = torch.cat(parts).numpy().astype(np.float32)
        return features

    def state(self) -> dict[str, Any]:
        """Tensors in the computer's memory and plain containers, for a checkpoint."""
        state: dict[str, Any] = _on_cpu(
            {
                "epoch": self.epoch,
                "network": dict(self.network.state_dict()),
                "optimizer": self._optimizer.state_dict(),
                "generator": self._generator.get_state(),
                "precision": self._precision.state(),
                "batch_sizes": [self._batch_size.size, self._evaluation_size.size],
            }
        )
        return state

    def restore(self, state: dict[str, Any]) -> None:
        """Go back to where `state` was taken."""
        self.epoch = state["epoch"]
        self.network.load_state_dict(state["network"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._generator.set_state(state["generator"])
        self._precision.restore(state["precision"])
        self._batch_size.size, self._evaluation_size.size = state["batch_sizes"]

    def _set_rate(self, progress: float) -> None:
        """A cosine from 1 towards 0 of the learning rate."""
        share = 0.5 * (1 + math.cos(math.pi * progress))
        for group in self._optimizer.param_groups:
            group["lr"] = self._config.learning_rate * share * group["scale"]


def _on_cpu(value: Any) -> Any:  # noqa: ANN401 - whatever a state holds
    """The same containers with tensors in the computer's memory."""
    if isinstance(value, Tensor):
        return value.detach().cpu()
    if isinstance(value, dict):
        return {key: _on_cpu(item) for key, item in value.items()}
    return [_on_cpu(item) for item in value] if isinstance(value, list) else value


def _new_optimizer(config: RunConfig, network: Network) -> torch.optim.Optimizer:
    """`scale` of a parameter group: its share of the learning rate."""
    pretrained = list(network.pretrained.parameters())
    known = {id(parameter) for parameter in pretrained}
    new = [parameter for parameter in network.parameters() if id(parameter) not in known]
    groups: list[dict[str, Any]] = [{"params": new, "scale": 1.0}]
    if pretrained:
        groups.append({"params": pretrained, "scale": config.encoder_rate})
    rate, decay = config.learning_rate, config.weight_decay
    if config.optimizer == "adamw":
        return torch.optim.AdamW(groups, lr=rate, weight_decay=decay)
    return torch.optim.SGD(
        groups, lr=rate, momentum=config.momentum, nesterov=True, weight_decay=decay
    )


def compact(features: FloatArray) -> FloatArray:
    """Features on the 64 axes on which the images differ most: [N, F] -> [N, 64], L2-normalised."""
    some = features[:: max(1, len(features) // _MOST_FOR_AXES)]
    centred = some - some.mean(axis=0)
    axes = np.linalg.eigh(centred.T @ centred)[1][:, ::-1][:, :_KEPT_FEATURES]
    kept: FloatArray = ((features - some.mean(axis=0)) @ axes).astype(np.float32)
    kept /= np.maximum(np.linalg.norm(kept, axis=1, keepdims=True), 1e-12)
    return kept
