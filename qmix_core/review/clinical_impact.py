"""How much a wrong grade would matter to a patient: the size of the shift, and a threshold."""

from __future__ import annotations

import numpy as np

from qmix_core.base.types import CLEAN, BoolArray, FloatArray, IntArray, RunResults

#: In five-grade scales of retinopathy, patients are referred from this grade on.
REFERABLE_FROM = 2


def expected_shift(given: IntArray, results: RunResults) -> FloatArray:
    """Expected error of each given grade, in grades; float32 [N], 0 without a suggestion.

    `given`: int64 [N], class indices in the order of the grades. The shift to the suggested grade
    counts with its probability and that of the given label being wrong.
    """
    shift = np.abs(results.suggested - given) * results.probability
    expected = shift * (1 - results.posterior[:, CLEAN])
    has_none = (results.bucket < 0) | (results.suggested < 0)
    return np.where(has_none, 0, expected).astype(np.float32)


def crosses(given: IntArray, results: RunResults, *, referable_from: int) -> BoolArray:
    """Whether an image that is not Clean has its suggestion on the other side of a grade [N]."""
    is_crossing = np.not_equal(given >= referable_from, results.suggested >= referable_from)
    is_suspicious = (results.bucket > CLEAN) & (results.suggested >= 0)
    return np.logical_and(is_crossing, is_suspicious, dtype=np.bool_)


def impact_order(given: IntArray, results: RunResults, *, referable_from: int) -> IntArray:
    """Positions [N]: crossings first, among each the largest expected shift first."""
    crossing = crosses(given, results, referable_from=referable_from)
    return np.lexsort((-expected_shift(given, results), ~crossing)).astype(np.int64)
