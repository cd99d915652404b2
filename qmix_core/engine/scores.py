"""Scores of a run on disk: one .npz an epoch, written before the event that names it. No torch."""

from __future__ import annotations

import os
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qmix_core.types import EpochScores, FloatArray, IntArray

EPOCHS_FOLDER = "epochs"
FEATURES_FILE = "features.npz"


@dataclass(frozen=True, slots=True)
class SeparationPlot:
    """What the mixture saw, for drawing. Axis 0 is the network (A, B).

    `points`: float32 [2, N, 2], normalised (loss, uncertainty) in [0, 1]; `means`: float32
    [2, 3, 2] and `covariances`: float32 [2, 3, 2, 2] of the components in the order of BUCKETS,
    NaN where a network's mixture could not be fitted.
    """

    points: FloatArray
    means: FloatArray
    covariances: FloatArray


@dataclass(frozen=True, slots=True)
class History:
    """All epochs of a run. `sample`: int64 [N], positions in the project's samples.

    `epochs`: int64 [E]; `loss`, `uncertainty`: float32 [E, 2, N]; `posterior`: float32
    [E, 2, N, 3], NaN in epochs before the first separation; `probabilities`: float32 [2, N, C] of
    the last epoch; `plot` of the last separation, None before the first.
    """

    sample: IntArray
    epochs: IntArray
    loss: FloatArray
    uncertainty: FloatArray
    posterior: FloatArray
    probabilities: FloatArray
    plot: SeparationPlot | None


def save_epoch(
    folder: Path, scores: EpochScores, *, sample: IntArray, plot: SeparationPlot | None
) -> Path:
    """Write the scores of one epoch atomically and give the path of the file."""
    arrays: dict[str, NDArray[np.generic]] = {
        "sample": sample,
        "probabilities": scores.probabilities,
        "loss": scores.loss,
        "uncertainty": scores.uncertainty,
        "posterior": scores.posterior,
    }
    if plot is not None:
        arrays |= {
            "points": plot.points, "means": plot.means, "covariances": plot.covariances
        }  # fmt: skip
    path = folder / EPOCHS_FOLDER / f"{scores.epoch:04d}.npz"
    save_arrays(path, arrays)
    return path


def remove_epochs(folder: Path) -> None:
    """Remove the scores of an earlier attempt at the run, so that no later epoch of it is left."""
    for path in (folder / EPOCHS_FOLDER).glob("[0-9]*.npz"):
        path.unlink(missing_ok=True)


def load_history(folder: Path) -> History | None:
    """Read all epochs of a run folder; None where no epoch is complete."""
    files = []
    for path in sorted((folder / EPOCHS_FOLDER).glob("[0-9]*.npz")):
        arrays = load_arrays(path)
        if arrays is not None:
            files.append((int(path.stem), arrays))
    if not files:
        return None
    last = files[-1][1]
    plotted = next((arrays for _, arrays in reversed(files) if "points" in arrays), None)
    return History(
        sample=last["sample"],
        epochs=np.array([epoch for epoch, _ in files], dtype=np.int64),
        loss=np.stack([arrays["loss"] for _, arrays in files]),
        uncertainty=np.stack([arrays["uncertainty"] for _, arrays in files]),
        posterior=np.stack([arrays["posterior"] for _, arrays in files]),
        probabilities=last["probabilities"],
        plot=None
        if plotted is None
        else SeparationPlot(plotted["points"], plotted["means"], plotted["covariances"]),
    )


def save_features(folder: Path, *, sample: IntArray, features: FloatArray) -> None:
    """Write the images' features, float32 [N, D], L2-normalised, for "similar images"."""
    save_arrays(folder / FEATURES_FILE, {"sample": sample, "features": features})


def load_features(folder: Path) -> tuple[IntArray, FloatArray] | None:
    """Positions in the project's samples, int64 [N], and their features, float32 [N, D]."""
    arrays = load_arrays(folder / FEATURES_FILE)
    return None if arrays is None else (arrays["sample"], arrays["features"].astype(np.float32))


def save_arrays(path: Path, arrays: dict[str, NDArray[np.generic]]) -> None:
    """Write an .npz atomically: never a half file under the final name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def load_arrays(path: Path) -> dict[str, NDArray[Any]] | None:
    """Read an .npz without pickles; None where it is missing or damaged."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            return {name: stored[name] for name in stored.files}
    except (OSError, ValueError, zipfile.BadZipFile, EOFError, KeyError):
        return None
