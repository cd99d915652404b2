"""An environment of its own for the engine, with the torch that this computer's GPU needs.

uv makes it, in the person's data folder: libraries alone, since the code comes from this
installation (`other_python`). It takes the place of an older one only once it has computed.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import secrets
import shutil
import subprocess
import threading
import time
import zipfile
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import dropwhile
from pathlib import Path
from typing import IO

import msgspec
import psutil
from platformdirs import user_data_path

from qmix_core.base import foreign_json
from qmix_core.base.atomic_write import make_private_folder, write_file
from qmix_core.base.cancellation import Control
from qmix_core.base.errors import ConfigError, RunError, printable
from qmix_core.runners import carried, other_python

AUTO = "auto"
CPU = "cpu"
#: What the environment may take on the disk while it is made, in bytes, with room to spare: 5.5 GB
#: were measured with CUDA's libraries (torch 2.15); without them it is an estimate.
SIZE_WITH_GPU, SIZE_WITHOUT = 8 << 30, 3 << 30
#: Of these bytes so many are there in the end, and are downloaded: 3.1 GB of wheels were measured.
_IN_THE_END, _PACKED = 0.68, 0.37
#: Beside the wheels of a folder: Python's own files and what is written while uv unpacks.
_ROOM = 1.2
_FACTS = "engine.json"
_MAX_JSON = 100_000
_POLL_S = 0.2
_WEIGH_S = 1.0
_PROBE_S = 600.0
_LAST_LINES = 30

#: Told with a step ("python", "libraries", "usual_index" in place of torch's own, "trying") and the
#: megabytes on the disk so far.
Tell = Callable[[str, int], None]


class EngineFacts(msgspec.Struct, frozen=True):
    """`requirements`: hash of what was asked for; `device`, `torch`: as the engine said there."""

    requirements: str
    torch: str
    device: str


class EngineStatus(msgspec.Struct, frozen=True):
    """`is_current`: made for what this version of QMix needs. `size_mb`: on the disk."""

    folder: str
    is_there: bool
    is_current: bool = False
    python: str = ""
    torch: str = ""
    device: str = ""
    size_mb: int = 0

    def sentence(self) -> str:
        """For a person."""
        if not self.is_there:
            return "There is no engine environment: qmix engine make makes one."
        age = "" if self.is_current else " It is of another version: qmix engine make renews it."
        return (
            f"torch {self.torch} on {self.device}, {self.size_mb:,} MB in {self.folder}. Use it "
            f"with --runner python:{self.python}.{age}"
        )


class EnginePlan(msgspec.Struct, frozen=True):
    """What the making takes, in megabytes: at most `needs_mb` on the disk of `folder`, where
    `free_mb` are free, `size_mb` of them in the end, and about `download_mb` from the network.

    `problem`: why it cannot begin, a sentence, else empty. `proxy`: which proxy the environment
    names, without a password.
    """

    folder: str
    needs_mb: int
    size_mb: int
    download_mb: int
    free_mb: int
    proxy: str = ""
    problem: str = ""

    def sentence(self) -> str:
        """For a person."""
        if self.problem:
            return self.problem
        download = f" About {self.download_mb:,} MB are downloaded." if self.download_mb else ""
        proxy = f" The proxy is {self.proxy}." if self.proxy else ""
        return (
            f"Up to {self.needs_mb:,} MB are needed in {self.folder} while it is made; "
            f"{self.free_mb:,} MB are free there.{download}{proxy}"
        )


def plan_engine(*, wheels: Path | None = None, backend: str = AUTO) -> EnginePlan:
    """What `make_engine` would take with these choices; nothing is made or asked for."""
    folder = engine_folder()
    there = next(place for place in (folder, *folder.parents) if place.exists())
    free = shutil.disk_usage(there).free
    if wheels is not None:
        size = _unpacked(wheels)
        needs = round(_ROOM * size)
    else:
        needs = SIZE_WITHOUT if backend == CPU else SIZE_WITH_GPU
        size = round(_IN_THE_END * needs)
    problem = ""
    try:
        _uv()
        _check_wheels(wheels)
        _check_room(folder, free, needs)
    except ConfigError as error:
        problem = str(error)
    return EnginePlan(
        folder=str(folder),
        needs_mb=needs >> 20,
        size_mb=size >> 20,
        download_mb=0 if wheels is not None else round(_PACKED * needs) >> 20,
        free_mb=free >> 20,
        proxy="" if wheels is not None else _proxy(),
        problem=problem,
    )


def _unpacked(wheels: Path) -> int:
    """Bytes of all that is in the wheels of a folder."""
    total = 0
    for wheel in wheels.glob("*.whl"):
        with suppress(OSError, zipfile.BadZipFile), zipfile.ZipFile(wheel) as packed:
            total += sum(item.file_size for item in packed.infolist())
    return total


def _proxy() -> str:
    import urllib.request  # brings much that nothing else needs

    proxy = urllib.request.getproxies().get("https", "")
    return printable(proxy.rpartition("@")[2] if "@" in proxy else proxy)


def _check_wheels(wheels: Path | None) -> None:
    if wheels is not None and not any(wheels.glob("*.whl")):
        raise ConfigError(f"{wheels} holds no wheels: give a folder of .whl files.")


def _check_room(folder: Path, free: int, needs: int) -> None:
    if free < needs:
        raise ConfigError(
            f"The disk of {folder.parent} has {free >> 30} GB free, and the engine environment "
            f"needs {needs >> 30}: free some space."
        )


def engine_folder() -> Path:
    """Where the environment is, or will be."""
    return user_data_path("qmix-gui", appauthor=False) / "engine"


def engine_status() -> EngineStatus:
    """What is there."""
    folder = engine_folder()
    facts = _facts(folder)
    if facts is None or not _python_of(folder).exists():
        return EngineStatus(str(folder), is_there=False)
    return EngineStatus(
        folder=str(folder),
        is_there=True,
        is_current=facts.requirements == _requirements_hash(),
        python=str(_python_of(folder)),
        torch=facts.torch,
        device=facts.device,
        size_mb=_weight(folder) >> 20,
    )


def engine_python() -> str:
    """The environment's Python, empty where there is none; quick, unlike `engine_status`."""
    folder = engine_folder()
    there = _facts(folder) is not None and _python_of(folder).exists()
    return str(_python_of(folder)) if there else ""


