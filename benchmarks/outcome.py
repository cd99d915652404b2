"""What a method says of a noisy set, and the figures that compare it with the truth."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import (
    average_precision_score,
    f1_score,
    precision_score,
    recall_score,
    roc_auc_score,
)

from noisy_features import NoisySet
from qmix_core.base.types import BUCKETS, CLEAN, HIGH, LOW, IntArray

_BINS = 15


@dataclass(frozen=True, slots=True)
class Outcome:
    """A method's verdict on N training images.

    `bucket`: int64 [N], index into BUCKETS; a method without a third bucket never uses it.
    `error_score`: [N], higher is more suspicious. `suggested`: int64 [N]. `p_clean`: [N], the
    probability that the label is right, None where the method gives none. `interval`: of the rate.
    `doubted`: bool [N], labels taken for wrong whatever the bucket; None where the bucket says it.
    """

    bucket: IntArray
    error_score: NDArray[np.floating]
    suggested: IntArray
    p_clean: NDArray[np.floating] | None = None
    estimated_rate: float | None = None
    test_accuracy: float | None = None
    notes: dict[str, Any] = field(default_factory=dict)
    interval: tuple[float, float] | None = None
    doubted: NDArray[np.bool_] | None = None


def figures_of(outcome: Outcome, noisy: NoisySet) -> dict[str, Any]:
    """Figures of one run; None where they are undefined.

    An error is a wrong label. Precision, recall and F1 are of the labels that are doubted; flagged
    is everything outside Clean. `bucket_f1` takes every degraded image for low quality,
    `bucket_f1_mislabeled` only those that are mislabeled too.
    `sharp_ap` and `sharp_f1` are of the images that were not degraded, flagged being the second
    bucket; `poor_precision` and `poor_recall` of the third against the degraded ones. A reader who
    reads all that is flagged corrects the wrong labels among them: `corrected_per_100` readings,
    `missed` share of the wrong ones.
    """
    wrong, flagged = noisy.wrong, outcome.bucket > 0
    doubted = flagged if outcome.doubted is None else outcome.doubted
    figures: dict[str, Any] = {
        "images": len(wrong),
        "wrong": float(wrong.mean()),
        "flagged": float(flagged.mean()),
        "error_auroc": None,
        "error_ap": None,
        "precision": None,
        "recall": None,
        "f1": None,
        "bucket_f1": None,
        "bucket_f1_mislabeled": None,
        "sharp_ap": None,
        "sharp_f1": None,
        "poor_precision": None,
        "poor_recall": None,
        "poor_in_clean": None,
        "corrected_per_100": None,
        "missed": None,
        "covered": None,
        "suggestion_precision": None,
        "ece": None,
        "estimated_rate": outcome.estimated_rate,
        "test_accuracy": outcome.test_accuracy,
    }
    if wrong.any():
        figures |= {
            "error_auroc": roc_auc_score(wrong, outcome.error_score),
            "error_ap": average_precision_score(wrong, outcome.error_score),
            "precision": precision_score(wrong, doubted, zero_division=0),
            "recall": recall_score(wrong, doubted, zero_division=0),
            "f1": f1_score(wrong, doubted, zero_division=0),
            "bucket_f1": _bucket_f1(outcome, noisy, only_mislabeled=False),
            "bucket_f1_mislabeled": _bucket_f1(outcome, noisy, only_mislabeled=True),
        }
        figures |= {
            "corrected_per_100": 100 * precision_score(wrong, flagged, zero_division=0),
            "missed": 1 - recall_score(wrong, flagged, zero_division=0),
        }
    figures |= _by_quality(outcome, noisy)
    if outcome.interval is not None:
        low, high = outcome.interval
        figures["covered"] = float(low <= wrong.mean() <= high)
    named = wrong & (outcome.bucket == HIGH)
    if named.any():
        figures["suggestion_precision"] = (outcome.suggested == noisy.true)[named].mean()
    rounded = {
        name: value if value is None or name == "images" else round(float(value), 5)
        for name, value in figures.items()
    }
    if outcome.p_clean is not None:
        curve = reliability(1 - outcome.p_clean, wrong)
        rounded["ece"] = round(calibration_error(curve), 5)
        rounded["reliability"] = curve
    return rounded | {"notes": outcome.notes}


def _by_quality(outcome: Outcome, noisy: NoisySet) -> dict[str, float]:
    sharp, wrong, low = ~noisy.degraded, noisy.wrong, outcome.bucket == LOW
    figures: dict[str, float] = {}
    if wrong[sharp].any():
        figures["sharp_ap"] = average_precision_score(wrong[sharp], outcome.error_score[sharp])
        figures["sharp_f1"] = f1_score(
            wrong[sharp], (outcome.bucket == HIGH)[sharp], zero_division=0
        )
    if noisy.degraded.any():
        figures["poor_precision"] = precision_score(noisy.degraded, low, zero_division=0)
        figures["poor_recall"] = recall_score(noisy.degraded, low, zero_division=0)
        figures["poor_in_clean"] = float((outcome.bucket == CLEAN)[noisy.degraded].mean())
    return figures


def _bucket_f1(outcome: Outcome, noisy: NoisySet, *, only_mislabeled: bool) -> float:
    truth = noisy.true_buckets(only_mislabeled=only_mislabeled)
    labels = list(range(len(BUCKETS)))
    return f1_score(truth, outcome.bucket, labels=labels, average="macro", zero_division=0)


def reliability(p_wrong: NDArray[np.floating], wrong: NDArray[np.bool_]) -> list[dict[str, Any]]:
    """Calibration of [N] probabilities in bins of equal width; empty bins are left out."""
    place = np.minimum((p_wrong * _BINS).astype(np.int64), _BINS - 1)
    return [
        {
            "bin": number,
            "images": int((place == number).sum()),
            "predicted": round(float(p_wrong[place == number].mean()), 5),
            "observed": round(float(wrong[place == number].mean()), 5),
        }
        for number in range(_BINS)
        if (place == number).any()
    ]


def calibration_error(curve: list[dict[str, Any]]) -> float:
    """Expected calibration error: mean gap of the bins, weighted by their images."""
    total = sum(item["images"] for item in curve)
    gaps = sum(item["images"] * abs(item["predicted"] - item["observed"]) for item in curve)
    return float(gaps / total)
