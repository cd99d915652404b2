"""What a person chooses of a run."""

from __future__ import annotations

from dataclasses import dataclass

from qmix_core.config import RunConfig

#: In place of a weights file: torchvision's own weights, fetched once over the network.
DOWNLOAD = "download"


@dataclass(frozen=True, slots=True)
class RunSettings:
    """`weights` is a file, `DOWNLOAD` or empty; `epochs` None is the preset's own number.

    `encoder` None is the preset's own. `no_mirror`: views never mirror an eye.
    """

    preset: str = "auto"
    weights: str = ""
    epochs: int | None = None
    seed: int = 0
    encoder: str | None = None
    device: str = "auto"
    no_mirror: bool = False

    @classmethod
    def of(cls, config: RunConfig) -> RunSettings:
        """The settings that make a run like an earlier one."""
        return cls(
            config.preset,
            config.weights,
            config.epochs,
            config.seed,
            config.encoder if config.needs_weights else None,
            config.device,
            config.view_set == "no_mirror",
        )
