"""The other eye is found by its file name, and never guessed."""

from __future__ import annotations

import pytest

from qmix_core.laterality import EyePairs, is_left_eye


@pytest.mark.parametrize(
    ("image", "other"),
    [
        ("0/10_left.jpeg", "2/10_right.jpeg"),
        ("p7-OD-1.png", "p7-OS-1.png"),
        ("a/OS_12.tif", "b/od_12.tif"),
    ],
)
def test_both_eyes_find_each_other_in_any_folder(image: str, other: str) -> None:
    pairs = EyePairs([image, "x/unrelated.png", other])
    assert pairs.other(image) == 2
    assert pairs.other(other) == 0


@pytest.mark.parametrize("image", ["bods.png", "upright.png", "left_right.png", "10_left.jpg"])
def test_what_names_no_side_or_has_no_partner_has_no_other_eye(image: str) -> None:
    assert EyePairs([image, "11_right.jpg"]).other(image) is None


def test_of_two_candidates_none_is_chosen() -> None:
    assert EyePairs(["1_left.png", "a/1_right.png", "b/1_right.png"]).other("1_left.png") is None


def test_os_is_the_left_eye() -> None:
    assert is_left_eye("a_OS.png")
    assert not is_left_eye("a_OD.png")
