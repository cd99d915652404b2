"""Which eye an image shows, and which image shows the same person's other eye.

A column of the table tells, else a DICOM header, else the name of the file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from posixpath import basename

from qmix_core.types import Sample

_SIDES = {"left": "right", "right": "left", "od": "os", "os": "od", "l": "r", "r": "l"}
_EYES = {"left": "left", "os": "left", "l": "left", "right": "right", "od": "right", "r": "right"}
# a side stands between separators: "bods.jpg" names none; a single letter only ends the name
_SIDE = re.compile(
    r"(?<![a-z0-9])(left|right|od|os)(?![a-z0-9])|(?<=[_\-. ])([lr])(?=\.[^.]*$|$)", re.IGNORECASE
)
_COLUMNS = frozenset({"eye", "laterality", "side", "eye_side", "lateralization"})


def eyes_of(samples: Sequence[Sample], header: Sequence[str] = ()) -> tuple[str, ...]:
    """ "left" or "right" for each sample; empty where nothing tells.

    `header`: names of the samples' cells; a column counts where it holds nothing but sides.
    """
    for column, name in enumerate(header):
        if name.strip().casefold().replace(" ", "_") in _COLUMNS:
            cells = [s.cells[column].strip().casefold() if s.cells else "" for s in samples]
            if set(cells) - {""} and set(cells) <= _EYES.keys() | {""}:
                return tuple(_EYES.get(cell, "") for cell in cells)
    return tuple(sample.eye or eye_of(sample.image) for sample in samples)


def eye_of(image: str) -> str:
    """The eye that a file name tells of: OS is the left eye. Empty for none, or for both."""
    sides = [match.group() for match in _SIDE.finditer(basename(image).casefold())]
    return _EYES[sides[0]] if len(sides) == 1 else ""


class EyePairs:
    """Finds the other eye, never by a guess.

    By the name with the side exchanged; the folder may be another, since grades may differ. Else
    by the patient and eye, where each eye has one image.
    """

    def __init__(
        self, images: Sequence[str], *, patients: Sequence[str] = (), eyes: Sequence[str] = ()
    ) -> None:
        self._images = images
        self._eyes = tuple(eyes) or tuple(eye_of(image) for image in images)
        self._patients = tuple(patients) or ("",) * len(images)
        self._by_name: dict[str, list[int]] = {}
        self._by_eye: dict[tuple[str, str], list[int]] = {}
        for position, image in enumerate(images):
            name = basename(image).casefold()
            if _SIDE.search(name):
                self._by_name.setdefault(name, []).append(position)
            key = self._patients[position], self._eyes[position]
            if all(key):
                self._by_eye.setdefault(key, []).append(position)

    def eye(self, position: int) -> str:
        """ "left", "right" or empty."""
        return self._eyes[position]

    def other(self, position: int) -> int | None:
        """Position of the one image of the other eye; None where there is none, or several."""
        found = self._named_like(self._images[position]) or self._of_patient(position)
        return found[0] if len(found) == 1 else None

    def _named_like(self, image: str) -> list[int]:
        name = basename(image).casefold()
        sides = list(_SIDE.finditer(name))
        if len(sides) != 1:
            return []
        side = sides[0]
        return self._by_name.get(
            name[: side.start()] + _SIDES[side.group()] + name[side.end() :], []
        )

    def _of_patient(self, position: int) -> list[int]:
        patient, eye = self._patients[position], self._eyes[position]
        if not (patient and eye) or len(self._by_eye[patient, eye]) > 1:
            return []
        return self._by_eye.get((patient, _SIDES[eye]), [])
