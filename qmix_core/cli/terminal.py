"""How a run and other long work look on a terminal: one line on stderr that is written over."""

from __future__ import annotations

import argparse
import json
import sys
import time

from qmix_core.base.errors import printable
from qmix_core.base.events import (
    BatchDone,
    EpochStarted,
    Event,
    NoiseEstimated,
    Preparing,
    RunFinished,
    RunStarted,
    SeparationDone,
    Warned,
)
from qmix_core.runs.noise_report import noise_sentence

_WIDTH = 79
_GAP_SECONDS = 0.2


class Terminal:
    """Writes progress to stderr; where stderr is no terminal, only whole steps and warnings."""

    def __init__(self) -> None:
        self._is_live = sys.stderr.isatty()
        self._stage = ""
        self._last = 0.0

    def progress(self, stage: str, done: int, total: int) -> None:
        """Show that `done` of `total` of a stage are finished."""
        if self._is_live:
            now = time.monotonic()
            if done == total or now - self._last > _GAP_SECONDS:
                self._last = now
                self._over(f"{stage}: {done} of {total}")
            if done == total:
                self.line("")
        elif done == total:
            self.line(f"{stage}: {total} done")

    def event(self, event: Event) -> None:
        """Show an event of a run."""
        match event:
            case RunStarted():
                text = f"run {event.run}: {event.images} images, {event.epochs} rounds"
                self.line(f"{text}, preset {event.preset}, on {event.device}")
            case Preparing():
                self.progress(event.stage, event.done, event.total)
            case EpochStarted():
                self._stage = f"round {event.epoch} of {event.epochs} ({event.stage})"
            case BatchDone() if self._is_live:
                pace = f"{event.images_per_second:.0f} images/s, {_clock(event.seconds_left)} left"
                self._over(f"{self._stage}: {event.batch} of {event.batches} batches, {pace}")
            case NoiseEstimated():
                self.line(noise_sentence(event))
            case SeparationDone():
                self.line(f"{self._stage}: {_listed(event.counts)}")
            case Warned():
                self.line(f"warning: {event.text}")
            case RunFinished():
                self.line(
                    f"run {event.run} {event.status}: {event.reason or _listed(event.counts)}"
                )

    def line(self, text: str) -> None:
        """Write a line that stays."""
        if self._is_live and text:
            self._over("")
        sys.stderr.write(f"{printable(text)}\n")
        sys.stderr.flush()

    def _over(self, text: str) -> None:
        sys.stderr.write(f"\r{text[:_WIDTH]:<{_WIDTH}}" + ("" if text else "\r"))
        sys.stderr.flush()


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"


def say(arguments: argparse.Namespace, result: dict[str, object], text: str) -> None:
    """Print the result of a command: as JSON where that was asked for, else the text."""
    if arguments.json:
        text = json.dumps(result, ensure_ascii=False, indent=2)
    else:  # names may hold orders to the terminal
        text = "\n".join(printable(line) for line in text.split("\n"))
    sys.stdout.write(f"{text}\n")
