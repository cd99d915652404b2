"""`qmix export`: a table of the project, its log, a report or a folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from qmix_core.cli.terminal import Terminal, say
from qmix_core.export.exports import EXPORTS, FOLDERS, ExportOptions, run_export
from qmix_core.export.folder import Link
from qmix_core.project.store import ProjectStore


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of `qmix export`."""
    parser.add_argument("project", type=Path, metavar="P.qmix")
    parser.add_argument("--what", choices=EXPORTS, default="cleaned")
    parser.add_argument("--out", type=Path, required=True, metavar="PATH")
    parser.add_argument(
        "--anonymous",
        action="store_true",
        help="pseudonyms for images and people; without notes, times and the columns of your table",
    )
    parser.add_argument(
        "--keep-column",
        action="append",
        default=[],
        metavar="NAME",
        help="with --anonymous: a column of your table that stays (patients as pseudonyms), or "
        "reviewed_at; may be given again",
    )
    parser.add_argument(
        "--key-table",
        type=Path,
        metavar="FILE",
        help="with --anonymous: write which pseudonym is which image",
    )
    parser.add_argument(
        "--link",
        choices=[link.value for link in Link],
        default=Link.COPY.value,
        help="with --what folder or imagefolder: copy the images, or link to them (default: copy)",
    )
    parser.add_argument(
        "--no-images", action="store_true", help="with --what report: no pictures in it"
    )


def export(arguments: argparse.Namespace) -> int:
    """`qmix export`."""
    options = ExportOptions(
        anonymous=arguments.anonymous,
        key_table=arguments.key_table,
        keep_columns=tuple(arguments.keep_column),
        link=Link(arguments.link),
        images=not arguments.no_images,
    )
    terminal = Terminal()
    with ProjectStore.open(arguments.project) as project:
        done = run_export(
            project,
            arguments.what,
            arguments.out,
            options,
            progress=lambda part, total: terminal.progress("exporting", part, total),
        )
        if project.warning:
            terminal.line(f"warning: {project.warning}")
    if arguments.what == "report":
        text = f"The report on {done.count} images is in {done.out}."
    else:
        unit = "images" if arguments.what in FOLDERS else "rows"
        text = f"{done.count} {unit} are in {done.out}."
    result = {"out": str(done.out), "rows": done.count, **done.details}
    say(arguments, result, f"{text} {done.remark}".rstrip())
    return 0
