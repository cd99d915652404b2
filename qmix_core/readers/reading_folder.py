"""Finds or makes the folder of a reading beside its package; `reading.json` says whose it is."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from qmix_core.errors import ConfigError, DataError, ProjectError
from qmix_core.project.decisions import utc_now
from qmix_core.project.lock import ReviewLock
from qmix_core.readers.durable import cannot_write, read_limited, write_whole
from qmix_core.readers.forms import FORMAT_VERSION, ITEM_ID, MAX_NAME, Checks, seal, unsealed
from qmix_core.readers.package import SHOWN, Package
from qmix_core.readers.reading import LOG, Head, Reading

FOLDER_SUFFIX = ".reading"
_HEAD = "reading.json"


def open_reading(path: Path, *, reader: str) -> Reading:
    """Open a package, or the folder of a reading, and go on where this reader stopped.

    The folder lies beside the package.

    Raises:
        DataError: the package or the folder is damaged. ProjectError: open in another window, or
        the place cannot be written: copy the package to a disk that can be.
    """
    reader = reader.strip()
    if not reader or not reader.isprintable() or len(reader) > MAX_NAME:
        raise ConfigError("A reading needs the reader's name, on one line: give it first.")
    package = Package(package_of(path))
    try:
        folder = _folder_of(package, reader) or _make_folder(package, reader)
        lock = ReviewLock(folder)
        lock.take()
        try:
            for left in folder.glob(f"{SHOWN}*"):  # of a window that was killed
                shutil.rmtree(left, ignore_errors=True)
            package.copies_in = folder
            return Reading(package, folder, _read_head(folder), lock)
        except BaseException:
            lock.release()
            raise
    except BaseException:
        package.close()
        raise


def package_of(path: Path) -> Path:
    """The package behind a path, which may be the folder of a reading.

    Raises:
        DataError: the folder is damaged, or its package is not beside it.
    """
    if not path.is_dir():
        return path
    package = path.parent / _read_head(path).package_file
    if not package.is_file():
        raise DataError(f"{package.name} is not beside {path.name}: put the package back there.")
    return package


def readers_of(path: Path) -> list[str]:
    """Whose reading a folder is, or all who have begun to read a package.

    Raises:
        DataError: the package or the folder is damaged.
    """
    package = Package(package_of(path))
    package.close()
    if path.is_dir():
        return [_read_head(path).reader]
    return [head.reader for _, head in _readings_beside(package.file) if _is_of(head, package)]


def _folder_of(package: Package, reader: str) -> Path | None:
    found = (
        f
        for f, head in _readings_beside(package.file)
        if _is_of(head, package) and head.reader == reader
    )
    return next(found, None)


def _is_of(head: Head, package: Package) -> bool:
    manifest = package.manifest
    return (head.package, head.package_hash) == (manifest.package, manifest.hash)


def _readings_beside(package: Path) -> Iterator[tuple[Path, Head]]:
    for folder in sorted(package.parent.glob(f"*{FOLDER_SUFFIX}")):
        if (folder / _HEAD).is_file():
            try:
                yield folder, _read_head(folder)
            except DataError:
                # beginning anew beside it would hide what was read
                if folder.name.startswith(package.stem):
                    raise


def _make_folder(package: Package, reader: str) -> Path:
    stem, number = package.file.stem, 1
    while True:
        name = stem if number == 1 else f"{stem}-{number}"
        folder = package.file.with_name(name + FOLDER_SUFFIX)
        try:
            folder.mkdir()
            break
        except FileExistsError:
            number += 1
        except OSError as error:
            raise ProjectError(
                f"{folder.parent} cannot be written ({error.strerror}): copy the package to a disk "
                "that can be, and read it there."
            ) from error
    manifest = package.manifest
    try:
        (folder / LOG).touch()
    except OSError as error:
        raise cannot_write(folder / LOG, error) from error
    head = Head(
        secrets.token_hex(8), manifest.package, manifest.hash, package.file.name, reader, utc_now()
    )
    content = {"format": "qmix reading", "version": FORMAT_VERSION} | asdict(head)
    write_whole(folder / _HEAD, seal(content))
    return folder


def _read_head(folder: Path) -> Head:
    file = folder / _HEAD
    data = unsealed(read_limited(file), f"{folder.name}/{_HEAD}", "qmix reading")
    checks = Checks(data, f"{folder.name}/{_HEAD}")
    name = checks.text("package_file", is_name=True)
    if name != Path(name).name:
        raise checks.fault("package_file")
    return Head(
        reading=checks.text("reading", pattern=ITEM_ID),
        package=checks.text("package", pattern=ITEM_ID),
        package_hash=checks.text("package_hash"),
        package_file=name,
        reader=checks.text("reader", is_name=True),
        started_at=checks.text("started_at"),
    )
