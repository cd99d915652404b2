"""Small images of two classes that any network can learn."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

COLORS = {"healthy": (180, 60, 30), "sick": (60, 160, 60)}


def paint(path: Path, color: tuple[int, int, int], seed: int, size: int = 72) -> None:
    """Write a noisy patch of one colour: a class that any network can learn."""
    path.parent.mkdir(parents=True, exist_ok=True)
    noise = np.random.default_rng(seed).normal(0, 20, (size, size, 3))
    pixels = np.clip(np.array(color) + noise, 0, 255).astype(np.uint8)
    Image.fromarray(pixels).save(path)
