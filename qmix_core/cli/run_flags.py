"""The flags of a run, as `qmix train` and `qmix-gui` take them."""

from __future__ import annotations

import argparse

from qmix_core.runs.run_options import Kind, RunOptions

_METAVARS = {
    Kind.NUMBER: "N",
    Kind.FILE: "FILE",
    Kind.CHOICE: "NAME",
    Kind.TEXT: "TEXT",
    Kind.RUNNER: "RUNNER",
}


def add_run_options(parser: argparse.ArgumentParser) -> None:
    """A flag for each of `RunOptions`."""
    for option in RunOptions.options():
        # argparse formats what it shows
        text = option.full_help.replace("%", "%%")
        if option.kind is Kind.SWITCH:
            parser.add_argument(
                option.flag, action="store_const", const=not option.default,
                default=option.default, dest=option.name, help=text,
            )  # fmt: skip
        else:
            parser.add_argument(
                option.flag,
                type=int if option.kind is Kind.NUMBER else str,
                choices=[choice.value for choice in option.choices] if option.is_closed else None,
                default=option.default,
                metavar=None if option.is_closed else _METAVARS[option.kind],
                dest=option.name,
                help=text,
            )


def run_options(arguments: argparse.Namespace) -> RunOptions:
    """What the flags say."""
    names = [option.name for option in RunOptions.options()]
    return RunOptions.from_values({name: getattr(arguments, name) for name in names})
