"""Events of a training run and their JSON form: one object per line, scalars and paths only."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Event:
    """Base of all events; `name` is the `event` key of the JSON form."""

    name: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class RunStarted(Event):
    name: ClassVar[str] = "run_started"
    run: int
    preset: str
    device: str
    images: int
    epochs: int
    folder: str


@dataclass(frozen=True, slots=True)
class Preparing(Event):
    """Work besides the epochs: `stage` is "checking", "decoding", "embedding" or "estimating"."""

    name: ClassVar[str] = "preparing"
    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class EpochStarted(Event):
    name: ClassVar[str] = "epoch_started"
    epoch: int
    epochs: int
    stage: str


@dataclass(frozen=True, slots=True)
class BatchDone(Event):
    """At most ten a second. `seconds_left` is for the whole run, estimated from the pace so far."""

    name: ClassVar[str] = "batch_done"
    epoch: int
    batch: int
    batches: int
    images_per_second: float
    seconds_left: float
    memory_mb: float


@dataclass(frozen=True, slots=True)
class NoiseEstimated(Event):
    """`rate`: share of wrong labels, with its 95 % interval; `poor`: share of poor images."""

    name: ClassVar[str] = "noise_estimated"
    rate: float
    low: float
    high: float
    poor: float


@dataclass(frozen=True, slots=True)
class SeparationDone(Event):
    """`counts` by bucket value; `scores` is the path of the epoch's file, already on disk."""

    name: ClassVar[str] = "separation_done"
    epoch: int
    counts: dict[str, int]
    scores: str


@dataclass(frozen=True, slots=True)
class EpochDone(Event):
    name: ClassVar[str] = "epoch_done"
    epoch: int
    metrics: dict[str, float]


@dataclass(frozen=True, slots=True)
class CheckpointSaved(Event):
    name: ClassVar[str] = "checkpoint_saved"
    epoch: int
    path: str


@dataclass(frozen=True, slots=True)
class Warned(Event):
    name: ClassVar[str] = "warning"
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class RunFinished(Event):
    """Exactly once, last. `status`: done, failed or cancelled; `reason` is a sentence."""

    name: ClassVar[str] = "run_finished"
    status: str
    reason: str = ""
    run: int = 0
    counts: dict[str, int] = field(default_factory=dict)


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
#: Whole numbers up to here are the same in every program that reads JSON.
MAX_INT = 2**53
_SCALARS: dict[str, Callable[[object], bool]] = {
    "int": lambda value: _is_int(value),
    "float": lambda value: _is_int(value) or (isinstance(value, float) and math.isfinite(value)),
    "str": lambda value: isinstance(value, str),
    "dict[str, int]": lambda value: _all(value, _is_int),
    # a loss that is not a number is news, not damage
    "dict[str, float]": lambda value: _all(
        value, lambda item: _is_int(item) or isinstance(item, float)
    ),
}


def _is_int(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MAX_INT


def _all(value: object, fits: Callable[[object], bool]) -> bool:
    return isinstance(value, dict) and all(fits(item) for item in value.values())


def encode(event: Event) -> str:
    """Write an event as one line of ASCII JSON, without the line end."""
    return json.dumps({"event": event.name} | asdict(event))


def decode(line: str) -> Event:
    """Read one line of JSON.

    Raises:
        ValueError: the line is not an event of this version, or a number in it is beyond MAX_INT
            or not finite where it must be; callers treat it as log text.
    """
    if len(line) > MAX_LINE:
        raise ValueError("longer than any event")
    try:
        data = json.loads(line)
    except RecursionError as error:
        raise ValueError("JSON nested too deeply") from error
    if not isinstance(data, dict) or not isinstance(data.get("event"), str):
        raise ValueError("not an event")
    kind = EVENTS.get(data.pop("event"))
    if kind is None:
        raise ValueError("unknown event")
    known = {item.name: str(item.type) for item in fields(kind)}
    values = {key: value for key, value in data.items() if key in known}
    for key, value in values.items():
        if not _SCALARS[known[key]](value):
            raise ValueError(f"{kind.name}.{key} is not of type {known[key]}")
    try:
        return kind(**values)
    except TypeError as error:
        raise ValueError(f"{kind.name}: {error}") from error
