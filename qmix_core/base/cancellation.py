"""Cancel and pause a long job from another thread."""

from __future__ import annotations

import threading


class Cancelled(Exception):
    """Raised by `Control.check` once the job has been told to stop."""


class Control:
    """Shared by a job, which calls `check` often, and whoever may stop or pause it."""

    def __init__(self) -> None:
        self._cancelled = threading.Event()
        self._running = threading.Event()
        self._running.set()

    def cancel(self) -> None:
        """Ask the job to stop at its next check, also while it is paused."""
        self._cancelled.set()
        self._running.set()

    def pause(self) -> None:
        """Hold the job at its next check."""
        self._running.clear()

    def resume(self) -> None:
        """Let a paused job go on."""
        self._running.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether the job has been told to stop."""
        return self._cancelled.is_set()

    @property
    def is_paused(self) -> bool:
        """Whether the job is held."""
        return not self._running.is_set()

    def check(self) -> None:
        """Wait while paused; raise `Cancelled` once cancelled."""
        self._running.wait()
        if self._cancelled.is_set():
            raise Cancelled
