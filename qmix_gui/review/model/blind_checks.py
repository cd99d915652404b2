"""Random images of every bucket whose verdict is hidden until the reader has decided on them.

A decision on one says so in its context, so that it counts as a check whenever the project is open.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qmix_core.base.types import BUCKETS, Bucket, IntArray, Status
from qmix_core.review.blind_checks import BucketSample, count_checks, is_check
from qmix_gui.review.model.filters import STATUSES, Facet, GalleryFilter
from qmix_gui.review.model.session import ReviewSession

#: Drawn at once from Clean, and from each of the others: the Clean interval must be the narrowest.
CLEAN_CHECKS, OTHER_CHECKS = 30, 10
#: One check comes, on average, after so many other images.
_SPREAD = 4


class BlindChecks:
    """Draws checks and counts what they showed; for the run that the session shows."""

    def __init__(
        self,
        session: ReviewSession,
        of: GalleryFilter,
        rng: np.random.Generator | None = None,
    ) -> None:
        self._session = session
        self._filter = of
        self._checked: set[int] = set()
        self.refresh(session.reviews.reviewed())
        self._rng = rng or np.random.default_rng()

    def draw(self, *, seen: int | None) -> IntArray:
        """Hide the verdicts of random unreviewed images and give them; none before a run.

        `seen`: the image that is shown, whose verdict is known already.
        """
        session = self._session
        if session.verdicts.results is None:
            return np.zeros(0, dtype=np.int64)
        drawn = []
        for code, bucket in enumerate(BUCKETS):
            free = self._unreviewed(code)
            free = free[~np.isin(free, [*session.verdicts.blind, -1 if seen is None else seen])]
            wanted = CLEAN_CHECKS if bucket is Bucket.CLEAN else OTHER_CHECKS
            drawn.append(self._rng.choice(free, min(wanted, len(free)), replace=False))
        checks = np.concatenate(drawn).astype(np.int64)
        session.verdicts.hide(checks.tolist())
        return checks

    def mixed(self, order: IntArray, row: int, checks: IntArray) -> IntArray:
        """The order with the checks at random places after a row, and nowhere else."""
        others = order[~np.isin(order, checks)]
        first = row + 1 - int(np.isin(order[: row + 1], checks).sum())
        last = min(len(others), first + _SPREAD * len(checks))
        places = np.sort(self._rng.integers(first, last + 1, len(checks)))
        return np.insert(others, places, self._rng.permutation(checks)).astype(np.int64)

    def refresh(self, samples: Sequence[int]) -> None:
        """Read the review state of these samples again."""
        for sample in samples:
            if is_check(self._session.reviews.of(sample), self._session.verdicts.run):
                self._checked.add(sample)
            else:
                self._checked.discard(sample)

    def samples(self) -> dict[Bucket, BucketSample]:
        """What the checks of this run found in each bucket, and how many images are left."""
        session = self._session
        checked: dict[Bucket, list[Status]] = {bucket: [] for bucket in BUCKETS}
        for sample in self._checked:
            bucket = session.verdicts.bucket(sample)
            if bucket is not None:
                checked[bucket].append(session.reviews.of(sample).status)
        return {
            bucket: count_checks(checked[bucket], left=len(self._unreviewed(code)))
            for code, bucket in enumerate(BUCKETS)
        }

    def totals(self) -> dict[Bucket, int]:
        """Images in each bucket."""
        codes = self._filter.codes(Facet.BUCKET)
        return {bucket: int(np.sum(codes == code)) for code, bucket in enumerate(BUCKETS)}

    def _unreviewed(self, code: int) -> IntArray:
        is_new = self._filter.codes(Facet.STATUS) == STATUSES.index(Status.UNREVIEWED)
        return np.flatnonzero(is_new & (self._filter.codes(Facet.BUCKET) == code)).astype(np.int64)
