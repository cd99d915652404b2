"""The options that the window remembers from one dataset to the next."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from qmix_core.runs.encoder_names import DOWNLOAD, DOWNLOADED
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


def with_remembered_file(
    options: RunOptions, settings: Settings, *, has_failed: bool
) -> RunOptions:
    """The options of the last run, with the weights file of the preferences and its encoder where
    its own file is gone, or where it failed without a file.
    """
    encoder, file = settings.get(ENCODER), settings.get(WEIGHTS)
    is_word = options.weights in (DOWNLOAD, DOWNLOADED)
    is_needed = has_failed if is_word else not Path(options.weights).is_file()
    if not options.weights or not is_needed or not encoder or not Path(file).is_file():
        return options
    return replace(options, encoder=encoder, weights=file)
