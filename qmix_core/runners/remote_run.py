"""One run on the other side of a line: what is sent, told and fetched, while lines may drop."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from qmix_core.base import foreign_json
from qmix_core.base.cancellation import Cancelled, Control
from qmix_core.base.errors import RunError, printable
from qmix_core.base.events import (
    CheckpointSaved,
    Event,
    Preparing,
    RunFinished,
    RunStarted,
    SeparationDone,
    Sink,
    Warned,
    decode,
)
from qmix_core.base.preparing import PreparingProgress
from qmix_core.runners.far_side import (
    CONTENT,
    RESULTS_FILE,
    Held,
    JobState,
)
from qmix_core.runners.incoming import DamagedOnTheWay, Incoming
from qmix_core.runners.line import Line, LineDropped, Talk
from qmix_core.runners.orders import CANCEL, PAUSE, RESUME
from qmix_core.runners.spec import Elsewhere

T = TypeVar("T")

#: How long a run that is stopped may take to end there and come home, in seconds.
CANCEL_S = 20.0
#: Between two tries to reach the other side again: the first, and the longest.
_FIRST_WAIT_S, _LONGEST_WAIT_S = 1.0, 60.0
_POLL_S = 0.1
_TRIES = 3
_MAX_JSON = 1 << 20
_MEGABYTE = 1 << 20


class Unreachable(Cancelled):
    """A run was cancelled whose other side cannot be told."""


class RemoteRun:
    """One run on the other side: what is sent, told and fetched. Lines that drop are replaced."""

    def __init__(
        self, line: Line, runner: Elsewhere, folder: Path, sink: Sink, control: Control
    ) -> None:
        self._line = line
        self._runner = runner
        self.folder = folder
        self.sink = sink
        self.control = control
        self._cancelled_at = 0.0
        self._offset = 0
        self._told: list[str] = []
        self._finished: RunFinished | None = None
        self._incoming = Incoming(folder)
        self._is_lost = False

    def again(
        self, step: Callable[[], T], *, check: Callable[[], None], tries: int | None = None
    ) -> T:
        """Do a step, anew with ever longer waits while the line drops.

        Raises:
            LineDropped: it did so `tries` times.
        """
        wait, count = _FIRST_WAIT_S, 1
        while True:
            try:
                done = step()
                self._tell_back()
                return done
            except LineDropped as error:
                if count == tries:
                    raise
                self._warn_of_line(str(error))
                self._pause(wait, check)
                wait, count = min(2 * wait, _LONGEST_WAIT_S), count + 1

    def _warn_of_line(self, said: str) -> None:
        print(printable(f"{self._line.name}: {said}"), file=sys.stderr, flush=True)  # noqa: T201
        text = (
            f"The line to {self._line.name} dropped. What runs there goes on; QMix tries to reach "
            "it again."
        )
        self._is_lost = True
        self.sink(Warned("line_dropped", text))

    def _tell_back(self) -> None:
        if self._is_lost:
            self._is_lost = False
            self.sink(Warned("line_back", f"The line to {self._line.name} is back."))

    @staticmethod
    def _pause(seconds: float, check: Callable[[], None]) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            check()
            time.sleep(min(_POLL_S, left))

    def _patience(self) -> None:
        """A run that is told to stop has some seconds to come home.

        Raises:
            Unreachable: they are over.
        """
        if not self.control.is_cancelled:
            return
        self._cancelled_at = self._cancelled_at or time.monotonic()
        if time.monotonic() - self._cancelled_at > CANCEL_S:
            raise Unreachable(
                f"{self._line.name} could not be told to stop: the run may go on there. Resume it "
                "with the same --runner to find it again."
            )

    # -- out --------------------------------------------------------------------------------------

    def finds(self, job: str) -> bool:
        """Whether the other side still has a job."""
        check = self.control.check
        return self.again(lambda: self._state(job, check=check), check=check).is_known

    def send(self, job: str, description: bytes, blobs: dict[str, Path]) -> None:
        """Send what the other side lacks, and start the job.

        Raises:
            RunError: its disk is full, or Slurm refuses. Cancelled: `control` was cancelled.
        """
        check = self.control.check
        total = sum(path.stat().st_size for path in blobs.values())
        progress, before = PreparingProgress(self.sink, "sending"), 0
        held = self.again(lambda: self._held([*blobs]), check=check)
        for name, path in blobs.items():
            size, start = path.stat().st_size, before

            def tell(sent: int, start: int = start) -> None:
                progress(_megabytes(start + sent), _megabytes(total))

            if not held[name].is_whole:
                self.again(partial(self._send_one, name, path, tell), check=check)
            before += size
            tell(size)
        slurm = [f"--partition={self._runner.partition}"] if self._runner.partition else []
        slurm += [f"--option={option}" for option in self._runner.options]
        command = self._line.far("start", job, *slurm)
        state = self.again(
            lambda: _read(self._line.ask(command, check=check, given=description), JobState),
            check=check,
        )
        if state.slurm:
            text = f"The run is job {state.slurm} of Slurm on {self._runner.partition}."
            self.sink(Warned("slurm_job", text))

    def _held(self, names: list[str]) -> dict[str, Held]:
        given = json.dumps(names).encode()
        raw = self._line.ask(self._line.far("held"), check=self.control.check, given=given)
        return _read(raw, dict[str, Held])

    def _send_one(self, name: str, path: Path, tell: Callable[[int], None]) -> None:
        size = path.stat().st_size
        # where the line dropped, a part of it is there
        offset = min(self._held([name])[name].size, size)
        with path.open("rb") as file:
            file.seek(offset)
            self._line.send(
                self._line.far("put", name, f"--size={size}", f"--offset={offset}"),
                file,
                check=self.control.check,
                sent=lambda: tell(file.tell()),
            )

    # -- while it runs ----------------------------------------------------------------------------

    def follow(self, job: str) -> RunFinished:
        """Pass the run's events on and our orders there, until it has ended.

        Raises:
            Unreachable: it was cancelled and cannot be told.
        """
        wait = _FIRST_WAIT_S
        while True:
            before = self._offset
            try:
                with self._line.open(
                    self._line.far("follow", job, f"--offset={self._offset}")
                ) as talk:
                    self._told = []
                    self._listen(job, talk)
                    talk.end(self._patience)
                break
            except LineDropped as error:
                self._warn_of_line(str(error))
                wait = _FIRST_WAIT_S if self._offset > before else min(2 * wait, _LONGEST_WAIT_S)
                self._pause(min(wait, 1.0) if self.control.is_cancelled else wait, self._patience)
        if self._finished is not None:
            return self._finished
        if self.control.is_cancelled:
            return RunFinished("cancelled", "The run was cancelled.")
        return RunFinished("failed", self._last_words(job))

    def _listen(self, job: str, talk: Talk) -> None:
        line = b""
        while True:
            self._give_orders(talk)
            self._patience()
            found, part = talk.take_now()
            if not found:
                continue
            if part is None:
                return
            self._tell_back()
            line += part
            if not line.endswith(b"\n"):
                continue
            if line.startswith(CONTENT):
                self._take(job, line[1:].decode(errors="replace").rstrip("\r\n"))
                # a line that was not taken whole is read again
                self._offset += len(line) - 1
            line = b""

    def _give_orders(self, talk: Talk) -> None:
        """Tell what is wanted now; a new line is told again."""
        if self.control.is_cancelled:
            wanted = CANCEL
        else:
            wanted = PAUSE if self.control.is_paused else RESUME
        if (self._told or [RESUME])[-1] != wanted and CANCEL not in self._told:
            self._told.append(wanted)
            talk.give(f"{wanted}\n".encode())

    def _take(self, job: str, line: str) -> None:
        try:
            event: Event = decode(line)
        except ValueError:
            print(printable(line), file=sys.stderr, flush=True)  # noqa: T201
            return
        match event:
            case RunFinished():
                self._finished = self._finished or event
            case RunStarted() | CheckpointSaved():
                pass  # of files that are not here
            case SeparationDone():
                place = f"epochs/{event.epoch:04d}.npz"
                self._fetch(job, [place])
                self.sink(replace(event, scores=str(self.folder / place)))
            case _:
                self.sink(event)

    def _last_words(self, job: str) -> str:
        check = self._patience
        state = self.again(lambda: self._state(job, check=check), check=check)
        sys.stderr.write("".join(f"{printable(line)}\n" for line in state.last_words.splitlines()))
        last = ([line for line in state.last_words.splitlines() if line.strip()] or ["nothing"])[-1]
        return f"The run ended there without a result; its last words: {last}."

    def _state(self, job: str, *, check: Callable[[], None]) -> JobState:
        return _read(self._line.ask(self._line.far("state", job), check=check), JobState)

    # -- home -------------------------------------------------------------------------------------

    def fetch_all(self, job: str, *, is_done: bool) -> None:
        """Bring home what the run left; each file is compared with its hash.

        Raises:
            DamagedOnTheWay: a file was, three times. OSError: our disk is full.
        """
        check = self._patience
        state = self.again(lambda: self._state(job, check=check), check=check)
        if is_done and RESULTS_FILE not in state.files:
            raise RunError(f"{self._line.name} says that the run is done, but has no results.")
        self.sink(Preparing("fetching", 0, len(state.files)))
        try:
            self.again(lambda: self._fetch(job, state.files), check=check)
        finally:
            self._incoming.abandon()
        self.sink(Preparing("fetching", len(state.files), len(state.files)))

    def _fetch(self, job: str, places: list[str]) -> None:
        """Bring home files; what has come before the line dropped does not come again.

        Raises:
            LineDropped: see there. DamagedOnTheWay: what comes is not what it says.
        """
        for left in range(_TRIES, 0, -1):
            waiting = [place for place in places if place not in self._incoming.home]
            if not waiting:
                return
            offset = self._incoming.begin(waiting[0])
            command = self._line.far("get", job, *waiting, f"--offset={offset}")
            try:
                self._line.fetch(command, self._incoming.take, self._patience)
            except DamagedOnTheWay:
                if left == 1:
                    raise


def _read(raw: bytes, kind: type[T]) -> T:
    try:
        return foreign_json.read(raw, kind, most=_MAX_JSON)
    except ValueError as error:
        raise RunError(f"The other side answers what is no answer ({error}).") from error


def _megabytes(size: int) -> int:
    return -(-size // _MEGABYTE)
