"""Features of a frozen encoder, made so small that a run can leave them for readers to teach."""

from __future__ import annotations

import numpy as np
from sklearn.utils.extmath import randomized_svd

from qmix_core.base.types import FloatArray
from qmix_core.engine.quality.poor_images import spread_of

#: With fewer axes readers teach as well, on fundus4 even a little better; with all 1,280 features
#: as well, too.
_AXES = 128
_MOST_FOR_AXES = 20_000
_CHUNK = 4096


def compact_features(features: FloatArray, parts: tuple[int, ...] = ()) -> FloatArray:
    """The 128 axes on which images differ most: [N, D] -> float32 [N, K], as long as 1 on average.

    Every feature counts by its own spread, so that none decides by its size, and each of `parts`
    as one (see `encoders.levels`).
    """
    some = features[:: max(1, len(features) // _MOST_FOR_AXES)]
    mean, scale = spread_of(some, parts)
    standard = (some - mean) / scale
    axes = randomized_svd(standard, min(_AXES, *standard.shape), random_state=0)[2].T
    kept = np.concatenate(
        [
            ((features[start : start + _CHUNK] - mean) / scale) @ axes
            for start in range(0, len(features), _CHUNK)
        ]
    )
    length = float(np.sqrt((kept**2).sum(axis=1).mean()))
    return (kept / max(length, 1e-12)).astype(np.float32)
