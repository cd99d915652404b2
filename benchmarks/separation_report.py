"""Runs of the separation benchmark -> means over seeds, a markdown table and a compact JSON."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from outcome import calibration_error

#: Figures of the table, with their headings.
COLUMNS = {
    "error_auroc": "AUROC",
    "error_ap": "AP",
    "precision": "precision",
    "recall": "recall",
    "f1": "F1",
    "bucket_f1": "3-bucket F1 (a)",
    "bucket_f1_mislabeled": "3-bucket F1 (b)",
    "sharp_ap": "AP, not degraded",
    "sharp_f1": "F1, not degraded",
    "poor_precision": "3rd bucket precision",
    "poor_recall": "3rd bucket recall",
    "poor_in_clean": "degraded in Clean",
    "flagged": "flagged",
    "corrected_per_100": "corrected per 100 read",
    "missed": "missed",
    "suggestion_precision": "suggestions right",
    "ece": "ECE",
    "estimated_rate": "estimated rate",
    "covered": "in the interval",
    "test_accuracy": "test accuracy",
    "seconds": "s",
}
LEGEND = (
    "Mean ± standard deviation over the seeds. 3-bucket macro F1: (a) every degraded image is of "
    "low quality, (b) only a mislabeled one is. cleanlab, DivideMix and cross-entropy alone have "
    "no third bucket."
)

Run = dict[str, Any]


def read_runs(folder: Path) -> list[Run]:
    """All runs in a results folder, one JSON file each."""
    files = sorted(folder.glob("*/*.json"))
    return [json.loads(file.read_text(encoding="utf-8")) for file in files]


def summarise(runs: Iterable[Run], methods: list[str]) -> list[Run]:
    """One row a kind of noise, rate and method: [mean, std] of each figure that is defined."""
    grouped: dict[tuple[str, float, str], list[Run]] = defaultdict(list)
    for run in runs:
        if run["method"] in methods:
            grouped[run["kind"], run["rate"], run["method"]].append(run)
    order = sorted(grouped, key=lambda key: (key[0], key[1], methods.index(key[2])))
    return [_row(key, grouped[key]) for key in order]


def _row(key: tuple[str, float, str], runs: list[Run]) -> Run:
    kind, rate, method = key
    row: Run = {
        "kind": kind,
        "rate": rate,
        "method": method,
        "seeds": sorted(run["seed"] for run in runs),
    }
    for name in COLUMNS:
        values = [run[name] for run in runs if run.get(name) is not None]
        if values:
            row[name] = [round(float(np.mean(values)), 4), round(float(np.std(values)), 4)]
    curves = [run["reliability"] for run in runs if "reliability" in run]
    if curves:
        row["reliability"] = _pooled(curves)
        row["pooled_ece"] = round(calibration_error(row["reliability"]), 4)
    return row


def _pooled(curves: list[list[Run]]) -> list[Run]:
    """The reliability bins of several runs as those of one: means weighted by images."""
    pooled = []
    for number in sorted({item["bin"] for curve in curves for item in curve}):
        items = [item for curve in curves for item in curve if item["bin"] == number]
        images = [item["images"] for item in items]
        means = {
            name: round(float(np.average([item[name] for item in items], weights=images)), 4)
            for name in ("predicted", "observed")
        }
        pooled.append({"bin": number, "images": sum(images)} | means)
    return pooled


def table(rows: list[Run]) -> str:
    """Markdown, one table a kind of noise."""
    parts = []
    for kind in sorted({row["kind"] for row in rows}):
        lines = [f"### {kind}", "", "| rate | method | " + " | ".join(COLUMNS.values()) + " |"]
        lines.append("|---" * (2 + len(COLUMNS)) + "|")
        for row in rows:
            if row["kind"] == kind:
                cells = [_cell(name, row) for name in COLUMNS]
                start = f"| {100 * row['rate']:g} % | {row['method']} | "
                lines.append(start + " | ".join(cells) + " |")
        parts.append("\n".join(lines))
    return "\n\n".join([*parts, LEGEND])


def _cell(name: str, row: Run) -> str:
    if name not in row:
        return "–"
    mean, deviation = row[name]
    if name in ("seconds", "corrected_per_100"):
        return f"{mean:.0f}"
    return f"{mean:.3f} ± {deviation:.3f}".replace("0.", ".")


def write_summary(path: Path, rows: list[Run], about: Run) -> None:
    """All rows in one file, a line each, so that a change of one figure is one changed line."""
    lines = ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    head = json.dumps(about, ensure_ascii=False)
    path.write_text(f'{{"about": {head}, "rows": [\n{lines}\n]}}\n', encoding="utf-8")
