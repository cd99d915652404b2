"""How far the networks agree with the given labels beyond chance."""

from __future__ import annotations

import numpy as np

from qmix_core.types import IntArray

#: Below this agreement a separation means little.
WEAK_KAPPA = 0.1


def kappa(predicted: IntArray, given: IntArray) -> float:
    """Cohen's kappa of two labellings, int64 [N]: 0 is chance, 1 is full agreement."""
    count = int(max(predicted.max(), given.max())) + 1
    shares = [np.bincount(values, minlength=count) / len(given) for values in (predicted, given)]
    by_chance = float((shares[0] * shares[1]).sum())
    return (float((predicted == given).mean()) - by_chance) / max(1 - by_chance, 1e-9)
