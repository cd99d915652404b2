"""The separation as an SVG for a report: loss against uncertainty, a sample of the images."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from qmix_core.base.types import BUCKETS, FloatArray, RunResults
from qmix_core.runs.scores import History

#: Points drawn of each bucket at most: 100,000 would make megabytes that nobody can see.
MOST_POINTS = 1200
WIDTH, HEIGHT = 640, 400
_LEFT, _TOP, _RIGHT, _BOTTOM = 56, 12, 12, 48
_OUTLINE = 48
#: One mark for each bucket, drawn from its middle: a dot, a triangle, a square.
_MARKS = ("h0", "m0-3.2l2.9 5.2h-5.8z", "m-2.3-2.3h4.6v4.6h-4.6z")


def separation_svg(results: RunResults, history: History | None) -> str:
    """The plot of network A where the run kept it, else of the averages of the whole run.

    Colours are left to the classes `b0`, `b1` and `b2` of the page.
    """
    points, ellipses = _points(results, history)
    shown, ticks = [], _axes()
    rng = np.random.default_rng(0)
    for code in range(len(BUCKETS)):
        where = np.flatnonzero((results.bucket == code) & np.isfinite(points).all(axis=1))
        if len(where) > MOST_POINTS:
            where = rng.choice(where, MOST_POINTS, replace=False)
        x, y = _to_page(points[where])
        path = "".join(f"M{a:.0f} {b:.0f}{_MARKS[code]}" for a, b in zip(x, y, strict=True))
        shown.append(f'<path class="b{code}" d="{path}"/>')
    shown += [
        f'<polyline class="b{code} outline" points="{_outline(mean, covariance)}"/>'
        for code, (mean, covariance) in enumerate(ellipses)
        if np.isfinite(mean).all() and np.isfinite(covariance).all()
    ]
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="plot-title">'
        '<title id="plot-title">Loss against uncertainty of the images, by bucket</title>'
        f'{ticks}<clipPath id="inside"><rect x="{_LEFT}" y="{_TOP}" '
        f'width="{WIDTH - _LEFT - _RIGHT}" height="{HEIGHT - _TOP - _BOTTOM}"/></clipPath>'
        f'<g clip-path="url(#inside)">{"".join(shown)}</g></svg>'
    )


def drawn(results: RunResults) -> int:
    """How many images the plot shows."""
    return sum(
        min(MOST_POINTS, int((results.bucket == code).sum())) for code in range(len(BUCKETS))
    )


def _points(
    results: RunResults, history: History | None
) -> tuple[FloatArray, list[tuple[FloatArray, FloatArray]]]:
    """Loss and uncertainty in [0, 1], float32 [N, 2], and means and covariances."""
    points = np.full((len(results.bucket), 2), np.nan, dtype=np.float32)
    if history is not None and history.plot is not None:
        points[history.sample] = history.plot.points[0]
        means, covariances = history.plot.means[0], history.plot.covariances[0]
        return points, list(zip(means, covariances, strict=True))
    seen = results.bucket >= 0
    loss = results.loss[seen]
    top = float(np.quantile(loss, 0.99)) if loss.size else 0.0
    points[seen, 0] = np.clip(loss / top, 0, 1) if top > 0 else 0
    points[seen, 1] = results.uncertainty[seen]
    return points, []


def _to_page(points: FloatArray) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    x = _LEFT + points[:, 0].astype(np.float64) * (WIDTH - _LEFT - _RIGHT)
    y = HEIGHT - _BOTTOM - points[:, 1].astype(np.float64) * (HEIGHT - _TOP - _BOTTOM)
    return x, y


def _outline(mean: FloatArray, covariance: FloatArray) -> str:
    """Two standard deviations around the middle of a bucket."""
    values, vectors = np.linalg.eigh(covariance.astype(np.float64))
    angle = np.linspace(0, 2 * np.pi, _OUTLINE)
    circle = np.stack([np.cos(angle), np.sin(angle)]) * 2 * np.sqrt(values.clip(0))[:, None]
    x, y = _to_page((mean[:, None] + vectors @ circle).T.astype(np.float32))
    return " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(x, y, strict=True))


def _axes() -> str:
    bottom, right = HEIGHT - _BOTTOM, WIDTH - _RIGHT
    parts = [f'<path class="axis" d="M{_LEFT} {_TOP}V{bottom}H{right}"/>']
    for value in (0.0, 0.25, 0.5, 0.75, 1.0):
        (x,), (y,) = _to_page(np.array([[value, value]], dtype=np.float32))
        parts.append(f'<text x="{x:.0f}" y="{bottom + 18}" text-anchor="middle">{value:g}</text>')
        parts.append(f'<text x="{_LEFT - 8}" y="{y + 4:.0f}" text-anchor="end">{value:g}</text>')
    middle = (_TOP + bottom) / 2
    parts.append(
        f'<text x="{(_LEFT + right) / 2:.0f}" y="{HEIGHT - 8}" text-anchor="middle">'
        "loss (normalised)</text>"
        f'<text x="14" y="{middle:.0f}" text-anchor="middle" '
        f'transform="rotate(-90 14 {middle:.0f})">uncertainty</text>'
    )
    return "".join(parts)
