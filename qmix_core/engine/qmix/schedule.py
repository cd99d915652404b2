"""How long a run warms up and trains, and its learning rate and ramp over the epochs."""

from __future__ import annotations

import math
from dataclasses import dataclass

from qmix_core.runs.config import RunConfig

#: A run from trained networks needs this share of the warm-up and of the epochs.
_WARM_SHARE_OF_WARMUP = 0.25
_WARM_SHARE_OF_EPOCHS = 0.5
_FEWEST_TRAINED = 2


@dataclass(slots=True)
class Schedule:
    """`warmup_epochs` of `epochs`, counted from 1; a warm-up may grow to `longest_warmup`."""

    epochs: int
    warmup_epochs: int
    longest_warmup: int

    @classmethod
    def of(cls, config: RunConfig, *, is_warm: bool = False) -> Schedule:
        """The schedule of a run; a shorter one where it starts from trained networks."""
        epochs, warmup = config.epochs, config.warmup_epochs
        if is_warm:
            warmup = max(1, round(warmup * _WARM_SHARE_OF_WARMUP))
            shorter = max(round(epochs * _WARM_SHARE_OF_EPOCHS), warmup + _FEWEST_TRAINED)
            epochs = min(epochs, shorter)
        return cls(epochs, warmup, 2 * warmup)

    def extend_warmup(self) -> bool:
        """Warm up for one more epoch, and train as long as before; False at the longest."""
        if self.warmup_epochs >= self.longest_warmup:
            return False
        self.warmup_epochs += 1
        self.epochs += 1
        return True

    def rate(self, epoch: int) -> float:
        """Share of the learning rate at an epoch: a cosine from 1 towards 0."""
        return 0.5 * (1 + math.cos(math.pi * (epoch - 1) / self.epochs))

    def ramp(self, epoch: int, ramp_epochs: int) -> float:
        """Weight of the unsupervised terms: linear from 0 at the end of the warm-up to 1."""
        return min(1.0, (epoch - self.warmup_epochs) / ramp_epochs)
