"""A disk that loses at a power cut what it was not told to keep, as real ones do. For Linux, root.

It is one file under FUSE, on which a loop device lies. What is written is in the disk's volatile
cache until the file system sends a flush; a cut keeps a random part of that, in any order.
As a script (`lossy_disk.py MOUNT STABLE CURRENT`) it is the disk itself, told by its input.
"""

from __future__ import annotations

import os
import random
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import mfusepy

_NAME = "disk"
#: Bytes that the disk writes whole or not at all; file systems rely on it.
_BLOCK = 4096


class LossyDisk:
    """A file system on such a disk, mounted at `place` until `close`."""

    def __init__(self, kind: str, folder: Path, *, megabytes: int) -> None:
        folder.mkdir()
        self.kind = kind
        self.place = folder / "place"
        self._stable, self._under = folder / "stable", folder / "under"
        self.place.mkdir()
        self._under.mkdir()
        make_file_system(kind, self._stable, megabytes)
        # the pages of a real disk's cache are no files either
        current = folder / "current"
        run("cp", "--sparse=always", self._stable, current)
        self._process = subprocess.Popen(
            [sys.executable, __file__, self._under, self._stable, current],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        file = self._under / _NAME
        while not file.exists():
            time.sleep(0.02)
        self._loop = run("losetup", "--find", "--show", file).strip()
        run("mount", "-t", kind, self._loop, self.place)

    def cut(self, out: Path, seed: int) -> None:
        """Write what a machine finds on the disk whose power fails now."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{seed} {out}\n")
        self._process.stdin.flush()
        self._process.stdout.readline()

    def close(self) -> None:
        """Unmount; what is in the folder stays."""
        run("umount", self.place)
        run("losetup", "--detach", self._loop)
        run("fusermount3", "-u", self._under)
        self._process.wait()


def make_file_system(kind: str, file: Path, megabytes: int) -> None:
    """An empty file system in a file."""
    run("truncate", "-s", f"{megabytes}M", file)
    options = {"ext4": ("-q", "-F", "-E", "nodiscard"), "xfs": ("-q", "-K"), "btrfs": ("-q", "-K")}
    run(f"mkfs.{kind}", *options[kind], file)


def run(*command: object) -> str:
    """Run a program that must succeed; its output."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stderr.strip()}")
    return done.stdout


# -- the disk -------------------------------------------------------------------------------------


class Disk(mfusepy.Operations):
    """`stable` holds what was flushed, `current` all that was written."""

    use_ns = True

    def __init__(self, stable: Path, current: Path) -> None:
        self._lock = threading.Lock()
        self._kept = stable
        self._stable = os.open(stable, os.O_RDWR)
        self._current = os.open(current, os.O_RDWR)
        self._waiting: list[tuple[int, bytes]] = []

    def getattr(self, path: str, fh: int | None = None) -> dict[str, int]:
        if path == "/":
            return {"st_mode": stat.S_IFDIR | 0o755, "st_nlink": 2}
        if path != f"/{_NAME}":
            raise mfusepy.FuseOSError(2)
        size = os.fstat(self._current).st_size
        return {"st_mode": stat.S_IFREG | 0o600, "st_nlink": 1, "st_size": size}

    def readdir(self, path: str, fh: int) -> list[str]:
        return [".", "..", _NAME]

    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        return os.pread(self._current, size, offset)

    def write(self, path: str, data: bytes, offset: int, fh: int) -> int:
        with self._lock:
            os.pwrite(self._current, data, offset)
            self._waiting.append((offset, bytes(data)))
        return len(data)

    def fsync(self, path: str, datasync: int, fh: int) -> int:
        with self._lock:
            for offset, data in self._waiting:
                os.pwrite(self._stable, data, offset)
            self._waiting.clear()
        return 0

    def cut(self, out: Path, rng: random.Random) -> None:
        """Write what is on the disk once its power has failed now."""
        with self._lock:
            run("cp", "--sparse=always", self._kept, out)
            waiting = list(self._waiting)
        # nothing of it, all of it, or any part
        share = rng.choice((0.0, 1.0, rng.random()))
        with out.open("r+b") as file:
            for offset, data in waiting:
                for at in range(0, len(data), _BLOCK):
                    block = data[at : at + _BLOCK]
                    if rng.random() >= share:
                        continue
                    os.pwrite(file.fileno(), block, offset + at)


def serve(mount: Path, stable: Path, current: Path) -> None:
    """Be the disk until it is unmounted."""
    disk = Disk(stable, current)
    threading.Thread(target=_obey, args=(disk,), daemon=True).start()
    mfusepy.FUSE(disk, str(mount), foreground=True, nothreads=True)


def _obey(disk: Disk) -> None:
    for line in sys.stdin:
        seed, _, out = line.rstrip("\n").partition(" ")
        disk.cut(Path(out), random.Random(int(seed)))
        print(flush=True)


if __name__ == "__main__":
    serve(*(Path(argument) for argument in sys.argv[1:4]))
