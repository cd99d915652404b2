"""What is there on this computer for QMix, and what helps where something is missing. No torch.

Texts are templates with their values beside them, so that the window can translate them.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

import msgspec
import psutil
from platformdirs import user_cache_path, user_data_path

from qmix_core.base import foreign_json
from qmix_core.base.errors import QMixError
from qmix_core.base.version import __version__
from qmix_core.runners import carried, other_python
from qmix_core.runners.engine_environment import engine_status
from qmix_core.runners.own_engine import own_engine

_PROBE_S = 300.0
_NVIDIA_S = 20
_MAX_JSON = 100_000
_LEAST_MEMORY_GB, _LEAST_DISK_GB = 4, 5
_OLDEST, _NEWEST = (3, 11), (3, 13)
_NVIDIA_VENDOR, _DISPLAY_CLASS = "0x10de", "0x03"
#: What Qt opens itself, and what its plug-in for X11 does; with Debian's packages.
_QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
_X11_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}


def _(context: str, text: str) -> str:
    """Mark a text that the window shows for the tool that collects texts to translate."""
    return text


class State(StrEnum):
    """`WARNING`: it works, with a limit; `PROBLEM`: something does not work."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


class Finding(msgspec.Struct, frozen=True):
    """One thing about this computer. `text` and `remedy` are templates of `values`."""

    name: str
    state: State
    text: str
    remedy: str = ""
    values: dict[str, str] = {}

    def said(self, tr: Callable[[str], str] = str) -> tuple[str, str]:
        """Text and remedy with their values; `tr` translates the templates."""
        return tr(self.text).format(**self.values), tr(self.remedy).format(**self.values)


def look() -> list[Finding]:
    """All findings; seconds, since torch is loaded in another process."""
    return list(_findings())


def _findings() -> Iterator[Finding]:
    yield _python()
    yield from _engine()
    yield _gpu()
    yield _engine_environment()
    yield _memory()
    yield from _places()
    yield _display()
    yield _qt()
    yield _ssh()


def _python() -> Finding:
    version = sys.version_info[:2]
    is_tried = _OLDEST <= version <= _NEWEST
    return Finding(
        _("this_computer", "Python"),
        State.OK if is_tried else State.WARNING,
        _("this_computer", "QMix {qmix} on Python {python}, {system}"),
        "" if is_tried else _("this_computer", "Use Python 3.11 to 3.13: others were not tried."),
        {
            "qmix": __version__,
            "python": platform.python_version(),
            "system": f"{platform.system()} {platform.machine()}",
        },
    )


class _Probed(msgspec.Struct, frozen=True):
    torch: str
    torchvision: str
    device: str
    device_name: str
    device_memory_gb: float
    images_per_second: float


def _engine() -> Iterator[Finding]:
    """torch and the encoder, as they are in a process of their own: either may not even load."""
    name = _("this_computer", "Engine")
    try:
        raw = other_python.ask(own_engine(), ["far", "probe"], timeout_s=_PROBE_S)
        found = foreign_json.read(raw, _Probed, most=_MAX_JSON)
    except (QMixError, ValueError) as error:
        yield Finding(
            name,
            State.PROBLEM,
            _("this_computer", "It does not start here: {error}"),
            _("this_computer", "Install torch again, or let QMix make an engine environment."),
            {"error": str(error)},
        )
        return
    yield Finding(
        name,
        State.OK,
        _("this_computer", "torch {torch}, torchvision {torchvision}; the encoder that comes with "
                           "QMix sees {speed} images a second on {device}"),
        values={
            "torch": found.torch,
            "torchvision": found.torchvision,
            "speed": f"{found.images_per_second:.0f}",
            "device": _device(found),
        },
    )  # fmt: skip
    if found.device == "cpu" and _nvidia_cards():
        yield Finding(
            _("this_computer", "GPU in use"),
            State.WARNING,
            _("this_computer", "This computer has a GPU that this torch does not use."),
            _("this_computer", "Let QMix make an engine environment: qmix engine make."),
        )


