"""`qmix quality`: how well each image of a folder can be read, as a table. No labels needed.

Of a project: how many are good, usable and poor, the threshold, and what readers taught.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from qmix_core.base.cancellation import Control
from qmix_core.base.errors import ConfigError, ProjectError
from qmix_core.base.events import Sink
from qmix_core.base.image_quality import POOR_BELOW
from qmix_core.base.parent_link import ParentLink
from qmix_core.cli.quality_of_project import quality_of_project
from qmix_core.cli.terminal import Terminal, say
from qmix_core.project.storage.opening import holds_project
from qmix_core.runs.quality_report import (
    QualityReport,
    load_request,
    save_report,
    write_table,
)


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
    # what the window asks: the images of its dataset, and a report instead of a table
    parser.add_argument("--child", type=Path, metavar="REQUEST.json", help=argparse.SUPPRESS)
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
    if arguments.child is not None:
        return _judge_for_window(arguments)
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
    from qmix_core.workflow.assess_quality import scan_images

    scan, terminal = scan_images(folder), Terminal()
    for problem in scan.problems:
        terminal.line(problem.text)
    labels = [_folder_of(name) for name in scan.images] if arguments.by_folder else None
    report = _judged(folder, scan.images, labels, arguments.device, terminal.event)
    rows = report.rows(POOR_BELOW if threshold is None else threshold)
    write_table(arguments.out, rows)
    for image in report.images:
        if image.problem:
            terminal.line(f"{image.image}: {image.problem}")
    say(arguments, *_summary(report, rows, arguments.out))
    return 0


def _judge_for_window(arguments: argparse.Namespace) -> int:
    """Judge what the request of a parent names; its progress goes to standard output.

    A window that dies takes the work for it along.
    """
    control = Control()
    request = load_request(arguments.child)
    with ParentLink(control) as parent:
        from qmix_core.workflow.assess_quality import scan_images

        names = request.images or scan_images(arguments.folder).images
        labels = request.labels or None
        report = _judged(
            arguments.folder, names, labels, arguments.device, parent.send, control=control
        )
        try:
            save_report(arguments.out, report)
        except OSError as error:
            raise ProjectError(
                f"{arguments.out} cannot be written ({error.strerror}): free some space."
            ) from error
    return 0


def _judged(
    folder: Path,
    names: Sequence[str],
    labels: Sequence[str] | None,
    device: str,
    progress: Sink,
    control: Control | None = None,
) -> QualityReport:
    """The report of these images below `folder`, which it calls by their names."""
    from qmix_core.workflow.assess_quality import assess_quality

    report = assess_quality(
        [folder / name for name in names],
        labels=labels,
        device=device,
        progress=progress,
        control=control,
    )
    images = zip(report.images, names, strict=True)
    return replace(report, images=tuple(replace(image, image=name) for image, name in images))


def _folder_of(name: str) -> str:
    return name.rpartition("/")[0]


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
