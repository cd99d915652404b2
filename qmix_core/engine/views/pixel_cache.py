"""Training pixels and features, made once and memory-mapped. Deletable at any time."""

from __future__ import annotations

import hashlib
import math
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from qmix_core.base.atomic_write import claim_space, whole_file
from qmix_core.base.cancellation import Control
from qmix_core.base.checked_cache import append_checksum, ends_with_checksum
from qmix_core.base.errors import DataError, ProjectError
from qmix_core.base.foreign_files import require_regular_file
from qmix_core.base.types import Progress
from qmix_core.dataset.pixels.image_reader import read_square
from qmix_core.dataset.pixels.value_ranges import NO_RANGES, ValueRanges

Scalar = TypeVar("Scalar", bound=np.generic)
_CHUNK = 128


class UnreadableImages(Exception):
    """`failures`: a sentence for each image that could not be decoded, by its index."""

    def __init__(self, failures: dict[int, str]) -> None:
        super().__init__(f"{len(failures)} unreadable images")
        self.failures = failures


def cache_key(*parts: str) -> str:
    """A short name for all that a cached array depends on."""
    digest = hashlib.sha256("\n".join(parts).encode())
    return digest.hexdigest()[:16]


def cached_array(
    path: Path,
    *,
    shape: tuple[int, ...],
    dtype: type[Scalar],
    fill: Callable[[NDArray[Scalar]], None],
) -> NDArray[Scalar]:
    """The memory-mapped array at `path`; made by `fill` in one step if it is missing or altered.

    Raises:
        ProjectError: the cache folder cannot be written.
    """
    try:
        stored = stored_array(path, shape=shape, dtype=dtype)
        if stored is not None:
            return stored
        with whole_file(path, private=True) as file:
            header = {"descr": np.dtype(dtype).str, "fortran_order": False, "shape": shape}
            np.lib.format.write_array_header_1_0(file, header)
            begin = file.tell()
            claim_space(file, begin + math.prod(shape) * np.dtype(dtype).itemsize)
            array = np.memmap(file, np.dtype(dtype), "r+", offset=begin, shape=shape)
            fill(array)
            array.flush()
            del array
            append_checksum(file)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ProjectError(
            f"The cache {path.parent} cannot be written ({reason}): "
            "free space there or choose another project folder."
        ) from error
    mapped: NDArray[Scalar] = np.load(path, mmap_mode="r", allow_pickle=False)
    return mapped


def stored_array(
    path: Path, *, shape: tuple[int, ...], dtype: type[Scalar]
) -> NDArray[Scalar] | None:
    """The memory-mapped array at `path`, None where there is none of this form."""
    try:
        require_regular_file(path)
        if not ends_with_checksum(path):
            return None
        array = np.load(path, mmap_mode="r", allow_pickle=False)
    except Exception:  # noqa: BLE001 - numpy's parser raises many kinds; the cache is made anew
        return None
    is_such = (
        isinstance(array, np.ndarray) and array.shape == shape and array.dtype == np.dtype(dtype)
    )
    return array if is_such else None


def load_pixels(
    paths: Sequence[Path],
    hashes: Sequence[str],
    *,
    size: int,
    folder: Path,
    progress: Progress,
    control: Control,
    ranges: ValueRanges = NO_RANGES,
) -> NDArray[np.uint8]:
    """Decode all images once: uint8 [N, size, size, 3].

    Raises:
        UnreadableImages: some could not be decoded; the caller asks again without them.
    """
    failures: dict[int, str] = {}

    def read(path: Path) -> NDArray[np.uint8] | DataError:
        try:
            return read_square(path, size, ranges)
        except DataError as error:
            return error

    def fill(array: NDArray[np.uint8]) -> None:
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            for start in range(0, len(paths), _CHUNK):
                chunk = paths[start : start + _CHUNK]
                for index, pixels in enumerate(pool.map(read, chunk), start=start):
                    control.check()
                    if isinstance(pixels, DataError):
                        failures[index] = str(pixels)
                    else:
                        array[index] = pixels
                progress(start + len(chunk), len(paths))
        if failures:
            raise UnreadableImages(failures)

    key = cache_key(str(size), ranges.to_json(), *hashes)
    return cached_array(
        folder / f"pixels-{key}.npy",
        shape=(len(paths), size, size, 3),
        dtype=np.uint8,
        fill=fill,
    )
