"""The two networks: encoder -> features, classifier -> logits, projector -> unit vectors."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from qmix_core.runs.config import RunConfig

PROJECTION_SIZE = 64


class Output(NamedTuple):
    """`features`: [B, F]; `logits`: [B, C]; `projection`: [B, 64], L2-normalised."""

    features: Tensor
    logits: Tensor
    projection: Tensor


class Network(nn.Module):
    """One of the pair (METHOD section 2). `encoder` maps a batch of views to [B, F].

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
        projection = functional.normalize(self.projector(features), dim=1)
        return Output(features, self.classifier(features), projection)


def new_network(config: RunConfig, *, embedding: int, classes: int) -> Network:
    """One of a run's pair, with weights drawn at random and without a pretrained network.

    `embedding`: length of the pretrained network's output.
    """
    encoder = feature_head(embedding, hidden=config.hidden, dropout=config.dropout)
    return Network(encoder, features=config.hidden, classes=classes)


def feature_head(size: int, *, hidden: int, dropout: float) -> nn.Module:
    """A small encoder over cached features: [B, size] -> [B, hidden]."""
    return nn.Sequential(
        nn.BatchNorm1d(size, affine=False),
        nn.Dropout(dropout),
        nn.Linear(size, hidden),
        nn.BatchNorm1d(hidden),
        nn.ReLU(inplace=True),
        nn.Dropout(dropout),
    )


@torch.no_grad()
def initialise(module: nn.Module, *, generator: torch.Generator) -> None:
    """Draw all weights anew from the generator, so that each network starts elsewhere."""
    for layer in module.modules():
        if isinstance(layer, nn.Linear | nn.Conv2d):
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu", generator=generator)
            if layer.bias is not None:
                layer.bias.zero_()
