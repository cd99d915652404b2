"""The separations of a run by epoch: read off the GUI thread, the newest wish next."""

from __future__ import annotations

from collections import OrderedDict

import numpy as np
from PySide6.QtCore import QObject, Signal

from qmix_core.base.cancellation import Control
from qmix_core.base.types import IntArray, Partition, Progress
from qmix_core.runs.scores import SeparationPlot, load_plot
from qmix_gui.jobs.background_job import BackgroundJob
from qmix_gui.review.model.session import ReviewSession

#: 1.6 MB each with 100,000 images.
_KEPT = 24


class EpochPlots(QObject):
    """`epochs`: those with a separation, oldest first. `want` one, and `shown(epoch, plot)`
    follows, at once where it is in memory; the plot is None where its file cannot be read.
    """

    shown = Signal(int, object)

    def __init__(self, session: ReviewSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.epochs: tuple[int, ...] = ()
        self._wanted = 0
        self._kept: OrderedDict[int, SeparationPlot] = OrderedDict()
        self._job = BackgroundJob(self)
        self._job.succeeded.connect(self._take)
        self._job.failed.connect(self._tell_failure)

    def take_run(self) -> None:
        """Follow the run that the session shows; its last plot is in memory."""
        self._job.drop()
        self._kept.clear()
        history = self._session.verdicts.history
        self.epochs = ()
        if history is None or history.plot is None:
            return
        is_separated = np.isfinite(history.posterior[:, 0, :1, 0]).all(axis=1)
        self.epochs = tuple(history.epochs[is_separated].tolist())
        if self.epochs:
            self._kept[self.epochs[-1]] = history.plot

    def buckets(self, epoch: int) -> IntArray:
        """Bucket of each of the run's images by this epoch's separation alone: int64 [N]."""
        history = self._session.verdicts.history
        assert history is not None
        place = int(np.flatnonzero(history.epochs == epoch)[0])
        posterior = history.posterior[place].mean(axis=0)
        return Partition.of(posterior, poor_below=self._session.project.poor_below).bucket

    def want(self, epoch: int) -> None:
        """Show this epoch next; wishes that nobody waits for any more are passed over."""
        self._wanted = epoch
        if epoch in self._kept:
            self.shown.emit(epoch, self._kept[epoch])
        elif not self._job.is_busy:
            self._read(epoch)

    def _read(self, epoch: int) -> None:
        session, history = self._session, self._session.verdicts.history
        if history is None or session.verdicts.run is None:
            return
        folder, count = session.project.runs.folder(session.verdicts.run), len(history.sample)

        def work(_progress: Progress, _control: Control) -> tuple[int, SeparationPlot | None]:
            return epoch, load_plot(folder, epoch, count=count)

        self._job.start(work)

    def _take(self, found: tuple[int, SeparationPlot | None]) -> None:
        epoch, plot = found
        if plot is not None:
            self._kept[epoch] = plot
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        if epoch == self._wanted:
            self.shown.emit(epoch, plot)
        elif self._wanted not in self._kept:
            # a slider that moves on shows what it passes
            self.shown.emit(epoch, plot)
            self.want(self._wanted)

    def _tell_failure(self, _text: str) -> None:
        self.shown.emit(self._wanted, None)
