"""How much a wrong grade would matter to a patient: the size of the shift, and a threshold.

Only grades of a scale have an impact. `ranks` are the places of the classes on it
(`ProjectStore.ranks`), `referable_from` is one of these places. Codes beyond the classes, of
deleted ones and of no label, have no place.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qmix_core.base.types import CLEAN, BoolArray, FloatArray, IntArray, RunResults

#: In five-grade scales of retinopathy, patients are referred from this grade on.
REFERABLE_FROM = 2
_NO_PLACE = -1


def expected_shift(given: IntArray, results: RunResults, ranks: Sequence[int]) -> FloatArray:
    """Expected error of each given grade, in grades; float32 [N], 0 where one has no place.

    `given`: int64 [N], class codes. The shift to the suggested grade counts with its probability
    and that of the given label being wrong.
    """
    own, suggested = _places(given, ranks), _places(results.suggested, ranks)
    expected = np.abs(suggested - own) * results.probability * (1 - results.posterior[:, CLEAN])
    has_none = (results.bucket < 0) | (own == _NO_PLACE) | (suggested == _NO_PLACE)
    return np.where(has_none, 0, expected).astype(np.float32)


def crosses(
    given: IntArray, results: RunResults, ranks: Sequence[int], *, referable_from: int
) -> BoolArray:
    """Whether an image that is not Clean has its suggestion on the other side of a grade [N]."""
    own, suggested = _places(given, ranks), _places(results.suggested, ranks)
    is_crossing = np.not_equal(own >= referable_from, suggested >= referable_from)
    is_suspicious = (results.bucket > CLEAN) & (own != _NO_PLACE) & (suggested != _NO_PLACE)
    crossing: BoolArray = is_crossing & is_suspicious
    return crossing


def impact_order(
    given: IntArray, results: RunResults, ranks: Sequence[int], *, referable_from: int
) -> IntArray:
    """Positions [N]: crossings first, among each the largest expected shift first."""
    crossing = crosses(given, results, ranks, referable_from=referable_from)
    return np.lexsort((-expected_shift(given, results, ranks), ~crossing)).astype(np.int64)


def _places(codes: IntArray, ranks: Sequence[int]) -> IntArray:
    known = (codes >= 0) & (codes < len(ranks))
    places = np.full(len(codes), _NO_PLACE, dtype=np.int64)
    places[known] = np.array(ranks, dtype=np.int64)[codes[known]]
    return places
