"""Labels of one patient that contradict each other are found by one rule."""

from __future__ import annotations

import pytest

from qmix_core.dataset.labels.grades import grades_of
from qmix_core.preflight.contradictions import Conflict, find_contradictions


def found(*rows: tuple[str, str, str]) -> list[tuple[Conflict, tuple[int, ...]]]:
    patients, eyes, labels = zip(*rows, strict=True)
    return [(c.kind, c.samples) for c in find_contradictions(patients, eyes, labels)]


def test_one_eye_with_two_labels_contradicts_itself() -> None:
    rows = [("P", "left", "0"), ("P", "right", "1"), ("P", "left", "1"), ("Q", "left", "2")]
    assert found(*rows) == [(Conflict.SAME_EYE, (0, 2))]


def test_two_eyes_far_apart_are_a_hint_where_labels_are_grades() -> None:
    assert found(("P", "left", "0"), ("P", "right", "2"), ("Q", "left", "1")) == [
        (Conflict.FAR_APART, (0, 1))
    ]
    assert found(("P", "left", "0"), ("P", "right", "1"), ("Q", "left", "2")) == []
    assert found(("P", "left", "amd"), ("P", "right", "glaucoma"), ("Q", "left", "x")) == []


def test_images_of_unknown_patients_or_eyes_take_no_part() -> None:
    assert found(("", "left", "0"), ("", "left", "3"), ("P", "", "0"), ("P", "", "3")) == []


@pytest.mark.parametrize(
    ("classes", "grades"),
    [
        (("0", "1", "2"), (0, 1, 2)),
        (("0_no_dr", "1_npdr", "4_pdr"), (0, 1, 4)),
        (("Grade 1", "Grade 2"), (1, 2)),
        (("Mild", "Moderate", "No_DR", "Proliferate_DR", "Severe"), (1, 2, 0, 4, 3)),
        (("mild", "none", "severe"), (1, 0, 3)),
        (("amd", "glaucoma"), None),
        (("1_a", "1_b"), None),
        (("mild", "other"), None),
        (("2019", "2020"), None),
        (("class 1", "class 2"), None),
    ],
)
def test_grades_are_told_from_names_alone(classes, grades) -> None:
    assert grades_of(classes) == grades
