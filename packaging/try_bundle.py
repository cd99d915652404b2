"""Try the bundle on a bare system: window, demo, engine environment, run and export.

    sudo python packaging/try_bundle.py dist/qmix-gui-VERSION-linux-x86_64.tar.xz --root DIR

DIR is a bare Debian without a Python; it is made with debootstrap where it is not there, with the
system libraries that the window needs and nothing else. Xvfb is the display. What uv is to use
(`UV_*`, `HTTPS_PROXY`, `SSL_CERT_FILE`) is passed on; `--bind DIR` shows a folder inside, for
wheels on the disk. Needs root, Xvfb, and debootstrap unless DIR is there.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import struct
import subprocess
import sys
import tarfile
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

#: With what a desktop has: certificates, and Qt's system libraries (README).
PACKAGES = (
    "ca-certificates,libegl1,libgl1,libxkbcommon0,libdbus-1-3,libfontconfig1,libglib2.0-0,"
    "fonts-dejavu-core,libxcb-cursor0,libxkbcommon-x11-0,libxcb-icccm4,libxcb-keysyms1,libxcb-shape0"
)
_PASSED = ("UV_", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR")
_HOME, _PLACE = "/home/reader", "/opt/qmix-gui"
_WIDTH, _HEIGHT = 1440, 900
_INSIDE = "QMIX_TRY_BUNDLE_INSIDE"
_PATIENCE_S = 600.0
_LOOK_S = 0.1
#: Pixels as red as a photograph of the eye; a window without one has none.
_REDDISH = 3000


def main() -> int:
    """Try everything; 1 where a step fails."""
    parser = argparse.ArgumentParser(description="Try the bundle on a bare system.")
    parser.add_argument("archive", type=Path)
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--suite", default="bookworm", help="of Debian, where the root is made")
    parser.add_argument("--bind", type=Path, action="append", default=[])
    parser.add_argument("--images", type=int, default=120, help="of the demo that is trained on")
    parser.add_argument("--window-alone", action="store_true", help="no engine: a minute")
    parser.add_argument("--screen", type=Path, help="keep the demo's picture here, as PNG")
    arguments = parser.parse_args()
    if os.environ.get(_INSIDE) != "1":
        # of its own mounts, which end with it
        os.environ[_INSIDE] = "1"
        os.execvp("unshare", ["unshare", "--mount", sys.executable, *sys.argv])
    root: Path = arguments.root.absolute()
    if not (root / "usr").is_dir():
        _run(
            "debootstrap", "--variant=minbase", f"--include={PACKAGES}", arguments.suite, str(root)
        )
    pythons = [path.name for path in (root / "usr" / "bin").glob("python*")]
    if pythons:
        raise SystemExit(f"{root} has a Python ({pythons}): give a bare root.")
    facts: dict[str, object] = {"download_mb": round(arguments.archive.stat().st_size / 1e6, 1)}
    with ExitStack() as stack:
        bare = Bare(root, arguments, stack)
        facts["folder_mb"] = bare.unpack(arguments.archive)
        tell(facts)
        tell(window(bare, arguments.screen))
        tell(commands(bare))
        if not arguments.window_alone:
            engine(bare, arguments.images)
    print("window painted" if arguments.window_alone else "engine made, run, exported")
    return 0


def tell(facts: dict[str, object]) -> None:
    """Print figures as soon as they are there: a later step may fail."""
    print(*(f"{name}: {value}" for name, value in facts.items()), sep="\n", flush=True)


class Bare:
    """The bare system, and a display."""

    def __init__(self, root: Path, arguments: argparse.Namespace, stack: ExitStack) -> None:
        self.root = root
        stack.callback(shutil.rmtree, root / _HOME[1:], ignore_errors=True)
        stack.callback(shutil.rmtree, root / _PLACE[1:], ignore_errors=True)
        shutil.rmtree(root / _HOME[1:], ignore_errors=True)
        (root / _HOME[1:]).mkdir(parents=True)
        self.screen = stack.enter_context(display())
        binds = [Path("/proc"), Path("/dev"), Path("/tmp/.X11-unix"), *arguments.bind]
        certificates = [os.environ.get(name) for name in ("SSL_CERT_FILE", "SSL_CERT_DIR")]
        binds += [Path(place) for place in certificates if place]
        for place in binds:
            self._bind(place)
        shutil.copy2("/etc/resolv.conf", root / "etc" / "resolv.conf")
        self._passed = {k: v for k, v in os.environ.items() if k.startswith(_PASSED)}

    def _bind(self, place: Path) -> None:
        inside = self.root / place.as_posix().lstrip("/")
        if place.is_dir():
            inside.mkdir(parents=True, exist_ok=True)
        else:
            inside.parent.mkdir(parents=True, exist_ok=True)
            inside.touch()
        _run("mount", "--rbind", str(place), str(inside))

    def unpack(self, archive: Path) -> float:
        """Give the megabytes on the disk."""
        place = self.root / _PLACE[1:]
        shutil.rmtree(place, ignore_errors=True)
        with tarfile.open(archive) as tar:
            tar.extractall(place.parent, filter="tar")
        files = [path for path in place.rglob("*") if not path.is_dir()]
        return round(sum(path.lstat().st_size for path in files) / 1e6, 1)

    def command(self, *words: str) -> list[str]:
        """A command inside, with nothing of this system's environment but what uv is to use."""
        own = {
            "HOME": _HOME,
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "DISPLAY": self.screen.name,
        }
        pairs = [f"{name}={value}" for name, value in (own | self._passed).items()]
        return ["chroot", str(self.root), "/usr/bin/env", "-i", "-C", _HOME, *pairs, *words]

    def run(self, *words: str) -> tuple[str, float]:
        """Its standard output, and the seconds that it took; ends everything where it fails."""
        began = time.monotonic()
        # a training whose input ends has lost its window, and stops
        orders, held = os.pipe()
        try:
            done = subprocess.run(
                self.command(*words), stdin=orders, capture_output=True, text=True, check=False
            )
        finally:
            os.close(orders)
            os.close(held)
        seconds = round(time.monotonic() - began, 1)
        if done.returncode:
            raise SystemExit(f"{' '.join(words)}: code {done.returncode}\n{done.stderr[-3000:]}")
        return done.stdout, seconds


