"""`qmix far`: what a run's home asks of this computer, one step a command. Not for people."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import msgspec

from qmix_core.base import foreign_json
from qmix_core.base.errors import DataError
from qmix_core.runners.far_side import MAX_JOB, FarSide
from qmix_core.runs.run_options import RunOptions

_MAX_LIST = 1 << 20


def add_options(parser: argparse.ArgumentParser) -> None:
    """The steps of the other side."""
    steps = parser.add_subparsers(required=True, metavar="STEP")
    for name, function in _STEPS.items():
        step = steps.add_parser(name)
        step.add_argument("--folder", default="", help="where everything lies")
        step.set_defaults(step=function)
        if name == "run":
            step.add_argument("job_folder", type=Path)
        elif name in _ON_JOBS:
            step.add_argument("job")
        if name == "get":
            step.add_argument("places", nargs="+")
        if name == "put":
            step.add_argument("file")
            step.add_argument("--size", type=int, required=True)
        if name in ("put", "get", "follow"):
            step.add_argument("--offset", type=int, default=0)
        if name == "start":
            step.add_argument("--partition", default="")
            step.add_argument("--option", action="append", default=[])
        if name == "remove":
            step.add_argument("--keep-files", action="store_true")


def far(arguments: argparse.Namespace) -> int:
    """`qmix far`."""
    step: Callable[[argparse.Namespace], int | None] = arguments.step
    return step(arguments) or 0


def _say(value: object) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")


def _hashes() -> list[str]:
    return foreign_json.read(sys.stdin.buffer.read(_MAX_LIST), list[str], most=_MAX_LIST)


def _settle(arguments: argparse.Namespace) -> None:
    from qmix_core.engine.computing.device import resolve_device
    from qmix_core.workflow.run_start import settle

    try:
        options = foreign_json.read(sys.stdin.buffer.read(_MAX_LIST), RunOptions, most=_MAX_LIST)
    except ValueError as error:
        raise DataError(f"These are no options of a run ({error}).") from error
    config = settle(options)
    _say({"settings": asdict(config), "device": str(resolve_device(config.device))})


def _probe(arguments: argparse.Namespace) -> None:
    from qmix_core.engine.probe import probe

    _say(probe(FarSide(arguments.folder).folder))


def _held(arguments: argparse.Namespace) -> None:
    _say(FarSide(arguments.folder).held(_hashes()))


def _put(arguments: argparse.Namespace) -> None:
    FarSide(arguments.folder).put(
        arguments.file, size=arguments.size, offset=arguments.offset, stream=sys.stdin.buffer
    )


def _start(arguments: argparse.Namespace) -> None:
    state = FarSide(arguments.folder).start(
        arguments.job,
        sys.stdin.buffer.read(MAX_JOB + 1),
        partition=arguments.partition,
        options=tuple(arguments.option),
    )
    _say(state)


def _state(arguments: argparse.Namespace) -> None:
    _say(FarSide(arguments.folder).state(arguments.job))


def _follow(arguments: argparse.Namespace) -> None:
    # a thread that waits in a buffered stream would hold its lock to the end
    with open(sys.stdin.fileno(), "rb", buffering=0, closefd=False) as orders:
        FarSide(arguments.folder).follow(
            arguments.job, offset=arguments.offset, orders_in=orders, out=sys.stdout.buffer
        )


def _get(arguments: argparse.Namespace) -> None:
    FarSide(arguments.folder).get(
        arguments.job, arguments.places, offset=arguments.offset, stream=sys.stdout.buffer
    )


def _remove(arguments: argparse.Namespace) -> None:
    FarSide(arguments.folder).remove(arguments.job, _hashes(), keep_files=arguments.keep_files)


def _run(arguments: argparse.Namespace) -> int:
    from qmix_core.workflow.job_run import run_job

    return run_job(arguments.job_folder)


_STEPS: dict[str, Callable[[argparse.Namespace], int | None]] = {
    "settle": _settle,
    "probe": _probe,
    "held": _held,
    "put": _put,
    "start": _start,
    "state": _state,
    "follow": _follow,
    "get": _get,
    "remove": _remove,
    "run": _run,
}
#: Steps that load torch.
COMPUTING = {_settle, _probe, _run}
_ON_JOBS = {"start", "state", "follow", "get", "remove"}
