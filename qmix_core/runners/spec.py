"""What `--runner` says: where the engine runs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qmix_core.base.errors import ConfigError

LOCAL = "local"
FORMS = (
    "local, python:/path/to/python, ssh:HOST or ssh:HOST:/path/to/python, srun:PARTITION, or "
    "ssh:HOST+srun:PARTITION"
)
#: No name that ssh would take for an option, or the shell for an order.
_HOST = re.compile(r"(?:[\w][\w.-]*@)?(?:[\w][\w.-]*|\[[0-9a-fA-F:.]+\])")
_PARTITION = re.compile(r"[\w][\w.-]*")
_SLURM_OPTION = re.compile(r"[a-z][a-z-]*(?:=[\w.:/=+%-]+)?")
_PYTHON, _SSH, _SRUN = "python:", "ssh:", "srun:"


@dataclass(frozen=True, slots=True)
class Local:
    """This computer, this Python."""


@dataclass(frozen=True, slots=True)
class OtherPython:
    """This computer, under another Python. `python`: its path."""

    python: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another computer, a cluster, or a cluster behind another computer.

    `host` as ssh takes it, empty for this computer; `python` is run there, empty for the usual
    one; `partition` of Slurm, empty where Slurm has no part in it; `options`: what sbatch is told
    besides.
    """

    host: str = ""
    python: str = ""
    partition: str = ""
    options: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What it is called in a sentence."""
        return self.host or f"Slurm ({self.partition})"


Runner = Local | OtherPython | Elsewhere


def parse_runner(text: str) -> Runner:
    """Read a runner.

    Raises:
        ConfigError: it has none of the forms.
    """
    text = text.strip()
    if text in ("", LOCAL):
        return Local()
    if text.startswith(_PYTHON):
        python = text.removeprefix(_PYTHON).strip()
        if not python:
            raise ConfigError("The runner python: lacks its path: write python:/path/to/python.")
        return OtherPython(python)
    if text.startswith(_SSH):
        place, _, slurm = text.removeprefix(_SSH).partition("+")
        host, python = _host_and_python(place)
        partition, options = _partition_and_options(slurm) if slurm else ("", ())
        return Elsewhere(host, python, partition, options)
    if text.startswith(_SRUN):
        partition, options = _partition_and_options(text)
        return Elsewhere(partition=partition, options=options)
    raise ConfigError(f"There is no runner {text!r}: write {FORMS}.")


def _host_and_python(place: str) -> tuple[str, str]:
    found = _HOST.match(place)
    host = found.group() if found else ""
    rest = place[len(host) :]
    if not host or (rest and not rest.startswith(":")):
        raise ConfigError(
            f"The runner ssh:{place} names no computer: write ssh:HOST or ssh:HOST:/path/to/python."
        )
    return host, rest[1:]


def _partition_and_options(slurm: str) -> tuple[str, tuple[str, ...]]:
    partition, *options = slurm.removeprefix(_SRUN).split(",")
    if not slurm.startswith(_SRUN) or not _PARTITION.fullmatch(partition):
        raise ConfigError(
            f"The runner {slurm} names no partition: write srun:PARTITION, and options after it as "
            "in srun:gpu,gres=gpu:1,time=4:00:00."
        )
    for option in options:
        if not _SLURM_OPTION.fullmatch(option):
            raise ConfigError(
                f"{option!r} is no option of Slurm: write it as in srun:{partition},gres=gpu:1."
            )
    return partition, tuple(options)
