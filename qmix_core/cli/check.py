"""`qmix check`: what is wrong with a dataset, what to leave out, and what a training will cost."""

from __future__ import annotations

import argparse
import csv
import sys
from collections import defaultdict
from dataclasses import asdict
from pathlib import Path

from qmix_core.base.errors import QMixError
from qmix_core.base.problem import LEAVE_OUT_KEEPING, POOR_QUALITY, Problem
from qmix_core.cli import dataset_options as cli_table
from qmix_core.cli import files as cli_files
from qmix_core.cli.terminal import Terminal, say
from qmix_core.dataset.labels.class_scale import ClassScale
from qmix_core.dataset.tables.table import defuse
from qmix_core.preflight.check import Preflight, check_dataset
from qmix_core.preflight.training_cost import Cost, training_costs
from qmix_core.project.operations.apply import leave_out, merge_spellings, require_two_classes
from qmix_core.project.storage.decision_log import NewDecision

_MOST_SENTENCES = 20


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of `qmix check`."""
    parser.add_argument("dataset", type=Path, nargs="?", metavar="DATASET")
    cli_table.add_table_options(parser)
    add_exclude_option(parser)
    parser.add_argument(
        "--as-decisions",
        action="store_true",
        help="print what --exclude means as a table for qmix train --decisions, and nothing else",
    )
    cli_files.add_check_options(parser)


def add_exclude_option(parser: argparse.ArgumentParser) -> None:
    """Which findings of the preflight lead to images being left out."""
    kinds = [kind for kind in LEAVE_OUT_KEEPING if kind != POOR_QUALITY]
    parser.add_argument(
        "--exclude",
        action="append",
        default=[],
        choices=kinds,
        metavar="KIND",
        help="leave out what was found of this kind, one of "
        f"{', '.join(kinds)}; of copies one is kept; may be given several times",
    )
    parser.add_argument(
        "--merge-spellings",
        action="store_true",
        help="make classes one whose names differ in case, blanks or form of letters only",
    )


def preflight_decisions(arguments: argparse.Namespace, report: Preflight) -> list[NewDecision]:
    """What `add_exclude_option` asks for."""
    merges = merge_spellings(report.dataset) if arguments.merge_spellings else []
    return [*leave_out(report.problems, arguments.exclude), *merges]


def check(arguments: argparse.Namespace) -> int:
    """`qmix check`: of a dataset, or of the files of a project."""
    if arguments.project is not None:
        return cli_files.check(arguments)
    if arguments.dataset is None:
        raise QMixError("There is nothing to check: give a DATASET or --project P.qmix.")
    terminal = Terminal()
    report = check_dataset(
        cli_table.load(arguments),
        progress=lambda done, total: terminal.progress("checking", done, total),
    )
    decisions = preflight_decisions(arguments, report)
    require_two_classes(report.dataset, decisions)
    if arguments.as_decisions:
        _print_table(decisions)
        return 0
    left_out = {new.image: new.reason for new in decisions if new.image}
    labelled = sum(report.class_counts.values())
    costs = training_costs(labelled - len(left_out), report.images_per_second)
    result: dict[str, object] = {
        "classes": report.class_counts,
        "images": labelled,
        "unlabelled": sum(not sample.label for sample in report.dataset.samples),
        "problems": [asdict(problem) for problem in report.problems],
        "left_out": left_out,
        "merged": {new.of_class: new.label for new in decisions if not new.image},
        "scale": asdict(report.dataset.scale),
        "images_per_second": round(report.images_per_second, 1),
        "costs": [asdict(cost) for cost in costs],
    }
    say(arguments, result, _text(report, decisions, costs))
    return 0


def _text(report: Preflight, decisions: list[NewDecision], costs: list[Cost]) -> str:
    lines = [f"{len(report.dataset.samples)} readable images in {report.dataset.root}"]
    scale = report.dataset.scale
    lines += [_class_line(scale, label, count) for label, count in report.class_counts.items()]
    if unlabelled := sum(not sample.label for sample in report.dataset.samples):
        lines.append(f"  without a label: {unlabelled}")
    if scale.is_ordered:
        lines.append(f"Ordered grades: {' < '.join(scale.order)} (--class-order none if not).")
    lines += problem_lines(report.problems)
    left_out = sum(bool(new.image) for new in decisions)
    if left_out:
        lines.append(f"{left_out} images would be left out.")
    lines += [
        f"Class {new.of_class!r} would be merged into {new.label!r}."
        for new in decisions
        if not new.image
    ]
    return "\n".join(lines + [cost.sentence() for cost in costs])


def _class_line(scale: ClassScale, label: str, count: int) -> str:
    name = scale.display(label)
    return f"  {label}: {count}" if name == label else f"  {label} ({name}): {count}"


def problem_lines(problems: tuple[Problem, ...]) -> list[str]:
    """A line for each problem, and of many alike the number."""
    by_kind: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_kind[problem.kind].append(problem)
    lines = []
    for kind, alike in by_kind.items():
        lines += [f"{kind}: {problem.text}" for problem in alike[:_MOST_SENTENCES]]
        if len(alike) > _MOST_SENTENCES:
            lines.append(f"{kind}: and {len(alike) - _MOST_SENTENCES:,} more; --json lists all.")
    return lines


def _print_table(decisions: list[NewDecision]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("image", "action", "label", "reason"))
    for new in decisions:
        if new.image:
            writer.writerow(defuse(cell) for cell in (new.image, new.action, new.label, new.reason))
