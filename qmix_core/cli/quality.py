"""`qmix quality`: how well each image of a folder can be read, as a table. No labels needed.

Of a project: how many are good, usable and poor, the threshold, and what readers taught.
"""

from __future__ import annotations

import argparse
import csv
import io
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from qmix_core.base.atomic_write import whole_file
from qmix_core.base.errors import ConfigError, ProjectError
from qmix_core.base.image_quality import POOR_BELOW
from qmix_core.cli.quality_of_project import quality_of_project
from qmix_core.cli.terminal import Terminal, say
from qmix_core.dataset.table import defuse
from qmix_core.project.storage.opening import holds_project

if TYPE_CHECKING:
    from qmix_core.workflow.assess_quality import ImageQuality, QualityReport

COLUMNS = ("image", "quality", "is_poor", "reason")


def add_options(parser: argparse.ArgumentParser) -> None:
    """The arguments of `qmix quality`."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="of images, or a project")
    parser.add_argument("--out", type=Path, metavar="FILE.csv")
    parser.add_argument(
        "--poor-below",
        type=float,
        metavar="Q",
        help="an image is poor where its quality, from 0 to 1, is lower than this; default 0.5; "
        "a project keeps it",
    )
    parser.add_argument(
        "--by-folder",
        action="store_true",
        help="the folders in FOLDER are classes: one that is hazy as a whole is judged by itself",
    )
    parser.add_argument("--device", default="auto", metavar="NAME")
    project = parser.add_mutually_exclusive_group()
    project.add_argument(
        "--by-readers",
        action="store_true",
        help="of a project: learn from the images that readers called poor and fine",
    )
    project.add_argument(
        "--by-run", action="store_true", help="of a project: forget what readers taught"
    )


def quality(arguments: argparse.Namespace) -> int:
    """`qmix quality`.

    Raises:
        QMixError: no images there, a threshold out of range, or a file that cannot be written.
    """
    threshold = arguments.poor_below
    if threshold is not None and not 0 <= threshold <= 1:
        raise ConfigError(f"--poor-below is {threshold:g}: give a number from 0 to 1.")
    folder: Path = arguments.folder
    if holds_project(folder):
        return quality_of_project(arguments)
    if arguments.by_readers or arguments.by_run:
        raise ConfigError(f"{folder} is no project: --by-readers and --by-run are for projects.")
    if arguments.out is None:
        raise ConfigError("--out is missing: give the table to write, --out FILE.csv.")
    # torch takes seconds to load: wrong arguments are answered before
    from qmix_core.workflow.assess_quality import assess_quality, scan_images

    scan, terminal = scan_images(folder), Terminal()
    names = scan.images
    for problem in scan.problems:
        terminal.line(problem.text)
    report = assess_quality(
        [folder / name for name in names],
        labels=[name.rpartition("/")[0] for name in names] if arguments.by_folder else None,
        device=arguments.device,
        progress=terminal.event,
    )
    poor_below = POOR_BELOW if threshold is None else threshold
    rows = [_row(name, image, poor_below) for name, image in zip(names, report.images, strict=True)]
    _write(arguments.out, rows)
    for name, image in zip(names, report.images, strict=True):
        if image.problem:
            terminal.line(f"{name}: {image.problem}")
    say(arguments, *_summary(report, rows, arguments.out))
    return 0


def _row(name: str, image: ImageQuality, poor_below: float) -> tuple[str, str, str, str]:
    if image.problem:
        return name, "", "", image.problem
    if image.quality is None:
        return name, "", "", "not judged"
    is_poor = image.quality < poor_below
    reason = image.reason if is_poor else ""
    return name, f"{image.quality:.4f}", str(is_poor).lower(), reason


def _write(out: Path, rows: list[tuple[str, str, str, str]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([defuse(cell) for cell in row] for row in rows)
    try:
        with whole_file(out) as file:
            file.write(text.getvalue().encode())
    except OSError as error:
        raise ProjectError(
            f"{out} cannot be written ({error.strerror}): choose another place."
        ) from error


def _summary(
    report: QualityReport, rows: list[tuple[str, str, str, str]], out: Path
) -> tuple[dict[str, object], str]:
    poor = sum(row[2] == "true" for row in rows)
    unreadable = sum(bool(image.problem) for image in report.images)
    reasons = Counter(row[3] for row in rows if row[2] == "true" and row[3])
    result: dict[str, object] = {
        "images": len(rows),
        "poor": poor,
        "unreadable": unreadable,
        "is_judged": report.is_judged,
        "reasons": dict(reasons),
        "remarks": report.sentences(),
        "out": str(out),
    }
    lines = [f"{poor} of {len(rows)} images are poor, {unreadable} cannot be read: {out}"]
    lines += [f"  {reason}: {count}" for reason, count in reasons.most_common()]
    return result, "\n".join(lines + report.sentences())
