"""Whose eye an image shows: by a column of the table, a DICOM header, or the file's name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from posixpath import basename, dirname, splitext

from qmix_core.base.problem import Problem
from qmix_core.base.types import Sample
from qmix_core.dataset.dataset import Dataset
from qmix_core.dataset.tables.table import undefuse

_EYE = re.compile(r"(.+)[_\-. ](left|right|od|os|l|r)", re.IGNORECASE)
_NAMED = 10


def patients_of(samples: Sequence[Sample], column: int | None) -> tuple[str, ...]:
    """The patient of each sample; empty where neither table, DICOM header nor file name tells.

    `column`: position of the patients in the samples' cells, or None. File names tell by their
    ends: `10_left` and `10_right`, `..._OD` and `..._OS`. One number in all headers tells nothing:
    an anonymiser left it.
    """
    if column is not None:
        return tuple(s.cells[column].strip() if s.cells else "" for s in samples)
    by_name = _patients_by_name(samples)
    if len({sample.patient for sample in samples if sample.patient}) < 2:
        return by_name
    return tuple(s.patient or name for s, name in zip(samples, by_name, strict=True))


def _patients_by_name(samples: Sequence[Sample]) -> tuple[str, ...]:
    matches = [_EYE.fullmatch(splitext(basename(sample.image))[0]) for sample in samples]
    # the same eye twice, as in 001/eye_left and 002/eye_left: there the folder is the patient
    eyes = Counter(match.group().casefold() for match in matches if match)
    repeated = {_base(match) for match in matches if match and eyes[match.group().casefold()] > 1}
    # folders of classes name no patient, unless they all count anew
    in_classes = all(
        basename(dirname(sample.image)) == sample.label
        for sample, match in zip(samples, matches, strict=True)
        if match and _base(match) in repeated
    )
    if in_classes and 2 * len(repeated) < len({_base(match) for match in matches if match}):
        repeated = set()
    return tuple(
        ""
        if match is None
        else f"{dirname(sample.image) or '.'}/{_base(match)}"
        if _base(match) in repeated
        else _base(match)
        for sample, match in zip(samples, matches, strict=True)
    )


def _base(match: re.Match[str]) -> str:
    return match.group(1).casefold()


def patient_groups(samples: Sequence[Sample], column: int | None) -> list[int]:
    """A number for each sample that those of one patient share."""
    numbers: dict[str, int] = {}
    return [
        numbers.setdefault(patient or f"/{position}", len(numbers))
        for position, patient in enumerate(patients_of(samples, column))
    ]


def patient_problems(samples: Sequence[Sample], column: int | None) -> list[Problem]:
    """Patients whose images differ in label, and classes of one patient alone."""
    images_of: dict[str, list[Sample]] = defaultdict(list)
    patients_with: dict[str, set[str]] = defaultdict(set)
    for sample, patient in zip(samples, patients_of(samples, column), strict=True):
        if not sample.label:
            continue
        patients_with[sample.label].add(patient or f"/{sample.image}")
        if patient:
            images_of[patient].append(sample)
    problems = []
    for patient, images in images_of.items():
        labels = sorted({sample.label for sample in images})
        if len(labels) > 1:
            text = f"Patient {patient} has different labels ({', '.join(labels)}); both eyes may "
            text += f"well differ: {_listed([sample.image for sample in images])}."
            names = tuple(sample.image for sample in images)
            problems.append(Problem("patient_conflict", names[0], text, names))
    counts = Counter(sample.label for sample in samples)
    return problems + [
        Problem(
            "patients",
            "",
            f"All images of class {label!r} are of one patient: mistrust its verdicts.",
        )
        for label, patients in sorted(patients_with.items())
        if len(patients) == 1 and counts[label] > 1
    ]


def split_problems(dataset: Dataset) -> list[Problem]:
    """Patients with images in several splits of the table, whichever split is taken."""
    table, columns = dataset.table, dataset.columns
    if table is None or columns is None or columns.split is None:
        return []
    rows = [
        Sample(image=undefuse(cells[columns.image].strip()), label="", cells=cells)
        for cells in table.rows
    ]
    splits_of: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row, patient in zip(rows, patients_of(rows, columns.patient), strict=True):
        if patient:
            splits_of[patient][row.cells[columns.split].strip()].append(row.image)
    there = {sample.cells: sample.image for sample in dataset.samples}
    files = {row.image: there.get(row.cells, row.image) for row in rows}
    problems = []
    for patient, splits in splits_of.items():
        if len(splits) > 1:
            names = tuple(files[image] for images in splits.values() for image in images)
            text = f"Patient {patient} has images in several splits ({', '.join(sorted(splits))}): "
            problems.append(Problem("across_splits", names[0], f"{text}{_listed(names)}.", names))
    return problems


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")


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
