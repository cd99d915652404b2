"""The command line `qmix`: demo, check, train, status, relink, apply, classes, export, verify,
recover.

Exit codes: 0 done, 1 failed, 2 bad usage or data, 3 cancelled.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from qmix_core import __version__, cli_classes, cli_files, cli_table, events
from qmix_core.config import ENCODERS
from qmix_core.control import Cancelled, Control
from qmix_core.data.dataset import Dataset, load_dataset
from qmix_core.data.preflight import Preflight, check_dataset
from qmix_core.engine.noise_file import load_noise
from qmix_core.errors import ConfigError, QMixError, RunError
from qmix_core.export.anonymous import anonymous_sentence, export_anonymously
from qmix_core.export.tables import EXPORTS, export_table, missing_now
from qmix_core.noise_text import confusion_lines, noise_sentence
from qmix_core.parent_link import ParentLink
from qmix_core.project.apply import apply_decisions
from qmix_core.project.opening import holds_project
from qmix_core.project.status import project_status
from qmix_core.project.store import Project
from qmix_core.shortage import failure_text, shortage_text
from qmix_core.terminal import Terminal, say

if TYPE_CHECKING:
    from qmix_core.config import RunConfig

EXIT_OF = {"done": 0, "failed": 1, "cancelled": 3}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    arguments = _parser().parse_args(argv)
    try:
        code: int = arguments.command(arguments)
    except QMixError as error:
        sys.stderr.write(f"qmix: {error}\n")
        return error.exit_code
    except (KeyboardInterrupt, Cancelled):
        sys.stderr.write("qmix: cancelled.\n")
        return EXIT_OF["cancelled"]
    except BrokenPipeError:
        return EXIT_OF["failed"]
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="qmix", description="Find and mend wrong labels in medical image datasets."
    )
    parser.add_argument("--version", action="version", version=f"qmix {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    demo = _command(commands, "demo", _demo, "write a generated dataset with known label errors")
    demo.add_argument("folder", type=Path, metavar="DIR", help="a new or empty folder")
    demo.add_argument("--images", type=int, default=600, metavar="N")
    demo.add_argument("--seed", type=int, default=0)

    check = _command(commands, "check", _check, "look at a dataset, or at a project's files")
    check.add_argument("dataset", type=Path, nargs="?", metavar="DATASET")
    cli_table.add_table_options(check)
    cli_files.add_check_options(check)

    train = _command(commands, "train", _train, "find label errors with QMix")
    train.add_argument(
        "dataset",
        type=Path,
        nargs="?",
        metavar="DATASET",
        help="class folders or a table; may be left out for a project that exists",
    )
    train.add_argument(
        "--project", type=Path, required=True, metavar="P.qmix", help="made if it is not there"
    )
    cli_table.add_table_options(train)
    _add_run_options(train)

    status = _command(commands, "status", _status, "runs, buckets and decisions of a project")
    status.add_argument("project", type=Path, metavar="P.qmix")

    relink = _command(commands, "relink", cli_files.relink, "say where a project's images are now")
    cli_files.add_relink_options(relink)

    apply = _command(commands, "apply", _apply, "make decisions from a CSV")
    apply.add_argument("project", type=Path, metavar="P.qmix")
    apply.add_argument("decisions", type=Path, metavar="DECISIONS.csv")
    apply.add_argument("--reviewer", required=True, metavar="NAME")

    classes = _command(
        commands, "classes", cli_classes.classes, "list, rename, merge or delete classes"
    )
    cli_classes.add_options(classes)

    export = _command(commands, "export", _export, "write a table of the project")
    export.add_argument("project", type=Path, metavar="P.qmix")
    export.add_argument("--what", choices=EXPORTS, default="cleaned")
    export.add_argument("--out", type=Path, required=True, metavar="PATH")
    export.add_argument(
        "--anonymous",
        action="store_true",
        help="pseudonyms for images and reviewers; without notes and columns that name a person",
    )
    export.add_argument(
        "--key-table",
        type=Path,
        metavar="FILE",
        help="with --anonymous: write which pseudonym is which image",
    )

    verify = _command(commands, "verify", _verify, "check decisions, database and originals")
    verify.add_argument("project", type=Path, metavar="P.qmix")
    verify.add_argument("--quick", action="store_true", help="leave out the originals")

    recover = _command(commands, "recover", _recover, "mend a project that cannot be opened")
    recover.add_argument("project", type=Path, metavar="P.qmix")
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    function: object,
    text: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.set_defaults(command=function)
    return parser


def _add_run_options(parser: argparse.ArgumentParser) -> None:
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


def _demo(arguments: argparse.Namespace) -> int:
    from qmix_core.data.demo import write_demo

    terminal = Terminal()
    write_demo(
        arguments.folder,
        images=arguments.images,
        seed=arguments.seed,
        progress=lambda done, total: terminal.progress("painting", done, total),
    )
    result = {"folder": str(arguments.folder), "images": arguments.images}
    say(arguments, result, f"{arguments.images} images are in {arguments.folder}.")
    return 0


def _check(arguments: argparse.Namespace) -> int:
    if arguments.project is not None:
        return cli_files.check(arguments)
    if arguments.dataset is None:
        raise QMixError("There is nothing to check: give a DATASET or --project P.qmix.")
    terminal = Terminal()
    report = check_dataset(
        _load(arguments),
        progress=lambda done, total: terminal.progress("checking", done, total),
    )
    result = {
        "classes": report.class_counts,
        "images": len(report.dataset.samples),
        "problems": [asdict(problem) for problem in report.problems],
    }
    say(arguments, result, _preflight_text(report))
    return 0


def _preflight_text(report: Preflight) -> str:
    lines = [f"{len(report.dataset.samples)} readable images in {report.dataset.root}"]
    lines += [f"  {label}: {count}" for label, count in report.class_counts.items()]
    lines += [f"{problem.kind}: {problem.text}" for problem in report.problems]
    return "\n".join(lines)


def _load(arguments: argparse.Namespace) -> Dataset:
    return load_dataset(arguments.dataset, options=cli_table.table_options(arguments))


def _train(arguments: argparse.Namespace) -> int:
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
        if shortage_text(error) and not arguments.events:
            raise RunError(shortage_text(error)) from error
        raise
    if arguments.json:
        sys.stdout.write(json.dumps(asdict(finished)) + "\n")
    return EXIT_OF[finished.status]


def _run(arguments: argparse.Namespace, sink: events.Sink, control: Control) -> events.RunFinished:
    if arguments.resume:
        with _open(arguments) as project:
            from qmix_core.run_project import resume_project

            return resume_project(project, sink=sink, control=control)
    config = _config(arguments, sink)
    with _open_or_create(arguments, sink, control) as project:
        # torch takes seconds to load: only after the cheap ways to fail
        from qmix_core.run_project import run_project

        return run_project(project, config, sink=sink, control=control, cold=arguments.cold)


def _config(arguments: argparse.Namespace, sink: events.Sink) -> RunConfig:
    from qmix_core.config import resolve_preset

    config = resolve_preset(
        arguments.preset,
        weights=arguments.weights,
        epochs=arguments.epochs,
        seed=arguments.seed,
        device=arguments.device,
        has_gpu=arguments.preset == "auto" and bool(arguments.weights) and _has_gpu(arguments),
    )
    if arguments.preset == "auto" and config.preset == "tiny":
        text = (
            "No pretrained weights were given: a small network is trained from scratch. It finds "
            "fewer errors on real photographs; give --weights FILE."
        )
        sink(events.Warned("no_weights", text))
    given = {
        "encoder": arguments.encoder,
        "batch_size": arguments.batch_size,
        "image_size": arguments.image_size,
        "view_set": "no_mirror" if arguments.no_mirror else None,
    }
    return replace(config, **{name: value for name, value in given.items() if value is not None})


def _has_gpu(arguments: argparse.Namespace) -> bool:
    from qmix_core.engine.preparation import resolve_device

    return resolve_device(arguments.device).type != "cpu"


def _open(arguments: argparse.Namespace) -> Project:
    project = Project.open(arguments.project)
    given = arguments.dataset and arguments.dataset.expanduser().resolve()
    if given not in (None, project.source, project.root):
        project.close()
        raise QMixError(
            f"{arguments.project} belongs to the dataset {project.source}: name another project, "
            "or use qmix relink where the dataset has moved."
        )
    return project


def _open_or_create(arguments: argparse.Namespace, sink: events.Sink, control: Control) -> Project:
    if holds_project(arguments.project):
        return _open(arguments)
    if arguments.dataset is None:
        raise QMixError(f"{arguments.project} is no project yet: give the DATASET to train on.")
    report = check_dataset(
        _load(arguments),
        progress=lambda done, total: sink(events.Preparing("checking", done, total)),
        control=control,
    )
    for problem in report.problems:
        sink(events.Warned(problem.kind, problem.text))
    return Project.create(arguments.project, report.dataset)


def _status(arguments: argparse.Namespace) -> int:
    with Project.open(arguments.project) as project:
        status = project_status(project)
        finished = project.finished_runs()
        noise = load_noise(project.run_folder(finished[-1])) if finished else None
    lines = [f"{status['images']} images, {len(status['classes'])} classes in {status['dataset']}"]
    lines += [
        f"run {run['id']}: {run['status']}, preset {run['preset']}, {run['started_at']}"
        for run in status["runs"]
    ]
    for title in ("buckets", "reviews"):
        lines += [f"  {name}: {count}" for name, count in status[title].items()]
    if noise is not None:
        lines += [noise_sentence(noise), *(f"  {line}" for line in confusion_lines(noise))]
    say(arguments, dict(status) | {"noise": noise and asdict(noise)}, "\n".join(lines))
    return 0


def _apply(arguments: argparse.Namespace) -> int:
    with Project.open(arguments.project) as project:
        count = apply_decisions(project, arguments.decisions, reviewer=arguments.reviewer)
        if project.warning:
            Terminal().line(f"warning: {project.warning}")
    say(arguments, {"decisions": count}, f"{count} decisions were recorded.")
    return 0


def _export(arguments: argparse.Namespace) -> int:
    if arguments.key_table is not None and not arguments.anonymous:
        raise ConfigError("--key-table belongs to --anonymous: give both or neither.")
    with Project.open(arguments.project) as project:
        if not arguments.anonymous:
            count = export_table(project, arguments.what, arguments.out)
            missing = len(missing_now(project)) if arguments.what == "cleaned" else 0
            result: dict[str, object] = {
                "rows": count, "out": str(arguments.out), "missing": missing
            }  # fmt: skip
            left_out = f" {missing} images are missing and not among them." if missing else ""
            say(arguments, result, f"{count} rows are in {arguments.out}.{left_out}")
            return 0
        done = export_anonymously(
            project, arguments.what, arguments.out, key_table=arguments.key_table
        )
    text = f"{done.rows} rows are in {arguments.out}. {anonymous_sentence(done)}"
    say(arguments, {"out": str(arguments.out)} | asdict(done), text)
    return 0


def _verify(arguments: argparse.Namespace) -> int:
    from qmix_core.project.verify import verify

    terminal = Terminal()
    found = verify(
        arguments.project,
        quick=arguments.quick,
        progress=lambda done, total: terminal.progress("comparing originals", done, total),
    )
    lines = [f"{finding.kind}: {finding.item}: {finding.text}" for finding in found.findings]
    lines.append(
        f"{found.decisions} decisions and {found.originals} originals were checked: "
        + (f"{len(lines)} things are wrong." if lines else "all is well.")
    )
    say(arguments, asdict(found), "\n".join(lines))
    return EXIT_OF["failed"] if found.findings else EXIT_OF["done"]


def _recover(arguments: argparse.Namespace) -> int:
    from qmix_core.project.recovery import recover

    recovery = recover(arguments.project)
    say(arguments, asdict(recovery), "\n".join(recovery.sentences()))
    return EXIT_OF["done"]
