"""Events of a training run and their JSON form: one object per line, scalars and paths only."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import ClassVar

from qmix_core.base import foreign_json
from qmix_core.base.foreign_json import Finite, Whole


@dataclass(frozen=True, slots=True)
class Event:
    """Base of all events; `name` is the `event` key of the JSON form."""

    name: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class RunStarted(Event):
    name: ClassVar[str] = "run_started"
    run: Whole
    preset: str
    device: str
    images: Whole
    epochs: Whole
    folder: str


@dataclass(frozen=True, slots=True)
class Preparing(Event):
    """Work besides the epochs: `stage` is "checking", "decoding", "embedding" or "estimating"."""

    name: ClassVar[str] = "preparing"
    stage: str
    done: Whole
    total: Whole


@dataclass(frozen=True, slots=True)
class EpochStarted(Event):
    name: ClassVar[str] = "epoch_started"
    epoch: Whole
    epochs: Whole
    stage: str


@dataclass(frozen=True, slots=True)
class BatchDone(Event):
    """At most ten a second. `seconds_left` is for the whole run, estimated from the pace so far."""

    name: ClassVar[str] = "batch_done"
    epoch: Whole
    batch: Whole
    batches: Whole
    images_per_second: Finite
    seconds_left: Finite
    memory_mb: Finite


@dataclass(frozen=True, slots=True)
class NoiseEstimated(Event):
    """`rate`: share of wrong labels, with its 95 % interval; `poor`: share of poor images."""

    name: ClassVar[str] = "noise_estimated"
    rate: Finite
    low: Finite
    high: Finite
    poor: Finite


@dataclass(frozen=True, slots=True)
class SeparationDone(Event):
    """`counts` by bucket value; `scores` is the path of the epoch's file, already on disk."""

    name: ClassVar[str] = "separation_done"
    epoch: Whole
    counts: dict[str, Whole]
    scores: str


@dataclass(frozen=True, slots=True)
class EpochDone(Event):
    name: ClassVar[str] = "epoch_done"
    epoch: Whole
    # a loss that is not a number is news, not damage
    metrics: dict[str, float]


@dataclass(frozen=True, slots=True)
class CheckpointSaved(Event):
    name: ClassVar[str] = "checkpoint_saved"
    epoch: Whole
    path: str


@dataclass(frozen=True, slots=True)
class Warned(Event):
    name: ClassVar[str] = "warning"
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class RunFinished(Event):
    """Exactly once, last. `status`: done, failed or cancelled; `reason` is a sentence.

    `cause` of a failure that has a way out of its own: weights, download, device, memory,
    gpu_memory; else empty.
    """

    name: ClassVar[str] = "run_finished"
    status: str
    reason: str = ""
    run: Whole = 0
    counts: dict[str, Whole] = field(default_factory=dict)
    cause: str = ""


EVENTS: dict[str, type[Event]] = {
    kind.name: kind
    for kind in (
        RunStarted,
        Preparing,
        EpochStarted,
        BatchDone,
        NoiseEstimated,
        SeparationDone,
        EpochDone,
        CheckpointSaved,
        Warned,
        RunFinished,
    )
}

Sink = Callable[[Event], None]

#: A longer line is no event; in characters.
MAX_LINE = 1_000_000


def encode(event: Event) -> str:
    """Write an event as one line of ASCII JSON, without the line end."""
    return json.dumps({"event": event.name} | asdict(event))


def decode(line: str) -> Event:
    """Read one line of JSON; keys of other versions are ignored.

    Raises:
        ValueError: the line is not an event of this version, or a number in it is too large or not
            finite where it must be; callers treat it as log text.
    """
    data = foreign_json.parse(line, most=MAX_LINE)
    name = data.pop("event", None) if isinstance(data, dict) else None
    kind = EVENTS.get(name) if isinstance(name, str) else None
    if kind is None:
        raise ValueError("not an event")
    return foreign_json.checked(data, kind)
