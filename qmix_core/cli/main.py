"""The command line `qmix`: demo, check, quality, train, runner, doctor, engine, status, relink,
apply, classes, export, package, merge, agreement, attention, map, verify, trust, recover.

Exit codes: 0 done, 1 failed, 2 bad usage or data, 3 cancelled.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from qmix_core.base.cancellation import Cancelled
from qmix_core.base.errors import ConfigError, QMixError, printable
from qmix_core.base.resource_errors import resource_error_text
from qmix_core.base.types import Status
from qmix_core.base.version import __version__
from qmix_core.cli import apply as cli_apply
from qmix_core.cli import attention as cli_attention
from qmix_core.cli import check as cli_check
from qmix_core.cli import classes as cli_classes
from qmix_core.cli import doctor as cli_doctor
from qmix_core.cli import engine as cli_engine
from qmix_core.cli import export as cli_export
from qmix_core.cli import far as cli_far
from qmix_core.cli import files as cli_files
from qmix_core.cli import map as cli_map
from qmix_core.cli import quality as cli_quality
from qmix_core.cli import readers as cli_readers
from qmix_core.cli import runner as cli_runner
from qmix_core.cli import train as cli_train
from qmix_core.cli.in_engine import needs_engine, run_in_engine
from qmix_core.cli.terminal import Terminal, say
from qmix_core.cli.train import EXIT_OF
from qmix_core.project.operations.status import project_status
from qmix_core.project.storage.trust import trust
from qmix_core.project.store import ProjectStore
from qmix_core.runs.noise_report import confusion_lines, load_noise, noise_sentence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    arguments = _parser().parse_args(argv)
    arguments.argv = list(sys.argv[1:] if argv is None else argv)
    try:
        _refuse_unreadable_names(arguments)
        if needs_engine(arguments):
            return run_in_engine(arguments)
        code: int = arguments.command(arguments)
    except QMixError as error:
        sys.stderr.write(f"qmix: {error}\n")
        return error.exit_code
    except (KeyboardInterrupt, Cancelled):
        sys.stderr.write("qmix: cancelled.\n")
        return EXIT_OF["cancelled"]
    except BrokenPipeError:
        return EXIT_OF["failed"]
    except Exception as error:
        # a window has been told, and keeps the traceback in the run's log
        if getattr(arguments, "events", False) or not (text := _sentence(error)):
            raise
        sys.stderr.write(f"qmix: {printable(text)}\n")
        return EXIT_OF["failed"]
    return code


def _sentence(error: Exception) -> str:
    """What ran out, or a file that no other door has refused; empty where it is our own fault."""
    text = resource_error_text(error)
    if not text and isinstance(error, OSError):
        # names beyond the system's limit are refused by whatever touches them first
        what = f"{error.filename or 'A file'} cannot be read or written ({error.strerror or error})"
        text = f"{what}: choose another path and try again."
    return text


def _refuse_unreadable_names(arguments: argparse.Namespace) -> None:
    """A project says in UTF-8 where its files are."""
    for value in vars(arguments).values():
        if isinstance(value, Path) and any("\ud800" <= letter <= "\udfff" for letter in str(value)):
            raise ConfigError(f"The name {value} is not UTF-8: rename it, or choose another.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="qmix", description="Find and correct wrong labels in medical image datasets."
    )
    parser.add_argument("--version", action="version", version=f"qmix {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    demo = _command(commands, "demo", _demo, "write a generated dataset with known label errors")
    demo.add_argument("folder", type=Path, metavar="DIR", help="a new or empty folder")
    demo.add_argument("--images", type=int, default=600, metavar="N")
    demo.add_argument("--seed", type=int, default=0)

    check = _command(
        commands, "check", cli_check.check, "look at a dataset, or at a project's files"
    )
    cli_check.add_options(check)

    quality = _command(
        commands,
        "quality",
        cli_quality.quality,
        "judge how well images can be read, without labels",
    )
    cli_quality.add_options(quality)

    train = _command(commands, "train", cli_train.train, "find label errors with QMix")
    cli_train.add_options(train)

    runner = _command(
        commands, "runner", cli_runner.runner, "try where a run would run: versions, device, speed"
    )
    cli_runner.add_options(runner)

    _command(commands, "doctor", cli_doctor.doctor, "what this computer has, and what helps")

    engine = _command(
        commands, "engine", cli_engine.engine_command, "make an environment for this GPU's torch"
    )
    cli_engine.add_options(engine)

    far = commands.add_parser("far")
    far.set_defaults(command=cli_far.far)
    cli_far.add_options(far)

    status = _command(commands, "status", _status, "runs, buckets and decisions of a project")
    status.add_argument("project", type=Path, metavar="P.qmix")

    relink = _command(commands, "relink", cli_files.relink, "say where a project's images are now")
    cli_files.add_relink_options(relink)

    cli_apply.add_options(_command(commands, "apply", cli_apply.apply, "make decisions from a CSV"))

    classes = _command(
        commands, "classes", cli_classes.classes, "list, rename, merge or delete classes"
    )
    cli_classes.add_options(classes)

    export = _command(commands, "export", cli_export.export, "write tables, a report or a folder")
    cli_export.add_options(export)

    package = _command(
        commands, "package", cli_readers.package, "write images for a second reader, blind"
    )
    cli_readers.add_package_options(package)

    merge = _command(commands, "merge", cli_readers.merge, "import a second reader's answers")
    cli_readers.add_merge_options(merge)

    agreement = _command(commands, "agreement", cli_readers.agreement, "how well the readers agree")
    cli_readers.add_agreement_options(agreement)

    attention = _command(
        commands, "attention", cli_attention.attention, "show what in an image speaks for a class"
    )
    cli_attention.add_options(attention)

    cli_map.add_options(
        _command(
            commands, "map", cli_map.embedding_map, "place alike images close together on a map"
        )
    )

    verify = _command(commands, "verify", _verify, "check decisions, database and originals")
    verify.add_argument("project", type=Path, metavar="P.qmix")
    verify.add_argument("--quick", action="store_true", help="leave out the originals")
    verify.add_argument(
        "--head", default="", metavar="HASH", help="a head of the log that was noted earlier"
    )

    trusting = _command(commands, "trust", _trust, "say that you trust where a project comes from")
    trusting.add_argument("project", type=Path, metavar="P.qmix")

    recover = _command(commands, "recover", _recover, "restore a project that cannot be opened")
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


def _demo(arguments: argparse.Namespace) -> int:
    from qmix_core.simulation.demo import write_demo

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


def _status(arguments: argparse.Namespace) -> int:
    with ProjectStore.open(arguments.project) as project:
        status = project_status(project)
        finished = project.runs.finished()
        noise = load_noise(project.runs.folder(finished[-1])) if finished else None
    lines = [f"{status['images']} images, {len(status['classes'])} classes in {status['dataset']}"]
    lines += [
        f"run {run['id']}: {run['status']}, preset {run['preset']}, {run['started_at']}"
        for run in status["runs"]
    ]
    lines.append(f"head of the log: {status['head']}")
    for title in ("buckets", "reviews"):
        lines += [f"  {name}: {count}" for name, count in status[title].items()]
    if noise is not None:
        corrected = status["reviews"][Status.RELABELED.value]
        text = noise_sentence(noise, buckets=status["buckets"], corrected=corrected)
        lines += [text, *(f"  {line}" for line in confusion_lines(noise))]
    say(arguments, dict(status) | {"noise": noise and asdict(noise)}, "\n".join(lines))
    return 0


def _verify(arguments: argparse.Namespace) -> int:
    from qmix_core.workflow.verify import verify

    terminal = Terminal()
    found = verify(
        arguments.project,
        quick=arguments.quick,
        head=arguments.head,
        progress=lambda done, total: terminal.progress("comparing originals", done, total),
    )
    lines = [f"{finding.kind}: {finding.item}: {finding.text}" for finding in found.findings]
    lines.append(
        f"{found.decisions} decisions and {found.originals} originals were checked: "
        + (f"{len(lines)} things are wrong." if lines else "all is well.")
    )
    if found.head:
        lines.append(f"head of the log: {found.head}")
    say(arguments, asdict(found), "\n".join(lines))
    return EXIT_OF["failed"] if found.findings else EXIT_OF["done"]


def _trust(arguments: argparse.Namespace) -> int:
    folder = arguments.project.expanduser().absolute()
    ProjectStore.open(folder).close()  # what is crafted is refused all the same
    trust(folder)
    text = f"{folder.name} is trusted from now on."
    say(arguments, {"project": str(folder)}, text)
    return EXIT_OF["done"]


def _recover(arguments: argparse.Namespace) -> int:
    from qmix_core.project.operations.recovery import recover

    recovery = recover(arguments.project)
    say(arguments, asdict(recovery), "\n".join(recovery.sentences()))
    return EXIT_OF["done"]
