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
from qmix_core.base.errors import QMixError
from qmix_core.base.parent_link import GRACE_S, ParentLink
from qmix_core.base.resource_errors import failure_cause, failure_text
from qmix_core.base.waiting_threads import wait_asleep_where_others_compute
from qmix_core.cli import dataset_options as cli_table
from qmix_core.cli.check import add_exclude_option, preflight_decisions, problem_lines
from qmix_core.cli.run_flags import add_run_options, run_options
from qmix_core.cli.terminal import Terminal
from qmix_core.engine.computing import ranks
from qmix_core.preflight.check import check_dataset
from qmix_core.project.operations.apply import create_decided, read_decisions
from qmix_core.project.storage.opening import holds_project
from qmix_core.project.store import ProjectStore
from qmix_core.runners import other_python
from qmix_core.runners.remote_run import CANCEL_S
from qmix_core.runners.spec import Elsewhere, OtherPython, parse_runner
from qmix_core.workflow.run_elsewhere import require_found, resume_elsewhere, run_elsewhere
from qmix_core.workflow.run_start import open_for, settle

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
    add_run_options(parser)
    parser.add_argument(
        "--resume", action="store_true", help="resume the stopped run with its settings"
    )
    parser.add_argument("--events", action="store_true", help="events as JSON lines (for the GUI)")


def train(arguments: argparse.Namespace) -> int:
    """`qmix train`: a run told on the terminal or, with --events, to the parent process."""
    runner = parse_runner(arguments.runner)
    if isinstance(runner, OtherPython) and not other_python.is_inside(runner.python):
        return other_python.become(runner.python, arguments.argv)
    control = Control()
    wait_asleep_where_others_compute()
    is_follower = ranks.will_follow()
    if arguments.events and not is_follower:
        # a run elsewhere comes home before its end
        grace_s = 1.5 * CANCEL_S if isinstance(runner, Elsewhere) else GRACE_S
        with ParentLink(control, grace_s=grace_s) as parent, ranks.joined(control):
            return _train_told(arguments, parent.send, control)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: control.cancel())
    with ranks.joined(control):
        if is_follower:
            from qmix_core.workflow.shared_run import follow

            follow(control)
            return EXIT_OF["done"]
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
            status = "cancelled" if is_cancelled else "failed"
            sink(events.RunFinished(status, text, cause=failure_cause(error)))
        raise
    if arguments.json:
        sys.stdout.write(json.dumps(asdict(finished)) + "\n")
    return EXIT_OF[finished.status]


def _run(arguments: argparse.Namespace, sink: events.Sink, control: Control) -> events.RunFinished:
    runner = parse_runner(arguments.runner)
    if arguments.resume:
        with open_for(arguments.project, arguments.dataset) as project:
            if isinstance(runner, Elsewhere):
                options = run_options(arguments)
                return resume_elsewhere(project, options, runner, sink=sink, control=control)
            require_found(project)
            from qmix_core.workflow.run_project import resume_project

            return resume_project(project, sink=sink, control=control)
    options = run_options(arguments)
    options.config()  # torch takes seconds to load: only after the cheap ways to fail
    with _open_or_create(arguments, sink, control) as project:
        if isinstance(runner, Elsewhere):
            return run_elsewhere(project, options, runner, sink=sink, control=control)
        from qmix_core.workflow.run_project import run_project

        return run_project(project, settle(options), sink=sink, control=control)


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
