"""One run at a time for the open project: starts it, keeps the run actions right, ends it."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from qmix_core.base.errors import ConfigError
from qmix_core.base.events import Event, RunFinished
from qmix_core.project.store import ProjectStore
from qmix_core.runners.remote_run import CANCEL_S
from qmix_core.runners.spec import Elsewhere, parse_runner
from qmix_core.runs.config import RunConfig
from qmix_core.runs.run_options import RunOptions
from qmix_gui.settings.action_groups import RunActions
from qmix_gui.training.supervisor import CANCEL_MS, TrainingThread, resume_command, train_command

_log = logging.getLogger(__name__)


class TrainingController(QObject):
    """`started()`, then `event_received(Event)`, `log_line(str)` and, where none of them came for
    long, `quiet(seconds)`, then `finished(status, reason, run)`, where `run` is 0 for a run that
    never got a number.
    """

    started = Signal()
    event_received = Signal(object)
    log_line = Signal(str)
    quiet = Signal(int)
    paused = Signal(bool)
    stopping = Signal()
    finished = Signal(str, str, int)

    def __init__(self, actions: RunActions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._actions.pause.toggled.connect(self._pause)
        self._actions.cancel.triggered.connect(self.cancel)
        self._thread: TrainingThread | None = None
        self._run, self._has_run = 0, False
        #: Of the last run that ended, as in RunFinished; and what the last one was started with.
        self.cause = ""
        self.options: RunOptions | None = None
        self.update_actions(has_project=False)

    @property
    def is_running(self) -> bool:
        """Whether anything of a run is left."""
        return self._thread is not None

    def update_actions(self, *, has_project: bool, can_start: bool = True) -> None:
        """Enable just the run actions that make sense now; the window enables `run.resume`."""
        self._has_run = self._has_run and has_project
        self._actions.pause.setEnabled(self.is_running)
        self._actions.cancel.setEnabled(self.is_running)
        self._actions.retrain.setEnabled(has_project and can_start and not self.is_running)
        self._actions.details.setEnabled(has_project and self._has_run)
        if not has_project or self.is_running:
            self._actions.resume.setEnabled(False)

    def start(self, project: Path, options: RunOptions) -> None:
        """Start a run in this project unless one is running."""
        self.options = options
        self.start_command(train_command(project, options), cancel_ms=_cancel_ms(options))

    def resume(self, project: Path, options: RunOptions | None = None) -> None:
        """Let the stopped run of this project go on, where `options` say, unless one is running."""
        self.options = None
        cancel_ms = _cancel_ms(options or RunOptions())
        self.start_command(resume_command(project, options), cancel_ms=cancel_ms)

    def start_command(self, command: list[str], *, cancel_ms: int = CANCEL_MS) -> None:
        """Start a run with its full command line unless one is running."""
        if self._thread is not None:
            return
        self._run, self._has_run = 0, True
        self._thread = TrainingThread(command, cancel_ms=cancel_ms, parent=self)
        self._thread.event_received.connect(self._take_event)
        self._thread.log_line.connect(self.log_line)
        self._thread.quiet.connect(self.quiet)
        self._thread.finished_run.connect(self._finish)
        self._set_pause_checked(False)
        self.update_actions(has_project=True)
        self.started.emit()
        self._thread.start()

    @Slot()
    def cancel(self) -> None:
        """Stop the run, by force where it does not listen; `finished` follows in seconds."""
        if self._thread is not None:
            self._actions.cancel.setEnabled(False)
            self._actions.pause.setEnabled(False)
            self._thread.cancel()
            self.stopping.emit()

    def shut_down(self) -> None:
        """Stop the run and wait for its end, seconds at most; no `finished` follows."""
        if self._thread is not None:
            self._thread.finished_run.disconnect(self._finish)
            self._thread.cancel()
            self._thread.wait()
            self._thread = None

    @Slot(bool)
    def _pause(self, is_paused: bool) -> None:
        if self._thread is None:
            return
        if is_paused:
            self._thread.pause()
        else:
            self._thread.resume()
        self.paused.emit(is_paused)

    @Slot(object)
    def _take_event(self, event: Event) -> None:
        self._run = getattr(event, "run", 0) or self._run
        if isinstance(event, RunFinished):
            self._actions.pause.setEnabled(False)
            self._actions.cancel.setEnabled(False)
        self.event_received.emit(event)

    @Slot(str, str, str)
    def _finish(self, status: str, reason: str, log: str) -> None:
        if self._thread is not None:
            # its last words are said; it may be let go once it is over
            self._thread.wait()
            self.cause = self._thread.cause
            self._thread.deleteLater()
            self._thread = None
        if status == "failed":
            _log.error("Run %s failed: %s\n%s", self._run, reason, log)
        self._set_pause_checked(False)
        self.update_actions(has_project=True)
        self.finished.emit(status, reason, self._run)

    def _set_pause_checked(self, is_checked: bool) -> None:
        self._actions.pause.blockSignals(True)
        self._actions.pause.setChecked(is_checked)
        self._actions.pause.blockSignals(False)


def _cancel_ms(options: RunOptions) -> int:
    """A run on another computer is told to stop there, and its checkpoint comes home."""
    is_elsewhere = isinstance(parse_runner(options.runner), Elsewhere)
    return round(1500 * CANCEL_S) if is_elsewhere else CANCEL_MS


def last_options(project: ProjectStore) -> RunOptions | None:
    """The options of the project's latest run; None where there is none to read."""
    for run in reversed(project.runs.all()):
        try:
            return RunOptions.of(RunConfig.load(project.runs.folder(run.id) / "config.json"))
        except ConfigError:
            continue
    return None
