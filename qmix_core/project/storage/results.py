"""The verdicts of a run: rows of the database, and a file of their own in the run's folder.

The file is written first, so that a database that cannot be written, or is lost, loses no scores.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from itertools import chain
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


@dataclass(frozen=True, slots=True, eq=False)
class StoredVerdicts:
    """The rows of one run as the database has them, by sample.

    `numbers`: float64 [M, 2 + S], of each row the sample, the position of its bucket in BUCKETS, -1
    for what is none, and SCORE_COLUMNS; `labels`: the M labels suggested.
    """

    numbers: NDArray[np.float64]
    labels: list[str]

    def content(self) -> Iterator[bytes | memoryview]:
        """All of it as bytes that are the same on every computer, for a digest."""
        yield self.numbers.astype("<f8", copy=False).data
        yield json.dumps(self.labels).encode()

    def results(self, count: int, classes: ClassHistory) -> RunResults:
        """The verdicts over all `count` samples, by the current classes."""
        codes = {origin: classes.code(origin) for origin in classes.given}
        where = self.numbers[:, 0].astype(np.int64)
        bucket = np.full(count, -1, dtype=np.int64)
        suggested = np.zeros(count, dtype=np.int64)
        scores = np.zeros((len(SCORE_COLUMNS), count), dtype=np.float32)
        bucket[where] = self.numbers[:, 1]
        suggested[where] = [codes[label] for label in self.labels]
        scores[:, where] = self.numbers[:, 2:].T
        return RunResults(bucket, suggested, scores[0], scores[1:4].T, *scores[4:])


def read_verdicts(connection: sqlite3.Connection, run: int) -> StoredVerdicts:
    """Raises ValueError, TypeError: the database has what is no number in a place of one."""
    cases = " ".join(f"WHEN '{name}' THEN {code}" for code, name in enumerate(BUCKETS))
    rows = connection.execute(
        f"SELECT sample, CASE bucket {cases} ELSE -1 END, {_NUMBERS} FROM results "
        "WHERE run = ? ORDER BY sample",
        (run,),
    )
    # straight into an array: a million numbers of Python would be there at once
    numbers = np.fromiter(chain.from_iterable(rows), dtype=np.float64)
    labels = connection.execute(
        "SELECT suggested_label FROM results WHERE run = ? ORDER BY sample", (run,)
    )
    return StoredVerdicts(
        numbers.reshape(-1, 2 + len(SCORE_COLUMNS)), list(chain.from_iterable(labels))
    )


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
