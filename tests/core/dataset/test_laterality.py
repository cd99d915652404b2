"""The other eye is found by its file name or the table, and never guessed."""

from __future__ import annotations

import pytest

from qmix_core.base.types import Sample
from qmix_core.dataset.patients import EyePairs, eye_of, eyes_of


@pytest.mark.parametrize(
    ("image", "other"),
    [
        ("0/10_left.jpeg", "2/10_right.jpeg"),
        ("p7-OD-1.png", "p7-OS-1.png"),
        ("a/OS_12.tif", "b/od_12.tif"),
        ("a/7_L.png", "a/7_R.png"),
    ],
)
def test_both_eyes_find_each_other_in_any_folder(image: str, other: str) -> None:
    pairs = EyePairs([image, "x/unrelated.png", other])
    assert pairs.other(0) == 2
    assert pairs.other(2) == 0


@pytest.mark.parametrize(
    "image", ["bods.png", "upright.png", "left_right.png", "10_left.jpg", "L.png"]
)
def test_what_names_no_side_or_has_no_partner_has_no_other_eye(image: str) -> None:
    assert EyePairs([image, "11_right.jpg"]).other(0) is None


def test_of_two_candidates_none_is_chosen() -> None:
    assert EyePairs(["1_left.png", "a/1_right.png", "b/1_right.png"]).other(0) is None


def test_os_is_the_left_eye() -> None:
    assert eye_of("a_OS.png") == "left"
    assert eye_of("a_OD.png") == "right"


def test_a_column_of_sides_tells_the_eye_and_the_patient_its_partner() -> None:
    cells = [("a", "P1", "OD"), ("b", "P1", "OS"), ("c", "P2", "OD"), ("d", "P2", "")]
    samples = [Sample(f"{row[0]}.png", "0", row) for row in cells]
    eyes = eyes_of(samples, ("image", "patient", "Laterality"))
    assert eyes == ("right", "left", "right", "")
    pairs = EyePairs([s.image for s in samples], patients=[row[1] for row in cells], eyes=eyes)
    assert [pairs.other(i) for i in range(4)] == [1, 0, None, None]


def test_a_dicom_header_names_the_eye_whatever_the_file_is_called() -> None:
    known = (("1.dcm", "P", "left"), ("2.dcm", "P", "right"), ("a_left.dcm", "Q", "right"))
    samples = [Sample(name, "0", patient=patient, eye=eye) for name, patient, eye in known]
    eyes = eyes_of(samples)
    assert eyes == ("left", "right", "right")
    pairs = EyePairs([s.image for s in samples], patients=[row[1] for row in known], eyes=eyes)
    assert [pairs.other(i) for i in range(3)] == [1, 0, None]


def test_a_column_that_holds_anything_else_is_not_believed() -> None:
    samples = [Sample("1_left.png", "0", ("front",)), Sample("1_right.png", "0", ("left",))]
    assert eyes_of(samples, ("side",)) == ("left", "right")


def test_an_eye_with_several_images_is_paired_with_none_by_patient_alone() -> None:
    pairs = EyePairs(["a", "b", "c"], patients="PPP", eyes=("left", "left", "right"))
    assert [pairs.other(i) for i in range(3)] == [None, None, None]