def remove_engine() -> int:
    """Remove the environment and leftovers of its making; give the megabytes that are free now.

    Raises:
        RunError: a training uses it, or a file of it cannot be removed.
    """
    folder = engine_folder()
    _require_idle(folder)
    places = [folder, *_leftovers(folder), *carried.copies(folder.parent)]
    freed = sum(_weight(place) for place in places)
    try:
        for place in places:
            if place.exists():
                shutil.rmtree(place)
    except OSError as error:
        raise RunError(
            f"{error.filename or folder} cannot be removed ({error.strerror}): stop the training, "
            "then try again."
        ) from error
    return freed >> 20


def remove_leftovers() -> None:
    """Remove what makings left that were killed; one that goes on is left alone."""
    for place in _leftovers(engine_folder()):
        shutil.rmtree(place, ignore_errors=True)


def _leftovers(folder: Path) -> list[Path]:
    return [
        place
        for place in folder.parent.glob(f".{folder.name}-*")
        if not _is_at_work(place.name.split("-")[1])
    ]


def _is_at_work(pid: str) -> bool:
    """Whether the process that makes a half-made environment is there."""
    return pid.isdecimal() and int(pid) != os.getpid() and psutil.pid_exists(int(pid))


def _hidden(folder: Path) -> Path:
    """A new name beside the environment that says which process works there."""
    return folder.with_name(f".{folder.name}-{os.getpid()}-{secrets.token_hex(4)}")


