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
_OF_ALL_EPOCHS = ("loss", "uncertainty", "posterior")


@dataclass(frozen=True, slots=True)
class SeparationPlot:
    """A separation, for drawing. Axis 0 is the kind of network (A, B).

    `points`: float32 [2, N, 2], normalised (loss, uncertainty) in [0, 1]; `means`: float32
    [2, 3, 2] and `covariances`: float32 [2, 3, 2, 2] of the images in the order of BUCKETS, NaN
    where a bucket has none.
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
    newest: dict[str, NDArray[Any]] = {}
    found: list[tuple[int, dict[str, NDArray[Any]]]] = []
    for path in sorted((folder / EPOCHS_FOLDER).glob("[0-9]*.npz"), reverse=True):
        # of those before no more is shown
        arrays = load_arrays(path, only=_OF_ALL_EPOCHS if newest else None)
        if arrays is None or not path.stem.isdecimal():
            continue
        newest = newest or arrays
        if not (arrays.keys() >= {*_OF_ALL_EPOCHS} and _is_epoch(newest | arrays, samples)):
            return None
        found.insert(0, (int(path.stem), {name: arrays[name] for name in _OF_ALL_EPOCHS}))
    if not found:
        return None
    epochs = [epoch for epoch, _ in found]
    count = len(newest["sample"])
    plots = (load_plot(folder, epoch, count=count) for epoch in reversed(epochs))
    loss, uncertainty, posterior = (
        np.stack([arrays.pop(name) for _, arrays in found]) for name in _OF_ALL_EPOCHS
    )
    return History(
        sample=newest["sample"],
        epochs=np.array(epochs, dtype=np.int64),
        loss=loss,
        uncertainty=uncertainty,
        posterior=posterior,
        probabilities=newest["probabilities"],
        plot=next((plot for plot in plots if plot is not None), None),
        p_wrong_alone=newest.get("p_wrong_alone"),
    )


def load_plot(folder: Path, epoch: int, *, count: int) -> SeparationPlot | None:
    """The separation of one epoch of a run of `count` images, for drawing.

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


def _is_epoch(arrays: dict[str, NDArray[Any]], samples: int) -> bool:
    """Whether these are the scores of an epoch, of so many samples or fewer."""
    if not are_positions(arrays.get("sample"), samples):
        return False
    count = len(arrays["sample"])
    probabilities = arrays.get("probabilities")
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
    return all(
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
    return arrays["sample"], features.astype(np.float32, copy=False)
