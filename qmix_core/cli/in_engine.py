"""Commands that a bundle does not do itself: its window and its command line have no torch."""

from __future__ import annotations

import argparse

from qmix_core.cli import attention as cli_attention
from qmix_core.cli import far as cli_far
from qmix_core.cli import quality as cli_quality
from qmix_core.cli import train as cli_train
from qmix_core.project.storage.opening import holds_project
from qmix_core.runners import carried, other_python
from qmix_core.runners.own_engine import own_engine
from qmix_core.runners.spec import Local, parse_runner


def needs_engine(arguments: argparse.Namespace) -> bool:
    """Whether this is a bundle's program, and the command loads torch."""
    if not carried.is_frozen():
        return False
    command = arguments.command
    if command is cli_train.train:
        return isinstance(parse_runner(arguments.runner), Local)
    if command is cli_quality.quality:
        return not holds_project(arguments.folder)
    if command is cli_far.far:
        return arguments.step in cli_far.COMPUTING
    return bool(command is cli_attention.attention)


def run_in_engine(arguments: argparse.Namespace) -> int:
    """Do the command under the engine environment's Python, in place of this process.

    Raises:
        ConfigError: there is no engine environment, or it lacks something.
    """
    return other_python.become(own_engine(), arguments.argv)
