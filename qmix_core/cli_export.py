"""`qmix export`: a table of the project, with names or without."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from qmix_core import cli_readers
from qmix_core.errors import ConfigError
from qmix_core.export.anonymous import anonymous_sentence, export_anonymously
from qmix_core.export.tables import EXPORTS, export_table, missing_now
from qmix_core.project.store import Project
from qmix_core.terminal import say


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of `qmix export`."""
    parser.add_argument("project", type=Path, metavar="P.qmix")
    parser.add_argument("--what", choices=(*EXPORTS, cli_readers.READINGS_TABLE), default="cleaned")
    parser.add_argument("--out", type=Path, required=True, metavar="PATH")
    parser.add_argument(
        "--anonymous",
        action="store_true",
        help="pseudonyms for images and reviewers; without notes and columns that name a person",
    )
    parser.add_argument(
        "--key-table",
        type=Path,
        metavar="FILE",
        help="with --anonymous: write which pseudonym is which image",
    )


def export(arguments: argparse.Namespace) -> int:
    """`qmix export`."""
    if arguments.what == cli_readers.READINGS_TABLE:
        return cli_readers.export_table(arguments)
    if arguments.key_table is not None and not arguments.anonymous:
        raise ConfigError("--key-table belongs to --anonymous: give both or neither.")
    with Project.open(arguments.project) as project:
        if not arguments.anonymous:
            count = export_table(project, arguments.what, arguments.out)
            missing = len(missing_now(project)) if arguments.what == "cleaned" else 0
            result: dict[str, object] = {
                "rows": count, "out": str(arguments.out), "missing": missing
            }  # fmt: skip
            left_out = f" {missing} images are missing and not among them." if missing else ""
            say(arguments, result, f"{count} rows are in {arguments.out}.{left_out}")
            return 0
        done = export_anonymously(
            project, arguments.what, arguments.out, key_table=arguments.key_table
        )
    text = f"{done.rows} rows are in {arguments.out}. {anonymous_sentence(done)}"
    say(arguments, {"out": str(arguments.out)} | asdict(done), text)
    return 0
