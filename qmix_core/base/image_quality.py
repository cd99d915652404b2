"""The words for how well an image can be read: quality from 0 to 1, levels, what is wrong with it.

The one list of reasons: the decision log, tables, reports and Python all use these values.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from qmix_core.base.types import POOR_BELOW as POOR_BELOW
from qmix_core.base.types import FloatArray

#: From this quality on an image is good (docs/decisions/0024-image-quality.md says how it and
#: `POOR_BELOW`, which the person may move, were measured).
GOOD_FROM = 0.9
_LARGEST = 12.0


class QualityLevel(StrEnum):
    """How well an image can be read."""

    GOOD = "good"
    USABLE = "usable"
    POOR = "poor"


class QualityReason(StrEnum):
    """Why a reader excludes an image or wants it taken again; the `reason` of such a decision."""

    BLUR = "blur"
    DARK = "dark"
    GLARE = "glare"
    FIELD = "field"
    HAZE = "haze"
    WRONG_KIND = "wrong_kind"
    OTHER = "other"


#: They name a fault of the photograph. That an image is of another kind, or left out for something
#: else, says nothing of how well it can be read.
FAULTS = frozenset(
    {
        QualityReason.BLUR,
        QualityReason.DARK,
        QualityReason.GLARE,
        QualityReason.FIELD,
        QualityReason.HAZE,
    }
)


def quality_of(log_odds: FloatArray) -> FloatArray:
    """1 - P(poor) from the log-odds of being too poor to read: float32 [N] in [0, 1]."""
    quality = 1 / (1 + np.exp(np.clip(log_odds, -_LARGEST, _LARGEST)))
    return quality.astype(np.float32)


def quality_level(quality: float, *, poor_below: float = POOR_BELOW) -> QualityLevel:
    """The word for a quality in [0, 1]."""
    if quality < poor_below:
        return QualityLevel.POOR
    return QualityLevel.GOOD if quality >= max(GOOD_FROM, poor_below) else QualityLevel.USABLE


def quality_reason(text: str) -> QualityReason | None:
    """The reason that a text names, whatever its case, blanks and hyphens; None for other words."""
    plain = text.strip().lower().replace(" ", "_").replace("-", "_")
    return QualityReason(plain) if plain in set(QualityReason) else None
