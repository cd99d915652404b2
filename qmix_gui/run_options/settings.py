"""What a person chooses of a run."""

from __future__ import annotations

from dataclasses import dataclass

from qmix_core.runs.config import PRESETS, RunConfig


@dataclass(frozen=True, slots=True)
class RunSettings:
    """`weights` as in RunConfig; `epochs` None is the preset's own number.

    `encoder`, `image_size` and `batch_size` None are the preset's own. `no_mirror`: views never
    mirror an eye.
    """

    preset: str = "auto"
    weights: str = ""
    epochs: int | None = None
    seed: int = 0
    encoder: str | None = None
    device: str = "auto"
    no_mirror: bool = False
    image_size: int | None = None
    batch_size: int | None = None

    @classmethod
    def of(cls, config: RunConfig) -> RunSettings:
        """The settings that make a run like an earlier one."""
        usual = PRESETS.get(config.preset, config)
        return cls(
            config.preset,
            config.weights,
            config.epochs,
            config.seed,
            config.encoder if config.needs_weights else None,
            config.device,
            config.view_set == "no_mirror",
            config.image_size if config.image_size != usual.image_size else None,
            config.batch_size if config.batch_size != usual.batch_size else None,
        )
