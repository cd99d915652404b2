"""Sets whose images show next to nothing: black, white, flat, or a few of the shades there are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qmix_core.base.problem import Problem

#: A tenth of the shades from black to white.
_TENTH = 25.5
#: From this share of the images on, and so many, it is no matter of single images.
_SHARE, _FEWEST = 0.1, 3
_REMEDY = "look whether the files hold other values than QMix takes them for"


def shade_problems(images: Sequence[str], spans: Sequence[tuple[float, float]]) -> list[Problem]:
    """Remarks where many images show next to nothing.

    `spans`: of each image the shades, 0 to 255, that its darkest and its brightest hundredth reach.
    """
    if not images:
        return []
    low, high = np.array(spans, dtype=np.float64).T
    is_black, is_white = high < _TENTH, low > 255 - _TENTH
    is_flat = ~is_black & ~is_white & (high - low < _TENTH)
    found = []
    for members, what in (
        (is_black, "nearly black"),
        (is_white, "nearly white"),
        (is_flat, "flat: they use less than a tenth of the shades"),
    ):
        count = int(members.sum())
        if count >= max(_FEWEST, _SHARE * len(images)):
            text = f"{count:,} of {len(images):,} images are {what}; {_REMEDY}."
            names = tuple(images[place] for place in np.flatnonzero(members).tolist())
            found.append(Problem("shades", names[0], text, names))
    return found
