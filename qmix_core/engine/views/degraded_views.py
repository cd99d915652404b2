"""Copies of images with one everyday fault each, mild to severe, for learning what poor looks like.

The faults are those of photographs of any kind: out of focus, moved, under- and overexposed,
unevenly lit, veiled, faded, noisy, too few pixels. Where the field of view is round, as in a fundus
camera, light also leaks in at its rim, and spots lie on it. They are drawn apart from
`simulation.noise`, which makes benchmark data. Strengths follow Shen et al., "Modeling and
enhancing low-quality retinal fundus images", IEEE TMI 2021, where that work names them.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import torch
from torch import Generator, Tensor
from torch.nn import functional

from qmix_core.base.types import FloatArray, IntArray

#: images [B, 3, H, W], strength [B] in [0, 1], field [B, 1, H, W] -> spoiled images
Fault = Callable[[Tensor, Tensor, Tensor, Generator], Tensor]
_MOST_GRAIN = 0.03
_LIT = 0.04
_COLORLESS = 0.02
#: Steps of the golden ratio spread evenly, however many there are.
_GOLDEN = (math.sqrt(5) - 1) / 2


def fault_of(rows: IntArray) -> tuple[IntArray, FloatArray]:
    """Which fault the copy of each row of a set has, and how strong it is.

    `rows`: int64 [N]. The result: int64 [N], index into `FAULT_NAMES`, and float32 [N] in [0, 1].
    """
    rows = np.asarray(rows, dtype=np.int64)
    turn, place = np.divmod(rows, len(FAULT_NAMES))
    # each round of the faults goes through them in another order
    kinds = (place + turn * (turn + 1) // 2) % len(FAULT_NAMES)
    return kinds, ((rows + 1) * _GOLDEN % 1).astype(np.float32)


def poor_view(images: Tensor, rows: IntArray, *, generator: Generator) -> Tensor:
    """Give each image the fault that `fault_of` names for its row; half of them get grain as well.

    `images`: float32 [B, 3, H, W] in [0, 1]; the result has the same form.
    """
    kinds, strengths = fault_of(rows)
    field = field_of_view(images)
    spoiled = images.clone()
    for kind in np.unique(kinds):
        numbers = np.flatnonzero(kinds == kind)
        chosen = torch.from_numpy(numbers).to(images.device)
        strength = torch.from_numpy(strengths[numbers])
        spoiled[chosen] = _FAULTS[kind](images[chosen], strength, field[chosen], generator)
    has_grain = torch.rand(len(images), generator=generator) < 0.5
    levels = has_grain * _uniform(len(images), 0, _MOST_GRAIN, generator)
    spoiled = (spoiled + _noise(images, levels, generator)).clamp_(0, 1)
    # what has no colours gets none
    is_grey = (images.amax(dim=1) - images.amin(dim=1)).amax(dim=(1, 2)) < _COLORLESS
    grey = spoiled.mean(dim=1, keepdim=True).expand_as(spoiled)
    return torch.where(is_grey.view(-1, 1, 1, 1), grey, spoiled)


def field_of_view(images: Tensor) -> Tensor:
    """1 where an image shows something, 0 on the black around it: float32 [B, 1, H, W]."""
    # smoothed, so that dark vessels and lesions are inside
    side = max(3, images.shape[2] // 64 * 2 + 1)
    light = functional.avg_pool2d(
        images.mean(dim=1, keepdim=True), side, 1, side // 2, count_include_pad=False
    )
    return (light > _LIT).to(images.dtype)


def _uniform(count: int, low: float, high: float, generator: Generator) -> Tensor:
    return torch.rand(count, generator=generator) * (high - low) + low


def _between(strength: Tensor, mild: float, severe: float) -> Tensor:
    """[B] -> [B], on a scale of ratios, so that mild ones are as many as severe ones."""
    return mild * (severe / mild) ** strength


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


def _distance(images: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Distance of each pixel from (x, y), [B] each, in widths from the centre: [B, 1, H, W]."""
    height, width = images.shape[-2:]
    across = torch.linspace(-0.5, 0.5, width).view(1, 1, 1, width)
    down = torch.linspace(-0.5, 0.5, height).view(1, 1, height, 1)
    distance = torch.hypot(across - x.view(-1, 1, 1, 1), down - y.view(-1, 1, 1, 1))
    return distance.to(images.device, images.dtype)


