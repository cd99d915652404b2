"""Mixed precision: forward passes and optimiser steps of a network on one device."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from qmix_core.engine.computing.device import autocast, laid_out
from qmix_core.engine.qmix.networks import Network, Output

_MAX_GRADIENT_NORM = 5.0


class Precision:
    """Runs a network in `half` (None: float32); losses are float32 in either case."""

    def __init__(self, device: torch.device, half: torch.dtype | None) -> None:
        self._device = device
        self._half = half
        # float16 alone loses small gradients unless the loss is scaled up
        self._scaler = torch.amp.GradScaler("cuda", enabled=half is torch.float16)

    def forward(self, network: Network, views: Tensor) -> Output:
        """The float32 output of a network for a batch of views."""
        with autocast(self._device, self._half):
            output = network(laid_out(views))
        return Output(*(part.float() for part in output))

    def step(self, loss: Tensor, *, network: nn.Module, optimizer: torch.optim.Optimizer) -> None:
        """One optimiser step, gradients clipped."""
        scaler = self._scaler
        optimizer.zero_grad(set_to_none=True)
        scaler.scale(loss).backward()  # type: ignore[no-untyped-call]
        scaler.unscale_(optimizer)
        try:
            nn.utils.clip_grad_norm_(network.parameters(), _MAX_GRADIENT_NORM)
            scaler.step(optimizer)
        finally:
            # also when memory ran out in the step, which is then redone on fewer images
            scaler.update()

    def state(self) -> dict[str, Any]:
        """Tensors and plain containers, for a checkpoint."""
        return self._scaler.state_dict()

    def restore(self, state: dict[str, Any]) -> None:
        if self._scaler.is_enabled():
            self._scaler.load_state_dict(state)
