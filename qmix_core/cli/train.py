"""`qmix train`: its options, and a run told on the terminal or to the window."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from dataclasses import asdict
from pathlib import Path

from qmix_core.base import events
from qmix_core.base.cancellation import Cancelled, Control
from qmix_core.base.errors import QMixError, RunError
from qmix_core.base.parent_link import ParentLink
from qmix_core.base.resource_errors import failure_text, resource_error_text
from qmix_core.cli import dataset_options as cli_table
from qmix_core.cli.check import add_exclude_option, preflight_decisions, problem_lines
from qmix_core.cli.terminal import Terminal
from qmix_core.preflight.check import check_dataset
from qmix_core.project.operations.apply import create_decided, read_decisions
from qmix_core.project.storage.opening import holds_project
from qmix_core.project.store import ProjectStore
from qmix_core.runs.config import ENCODERS
from qmix_core.workflow.run_options import RunChoices, open_for

EXIT_OF = {"done": 0, "failed": 1, "cancelled": 3}


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of `qmix train`."""
    parser.add_argument(
        "dataset",
        type=Path,
        nargs="?",
        metavar="DATASET",
        help="class folders or a table; may be left out for a project that exists",
    )
    parser.add_argument(
        "--project", type=Path, required=True, metavar="P.qmix", help="made if it is not there"
    )
    cli_table.add_table_options(parser)
    add_exclude_option(parser)
    parser.add_argument(
        "--decisions",
        type=Path,
        metavar="FILE.csv",
        help="first decisions of a new project, as for qmix apply",
    )
    parser.add_argument(
        "--reviewer", default="preflight", metavar="NAME", help="who makes these decisions"
    )
    parser.add_argument(
        "--preset",
        choices=("auto", "standard", "quick", "tiny"),
        default="auto",
        help="standard: fine-tune a pretrained encoder, for a GPU; quick: frozen pretrained "
        "encoder; tiny: from scratch; auto: the first that weights and device allow",
    )
    parser.add_argument(
        "--weights", default="", metavar="FILE", help='pretrained weights, or "download"'
    )
    parser.add_argument("--encoder", choices=ENCODERS, help="network of the weights")
    parser.add_argument("--epochs", type=int, metavar="N", help="length of a cold run")
    parser.add_argument("--batch-size", type=int, metavar="N", help="images at a time")
    parser.add_argument("--image-size", type=int, metavar="PIXELS", help="side of the square")
    parser.add_argument("--seed", type=int, default=0, help="one seed, one result")
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda, cuda:1, mps")
    parser.add_argument("--no-mirror", action="store_true", help="views never mirror an eye")
    parser.add_argument(
        "--cold", action="store_true", help="do not start from the networks of the last run"
    )
    parser.add_argument(
        "--resume", action="store_true", help="go on with the stopped run and its settings"
    )
    parser.add_argument("--events", action="store_true", help="events as JSON lines (for the GUI)")


def train(arguments: argparse.Namespace) -> int:
    """`qmix train`: a run told on the terminal or, with --events, to the parent process."""
    control = Control()
    if arguments.events:
        with ParentLink(control) as parent:
            return _train_told(arguments, parent.send, control)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: control.cancel())
    return _train_told(arguments, Terminal().event, control)


def _train_told(arguments: argparse.Namespace, tell: events.Sink, control: Control) -> int:
    """Train; whatever happens, `tell` gets `run_finished` just once."""
    sent: list[events.Event] = []

    def sink(event: events.Event) -> None:
        tell(event)
        sent.append(event) if isinstance(event, events.RunFinished) else None

    try:
        finished = _run(arguments, sink, control)
    except Exception as error:
        if not sent:
            is_cancelled = isinstance(error, Cancelled)
            text = str(error) if isinstance(error, QMixError | Cancelled) else failure_text(error)
            sink(events.RunFinished("cancelled" if is_cancelled else "failed", text))
        if resource_error_text(error) and not arguments.events:
            raise RunError(resource_error_text(error)) from error
        raise
    if arguments.json:
        sys.stdout.write(json.dumps(asdict(finished)) + "\n")
    return EXIT_OF[finished.status]


def _run(arguments: argparse.Namespace, sink: events.Sink, control: Control) -> events.RunFinished:
    if arguments.resume:
        with open_for(arguments.project, arguments.dataset) as project:
            from qmix_core.workflow.run_project import resume_project

            return resume_project(project, sink=sink, control=control)
    config = _choices(arguments).config(sink)
    with _open_or_create(arguments, sink, control) as project:
        # torch takes seconds to load: only after the cheap ways to fail
        from qmix_core.workflow.run_project import run_project

        return run_project(project, config, sink=sink, control=control, cold=arguments.cold)


def _choices(arguments: argparse.Namespace) -> RunChoices:
    return RunChoices(
        preset=arguments.preset,
        weights=arguments.weights,
        encoder=arguments.encoder,
        epochs=arguments.epochs,
        batch_size=arguments.batch_size,
        image_size=arguments.image_size,
        seed=arguments.seed,
        device=arguments.device,
        mirror=not arguments.no_mirror,
    )


def _open_or_create(
    arguments: argparse.Namespace, sink: events.Sink, control: Control
) -> ProjectStore:
    if holds_project(arguments.project):
        if arguments.exclude or arguments.decisions or arguments.merge_spellings:
            raise QMixError(
                f"{arguments.project} exists already: --exclude, --merge-spellings and --decisions "
                "begin a new project; use qmix apply or qmix classes here."
            )
        return open_for(arguments.project, arguments.dataset)
    if arguments.dataset is None:
        raise QMixError(f"{arguments.project} is no project yet: give the DATASET to train on.")
    report = check_dataset(
        cli_table.load(arguments),
        progress=lambda done, total: sink(events.Preparing("checking", done, total)),
        control=control,
    )
    for line in problem_lines(report.problems):
        kind, _, text = line.partition(": ")
        sink(events.Warned(kind, text))
    decisions = preflight_decisions(arguments, report)
    if arguments.decisions is not None:
        known = {sample.image: sample.image for sample in report.dataset.samples}
        decisions += read_decisions(arguments.decisions, known, report.dataset.classes)
    create_decided(arguments.project, report.dataset, decisions, reviewer=arguments.reviewer)
    return ProjectStore.open(arguments.project)
