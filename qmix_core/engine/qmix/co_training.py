"""Two networks, co-trained: each learns from the other's separation (METHOD sections 2 and 4)."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from qmix_core.base.types import CLEAN, HIGH, LOW
from qmix_core.engine.encoders.batches import BatchSize, OnShrink, split
from qmix_core.engine.encoders.encoders import embedding_size, load_encoder
from qmix_core.engine.qmix import losses, targets
from qmix_core.engine.qmix.networks import Network, initialise, new_network
from qmix_core.engine.qmix.precision import Precision, half_type
from qmix_core.engine.views.views import ViewSource
from qmix_core.runs.config import RunConfig

OnBatch = Callable[[int, int, int], None]
Terms = dict[str, Tensor]
_EVALUATION_BATCH = 256


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What both networks say of all N images.

    `plain`: float32 [2, N, C], probabilities of the plain view; `averaged`: the same, averaged over
    the plain and the weak scoring views.
    """

    plain: Tensor
    averaged: Tensor


class CoTrainer:
    """The pair of networks with their optimisers and random generators.

    `labels`: int64 [N]; `weights`: float32 [N], 0 for images that teach nothing in the warm-up;
    `on_shrink` is told the new batch size when the device's memory has run out.
    """

    def __init__(
        self,
        config: RunConfig,
        views: ViewSource,
        *,
        labels: Tensor,
        weights: Tensor,
        classes: int,
        device: torch.device,
        on_shrink: OnShrink,
    ) -> None:
        self._config = config
        self._views = views
        self._labels = labels
        self._weights = weights
        self._classes = classes
        self._device = device
        self._precision = Precision(device, half_type(device) if config.mixed_precision else None)
        self._batch_size = BatchSize(config.batch_size, on_shrink=on_shrink)
        self._evaluation_size = BatchSize(_EVALUATION_BATCH, on_shrink=on_shrink)
        self.generators = [
            torch.Generator().manual_seed(2 * config.seed + offset) for offset in range(2)
        ]
        pretrained = None
        if config.backbone == "finetune":
            pretrained = load_encoder(config).requires_grad_(True)
        self.networks = [self._new_network(pretrained, number) for number in range(2)]
        self.optimizers = [_new_optimizer(config, network) for network in self.networks]

    def _new_network(self, pretrained: nn.Module | None, number: int) -> Network:
        config, shape = self._config, self._views.shape
        size = shape[0]
        if pretrained is not None:
            size = embedding_size(pretrained, shape, torch.device("cpu"))
        network = new_network(config, embedding=size, classes=self._classes)
        initialise(network, generator=self.generators[number])
        if pretrained is not None:
            network.pretrained = copy.deepcopy(pretrained)
        if self._device.type == "cuda" and config.backbone != "frozen":
            network = network.to(memory_format=torch.channels_last)
        return network.to(self._device)

    def state(self) -> dict[str, Any]:
        """All but the weights that the next epoch depends on, for a checkpoint."""
        return {
            "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
            "generators": [generator.get_state() for generator in self.generators],
            "precision": self._precision.state(),
            "batch_sizes": [self._batch_size.size, self._evaluation_size.size],
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Go back to where `state` was taken; the weights are loaded apart."""
        for optimizer, saved in zip(self.optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)
        for generator, saved in zip(self.generators, state["generators"], strict=True):
            generator.set_state(saved)
        self._precision.restore(state["precision"])
        self._batch_size.size, self._evaluation_size.size = state["batch_sizes"]

    def weights(self) -> list[dict[str, Tensor]]:
        """The weights of both networks."""
        return [network.state_dict() for network in self.networks]

    def load_weights(self, states: list[dict[str, Tensor]]) -> None:
        """Take over the weights of two networks of the same form."""
        for network, saved in zip(self.networks, states, strict=True):
            network.load_state_dict(saved)

    def warm_up(self, *, rate: float, on_batch: OnBatch) -> dict[str, float]:
        """One epoch of cross-entropy on the given labels, strong views. Mean loss by network.

        `rate`: share of the learning rate.
        """

        def terms(number: int, indices: Tensor) -> Terms:
            strong = self._views.strong(indices, generator=self.generators[number])
            logits = self._precision.forward(self.networks[number], strong).logits
            wanted = self._labels[indices].to(self._device)
            each = functional.cross_entropy(logits, wanted, reduction="none")
            weight = self._weights[indices].to(self._device)
            return {"loss": (each * weight).sum() / weight.sum().clamp_min(1.0)}

        self._set_learning_rate(rate)
        return self._epoch(0, terms, on_batch) | self._epoch(1, terms, on_batch)

    def train(
        self,
        posteriors: tuple[Tensor, Tensor],
        *,
        rate: float,
        ramp: float,
        on_batch: OnBatch,
    ) -> dict[str, float]:
        """One epoch of semi-supervised training.

        `posteriors`: float32 [N, 3] that network A and B learn from, which is the separation by
        the other one. `rate`: share of the learning rate; `ramp`: of the unsupervised terms.
        """
        self._set_learning_rate(rate)
        metrics: dict[str, float] = {}
        for number, posterior in enumerate(posteriors):
            prior = self._class_prior(posterior)

            def terms(
                number: int, indices: Tensor, posterior: Tensor = posterior, prior: Tensor = prior
            ) -> Terms:
                found = self._terms(number, indices, posterior[indices], prior)
                return found | {"loss": self._weighted_sum(found, ramp)}

            metrics |= self._epoch(number, terms, on_batch)
        return metrics

    def _epoch(
        self, number: int, terms: Callable[[int, Tensor], Terms], on_batch: OnBatch
    ) -> dict[str, float]:
        """Train network `number` once on all images by the term "loss"; give the mean terms."""
        network, optimizer = self.networks[number], self.optimizers[number]
        count = len(self._labels)
        sums: Terms = {}

        def learn(indices: Tensor) -> None:
            network.train()
            found = terms(number, indices)
            self._precision.step(number, found["loss"], network=network, optimizer=optimizer)
            for name, value in found.items():
                # summed on the device: reading each value would make it wait
                sums[name] = sums.get(name, 0.0) + len(indices) / count * value.detach()

        order = torch.randperm(count, generator=self.generators[number])
        batches = split(order, self._batch_size.size)
        for done, indices in enumerate(batches, start=1):
            self._batch_size.each(indices, learn)
            on_batch(number * len(batches) + done, 2 * len(batches), len(indices))
        return {f"{name}_{'ab'[number]}": float(value) for name, value in sums.items()}

    def _weighted_sum(self, terms: Terms, ramp: float) -> Tensor:
        config = self._config
        unsupervised = terms["mislabeled"] + terms["low_quality"]
        return (
            terms["correct"]
            + config.lambda_unsupervised * ramp * unsupervised
            + config.lambda_contrastive * terms["contrastive"]
            + config.lambda_regularisation * terms["prior"]
        )

    def _terms(self, number: int, indices: Tensor, posterior: Tensor, prior: Tensor) -> Terms:
        generator, network = self.generators[number], self.networks[number]
        labels = self._labels[indices].to(self._device)
        posterior = posterior.to(self._device)
        bucket = posterior.argmax(dim=1)
        is_clean, is_high, is_low = (bucket == kind for kind in (CLEAN, HIGH, LOW))
        wanted = self._targets(number, indices, labels, posterior)
        # one strong view is mixed, the other feeds the terms that must see single images
        views, single = (self._views.strong(indices, generator=generator) for _ in range(2))
        alpha = self._config.mixup_alpha
        clean, goal_clean = targets.mix_up(
            views[is_clean], wanted[is_clean], alpha=alpha, generator=generator
        )
        high, goal_high = targets.mix_up(
            views[is_high], wanted[is_high], alpha=alpha, generator=generator
        )
        paired = is_clean | is_low
        # one pass over all, so that batch normalisation sees one population
        output = self._precision.forward(network, torch.cat([clean, high, single[paired]]))
        ends = (len(clean), len(clean) + len(high))
        logits_clean, logits_high, logits_single = output.logits.tensor_split(ends)
        low_of_paired = is_low[paired]
        return {
            "correct": losses.soft_cross_entropy(logits_clean, goal_clean),
            "mislabeled": losses.squared_error(logits_high, goal_high),
            "low_quality": losses.squared_error(
                logits_single[low_of_paired],
                wanted[is_low],
                weights=losses.low_quality_weights(posterior[is_low, LOW], wanted[is_low])
                if self._config.reweighting
                else None,
            ),
            "contrastive": losses.contrastive_enhancement(
                output.projection[ends[1] :],
                labels[paired],
                is_clean[paired],
                temperature=self._config.contrastive_temperature,
            ),
            "prior": losses.prior_regularisation(torch.cat([logits_clean, logits_high]), prior),
        }

    @torch.no_grad()
    def _targets(self, number: int, indices: Tensor, labels: Tensor, posterior: Tensor) -> Tensor:
        """Targets of one batch, [B, C], by the bucket of each image."""
        generator = self.generators[number]
        weak = [self._views.weak(indices, generator=generator) for _ in range(2)]
        own, other = (
            self._mean_prediction(network, weak)
            for network in (self.networks[number], self.networks[1 - number])
        )
        self.networks[number].train()
        temperature = self._config.sharpen_temperature
        by_bucket = torch.stack(
            [
                targets.co_refinement(
                    own, labels, p_clean=posterior[:, CLEAN], temperature=temperature
                ),
                targets.co_guessing(own, other, temperature=temperature),
                targets.smoothed_pseudo_label(
                    own,
                    p_low=posterior[:, LOW] * self._config.smoothing,
                    temperature=temperature,
                ),
            ]
        )
        bucket = posterior.argmax(dim=1)
        return by_bucket[bucket, torch.arange(len(indices), device=self._device)]

    def _mean_prediction(self, network: Network, views: list[Tensor]) -> Tensor:
        network.eval()
        return torch.stack([self._predict(network, view) for view in views]).mean(dim=0)

    def _predict(self, network: Network, views: Tensor) -> Tensor:
        return self._precision.forward(network, views).logits.softmax(dim=1)

    @torch.inference_mode()
    def evaluate(self, check: Callable[[], None]) -> Evaluation:
        """Predict all images with both networks, frozen. `check` is called once a batch."""
        count = len(self._labels)
        shape = (2, count, self._classes)
        plain, averaged = torch.zeros(shape), torch.zeros(shape)
        generator = torch.Generator().manual_seed(self._config.seed)

        def look(indices: Tensor) -> None:
            check()
            batches = [self._views.plain(indices)]
            batches += [
                self._views.scoring(indices, view, generator=generator)
                for view in range(self._views.scoring_views)
            ]
            for number, network in enumerate(self.networks):
                predicted = [self._predict(network, batch).cpu() for batch in batches]
                plain[number, indices] = predicted[0]
                averaged[number, indices] = torch.stack(predicted).mean(dim=0)

        for network in self.networks:
            network.eval()
        self._evaluation_size.each(torch.arange(count), look)
        return Evaluation(plain, averaged)

    @torch.inference_mode()
    def projections(self, check: Callable[[], None]) -> Tensor:
        """Projector output of network A on the plain views: float32 [N, 64], L2-normalised.

        `check` is called once a batch.
        """
        network = self.networks[0].eval()
        parts: list[Tensor] = []

        def look(indices: Tensor) -> None:
            check()
            views = self._views.plain(indices)
            parts.append(self._precision.forward(network, views).projection.cpu())

        self._evaluation_size.each(torch.arange(len(self._labels)), look)
        return torch.cat(parts)

    def _class_prior(self, posterior: Tensor) -> Tensor:
        """Class frequencies of the labels that the separation believes, never zero: [C]."""
        counts = torch.ones(self._classes)
        counts.index_add_(0, self._labels, posterior[:, CLEAN].cpu())
        return (counts / counts.sum()).to(self._device)

    def _set_learning_rate(self, share: float) -> None:
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = self._config.learning_rate * share * group["scale"]


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
