"""The rounds of a run: what each trains, and what it costs beside the others."""

from __future__ import annotations

from dataclasses import replace

from qmix_core.runs.config import PRESETS, RunConfig

#: A round of heads learns from all images, the warm-up from one half; fine-tuning takes hours.
_WARM_UP_COST, _ROUND_COST, _FINE_TUNING_COST = 1.0, 2.0, 200.0


def head_rounds(config: RunConfig) -> int:
    """Rounds of heads on a frozen encoder: all of `quick`, and what `standard` starts from."""
    return heads_of(config).rounds


def round_count(config: RunConfig) -> int:
    """All rounds of a run."""
    return head_rounds(config) + (config.backbone == "finetune")


def round_costs(config: RunConfig) -> list[float]:
    """What each round takes, in proportion."""
    costs = [_WARM_UP_COST] + [_ROUND_COST] * (head_rounds(config) - 1)
    return costs + [_FINE_TUNING_COST] * (config.backbone == "finetune")


def heads_of(config: RunConfig) -> RunConfig:
    """Settings of the heads of a run: its own, or those of `quick` where it fine-tunes after."""
    if config.backbone == "frozen":
        return config
    quick = PRESETS["quick"]
    return replace(quick, seed=config.seed, device=config.device)
