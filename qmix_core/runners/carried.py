"""What an installed bundle (a frozen build) carries beside the window: a Python, and uv.

Its window has no torch, and its own program is no Python: what computes runs under the engine
environment, which is based on the Python that the bundle carries.
"""

from __future__ import annotations

import os
import platform
import secrets
import shutil
import sys
from contextlib import suppress
from pathlib import Path

#: The carried Python, and its copy beside the engine environment.
PYTHON, COPY = "python", "engine-python"
#: What uv looks for, or fetches, where no Python is carried: those that QMix is tried on.
ANY_PYTHON = ">=3.11,<3.14"


def is_frozen() -> bool:
    """Whether this is the program of a bundle: `sys.executable` is then no Python."""
    return bool(getattr(sys, "frozen", False))


def carried_uv() -> str:
    """The path of the bundle's uv, empty without."""
    found = _inside("bin", "uv.exe" if os.name == "nt" else "uv")
    return str(found) if found is not None else ""


def base_python(place: Path) -> str:
    """What an engine environment in the folder `place` is based on, as uv's --python takes it.

    The carried Python is copied to `place`, once: the environment outlives the bundle's folder,
    which an update replaces. Raises OSError: the disk refuses.
    """
    if not is_frozen():
        return sys.executable
    carried = _inside(PYTHON)
    if carried is None:
        return ANY_PYTHON
    copy = place / f"{COPY}-{platform.python_version()}"
    if not copy.exists():
        part = place / f".{copy.name}-{secrets.token_hex(4)}"
        try:
            shutil.copytree(carried, part, symlinks=True)
            part.rename(copy)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    inside = ("python.exe",) if os.name == "nt" else ("bin", "python3")
    return str(copy.joinpath(*inside))


def copies(place: Path) -> list[Path]:
    """Folders that `base_python` made."""
    return [*place.glob(f"{COPY}-*"), *place.glob(f".{COPY}-*")]


def leave_bundle() -> None:
    """Programs that this one starts get the system's libraries, not the bundle's."""
    if not is_frozen():
        return
    for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
        original = os.environ.pop(f"{name}_ORIG", "")
        with suppress(KeyError):
            del os.environ[name]
        if original:
            os.environ[name] = original


def _inside(*parts: str) -> Path | None:
    folder = getattr(sys, "_MEIPASS", "")
    found = Path(folder, *parts)
    return found if folder and found.exists() else None
