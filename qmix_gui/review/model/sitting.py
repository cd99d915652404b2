"""How far the reading is: which images need the eye, how many are read, how long the rest takes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal

from qmix_core.base.types import BUCKETS, CLEAN, Bucket, FloatArray, Partition, Status
from qmix_core.runs.reading_ahead import wrong_ahead
from qmix_gui.review.model.decisions import Decisions
from qmix_gui.review.model.pace import ReviewPace
from qmix_gui.review.model.reviews import Reviews
from qmix_gui.review.model.verdicts import Verdicts

#: Until the reader's own pace is known; in seconds an image.
USUAL_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class SittingCounts:
    """`suspicious`: images outside Clean; `read`: how many of them have a decision; `blind`: those
    that are hidden among the blind checks, and not counted before.
    """

    suspicious: int
    read: int
    images: int
    blind: int = 0

    @property
    def left(self) -> int:
        return self.suspicious - self.read


class Sitting(QObject):
    """Follows decisions and verdicts. `changed()` once the counts may be others."""

    changed = Signal()

    def __init__(
        self, reviews: Reviews, verdicts: Verdicts, decisions: Decisions, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._reviews, self._verdicts = reviews, verdicts
        self.pace = ReviewPace()
        decisions.made.connect(self._note)
        verdicts.changed.connect(self.recount)
        self.recount()

    def recount(self) -> None:
        """Count anew: verdicts have changed."""
        results, reviews = self._verdicts.results, self._reviews
        self._codes = np.zeros(0, dtype=np.int64) if results is None else results.bucket
        self._decided = {i for i in reviews.reviewed() if self._is_decided(i)}
        self._read = sum(self._is_suspicious(i) for i in self._decided)
        self._order = self._verdicts.order()
        self._p_wrong: FloatArray = np.zeros(len(self._order), dtype=np.float32)
        if results is not None:
            self._p_wrong = Partition.of(results.posterior).p_wrong
        self.changed.emit()

    def counts(self) -> SittingCounts:
        """How much there is to read, and how much is read; hidden blind checks count nowhere."""
        hidden = sum(self._is_suspicious(i) for i in self._verdicts.hidden())
        suspicious = int(np.sum(self._codes > CLEAN)) - hidden
        return SittingCounts(suspicious, self._read, len(self._codes), hidden)

    def buckets(self) -> dict[Bucket, int]:
        """Images of each bucket; a hidden blind check counts where it lies."""
        return {bucket: int(np.sum(self._codes == code)) for code, bucket in enumerate(BUCKETS)}

    def outcomes(self) -> dict[Status, int]:
        """Decided images of the whole project by what was decided."""
        counted = Counter(self._reviews.of(sample).status for sample in self._decided)
        return {status: counted[status] for status in Status if counted[status]}

    def wrong_ahead(self) -> int:
        """About how many labels are wrong among the next images, as `reading_ahead` counts them."""
        is_left = np.ones(len(self._order), dtype=np.bool_)
        is_left[list(self._decided)] = False
        queue = self._order[is_left[self._order]]
        return round(wrong_ahead(self._p_wrong, queue))

    def seconds_left(self) -> float:
        """Time for what is left, at the reader's pace where it is known."""
        left = self.counts().left
        return self.pace.seconds_left(left) or left * USUAL_SECONDS

    def _is_decided(self, sample: int) -> bool:
        return self._reviews.of(sample).status is not Status.UNREVIEWED

    def _is_suspicious(self, sample: int) -> bool:
        return len(self._codes) > 0 and bool(self._codes[sample] > CLEAN)

    def _note(self, samples: list[int]) -> None:
        for sample in samples:
            was, is_now = sample in self._decided, self._is_decided(sample)
            (self._decided.add if is_now else self._decided.discard)(sample)
            self._read += (is_now - was) * self._is_suspicious(sample)
        # one key for thousands of images, or an undo, is no pace
        if len(samples) == 1 and samples[0] in self._decided:
            self.pace.note()
        self.changed.emit()