def blurred(images: Tensor, sigmas: Tensor) -> Tensor:
    """Gaussian blur of [B, C, H, W], each image with its own sigma in pixels, [B]."""
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


def _soft(images: Tensor, low: float, high: float, generator: Generator) -> Tensor:
    return blurred(images, _uniform(len(images), low, high, generator) * images.shape[2])


def _out_of_focus(images: Tensor, strength: Tensor, field: Tensor, generator: Generator) -> Tensor:
    return _blurred_within(images, _between(strength, 0.006, 0.06) * images.shape[2], field)


def _blurred_within(images: Tensor, sigmas: Tensor, field: Tensor) -> Tensor:
    """Blurred, but the rim of the field of view stays sharp: it is in the camera."""
    light = blurred(images * field, sigmas) / blurred(field, sigmas).clamp_min(1e-3)
    return light * field + images * (1 - field)


def _moved(images: Tensor, strength: Tensor, field: Tensor, generator: Generator) -> Tensor:
    """Shaken: the mean along a short path in one direction."""
    reach = _between(strength, 0.015, 0.1)
    angle = _uniform(len(images), 0, math.pi, generator)
    soft = blurred(images, _between(strength, 0.003, 0.012) * images.shape[2])
    theta = torch.zeros(len(images), 2, 3)
    theta[:, 0, 0] = theta[:, 1, 1] = 1
    total = torch.zeros_like(images)
    steps = torch.linspace(-1, 1, 9)
    for step in steps:
        theta[:, 0, 2] = step * reach * torch.cos(angle)
        theta[:, 1, 2] = step * reach * torch.sin(angle)
        grid = functional.affine_grid(
            theta.to(images.device), list(images.shape), align_corners=False
        )
        total += functional.grid_sample(soft, grid, padding_mode="border", align_corners=False)
    return total / len(steps)


def _few_pixels(images: Tensor, strength: Tensor, field: Tensor, generator: Generator) -> Tensor:
    sides = _between(strength, 0.35, 0.07) * images.shape[2]
    is_blocky = torch.rand(len(images), generator=generator) < 0.5
    spoiled = []
    for image, side, blocky in zip(images.unsqueeze(1), sides.tolist(), is_blocky, strict=True):
        few = max(4, round(side))
        small = functional.interpolate(image, size=(few, few), mode="area")
        mode = "nearest" if blocky else "bilinear"
        spoiled.append(functional.interpolate(small, size=image.shape[-2:], mode=mode))
    return torch.cat(spoiled)


def _dark(images: Tensor, strength: Tensor, field: Tensor, generator: Generator) -> Tensor:
    gain = _column(_between(strength, 0.5, 0.06), images)
    return images * gain * (0.6 + 0.8 * _cloud(images, 3, generator))


def _too_bright(images: Tensor, strength: Tensor, field: Tensor, generator: Generator) -> Tensor:
    power = _column(_between(strength, 1.8, 8), images) * (0.7 + 0.6 * _cloud(images, 3, generator))
    return 1 - (1 - images).clamp_min(1e-6) ** power


def _uneven_light(images: Tensor, strength: Tensor, field: Tensor, generator: Generator) -> Tensor:
    """One area is lit, the rest is not, or the reverse."""
    count = len(images)
    x, y = _uniform(count, -0.3, 0.3, generator), _uniform(count, -0.3, 0.3, generator)
    radius = _column(_uniform(count, 0.15, 0.45, generator), images)
    inside = torch.sigmoid((radius - _distance(images, x, y)) / 0.08)
    is_hole = _column((torch.rand(count, generator=generator) < 0.4).float(), images)
    lit = is_hole * (1 - inside) + (1 - is_hole) * inside
    dimmed = _column(_between(strength, 0.5, 0.05), images)
    return images * (dimmed + (1.15 - dimmed) * lit)


