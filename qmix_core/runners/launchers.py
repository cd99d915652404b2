"""How a run is started that outlives the line it was started by: as a process, or by Slurm."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import psutil

from qmix_core.base import foreign_json
from qmix_core.base.atomic_write import write_file
from qmix_core.base.errors import RunError

EVENTS, ERRORS = "events.jsonl", "errors.txt"
_WORKER = "worker.json"
_MAX_JSON = 10_000
_SLURM_S = 60
_SLURM_END_S, _SLURM_LOOK_S = 10.0, 0.5
#: States of Slurm's jobs that end, or have not begun to.
_ALIVE = {"PENDING", "RUNNING", "CONFIGURING", "COMPLETING", "SUSPENDED", "REQUEUED", "RESIZING"}
_SLURM_IS_MISSING = "Slurm is not there ({program}): check the runner, or load Slurm's module."


def run_command(folder: Path) -> list[str]:
    """The command that does the run of a job folder under this Python."""
    return [sys.executable, "-P", "-m", "qmix_core", "far", "run", str(folder)]


def start(folder: Path, *, partition: str = "", options: Sequence[str] = ()) -> str:
    """Start the run of a job folder; give the job id of Slurm, empty without.

    Its events go to `events.jsonl` and its errors to `errors.txt` in the folder.

    Raises:
        RunError: Slurm refuses. OSError: the disk or the system refuses.
    """
    if partition:
        job = _submit(folder, partition, options)
        write_file(folder / _WORKER, json.dumps({"slurm": job}).encode(), private=True)
        return job
    with (folder / EVENTS).open("ab") as events, (folder / ERRORS).open("ab") as errors:
        worker = subprocess.Popen(
            run_command(folder),
            stdin=subprocess.DEVNULL,
            stdout=events,
            stderr=errors,
            cwd=folder,
            start_new_session=True,
        )
    with suppress(psutil.Error):
        began = psutil.Process(worker.pid).create_time()
        facts = {"pid": worker.pid, "began": began}
        write_file(folder / _WORKER, json.dumps(facts).encode(), private=True)
    return ""


def _submit(folder: Path, partition: str, options: Sequence[str]) -> str:
    said = _slurm(
        "sbatch",
        "--parsable",
        "--no-requeue",
        f"--partition={partition}",
        f"--chdir={folder}",
        f"--output={folder / EVENTS}",
        f"--error={folder / ERRORS}",
        "--open-mode=append",
        "--job-name=qmix",
        *(f"--{option}" for option in options),
        f"--wrap=exec {shlex.join(run_command(folder))}",
    )
    return said.strip().partition(";")[0]


def _slurm(program: str, *arguments: str) -> str:
    if shutil.which(program) is None:
        raise RunError(_SLURM_IS_MISSING.format(program=program))
    try:
        done = subprocess.run(
            [program, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SLURM_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise RunError(f"Slurm does not answer ({program}): try again later.") from error
    if done.returncode:
        words = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise RunError(f"Slurm refuses the run: {' '.join(words).removeprefix(f'{program}: ')}")
    return done.stdout.decode(errors="replace")


def has_started(folder: Path) -> bool:
    """Whether the run of a job folder was started before."""
    return (folder / _WORKER).exists()


def is_alive(folder: Path) -> bool:
    """Whether the run of a job folder waits or runs."""
    facts = _facts(folder)
    if job := str(facts.get("slurm", "")):
        try:
            return _slurm("squeue", "-h", "-j", job, "-o", "%T").strip() in _ALIVE
        except RunError:
            return False
    process = _process(facts)
    with suppress(psutil.Error):
        return process is not None and process.status() != psutil.STATUS_ZOMBIE
    return False


def kill(folder: Path) -> None:
    """End the run of a job folder, with all that it started."""
    facts = _facts(folder)
    if job := str(facts.get("slurm", "")):
        with suppress(RunError):
            _slurm("scancel", job)
            until = time.monotonic() + _SLURM_END_S
            while is_alive(folder) and time.monotonic() < until:
                time.sleep(_SLURM_LOOK_S)
        return
    process = _process(facts)
    if process is None:
        return
    with suppress(psutil.Error):
        family = [*process.children(recursive=True), process]
        for member in family:
            with suppress(psutil.Error):
                member.kill()
        psutil.wait_procs(family, timeout=5)


def job_id(folder: Path) -> str:
    """The job id of Slurm, empty without."""
    return str(_facts(folder).get("slurm", ""))


def is_waiting(folder: Path) -> bool:
    """Whether the run waits in Slurm's queue."""
    job = job_id(folder)
    with suppress(RunError):
        return bool(job) and _slurm("squeue", "-h", "-j", job, "-o", "%T").strip() == "PENDING"
    return False


def _facts(folder: Path) -> dict[str, object]:
    with suppress(OSError, ValueError):
        raw = (folder / _WORKER).read_bytes()
        return foreign_json.read(raw, dict[str, object], most=_MAX_JSON)
    return {}


def _process(facts: dict[str, object]) -> psutil.Process | None:
    pid, began = facts.get("pid"), facts.get("began")
    with suppress(psutil.Error, TypeError, ValueError):
        if isinstance(pid, int) and pid != os.getpid():
            process = psutil.Process(pid)
            # another process may have its number by now
            return process if process.create_time() == began else None
    return None
