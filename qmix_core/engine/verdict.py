"""From the evidence and all separations of a run to one verdict an image."""

from __future__ import annotations

import numpy as np

from qmix_core.types import CLEAN, FloatArray, Partition, RunResults

_LOSS_CAP_PERCENTILE = 99.0
#: Share of the loss in the error score: enough to order images of which the posterior is sure.
_LOSS_SHARE = 0.02


def judge(
    posterior: FloatArray,
    *,
    posteriors: FloatArray,
    losses: FloatArray,
    uncertainties: FloatArray,
    probabilities: FloatArray,
    true_class: FloatArray | None,
) -> RunResults:
    """The verdict on N images; METHOD section 4, "Outputs per image".

    `posterior`: float32 [N, 3], calibrated, decides the bucket (docs/decisions/0006). The rest is
    averaged over separations and networks. `posteriors`: float32 [E, 2, N, 3]; `losses`,
    `uncertainties`: float32 [E, 2, N] of the same epochs; `probabilities`: float32 [2, N, C] of
    the plain view at the end; `true_class`: float32 [N, C], what heads say that never saw the
    image's label, None where there are none.
    """
    partition = Partition.of(posterior)
    loss = losses.mean(axis=(0, 1))
    capped = np.minimum(loss, np.percentile(loss, _LOSS_CAP_PERCENTILE))
    spread = float(np.ptp(capped))
    scaled = (capped - capped.min()) / spread if spread > 0 else np.zeros_like(capped)
    p_wrong = 1 - partition.posterior[:, CLEAN]
    seen = probabilities.mean(axis=0)
    if true_class is not None:
        seen = (seen + true_class) / 2
    agreeing = Partition.of(posteriors).bucket == partition.bucket
    return RunResults(
        bucket=partition.bucket,
        suggested=seen.argmax(axis=1).astype(np.int64),
        probability=seen.max(axis=1),
        posterior=partition.posterior,
        error_score=((1 - _LOSS_SHARE) * p_wrong + _LOSS_SHARE * scaled).astype(np.float32),
        loss=loss.astype(np.float32),
        uncertainty=uncertainties.mean(axis=(0, 1)).astype(np.float32),
        stability=agreeing.mean(axis=(0, 1)).astype(np.float32),
    )
