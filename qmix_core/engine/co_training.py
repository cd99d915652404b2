"""Two networks, co-trained: each learns from the other's separation (METHOD sections 2 and 4)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from qmix_core.config import RunConfig
from qmix_core.data.views import ViewSource
from qmix_core.engine import losses, targets
from qmix_core.engine.networks import (
    Network,
    Output,
    feature_head,
    initialise,
    tiny_encoder,
)
from qmix_core.engine.separation import CLEAN, HIGH, LOW

OnBatch = Callable[[int, int, int], None]
_EVALUATION_BATCH = 256
_MAX_GRADIENT_NORM = 5.0


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

    `labels`: int64 [N]; `weights`: float32 [N], 0 for images that teach nothing in the warm-up.
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
    ) -> None:
        self._config = config
        self._views = views
        self._labels = labels
        self._weights = weights
        self._classes = classes
        self._device = device
        self.generators = [
            torch.Generator().manual_seed(2 * config.seed + offset) for offset in range(2)
        ]
        self.networks = [self._new_network(generator) for generator in self.generators]
        self.optimizers = [_new_optimizer(config, network) for network in self.networks]

    def _new_network(self, generator: torch.Generator) -> Network:
        config = self._config
        if config.backbone == "frozen":
            encoder = feature_head(
                self._views.shape[0], hidden=config.hidden, dropout=config.dropout
            )
        else:
            encoder = tiny_encoder(features=config.hidden)
        network = Network(encoder, features=config.hidden, classes=self._classes)
        initialise(network, generator=generator)
        return network.to(self._device)

    def warm_up(self, epoch: int, on_batch: OnBatch) -> dict[str, float]:
        """One epoch of cross-entropy on the given labels, strong views. Mean loss by network."""
        self._set_learning_rate(epoch)
        metrics = {}
        for number, network in enumerate(self.networks):
            total = 0.0
            for indices in self._batches(number, on_batch):
                strong = self._views.strong(indices, generator=self.generators[number])
                logits = network(strong).logits
                wanted = self._labels[indices].to(self._device)
                each = functional.cross_entropy(logits, wanted, reduction="none")
                weight = self._weights[indices].to(self._device)
                loss = (each * weight).sum() / weight.sum().clamp_min(1.0)
                self._step(number, loss)
                total += float(loss.detach()) * len(indices)
            metrics[f"loss_{'ab'[number]}"] = total / len(self._labels)
        return metrics

    def train(
        self, epoch: int, posteriors: tuple[Tensor, Tensor], on_batch: OnBatch
    ) -> dict[str, float]:
        """One epoch of semi-supervised training.

        `posteriors`: float32 [N, 3] that network A and B learn from, which is the separation by
        the other one.
        """
        self._set_learning_rate(epoch)
        ramp = min(1.0, (epoch - self._config.warmup_epochs) / self._config.ramp_epochs)
        metrics: dict[str, float] = {}
        for number in range(2):
            prior = self._class_prior(posteriors[number])
            for indices in self._batches(number, on_batch):
                terms = self._terms(number, indices, posteriors[number][indices], prior)
                loss = self._weighted_sum(terms, ramp)
                self._step(number, loss)
                share = len(indices) / len(self._labels)
                for name, value in (terms | {"loss": loss}).items():
                    key = f"{name}_{'ab'[number]}"
                    metrics[key] = metrics.get(key, 0.0) + share * float(value.detach())
        return metrics

    def _weighted_sum(self, terms: dict[str, Tensor], ramp: float) -> Tensor:
        config = self._config
        unsupervised = terms["mislabeled"] + terms["low_quality"]
        return (
            terms["correct"]
            + config.lambda_unsupervised * ramp * unsupervised
            + config.lambda_contrastive * terms["contrastive"]
            + config.lambda_regularisation * terms["prior"]
        )

    def _terms(
        self, number: int, indices: Tensor, posterior: Tensor, prior: Tensor
    ) -> dict[str, Tensor]:
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
        output: Output = network(torch.cat([clean, high, single[paired]]))
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

    @staticmethod
    def _mean_prediction(network: Network, views: list[Tensor]) -> Tensor:
        network.eval()
        return torch.stack([network(view).logits.softmax(dim=1) for view in views]).mean(dim=0)

    @torch.inference_mode()
    def evaluate(self, check: Callable[[], None]) -> Evaluation:
        """Predict all images with both networks, frozen. `check` is called once a batch."""
        count = len(self._labels)
        shape = (2, count, self._classes)
        plain, averaged = torch.zeros(shape), torch.zeros(shape)
        generator = torch.Generator().manual_seed(self._config.seed)
        for network in self.networks:
            network.eval()
        for indices in self._in_order():
            check()
            batches = [self._views.plain(indices)]
            batches += [
                self._views.scoring(indices, view, generator=generator)
                for view in range(self._views.scoring_views)
            ]
            for number, network in enumerate(self.networks):
                predicted = [network(batch).logits.softmax(dim=1).cpu() for batch in batches]
                plain[number, indices] = predicted[0]
                averaged[number, indices] = torch.stack(predicted).mean(dim=0)
        return Evaluation(plain, averaged)

    @torch.inference_mode()
    def projections(self) -> Tensor:
        """Projector output of network A on the plain views: float32 [N, 64], L2-normalised."""
        network = self.networks[0].eval()
        parts = [
            network(self._views.plain(indices)).projection.cpu() for indices in self._in_order()
        ]
        return torch.cat(parts)

    def _in_order(self) -> tuple[Tensor, ...]:
        count = len(self._labels)
        return torch.arange(count).tensor_split(math.ceil(count / _EVALUATION_BATCH))

    def _class_prior(self, posterior: Tensor) -> Tensor:
        """Class frequencies of the labels that the separation believes, never zero: [C]."""
        counts = torch.ones(self._classes)
        counts.index_add_(0, self._labels, posterior[:, CLEAN].cpu())
        return (counts / counts.sum()).to(self._device)

    def _batches(self, number: int, on_batch: OnBatch) -> Iterator[Tensor]:
        count = len(self._labels)
        order = torch.randperm(count, generator=self.generators[number])
        # equal parts: a last batch of one image would break batch normalisation
        parts = order.tensor_split(max(1, math.ceil(count / self._config.batch_size)))
        self.networks[number].train()
        for done, indices in enumerate(parts, start=1):
            yield indices
            on_batch(number * len(parts) + done, 2 * len(parts), len(indices))

    def _step(self, number: int, loss: Tensor) -> None:
        self.optimizers[number].zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.networks[number].parameters(), _MAX_GRADIENT_NORM)
        self.optimizers[number].step()

    def _set_learning_rate(self, epoch: int) -> None:
        share = (epoch - 1) / self._config.epochs
        rate = self._config.learning_rate * 0.5 * (1 + math.cos(math.pi * share))
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = rate


def _new_optimizer(config: RunConfig, network: Network) -> torch.optim.Optimizer:
    parameters = network.parameters()
    rate, decay = config.learning_rate, config.weight_decay
    if config.optimizer == "adamw":
        return torch.optim.AdamW(parameters, lr=rate, weight_decay=decay)
    return torch.optim.SGD(
        parameters, lr=rate, momentum=config.momentum, nesterov=True, weight_decay=decay
    )
