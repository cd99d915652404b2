"""The command `qmix classes`: list, rename, merge and delete the classes of a project."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from qmix_core.base.errors import ConfigError
from qmix_core.base.types import Action
from qmix_core.cli.terminal import Terminal, say
from qmix_core.project.operations.class_changes import (
    ChangePreview,
    ClassChange,
    change_class,
    class_counts,
    preview_change,
)
from qmix_core.project.store import ProjectStore


def add_options(parser: argparse.ArgumentParser) -> None:
    """The arguments of `classes`."""
    parser.add_argument("project", type=Path, metavar="P.qmix")
    change = parser.add_mutually_exclusive_group()
    change.add_argument("--rename", nargs=2, metavar=("OLD", "NEW"), help="give a class a new name")
    change.add_argument(
        "--merge", nargs=2, metavar=("OLD", "INTO"), help="give its images to another class"
    )
    change.add_argument("--delete", metavar="NAME", help="leave its images out")
    parser.add_argument("--reviewer", default="", metavar="NAME", help="who changes the class")
    parser.add_argument("--preview", action="store_true", help="say what would change, no more")


def classes(arguments: argparse.Namespace) -> int:
    """Say what a change of a class does, do it unless it is a preview, and list the classes."""
    change = _change(arguments)
    if change is None and arguments.preview:
        raise ConfigError("There is nothing to preview: give --rename, --merge or --delete.")
    if change is not None and not arguments.preview and not arguments.reviewer.strip():
        raise ConfigError("A change of a class needs --reviewer NAME: give it, or --preview.")
    result: dict[str, object] = {}
    lines = []
    with ProjectStore.open(arguments.project) as project:
        if change is not None:
            preview = preview_change(project, change)
            lines.append(_sentence(change, preview))
            result |= {"change": asdict(change), "done": not arguments.preview} | asdict(preview)
            if not arguments.preview:
                change_class(project, change, reviewer=arguments.reviewer)
        counts = class_counts(project)
        if project.warning:
            Terminal().line(f"warning: {project.warning}")
    lines += [f"  {count.name}: {count.given} given, {count.kept} kept now" for count in counts]
    if arguments.preview:
        lines.append("Nothing was changed.")
    result["classes"] = [asdict(count) for count in counts]
    say(arguments, result, "\n".join(lines))
    return 0


def _change(arguments: argparse.Namespace) -> ClassChange | None:
    if arguments.rename:
        name, new = arguments.rename
        return ClassChange(Action.RENAME_CLASS, name, new.strip())
    if arguments.merge:
        return ClassChange(Action.MERGE_CLASS, *arguments.merge)
    if arguments.delete is not None:
        return ClassChange(Action.DELETE_CLASS, arguments.delete)
    return None


def _sentence(change: ClassChange, preview: ChangePreview) -> str:
    is_one = preview.images == 1
    images = f"{preview.images} image{'' if is_one else 's'} labelled {change.name!r}"
    if change.action is Action.DELETE_CLASS:
        text = f"{images} {'is' if is_one else 'are'} excluded"
    else:
        text = f"{images} become{'s' if is_one else ''} {change.new!r}"
    if preview.dropped:
        text += f" ({preview.dropped} of them excluded or to re-take already)"
    names = "1 decision names" if preview.decisions == 1 else f"{preview.decisions} decisions name"
    return f"{text}; {names} it."
