"""Training is killed at random moments and resumed; its scores must be as if left alone."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from qmix_core.base.types import CHECKPOINT_FILE
from qmix_core.export.tables import export_table
from qmix_core.project.store import ProjectStore

_EPOCHS = 6
_OPTIONS = ["--preset", "quick", "--image-size", "32", "--epochs", str(_EPOCHS), "--device", "cpu"]
#: Seconds that an epoch and the start of a run take, about.
_EPOCH, _START = 0.5, 5.0


@dataclass
class KilledTraining:
    """What became of it. `resumed`: runs that had a checkpoint when they were killed, the others
    began anew or were done; `orphans`: processes that outlived a run by more than a second.
    """

    kills: int = 0
    resumed: int = 0
    equal_scores: int = 0
    orphans: int = 0
    seconds_undisturbed: float = 0.0


def kill_training(
    project: Path, folder: Path, *, kills: int, seed: int
) -> Iterator[KilledTraining]:
    """Kill runs of copies of a project, each once, and finish them. Yields the tally."""
    rng = random.Random(seed)
    tally = KilledTraining()
    undisturbed = _copy(project, folder / "undisturbed.qmix")
    started = time.monotonic()
    subprocess.run(_command(undisturbed), check=True, capture_output=True)
    tally.seconds_undisturbed = round(time.monotonic() - started, 2)
    wanted = _scores(undisturbed, folder)
    for number in range(kills):
        copy = _copy(project, folder / f"killed-{number}.qmix")
        tally.orphans += _train_until_killed(copy, rng)
        tally.resumed += _finish(copy)
        tally.kills += 1
        tally.equal_scores += _scores(copy, folder) == wanted
        shutil.rmtree(copy)
        yield tally


def _command(project: Path) -> list[str]:
    return [sys.executable, "-m", "qmix_core", "train", "--project", str(project), *_OPTIONS]


def _finish(project: Path) -> bool:
    """Let a run that was killed come to its end; whether it was resumed, not begun anew."""
    with ProjectStore.open(project) as opened:
        if opened.runs.finished():
            return False
        runs = opened.runs.all()
        has_epoch = bool(runs) and (opened.runs.folder(runs[-1].id) / CHECKPOINT_FILE).is_file()
    again = ["--resume"] if has_epoch else []
    subprocess.run([*_command(project), *again], check=True, capture_output=True)
    return has_epoch


def _copy(project: Path, to: Path) -> Path:
    shutil.copytree(project, to)
    return to


def _train_until_killed(project: Path, rng: random.Random) -> int:
    """Kill a run at any moment of any epoch, or (one in six) before its first checkpoint.

    Give the number of processes that are left a second after the kill.
    """
    epochs_before = rng.randrange(_EPOCHS)
    pause = rng.uniform(0, _EPOCH if epochs_before else _START)
    # as the window starts it
    command = [*_command(project), "--events"]
    run = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert run.stdout is not None
    while epochs_before and (line := run.stdout.readline()):
        epochs_before -= '"checkpoint_saved"' in line
    time.sleep(pause)
    family: list[psutil.Process] = []
    with suppress(psutil.NoSuchProcess):
        family = psutil.Process(run.pid).children(recursive=True)
    run.kill()
    run.wait()
    return len(psutil.wait_procs(family, timeout=1)[1])


def _scores(project: Path, folder: Path) -> bytes:
    """The table of scores, byte for byte."""
    out = folder / "scores.csv"
    with ProjectStore.open(project) as opened:
        export_table(opened, "scores", out)
    return out.read_bytes()
