"""What a run remembers of its rounds: enough to separate, to judge, and to resume after a stop."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from qmix_core.base.types import FloatArray
from qmix_core.engine.qmix.co_training import (
    Judgements,
    Round,
    Weights,
    from_tensors,
    to_tensors,
)
from qmix_core.engine.qmix.targets import Lessons
from qmix_core.engine.qmix.verdict import WarmUp

Arrays = tuple[FloatArray, ...]


class RunRecord:
    """`round`: the last complete one; `poor`: float32 [N], log-odds of being too poor to read;
    `kinds`: by kind of network, what it judged in its last round; `lessons` of the next round;
    `warm_up`: what it measured, None before; `separations`: posterior [2, N, 3], loss and
    uncertainty [2, N] of each round; `networks`: the weights of two networks of the last round;
    `partial`: a round that is not complete, None where there is none; `warned`: codes of warnings.
    """

    def __init__(self) -> None:
        self.round = 0
        self.poor: FloatArray = np.zeros(0, dtype=np.float32)
        self.kinds: dict[str, Judgements] = {}
        self.lessons: Lessons | None = None
        self.warm_up: WarmUp | None = None
        self.separations: list[Arrays] = []
        self.networks: list[Weights] = [{}, {}]
        self.partial: Round | None = None
        self.warned: set[str] = set()

    def state(self) -> dict[str, Any]:
        """Tensors and plain containers, for a checkpoint."""
        lessons = self.lessons
        return {
            "round": self.round,
            "poor": torch.from_numpy(self.poor),
            "kinds": {name: to_tensors(kind) for name, kind in self.kinds.items()},
            "lessons": []
            if lessons is None
            else [lessons.targets, lessons.weights, lessons.bucket],
            "warm_up": [] if self.warm_up is None else [self.warm_up.shift, self.warm_up.rate],
            "separations": [[torch.from_numpy(a) for a in arrays] for arrays in self.separations],
            "partial": None if self.partial is None else self.partial.state(),
            "warned": sorted(self.warned),
        }

    def restore(self, state: dict[str, Any], networks: list[Weights]) -> None:
        self.round = state["round"]
        self.poor = state["poor"].numpy()
        self.kinds = {name: from_tensors(kind) for name, kind in state["kinds"].items()}
        self.lessons = Lessons(*state["lessons"]) if state["lessons"] else None
        self.warm_up = WarmUp(*map(float, state["warm_up"])) if state["warm_up"] else None
        self.separations = [tuple(a.numpy() for a in arrays) for arrays in state["separations"]]
        if not all(isinstance(value, torch.Tensor) for one in networks for value in one.values()):
            raise TypeError("the networks are no tensors")
        self.networks = networks
        partial = state["partial"]
        self.partial = None if partial is None else Round.restored(partial)
        self.warned = set(state["warned"])
