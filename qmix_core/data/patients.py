"""Whose eye an image shows: by a column of the table, or by the name of the file."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from posixpath import basename, dirname, splitext

from qmix_core.types import Sample

_EYE = re.compile(r"(.+)[_\-. ](left|right|od|os|l|r)", re.IGNORECASE)
_NAMED = 10


def patients_of(samples: Sequence[Sample], column: int | None) -> tuple[str, ...]:
    """The patient of each sample; empty where neither the table nor the file name tells.

    `column`: position of the patients in the samples' cells, or None. File names tell by their
    ends: `10_left` and `10_right`, `..._OD` and `..._OS`.
    """
    if column is not None:
        return tuple(s.cells[column].strip() if s.cells else "" for s in samples)
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
