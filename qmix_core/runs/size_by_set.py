"""How many pixels a set is seen with: strips lose most of theirs in a square.

Measured in docs/decisions/0026-the-set-chooses.md.
"""

from __future__ import annotations

import math
from dataclasses import replace

from qmix_core.runs.config import PRESETS, RunConfig
from qmix_core.runs.encoder_names import DEFAULT_ENCODER

#: What any set may cost: so many images with the preset's size and views.
_AFFORDED_IMAGES = 1100
#: More pixels than these gain nothing with the encoder that comes with QMix.
LARGEST, _STEP = 224, 32
#: A strip is so many times as long as it is wide.
_STRIP = 2
#: With more pixels one weak and one strong view are enough.
_VIEWS_OF_A_KIND = 1


def fitted_to_set(config: RunConfig, *, images: int, sides: tuple[int, int]) -> RunConfig:
    """The settings with the image size for so many images, whose sides are about `sides`.

    A small set of strips gets more pixels, but is never enlarged. Only `quick` with the encoder
    that comes with QMix is measured, so all others stay as they are.
    """
    shorter, longer = sorted(sides)
    if longer < _STRIP * shorter:
        return config
    usual = PRESETS["quick"]
    if config.preset != usual.preset or config.encoder != DEFAULT_ENCODER or images < 1:
        return config
    # besides these two kinds of views there are a plain and a poor one
    views = (1 + usual.cached_views) / (1 + _VIEWS_OF_A_KIND)
    afforded = usual.image_size * math.sqrt(views * _AFFORDED_IMAGES / images)
    size = int(min(afforded, longer, LARGEST)) // _STEP * _STEP
    if size <= usual.image_size:
        return config
    return replace(config, image_size=size, cached_views=_VIEWS_OF_A_KIND)
