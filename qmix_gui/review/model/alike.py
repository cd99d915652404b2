"""How alike images are, by the features that a run has left."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from qmix_core.base.types import BoolArray, FloatArray, IntArray
from qmix_gui.review.model.session import ReviewSession

#: Beyond, a list is no help: the most alike are kept.
MOST_LISTED = 400
#: The slider goes over these cosines. Features are centred, so 0 is any two images of the set.
LOOSEST, STRICTEST = 0.2, 0.99
#: A list starts with about so many images.
_FIRST = 12

_ = QT_TRANSLATE_NOOP
_WORDS = (
    (0.95, _("alike", "Almost the same")),
    (0.8, _("alike", "Very much alike")),
    (0.6, _("alike", "Alike")),
    (0.4, _("alike", "Somewhat alike")),
    (-1.0, _("alike", "Loosely alike")),
)


def words_of(cosine: float) -> str:
    """A cosine in words."""
    text = next(text for least, text in _WORDS if cosine >= least)
    return QCoreApplication.translate("alike", str(text))


class Alike:
    """The images most like any of some, most alike first; those some are no part of it.

    `samples`: int64 [K]; `cosines`: float32 [K], falling. Left out are images of which the run has
    no features, and blind checks, which nobody decides along with others.
    """

    def __init__(self, session: ReviewSession, to: list[int]) -> None:
        self.samples: IntArray = np.zeros(0, dtype=np.int64)
        self.cosines: FloatArray = np.zeros(0, dtype=np.float32)
        features = session.verdicts.features
        if features is None:
            return
        sample, vectors = features
        is_known = _known(session, sample)
        origins = vectors[np.isin(sample, to) & is_known]
        if not len(origins):
            return
        cosines = np.max([vectors @ origin for origin in origins], axis=0)
        is_other = is_known & ~np.isin(sample, [*to, *session.verdicts.hidden()])
        rows = np.flatnonzero(is_other)
        rows = rows[np.argsort(-cosines[rows], kind="stable")][:MOST_LISTED]
        self.samples, self.cosines = sample[rows], cosines[rows]

    def at_least(self, cosine: float) -> IntArray:
        """Those that are at least so alike, most alike first."""
        found: IntArray = self.samples[self.cosines >= cosine]
        return found

    @property
    def first_cut(self) -> float:
        """Where a list that can be looked through begins."""
        if not len(self.cosines):
            return LOOSEST
        cut = float(self.cosines[min(_FIRST, len(self.cosines)) - 1])
        return min(STRICTEST, max(LOOSEST, cut))


def _known(session: ReviewSession, sample: NDArray[np.int64]) -> BoolArray:
    """Images whose file is still the one that the run has seen."""
    results = session.verdicts.results
    if results is None:
        return np.ones(len(sample), dtype=np.bool_)
    is_known: BoolArray = results.bucket[sample] >= 0
    return is_known
