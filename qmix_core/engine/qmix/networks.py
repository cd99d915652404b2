"""The networks: encoder -> features, classifier -> logits, projector -> unit vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from qmix_core.engine.encoders.levels import even_scale
from qmix_core.runs.config import RunConfig

PROJECTION_SIZE = 64
#: A feature that is flat on these images must not explode on another: share of the mean deviation.
_LEAST_DEVIATION = 0.3


class Output(NamedTuple):
    """`features`: [B, F]; `logits`: [B, C]."""

    features: Tensor
    logits: Tensor


class Network(nn.Module):
    """One of a pair (METHOD section 2). `encoder` maps a batch of views to [B, F].

    `pretrained`, nothing at first, stands before the encoder and is fine-tuned with it.
    """

    def __init__(self, encoder: nn.Module, *, features: int, classes: int) -> None:
        super().__init__()
        self.pretrained: nn.Module = nn.Identity()
        self.encoder = encoder
        self.classifier = nn.Linear(features, classes)
        self.projector = nn.Sequential(
            nn.Linear(features, features),
            nn.ReLU(inplace=True),
            nn.Linear(features, PROJECTION_SIZE),
        )

    def forward(self, views: Tensor) -> Output:
        features = self.encoder(self.pretrained(views))
        return Output(features, self.classifier(features))

    def project(self, features: Tensor) -> Tensor:
        """[B, F] -> [B, 64], L2-normalised, for the contrastive term."""
        projection: Tensor = functional.normalize(self.projector(features), dim=1)
        return projection


class Scale(nn.Module):
    """Standardises features, [B, D] -> [B, D]; as it is until it has seen some."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.mean: Tensor
        self.deviation: Tensor
        self.register_buffer("mean", torch.zeros(size))
        self.register_buffer("deviation", torch.ones(size))

    def fit(self, features: Tensor, parts: Sequence[int] = ()) -> None:
        """Take mean and deviation of features, [M, D], whose parts are to count alike."""
        deviation = features.std(dim=0)
        scale = even_scale(deviation.cpu().numpy(), parts, least=_LEAST_DEVIATION)
        self.mean = features.mean(dim=0)
        self.deviation = torch.from_numpy(scale).to(features.device)

    def forward(self, features: Tensor) -> Tensor:
        return (features - self.mean) / self.deviation


class FeatureDropout(nn.Module):
    """Leaves out features of a whole batch at once: as good as one by one, and much quicker."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self._share = share

    def forward(self, features: Tensor) -> Tensor:
        if not self.training or self._share == 0:
            return features
        kept = (torch.rand(features.shape[1]) >= self._share).float() / (1 - self._share)
        return features * kept.to(features.device)


def new_network(
    config: RunConfig, *, embedding: int, classes: int, scale: Scale | None = None
) -> Network:
    """One network with weights drawn from torch's generator, without a pretrained encoder.

    `embedding`: length of the pretrained encoder's output; `scale`: of those features, to copy.
    """
    first = Scale(embedding)
    if scale is not None:
        first.load_state_dict(scale.state_dict())
    encoder = feature_head(first, hidden=config.hidden, dropout=config.dropout)
    return Network(encoder, features=config.hidden, classes=classes)


def feature_head(scale: Scale, *, hidden: int, dropout: float) -> nn.Sequential:
    """A small encoder over features of an image: [B, D] -> [B, hidden]."""
    size = len(scale.mean)
    return nn.Sequential(
        scale,
        FeatureDropout(dropout),
        nn.Linear(size, hidden),
        nn.ReLU(),
        nn.Dropout(dropout),
    )
