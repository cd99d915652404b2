"""Curves of the separation benchmark against the true noise rate, as SVG."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

Row = dict[str, Any]

#: Okabe and Ito's colours and a marker of its own, so that lines differ without colour too.
_STYLES = (
    ("#0072B2", "o"),
    ("#D55E00", "s"),
    ("#E69F00", "D"),
    ("#009E73", "^"),
    ("#CC79A7", "v"),
    ("#56B4E9", "P"),
)
_PANELS = {
    "error_ap": "Average precision of errors",
    "f1": "F1 of flagged as errors",
    "bucket_f1": "Three-bucket macro F1",
    "flagged": "Share flagged",
}


def draw_curves(rows: list[Row], methods: list[str], folder: Path, name: str) -> list[Path]:
    """One file of four panels a kind of noise, and one of the reliability curve of QMix."""
    # the same figures give the same file
    settings = {"svg.hashsalt": "separation", "svg.fonttype": "none", "font.size": 9}
    written = []
    with mpl.rc_context(settings):
        for kind in sorted({row["kind"] for row in rows}):
            of_kind = [row for row in rows if row["kind"] == kind]
            drawn = {"": _four_panels(of_kind, methods)}
            if any(row["method"] == "qmix" for row in of_kind):
                drawn["-calibration"] = _calibration(of_kind)
            for suffix, figure in drawn.items():
                path = folder / f"separation-{name}-{kind}{suffix}.svg"
                figure.savefig(path, metadata={"Date": None})
                written.append(path)
    return written


def _four_panels(rows: list[Row], methods: list[str]) -> Figure:
    figure = Figure(figsize=(8, 6.4), layout="constrained")
    for axes, (column, title) in zip(figure.subplots(2, 2).flat, _PANELS.items(), strict=True):
        for number, method in enumerate(methods):
            color, marker = _STYLES[number % len(_STYLES)]
            points = [row for row in rows if row["method"] == method and column in row]
            axes.errorbar(
                [100 * row["rate"] for row in points],
                [row[column][0] for row in points],
                yerr=[row[column][1] for row in points],
                color=color,
                marker=marker,
                markersize=4,
                capsize=2,
                linewidth=1.3,
                label=method,
            )
        if column == "flagged":
            axes.plot([0, 60], [0, 0.6], color="grey", linestyle=":", label="true rate")
        _label(axes, title, "true noise rate, %")
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=3, frameon=False)
    return figure


def _calibration(rows: list[Row]) -> Figure:
    figure = Figure(figsize=(4.2, 4), layout="constrained")
    axes = figure.subplots()
    points = [row for row in rows if row["method"] == "qmix"]
    for (color, marker), row in zip(_STYLES, points, strict=False):
        axes.plot(
            [item["predicted"] for item in row["reliability"]],
            [item["observed"] for item in row["reliability"]],
            color=color,
            marker=marker,
            markersize=4,
            linewidth=1.2,
            label=f"{100 * row['rate']:g} % noise, ECE {row['pooled_ece']:.2f}",
        )
    axes.plot([0, 1], [0, 1], color="grey", linestyle=":")
    _label(axes, "Share of wrong labels", "QMix: P(label wrong)")
    axes.legend(frameon=False, fontsize=7)
    return figure


def _label(axes: Axes, title: str, x: str) -> None:
    axes.set_title(title, fontsize=9)
    axes.set_xlabel(x)
    axes.set_ylim(0, 1)
    axes.grid(alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)
