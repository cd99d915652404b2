"""`qmix engine`: an environment with the torch that this computer's GPU needs."""

from __future__ import annotations

import argparse
import signal
from contextlib import nullcontext
from pathlib import Path

import msgspec

from qmix_core.base.cancellation import Control
from qmix_core.base.errors import ConfigError
from qmix_core.base.events import Preparing
from qmix_core.base.parent_link import ParentLink
from qmix_core.cli.terminal import Terminal, say
from qmix_core.runners import engine_environment as engine

#: A half-made environment of gigabytes is removed before the end.
_GRACE_S = 60.0


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of `qmix engine`."""
    parser.add_argument("what", choices=("status", "plan", "make", "remove"))
    parser.add_argument(
        "--wheels", type=Path, metavar="DIR", help="install from this folder, without a network"
    )
    parser.add_argument(
        "--torch-backend",
        default=engine.AUTO,
        metavar="NAME",
        help="auto looks for the GPU; cpu, cu128 and others as uv calls them",
    )
    parser.add_argument("--python", default="", help="what the environment is based on")
    parser.add_argument("--events", action="store_true", help="progress as JSON lines")


def engine_command(arguments: argparse.Namespace) -> int:
    """`qmix engine`."""
    if arguments.what == "remove":
        freed = engine.remove_engine()
        say(arguments, {"freed_mb": freed}, f"The engine environment is gone: {freed:,} MB free.")
        return 0
    if arguments.what == "plan":
        plan = _plan(arguments)
        say(arguments, msgspec.to_builtins(plan), plan.sentence())
        return int(bool(plan.problem))
    status = engine.engine_status() if arguments.what == "status" else _make(arguments)
    if not arguments.events:
        say(arguments, msgspec.to_builtins(status), status.sentence())
    return 0


def _plan(arguments: argparse.Namespace) -> engine.EnginePlan:
    return engine.plan_engine(wheels=arguments.wheels, backend=arguments.torch_backend)


def _make(arguments: argparse.Namespace) -> engine.EngineStatus:
    plan = _plan(arguments)
    if plan.problem:
        raise ConfigError(plan.problem)
    control, terminal, told = Control(), Terminal(), [""]
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: control.cancel())
    link = ParentLink(control, grace_s=_GRACE_S) if arguments.events else None
    if link is None:
        terminal.line(plan.sentence())

    def tell(step: str, megabytes: int) -> None:
        if link is not None:
            link.send(Preparing(step, megabytes, plan.size_mb))
            return
        text = f"{step.replace('_', ' ')}: {megabytes:,} MB"
        if text != told[0]:
            told[0] = text
            terminal.line(text)

    with link or nullcontext():
        return engine.make_engine(
            tell=tell,
            control=control,
            wheels=arguments.wheels,
            backend=arguments.torch_backend,
            python=arguments.python,
            needs=plan.needs_mb << 20,
        )
