"""The images under review in their order, the current one, and what is selected."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QObject, QTimer, Signal

from qmix_core.base.types import BoolArray, IntArray, Status
from qmix_core.preflight.contradictions import Contradiction
from qmix_core.project.operations.patients_of_project import contradictions
from qmix_core.second_readers.raters import Rater, Standing, disagreements, title
from qmix_gui.jobs.background_job import BackgroundJob
from qmix_gui.review.model.blind_checks import BlindChecks
from qmix_gui.review.model.filters import (
    READERS_SUBSET,
    STANDINGS,
    STATUSES,
    Facet,
    FilterSpec,
    GalleryFilter,
    Subset,
)
from qmix_gui.review.model.gallery_model import GalleryModel
from qmix_gui.review.model.session import ReviewSession

_UNREVIEWED = STATUSES.index(Status.UNREVIEWED)


class ReviewQueue(QObject):
    """One list for gallery and viewer. It changes only when a filter is applied, when new
    results are taken, or to add an image that an undo leads to; never because of a decision.

    `current_changed` follows the current image, `listed` a new list, `counted` new counts.
    """

    current_changed = Signal()
    listed = Signal()
    counted = Signal()

    def __init__(self, session: ReviewSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.filter = GalleryFilter(session)
        self.spec = FilterSpec()
        self.checks = BlindChecks(session, self.filter)
        self.model = GalleryModel(session, self)
        self.selection = QItemSelectionModel(self.model, self)
        self.selection.currentChanged.connect(self._announce)
        session.decisions.made.connect(self._follow)
        session.classes.changed.connect(self._follow_classes)
        session.classes.named.connect(self._follow_names)
        session.verdicts.changed.connect(self.take_results)
        session.files.changed.connect(self._follow_files)
        session.readings.changed.connect(self._follow_readings)
        self._search = BackgroundJob(self)
        self._search.succeeded.connect(self._take_contradictions)
        # the images are on the screen first
        self._soon = QTimer(self, singleShot=True, interval=500)
        self._soon.timeout.connect(self._find_contradictions)
        self._soon.start()
        self.go_to_row(0)

    # -- where we are -------------------------------------------------------------------------

    @property
    def current(self) -> int | None:
        """The current sample; None where the list is empty."""
        row = self.row
        return None if row is None else self.model.sample(row)

    @property
    def row(self) -> int | None:
        index = self.selection.currentIndex()
        return index.row() if index.isValid() else None

    def __len__(self) -> int:
        return self.model.rowCount()

    @property
    def following(self) -> int | None:
        """The sample after the current one."""
        row = self.row
        return None if row is None or row + 1 >= len(self) else self.model.sample(row + 1)

    def selected(self) -> list[int]:
        """Selected samples, in order."""
        chosen = self.selection.selection()
        parts = [chosen.at(position) for position in range(chosen.count())]
        ranges = sorted((part.top(), part.bottom()) for part in parts)
        return [self.model.sample(row) for top, end in ranges for row in range(top, end + 1)]

    def reviewed_rows(self) -> BoolArray:
        """Which listed images are reviewed, in the order of the list."""
        return np.not_equal(self.filter.codes(Facet.STATUS)[self.model.order], _UNREVIEWED)

    # -- moving -------------------------------------------------------------------------------

    def go_to_row(self, row: int) -> None:
        """Take the image of a row in hand, and only it."""
        if 0 <= row < len(self):
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selection.setCurrentIndex(self.model.index(row), flags)

    def go(self, step: int) -> bool:
        """Move by so many images; False at either end."""
        row = (self.row or 0) + step
        self.go_to_row(row)
        return 0 <= row < len(self)

    def go_to(self, sample: int) -> None:
        """Take a sample in hand; it joins the list where the filter left it out."""
        if self.model.row(sample) < 0:
            listed = np.zeros(len(self.session.project.samples), dtype=np.bool_)
            listed[self.model.order] = True
            listed[sample] = True
            self._list(self.filter.sorted(listed, self.spec.sorting), sample)
        else:
            self.go_to_row(self.model.row(sample))

    def go_to_unreviewed(self) -> bool:
        """Move to the next unreviewed image, from the top after the last; False if none is left."""
        rows = np.flatnonzero(~self.reviewed_rows())
        if not len(rows):
            return False
        later = rows[rows > (-1 if self.row is None else self.row)]
        self.go_to_row(int(later[0] if len(later) else rows[0]))
        return True

    def go_to_first_unreviewed(self) -> None:
        """Move to the topmost unreviewed image, if there is one."""
        rows = np.flatnonzero(~self.reviewed_rows())
        if len(rows):
            self.go_to_row(int(rows[0]))

    # -- listing ------------------------------------------------------------------------------

    def apply(self, spec: FilterSpec) -> None:
        """List what matches; the current image stays current if it does."""
        self.spec = spec
        self._list(self._with_checks_apart(self.filter.order(spec)), self.current)

    def mix_in_checks(self) -> int:
        """Put blind checks among the next images; give their number."""
        checks = self.checks.draw(seen=self.current)
        if len(checks):
            order = self.model.order
            order = np.concatenate([order, checks[~np.isin(checks, order)]])
            self._list(self._with_checks_apart(order), self.current)
        return len(checks)

    def _with_checks_apart(self, order: IntArray) -> IntArray:
        """The order with its blind checks after the current image: their place would tell them."""
        hidden = self.session.verdicts.hidden()
        if not hidden:  # to find none among 100,000 images is half of what a filter takes
            return order
        checks = np.intersect1d(hidden, order).astype(np.int64)
        if not len(checks):
            return order
        row = -1 if self.current is None else int(np.argmax(order == self.current))
        return self.checks.mixed(order, row, checks)

    def show_subset(self, subset: Subset) -> None:
        """List only these among what else is chosen."""
        self.apply(self.spec.with_subset(subset))

    def take_results(self) -> None:
        """Order by the run now shown; the current image stays current."""
        self.filter.refresh_results()
        self.checks.refresh(self.session.reviews.reviewed())
        stale = tuple(s.kind for s in self.spec.subsets)
        for kind in stale:
            self.spec = self.spec.without_subset(kind)
        current = self.current
        self._list(self.filter.order(self.spec, keep=current), current)

    def changed_since(self, run: int) -> Subset:
        """Images whose bucket in the run shown is another than in an earlier run."""
        before = self.session.project.runs.results(run).bucket
        now = np.full_like(before, -1)
        if self.session.verdicts.results is not None:
            now = self.session.verdicts.results.bucket
        mask = (before != now) & (before >= 0) & (now >= 0)
        return Subset("changed", self.tr("Changed since run {0}").format(run), mask)

    def marked(self) -> Subset:
        """Images whose file is altered or missing."""
        count = len(self.session.project.samples)
        mask = np.array([self.session.files.mark(i) is not None for i in range(count)])
        return Subset("files", self.tr("Altered or missing"), mask)

    def adjudicate(self) -> None:
        """List all images on which readers differ and that nobody has settled yet."""
        codes = frozenset({STANDINGS.index(Standing.DISAGREE)})
        self.apply(FilterSpec(sorting=self.spec.sorting).with_codes(Facet.READERS, codes))

    def differing(self, first: Rater, second: Rater) -> Subset:
        """Images on which two raters differ."""
        mask = np.zeros(len(self.session.project.samples), dtype=np.bool_)
        mask[disagreements(first, second)] = True
        text = self.tr("{0} and {1} differ").format(title(first), title(second))
        return Subset(READERS_SUBSET, text, mask)

    def stale(self) -> int:
        """How many listed images do not match the filter any more; blind checks never did."""
        is_off = ~self.filter.mask(self.spec)
        is_off[list(self.session.verdicts.blind)] = False
        return int(np.count_nonzero(is_off[self.model.order]))

    def _list(self, order: IntArray, current: int | None) -> None:
        self.session.readings.show_answers(self.spec.is_adjudication)
        self.model.set_order(order)
        self.listed.emit()
        row = self.model.row(current) if current is not None else -1
        self.go_to_row(max(0, row))
        if not len(order):
            self.current_changed.emit()

    def _announce(self, current: QModelIndex, previous: QModelIndex) -> None:
        self.current_changed.emit()

    def _follow(self, samples: list[int]) -> None:
        self.filter.refresh_statuses(samples)
        self.checks.refresh(samples)
        self.model.update_samples(samples)
        self.counted.emit()

    def _follow_classes(self, moved: Mapping[int, int]) -> None:
        # the list stays as it is; what is chosen follows the classes
        self.spec = self.spec.with_classes(moved)
        self.filter.refresh_classes()
        self._soon.start()
        self._follow(list(range(len(self.session.project.samples))))

    def _follow_names(self) -> None:
        self.filter.refresh_names()
        self.model.update_samples(list(range(len(self.session.project.samples))))
        self.counted.emit()

    def _follow_readings(self) -> None:
        self._follow(list(range(len(self.session.project.samples))))

    def _find_contradictions(self) -> None:
        """Away from the window: 0.7 s for 100,000 images. Only what is in memory is read."""
        project = self.session.project
        self._search.start(lambda _progress, _control: contradictions(project))

    def _take_contradictions(self, found: list[Contradiction]) -> None:
        self.filter.take_contradictions(found)
        self.counted.emit()

    def _follow_files(self) -> None:
        # no order changes: an altered image keeps its place until new results are taken
        self.filter.refresh_results()
        self._follow(list(range(len(self.session.project.samples))))