# -- the window ---------------------------------------------------------------------------------


class Screen:
    """A display whose pixels lie in a file."""

    def __init__(self, name: str, file: Path) -> None:
        self.name = name
        self._file = file

    def rows(self) -> list[bytes]:
        """Rows of pixels, four bytes each: blue, green, red, unused."""
        raw = self._file.read_bytes()
        header = struct.unpack(">25I", raw[:100])
        size, stride, colors = header[0], header[12], header[19]
        start = size + 12 * colors
        return [raw[start + y * stride :][: 4 * _WIDTH] for y in range(_HEIGHT)]

    def save(self, path: Path) -> None:
        """As PNG."""
        lines = bytearray()
        for row in self.rows():
            line = bytearray(3 * _WIDTH)
            line[0::3], line[1::3], line[2::3] = row[2::4], row[1::4], row[0::4]
            lines += b"\0" + line
        head = struct.pack(">2I5B", _WIDTH, _HEIGHT, 8, 2, 0, 0, 0)
        parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(lines))), (b"IEND", b""))
        content = b"\x89PNG\r\n\x1a\n"
        for kind, data in parts:
            content += struct.pack(">I", len(data)) + kind + data
            content += struct.pack(">I", zlib.crc32(kind + data))
        path.write_bytes(content)


@contextmanager
def display() -> Iterator[Screen]:
    """Xvfb, to the end of the block."""
    folder = Path(subprocess.check_output(["mktemp", "-d"], text=True).strip())
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{_WIDTH}x{_HEIGHT}x24",
         "-fbdir", str(folder), "-nolisten", "tcp", "-ac"],
        pass_fds=[write], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    try:
        with os.fdopen(read) as told:
            number = told.readline().strip()
        yield Screen(f":{number}", folder / "Xvfb_screen0")
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def window(bare: Bare, keep: Path | None) -> dict[str, object]:
    """Seconds to the window, twice, and to the demo's photographs in it."""
    facts: dict[str, object] = {}
    bare.run(f"{_PLACE}/qmix", "demo", "small", "--images", "40")
    for name in ("first_paint_s", "second_start_s"):
        began = time.monotonic()
        words = [f"{_PLACE}/qmix-gui", *(["small"] if name == "second_start_s" else [])]
        with running(bare.command(*words)) as process:
            _until(process, lambda: _colors(bare.screen) > 20, "no window")
            facts[name] = round(time.monotonic() - began, 1)
            if name == "second_start_s":
                try:
                    _until(process, lambda: _reddish(bare.screen) > _REDDISH, "no photographs")
                    facts["demo_painted_s"] = round(time.monotonic() - began, 1)
                finally:
                    if keep is not None:
                        bare.screen.save(keep)
    return facts


