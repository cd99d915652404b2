"""`qmix engine`: an environment with the torch that this computer's GPU needs."""

from __future__ import annotations

import argparse
import signal
from pathlib import Path

import msgspec

from qmix_core.base.cancellation import Control
from qmix_core.cli.terminal import Terminal, say
from qmix_core.runners import engine_environment as engine


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of `qmix engine`."""
    parser.add_argument("what", choices=("status", "make", "remove"))
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


def engine_command(arguments: argparse.Namespace) -> int:
    """`qmix engine`."""
    if arguments.what == "remove":
        freed = engine.remove_engine()
        say(arguments, {"freed_mb": freed}, f"The engine environment is gone: {freed:,} MB free.")
        return 0
    status = engine.engine_status() if arguments.what == "status" else _make(arguments)
    say(arguments, msgspec.to_builtins(status), status.sentence())
    return 0


def _make(arguments: argparse.Namespace) -> engine.EngineStatus:
    control, terminal, told = Control(), Terminal(), [""]
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: control.cancel())
    is_small = arguments.torch_backend == "cpu" or arguments.wheels is not None
    needs = engine.SIZE_WITHOUT if is_small else engine.SIZE_WITH_GPU
    terminal.line(f"This needs up to {needs >> 30} GB while it is made.")

    def tell(step: str, megabytes: int) -> None:
        text = f"{step}: {megabytes:,} MB"
        if text != told[0]:
            told[0] = text
            terminal.line(text)

    return engine.make_engine(
        tell=tell,
        control=control,
        wheels=arguments.wheels,
        backend=arguments.torch_backend,
        python=arguments.python,
        needs=needs,
    )
