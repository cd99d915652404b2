"""How long a first run takes here, in words; from measured runs, before anything is trained."""

from __future__ import annotations

from qmix_core.preflight.training_cost import Cost, training_costs
from qmix_core.runs.run_options import RunOptions
from qmix_gui.theme.counted import counted
from qmix_gui.theme.translation import tr


def training_cost(images: int, images_per_second: float, options: RunOptions) -> Cost:
    """Of a first run with these options on this computer's processor."""
    preset = "quick" if options.preset == "auto" else options.preset
    return next(c for c in training_costs(images, images_per_second) if c.preset == preset)


def time_text(cost: Cost) -> str:
    """About how long it takes."""
    text = tr("about {time} on this computer's processor").format(time=_rough(cost.seconds))
    return text if cost.preset == "quick" else tr("{text} (a GPU is much faster)").format(text=text)


def size_text(cost: Cost) -> str:
    """What it needs of memory and disk."""
    text = tr("It needs {memory} GB of memory and {cache} MB of disk.")
    return text.format(memory=f"{cost.memory_mb / 1000:.1f}", cache=f"{cost.cache_mb:,}")


def _rough(seconds: float) -> str:
    minutes = max(1, round(seconds / 60))
    if minutes < 90:
        return counted(minutes, tr("1 minute"), tr("{count} minutes"))
    return counted(round(seconds / 3600), tr("1 hour"), tr("{count} hours"))
