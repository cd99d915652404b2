"""Attention maps of the run shown: made by a child process, kept in the project's cache."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtGui import QImage

from qmix_core.base.atomic_write import load_arrays
from qmix_core.base.cancellation import Control
from qmix_core.base.errors import RunError
from qmix_core.base.types import Progress
from qmix_core.engine.views.pixel_cache import cache_key
from qmix_core.review.heat_colors import heat_colors
from qmix_gui.image_viewer.qimages import to_overlay
from qmix_gui.jobs import child_process
from qmix_gui.jobs.background_job import BackgroundJob
from qmix_gui.review.model.dataset_files import FileMark
from qmix_gui.review.model.session import ReviewSession

#: Whoever pages on wants no process for each image in between; in ms.
_SETTLE = 200


@dataclass(frozen=True, slots=True)
class AttentionMap:
    """What there is to show: a sentence, and what to lay over the image, None without a map."""

    text: str = ""
    overlay: QImage | None = None
    is_busy: bool = False
    is_problem: bool = False


@dataclass(frozen=True, slots=True)
class _Request:
    """`name`: the class on the screen."""

    name: str
    file: Path
    command: tuple[str, ...]


class AttentionMaps(QObject):
    """Follows one sample at a time; `changed()` when `shown` has. Stale work is ended at once."""

    changed = Signal()

    def __init__(self, session: ReviewSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._sample: int | None = None
        self._request: _Request | None = None
        self.shown = AttentionMap()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE)
        self._settle.timeout.connect(self._start)
        self._job = BackgroundJob(self)
        self._job.succeeded.connect(self._take)
        self._job.failed.connect(self._take_problem)
        for news in (
            session.decisions.made,
            session.classes.changed,
            session.classes.named,
            session.verdicts.changed,
            session.files.changed,
        ):
            news.connect(self._look_again)

    def want(self, sample: int | None) -> None:
        """Follow this sample from now on; None for no one."""
        self._sample = sample
        self._look_again()

    def close(self) -> None:
        """End the work that is going on."""
        self._settle.stop()
        self._sample = self._request = None
        self._job.shut_down()

    def _look_again(self) -> None:
        sample = self._sample
        request = None if sample is None else self._request_for(sample)
        if request is not None and request == self._request:
            return
        self._request = request
        self._job.drop()
        self._settle.stop()
        if sample is None:
            self._show(AttentionMap())
        elif request is None:
            self._show(AttentionMap(self._why_none(sample), is_problem=True))
        else:
            text = self.tr("Computing what speaks for {0}…").format(request.name)
            self._show(AttentionMap(text, is_busy=True))
            self._settle.start()

    def _request_for(self, sample: int) -> _Request | None:
        session, project = self._session, self._session.project
        label, run = session.verdicts.suggested_label(sample), session.verdicts.run
        if label is None or run is None:
            return None
        classes, item = project.classes, project.samples[sample]
        code = project.classes.names.index(label)
        joined = [origin for origin in classes.given if classes.code(origin) == code]
        key = cache_key(str(run), item.sha256, *joined)
        file = project.cache_folder / "attention" / f"{run:04d}-{key}.npz"
        command = [sys.executable, "-m", "qmix_core", "attention", "--child", "--run", str(run)]
        command += [f"--label={label}", f"--out={file}", "--", str(project.folder), item.image]
        return _Request(session.classes.display(label), file, tuple(command))

    def _why_none(self, sample: int) -> str:
        if self._session.files.mark(sample) is FileMark.ALTERED:
            return self.tr("No run has looked at the file's new content, so there is no map.")
        if self._session.verdicts.is_hidden(sample):
            return self.tr("Blind check: the map is shown once you have decided.")
        if self._session.verdicts.bucket(sample) is None:
            return self.tr("No run has looked at this image yet, so there is no map.")
        return self.tr("The run suggests no class for this image, so there is no map.")

    def _start(self) -> None:
        request = self._request
        if request is None:
            return

        def work(_progress: Progress, control: Control) -> AttentionMap:
            found = _read(request)
            if found is None:
                _make(request, control)
                found = _read(request)
            if found is None:
                raise RunError(_tr("The map could not be read: try again."))
            return found

        self._job.start(work)

    def _take(self, found: object) -> None:
        if isinstance(found, AttentionMap) and self._request is not None:
            self._show(found)

    def _take_problem(self, text: str) -> None:
        if self._request is not None:
            # whoever comes back to the image tries again
            self._request = None
            self._show(AttentionMap(text, is_problem=True))

    def _show(self, shown: AttentionMap) -> None:
        self.shown = shown
        self.changed.emit()


def _make(request: _Request, control: Control) -> None:
    try:
        code, words = child_process.run_to_end(list(request.command), check=control.check)
    except OSError as error:
        text = _tr("The process that makes the map could not be started: {0}.")
        raise RunError(text.format(error.strerror or error)) from error
    if code:
        sentence = words.removeprefix("qmix: ")
        # else it is the end of a crash, which tells a reader nothing
        is_sentence = sentence != words
        text = _tr("The map could not be made (exit code {0}).").format(code)
        raise RunError(sentence if is_sentence else text)


def _read(request: _Request) -> AttentionMap | None:
    arrays = load_arrays(request.file) or {}
    heat, places = arrays.get("heat"), arrays.get("places")
    if heat is None or heat.ndim != 2 or heat.dtype.kind != "f" or not heat.size:
        return None
    if places is None or places.shape != (2,):
        return None
    if not heat.any():
        return AttentionMap(_tr("In no place does the image speak for {0}.").format(request.name))
    text = _tr("What speaks for {0}: both networks averaged, over {1} × {2} places.")
    text = text.format(request.name, *places.tolist())
    return replace(AttentionMap(text), overlay=to_overlay(heat_colors(np.nan_to_num(heat))))


def _tr(text: str) -> str:
    return QCoreApplication.translate("attention", text)
