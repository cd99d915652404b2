"""Features of several depths of a convolutional network, side by side.

The last layer knows the objects of its pretraining; the texture of a retina, a cell or an OCT layer
is told apart better by earlier ones. Of each depth the mean and the deviation over all places are
kept, which costs nothing beside the pass itself. Each part counts as one, however many features
it has (docs/decisions/0025-features-of-several-depths.md).
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from itertools import accumulate, pairwise

import numpy as np
import torch
from timm.layers.norm_act import BatchNormAct2d
from timm.models.efficientnet import EfficientNet
from torch import Tensor, nn
from torch.nn.utils import fuse_conv_bn_eval

from qmix_core.base.types import FloatArray

#: Stages whose maps are read besides the last one: with an eighth to a thirty-second of the pixels.
_STAGES = (2, 3, 4, 5)
_SMALL = 1e-6


class LevelEncoder(nn.Module):
    """Images [B, 3, S, S] -> [B, D]: the pooled last map, then mean and deviation of earlier ones.

    `parts`: how many features each of these has, in order.
    """

    def __init__(self, network: EfficientNet) -> None:
        super().__init__()
        self.network = network
        with torch.inference_mode():
            last, *earlier = (each.shape[1] for each in self.maps(torch.zeros(1, 3, 32, 32)))
        self.parts: tuple[int, ...] = (last, *np.repeat(earlier, 2).tolist())

    def maps(self, images: Tensor) -> list[Tensor]:
        """The maps that are read, [B, K, h, w] each, the last one first."""
        seen: Tensor = self.network.bn1(self.network.conv_stem(images))
        earlier = []
        for stage, block in enumerate(self.network.blocks):
            seen = block(seen)
            if stage in _STAGES:
                earlier.append(seen)
        return [self.network.bn2(self.network.conv_head(seen)), *earlier]

    def pooled(self, maps: Sequence[Tensor]) -> Tensor:
        """Maps -> [B, D]."""
        last, *earlier = (each.flatten(2) for each in maps)
        parts = [last.mean(dim=2)]
        for places in earlier:
            # the gradient of a root ends at 0
            deviation = (places.var(dim=2, correction=0) + _SMALL).sqrt()
            parts += [places.mean(dim=2), deviation]
        return torch.cat(parts, dim=1)

    def forward(self, images: Tensor) -> Tensor:
        return self.pooled(self.maps(images))


def folded(encoder: nn.Module) -> nn.Module:
    """An encoder in evaluation mode that gives the same features with less work: in a copy of a
    `LevelEncoder` each normalisation is part of the convolution before it. Any other stays itself,
    since the order of its layers is not known.
    """
    if not isinstance(encoder, LevelEncoder):
        return encoder
    encoder = copy.deepcopy(encoder)
    for module in encoder.network.modules():
        for (name, layer), (following, norm) in pairwise(list(module.named_children())):
            if isinstance(layer, nn.Conv2d) and isinstance(norm, BatchNormAct2d):
                setattr(module, name, fuse_conv_bn_eval(layer, norm))
                setattr(module, following, norm.act)
    return encoder


def parts_of(encoder: nn.Module) -> tuple[int, ...]:
    """The parts of an encoder's features; empty where they are all of one kind."""
    return encoder.parts if isinstance(encoder, LevelEncoder) else ()


def even_scale(deviation: FloatArray, parts: Sequence[int], *, least: float) -> FloatArray:
    """What to divide D features by, so that each part counts as one: float32 [D].

    `deviation`: [D], of each feature; one that is smaller than `least` of the mean of its part
    counts as that, since it must not explode on another image. `parts`: as of `parts_of`.
    """
    parts = tuple(parts) or (len(deviation),)
    scale = np.empty(len(deviation), dtype=np.float32)
    for start, end in pairwise((0, *accumulate(parts))):
        own = deviation[start:end]
        even = np.sqrt(len(parts) * len(own) / len(deviation))
        scale[start:end] = np.maximum(own, least * float(own.mean()) + _SMALL) * even
    return scale
