"""The noise estimate of a run on disk, as JSON for people and programs. No torch."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qmix_core.base import foreign_json
from qmix_core.base.atomic_write import write_file
from qmix_core.base.errors import DataError
from qmix_core.base.events import NoiseEstimated
from qmix_core.base.foreign_files import require_regular_file
from qmix_core.base.foreign_json import Finite
from qmix_core.base.types import Bucket, NoiseEstimate

NOISE_FILE = "noise.json"
_MAX_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class NoiseReport:
    """A noise estimate with the names of the classes.

    `rate`, `low`, `high`, `poor` as in NoiseEstimate; `by_given_class`: share of wrong labels by
    given label; `confusion`: true class -> given label -> probability.
    """

    rate: Finite
    low: Finite
    high: Finite
    poor: Finite
    by_given_class: dict[str, Finite]
    confusion: dict[str, dict[str, Finite]]


def save_noise(folder: Path, noise: NoiseEstimate, *, classes: Sequence[str]) -> None:
    """Write `folder/noise.json` atomically."""
    content: dict[str, Any] = {
        "rate": round(noise.rate, 4),
        "low": round(noise.low, 4),
        "high": round(noise.high, 4),
        "poor": round(noise.poor, 4),
        "by_given_class": _named(classes, noise.by_given_class.tolist()),
        "confusion": {
            label: _named(classes, row)
            for label, row in zip(classes, noise.table.tolist(), strict=True)
        },
    }
    text = json.dumps(content, indent=1, ensure_ascii=False)
    write_file(folder / NOISE_FILE, text.encode(), private=True)


def load_noise(folder: Path) -> NoiseReport | None:
    """Read the estimate of a run; None where there is none that can be read."""
    try:
        if require_regular_file(folder / NOISE_FILE) > _MAX_BYTES:
            return None
        raw = (folder / NOISE_FILE).read_bytes()
        return foreign_json.read(raw, NoiseReport, most=_MAX_BYTES)
    except (DataError, OSError, ValueError):
        return None


def _named(classes: Sequence[str], values: Sequence[float]) -> dict[str, float]:
    return {label: round(value, 4) for label, value in zip(classes, values, strict=True)}


#: A smaller share of wrong labels is no finding: it would be told as 0 %.
LEAST_TOLD = 0.005
_CONFUSIONS = 3

Translate = Callable[[str], str]


def noise_sentence(
    noise: NoiseEstimated | NoiseReport,
    tr: Translate = str,
    *,
    buckets: Mapping[Bucket, int] | Mapping[str, int] | None = None,
    corrected: int = 0,
) -> str:
    """How many labels look wrong, and where those images are; `tr` translates the parts.

    `buckets`: how many images lie in each, None before there is a verdict; the share counts the
    wrong labels of poor images, too, and so is not that of one bucket. `corrected`: labels that
    readers changed since; the share stays that of the labels as they came.
    """
    if noise.rate >= LEAST_TOLD and corrected:
        text = tr("About {rate} % of the labels look wrong as they came ({low}–{high} %)")
    elif noise.rate >= LEAST_TOLD:
        text = tr("About {rate} % of the labels look wrong ({low}–{high} %)")
    elif noise.high >= LEAST_TOLD:
        text = tr("No sign of wrong labels (at most {high} %)")
    else:
        text = tr("No sign of wrong labels")
    if buckets is not None:
        text += tr(": {doubted} labels are doubted, {unread} images are too poor to read")
    elif noise.poor >= LEAST_TOLD:
        text += tr(", {poor} % of the images too poor to read")
    if corrected:
        text += tr("; {corrected} corrected")
    counts = {str(name): count for name, count in (buckets or {}).items()}
    return f"{text}.".format(
        rate=_percent(noise.rate),
        low=_percent(noise.low),
        high=_percent(noise.high),
        poor=_percent(noise.poor),
        doubted=counts.get(Bucket.MISLABELED_HIGH_QUALITY, 0),
        unread=counts.get(Bucket.MISLABELED_LOW_QUALITY, 0),
        corrected=corrected,
    )


def confusion_lines(report: NoiseReport, tr: Translate = str) -> list[str]:
    """The likeliest ways to be labelled wrong, likeliest first; three at most."""
    pairs = [
        (share, true, given)
        for true, row in report.confusion.items()
        for given, share in row.items()
        if given != true and share >= LEAST_TOLD
    ]
    pairs.sort(key=lambda pair: -pair[0])
    text = tr("{true} is labelled {given} in {share} % of its images")
    return [
        text.format(true=true, given=given, share=_percent(share))
        for share, true, given in pairs[:_CONFUSIONS]
    ]


def _percent(share: float) -> int:
    return round(100 * share)
