"""Properties of the files that tell the classes apart are told; what they do not tell is not."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from qmix_core.dataset.dataset import load_dataset
from qmix_core.preflight.check import check_dataset

COUNT = 40


def write_set(root, *, size=lambda *_: 24, quality=lambda *_: 90, camera=lambda *_: "",
              rim=lambda *_: 0, name=lambda number, _: f"{number}"):  # fmt: skip
    """Images of two classes; each property is a function of the image's number and of its class."""
    for code, label in enumerate("ab"):
        for number in range(COUNT):
            rng = np.random.default_rng(1000 * code + number)
            side = size(number, code)
            pixels = rng.integers(60, 190, (side, side, 3), dtype=np.uint8)
            pixels[[0, -1]] = pixels[:, [0, -1]] = rim(number, code)
            exif = Image.Exif()
            exif[0x0110] = camera(number, code)
            path = root / label / f"{name(number, code)}.jpg"
            path.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(pixels).save(path, exif=exif, quality=quality(number, code))
    return root


def shortcuts(root, **options):
    found = check_dataset(load_dataset(root, **options)).problems
    return [problem.text for problem in found if problem.kind == "shortcut"]


@pytest.mark.parametrize(
    ("properties", "words"),
    [
        ({"size": lambda number, code: 24 + 8 * code + number % 3}, "the size of the images"),
        ({"quality": lambda _, code: 70 + 20 * code}, "the compression of the files"),
        ({"camera": lambda _, code: f"Camera {code}"}, "the camera that the files name"),
        ({"rim": lambda number, code: 30 * code + number % 7}, "the colour of the rim"),
        ({"name": lambda number, code: f"IMG_{number:04}" if code else f"{number}"},
         "the form of the file names"),
    ],
)  # fmt: skip
def test_what_differs_by_class_is_told(tmp_path, properties, words):
    told = shortcuts(write_set(tmp_path / "in", **properties))
    (text,) = [text for text in told if f"can be told apart by {words} alone (" in text]
    assert "% right on other images, 50% by chance)" in text
    assert len(told) <= 2  # strong compression colours the rim


def test_what_differs_but_not_by_class_is_not_told(tmp_path):
    root = write_set(
        tmp_path / "in",
        size=lambda number, _: 24 + 8 * (number % 2),
        quality=lambda number, _: 70 + 20 * (number % 3 == 0),
        camera=lambda number, _: f"Camera {number % 4}",
        rim=lambda number, _: number % 7,
    )
    assert shortcuts(root) == []


def test_a_tenth_of_the_images_makes_no_shortcut(tmp_path):
    root = write_set(tmp_path / "in", size=lambda number, code: 24 + 8 * (code and number < 4))
    assert shortcuts(root) == []


def test_a_patient_who_is_known_by_a_property_is_no_shortcut(tmp_path):
    """Eight images of each of five patients a class: each has a camera of their own."""
    root = write_set(tmp_path / "in", camera=lambda number, code: f"{number // 8} of {code}")
    rows = ["image,label,patient"]
    rows += [
        f"{label}/{number}.jpg,{label},{label}{number // 8}"
        for label in "ab"
        for number in range(COUNT)
    ]
    (root / "t.csv").write_text("\n".join(rows))
    assert shortcuts(root / "t.csv") == []


def test_small_classes_say_nothing(tmp_path):
    root = write_set(tmp_path / "in", size=lambda _, code: 24 + 8 * code)
    for path in [*(root / "a").iterdir()][12:]:
        path.unlink()
    assert shortcuts(root) == []
