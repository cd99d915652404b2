"""What a run remembers of its epochs: enough to separate, to judge, and to go on after a stop."""

from __future__ import annotations

from collections import deque
from dataclasses import asdict
from typing import Any

import numpy as np
import torch

from qmix_core.base.types import FloatArray, NoiseEstimate
from qmix_core.engine.label_audit.label_audit import Evidence

Arrays = tuple[FloatArray, ...]


class RunRecord:
    """`epoch`: the last complete one; `probabilities`: float32 [2, N, C], its plain predictions.

    `recent`: loss and uncertainty, float32 [2, N] each, of the last epochs; `judged`: posterior
    (float32 [2, N, 3]), loss and uncertainty of each separation; `evidence`: gathered before the
    first separation; `warned`: codes of warnings.
    """

    def __init__(self, *, averaged_epochs: int) -> None:
        self.epoch = 0
        self.probabilities: FloatArray = np.zeros(0, dtype=np.float32)
        self.recent: deque[Arrays] = deque(maxlen=averaged_epochs)
        self.judged: list[Arrays] = []
        self.evidence: Evidence | None = None
        self.warned: set[str] = set()

    def state(self) -> dict[str, Any]:
        """Tensors and plain containers, for a checkpoint."""
        return {
            "epoch": self.epoch,
            "probabilities": torch.from_numpy(self.probabilities),
            "recent": [_to_tensors(arrays) for arrays in self.recent],
            "judged": [_to_tensors(arrays) for arrays in self.judged],
            "evidence": None if self.evidence is None else _pack(self.evidence),
            "warned": sorted(self.warned),
        }

    def restore(self, state: dict[str, Any]) -> None:
        self.epoch = state["epoch"]
        self.probabilities = state["probabilities"].numpy()
        self.recent.extend(_to_arrays(tensors) for tensors in state["recent"])
        self.judged = [_to_arrays(tensors) for tensors in state["judged"]]
        self.evidence = None if state["evidence"] is None else _unpack(state["evidence"])
        self.warned = set(state["warned"])


def _to_tensors(arrays: Arrays) -> list[torch.Tensor]:
    return [torch.from_numpy(array) for array in arrays]


def _to_arrays(tensors: list[torch.Tensor]) -> Arrays:
    return tuple(tensor.numpy() for tensor in tensors)


def _pack(evidence: Evidence) -> dict[str, Any]:
    noise = {
        name: torch.from_numpy(value) if isinstance(value, np.ndarray) else value
        for name, value in asdict(evidence.noise).items()
    }
    return {
        "posterior": torch.from_numpy(evidence.posterior),
        "true_class": torch.from_numpy(evidence.true_class),
        "noise": noise,
    }


def _unpack(state: dict[str, Any]) -> Evidence:
    noise: dict[str, Any] = {
        name: value.numpy() if isinstance(value, torch.Tensor) else value
        for name, value in state["noise"].items()
    }
    return Evidence(state["posterior"].numpy(), state["true_class"].numpy(), NoiseEstimate(**noise))
