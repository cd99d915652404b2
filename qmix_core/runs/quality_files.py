"""What readers teach of image quality, in the folder of a run: the basis, and what was learned."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qmix_core.base.atomic_write import load_arrays, save_arrays
from qmix_core.base.types import FloatArray, IntArray
from qmix_core.runs.scores import are_positions

#: Written by the run: 260 bytes an image.
BASIS_FILE = "quality.npz"
#: Written when a person takes what readers taught: 12 bytes an image.
TAUGHT_FILE = "taught_quality.npz"


@dataclass(frozen=True, slots=True)
class QualityBasis:
    """What a run knows of the quality of its N images.

    `sample`: int64 [N], positions in the project's samples; `features`: float32 [N, K], of the
    frozen encoder on the axes on which the images differ most; `log_odds`: float32 [N] of being too
    poor to read, before anybody taught it.
    """

    sample: IntArray
    features: FloatArray
    log_odds: FloatArray


@dataclass(frozen=True, slots=True)
class TaughtQuality:
    """What became of the log-odds, float32 [N], by `poor` and `fine` verdicts of readers.

    `auroc`: how well the verdicts are told apart by what the others taught, None where they are
    too few to say.
    """

    log_odds: FloatArray
    poor: int
    fine: int
    auroc: float | None


def save_basis(folder: Path, basis: QualityBasis) -> None:
    """Write `folder/quality.npz` atomically. Raises OSError as `whole_file`."""
    arrays: dict[str, NDArray[np.generic]] = {
        "sample": basis.sample,
        "features": basis.features.astype(np.float16),
        "log_odds": basis.log_odds.astype(np.float32),
    }
    save_arrays(folder / BASIS_FILE, arrays, private=True)


def load_basis(folder: Path, *, samples: int) -> QualityBasis | None:
    """The basis of a run of a project with so many samples.

    None where there is none: the run is of an earlier version, or its file is damaged.
    """
    arrays = load_arrays(folder / BASIS_FILE) or {}
    features = arrays.get("features")
    if not _has_log_odds(arrays, samples) or features is None or features.ndim != 2:
        return None
    if features.dtype.kind != "f" or len(features) != len(arrays["sample"]):
        return None
    if not np.isfinite(features).all():
        return None
    return QualityBasis(arrays["sample"], features.astype(np.float32), arrays["log_odds"])


def save_taught(folder: Path, taught: TaughtQuality, *, sample: IntArray) -> None:
    """Write `folder/taught_quality.npz` atomically. Raises OSError as `whole_file`."""
    arrays: dict[str, NDArray[np.generic]] = {
        "sample": sample,
        "log_odds": taught.log_odds.astype(np.float32),
        "verdicts": np.array([taught.poor, taught.fine], dtype=np.int64),
        "auroc": np.array(np.nan if taught.auroc is None else taught.auroc),
    }
    save_arrays(folder / TAUGHT_FILE, arrays, private=True)


def load_taught(folder: Path, *, samples: int) -> tuple[IntArray, TaughtQuality] | None:
    """Positions in the project's samples, int64 [N], and what was taken of them.

    None where nothing was taken, or the file is damaged.
    """
    arrays = load_arrays(folder / TAUGHT_FILE) or {}
    verdicts, auroc = arrays.get("verdicts"), arrays.get("auroc")
    if not _has_log_odds(arrays, samples) or verdicts is None or auroc is None:
        return None
    if verdicts.shape != (2,) or verdicts.dtype.kind != "i" or auroc.shape != ():
        return None
    if auroc.dtype.kind != "f":
        return None
    found = None if np.isnan(auroc) else float(auroc)
    taught = TaughtQuality(arrays["log_odds"], int(verdicts[0]), int(verdicts[1]), found)
    return arrays["sample"], taught


def remove_taught(folder: Path) -> None:
    """Forget what was taken. Raises OSError."""
    (folder / TAUGHT_FILE).unlink(missing_ok=True)


def _has_log_odds(arrays: dict[str, NDArray[Any]], samples: int) -> bool:
    log_odds = arrays.get("log_odds")
    return (
        are_positions(arrays.get("sample"), samples)
        and log_odds is not None
        and log_odds.dtype.kind == "f"
        and log_odds.shape == arrays["sample"].shape
        and bool(np.isfinite(log_odds).all())
    )
