"""Training targets of the three kinds of images (METHOD section 4). All without gradient."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional


def sharpen(probabilities: Tensor, *, temperature: float) -> Tensor:
    """p^(1/T), normalised. [B, C] -> [B, C]."""
    powered = probabilities.clamp_min(1e-8) ** (1.0 / temperature)
    return powered / powered.sum(dim=1, keepdim=True)


def co_refinement(own: Tensor, labels: Tensor, *, p_clean: Tensor, temperature: float) -> Tensor:
    """Target of a Correct image: its label, refined by the network's own mean prediction.

    `own`: [B, C]; `labels`: int64 [B]; `p_clean`: [B] -> [B, C].
    """
    given = functional.one_hot(labels, own.shape[1]).to(own.dtype)
    trust = p_clean.unsqueeze(1)
    return sharpen(trust * given + (1 - trust) * own, temperature=temperature)


def co_guessing(own: Tensor, other: Tensor, *, temperature: float) -> Tensor:
    """Target of a mislabeled image of high quality: what both networks see; the label is dropped.

    `own`, `other`: [B, C] mean predictions -> [B, C].
    """
    return sharpen((own + other) / 2, temperature=temperature)


def smoothed_pseudo_label(own: Tensor, *, p_low: Tensor, temperature: float) -> Tensor:
    """Target of a low-quality image: its own prediction, the more smoothed the poorer it is.

    `own`: [B, C]; `p_low`: [B], the adaptive smoothing -> [B, C]. Sharpening alone would collapse
    the uncertainty that the separation lives on (METHOD section 5).
    """
    smoothing = p_low.unsqueeze(1)
    sharpened = sharpen(own, temperature=temperature)
    return (1 - smoothing) * sharpened + smoothing / own.shape[1]


def mix_up(
    views: Tensor, targets: Tensor, *, alpha: float, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    """Blend each image with another of the batch, lambda ~ max(Beta(a, a), 1 - Beta(a, a)) each.

    `views`: [B, ...]; `targets`: [B, C]. An `alpha` of 0 gives them back as they are.
    """
    if alpha == 0:
        return views, targets
    count = len(views)
    partner = torch.randperm(count, generator=generator)
    # torch draws no Beta from a generator; numpy's is seeded by it
    rng = np.random.default_rng(int(torch.randint(2**31, (1,), generator=generator)))
    drawn = torch.from_numpy(rng.beta(alpha, alpha, count).astype(np.float32)).to(views.device)
    share = torch.maximum(drawn, 1 - drawn)
    along = share.view(-1, *([1] * (views.dim() - 1)))
    mixed = along * views + (1 - along) * views[partner]
    return mixed, share.unsqueeze(1) * targets + (1 - share.unsqueeze(1)) * targets[partner]
