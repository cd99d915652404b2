"""What a training that is still going on has found so far, from the scores on disk. No torch."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from qmix_core.base.types import FloatArray, Partition, RunResults
from qmix_core.runs.scores import load_history


def first_results(folder: Path, *, samples: int) -> RunResults | None:
    """Verdicts by the last separation alone; None before there is one.

    `folder` is that of the run, `samples` the number of images of its project. The final verdicts
    are steadier: they come from all separations and from predictions on images not learnt.
    """
    history = load_history(folder, samples=samples)
    if history is None:
        return None
    posterior = history.posterior.mean(axis=1)
    is_separated = np.isfinite(posterior).all(axis=(1, 2))
    if not is_separated.any():
        return None
    last = int(np.flatnonzero(is_separated)[-1])
    mean = posterior[last].astype(np.float32)
    parts = Partition.of(mean)
    probabilities = history.probabilities.mean(axis=0)
    suggested = probabilities.argmax(axis=1)

    def spread(values: FloatArray) -> FloatArray:
        whole = np.full((samples, *values.shape[1:]), np.nan, dtype=np.float32)
        whole[history.sample] = values
        return whole

    bucket = np.full(samples, -1, dtype=np.int64)
    bucket[history.sample] = parts.bucket
    label = np.full(samples, -1, dtype=np.int64)
    label[history.sample] = suggested
    return RunResults(
        bucket=bucket,
        suggested=label,
        probability=spread(np.take_along_axis(probabilities, suggested[:, None], axis=1)[:, 0]),
        posterior=spread(mean),
        error_score=np.nan_to_num(spread(1 - mean[:, 0])),
        loss=spread(history.loss[last].mean(axis=0)),
        uncertainty=spread(history.uncertainty[last].mean(axis=0)),
        stability=spread(np.ones(len(mean), dtype=np.float32)),
    )
