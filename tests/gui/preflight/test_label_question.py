"""The window asks what the labels are where a folder does not say it, and orders the classes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from table_files import make_images

from qmix_core.project.store import ProjectStore
from qmix_core.runs.run_options import RunOptions
from qmix_gui.preflight.class_samples import ClassRow

WAIT_MS = 20_000
BUSY, ERROR, READY, QUESTION = range(4)


@pytest.fixture
def check(qtbot, window):
    """Open a path, and give the page once it is no more busy."""

    def opened(path):
        window.check_dataset(path)
        return wait()

    def wait():
        page = window.preflight_page
        qtbot.waitUntil(lambda: page._states.currentIndex() != BUSY, timeout=WAIT_MS)
        return page

    opened.wait = wait
    return opened


def make_tree(root, *folders):
    for number, folder in enumerate(folders):
        make_images(root / folder, [f"{number}_{at}.png" for at in range(3)])


@pytest.mark.parametrize(
    ("button", "classes"), [(0, ("a", "b")), (1, ("left", "right"))], ids=["table", "folders"]
)
def test_a_table_and_folders_that_differ_are_shown_to_choose(
    qtbot, check, tmp_path, button, classes
):
    make_tree(tmp_path / "set", "left", "right")
    rows = "".join(f"{n}_{at}.png,{'ab'[at % 2]}\n" for n in range(2) for at in range(3))
    (tmp_path / "set" / "labels.csv").write_text(f"image,label\n{rows}")
    page = check(tmp_path / "set")
    assert page._states.currentIndex() == QUESTION
    assert len(page.question_panel.buttons) == 2
    qtbot.mouseClick(page.question_panel.buttons[button], Qt.MouseButton.LeftButton)
    page = check.wait()
    assert page._states.currentIndex() == READY
    assert page._checked.preflight.dataset.classes == classes


def test_a_flat_folder_offers_to_choose_its_table(qtbot, check, tmp_path, monkeypatch):
    make_images(tmp_path / "flat", ["a.png", "b.png"])
    table = tmp_path / "labels.csv"
    table.write_text("image,label\na,x\nb,y\n")
    page = check(tmp_path / "flat")
    assert page._states.currentIndex() == QUESTION
    assert page.question_panel.buttons == []
    chosen = "qmix_gui.preflight.label_question.QFileDialog.getOpenFileName"
    monkeypatch.setattr(chosen, lambda *_: (str(table), ""))
    qtbot.mouseClick(page.question_panel.table_button, Qt.MouseButton.LeftButton)
    page = check.wait()
    assert page._states.currentIndex() == READY
    assert page._checked.preflight.dataset.root == tmp_path / "flat"


def test_spellings_are_merged_with_one_click(qtbot, check, tmp_path, window):
    make_tree(tmp_path / "set", "Normal", "normal", "DR", "AMD")
    page = check(tmp_path / "set")
    tree = page.report.tree
    kinds = [tree.topLevelItem(i) for i in range(tree.topLevelItemCount())]
    tree.setCurrentItem(next(i for i in kinds if i.data(0, Qt.ItemDataRole.UserRole) == "spelling"))
    qtbot.mouseClick(page.report.merge_button, Qt.MouseButton.LeftButton)
    assert "merged" in tree.currentItem().text(0)
    decisions = page._choices.decisions()
    assert [(new.of_class, new.label) for new in decisions] == [("normal", "Normal")]


def test_the_scale_is_shown_can_be_changed_and_is_kept(qtbot, check, tmp_path, window):
    make_tree(tmp_path / "set", "No_DR", "Mild", "Severe")
    page = check(tmp_path / "set")
    assert page.report.scale_label.text().startswith("Grades")
    assert len(page.report.findChildren(ClassRow)) == 3
    page.options_form.set_options(RunOptions())
    page.report.scale_button.click()
    dialog = page.report.scale_dialog
    assert [dialog.table.item(row, 0).text() for row in range(3)] == ["No_DR", "Mild", "Severe"]
    dialog.table.item(1, 1).setText("1 · Mild NPDR")
    dialog.table.setCurrentCell(2, 1)
    dialog.up_button.click()
    dialog.accept()
    page.start_requested.disconnect()
    with qtbot.waitSignal(page.start_requested) as blocker:
        page.card.start_button.click()
    dataset = blocker.args[0].dataset
    with ProjectStore.create(tmp_path / "p.qmix", dataset) as project:
        assert project.scale.order == ("No_DR", "Severe", "Mild")
        assert project.scale.is_ordered
        assert project.scale.display("Mild") == "1 · Mild NPDR"
