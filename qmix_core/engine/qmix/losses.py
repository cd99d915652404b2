"""The terms of the training loss (METHOD section 4). Each is a scalar; an empty set gives zero."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

_SMALL = 1e-8


def soft_cross_entropy(logits: Tensor, targets: Tensor) -> Tensor:
    """L_C: mean cross-entropy of soft targets. Both [B, C]."""
    if not len(logits):
        return logits.sum()
    return -(targets * functional.log_softmax(logits, dim=1)).sum(dim=1).mean()


def squared_error(logits: Tensor, targets: Tensor, *, weights: Tensor | None = None) -> Tensor:
    """L_H and L_L: mean squared error of the probabilities, re-weighted per image ([B])."""
    if not len(logits):
        return logits.sum()
    errors = ((functional.softmax(logits, dim=1) - targets) ** 2).mean(dim=1)
    return errors.mean() if weights is None else (weights * errors).mean()


def low_quality_weights(p_low: Tensor, targets: Tensor) -> Tensor:
    """Weights of low-quality images, [B]: the poorer and the less certain, the less it pulls."""
    return 1 - p_low * (1 - targets.max(dim=1).values)


def contrastive_enhancement(
    projections: Tensor, labels: Tensor, is_clean: Tensor, *, temperature: float
) -> Tensor:
    """L_con: Correct images of one class attract; low-quality images are negatives to all.

    `projections`: [B, P], L2-normalised; `labels`: int64 [B]; `is_clean`: bool [B], the others are
    low-quality images. Supervised contrastive loss (Khosla et al. 2020) with Correct anchors.
    """
    anchors = projections[is_clean]
    if len(anchors) < 2:
        return projections.sum() * 0
    similarity = anchors @ projections.T / temperature
    itself = torch.eye(len(projections), dtype=torch.bool, device=projections.device)[is_clean]
    similarity = similarity.masked_fill(itself, float("-inf"))
    log_share = similarity - torch.logsumexp(similarity, dim=1, keepdim=True)
    positive = (labels[is_clean].unsqueeze(1) == labels.unsqueeze(0)) & is_clean & ~itself
    counts = positive.sum(dim=1)
    has_positive = counts > 0
    if not bool(has_positive.any()):
        return projections.sum() * 0
    summed = log_share.masked_fill(~positive, 0.0).sum(dim=1)
    return -(summed[has_positive] / counts[has_positive]).mean()


def prior_regularisation(logits: Tensor, prior: Tensor) -> Tensor:
    """L_reg: Kullback-Leibler divergence of the mean prediction from the class prior ([C])."""
    if not len(logits):
        return logits.sum()
    mean = functional.softmax(logits, dim=1).mean(dim=0)
    return (prior * (prior.clamp_min(_SMALL) / mean.clamp_min(_SMALL)).log()).sum()
