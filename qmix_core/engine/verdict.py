"""From all separations of a run to one verdict an image."""

from __future__ import annotations

import numpy as np

from qmix_core.engine.separation import CLEAN, to_partition
from qmix_core.types import FloatArray, RunResults

_LOSS_CAP_PERCENTILE = 99.0


def judge(
    *,
    posteriors: FloatArray,
    losses: FloatArray,
    uncertainties: FloatArray,
    probabilities: FloatArray,
) -> RunResults:
    """Average over separations and networks; METHOD section 4, "Outputs per image".

    `posteriors`: float32 [E, 2, N, 3]; `losses`, `uncertainties`: float32 [E, 2, N] of the same
    epochs; `probabilities`: float32 [2, N, C] of the plain view at the end.
    """
    partition = to_partition(posteriors.mean(axis=(0, 1)))
    loss = losses.mean(axis=(0, 1))
    capped = np.minimum(loss, np.percentile(loss, _LOSS_CAP_PERCENTILE))
    spread = float(np.ptp(capped))
    scaled = (capped - capped.min()) / spread if spread > 0 else np.zeros_like(capped)
    mean = probabilities.mean(axis=0)
    agreeing = posteriors.argmax(axis=3) == partition.bucket
    return RunResults(
        bucket=partition.bucket,
        suggested=mean.argmax(axis=1).astype(np.int64),
        probability=mean.max(axis=1),
        posterior=partition.posterior,
        error_score=((1 - partition.posterior[:, CLEAN] + scaled) / 2).astype(np.float32),
        loss=loss.astype(np.float32),
        uncertainty=uncertainties.mean(axis=(0, 1)).astype(np.float32),
        stability=agreeing.mean(axis=(0, 1)).astype(np.float32),
    )