def _device(found: _Probed) -> str:
    memory = f", {found.device_memory_gb:.0f} GB" if found.device_memory_gb else ""
    return f"{found.device} ({found.device_name}{memory})"


def _gpu() -> Finding:
    name = _("this_computer", "GPU and driver")
    if sys.platform == "darwin" and platform.machine() == "arm64":
        return Finding(name, State.OK, _("this_computer", "Apple GPU"))
    if told := _nvidia_smi():
        return Finding(name, State.OK, "{cards}", values={"cards": told})
    if _nvidia_cards():
        return Finding(
            name,
            State.PROBLEM,
            _("this_computer", "An NVIDIA card without a driver"),
            _("this_computer", "Install NVIDIA's driver for this system, then start again."),
        )
    return Finding(
        name,
        State.OK,
        _("this_computer", "None was found: trainings run on the processor, with the preset quick"),
    )


def seen_gpu() -> str:
    """The names of the cards that NVIDIA's driver sees; empty without one."""
    cards = _nvidia_smi().split("; ")
    return ", ".join(card.partition(",")[0].strip() for card in cards)


def gpu_at_rest() -> str:
    """As `seen_gpu`, where the torch of this Python cannot use them; else empty.

    torch is not loaded: what it was built for is read from its files.
    """
    return seen_gpu() if not _torch_has_cuda() else ""


def _torch_has_cuda() -> bool:
    spec = importlib.util.find_spec("torch")
    if spec is None or spec.origin is None:
        return False
    with suppress(OSError):
        text = Path(spec.origin).with_name("version.py").read_text(encoding="utf-8")
        return re.search(r"^cuda\b.*=\s*['\"]\d", text, re.MULTILINE) is not None
    return False


def _nvidia_smi() -> str:
    """Cards, drivers and memory, as the driver's own program tells; empty without a driver."""
    program = shutil.which("nvidia-smi")
    if program is None:
        return ""
    asked = ["--query-gpu=name,driver_version,memory.total", "--format=csv,noheader"]
    with suppress(OSError, subprocess.SubprocessError):
        done = subprocess.run(
            [program, *asked], capture_output=True, timeout=_NVIDIA_S, check=True, text=True
        )
        return "; ".join(done.stdout.strip().splitlines())
    return ""


def _nvidia_cards() -> bool:
    """Whether there is a card, with or without its driver."""
    if _nvidia_smi():
        return True
    for device in Path("/sys/bus/pci/devices").glob("*"):
        with suppress(OSError):
            vendor = (device / "vendor").read_text().strip()
            kind = (device / "class").read_text().strip()
            if vendor == _NVIDIA_VENDOR and kind.startswith(_DISPLAY_CLASS):
                return True
    return False


def _engine_environment() -> Finding:
    status = engine_status()
    name = _("this_computer", "Engine environment")
    if not status.is_there and carried.is_frozen():
        return Finding(
            name,
            State.WARNING,
            _("this_computer", "None yet: trainings on this computer need one"),
            _("this_computer", "Let QMix make an engine environment: qmix engine make."),
        )
    if not status.is_there:
        return Finding(name, State.OK, _("this_computer", "None: this Python trains itself"))
    return Finding(
        name,
        State.OK if status.is_current else State.WARNING,
        _("this_computer", "torch {torch} on {device}, {size} MB in {folder}"),
        "" if status.is_current else _("this_computer", "Renew it: it is of another version."),
        {
            "torch": status.torch,
            "device": status.device,
            "size": f"{status.size_mb:,}",
            "folder": status.folder,
        },
    )


