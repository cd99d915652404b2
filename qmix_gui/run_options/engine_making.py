"""The engine environment in the making: `qmix engine make` as a child process."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal

from qmix_core.base.cancellation import Cancelled, Control
from qmix_core.base.errors import RunError
from qmix_core.base.events import Preparing, decode
from qmix_core.base.types import Progress
from qmix_core.runners.engine_environment import EngineStatus, engine_status, remove_leftovers
from qmix_gui.jobs import child_process
from qmix_gui.jobs.background_job import BackgroundJob

#: How long the child may take to remove what it has made so far, before it is killed.
GRACE_S = 20.0


def make_command(wheels: Path | None) -> list[str]:
    """The command that makes the environment, from the network or from a folder of wheels."""
    command = [sys.executable, "-m", "qmix_core", "engine", "make", "--events"]
    return command if wheels is None else [*command, f"--wheels={wheels}"]


class EngineMaking(QObject):
    """One making at a time: `told(step, megabytes, most)` while it goes on, then just one of
    `made(EngineStatus)`, `failed(sentence)` and `cancelled()`.
    """

    told = Signal(str, int, int)
    made = Signal(object)
    failed = Signal(str)
    cancelled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job = BackgroundJob(self)
        self._job.succeeded.connect(self.made)
        self._job.failed.connect(self.failed)
        self._job.cancelled.connect(self.cancelled)

    @property
    def is_busy(self) -> bool:
        """Whether one goes on."""
        return self._job.is_busy

    def start(self, wheels: Path | None) -> None:
        """Begin; an environment that is there stays until the new one has computed."""
        command = make_command(wheels)

        def work(_progress: Progress, control: Control) -> EngineStatus:
            return self._make(command, control)

        self._job.start(work)

    def cancel(self) -> None:
        """Stop it, by force where it does not listen; nothing of it is left."""
        self._job.cancel()

    def drop(self) -> None:
        """Stop it without a word, since the application ends."""
        self._job.drop()

    def _make(self, command: list[str], control: Control) -> EngineStatus:
        """Raises RunError, Cancelled."""
        translate = QCoreApplication.translate
        try:
            code, words = child_process.run_to_end(
                command, check=control.check, tell=self._take, grace_s=GRACE_S
            )
        except OSError as error:
            text = translate("EngineMaking", "The making could not be started: {reason}.")
            raise RunError(text.format(reason=error.strerror or error)) from error
        except Cancelled:
            remove_leftovers()
            raise
        if code:
            remove_leftovers()
            text = translate("EngineMaking", "The making ended with exit code {code}: try again.")
            raise RunError(words.removeprefix("qmix: ") or text.format(code=code))
        return engine_status()

    def _take(self, line: str) -> None:
        try:
            event = decode(line)
        except ValueError:
            return
        if isinstance(event, Preparing):
            self.told.emit(event.stage, event.done, event.total)
