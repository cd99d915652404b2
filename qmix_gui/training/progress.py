"""How far a run is: the fold of its events. No widgets."""

from __future__ import annotations

from dataclasses import dataclass, field

from qmix_core.base.events import (
    BatchDone,
    EpochDone,
    EpochStarted,
    Event,
    Preparing,
    RunFinished,
    RunStarted,
    SeparationDone,
    Warned,
)

#: Part of the whole that each stage before the first epoch is taken to be.
_PREPARATION = {"checking": (0.0, 0.02), "decoding": (0.02, 0.06), "embedding": (0.06, 0.2)}
#: More different ones than anybody reads.
MOST_WARNINGS = 1000
#: Warnings about the method, not about the images: for the log alone.
_FOR_EXPERTS = ("unreliable_separation", "empty_")
#: News about the line to another computer, which pass.
LINE_CODES = {"line_dropped": "lost", "line_back": "back"}
#: Work between two epochs: a fraction of the run, in which the bar stands still.
_ESTIMATING = "estimating"


@dataclass(slots=True)
class RunProgress:
    """State of one run. `fraction` is of the whole run, in [0, 1], and never goes back.

    `warnings` are for everybody, `asides` for experts.
    `losses` by metric name and `bucket_counts` by bucket value are lists of (epoch, value).
    """

    run: int = 0
    preset: str = ""
    device: str = ""
    folder: str = ""
    images: int = 0
    epochs: int = 0
    epoch: int = 0
    stage: str = ""
    done: int = 0
    total: int = 0
    fraction: float = 0.0
    seconds_left: float | None = None
    images_per_second: float = 0.0
    memory_mb: float = 0.0
    counts: dict[str, int] = field(default_factory=dict)
    losses: dict[str, list[tuple[int, float]]] = field(default_factory=dict)
    bucket_counts: dict[str, list[tuple[int, float]]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    asides: list[str] = field(default_factory=list)
    #: The line to another computer: "lost", "back" until there is news from there, else empty.
    line: str = ""
    _trained_from: float | None = None

    @property
    def is_estimating(self) -> bool:
        """Whether the run is between two epochs, at work on the noise estimate."""
        return self.stage == _ESTIMATING

    def apply(self, event: Event) -> None:
        """Take one event in."""
        if isinstance(event, BatchDone | EpochStarted | Preparing | RunFinished):
            self.line = ""
        match event:
            case RunStarted():
                self.run, self.preset, self.device = event.run, event.preset, event.device
                self.images, self.epochs = event.images, event.epochs
                self.folder = event.folder
            case Preparing():
                self._prepare(event)
            case EpochStarted():
                self.epoch, self.epochs, self.stage = event.epoch, event.epochs, event.stage
                self.done, self.total = 0, 0
            case BatchDone():
                self._take_batch(event)
            case SeparationDone() | EpochDone():
                self._take_curves(event)
            case Warned():
                self._take_warning(event)
            case RunFinished(status="done"):
                self.fraction, self.seconds_left = 1.0, 0.0
                self.counts = dict(event.counts) or self.counts
            case _:
                pass

    def _take_warning(self, event: Warned) -> None:
        if event.code in LINE_CODES:
            self.line = LINE_CODES[event.code]
            return
        told = self.asides if event.code.startswith(_FOR_EXPERTS) else self.warnings
        if event.text not in told and len(told) < MOST_WARNINGS:
            told.append(event.text)

    def _take_curves(self, event: SeparationDone | EpochDone) -> None:
        if isinstance(event, SeparationDone):
            self.counts = dict(event.counts)
            for name, count in event.counts.items():
                self.bucket_counts.setdefault(name, []).append((event.epoch, count))
            return
        for name, value in event.metrics.items():
            if name.startswith("loss"):
                self.losses.setdefault(name, []).append((event.epoch, value))

    def _prepare(self, event: Preparing) -> None:
        self.stage, self.done, self.total = event.stage, event.done, event.total
        if event.stage in _PREPARATION and event.total:
            low, high = _PREPARATION[event.stage]
            self._advance(low + (high - low) * event.done / event.total)

    def _take_batch(self, event: BatchDone) -> None:
        self.images_per_second = event.images_per_second
        self.seconds_left = event.seconds_left
        self.memory_mb = event.memory_mb
        self.done, self.total = event.batch, event.batches
        if self._trained_from is None:
            # a run whose preparation was short or cached has the whole bar for its epochs
            self._trained_from = self.fraction
        if self.epochs and event.batches:
            share = (event.epoch - 1 + event.batch / event.batches) / self.epochs
            self._advance(self._trained_from + (1 - self._trained_from) * share)

    def _advance(self, fraction: float) -> None:
        self.fraction = min(1.0, max(self.fraction, fraction))
