"""Classes and images of an exported folder stay apart on every file system, and come in again."""

from __future__ import annotations

import csv
import os
import re
import unicodedata
from collections import Counter
from pathlib import PurePosixPath

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sample_images import paint
from table_files import project_of

from qmix_core.dataset.dataset import load_dataset
from qmix_core.dataset.labels.label_values import is_no_label
from qmix_core.dataset.tables.manifest import MANIFEST
from qmix_core.export.folder import export_folder
from qmix_core.export.folder_names import class_folders, free_names

AWKWARD = [
    "AMD/DR", "AMD:DR", "AMD\\DR", "Normal", "normal", "NORMAL", "mild", "mild.", "mild ", " mild",
    "CON", "con.txt", "COM1", "com\u00b9", "aux ", ".hidden", "..", "~$x", "x.qmix", "X.QMIX", "",
    "caf\u00e9", "cafe\u0301", "stra\u00dfe", "STRASSE", "\u773c" * 120, "\u773c" * 121, "a" * 300,
    "a\nb", "a\x7fb", "<b>bold</b>", "\u0131", "I", "\ufb01n", "fin", "manifest.csv", "_", "__",
]  # fmt: skip
WORD = st.text(st.sampled_from("aAbB.: _/\\con1*\u00e9\u0301\u00df\u773c\n"), max_size=6)
LABELS = st.lists(st.one_of(WORD, st.sampled_from(AWKWARD), st.text(max_size=90)), unique=True)
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9])(\..*)?", re.I)


def as_a_mac_sees(name):
    return unicodedata.normalize("NFD", name).casefold()


def as_windows_sees(name):
    return name.rstrip(". ").upper()


def assert_any_system_holds(name):
    assert name
    assert len(name.encode()) <= 255
    assert len(name.encode("utf-16-le")) <= 510
    assert not set(name) & set('<>:"/\\|?*')
    assert all(ord(sign) > 31 for sign in name)
    assert name[-1] not in " ."
    assert not name.startswith((".", " "))
    assert not RESERVED.fullmatch(name)


def assert_apart(names):
    for seen in (as_a_mac_sees, as_windows_sees):
        assert len({seen(name) for name in names}) == len(names)


@given(LABELS)
@example(AWKWARD)
def test_every_class_has_a_folder_of_its_own_on_every_system(labels):
    folders = class_folders(labels)
    assert set(folders) == set(labels)
    assert_apart(folders.values())
    for name in folders.values():
        assert_any_system_holds(name)
        assert not name.lower().endswith(".qmix")


@given(st.permutations(AWKWARD))
def test_the_order_of_the_classes_changes_no_name(labels):
    assert class_folders(labels) == class_folders(AWKWARD)


def test_a_class_that_needs_no_change_keeps_its_name():
    folders = class_folders(["mild.", "mild", "AMD:DR", "AMD_DR", "2", "Drusen & AMD"])
    assert [folders[name] for name in ("mild", "AMD_DR", "2", "Drusen & AMD")] == [
        "mild", "AMD_DR", "2", "Drusen & AMD",
    ]  # fmt: skip
    assert (folders["mild."], folders["AMD:DR"]) == ("mild_2", "AMD_DR_2")


PARTS = st.lists(st.one_of(WORD, st.text(max_size=90)).filter(bool), min_size=1, max_size=3)


@given(st.lists(st.tuples(st.sampled_from(["c", "d"]), PARTS, st.sampled_from([".png", ""]))))
@example([("c", ["n" * 251], ".png"), ("c", ["x", "n" * 251], ".png"), ("c", ["aux"], ".png")])
def test_every_image_has_a_name_of_its_own_on_every_system(images):
    wanted = [
        (folder, PurePosixPath(*[part.replace("/", "") or "x" for part in parts[:-1]],
                               (parts[-1].replace("/", "") or "x") + ending))
        for folder, parts, ending in images
    ]  # fmt: skip
    names = free_names(wanted)
    assert_apart(names)
    for name, (folder, _), (_, _, ending) in zip(names, wanted, images, strict=True):
        assert name.startswith(f"{folder}/")
        assert_any_system_holds(name.partition("/")[2])
        assert name.endswith(ending)


# a label has no blanks at its ends and fits a table; "" is none
COMING = st.lists(
    st.one_of(st.sampled_from(AWKWARD), st.text(min_size=1, max_size=40))
    .map(str.strip)
    .filter(lambda label: any(map(str.isalpha, label)) and label.isprintable())
    .filter(lambda label: label[0] not in "'=" and not is_no_label(label))
    .map(lambda label: label[:190]),
    unique=True, min_size=2, max_size=6,
)  # fmt: skip


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(COMING)
@example([label for label in AWKWARD if label.strip() == label and label.isprintable() and label])
def test_what_goes_out_comes_in_again_as_it_was(tmp_path_factory, labels):
    root = tmp_path_factory.mktemp("names")
    rows = []
    for number, label in enumerate(labels):
        paint(root / "in" / f"{number}.png", (number, 80, 90), number, size=16)
        rows.append((f"{number}.png", label[:190]))
    with (root / "in" / "labels.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("image", "label"), *rows])
    with project_of(root / "in" / "labels.csv", root / "p.qmix") as project:
        export_folder(project, root / "out")
        wanted = {project.files.path(s).read_bytes(): s.label for s in project.samples}
    again = load_dataset(root / "out")
    assert {
        (again.root / s.image).read_bytes(): s.label for s in again.samples
    } == wanted  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such folders")
def test_class_folders_that_differ_in_case_and_blanks_stay_apart(tmp_path):
    for number, label in enumerate(["Normal", "normal", "DR", "DR "]):
        for image in range(3):
            paint(tmp_path / "in" / label / f"{image}.png", (9 * number, 80, 90), image)
    with project_of(tmp_path / "in", tmp_path / "p.qmix") as project:
        export_folder(project, tmp_path / "out")
    again = load_dataset(tmp_path / "out")
    assert Counter(sample.label for sample in again.samples) == dict.fromkeys(
        ("DR", "DR ", "Normal", "normal"), 3
    )
    assert_apart([name for name in os.listdir(tmp_path / "out") if name != MANIFEST.file])


def test_a_folder_whose_list_was_changed_by_hand_keeps_its_own_name(tmp_path):
    for label in ("a", "b"):
        paint(tmp_path / "in" / label / "1.png", (9, 80, 90), 1)
        paint(tmp_path / "in" / label / "2.png", (9, 80, 90), 2)
    with project_of(tmp_path / "in", tmp_path / "p.qmix") as project:
        export_folder(project, tmp_path / "out")
    listed = tmp_path / "out" / MANIFEST.file
    listed.write_text(listed.read_text().replace("a/1.png,a", "a/1.png,c"))
    assert load_dataset(tmp_path / "out").classes == ("a", "b")
