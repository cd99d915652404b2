"""`qmix map`: where each image lies among those that are like it, as a table for a scatter plot."""

from __future__ import annotations

import argparse
import csv
import io
from collections.abc import Callable
from pathlib import Path

import numpy as np

from qmix_core.base.cancellation import Control
from qmix_core.base.errors import ConfigError, ProjectError
from qmix_core.base.events import Preparing
from qmix_core.base.parent_link import ParentLink
from qmix_core.base.types import FloatArray, IntArray
from qmix_core.cli.terminal import Terminal, say
from qmix_core.dataset.tables.table import defuse
from qmix_core.export.destination import checked_destination, new_file
from qmix_core.project.store import ProjectStore
from qmix_core.review.embedding_map import (
    LEAST_ARRANGED,
    MOST_ARRANGED,
    Arrangement,
    by_axes,
    by_likeness,
    load_map,
    map_file,
    save_map,
)
from qmix_core.runs.scores import load_features

COLUMNS = ("image", "x", "y")
_STAGE = "arranging"

_Progress = Callable[[int, int], None]


def add_options(parser: argparse.ArgumentParser) -> None:
    """The arguments of `map`."""
    parser.add_argument("project", type=Path, metavar="P.qmix")
    parser.add_argument("--run", type=int, metavar="N", help="instead of the last finished run")
    parser.add_argument(
        "--by",
        choices=[str(arrangement) for arrangement in Arrangement],
        default=str(Arrangement.LIKENESS),
        help="likeness: t-SNE, about a minute; axes: principal axes, at once",
    )
    parser.add_argument(
        "--out", type=Path, metavar="FILE.csv", help="image,x,y of every image on the map"
    )
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)


def embedding_map(arguments: argparse.Namespace) -> int:
    """`qmix map`.

    Raises:
        QMixError: no finished run, no features of it, or a file that cannot be written.
    """
    if not arguments.child:
        terminal = Terminal()
        return _map(arguments, lambda done, total: terminal.progress(_STAGE, done, total))
    control = Control()
    # a window that dies takes the work for it along
    with ParentLink(control) as link:

        def tell(done: int, total: int) -> None:
            control.check()
            link.send(Preparing(_STAGE, done, total))

        return _map(arguments, tell)


def _map(arguments: argparse.Namespace, progress: _Progress) -> int:
    out: Path | None = arguments.out
    arrangement = Arrangement(arguments.by)
    with ProjectStore.open(arguments.project) as project:
        if out is not None:
            checked_destination(project, out)
        run = _run(project, arguments.run)
        features = load_features(project.runs.folder(run), samples=len(project.samples))
        if features is None:
            raise ProjectError(
                f"Run {run} of {project.folder} has left nothing to make a map of: train again."
            )
        file = map_file(project.cache_folder, run, features, arrangement)
        positions = load_map(file, count=len(features[0]))
        if positions is None:
            positions = _place(features[1], arrangement, progress)
            _keep(file, positions, is_needed=arguments.child)
        shown = np.isfinite(positions).all(axis=1)
        if not shown.any():
            raise ProjectError(
                f"Run {run} of {project.folder} has left features of fewer than {LEAST_ARRANGED} "
                "images, which make no map: train again."
            )
        if out is not None:
            with new_file(project, out) as stream:
                stream.write(_table(project, features[0], positions).encode())
    arranged = min(int(shown.sum()), MOST_ARRANGED)
    result: dict[str, object] = {
        "run": run,
        "by": str(arrangement),
        "images": int(shown.sum()),
        "arranged": arranged if arrangement is Arrangement.LIKENESS else int(shown.sum()),
        "out": str(out) if out is not None else None,
    }
    text = f"{int(shown.sum())} images of run {run} are on the map, by {arrangement}."
    if out is not None:
        text += f" It is in {out}."
    if not arguments.child:
        say(arguments, result, text)
    return 0


def _run(project: ProjectStore, wanted: int | None) -> int:
    finished = project.runs.finished()
    if not finished:
        raise ProjectError(f"{project.folder} has no finished run: train first.")
    if wanted is not None and wanted not in finished:
        raise ConfigError(f"Run {wanted} is no finished run: choose one of {finished}.")
    return finished[-1] if wanted is None else wanted


def _place(features: FloatArray, arrangement: Arrangement, progress: _Progress) -> FloatArray:
    if arrangement is Arrangement.LIKENESS:
        return by_likeness(features, progress)
    return by_axes(features)


def _keep(file: Path, positions: FloatArray, *, is_needed: bool) -> None:
    """Keep the map for the next time; the window reads it there.

    Raises:
        ProjectError: it is needed, and the disk refuses.
    """
    try:
        save_map(file, positions)
    except OSError as error:
        if is_needed:
            raise ProjectError(
                f"The map cannot be kept in {file.parent} ({error.strerror}): make room there, or "
                "open a project that may be written."
            ) from error


def _table(project: ProjectStore, sample: IntArray, positions: FloatArray) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for position, (x, y) in zip(sample.tolist(), positions.tolist(), strict=True):
        if np.isfinite(x) and np.isfinite(y):
            writer.writerow((defuse(project.samples[position].image), f"{x:.6f}", f"{y:.6f}"))
    return text.getvalue()
