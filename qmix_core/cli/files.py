"""The commands about a project's image files: `qmix check --project` and `qmix relink`."""

from __future__ import annotations

import argparse
from pathlib import Path

from qmix_core.base.errors import ProjectError
from qmix_core.cli.terminal import Terminal, say
from qmix_core.project.operations.accept_changes import accept_altered, add_images, record_state
from qmix_core.project.operations.file_scan import DatasetState, dataset_state
from qmix_core.project.operations.relink import find_images
from qmix_core.project.operations.relink import relink as relink_project
from qmix_core.project.store import ProjectStore


def add_check_options(parser: argparse.ArgumentParser) -> None:
    """The options of `check` that look at a project instead of a dataset."""
    parser.add_argument(
        "--project", type=Path, metavar="P.qmix", help="compare a project with its files"
    )
    parser.add_argument(
        "--take-altered",
        action="store_true",
        help="altered images: take the new content in, unreviewed",
    )
    parser.add_argument("--add", action="store_true", help="new images: add them to the project")


def add_relink_options(parser: argparse.ArgumentParser) -> None:
    """The arguments of `relink`."""
    parser.add_argument("project", type=Path, metavar="P.qmix")
    parser.add_argument("folder", type=Path, metavar="NEW_FOLDER")
    parser.add_argument(
        "--force",
        action="store_true",
        help="although some images have other content, or most are not there",
    )


def check(arguments: argparse.Namespace) -> int:
    """Read every file of a project and say what has changed."""
    terminal = Terminal()
    with ProjectStore.open(arguments.project) as project:
        state = dataset_state(
            project, progress=lambda done, total: terminal.progress("reading", done, total)
        )
        record_state(project, state)
        taken = accept_altered(project, state.altered) if arguments.take_altered else 0
        added = add_images(project, state) if arguments.add else 0
    result: dict[str, object] = {
        "root": str(state.root),
        "gone": state.is_gone,
        "altered": list(state.altered),
        "missing": list(state.missing),
        "renamed": dict(state.renamed),
        "new": [sample.image for sample in state.added],
        "problems": [problem.text for problem in state.problems],
        "taken_in": taken,
        "added": added,
    }
    lines = _lines(state)
    if taken:
        lines.append(f"{taken} altered images were accepted with their new content, unreviewed.")
    if added:
        lines.append(f"{added} images were added.")
    say(arguments, result, "\n".join(lines))
    return 0


def _lines(state: DatasetState) -> list[str]:
    if state.is_gone:
        return [f"The images are not at {state.root} any more: connect the drive, or qmix relink."]
    counts = {
        "altered": len(state.altered),
        "missing": len(state.missing),
        "renamed": len(state.renamed),
        "new": len(state.added),
    }
    head = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    lines = [f"{state.root}: {head or 'nothing has changed'}"]
    lines += [f"altered: {image}" for image in state.altered]
    lines += [f"missing: {image}" for image in state.missing]
    lines += [f"renamed: {image} -> {place}" for image, place in state.renamed.items()]
    lines += [f"new: {sample.image}" for sample in state.added]
    return lines + [f"{problem.kind}: {problem.text}" for problem in state.problems]


def relink(arguments: argparse.Namespace) -> int:
    """Let a project read its images from another folder."""
    terminal = Terminal()
    with ProjectStore.open(arguments.project) as project:
        if project.distrust:
            # a window looks at it from there, but nothing would be kept
            raise ProjectError(project.distrust)
        found = find_images(
            project,
            arguments.folder,
            progress=lambda done, total: terminal.progress("reading", done, total),
        )
        relink_project(project, found, force=arguments.force)
    result: dict[str, object] = {
        "root": str(found.root),
        "images": found.total,
        "matched": len(found.places),
        "renamed": found.renamed,
        "altered": list(found.altered),
        "missing": list(found.missing),
    }
    say(arguments, result, f"The project now reads from {found.root}: {found.figures}.")
    return 0
