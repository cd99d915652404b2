"""Weak and strong views of a batch, drawn for each image on its own, on the batch's device.

All geometry of a view is one affine map and all its colour one 3 x 4 matrix, so a view costs one
resampling and one product; every random number comes from the generator that is passed in.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Generator, Tensor
from torch.nn import functional

_GREY = (0.299, 0.587, 0.114)


@dataclass(frozen=True, slots=True)
class ViewSet:
    """Ranges of a view set (METHOD section 2). `rotation` in degrees, `jitter` a share of one.

    `mirror` must be off where the label depends on laterality (left or right eye). With
    `quarter_turns` an image is turned by multiples of 90 degrees, which moves pixels unblended.
    """

    rotation: float = 180.0
    quarter_turns: bool = False
    mirror: bool = True
    jitter: float = 0.4
    scale: tuple[float, float] = (0.8, 1.2)
    aspect: tuple[float, float] = (0.8, 1.2)
    grey_probability: float = 0.2


VIEW_SETS = {
    "rotate_flip": ViewSet(),
    "no_mirror": ViewSet(rotation=20.0, mirror=False),
    # for a small network from scratch, which learns too slowly from the full range
    "gentle": ViewSet(
        quarter_turns=True, jitter=0.1, scale=(1, 1), aspect=(1, 1), grey_probability=0.0
    ),
}


def weak_view(images: Tensor, *, views: ViewSet, generator: Generator) -> Tensor:
    """Flip and rotate. `images`: float32 [B, 3, H, W] in [0, 1]; the result has the same form."""
    return _warp(images, _rotation(len(images), views, generator))


def strong_view(images: Tensor, *, views: ViewSet, generator: Generator) -> Tensor:
    """Flip, rotate, crop, jitter the colour and sometimes drop it. Same form as `weak_view`."""
    count = len(images)
    matrix = _rotation(count, views, generator)
    area = _uniform(count, *views.scale, generator)
    aspect = _uniform(count, *views.aspect, generator).sqrt()
    matrix = matrix * torch.stack([aspect, 1 / aspect], 1).unsqueeze(1) * area.sqrt().view(-1, 1, 1)
    return _recolor(_warp(images, matrix), views, generator)


def _uniform(count: int, low: float, high: float, generator: Generator) -> Tensor:
    return torch.rand(count, generator=generator) * (high - low) + low


def _signs(count: int, generator: Generator) -> Tensor:
    return torch.randint(2, (count,), generator=generator) * 2.0 - 1.0


def _rotation(count: int, views: ViewSet, generator: Generator) -> Tensor:
    """Random rotations with mirroring along both axes: [B, 2, 2]."""
    if views.quarter_turns:
        angle = torch.randint(4, (count,), generator=generator) * (math.pi / 2)
    else:
        angle = _uniform(count, -views.rotation, views.rotation, generator) * (math.pi / 180)
    cos, sin = angle.cos(), angle.sin()
    matrix = torch.stack([torch.stack([cos, -sin], 1), torch.stack([sin, cos], 1)], 1)
    if views.mirror:
        flips = torch.stack([_signs(count, generator), _signs(count, generator)], 1)
        matrix = matrix * flips.unsqueeze(1)
    return matrix


def _warp(images: Tensor, matrix: Tensor) -> Tensor:
    theta = functional.pad(matrix, (0, 1)).to(images.device, images.dtype)
    grid = functional.affine_grid(theta, list(images.shape), align_corners=False)
    return functional.grid_sample(images, grid, mode="bilinear", align_corners=False)


def _recolor(images: Tensor, views: ViewSet, generator: Generator) -> Tensor:
    """Brightness, saturation and contrast, in this order, as one linear map of each pixel."""
    count = len(images)
    low, high = 1 - views.jitter, 1 + views.jitter
    brightness, saturation, contrast = (
        _uniform(count, low, high, generator).view(-1, 1, 1) for _ in range(3)
    )
    is_grey = torch.rand(count, generator=generator) < views.grey_probability
    saturation = torch.where(is_grey.view(-1, 1, 1), 0.0, saturation)
    grey = torch.tensor(_GREY).expand(3, 3)
    matrix = brightness * (saturation * torch.eye(3) + (1 - saturation) * grey) * contrast
    matrix = matrix.to(images.device, images.dtype)
    mean = images.mean(dim=(2, 3))
    # contrast turns about the mean grey of the image after the other two
    centre = (mean @ torch.tensor(_GREY, device=images.device)).view(-1, 1, 1)
    brightness, contrast = brightness.to(images.device), contrast.to(images.device)
    offset = (1 - contrast) * brightness * centre
    colored = torch.einsum("bij,bjhw->bihw", matrix, images) + offset.unsqueeze(-1)
    return colored.clamp_(0, 1)
