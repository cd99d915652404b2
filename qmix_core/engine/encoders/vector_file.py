"""Vectors that were made elsewhere: read from a file and matched with the images of a run."""

from __future__ import annotations

import csv
import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import numpy as np
from numpy.typing import NDArray

from qmix_core.base.errors import ConfigError, DataError
from qmix_core.base.foreign_files import require_plain_archive, require_regular_file

_IMAGE, _VECTOR = "image", "vector"
_FORMS = "give an .npz, .csv or .parquet file as docs/formats.md says."
_LARGEST = 6e4


@dataclass(frozen=True, slots=True)
class Vectors:
    """`names`: N images as the file calls them; `values`: float32 [N, V, D], of V views each;
    `sha256`: of the file.
    """

    names: tuple[str, ...]
    values: NDArray[np.float32]
    sha256: str


def read_vectors(path: Path) -> Vectors:
    """Read an .npz (arrays `image` and `vector`), a .csv or a .parquet file (an image column, and
    numbers); several rows of an image are several views of it.

    Raises:
        DataError: the file is not there, or is no such file. ConfigError: .parquet without pyarrow.
    """
    if not path.exists():
        raise DataError(f"The file of vectors {path} does not exist: check the path.")
    require_regular_file(path)
    readers = {".npz": _read_npz, ".csv": _read_csv, ".parquet": _read_parquet}
    if path.suffix.lower() not in readers:
        raise DataError(f"{path.name} is no file of vectors that QMix reads: {_FORMS}")
    names, values = readers[path.suffix.lower()](path)
    if not len(names) or not values.size:
        raise DataError(f"{path.name} holds no vectors: {_FORMS}")
    if not np.isfinite(values).all():
        row = int(np.argmin(np.isfinite(values).all(axis=(1, 2))))
        raise DataError(f"{path.name}: the vector of {names[row]} holds values that are no number.")
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Vectors(names, values, digest)


def match(vectors: Vectors, paths: tuple[Path, ...], *, file: str) -> list[int | None]:
    """The row of each image: by its path, or the end of it, with or without the extension.

    Raises:
        DataError: a name stands for several images, or no name for any.
    """
    rows = {_plain(name): row for row, name in enumerate(vectors.names)}
    found: list[int | None] = [
        next((rows[end] for end in _endings(path) if end in rows), None) for path in paths
    ]
    image_of: dict[int, Path] = {}
    for row, path in zip(found, paths, strict=True):
        if row is not None and image_of.setdefault(row, path) != path:
            raise DataError(
                f"{file}: {vectors.names[row]} may be {image_of[row]} or {path}: name the images "
                "by their paths in the dataset."
            )
    if not image_of:
        raise DataError(
            f"{file} names none of the images (its first is {vectors.names[0]}): name them by "
            "their paths in the dataset."
        )
    return found


def half_precision(values: NDArray[np.float32], scale: float) -> NDArray[np.float16]:
    """Values in units of `scale`, within the range of 16 bits."""
    return (values / scale).clip(-_LARGEST, _LARGEST).astype(np.float16)


def _plain(name: str) -> str:
    return str(PurePosixPath(name.strip().replace("\\", "/")))


def _endings(path: Path) -> Iterator[str]:
    """The whole path, then ever shorter ends of it, each also without the extension."""
    parts = PurePosixPath(path.as_posix()).parts
    yield path.as_posix()
    for start in range(1, len(parts)):
        end = PurePosixPath(*parts[start:])
        yield str(end)
        yield str(end.with_suffix(""))


def _read_npz(path: Path) -> tuple[tuple[str, ...], NDArray[np.float32]]:
    try:
        if zipfile.is_zipfile(path):
            require_plain_archive(path)
        with np.load(path, allow_pickle=False) as arrays:
            names, values = arrays[_IMAGE], np.asarray(arrays[_VECTOR], dtype=np.float32)
    except Exception as error:  # whatever damaged bytes lead numpy to
        raise DataError(
            f"{path.name} does not hold the arrays {_IMAGE!r} (text) and {_VECTOR!r} (numbers): "
            f"{_FORMS}"
        ) from error
    if values.ndim == 2:
        values = values[:, None]
    if names.ndim != 1 or names.dtype.kind != "U" or values.ndim != 3 or len(values) != len(names):
        raise DataError(
            f"{path.name}: {_IMAGE!r} must be text [N] and {_VECTOR!r} numbers [N, D] or "
            f"[N, views, D], but they are {names.dtype} {names.shape} and {values.shape}."
        )
    if len(set(names.tolist())) < len(names):
        raise DataError(f"{path.name} names an image twice: give its views as [N, views, D].")
    return tuple(names.tolist()), values


def _read_csv(path: Path) -> tuple[tuple[str, ...], NDArray[np.float32]]:
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            return _grouped(path, _numbers_of(path, csv.reader(file)))
    except (OSError, UnicodeError, csv.Error) as error:
        raise DataError(f"{path.name} cannot be read as a CSV ({error}): {_FORMS}") from error


def _numbers_of(path: Path, rows: Iterable[list[str]]) -> Iterator[tuple[str, NDArray[np.float32]]]:
    column = 0
    for number, row in enumerate(rows, start=1):
        if not row:
            continue
        if number == 1 and _is_header(row):
            column = row.index(_IMAGE) if _IMAGE in row else 0
            continue
        try:
            yield row[column], np.array(row[:column] + row[column + 1 :], dtype=np.float32)
        except (ValueError, IndexError) as error:
            raise DataError(
                f"{path.name}, line {number}: expected an image and numbers."
            ) from error


def _is_header(row: list[str]) -> bool:
    if _IMAGE in row or row[1:] == [str(number) for number in range(len(row) - 1)]:
        return True
    try:
        float(row[-1])
    except ValueError:
        return True
    return False


def _read_parquet(path: Path) -> tuple[tuple[str, ...], NDArray[np.float32]]:
    try:
        from pyarrow import parquet
    except ImportError as error:
        raise ConfigError(
            f"{path.name} needs pyarrow: run pip install 'qmix-gui[parquet]', or give a .csv."
        ) from error
    try:
        table = parquet.read_table(path)
        column = _IMAGE if _IMAGE in table.column_names else table.column_names[0]
        names = [str(name) for name in table[column].to_pylist()]
        others = table.drop_columns([column])
        if others.num_columns == 1:
            rows = [np.array(row, dtype=np.float32) for row in others.column(0).to_pylist()]
        else:
            numbers = [part.to_numpy() for part in others.columns]
            rows = list(np.stack(numbers, axis=1).astype(np.float32))
    except Exception as error:  # of damaged bytes and of columns that are no numbers
        raise DataError(
            f"{path.name} is no table of an image column and numbers: {_FORMS}"
        ) from error
    return _grouped(path, zip(names, rows, strict=True))


def _grouped(
    path: Path, rows: Iterable[tuple[str, NDArray[np.float32]]]
) -> tuple[tuple[str, ...], NDArray[np.float32]]:
    """Rows of one image are its views."""
    views: dict[str, list[NDArray[np.float32]]] = {}
    for name, values in rows:
        views.setdefault(name, []).append(np.atleast_1d(values))
    try:
        return tuple(views), np.array(list(views.values()), dtype=np.float32)
    except ValueError as error:
        raise DataError(
            f"{path.name}: every image needs the same number of vectors, of the same length."
        ) from error
