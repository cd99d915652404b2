"""Scores of a run on disk: one .npz an epoch, written before the event that names it. No torch."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qmix_core.base.atomic_write import load_arrays, save_arrays
from qmix_core.base.types import EpochScores, FloatArray, IntArray

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
    the last epoch; `plot` of the last separation, None before the first; `p_wrong_alone`: float32
    [N] of the last epoch, see EpochScores, None in runs that did not tell.
    """

    sample: IntArray
    epochs: IntArray
    loss: FloatArray
    uncertainty: FloatArray
    posterior: FloatArray
    probabilities: FloatArray
    plot: SeparationPlot | None
    p_wrong_alone: FloatArray | None = None


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
    if scores.p_wrong_alone is not None:
        arrays["p_wrong_alone"] = scores.p_wrong_alone
    if plot is not None:
        arrays |= {
            "points": plot.points, "means": plot.means, "covariances": plot.covariances
        }  # fmt: skip
    path = folder / EPOCHS_FOLDER / f"{scores.epoch:04d}.npz"
    save_arrays(path, arrays, private=True)
    return path


def remove_epochs(folder: Path) -> None:
    """Remove the scores of an earlier attempt at the run, so that no later epoch of it is left."""
    for path in (folder / EPOCHS_FOLDER).glob("[0-9]*.npz"):
        path.unlink(missing_ok=True)


def load_history(folder: Path, *, samples: int) -> History | None:
    """Read all epochs of a run folder of a project with so many samples.

    None where no epoch is complete, and where the files do not fit the project or each other.
    """
    files = []
    for path in sorted((folder / EPOCHS_FOLDER).glob("[0-9]*.npz")):
        arrays = load_arrays(path)
        if arrays is not None and path.stem.isdecimal():
            files.append((int(path.stem), arrays))
    if not all(_is_epoch(arrays, files[0][1], samples) for _, arrays in files) or not files:
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
        p_wrong_alone=last.get("p_wrong_alone"),
    )


def load_plot(folder: Path, epoch: int, *, count: int) -> SeparationPlot | None:
    """What the mixture saw in one epoch of a run of `count` images.

    None where that epoch was not separated, or its file is not what `save_epoch` wrote.
    """
    path = folder / EPOCHS_FOLDER / f"{epoch:04d}.npz"
    shapes = _plot_shapes(count)
    arrays = load_arrays(path, only=shapes)
    if arrays is None or {name: array.shape for name, array in arrays.items()} != shapes:
        return None
    if any(array.dtype.kind != "f" for array in arrays.values()):
        return None
    return SeparationPlot(**arrays)


def _plot_shapes(count: int) -> dict[str, tuple[int, ...]]:
    return {"points": (2, count, 2), "means": (2, 3, 2), "covariances": (2, 3, 2, 2)}


def _is_epoch(
    arrays: dict[str, NDArray[Any]], first: dict[str, NDArray[Any]], samples: int
) -> bool:
    """Whether a file is an epoch of the same images and classes as the first."""
    if not are_positions(arrays.get("sample"), samples):
        return False
    count = len(arrays["sample"])
    probabilities = first.get("probabilities")
    classes = probabilities.shape[-1] if probabilities is not None and probabilities.ndim else 0
    shapes: dict[str, tuple[int, ...]] = {
        "probabilities": (2, count, classes),
        "loss": (2, count),
        "uncertainty": (2, count),
        "posterior": (2, count, 3),
    }
    if "points" in arrays:
        shapes |= _plot_shapes(count)
    if "p_wrong_alone" in arrays:
        shapes["p_wrong_alone"] = (count,)
    return len(first["sample"]) == count and all(
        name in arrays and arrays[name].shape == shape and arrays[name].dtype.kind == "f"
        for name, shape in shapes.items()
    )


def are_positions(array: NDArray[Any] | None, samples: int) -> bool:
    """Whether an array of a file says which of so many samples it is about."""
    if array is None or array.ndim != 1 or array.dtype.kind != "i":
        return False
    return not array.size or (array.min() >= 0 and array.max() < samples)


def save_features(folder: Path, *, sample: IntArray, features: FloatArray) -> None:
    """Write the images' features, float32 [N, D], L2-normalised, for "similar images"."""
    arrays: dict[str, NDArray[np.generic]] = {"sample": sample, "features": features}
    save_arrays(folder / FEATURES_FILE, arrays, private=True)


def load_features(folder: Path, *, samples: int) -> tuple[IntArray, FloatArray] | None:
    """Positions in the project's samples, int64 [N], and their features, float32 [N, D].

    None where there are none, or none that fit a project with so many samples.
    """
    arrays = load_arrays(folder / FEATURES_FILE)
    if arrays is None or not are_positions(arrays.get("sample"), samples):
        return None
    features = arrays.get("features")
    if features is None or features.ndim != 2 or features.dtype.kind != "f":
        return None
    if len(features) != len(arrays["sample"]) or not np.isfinite(features).all():
        return None
    return arrays["sample"], features.astype(np.float32)
