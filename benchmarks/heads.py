"""A head on cached features, trained by cross-entropy, as peers use it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

#: As was chosen in the peers' favour; QMix's own heads are small in other ways.
HIDDEN, DROPOUT = 256, 0.2
LEARNING_RATE, MOMENTUM, WEIGHT_DECAY = 0.02, 0.9, 5e-4
BATCH_SIZE = 64


class Head:
    """One network over features [B, D] with its optimiser and random generator."""

    def __init__(self, size: int, classes: int, *, epochs: int, seed: int) -> None:
        self.generator = torch.Generator().manual_seed(seed)
        self.network = nn.Sequential(
            nn.BatchNorm1d(size, affine=False),
            nn.Dropout(DROPOUT),
            nn.Linear(size, HIDDEN),
            nn.BatchNorm1d(HIDDEN),
            nn.ReLU(inplace=True),
            nn.Dropout(DROPOUT),
            nn.Linear(HIDDEN, classes),
        )
        self._initialise()
        self._optimizer = torch.optim.SGD(
            self.network.parameters(),
            lr=LEARNING_RATE,
            momentum=MOMENTUM,
            nesterov=True,
            weight_decay=WEIGHT_DECAY,
        )
        self._schedule = torch.optim.lr_scheduler.CosineAnnealingLR(self._optimizer, epochs)

    def _initialise(self) -> None:
        for layer in self.network:
            if isinstance(layer, nn.Linear):
                nn.init.kaiming_normal_(layer.weight, nonlinearity="relu", generator=self.generator)
                nn.init.zeros_(layer.bias)

    def batches(self, count: int) -> Iterator[Tensor]:
        """A random order of `count` images in equal parts: int64 [B] each."""
        self.network.train()
        order = torch.randperm(count, generator=self.generator)
        yield from order.tensor_split(max(1, math.ceil(count / BATCH_SIZE)))

    def pick(self, features: Tensor, indices: Tensor, views: range) -> Tensor:
        """One random view of each image: [N, V, D] -> [B, D]."""
        drawn = torch.randint(len(views), (len(indices),), generator=self.generator)
        return features[indices, views.start + drawn]

    def step(self, loss: Tensor) -> None:
        """One step down the gradient of a scalar."""
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self._optimizer.step()

    def end_epoch(self) -> None:
        """Move on in the cosine schedule."""
        self._schedule.step()

    def cross_entropy_epoch(
        self, features: Tensor, labels: Tensor, *, views: range, confidence_penalty: bool = False
    ) -> None:
        """One epoch on random views: [N, V, D], int64 [N]. The penalty rewards entropy."""
        for indices in self.batches(len(labels)):
            logits = self.network(self.pick(features, indices, views))
            loss = functional.cross_entropy(logits, labels[indices])
            if confidence_penalty:
                loss = loss + (logits.softmax(1) * logits.log_softmax(1)).sum(1).mean()
            self.step(loss)
        self.end_epoch()

    @torch.no_grad()
    def predict(self, features: Tensor) -> Tensor:
        """Probabilities of one view an image, [N, D] -> [N, C]; dropout is off."""
        self.network.eval()
        return self.network(features).softmax(dim=1)


def fit_head(
    features: Tensor,
    labels: Tensor,
    *,
    classes: int,
    epochs: int,
    seed: int,
    after_epoch: Callable[[int, Head], None] | None = None,
) -> Head:
    """Cross-entropy on random ones of all views: [N, V, D], int64 [N]."""
    head = Head(features.shape[2], classes, epochs=epochs, seed=seed)
    for epoch in range(1, epochs + 1):
        head.cross_entropy_epoch(features, labels, views=range(features.shape[1]))
        if after_epoch is not None:
            after_epoch(epoch, head)
    return head


def accuracy(heads: list[Head], features: NDArray[np.float16], labels: NDArray[np.int64]) -> float:
    """Share of images that the mean of the heads' predictions gets right; plain view [M, D]."""
    views = torch.from_numpy(features).float()
    mean = torch.stack([head.predict(views) for head in heads]).mean(dim=0)
    return float((mean.argmax(dim=1).numpy() == labels).mean())
