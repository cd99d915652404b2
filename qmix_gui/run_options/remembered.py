"""The options that the window remembers from one dataset to the next."""

from __future__ import annotations

from qmix_core.runs.run_options import RunOptions
from qmix_gui.settings.settings import ENCODER, PRESET, WEIGHTS, Settings


def remembered_options(settings: Settings) -> RunOptions:
    """What was chosen last, or in the preferences."""
    known = {choice.value for option in RunOptions.options()[:1] for choice in option.choices}
    preset, encoder = settings.get(PRESET), settings.get(ENCODER)
    return RunOptions(
        preset=preset if preset in known else "auto",
        encoder=encoder,
        # earlier versions remembered weights of another encoder than today's
        weights=settings.get(WEIGHTS) if encoder else "",
    )


def remember_options(settings: Settings, options: RunOptions) -> None:
    """Keep what the next dataset is likely to need too."""
    settings.set(PRESET, options.preset)
    settings.set(ENCODER, options.encoder)
    settings.set(WEIGHTS, options.weights)
