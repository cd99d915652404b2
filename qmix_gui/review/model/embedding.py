"""Where the images of the run shown lie on the map: by axes at once, by likeness when asked for.

Likeness takes long and cannot be interrupted: a child process makes it and keeps it in the
project's cache, and is killed where nobody waits for it any more.
"""

from __future__ import annotations

import sys
from collections import deque
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, Signal

from qmix_core.base.cancellation import Control
from qmix_core.base.errors import RunError
from qmix_core.base.events import Preparing, decode
from qmix_core.base.types import FloatArray, IntArray, Progress
from qmix_core.review.embedding_map import Arrangement, by_axes, load_map, map_file
from qmix_gui.jobs import child_process
from qmix_gui.jobs.background_job import BackgroundJob
from qmix_gui.review.model.session import ReviewSession


@dataclass(frozen=True, eq=False)
class Placed:
    """A map. `sample`: int64 [N], positions in the project's samples; `points`: float32 [N, 2],
    NaN where an image has no place.
    """

    arrangement: Arrangement
    sample: IntArray
    points: FloatArray


class EmbeddingMaps(QObject):
    """`changed()` when `placed`, `problem` or `is_arranging` has; `progressed(done, total)`.

    Nothing is computed before `look`.
    """

    changed = Signal()
    progressed = Signal(int, int)

    def __init__(self, session: ReviewSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.placed: Placed | None = None
        #: Why there is no map, or not the one that was wanted; a sentence.
        self.problem = ""
        self._features: tuple[IntArray, FloatArray] | None = None
        self._made: dict[Arrangement, Placed] = {}
        self._look_job, self._child_job = BackgroundJob(self), BackgroundJob(self)
        self._look_job.succeeded.connect(self._take_look)
        self._look_job.failed.connect(self._take_problem)
        self._child_job.succeeded.connect(self._take_arranged)
        self._child_job.failed.connect(self._take_problem)
        self._child_job.cancelled.connect(self.changed)
        self._child_job.progressed.connect(self.progressed)

    @property
    def is_arranging(self) -> bool:
        """Whether a child process is at work."""
        return self._child_job.is_busy

    @property
    def is_looking(self) -> bool:
        """Whether a first map comes at any moment."""
        return self._look_job.is_busy

    def has(self, arrangement: Arrangement) -> bool:
        """Whether the map in this arrangement is there."""
        return arrangement in self._made

    def look(self) -> None:
        """Follow the run that the session shows: a map that is kept, else one by axes."""
        features, run = self._session.verdicts.features, self._session.verdicts.run
        if features is self._features and (features is None or self._made or self.is_looking):
            return
        self._child_job.drop()
        self._look_job.drop()
        self._features, self.placed, self.problem = features, None, ""
        self._made.clear()
        if features is not None and run is not None:
            cache = self._session.project.cache_folder

            def work(_progress: Progress, _control: Control) -> list[Placed]:
                sample, vectors = features
                file = map_file(cache, run, features, Arrangement.LIKENESS)
                kept = load_map(file, count=len(sample))
                found = [Placed(Arrangement.AXES, sample, by_axes(vectors))]
                if kept is not None:
                    found.append(Placed(Arrangement.LIKENESS, sample, kept))
                return found

            self._look_job.start(work)
        self.changed.emit()

    def want(self, arrangement: Arrangement) -> None:
        """Show the map in this arrangement, once it is made."""
        self.problem = ""
        if arrangement in self._made:
            self.placed = self._made[arrangement]
        elif self._made and not self.is_arranging:
            self._arrange()
        self.changed.emit()

    def cancel(self) -> None:
        """End the work of the child; the map stays as it is."""
        self._child_job.cancel()

    def close(self) -> None:
        """End all work."""
        self._look_job.drop()
        self._child_job.shut_down()

    def _arrange(self) -> None:
        features, run = self._features, self._session.verdicts.run
        if features is None or run is None:
            return
        project = self._session.project
        command = [sys.executable, "-m", "qmix_core", "map", "--child", "--run", str(run)]
        command += ["--", str(project.folder)]
        file = map_file(project.cache_folder, run, features, Arrangement.LIKENESS)

        def work(progress: Progress, control: Control) -> Placed:
            return _arranged(command, file, features[0], progress, control)

        self._child_job.start(work)

    def _take_look(self, found: list[Placed]) -> None:
        self._made = {placed.arrangement: placed for placed in found}
        self.placed = found[-1]
        if not np.isfinite(self.placed.points).any():
            self.problem = _tr("The run that is shown has left too little to make a map of.")
        self.changed.emit()

    def _take_arranged(self, placed: Placed) -> None:
        self._made[placed.arrangement] = self.placed = placed
        self.changed.emit()

    def _take_problem(self, text: str) -> None:
        self.problem = text
        self.changed.emit()


def _arranged(
    command: list[str], file: Path, sample: IntArray, progress: Progress, control: Control
) -> Placed:
    """Raises RunError, Cancelled."""
    lines: deque[str] = deque(maxlen=1)
    told = 0

    def check() -> None:
        nonlocal told
        control.check()
        step = _step(lines[-1]) if lines else None
        if step is not None and step.done > told:
            told = step.done
            progress(step.done, step.total)

    try:
        code, words = child_process.run_to_end(command, check=check, output=lines)
    except OSError as error:
        text = _tr("The process that arranges the images could not be started: {0}.")
        raise RunError(text.format(error.strerror or error)) from error
    if code:
        sentence = words.removeprefix("qmix: ")
        # else it is the end of a crash, which tells a reader nothing
        is_sentence = sentence != words
        text = _tr("The images could not be arranged (exit code {0}).").format(code)
        raise RunError(sentence if is_sentence else text)
    points = load_map(file, count=len(sample))
    if points is None:
        raise RunError(_tr("The map could not be read: try again."))
    return Placed(Arrangement.LIKENESS, sample, points)


def _step(line: str) -> Preparing | None:
    try:
        event = decode(line)
    except ValueError:
        return None
    return event if isinstance(event, Preparing) else None


def _tr(text: str) -> str:
    return QCoreApplication.translate("embedding", text)
