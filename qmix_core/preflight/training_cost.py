"""What a training will take on this computer: told from measured runs, before it starts.

The figures are those of docs/preflight.md, from two cores of the machine of docs/results.md. Other
computers are compared with it by a short multiplication of matrices.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cache

import numpy as np

#: Of the machine that the figures below come from, with all its cores; in 10^9 operations a second.
_REFERENCE_SPEED = 60.0
_SIDE = 768


@dataclass(frozen=True, slots=True)
class _Measured:
    """`fixed` and `per_image` in seconds on the reference, memory and cache in MB."""

    fixed: float
    per_image: float
    memory: float
    memory_per_image: float
    cache_per_image: float


_MEASURED = {
    "quick": _Measured(15, 0.06, 1000, 0.04, 0.08),
    "standard": _Measured(20, 19.0, 7000, 0.05, 0.2),
}


@dataclass(frozen=True, slots=True)
class Cost:
    """Of a first run with a preset on this computer's processor, without a GPU."""

    preset: str
    seconds: float
    memory_mb: int
    cache_mb: int

    def sentence(self) -> str:
        """For a terminal."""
        size = f"{self.memory_mb / 1000:.1f} GB of memory and {self.cache_mb:,} MB of disk"
        time_ = f"about {_duration(self.seconds)} on this computer without a GPU"
        return f"training with {self.preset}: {time_}, {size}."


def training_costs(images: int, images_per_second: float) -> list[Cost]:
    """The cost of each preset on so many images, of which so many a second can be read."""
    slowness = _REFERENCE_SPEED / _speed()
    return [
        Cost(
            preset,
            slowness * (known.fixed + known.per_image * images)
            + images / max(images_per_second, 0.1),
            round(known.memory + known.memory_per_image * images),
            max(1, round(known.cache_per_image * images)),
        )
        for preset, known in _MEASURED.items()
    ]


@cache
def _speed() -> float:
    """10^9 operations a second of this computer, the best of a few tries."""
    matrix = np.ones((_SIDE, _SIDE), dtype=np.float32)
    best = np.inf
    for _ in range(4):
        began = time.perf_counter()
        matrix @ matrix
        best = min(best, time.perf_counter() - began)
    return float(2 * _SIDE**3 / best / 1e9)


def _duration(seconds: float) -> str:
    if seconds < 90 * 60:
        return f"{max(1, round(seconds / 60))} min"
    return f"{round(seconds / 3600)} h"
