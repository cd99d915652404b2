"""What a person chooses of a run."""

from __future__ import annotations

from dataclasses import dataclass

from qmix_core.config import RunConfig

#: In place of a weights file: torchvision's own weights, fetched once over the network.
DOWNLOAD = "download"


@dataclass(frozen=True, slots=True)
class RunSettings:
    """`weights` is a file, `DOWNLOAD` or empty; `epochs` None is the preset's own number."""

    preset: str = "auto"
    weights: str = ""
    epochs: int | None = None
    seed: int = 0

    @classmethod
    def of(cls, config: RunConfig) -> RunSettings:
        """The settings that make a run like an earlier one."""
        return cls(config.preset, config.weights, config.epochs, config.seed)
