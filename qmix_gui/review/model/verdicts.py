"""What the run under review says of each image, and from which images that is hidden."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, Signal

from qmix_core.base.types import BUCKETS, LOW, Bucket, FloatArray, IntArray, RunResults, Status
from qmix_core.project.store import ProjectStore
from qmix_core.runs.scores import History, load_features, load_history
from qmix_gui.review.model.classes import ReviewClasses
from qmix_gui.review.model.reviews import Reviews


class Verdicts(QObject):
    """`changed()` follows other verdicts, as of another run; before the first there are none."""

    changed = Signal()

    def __init__(
        self,
        project: ProjectStore,
        classes: ReviewClasses,
        reviews: Reviews,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._project = project
        self._classes, self._reviews = classes, reviews
        self.run: int | None = None
        #: Whether the verdicts are those of a training that is still going on.
        self.are_first = False
        self.results: RunResults | None = None
        self.history: History | None = None
        self._run_history: History | None = None
        self.features: tuple[IntArray, FloatArray] | None = None
        #: Samples whose verdict is hidden until they are decided.
        self.blind: set[int] = set()
        # before anybody else who follows the classes
        classes.changed.connect(self._follow_classes)

    def show_run(self, run: int) -> None:
        """Take the verdicts of a finished run as those to review."""
        self.run, self.are_first = run, False
        self.blind.clear()
        folder, samples = self._project.runs.folder(run), len(self._project.samples)
        self._run_history = load_history(folder, samples=samples)
        self._follow_classes()
        self.features = load_features(folder, samples=samples)
        self.changed.emit()

    def show_first(self, results: RunResults) -> None:
        """Take verdicts of a training that still goes on, until a finished run is shown."""
        self.run, self.results, self.are_first = None, results, True
        self.history = self._run_history = self.features = None
        self.blind.clear()
        self.changed.emit()

    def bucket(self, sample: int) -> Bucket | None:
        """Bucket in the run shown; None where no run has seen the image, or it is hidden."""
        if not self._has_verdict(sample):
            return None
        assert self.results is not None
        return BUCKETS[int(self.results.bucket[sample])]

    def quality(self, sample: int) -> float | None:
        """How well the image can be read, 0 to 1; None where no run saw it, or it is hidden."""
        if not self._has_verdict(sample):
            return None
        assert self.results is not None
        return 1 - float(self.results.posterior[sample, LOW])

    def suggested_label(self, sample: int) -> str | None:
        """Label that the run suggests; None where it saw no image, hides it, or it was deleted."""
        if not self._has_verdict(sample):
            return None
        assert self.results is not None
        code = int(self.results.suggested[sample])
        return self._project.classes.names[code] if code >= 0 else None

    def shown_label(self, sample: int) -> str | None:
        """The given label; None while a blind check hides it."""
        return None if self.is_hidden(sample) else self._classes.given_label(sample)

    def order(self) -> IntArray:
        """All samples, most suspicious first; in file order before the first run."""
        if self.results is None:
            return np.arange(len(self._project.samples), dtype=np.int64)
        return np.argsort(-self.results.error_score, kind="stable").astype(np.int64)

    def hide(self, samples: Iterable[int]) -> None:
        """Hide the verdicts on these samples until they are decided."""
        self.blind.update(samples)

    def is_hidden(self, sample: int) -> bool:
        """Whether this is a blind check on which nobody has decided yet."""
        return sample in self.blind and self._reviews.of(sample).status is Status.UNREVIEWED

    def hidden(self) -> list[int]:
        """Blind checks on which nobody has decided yet."""
        return [sample for sample in self.blind if self.is_hidden(sample)]

    def read_again(self) -> None:
        """Read the verdicts again: an altered image has none."""
        if self.run is not None:
            self.results = self._project.runs.results(self.run)

    def read_quality(self) -> None:
        """Take a moved threshold of quality, or what readers taught of it, for the run shown."""
        self.read_again()
        self.changed.emit()

    def _has_verdict(self, sample: int) -> bool:
        seen = self.results is not None and self.results.bucket[sample] >= 0
        return seen and not self.is_hidden(sample)

    def _follow_classes(self) -> None:
        """Verdicts and history of the run shown, by the current classes."""
        self.history = None
        if self.run is None:
            # first results count the classes of before
            self.results, self.are_first = None, False
            return
        self.read_again()
        if (history := self._run_history) is not None:
            origins = self._project.runs.origins(self.run, history.probabilities.shape[-1])
            if origins is not None:
                gathered = self._project.classes.gather(history.probabilities, origins)
                self.history = replace(history, probabilities=gathered)