def _require_idle(folder: Path) -> None:
    """Raises RunError: a process runs under the environment's Python, which needs its files."""
    own = str(folder)
    for process in psutil.process_iter(["cmdline"]):
        words = process.info["cmdline"] or [""]
        if Path(words[0]).is_relative_to(own):
            raise RunError(
                f"A training uses {folder}: wait for its end or stop it, then try again."
            )


def make_engine(
    *,
    tell: Tell,
    control: Control,
    wheels: Path | None = None,
    backend: str = AUTO,
    python: str = "",
    needs: int = SIZE_WITH_GPU,
) -> EngineStatus:
    """Make the environment, or renew it. An older one stays until the new one has computed.

    `wheels`: a folder of wheels to install from, without a network; `backend`: as uv's
    --torch-backend; `python`: what it is based on, this one by default; `needs`: bytes that must
    be free. A proxy is taken from the environment, as uv takes it.

    Raises:
        ConfigError: no uv, no room, no such folder. RunError: uv or the engine fails, with its
        last words. Cancelled: `control` was cancelled; nothing is left of the new one.
    """
    uv, folder = _uv(), engine_folder()
    _check_wheels(wheels)
    _require_idle(folder)
    make_private_folder(folder.parent)
    remove_leftovers()
    _check_room(folder, shutil.disk_usage(folder.parent).free, needs)
    new = _hidden(folder)
    try:
        make_private_folder(new)
        facts = _make(uv, new, wheels, backend, python, tell, control)
        write_file(new / _FACTS, msgspec.json.encode(facts), private=True)
        _replace(folder, new)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return engine_status()


def _make(
    uv: str,
    new: Path,
    wheels: Path | None,
    backend: str,
    python: str,
    tell: Tell,
    control: Control,
) -> EngineFacts:
    cache = new / "cache"
    base = python or carried.base_python(new.parent)
    steps = _Steps(new, cache, tell, control)
    try:
        steps.run("python", [uv, "venv", "--no-project", "--relocatable", "--python", base,
                             str(new / "env")])  # fmt: skip
    except RunError as error:
        if base != carried.ANY_PYTHON:
            raise
        raise RunError(
            "There is no Python 3.11 to 3.13 here, and uv could not fetch one: install one, or "
            f"give its path with --python. {error}"
        ) from error
    there = _python_of(new)
    install = [uv, "pip", "install", "--python", str(there), *other_python.REQUIREMENTS]
    if wheels is not None:
        steps.run("libraries", [*install, "--no-index", "--find-links", str(wheels.absolute())])
    else:
        try:
            steps.run("libraries", [*install, "--torch-backend", backend])
        except RunError:
            if backend != AUTO:
                raise
            # torch's own index may be out of reach where the usual one is not
            steps.run("usual_index", install)
    with suppress(RunError):
        # DICOM, HEIC, XLSX: an engine without them reads all other files
        readers = [*install[: -len(other_python.REQUIREMENTS)], *other_python.READERS]
        offline = [] if wheels is None else ["--no-index", "--find-links", str(wheels.absolute())]
        steps.run("libraries", [*readers, *offline])
    shutil.rmtree(cache, ignore_errors=True)
    tell("trying", _weight(new) >> 20)
    raw = other_python.ask(str(there), ["far", "probe"], timeout_s=_PROBE_S, check=control.check)
    found = foreign_json.read(raw, _Probed, most=_MAX_JSON)
    control.check()
    return EngineFacts(_requirements_hash(), found.torch, found.device)


class _Probed(msgspec.Struct, frozen=True):
    torch: str
    device: str