def _light_leak(images: Tensor, strength: Tensor, field: Tensor, generator: Generator) -> Tensor:
    """Stray light from the rim; where the field of view is not round, from the edge."""
    count = len(images)
    angle = _uniform(count, 0, 2 * math.pi, generator)
    away = _uniform(count, 0.3, 0.5, generator)
    distance = _distance(images, away * torch.cos(angle), away * torch.sin(angle))
    radius = _column(_between(strength, 0.12, 0.5), images)
    width = _column(_uniform(count, 0.03, 0.1, generator), images)
    glow = torch.sigmoid((radius - distance) / width)
    tint = _LEAK_TINTS[torch.randint(len(_LEAK_TINTS), (count,), generator=generator)]
    tint = tint.view(-1, 3, 1, 1).to(images.device, images.dtype)
    opacity = _column(_uniform(count, 0.5, 0.95, generator), images)
    veil = glow * opacity * field
    return images * (1 - veil) + tint * veil


def _haze(images: Tensor, strength: Tensor, field: Tensor, generator: Generator) -> Tensor:
    """Light of the air, or of clouded media, lies over a softened image."""
    opacity = _column(_between(strength, 0.25, 0.9), images)
    soft = _blurred_within(images, _between(strength, 0.004, 0.025) * images.shape[2], field)
    own = (images * field).sum(dim=(2, 3), keepdim=True) / field.sum(
        dim=(2, 3), keepdim=True
    ).clamp_min(1)
    other = torch.rand(len(images), 3, 1, 1, generator=generator) * 0.6 + 0.3
    share = _column(_uniform(len(images), 0.2, 1, generator), images)
    light = share * other.to(images.device, images.dtype) + (1 - share) * (own * 1.4).clamp_max(1)
    veil = light * (0.7 + 0.6 * _cloud(images, 4, generator))
    veiled = opacity * field
    return (1 - veiled) * soft + veiled * veil


def _spots(images: Tensor, strength: Tensor, field: Tensor, generator: Generator) -> Tensor:
    """Dust and drops: soft discs, dark or bright."""
    spoiled = _soft(images, 0.002, 0.008, generator)
    most = 3 + 22 * _column(strength, images)
    for number in range(25):
        count = len(images)
        x, y = _uniform(count, -0.45, 0.45, generator), _uniform(count, -0.45, 0.45, generator)
        radius = _column(_uniform(count, 0.02, 0.09, generator), images)
        disc = torch.sigmoid((radius - _distance(images, x, y)) / 0.015)
        shade = _column((torch.rand(count, generator=generator) < 0.5).float() * 0.85, images)
        opacity = disc * field * _column(_uniform(count, 0.4, 0.9, generator), images)
        opacity = opacity * (number < most)
        spoiled = spoiled * (1 - opacity) + shade * opacity
    return spoiled


def _faded(images: Tensor, strength: Tensor, field: Tensor, generator: Generator) -> Tensor:
    """Detail and contrast are lost, colours stay."""
    opacity = _column(_between(strength, 0.35, 0.95), images)
    soft = blurred(images, _between(strength, 0.003, 0.02) * images.shape[2])
    return (1 - opacity) * soft + opacity * _soft(images, 0.06, 0.15, generator)


def _noisy(images: Tensor, strength: Tensor, field: Tensor, generator: Generator) -> Tensor:
    return images + _noise(images, _between(strength, 0.06, 0.35), generator)


#: Tints of leaking light, from Shen et al.
_LEAK_TINTS = (
    torch.tensor([[251.0, 249.0, 246.0], [141.0, 238.0, 238.0], [177.0, 195.0, 147.0]]) / 255
)
_FAULTS: tuple[Fault, ...] = (
    _out_of_focus,
    _uneven_light,
    _dark,
    _light_leak,
    _haze,
    _faded,
    _spots,
    _too_bright,
    _moved,
    _noisy,
    _few_pixels,
)
#: What each fault is called, in the order of `fault_of`.
FAULT_NAMES = (
    "out of focus", "uneven light", "dark", "light leak", "haze", "faded", "spots", "too bright",
    "moved", "noise", "too few pixels",
)  # fmt: skip
