"""The Python that computes for this installation."""

from __future__ import annotations

import sys

from qmix_core.base.errors import ConfigError
from qmix_core.runners import carried
from qmix_core.runners.engine_environment import engine_python


def own_engine() -> str:
    """This Python; for the program of a bundle, that of the engine environment.

    Raises:
        ConfigError: a bundle without an engine environment.
    """
    if not carried.is_frozen():
        return sys.executable
    python = engine_python()
    if not python:
        raise ConfigError(
            "The engine that trains is not on this computer yet: let QMix make an engine "
            "environment (Help > This computer, or qmix engine make)."
        )
    return python