@contextmanager
def running(command: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    """A program, ended with the block."""
    process = subprocess.Popen(command)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def _until(process: subprocess.Popen[bytes], is_so: object, problem: str) -> None:
    assert callable(is_so)
    until = time.monotonic() + _PATIENCE_S
    while not is_so():
        if process.poll() is not None or time.monotonic() > until:
            raise SystemExit(f"{problem}: code {process.poll()}")
        time.sleep(_LOOK_S)


def _colors(screen: Screen) -> int:
    return len({row[x : x + 3] for row in screen.rows()[::9] for x in range(0, 4 * _WIDTH, 36)})


def _reddish(screen: Screen) -> int:
    count = 0
    for row in screen.rows()[::3]:
        for blue, green, red in zip(row[0::12], row[1::12], row[2::12], strict=True):
            count += red > 90 and red > 1.4 * green and green > blue
    return 9 * count


# -- the command line and the engine ------------------------------------------------------------


def commands(bare: Bare) -> dict[str, object]:
    """What the bundle does itself, and what it says without an engine."""
    said, seconds = bare.run(f"{_PLACE}/qmix", "--version")
    _, checked = bare.run(f"{_PLACE}/qmix-gui", "-m", "qmix_core", "check", "small")
    words = [f"{_PLACE}/qmix", "train", "small", "--project", "small.qmix"]
    done = subprocess.run(bare.command(*words), capture_output=True, text=True, check=False)
    if done.returncode != 2 or done.stderr.count("\n") != 1:
        raise SystemExit(f"Training without an engine: {done.returncode} {done.stderr}")
    return {
        "version": said.strip(),
        "version_s": seconds,
        "check_s": checked,
        "without_engine": done.stderr.strip(),
    }


def engine(bare: Bare, images: int) -> None:
    """Make the engine environment, train by the window's own command, export."""
    said, made_s = bare.run(f"{_PLACE}/qmix", "engine", "make", "--json")
    status = json.loads(said)
    made = f"{status['torch']} on {status['device']}"
    tell({"engine_made_s": made_s, "engine_mb": status["size_mb"], "engine_torch": made})
    bare.run(f"{_PLACE}/qmix", "demo", "demo", "--images", str(images))
    window_child = [f"{_PLACE}/qmix-gui", "-m", "qmix_core"]
    _, trained_s = bare.run(*window_child, "train", "demo", "--project", "demo.qmix", "--events")
    tell({"run_s": trained_s})
    export = ["export", "demo.qmix", "--what", "cleaned", "--out", "cleaned.csv"]
    _, exported_s = bare.run(*window_child, *export)
    cleaned = bare.root / _HOME[1:] / "cleaned.csv"
    rows = len(cleaned.read_text(encoding="utf-8").splitlines()) - 1
    tell({"export_s": exported_s, "cleaned_rows": rows})
    first = _first_image(cleaned)
    out = ["--out", "map.npz"]
    _, attended_s = bare.run(*window_child, "attention", "--child", *out, "demo.qmix", first)
    bare.run(f"{_PLACE}/qmix", "verify", "demo.qmix")
    removed, _ = bare.run(f"{_PLACE}/qmix", "engine", "remove")
    tell({"attention_s": attended_s, "removed": removed.strip()})


def _first_image(cleaned: Path) -> str:
    return cleaned.read_text(encoding="utf-8").splitlines()[1].split(",")[0]


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
