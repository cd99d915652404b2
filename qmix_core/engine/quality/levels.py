"""Quality from 0 to 1, and the words for it."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from qmix_core.base.types import FloatArray

#: Below this quality an image is poor, unless the person moves the threshold; from the other one
#: on it is good (docs/decisions/0024-image-quality.md says how both were measured).
POOR_BELOW, GOOD_FROM = 0.5, 0.9
_LARGEST = 12.0


class QualityLevel(StrEnum):
    """How well an image can be read."""

    GOOD = "good"
    USABLE = "usable"
    POOR = "poor"


def quality_of(log_odds: FloatArray) -> FloatArray:
    """1 - P(poor) from the log-odds of `poor_images`: float32 [N] in [0, 1]."""
    quality = 1 / (1 + np.exp(np.clip(log_odds, -_LARGEST, _LARGEST)))
    return quality.astype(np.float32)


def quality_level(quality: float, *, poor_below: float = POOR_BELOW) -> QualityLevel:
    """The word for a quality in [0, 1]."""
    if quality < poor_below:
        return QualityLevel.POOR
    return QualityLevel.GOOD if quality >= max(GOOD_FROM, poor_below) else QualityLevel.USABLE
