"""The commands on second readers: `qmix package`, `qmix merge` and `qmix agreement`."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

import numpy as np

from qmix_core.base.errors import ConfigError
from qmix_core.base.types import BUCKETS, Bucket, Review
from qmix_core.cli.terminal import Terminal, say
from qmix_core.dataset.labels.grades import grades_of
from qmix_core.dataset.patients import patient_groups
from qmix_core.project.store import ProjectStore
from qmix_core.second_readers.agreement import Figure, PairAgreement, all_pairs
from qmix_core.second_readers.merge import merge as merge_reading
from qmix_core.second_readers.packing import DEFAULT_INSTRUCTIONS, choose_images, write_package
from qmix_core.second_readers.raters import ReaderBook, title


def add_package_options(parser: argparse.ArgumentParser) -> None:
    """The options of `qmix package`."""
    parser.add_argument("project", type=Path, metavar="P.qmix")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.qmixread")
    parser.add_argument("--count", type=int, metavar="N", help="so many images, drawn at random")
    parser.add_argument(
        "--bucket",
        action="append",
        choices=[bucket.value for bucket in BUCKETS],
        help="only images of this bucket of the last run; may be given several times",
    )
    parser.add_argument(
        "--seed", type=int, default=0, help="of which images are drawn, not of their order"
    )
    parser.add_argument("--instructions", default=DEFAULT_INSTRUCTIONS, metavar="TEXT")


def package(arguments: argparse.Namespace) -> int:
    """`qmix package`."""
    terminal = Terminal()
    with ProjectStore.open(arguments.project) as project:
        chosen = choose_images(
            project,
            buckets=[Bucket(name) for name in arguments.bucket or ()],
            count=arguments.count,
            seed=arguments.seed,
        )
        packed = write_package(
            project,
            chosen,
            arguments.out,
            instructions=arguments.instructions,
            progress=lambda done, total: terminal.progress("packing", done, total),
        )
    lines = [f"{packed.images} images are in {arguments.out}, package {packed.package}."]
    lines += [f"left out: {text}" for text in packed.left_out]
    say(arguments, {"out": str(arguments.out)} | asdict(packed), "\n".join(lines))
    return 0


def add_merge_options(parser: argparse.ArgumentParser) -> None:
    """The options of `qmix merge`."""
    parser.add_argument("project", type=Path, metavar="P.qmix")
    parser.add_argument("answers", type=Path, metavar="FILE.qmixanswers")
    parser.add_argument("--reviewer", required=True, metavar="NAME", help="who merges")


def merge(arguments: argparse.Namespace) -> int:
    """`qmix merge`."""
    with ProjectStore.open(arguments.project) as project:
        merged = merge_reading(project, arguments.answers, reviewer=arguments.reviewer)
    text = f"{merged.answers} answers of {merged.reader} are in the project."
    if not merged.is_new:
        text = f"This reading of {merged.reader} was there already: nothing was changed."
    if merged.changed:
        text += f" {merged.changed} of them do not count: their images have changed since."
    say(arguments, asdict(merged), text)
    return 0


def add_agreement_options(parser: argparse.ArgumentParser) -> None:
    """The options of `qmix agreement`."""
    parser.add_argument("project", type=Path, metavar="P.qmix")
    grades = parser.add_mutually_exclusive_group()
    grades.add_argument(
        "--grades", action="store_true", help="the classes are grades, in the order of their names"
    )
    grades.add_argument("--no-grades", action="store_true", help="the classes are no grades")


def agreement(arguments: argparse.Namespace) -> int:
    """`qmix agreement`."""
    with ProjectStore.open(arguments.project) as project:
        book = ReaderBook(project)
        if not book.has_readings:
            raise ConfigError("No second reader's answers are in the project: merge some first.")
        grades = grades_of(project.classes.names)
        if arguments.grades:
            grades = grades or tuple(range(len(project.classes.names)))
        if arguments.no_grades:
            grades = None
        groups = np.array(patient_groups(project.samples, project.form.patient), dtype=np.int64)
        pairs = all_pairs(book.raters, project.classes.names, groups, grades=grades)
        standings: dict[str, int] = {}
        reviews = project.decisions.reviews()
        for sample in range(len(project.samples)):
            standing = book.standing(sample, reviews.get(project.samples[sample].image, Review()))
            standings[standing.value] = standings.get(standing.value, 0) + 1
    result: dict[str, object] = {"images": standings, "pairs": [_pair_data(p) for p in pairs]}
    lines = [f"{name}: {count}" for name, count in standings.items()]
    for pair in pairs:
        lines += _pair_lines(pair)
    lines.append(
        "Intervals are 95 %, from 2,000 draws of whole patients (Wilson's where that says nothing)."
    )
    say(arguments, result, "\n".join(lines))
    return 0


def _pair_data(pair: PairAgreement) -> dict[str, object]:
    raters = [{"name": r.name, "source": r.source.value} for r in (pair.first, pair.second)]
    measures = {
        name: None if figure is None else asdict(figure)
        for name, figure in (
            ("agreement", pair.agreement), ("kappa", pair.kappa),
            ("weighted_kappa", pair.weighted),
        )
    }  # fmt: skip
    return {
        "first": raters[0],
        "second": raters[1],
        "n": pair.n,
        "patients": pair.patients,
        "apart": pair.apart,
        "ungradable": dict(zip(("first", "second", "both"), pair.ungradable, strict=True)),
        **measures,
        "classes": [asdict(own) for own in pair.by_class],
    }


def _pair_lines(pair: PairAgreement) -> list[str]:
    names = f"{title(pair.first)} and {title(pair.second)}"
    text = f"{names}: n = {pair.n} images of {pair.patients} patients"
    if pair.apart:
        text += f"; {pair.apart} more that one of them called ambiguous or ungradable"
    measures = [f"agreement {_figure(pair.agreement)}", f"kappa {_figure(pair.kappa)}"]
    if pair.weighted is not None:
        measures.append(f"quadratic weighted kappa {_figure(pair.weighted)}")
    lines = [text, f"  {', '.join(measures)}"]
    lines += [
        f"  {own.label}: {own.first} and {own.second}, both {own.both}"
        + ("" if own.kappa is None else f", kappa {own.kappa:.2f}")
        for own in pair.by_class
    ]
    return lines


def _figure(figure: Figure) -> str:
    if figure.value is None:
        return "undefined"
    if figure.low is None or figure.high is None:
        return f"{figure.value:.2f} (no interval)"
    return f"{figure.value:.2f} ({figure.low:.2f} to {figure.high:.2f})"
