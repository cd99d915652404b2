"""The axis of the epochs: whole numbers only."""

from __future__ import annotations

import pyqtgraph as pg


class EpochAxis(pg.AxisItem):
    """A bottom axis without ticks between two epochs."""

    def __init__(self) -> None:
        super().__init__("bottom")
        self.enableAutoSIPrefix(False)

    def tickSpacing(self, low: float, high: float, size: float) -> list[tuple[float, float]]:
        """Steps between the ticks, coarse first, with their offsets."""
        steps = [step for step, _ in super().tickSpacing(low, high, size) if step >= 1]
        return [(round(step), 0.0) for step in steps] or [(1.0, 0.0)]
