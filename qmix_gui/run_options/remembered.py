"""The options that the window remembers from one dataset to the next."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, replace
from pathlib import Path

from qmix_core.base.errors import ConfigError
from qmix_core.runners.spec import LOCAL, Elsewhere, Local, OtherPython, parse_runner
from qmix_core.runs.encoder_names import DOWNLOAD, DOWNLOADED
from qmix_core.runs.run_options import RunOptions
from qmix_gui.settings.settings import ENCODER, PRESET, RUNNER, RUNNERS, WEIGHTS, Settings

_PLACE = ("runner", "remote_folder", "keep_remote")


def remembered_options(settings: Settings, project: Path | None = None) -> RunOptions:
    """What was chosen last, or in the preferences; where, as `with_remembered_place`."""
    known = {choice.value for option in RunOptions.options()[:1] for choice in option.choices}
    preset, encoder = settings.get(PRESET), settings.get(ENCODER)
    options = RunOptions(
        preset=preset if preset in known else "auto",
        encoder=encoder,
        # earlier versions remembered weights of another encoder than today's
        weights=settings.get(WEIGHTS) if encoder else "",
    )
    return with_remembered_place(options, settings, project)


def with_remembered_place(
    options: RunOptions, settings: Settings, project: Path | None
) -> RunOptions:
    """The options, to run where the project's last run was sent to; else under the Python of this
    computer that was chosen last, if it is still there.
    """
    if project is not None:
        try:
            known = json.loads(settings.get(RUNNERS).get(str(project), "{}"))
            place = {name: known[name] for name in _PLACE}
            if isinstance(parse_runner(str(place["runner"])), Elsewhere):
                return RunOptions.from_values(asdict(options) | place)
        except (ValueError, TypeError, KeyError, ConfigError):
            pass
    runner = settings.get(RUNNER)
    try:
        found = parse_runner(runner)
    except ConfigError:
        found = Local()
    is_there = isinstance(found, OtherPython) and shutil.which(Path(found.python).expanduser())
    return replace(
        options, runner=runner if is_there else LOCAL, remote_folder="", keep_remote=False
    )


def remember_options(settings: Settings, options: RunOptions, project: Path) -> None:
    """Keep what the next dataset is likely to need too, and where this project's runs go."""
    settings.set(PRESET, options.preset)
    settings.set(ENCODER, options.encoder)
    settings.set(WEIGHTS, options.weights)
    if isinstance(parse_runner(options.runner), Elsewhere):
        place = {name: getattr(options, name) for name in _PLACE}
        settings.set_runner_of(project, json.dumps(place))
    else:
        settings.set_runner_of(project, "")
        settings.set(RUNNER, options.runner or LOCAL)


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
