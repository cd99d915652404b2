"""`qmix apply`: make decisions from a CSV, or merge what another copy of the project decided."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from qmix_core.cli.terminal import Terminal, say
from qmix_core.export.conflicts import require_new, write_conflicts
from qmix_core.project.operations.apply import apply_decisions
from qmix_core.project.store import ProjectStore


def add_options(parser: argparse.ArgumentParser) -> None:
    """The arguments of `apply`."""
    parser.add_argument("project", type=Path, metavar="P.qmix")
    parser.add_argument("decisions", type=Path, metavar="DECISIONS.csv")
    parser.add_argument("--reviewer", required=True, metavar="NAME")
    parser.add_argument(
        "--conflicts",
        type=Path,
        metavar="FILE.csv",
        help="of an audit: write what it decided differently, to fill in and apply",
    )


def apply(arguments: argparse.Namespace) -> int:
    """Run the command; exit code 0."""
    with ProjectStore.open(arguments.project) as project:
        if arguments.conflicts is not None:
            require_new(project, arguments.conflicts)
        project.begin_review()
        done = apply_decisions(project, arguments.decisions, reviewer=arguments.reviewer)
        if arguments.conflicts is not None and done.conflicts:
            write_conflicts(project, done.conflicts, arguments.conflicts)
        if project.warning:
            Terminal().line(f"warning: {project.warning}")
    text = f"{done.recorded} decisions were recorded."
    if done.other_content:
        text += f" {done.other_content} are left out: their images have other content now."
    if done.known:
        text += f" {done.known} are there already."
    if done.conflicts:
        text += (
            f" On {len(done.conflicts)} images the project and the audit decided differently; the "
            "project keeps its decisions. Settle them in the window (Readers disagree), or "
        )
        text += (
            f"write your action into each row of {arguments.conflicts} and apply it:"
            if arguments.conflicts
            else "have them written with --conflicts FILE.csv, fill it in and apply it:"
        )
    lines = [text, *(conflict.text for conflict in done.conflicts)]
    result = {
        "decisions": done.recorded,
        "other_content": done.other_content,
        "known": done.known,
        "conflicts": [asdict(conflict) for conflict in done.conflicts],
    }
    say(arguments, result, "\n".join(lines))
    return 0
