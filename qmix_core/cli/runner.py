"""`qmix runner`: try where a run would run, before it does."""

from __future__ import annotations

import argparse

import msgspec

from qmix_core.cli.terminal import say
from qmix_core.workflow.try_runner import try_runner


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of `qmix runner`."""
    parser.add_argument("runner", metavar="RUNNER", help="as for qmix train --runner")
    parser.add_argument("--remote-folder", default="", metavar="DIR")


def runner(arguments: argparse.Namespace) -> int:
    """`qmix runner`."""
    found = try_runner(arguments.runner, arguments.remote_folder)
    say(arguments, msgspec.to_builtins(found), "\n".join(found.lines()))
    return 0
