"""Which image shows the same person's other eye, as far as file names or DICOM headers tell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from qmix_core.types import Sample

_SIDES = {"left": "right", "right": "left", "od": "os", "os": "od"}
# a side stands between separators: "bods.jpg" names none
_SIDE = re.compile(r"(?<![a-z0-9])(left|right|od|os)(?![a-z0-9])", re.IGNORECASE)


class EyePairs:
    """Finds the other eye by DICOM header, else by file name; folders differ where grades do."""

    def __init__(self, samples: Iterable[Sample]) -> None:
        self._found: dict[tuple[str, str], list[int]] = {}
        for position, sample in enumerate(samples):
            self._found.setdefault(_eye(sample)[0], []).append(position)

    def other(self, sample: Sample) -> int | None:
        """Position of the one image of the other eye; None where there is none, or several."""
        wanted = _eye(sample)[1]
        found = self._found.get(wanted, []) if wanted[1] else []
        return found[0] if len(found) == 1 else None


def _eye(sample: Sample) -> tuple[tuple[str, str], tuple[str, str]]:
    """A name for the eye, and that of the other; the second of the other is empty where unknown."""
    if sample.patient and sample.eye:
        return (sample.patient, sample.eye), (sample.patient, _SIDES[sample.eye])
    name = PurePosixPath(sample.image).name.casefold()
    sides = list(_SIDE.finditer(name))
    if len(sides) != 1:
        return ("", name), ("", "")
    side = sides[0]
    return ("", name), ("", name[: side.start()] + _SIDES[side.group()] + name[side.end() :])


def is_left_eye(sample: Sample) -> bool:
    """Whether the header or the name says left: OS is the left eye."""
    if sample.eye:
        return sample.eye == "left"
    side = _SIDE.search(PurePosixPath(sample.image).name.casefold())
    return side is not None and side.group() in ("left", "os")
