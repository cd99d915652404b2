"""The terms of the training loss (METHOD section 4). Each is a scalar."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional


def soft_cross_entropy(logits: Tensor, targets: Tensor, weights: Tensor) -> Tensor:
    """Cross-entropy of soft targets, both [B, C], averaged with the images' `weights` ([B])."""
    each = -(targets * functional.log_softmax(logits, dim=1)).sum(dim=1)
    return (weights * each).sum() / weights.sum().clamp_min(1e-6)


def contrastive_enhancement(
    projections: Tensor, labels: Tensor, is_clean: Tensor, is_low: Tensor, *, temperature: float
) -> Tensor:
    """L_con: Correct images of one class attract; low-quality images are negatives to all.

    `projections`: [B, P], L2-normalised; `labels`: int64 [B]; `is_clean`, `is_low`: bool [B], other
    images take no part. Supervised contrastive loss (Khosla et al. 2020) with Correct anchors.
    """
    taking_part = is_clean | is_low
    projections, labels, is_clean = (
        values[taking_part] for values in (projections, labels, is_clean)
    )
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
