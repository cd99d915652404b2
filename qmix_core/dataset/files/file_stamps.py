"""Hashes of files by size and times, so that an unchanged file need not be read again."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import time
from contextlib import suppress
from pathlib import Path

from qmix_core.base.atomic_write import make_private_folder, write_file
from qmix_core.base.checked_cache import with_checksum, without_checksum

_FILE = "stamps.tsv"
#: A file that was written so shortly before may change again within the clock's grain; in ns.
_SETTLED = 2_000_000_000

Stamp = tuple[int, int, int]


def hash_file(path: Path) -> str:
    """SHA-256 of the file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def stamp_of(status: os.stat_result) -> Stamp:
    """Size, modification and change time of a file; times in ns."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


class FileStamps:
    """Stamps of the files below one root, by path relative to it. Deletable at any time.

    A stamp is size, modification time and change time: the last also tells a file that was
    renamed, or copied with its old date.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[str, tuple[Stamp, str]] = {}

    @classmethod
    def load(cls, cache: Path, root: Path) -> FileStamps:
        """Those kept in the cache folder for this root, or none."""
        stamps = cls(root)
        # lines and not one JSON value: parsing that would hold up the window for its whole length
        with suppress(OSError, ValueError):
            content = without_checksum((cache / _FILE).read_bytes())
            file = io.TextIOWrapper(io.BytesIO(content or b""), encoding="utf-8")
            if file.readline() != f"{root}\n":
                return stamps
            for line in file:
                size, modified, changed, digest, name = line.removesuffix("\n").split("\t", 4)
                stamps._known[name] = ((int(size), int(modified), int(changed)), digest)
        return stamps

    def save(self, cache: Path) -> None:
        """Keep them in the cache folder; where that cannot be written, files are read again."""
        lines = [f"{self._root}\n"]
        lines += (
            f"{size}\t{modified}\t{changed}\t{digest}\t{name}\n"
            for name, ((size, modified, changed), digest) in self._known.items()
            if name.isprintable()
        )
        with suppress(OSError, ValueError):
            make_private_folder(cache)
            write_file(cache / _FILE, with_checksum("".join(lines).encode()), private=True)

    def path(self, name: str) -> Path:
        return self._root / name

    def look(self, name: str) -> Stamp | None:
        """The file's stamp now; None where there is no file that can be reached."""
        try:
            found = self.path(name).stat()
        except (OSError, ValueError):
            return None
        if not stat.S_ISREG(found.st_mode):
            return None
        return stamp_of(found)

    def is_known(self, name: str) -> bool:
        return name in self._known

    def recall(self, name: str, stamp: Stamp) -> str | None:
        """The hash that goes with this stamp; None where the file must be read."""
        known = self._known.get(name)
        return known[1] if known is not None and known[0] == stamp else None

    def read(self, name: str) -> str | None:
        """Hash the file and remember it; None where it cannot be read."""
        stamp = self.look(name)
        if stamp is None:
            return None
        try:
            digest = hash_file(self.path(name))
        except OSError:
            return None
        self.remember(name, stamp, digest)
        return digest

    def refuse(self, name: str) -> None:
        """Remember that the file is no readable image; its hash is empty then."""
        stamp = self.look(name)
        if stamp is not None:
            self.remember(name, stamp, "")

    def remember(self, name: str, stamp: Stamp, digest: str) -> None:
        """Note the hash of a file that had this stamp before it was read."""
        if max(stamp[1:]) < time.time_ns() - _SETTLED:
            self._known[name] = (stamp, digest)
