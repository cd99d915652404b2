"""The rounds of a run: what each trains, and what it costs beside the others."""

from __future__ import annotations

from dataclasses import replace

from qmix_core.runs.config import PRESETS, RunConfig

#: Below this many images a half holds too few labels: a network learns four of five parts.
FEW_IMAGES = 500
#: With more images, a further round changes no figure (docs/results.md).
_ROUNDS_OF_MANY = 2
#: A round of heads learns from all images, the warm-up from one half; fine-tuning takes hours.
_WARM_UP_COST, _ROUND_COST, _FINE_TUNING_COST = 1.0, 2.0, 200.0


def head_rounds(config: RunConfig, images: int) -> int:
    """Rounds of heads on a frozen encoder: all of `quick`, and what `standard` starts from."""
    rounds = heads_of(config).rounds
    return rounds if images < FEW_IMAGES else min(rounds, _ROUNDS_OF_MANY)


def round_count(config: RunConfig, images: int) -> int:
    """All rounds of a run on so many images."""
    return head_rounds(config, images) + (config.backbone == "finetune")


def round_costs(config: RunConfig, images: int) -> list[float]:
    """What each round takes, in proportion."""
    costs = [_WARM_UP_COST] + [_ROUND_COST] * (head_rounds(config, images) - 1)
    return costs + [_FINE_TUNING_COST] * (config.backbone == "finetune")


def heads_of(config: RunConfig) -> RunConfig:
    """Settings of the heads of a run: its own, or those of `quick` where it fine-tunes after."""
    if config.backbone == "frozen":
        return config
    quick = PRESETS["quick"]
    return replace(quick, seed=config.seed, device=config.device)
