"""How well images can be read: the person's threshold, and what readers teach a run of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal

from qmix_core.base.cancellation import Control
from qmix_core.base.errors import ProjectError
from qmix_core.base.types import LOW, IntArray, Progress, QualityVerdict, RunResults, Status
from qmix_core.project.operations.teach_quality import Lesson, lesson_of
from qmix_core.project.store import ProjectStore
from qmix_core.review.quality_teaching import FINE, NONE, NUMBERS, POOR, verdict_of
from qmix_core.review.quality_threshold import QualityCounts, as_taught, count_at
from qmix_core.runs.quality_files import TaughtQuality
from qmix_core.runs.quality_report import HowJudged
from qmix_gui.jobs.background_job import BackgroundJob
from qmix_gui.review.model.decisions import Decisions
from qmix_gui.review.model.reviews import Reviews
from qmix_gui.review.model.verdicts import Verdicts


@dataclass(frozen=True, slots=True)
class Offer:
    """A lesson of the readers that may be taken, and what it would come to.

    `counts`: with it, None while there are too few verdicts; `to_poor`, `from_poor`: images that
    become poor, or readable; `is_new`: whether it is another one than was taken.
    """

    lesson: Lesson
    counts: QualityCounts | None = None
    to_poor: int = 0
    from_poor: int = 0
    is_new: bool = True


class QualityOfImages(QObject):
    """`changed()` follows a moved threshold and a lesson that was taken or forgotten, and what
    readers say; `offered(offer)` and `failed(text)` end `learn`; `failed` also what cannot be kept.
    """

    changed = Signal()
    offered = Signal(object)
    failed = Signal(str)

    def __init__(
        self,
        project: ProjectStore,
        *,
        reviews: Reviews,
        verdicts: Verdicts,
        decisions: Decisions,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._project = project
        self._reviews, self._verdicts = reviews, verdicts
        self.how: HowJudged | None = None
        self.taught: TaughtQuality | None = None
        self._said: dict[int, int] = {}
        self._by_table: dict[int, int] | None = None
        self._table_counts: Counter[int] = Counter()
        self._counted: tuple[RunResults, QualityCounts] | None = None
        self._own_bucket: IntArray | None = None
        self._job = BackgroundJob(self)
        self._job.succeeded.connect(self._take_offer)
        self._job.failed.connect(self.failed)
        verdicts.changed.connect(self._follow_run)
        decisions.made.connect(self._follow)

    # -- what holds ---------------------------------------------------------------------------

    @property
    def poor_below(self) -> float:
        """Below this quality, in (0, 1), an image is poor."""
        return self._project.poor_below

    def counts(self, poor_below: float) -> QualityCounts | None:
        """Images by level and by bucket at a threshold; None where there are no verdicts."""
        results = self._verdicts.results
        if results is None:
            return None
        if poor_below != self.poor_below:
            return count_at(results, poor_below)
        # asked for after every decision
        if self._counted is None or self._counted[0] is not results:
            self._counted = (results, count_at(results, poor_below))
        return self._counted[1]

    def around(self, poor_below: float, number: int) -> tuple[list[int], list[int]]:
        """The samples nearest to a threshold, poorest first: those below it, and the others.

        At most `number` each; none whose verdict is hidden.
        """
        results = self._verdicts.results
        if results is None:
            return [], []
        quality = 1 - results.posterior[:, LOW]
        seen = results.bucket >= 0
        seen[self._verdicts.hidden()] = False
        order = np.argsort(quality, kind="stable")
        order = order[seen[order]]
        first = int(np.searchsorted(quality[order], poor_below))
        below, others = order[max(0, first - number) : first], order[first : first + number]
        return below.tolist(), others.tolist()

    def hazy_class(self, sample: int) -> str | None:
        """The image's class where it was judged among itself; None where not, or while hidden."""
        if self.how is None or self._verdicts.bucket(sample) is None:
            return None
        label = self._verdicts.shown_label(sample)
        return label if label in self.how.among_themselves else None

    @property
    def said(self) -> tuple[int, int]:
        """How many images of the run were called poor and fine; readers come before the table."""
        if self._verdicts.run is None:
            return 0, 0
        if self._by_table is None:
            self._by_table = self._read_table()
            self._table_counts = Counter(self._by_table.values())
            self._follow(self._reviews.reviewed(), is_told=False)
        # a handful beside what a table says of all
        by_readers = Counter(self._said.values())
        by_readers.subtract(self._by_table.get(sample, NONE) for sample in self._said)
        return (
            by_readers[POOR] + self._table_counts[POOR],
            by_readers[FINE] + self._table_counts[FINE],
        )

    # -- what the person does -----------------------------------------------------------------

    def move_threshold(self, poor_below: float) -> bool:
        """Keep another threshold; False (and `failed`) where it cannot be."""
        return self._keep(lambda: self._project.change_poor_below(poor_below))

    def learn(self) -> None:
        """Find out, away from the window, what readers teach; `offered` or `failed` follows."""
        project, run = self._project, self._verdicts.run
        if run is None:
            return
        try:
            own, reviews = project.runs.own_results(run), self._reviews.all()
        except ProjectError as error:
            self.failed.emit(str(error))
            return
        before, taken, poor_below = self._verdicts.results, self.taught, self.poor_below

        def work(_progress: Progress, _control: Control) -> Offer:
            lesson = lesson_of(project, run, reviews=reviews, bucket=own.bucket)
            if lesson.taught is None or before is None:
                return Offer(lesson)
            after = as_taught(own, lesson.sample, lesson.taught.log_odds, poor_below)
            was_poor, is_poor = before.bucket == LOW, after.bucket == LOW
            return Offer(
                lesson,
                count_at(after, poor_below),
                int((is_poor & ~was_poor).sum()),
                int((was_poor & ~is_poor).sum()),
                taken is None or not np.array_equal(taken.log_odds, lesson.taught.log_odds),
            )

        self._job.start(work)

    def take(self, taught: TaughtQuality | None) -> bool:
        """Take what readers taught, or forget it with None; False (and `failed`) where it fails."""
        run = self._verdicts.run
        return run is not None and self._keep(lambda: self._project.runs.take_quality(run, taught))

    def close(self) -> None:
        """Learn no more."""
        self._job.drop()

    # -- how ----------------------------------------------------------------------------------

    def _keep(self, change: Callable[[], None]) -> bool:
        try:
            change()
            self._verdicts.read_quality()
        except ProjectError as error:
            self.failed.emit(str(error))
            return False
        return True

    def _take_offer(self, offer: Offer) -> None:
        self.offered.emit(offer)

    def _follow_run(self) -> None:
        run = self._verdicts.run
        runs = self._project.runs
        self.how = None if run is None else runs.how_quality_was_judged(run)
        self.taught = None if run is None else runs.taught_quality(run)
        self._said, self._by_table, self._own_bucket = {}, None, None
        self.changed.emit()

    def _follow(self, samples: Sequence[int], *, is_told: bool = True) -> None:
        for sample in samples:
            said = self._said_of(sample)
            if said == NONE:
                self._said.pop(sample, None)
            else:
                self._said[sample] = said
        if is_told:
            self.changed.emit()

    def _said_of(self, sample: int) -> int:
        run, review = self._verdicts.run, self._reviews.of(sample)
        if run is None:
            return NONE
        bucket = -1
        if review.quality is QualityVerdict.NONE and review.status is Status.EXCLUDED:
            if self._own_bucket is None:
                self._own_bucket = self._project.runs.own_results(run).bucket
            bucket = int(self._own_bucket[sample])
        return verdict_of(review, bucket) if self._saw(sample) else NONE

    def _saw(self, sample: int) -> bool:
        results = self._verdicts.results
        return results is not None and results.bucket[sample] >= 0

    def _read_table(self) -> dict[int, int]:
        """What the table says of the images that the run saw."""
        return {
            sample: NUMBERS[given.verdict]
            for sample, given in enumerate(self._project.given_quality)
            if given is not None and self._saw(sample)
        }
