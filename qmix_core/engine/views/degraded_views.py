"""Copies of images so poor that no label can be read off them, for learning what poor looks like.

Everyday faults of photographs of any kind: out of focus, too few pixels, under- and overexposed,
veiled, faded, noisy. They are drawn apart from `data.noise`, which makes benchmark data, and are
shared by all modalities.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import torch
from torch import Generator, Tensor
from torch.nn import functional

Fault = Callable[[Tensor, Generator], Tensor]
_MOST_GRAIN = 0.03


def poor_view(images: Tensor, *, generator: Generator) -> Tensor:
    """Give each image one severe fault, drawn on its own; half of them get sensor grain as well.

    `images`: float32 [B, 3, H, W] in [0, 1]; the result has the same form.
    """
    kinds = torch.randint(len(_FAULTS), (len(images),), generator=generator)
    spoiled = images.clone()
    for kind, fault in enumerate(_FAULTS):
        chosen = (kinds == kind).nonzero()[:, 0].to(images.device)
        if len(chosen):
            spoiled[chosen] = fault(images[chosen], generator)
    has_grain = torch.rand(len(images), generator=generator) < 0.5
    levels = has_grain * _uniform(len(images), 0, _MOST_GRAIN, generator)
    return (spoiled + _noise(images, levels, generator)).clamp_(0, 1)


def _uniform(count: int, low: float, high: float, generator: Generator) -> Tensor:
    return torch.rand(count, generator=generator) * (high - low) + low


def _column(values: Tensor, images: Tensor) -> Tensor:
    """[B] -> [B, 1, 1, 1] on the device of the images."""
    return values.view(-1, 1, 1, 1).to(images.device, images.dtype)


def _noise(images: Tensor, levels: Tensor, generator: Generator) -> Tensor:
    drawn = torch.randn(images.shape, generator=generator)
    return drawn.to(images.device, images.dtype) * _column(levels, images)


def _cloud(images: Tensor, cells: int, generator: Generator) -> Tensor:
    """Smooth random field in [0, 1], [B, 1, H, W]."""
    grid = torch.rand(len(images), 1, cells, cells, generator=generator)
    field = functional.interpolate(
        grid, size=images.shape[-2:], mode="bicubic", align_corners=False
    )
    return field.clamp_(0, 1).to(images.device, images.dtype)


def _blurred(images: Tensor, sigmas: Tensor) -> Tensor:
    """Gaussian blur, each image with its own sigma in pixels."""
    count, channels, height, width = images.shape
    reach = math.ceil(3 * float(sigmas.max()))
    steps = torch.arange(-reach, reach + 1).float()
    kernels = torch.exp(-(steps**2) / (2 * sigmas.clamp_min(1e-3).unsqueeze(1) ** 2))
    kernels = (kernels / kernels.sum(dim=1, keepdim=True)).repeat_interleave(channels, dim=0)
    kernels = kernels.to(images.device, images.dtype).unsqueeze(1)
    flat = images.reshape(1, count * channels, height, width)
    flat = functional.pad(flat, (reach, reach, 0, 0), mode="replicate")
    flat = functional.conv2d(flat, kernels.unsqueeze(2), groups=count * channels)
    flat = functional.pad(flat, (0, 0, reach, reach), mode="replicate")
    flat = functional.conv2d(flat, kernels.unsqueeze(3), groups=count * channels)
    return flat.view(count, channels, height, width)


def _out_of_focus(images: Tensor, generator: Generator) -> Tensor:
    return _blurred(images, _uniform(len(images), 0.02, 0.06, generator) * images.shape[2])


def _few_pixels(images: Tensor, generator: Generator) -> Tensor:
    sides = torch.randint(8, 25, (len(images),), generator=generator)
    is_blocky = torch.rand(len(images), generator=generator) < 0.5
    spoiled = []
    for image, side, blocky in zip(images.unsqueeze(1), sides.tolist(), is_blocky, strict=True):
        small = functional.interpolate(image, size=(side, side), mode="area")
        mode = "nearest" if blocky else "bilinear"
        spoiled.append(functional.interpolate(small, size=image.shape[-2:], mode=mode))
    return torch.cat(spoiled)


def _underexposed(images: Tensor, generator: Generator) -> Tensor:
    gain = _column(_uniform(len(images), 0.05, 0.25, generator), images)
    return images * gain * (0.5 + _cloud(images, 3, generator))


def _overexposed(images: Tensor, generator: Generator) -> Tensor:
    return 1 - (1 - images) ** _column(_uniform(len(images), 3, 8, generator), images)


def _veiled(images: Tensor, generator: Generator) -> Tensor:
    opacity = _column(_uniform(len(images), 0.6, 0.92, generator), images)
    color = torch.rand(len(images), 3, 1, 1, generator=generator) * 0.6 + 0.3
    soft = _blurred(images, _uniform(len(images), 0.005, 0.03, generator) * images.shape[2])
    # a veil lies on what is lit, not on the black around a round field of view
    is_lit = (soft.mean(dim=1, keepdim=True) > 0.03).to(images.dtype)
    veil = color.to(images.device, images.dtype) * (0.7 + 0.6 * _cloud(images, 4, generator))
    return (1 - opacity) * soft + opacity * veil * is_lit


def _faded(images: Tensor, generator: Generator) -> Tensor:
    """Detail is lost, colours stay: a clouded lens, or media of the eye."""
    opacity = _column(_uniform(len(images), 0.6, 0.95, generator), images)
    haze = _blurred(images, _uniform(len(images), 0.06, 0.15, generator) * images.shape[2])
    soft = _blurred(images, _uniform(len(images), 0.003, 0.02, generator) * images.shape[2])
    return (1 - opacity) * soft + opacity * haze


def _noisy(images: Tensor, generator: Generator) -> Tensor:
    return images + _noise(images, _uniform(len(images), 0.1, 0.35, generator), generator)


_FAULTS: tuple[Fault, ...] = (
    _out_of_focus,
    _few_pixels,
    _underexposed,
    _overexposed,
    _veiled,
    _faded,
    _noisy,
)
