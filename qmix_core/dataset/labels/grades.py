"""Which classes are grades of one scale, as far as their names tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMBERED = re.compile(r"(?:grade|level|stage|dr|r)?[ _-]?(\d{1,2})(?:\.0+)?(?![\d.])")
#: First telling words of grades, as folders and tables of public sets write them: diabetic
#: retinopathy, then macular degeneration and plain degrees.
_SCALES = (
    {"no": 0, "none": 0, "nodr": 0, "normal": 0, "healthy": 0, "mild": 1, "moderate": 2,
     "severe": 3, "proliferative": 4, "proliferate": 4, "pdr": 4},
    {"no": 0, "none": 0, "normal": 0, "healthy": 0, "early": 1, "intermediate": 2, "late": 3,
     "advanced": 3},
    {"none": 0, "low": 1, "medium": 2, "moderate": 2, "high": 3},
    {"good": 0, "usable": 1, "fair": 1, "poor": 2, "bad": 2, "reject": 2},
)  # fmt: skip
#: Words before which the telling one stands: "DR mild", "NPDR severe".
_BEFORE = frozenset({"dr", "npdr", "amd", "grade", "stage", "level", ""})


def grades_of(classes: Sequence[str]) -> tuple[int, ...] | None:
    """The grade of each class; None where they are no scale that the names tell of.

    All names begin with a number ("0", "1_mild", "grade 2"), or all with a word of one scale
    ("No_DR", "Mild", …); no two are the same grade.
    """
    folded = [name.strip().casefold() for name in classes]
    readings = [[_number(name) for name in folded]]
    readings += [[_word(name, scale) for name in folded] for scale in _SCALES]
    for grades in readings:
        known = tuple(grade for grade in grades if grade is not None)
        if len(known) == len(grades) > 1 and len(set(known)) == len(known):
            return known
    return None


def _number(name: str) -> int | None:
    match = _NUMBERED.match(name)
    return int(match[1]) if match else None


def _word(name: str, scale: dict[str, int]) -> int | None:
    words = re.split(r"[^a-z]+", name)
    return scale.get(next((word for word in words if word not in _BEFORE), ""))
