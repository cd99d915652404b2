"""Which classes are grades of one scale, as far as their names tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMBERED = re.compile(r"(?:grade|level|stage|dr)?[ _-]?(\d{1,2})(?!\d)")
#: First words of the grades of diabetic retinopathy, as folders of public sets are called.
_WORDS = {
    "no": 0, "none": 0, "normal": 0, "healthy": 0, "mild": 1, "moderate": 2, "severe": 3,
    "proliferative": 4, "proliferate": 4, "pdr": 4,
}  # fmt: skip


def grades_of(classes: Sequence[str]) -> tuple[int, ...] | None:
    """The grade of each class; None where they are no scale that the names tell of.

    All names begin with a number ("0", "1_mild", "grade 2"), or all with a word of the retinopathy
    scale ("No_DR", "Mild", …); no two are the same grade.
    """
    for find in (_number, _word):
        grades = [find(name.casefold()) for name in classes]
        known = tuple(grade for grade in grades if grade is not None)
        if len(known) == len(grades) > 1 and len(set(known)) == len(known):
            return known
    return None


def _number(name: str) -> int | None:
    match = _NUMBERED.match(name)
    return int(match[1]) if match else None


def _word(name: str) -> int | None:
    return _WORDS.get(re.split(r"[^a-z]+", name)[0])
