"""Labels of one patient that contradict each other. One rule for preflight and review."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from qmix_core.dataset.labels.grades import grades_of

#: Both eyes of a patient mostly have about the same grade; from this difference on one looks twice.
FAR_APART = 2


class Conflict(StrEnum):
    """SAME_EYE: images of one eye have different labels. FAR_APART: a hint, the two eyes differ."""

    SAME_EYE = "same_eye"
    FAR_APART = "far_apart"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """`samples`: positions of the images concerned; `labels`: what they are labelled, sorted."""

    kind: Conflict
    patient: str
    samples: tuple[int, ...]
    labels: tuple[str, ...]


def find_contradictions(
    patients: Sequence[str], eyes: Sequence[str], labels: Sequence[str]
) -> list[Contradiction]:
    """Contradictions among N images, by patient.

    `patients`, `eyes` ("left", "right") and `labels` are empty where they are not known; those
    images take no part. Eyes are compared only where the labels are grades of a scale.
    """
    by_eye: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for position, (patient, eye) in enumerate(zip(patients, eyes, strict=True)):
        if patient and eye and labels[position]:
            by_eye[patient][eye].append(position)
    classes = sorted(set(labels) - {""})
    grades = grades_of(classes)
    grade = dict(zip(classes, grades, strict=True)) if grades else {}
    found = []
    for patient, own in by_eye.items():
        found += [
            _contradiction(Conflict.SAME_EYE, patient, positions, labels)
            for positions in own.values()
            if len({labels[position] for position in positions}) > 1
        ]
        if len(own) == 2 and grade:
            left, right = ({grade[labels[p]] for p in positions} for positions in own.values())
            if min(left) - max(right) >= FAR_APART or min(right) - max(left) >= FAR_APART:
                both = [position for positions in own.values() for position in positions]
                found.append(_contradiction(Conflict.FAR_APART, patient, both, labels))
    return found


def _contradiction(
    kind: Conflict, patient: str, positions: Sequence[int], labels: Sequence[str]
) -> Contradiction:
    own = tuple(sorted(positions))
    return Contradiction(kind, patient, own, tuple(sorted({labels[p] for p in own})))
