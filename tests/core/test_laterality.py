"""The other eye is found by its file name, and never guessed."""

from __future__ import annotations

import pytest

from qmix_core.laterality import EyePairs, is_left_eye
from qmix_core.types import Sample


def named(*images: str) -> list[Sample]:
    return [Sample(image, "0") for image in images]


@pytest.mark.parametrize(
    ("image", "other"),
    [
        ("0/10_left.jpeg", "2/10_right.jpeg"),
        ("p7-OD-1.png", "p7-OS-1.png"),
        ("a/OS_12.tif", "b/od_12.tif"),
    ],
)
def test_both_eyes_find_each_other_in_any_folder(image: str, other: str) -> None:
    pairs = EyePairs(named(image, "x/unrelated.png", other))
    assert pairs.other(*named(image)) == 2
    assert pairs.other(*named(other)) == 0


@pytest.mark.parametrize("image", ["bods.png", "upright.png", "left_right.png", "10_left.jpg"])
def test_what_names_no_side_or_has_no_partner_has_no_other_eye(image: str) -> None:
    assert EyePairs(named(image, "11_right.jpg")).other(*named(image)) is None


def test_of_two_candidates_none_is_chosen() -> None:
    pairs = EyePairs(named("1_left.png", "a/1_right.png", "b/1_right.png"))
    assert pairs.other(*named("1_left.png")) is None


def test_os_is_the_left_eye() -> None:
    assert is_left_eye(*named("a_OS.png"))
    assert not is_left_eye(*named("a_OD.png"))


def test_a_dicom_header_names_the_eye_whatever_the_file_is_called() -> None:
    left, right, stranger = (
        Sample(name, "0", patient=patient, eye=eye)
        for name, patient, eye in (("1.dcm", "P", "left"), ("2.dcm", "P", "right"), ("3", "Q", ""))
    )
    pairs = EyePairs([left, right, stranger])
    assert pairs.other(left) == 1
    assert pairs.other(right) == 0
    assert pairs.other(stranger) is None
    assert is_left_eye(left)
    assert not is_left_eye(Sample("a_left.dcm", "0", eye="right"))
