"""What is chosen for a run, in a few words."""

from __future__ import annotations

from pathlib import Path

from qmix_core.base.errors import ConfigError
from qmix_core.runners.spec import Elsewhere, OtherPython, parse_runner
from qmix_core.runs.encoder_names import DOWNLOAD, DOWNLOADED
from qmix_core.runs.run_options import RunOptions
from qmix_gui.theme.translation import tr

_USUAL_DEVICE = "auto"


def options_line(options: RunOptions) -> str:
    """Network, preset and device; what is as usual is left out, but for the network."""
    parts = [_network(options)]
    if options.preset == "standard":
        parts.append(tr("trained as a whole"))
    if where := _place(options):
        parts.append(where)
    if options.device != _USUAL_DEVICE:
        parts.append(tr("on {device}").format(device=options.device))
    return ", ".join(parts)


def _place(options: RunOptions) -> str:
    """Where it runs; empty for the usual place, and for what is no place."""
    try:
        runner = parse_runner(options.runner)
    except ConfigError:
        return ""
    if isinstance(runner, Elsewhere):
        return tr("on the computer {name}").format(name=runner.name)
    if not isinstance(runner, OtherPython):
        return ""
    # not before it is needed: it would keep the window from opening
    from qmix_core.runners.engine_environment import engine_folder

    if Path(runner.python).is_relative_to(engine_folder()):
        return tr("with the engine environment")
    return tr("with another Python")


def _network(options: RunOptions) -> str:
    if options.embeddings:
        return tr("vectors of {file}").format(file=Path(options.embeddings).name)
    if not options.encoder:
        return tr("built-in network")
    if options.weights in (DOWNLOAD, DOWNLOADED):
        return tr("network {name}, weights from the internet").format(name=options.encoder)
    text = tr("network {name} with {file}")
    return text.format(name=options.encoder, file=Path(options.weights).name)