def _memory() -> Finding:
    memory = psutil.virtual_memory()
    total, free = memory.total / 2**30, memory.available / 2**30
    is_enough = total >= _LEAST_MEMORY_GB
    return Finding(
        _("this_computer", "Memory"),
        State.OK if is_enough else State.WARNING,
        _("this_computer", "{total} GB, {free} GB of it free; {cores} cores"),
        ""
        if is_enough
        else _("this_computer", "Choose a small batch size, and close other programs."),
        {"total": f"{total:.0f}", "free": f"{free:.0f}", "cores": str(os.cpu_count() or 1)},
    )


def _places() -> Iterator[Finding]:
    """Where QMix writes: its own data and cache, the folder of today, and short-lived files."""
    named = {
        _("this_computer", "Data folder"): user_data_path("qmix-gui", appauthor=False),
        _("this_computer", "Cache folder"): user_cache_path("qmix-gui", appauthor=False),
        _("this_computer", "This folder"): Path.cwd(),
        _("this_computer", "Temporary files"): Path(tempfile.gettempdir()),
    }
    for name, place in named.items():
        yield _place(name, place)


def _place(name: str, place: Path) -> Finding:
    there = next(folder for folder in (place, *place.parents) if folder.exists())
    values = {"folder": str(place), "free": ""}
    try:
        values["free"] = f"{shutil.disk_usage(there).free / 2**30:.0f}"
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        return Finding(
            name,
            State.PROBLEM,
            _("this_computer", "{folder} cannot be written ({reason})"),
            _("this_computer", "Give yourself the right to write there, or free some space."),
            values | {"reason": error.strerror or str(error)},
        )
    is_enough = int(values["free"]) >= _LEAST_DISK_GB
    return Finding(
        name,
        State.OK if is_enough else State.WARNING,
        _("this_computer", "{folder}: {free} GB free"),
        "" if is_enough else _("this_computer", "Free some space: a run needs some gigabytes."),
        values,
    )


def _display() -> Finding:
    name = _("this_computer", "Display")
    if not sys.platform.startswith("linux"):
        return Finding(name, State.OK, platform.system())
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    screens = [
        f"{variable}={os.environ[variable]}"
        for variable in ("WAYLAND_DISPLAY", "DISPLAY")
        if os.environ.get(variable)
    ]
    if chosen or screens:
        said = [f"QT_QPA_PLATFORM={chosen}"] if chosen else []
        return Finding(name, State.OK, "{screens}", values={"screens": " ".join(said + screens)})
    return Finding(
        name,
        State.WARNING,
        _("this_computer", "None: the window cannot open here"),
        _("this_computer", "Use the command line, or log in with a desktop (over ssh: ssh -X)."),
    )


def _qt() -> Finding:
    name = _("this_computer", "Libraries of the window")
    if importlib.util.find_spec("PySide6") is None:
        return Finding(
            name,
            State.WARNING,
            _("this_computer", "PySide6 is not installed: there is the command line alone"),
            _("this_computer", "Run pip install PySide6-Essentials to have the window."),
        )
    wanted = dict(_QT_LIBRARIES) if sys.platform.startswith("linux") else {}
    if wanted and os.environ.get("DISPLAY"):
        wanted |= _X11_LIBRARIES
    missing = {library: package for library, package in wanted.items() if not _loads(library)}
    if not missing:
        return Finding(name, State.OK, _("this_computer", "all are there"))
    return Finding(
        name,
        State.PROBLEM,
        _("this_computer", "missing: {libraries}"),
        _("this_computer", "On Debian or Ubuntu: apt-get install {packages}"),
        {"libraries": ", ".join(missing), "packages": " ".join(missing.values())},
    )


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _ssh() -> Finding:
    name = _("this_computer", "Other computers")
    found = [program for program in ("ssh", "sbatch") if shutil.which(program)]
    if found:
        return Finding(
            name,
            State.OK,
            _("this_computer", "can be reached with {programs}"),
            values={"programs": ", ".join(found)},
        )
    return Finding(
        name,
        State.OK,
        _("this_computer", "cannot be reached: there is no ssh"),
        _("this_computer", "Install the OpenSSH client to train on another computer."),
    )
