"""What each image teaches (METHOD section 4): targets, their weights, and what is mixed.

A network learns the labels of its lessons only as the separation by others understands them, who
never saw those labels. On the images whose labels it must not see it learns what it said itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from qmix_core.base.types import CLEAN, HIGH, LOW, FloatArray, IntArray, Partition


@dataclass(frozen=True, slots=True)
class Lessons:
    """What N images teach one network: `targets` [N, C]; `weights` [N], 0 where an image teaches
    nothing; `bucket`: int64 [N], HIGH where the label is not to be seen.
    """

    targets: Tensor
    weights: Tensor
    bucket: Tensor

    @classmethod
    def of(cls, targets: FloatArray, weights: FloatArray, bucket: IntArray) -> Lessons:
        """From arrays of the same shapes."""
        return cls(
            torch.from_numpy(targets).float(),
            torch.from_numpy(weights).float(),
            torch.from_numpy(bucket),
        )

    def without_labels(self, unseen: NDArray[np.bool_], own: FloatArray | None) -> Lessons:
        """The lessons of a network that must not see the labels of the images `unseen`.

        `own`: [N, C], what it said of them before, without their labels; None in the warm-up, where
        they teach nothing. Weights of poor images depend on no label.
        """
        hidden = torch.from_numpy(unseen)
        if own is None:
            return Lessons(self.targets, self.weights.masked_fill(hidden, 0.0), self.bucket)
        targets = torch.where(hidden.unsqueeze(1), torch.from_numpy(own), self.targets)
        return Lessons(targets, self.weights, self.bucket.masked_fill(hidden, HIGH))


def as_labelled(labels: IntArray, is_poor: NDArray[np.bool_], classes: int) -> Lessons:
    """Lessons of the warm-up: the labels as they are, of readable images."""
    onehot = np.eye(classes, dtype=np.float32)[labels]
    weights = (~is_poor).astype(np.float32)
    return Lessons.of(onehot, weights, np.where(is_poor, LOW, CLEAN))


def refined(
    labels: IntArray,
    posterior: FloatArray,
    seen: FloatArray,
    *,
    temperature: float,
    smoothing: bool,
    reweighting: bool,
) -> Lessons:
    """Lessons after a separation.

    `posterior`: [N, 3], the separation by networks that never saw the labels; `seen`: [N, C], the
    classes that those networks see. Correct images are co-refined, mislabeled ones of high quality
    co-guessed; of low-quality ones the guess is smoothed, and the poorer they are the less they
    pull.
    """
    classes = seen.shape[1]
    bucket = Partition.of(posterior).bucket
    p_low = posterior[:, LOW]
    p_right = posterior[:, CLEAN] / np.maximum(1 - p_low, 1e-6)
    onehot = np.eye(classes, dtype=np.float32)[labels]
    trust = np.where(bucket == CLEAN, p_right.clip(0, 1), 0.0)[:, None]
    goal = sharpened(trust * onehot + (1 - trust) * seen, temperature)
    blur = np.where(bucket == LOW, p_low, 0.0)[:, None] if smoothing else 0.0
    goal = (1 - blur) * goal + blur / classes
    weights = np.where(bucket == LOW, 1 - p_low, 1.0) if reweighting else np.ones(len(labels))
    return Lessons.of(goal.astype(np.float32), weights.astype(np.float32), bucket)


def sharpened(probabilities: NDArray[np.floating], temperature: float) -> NDArray[np.floating]:
    """p^(1/T), normalised. [N, C] -> [N, C]."""
    powered = probabilities ** (1.0 / temperature)
    normalised: NDArray[np.floating] = powered / powered.sum(axis=1, keepdims=True)
    return normalised


def mix_up(
    views: Tensor, targets: Tensor, *, alpha: float, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    """Blend each image with another of the batch, lambda ~ max(Beta(a, a), 1 - Beta(a, a)) each.

    `views`: [B, ...]; `targets`: [B, C].
    """
    count = len(views)
    partner = torch.randperm(count, generator=generator)
    # torch draws no Beta from a generator; numpy's is seeded by it
    rng = np.random.default_rng(int(torch.randint(2**31, (1,), generator=generator)))
    drawn = torch.from_numpy(rng.beta(alpha, alpha, count).astype(np.float32)).to(views.device)
    share = torch.maximum(drawn, 1 - drawn)
    along = share.view(-1, *([1] * (views.dim() - 1)))
    mixed = along * views + (1 - along) * views[partner]
    return mixed, share.unsqueeze(1) * targets + (1 - share.unsqueeze(1)) * targets[partner]
