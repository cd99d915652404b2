"""Tables of public sets that say which images are poor."""

from __future__ import annotations

import pytest

from qmix_core.dataset.quality_columns import stated_quality


def test_brset_says_which_parameters_are_inadequate():
    header = ("image_id", "DR_ICDR", "focus", "iluminaton", "image_field", "artifacts", "quality")
    rows = [
        ("img1", "0", "1", "1", "1", "1", "Adequate"),
        ("img2", "2", "2", "1", "1", "2", "Inadequate"),
    ]
    stated = stated_quality(header, rows, label=1)
    assert stated.source == ("quality",)
    assert stated.is_poor == (False, True)
    assert stated.faults == ("", "out of focus, artifacts")


def test_parameters_alone_will_do():
    header = ("image_id", "focus", "iluminaton", "image_field", "artifacts")
    rows = [("a", "1", "1", "1", "1"), ("b", "1.0", "2.0", "1.0", "1.0")]
    stated = stated_quality(header, rows)
    assert stated.is_poor == (False, True)
    assert stated.faults == ("", "uneven light")


def test_eyeq_rejects_are_poor_and_usable_ones_are_not():
    rows = [("a", "0", "0"), ("b", "1", "3"), ("c", "2", "0"), ("d", "", "1")]
    stated = stated_quality(("image", "quality", "DR_grade"), rows, label=2)
    assert stated.is_poor == (False, False, True, None)


def test_overall_quality_counts_the_other_way():
    rows = [("a", "0"), ("b", "1"), ("c", "2")]
    assert stated_quality(("file_name", "overall_quality"), rows).is_poor == (True, False, False)


def test_mbrset_speaks_in_yes_and_no():
    rows = [("a", "yes"), ("b", "no"), ("c", "")]
    assert stated_quality(("file", "final_quality"), rows).is_poor == (False, True, None)


def test_grade_5_of_ddr_is_ungradable():
    rows = [(f"{grade}.jpg", str(grade)) for grade in range(6)]
    assert stated_quality(("image", "label"), rows, label=1).is_poor == (False,) * 5 + (True,)


@pytest.mark.parametrize("grades", ["01234", "12345", "05"])
def test_a_label_5_among_other_labels_is_a_class(grades):
    rows = [(f"{grade}.jpg", grade) for grade in grades]
    assert stated_quality(("image", "label"), rows, label=1) is None


def test_blank_grades_of_messidor_are_ungradable():
    header = ("image_id", "adjudicated_dr_grade", "adjudicated_dme", "adjudicated_gradable")
    rows = [("a", "0", "0", "1"), ("b", "", "", "0"), ("c", "2.0", "1", "1")]
    assert stated_quality(header, rows, label=1).is_poor == (False, True, False)
    assert stated_quality(header[:2], [row[:2] for row in rows]).is_poor == (False, True, False)


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("quality", ["0.93", "0.71"]),
        ("quality", ["Adequate", "Adequate"]),
        ("focus", ["1", "2"]),
        ("artifacts", ["none", "dust"]),
    ],
)
def test_other_columns_say_nothing_of_quality(header, cells):
    assert stated_quality(("image", header), [("x", cell) for cell in cells]) is None
