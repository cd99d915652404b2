"""What a training will take, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from qmix_core.config import PRESETS
from qmix_core.cost import training_costs
from qmix_gui.run_settings import RunSettings


def cost_text(images: int, images_per_second: float, settings: RunSettings) -> str:
    """About how long and how large a first run is here, on the processor."""
    translate = QCoreApplication.translate
    preset = settings.preset
    if preset not in PRESETS:
        preset = "quick" if settings.weights else "tiny"
    cost = next(c for c in training_costs(images, images_per_second) if c.preset == preset)
    text = translate(
        "cost",
        "{images} images with {preset}: about {time} on this computer without a GPU, "
        "{memory} GB of memory and {cache} MB of cache.",
    )
    return text.format(
        images=f"{images:,}",
        preset=preset,
        time=_rough(cost.seconds),
        memory=f"{cost.memory_mb / 1000:.1f}",
        cache=f"{cost.cache_mb:,}",
    )


def _rough(seconds: float) -> str:
    translate = QCoreApplication.translate
    if seconds < 90 * 60:
        return translate("cost", "{count} min").format(count=max(1, round(seconds / 60)))
    return translate("cost", "{count} hours").format(count=round(seconds / 3600))
