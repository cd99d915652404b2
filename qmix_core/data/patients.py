"""Whose eye an image shows: by a column of the table, a DICOM header, or the file's name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import PurePosixPath

from qmix_core.types import Sample

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
    matches = [_EYE.fullmatch(PurePosixPath(sample.image).stem) for sample in samples]
    # the same eye twice, as in 001/eye_left and 002/eye_left: there the folder is the patient
    eyes = Counter(match.group().casefold() for match in matches if match)
    repeated = {_base(match) for match in matches if match and eyes[match.group().casefold()] > 1}
    return tuple(
        ""
        if match is None
        else f"{PurePosixPath(sample.image).parent}/{_base(match)}"
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


def patient_remarks(samples: Sequence[Sample], column: int | None) -> list[str]:
    """Sentences on patients whose images differ in label, and on classes of one patient alone."""
    labels_of: dict[str, set[str]] = defaultdict(set)
    patients_with: dict[str, set[str]] = defaultdict(set)
    images_of = Counter[str]()
    for sample, patient in zip(samples, patients_of(samples, column), strict=True):
        patients_with[sample.label].add(patient or f"/{sample.image}")
        if patient:
            labels_of[patient].add(sample.label)
            images_of[patient] += 1
    several = sum(1 for count in images_of.values() if count > 1)
    differing = {name: labels for name, labels in labels_of.items() if len(labels) > 1}
    remarks = []
    if differing:
        named = [f"{name} ({', '.join(sorted(labels))})" for name, labels in differing.items()]
        more = f" and {len(named) - _NAMED:,} more" if len(named) > _NAMED else ""
        remarks.append(
            f"{len(differing):,} of {several:,} patients with several images have different "
            f"labels; both eyes may well differ: {', '.join(named[:_NAMED])}{more}."
        )
    counts = Counter(sample.label for sample in samples)
    remarks += [
        f"All images of class {label!r} are of one patient: mistrust its verdicts."
        for label, patients in sorted(patients_with.items())
        if len(patients) == 1 and counts[label] > 1
    ]
    return remarks
