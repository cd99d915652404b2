"""The product's own engine as one method of the benchmark, whole and with parts switched off."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch

from noisy_features import NoisySet
from outcome import Outcome
from qmix_core.base.cancellation import Control
from qmix_core.base.events import Event, Warned
from qmix_core.base.types import WRONG_FROM, Pin
from qmix_core.engine.qmix.networks import new_network
from qmix_core.engine.quality.local_detail import local_detail
from qmix_core.engine.trainer import TrainingSet, train_on_views
from qmix_core.engine.views.views import FeatureViews
from qmix_core.runs.config import RunConfig
from qmix_core.runs.run_options import RunOptions

CHECKPOINT = "checkpoint.pt"
#: Each part of the method that can be left out or added, and the settings that do it.
ABLATIONS: dict[str, dict[str, Any]] = {
    "qmix_warm_up_only": {"rounds": 1},
    "qmix_two_rounds": {"rounds": 2},
    "qmix_no_linear": {"linear": False},
    "qmix_no_reweighting": {"reweighting": False},
    "qmix_no_smoothing": {"smoothing": False},
    "qmix_with_sharpening": {"sharpen_temperature": 0.5},
    "qmix_with_mixture": {"mixture": True},
    "qmix_with_mixup": {"mixup_alpha": 4.0},
    "qmix_with_contrastive": {"lambda_contrastive": 0.1},
}


def qmix_methods() -> dict[str, Callable[[NoisySet], dict[str, Outcome]]]:
    """QMix as the `quick` preset has it, and its ablations, by name."""
    variants: dict[str, dict[str, Any]] = {"qmix": {}} | ABLATIONS
    return {name: partial(_run, name, changes) for name, changes in variants.items()}


def _run(name: str, changes: dict[str, Any], noisy: NoisySet) -> dict[str, Outcome]:
    """Train on the cached features through the engine's own door."""
    preset = RunOptions(preset="quick", weights="-", seed=noisy.condition.seed).config()
    config = replace(preset, **changes)
    # where the peers train too, so that seconds compare
    device = torch.device("cpu")
    rows = np.arange(len(noisy.given))
    images = TrainingSet(
        (), (), rows, rows, noisy.given, (Pin.NONE,) * len(rows), noisy.classes,
        groups=noisy.groups, ranks=noisy.ranks,
    )  # fmt: skip
    warnings: list[str] = []

    def note(event: Event) -> None:
        if isinstance(event, Warned):
            warnings.append(event.text)

    with tempfile.TemporaryDirectory() as folder:
        run = train_on_views(
            config,
            images,
            FeatureViews(
                noisy.embedded,
                rows=rows,
                device=device,
                fault_rows=noisy.fault_rows,
                detail=local_detail(noisy.pixels),
                parts=noisy.parts,
            ),
            device=device,
            folder=Path(folder),
            sink=note,
            control=Control(),
        )
        test_accuracy = final_model_accuracy(Path(folder), config, noisy)
    results = run.results
    outcome = Outcome(
        results.bucket,
        results.error_score,
        results.suggested,
        1 - results.p_wrong.astype(np.float64),
        estimated_rate=run.noise.rate,
        interval=(run.noise.low, run.noise.high),
        doubted=results.p_wrong >= WRONG_FROM,
        test_accuracy=test_accuracy,
        notes={"warnings": warnings} if warnings else {},
    )
    return {name: outcome}


@torch.inference_mode()
def final_model_accuracy(folder: Path, config: RunConfig, noisy: NoisySet) -> float | None:
    """Share of the test images that both networks together get right; None without checkpoint."""
    if not (folder / CHECKPOINT).is_file():
        return None
    features = torch.from_numpy(noisy.test_features).float()
    states = torch.load(folder / CHECKPOINT, map_location="cpu", weights_only=True)["networks"]
    predictions = []
    for state in states:
        network = new_network(config, embedding=features.shape[1], classes=len(noisy.classes))
        network.load_state_dict(state)
        predictions.append(network.eval()(features).logits.softmax(dim=1))
    predicted = torch.stack(predictions).mean(dim=0).argmax(dim=1).numpy()
    return float((predicted == noisy.test_labels).mean())
