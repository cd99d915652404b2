"""How a table is read can be seen and corrected in the window, for every form of table."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from table_files import make_sheet

from qmix_core.dataset.dataset import load_dataset
from qmix_core.preflight.check import check_dataset
from qmix_core.project.store import ProjectStore
from qmix_gui.export.dialog import ExportDialog, ReviewSummary
from qmix_gui.preflight.table_options_form import TableOptionsForm
from qmix_gui.start.sources import find_source

WAIT_MS = 20_000
BUSY, ERROR, READY = range(3)


@pytest.fixture
def images(tmp_path):
    folder = tmp_path / "set" / "images"
    folder.mkdir(parents=True)
    rng = np.random.default_rng(0)
    for number in range(6):
        for side in ("left", "right"):
            pixels = rng.integers(0, 256, (72, 72, 3), dtype=np.uint8)
            Image.fromarray(pixels).save(folder / f"{number}_{side}.png")
    return folder


def state_after_check(qtbot, window):
    page = window.preflight_page
    qtbot.waitUntil(lambda: page._states.currentIndex() != BUSY, timeout=WAIT_MS)
    return page._states.currentIndex()


def open_source(qtbot, window, path):
    source = find_source(path)
    assert source.problem == ""
    window.check_dataset(source.path)
    return state_after_check(qtbot, window)


def read_again(qtbot, window):
    window.preflight_page.table_form._request()
    return state_after_check(qtbot, window)


def kinds(page):
    tree = page.report.tree
    return [tree.topLevelItem(i).text(0) for i in range(tree.topLevelItemCount())]


def test_a_folder_with_an_odir_workbook_asks_for_the_disease(qtbot, window, images):
    header = ["ID", "Left-Fundus", "Right-Fundus", "Left-Diagnostic Keywords",
              "Right-Diagnostic Keywords", "N", "D", "G"]  # fmt: skip
    rows = [
        [n, f"{n}_left.png", f"{n}_right.png", "drusen", "drusen", 0, n % 2, 1 - n % 2]
        for n in range(6)
    ]
    make_sheet(images.parent / "odir.xlsx", [header, *rows])
    assert open_source(qtbot, window, images.parent) == ERROR
    form = window.preflight_page.table_form
    assert form.target_box.isVisible()
    assert not form.label_box.isVisible()
    assert [form.target_box.itemText(i) for i in range(form.target_box.count())] == ["D", "G"]
    form.target_box.setCurrentText("G")
    assert read_again(qtbot, window) == READY
    page = window.preflight_page
    assert "labels in “G”" in page.card.form_label.text()
    assert any("patient" in kind for kind in kinds(page))


def test_the_sheet_the_patients_and_the_split_can_be_corrected(qtbot, window, images):
    rows = [
        [f"{n}_{side}", n % 3, f"P{n}", "test" if n > 3 else "train"]
        for n in range(6)
        for side in ("left", "right")
    ]
    header = ["picture", "level", "who", "part"]
    make_sheet(images.parent / "t.xlsx", [["remarks"], ["none"]], [header, *rows])
    assert open_source(qtbot, window, images.parent / "t.xlsx") == ERROR
    form: TableOptionsForm = window.preflight_page.table_form
    form.sheet_box.setCurrentText("Sheet2")
    form.sheet_box.activated.emit(1)
    for box, name in (
        (form.image_box, "picture"), (form.label_box, "level"), (form.patient_box, "who"),
        (form.split_box, "part"),
    ):  # fmt: skip
        box.setCurrentText(name)
    form.split_value_box.setCurrentText("train")
    form.leave_out_edit.setText("2")
    assert read_again(qtbot, window) == READY
    page = window.preflight_page
    dataset = page._checked.preflight.dataset
    assert len(dataset.samples) == 6
    assert dataset.classes == ("0", "1")
    assert "t.xlsx (Sheet2)" in page.card.form_label.text()
    assert "patients in “who”" in page.card.form_label.text()
    assert form.image_box.itemText(0) == "by its name: none found"
    assert form.label_box.itemText(0) == "by its name: level"
    # what was chosen is there again when the table is to be read in yet another way
    page._show_table_options()
    assert form.split_value_box.currentData() == "train"
    assert form.patient_box.currentData() == "who"
    assert form.leave_out_edit.text() == "2"


@pytest.mark.parametrize(
    ("name", "kind", "suffix"),
    [("t.xlsx", "cleaned", ".xlsx"), ("t.txt", "cleaned", ".txt"), ("t.txt", "scores", ".csv")],
)
def test_an_export_is_proposed_in_the_form_of_the_labels(
    qtbot, theme, images, tmp_path, name, kind, suffix
):
    path = images.parent / name
    if suffix == ".xlsx":
        make_sheet(path, [["image", "level"], ["0_left", 0], ["1_left", 1]])
    else:
        path.write_text("0_left.png 0\n1_left.png 1\n")
    dataset = check_dataset(load_dataset(path)).dataset
    with ProjectStore.create(tmp_path / "p.qmix", dataset) as project:
        dialog = ExportDialog(project, ReviewSummary(0, False), folder=tmp_path / "out")
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.cards[kind].radio.setChecked(True)
        assert dialog.path_edit.text().endswith(f"p-{kind}{suffix}")
        qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(dialog.result_label.isVisible, timeout=WAIT_MS)
        assert "2 rows" in dialog.result_label.text()
        assert (tmp_path / "out" / f"p-{kind}{suffix}").is_file()


def test_images_without_any_label_are_listed_apart(qtbot, window, images):
    table = images.parent / "t.csv"
    table.write_text("image,label\n0_left,0\n1_left,1\n2_left,\n")
    assert open_source(qtbot, window, table) == READY
    found = kinds(window.preflight_page)
    assert any(kind.startswith("Images without any label") for kind in found)
    assert any(kind.startswith("Without a label in the table") for kind in found)
