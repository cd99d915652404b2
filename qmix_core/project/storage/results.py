"""The verdicts of a run: rows of the database, and a file of their own in the run's folder.

The file is written first, so that a database that cannot be written, or is lost, loses no scores.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qmix_core.base.atomic_write import load_arrays, save_arrays
from qmix_core.base.types import BUCKETS, SCORE_COLUMNS, Bucket, RunResults
from qmix_core.project.storage.class_history import ClassHistory

RESULTS_FILE = "results.npz"
_NUMBERS = ", ".join(SCORE_COLUMNS)
COLUMNS = f"bucket, suggested_label, {_NUMBERS}"
_READ = ("sample", "bucket", *SCORE_COLUMNS)


def save_results(folder: Path, results: RunResults, origins: Sequence[str]) -> None:
    """Write `folder/results.npz` atomically: 50 bytes an image before compression.

    `origins`: of the classes that `suggested` counts (see ClassHistory).

    Raises:
        OSError: the disk is full or the folder is gone.
    """
    arrays = {"classes": np.array(origins), **asdict(results)}
    save_arrays(folder / RESULTS_FILE, arrays, private=True)


def load_results(
    folder: Path, count: int, given: Sequence[str]
) -> tuple[RunResults, tuple[str, ...]] | None:
    """The file's verdicts, and the origins of its classes.

    None where it is not there, damaged, or of other samples or given labels.
    """
    arrays = load_arrays(folder / RESULTS_FILE) or {}
    stored = arrays.pop("classes", None)
    origins = () if stored is None else tuple(stored.tolist())
    if not origins or not set(origins) <= set(given) or not _fits(arrays, count, len(origins)):
        return None
    return RunResults(**arrays), origins


def _fits(arrays: dict[str, NDArray[Any]], count: int, classes: int) -> bool:
    """Whether these are verdicts on so many samples."""
    if set(arrays) != {field.name for field in fields(RunResults)}:
        return False
    for name, array in arrays.items():
        kind = "i" if name in {"bucket", "suggested"} else "f"
        shape = (count, len(BUCKETS)) if name == "posterior" else (count,)
        if array.dtype.kind != kind or array.shape != shape:
            return False
    bucket, suggested = arrays["bucket"], arrays["suggested"]
    return bool(
        ((bucket >= -1) & (bucket < len(BUCKETS))).all()
        and ((suggested >= 0) & (suggested < classes)).all()
    )


def insert_results(
    connection: sqlite3.Connection, run: int, results: RunResults, origins: Sequence[str]
) -> None:
    """Write a run's rows in place of those it has, inside the caller's write transaction."""
    connection.execute("DELETE FROM results WHERE run = ?", (run,))
    connection.executemany(
        f"INSERT INTO results (run, sample, {COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        _rows(run, results, origins),
    )


def read_results(
    connection: sqlite3.Connection, run: int, count: int, classes: ClassHistory
) -> RunResults:
    """The verdicts of one run over all `count` samples, by the current classes."""
    codes = {origin: classes.code(origin) for origin in classes.given}
    cases = " ".join(f"WHEN '{name}' THEN {code}" for code, name in enumerate(BUCKETS))
    rows = connection.execute(
        f"SELECT sample, CASE bucket {cases} END, {_NUMBERS} FROM results "
        "WHERE run = ? ORDER BY sample",
        (run,),
    )
    labels = connection.execute(
        "SELECT suggested_label FROM results WHERE run = ? ORDER BY sample", (run,)
    )
    # straight into an array, without a hundred thousand tuples in between
    read = np.fromiter(rows, dtype=np.dtype([(name, np.float64) for name in _READ]))
    where = read["sample"].astype(np.int64)
    bucket = np.full(count, -1, dtype=np.int64)
    suggested = np.zeros(count, dtype=np.int64)
    numbers = np.zeros((len(SCORE_COLUMNS), count), dtype=np.float32)
    bucket[where] = read["bucket"]
    suggested[where] = [codes[label] for (label,) in labels]
    for row, name in zip(numbers, _READ[2:], strict=True):
        row[where] = read[name]
    return RunResults(bucket, suggested, numbers[0], numbers[1:4].T, *numbers[4:])


def _rows(
    run: int, results: RunResults, origins: Sequence[str]
) -> Iterator[tuple[int | str | float, ...]]:
    for sample in np.flatnonzero(results.bucket >= 0):
        yield (
            run,
            int(sample),
            Bucket(BUCKETS[results.bucket[sample]]).value,
            origins[results.suggested[sample]],
            float(results.probability[sample]),
            *(float(value) for value in results.posterior[sample]),
            float(results.error_score[sample]),
            float(results.loss[sample]),
            float(results.uncertainty[sample]),
            float(results.stability[sample]),
        )
