"""How far to read on: what the next images of a queue are expected to hold."""

from __future__ import annotations

import numpy as np

from qmix_core.base.types import FloatArray, IntArray

NEXT = 20


def wrong_ahead(p_wrong: FloatArray, queue: IntArray, *, count: int = NEXT) -> float:
    """About how many labels are wrong among the next `count` images of a queue.

    `p_wrong`: [N], calibrated, NaN where the run did not see the image; `queue`: int64 [M],
    positions of the images that are still to be read, in order. The sum of their P(wrong): what
    remains of a long queue is worth reading while this is worth the time.
    """
    return float(np.nansum(p_wrong[queue[:count]], dtype=np.float64))