class _Steps:
    """Runs uv and tells how much is on the disk meanwhile."""

    def __init__(self, folder: Path, cache: Path, tell: Tell, control: Control) -> None:
        self._folder = folder
        self._tell = tell
        self._control = control
        self._environment = other_python.environment() | {
            "UV_CACHE_DIR": str(cache),
            "UV_NO_PROGRESS": "1",
            "UV_NO_CONFIG": "1",
        }

    def run(self, step: str, command: Sequence[str]) -> None:
        """Run one command to its end. Raises RunError, Cancelled."""
        process = subprocess.Popen(
            list(command),
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        lines: deque[str] = deque(maxlen=_LAST_LINES)
        reader = threading.Thread(target=_read, args=(process.stderr, lines), daemon=True)
        reader.start()
        try:
            self._wait(step, process)
        finally:
            _end(process)
        reader.join(_WEIGH_S)
        if process.returncode:
            said = _complaint(list(lines))
            raise RunError(f"uv could not make the engine environment: {said}{_remedy(said)}")

    def _wait(self, step: str, process: subprocess.Popen[bytes]) -> None:
        weighed = 0.0
        while process.poll() is None:
            self._control.check()
            if time.monotonic() - weighed > _WEIGH_S:
                self._tell(step, _weight(self._folder) >> 20)
                weighed = time.monotonic()
            with suppress(subprocess.TimeoutExpired):
                process.wait(_POLL_S)


def _read(stream: IO[bytes] | None, lines: deque[str]) -> None:
    with suppress(OSError, ValueError):
        for line in stream or ():
            lines.append(line.decode(errors="replace").strip())


def _complaint(lines: list[str]) -> str:
    """What uv says of its failure, on one line."""
    told = list(dropwhile(lambda line: not line.startswith(("error", "×")), lines)) or lines[-1:]
    return printable(" ".join(told) or "it says nothing")


_REMEDIES = (
    (
        "Free some space, then try again.",
        ("no space left", "os error 28", "os error 112"),
    ),
    (
        "Put the wheels that are missing into the folder, for this system and this Python.",
        ("--find-links", "no-index", "registry lookup", "provided package locations"),
    ),
    (
        "Check the network, and HTTPS_PROXY where there is a proxy; or use a folder of wheels.",
        ("failed to fetch", "error sending request", "dns error", "connect", "timed out",
         "tunnel", "request failed", "certificate"),
    ),
)  # fmt: skip


def _remedy(said: str) -> str:
    """What helps against what uv complains of, as a sentence after it; empty where unknown."""
    low = said.lower()
    for remedy, signs in _REMEDIES:
        if any(sign in low for sign in signs):
            return f"{'' if said.endswith('.') else '.'} {remedy}"
    return ""


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    with suppress(psutil.Error):
        for child in psutil.Process(process.pid).children(recursive=True):
            with suppress(psutil.Error):
                child.kill()
    process.kill()
    process.wait()


def _replace(folder: Path, new: Path) -> None:
    """Let the new environment take the place of the old; raises RunError where that is in use."""
    old = _hidden(folder)
    try:
        _require_idle(folder)
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    except OSError as error:
        if old.exists() and not folder.exists():
            old.rename(folder)
        raise RunError(
            f"{folder} cannot be replaced ({error.strerror}): stop the training, then try again."
        ) from error
    shutil.rmtree(old, ignore_errors=True)


def _uv() -> str:
    if bundled := carried.carried_uv():
        return bundled
    with suppress(ImportError, FileNotFoundError):
        # its wheel brings the program
        return str(importlib.import_module("uv").find_uv_bin())
    found = shutil.which("uv")
    if found is None:
        raise ConfigError(
            "uv is not there, which makes the environment: run pip install 'qmix-gui[engine]'."
        )
    return found


def _python_of(folder: Path) -> Path:
    inside = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return folder.joinpath("env", *inside)


def _facts(folder: Path) -> EngineFacts | None:
    with suppress(OSError, ValueError):
        return foreign_json.read((folder / _FACTS).read_bytes(), EngineFacts, most=_MAX_JSON)
    return None


def _requirements_hash() -> str:
    return hashlib.sha256("\n".join(other_python.REQUIREMENTS).encode()).hexdigest()


def _weight(folder: Path) -> int:
    """Bytes of the files below a folder, each counted once."""
    total, seen = 0, set()
    for parent, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                status = Path(parent, name).lstat()
                if status.st_ino not in seen:
                    seen.add(status.st_ino)
                    total += status.st_size
    return total
