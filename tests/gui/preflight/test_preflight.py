from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from qmix_core.project.store import ProjectStore
from qmix_core.runs.encoder_names import DOWNLOAD
from qmix_core.runs.run_options import RunOptions
from qmix_gui.app.main_window import MainWindow
from qmix_gui.preflight.jobs import make_demo, place_project

WAIT_MS = 20_000
BUSY, ERROR, READY = range(3)


def _state(window: MainWindow) -> int:
    return window.preflight_page._states.currentIndex()


def _check(qtbot, window: MainWindow, path: Path) -> None:
    window.check_dataset(path)
    assert _state(window) == BUSY
    qtbot.waitUntil(lambda: _state(window) != BUSY, timeout=WAIT_MS)


def test_a_checked_dataset_shows_its_classes_and_writes_nothing_into_it(
    qtbot, window, dataset_folder
):
    before = sorted(dataset_folder.rglob("*"))
    _check(qtbot, window, dataset_folder)
    page = window.preflight_page
    assert _state(window) == READY
    assert page.card.start_button.isEnabled()
    assert page.card.what_label.text() == "12 images, 3 classes"
    assert page.card.how_label.text().startswith("Built-in network, about ")
    assert page.card.folder_label.text() == str(dataset_folder.parent / "eyes.qmix")
    assert not page.card.existing_panel.isVisible()
    assert sorted(dataset_folder.rglob("*")) == before


def test_problems_are_grouped_with_every_sentence(qtbot, window, dataset_folder):
    (dataset_folder / "0_none" / "broken.png").write_bytes(b"no image")
    image = dataset_folder / "0_none" / "0.png"
    (dataset_folder / "1_some" / "copy.png").write_bytes(image.read_bytes())
    _check(qtbot, window, dataset_folder)
    tree = window.preflight_page.report.tree
    groups = [tree.topLevelItem(i) for i in range(tree.topLevelItemCount())]
    sentences = {
        group.text(0): [group.child(i).text(0) for i in range(group.childCount())]
        for group in groups
    }
    unreadable = next(v for k, v in sentences.items() if k.startswith("Unreadable"))
    assert "broken.png" in unreadable[0]
    assert any("different labels" in title for title in sentences)


def test_an_unusable_dataset_says_why_and_can_be_checked_again(qtbot, window, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    _check(qtbot, window, empty)
    page = window.preflight_page
    assert _state(window) == ERROR
    assert "No labelled image was found" in page.error_label.text()
    assert not page.card.start_button.isVisible()
    qtbot.mouseClick(page.again_button, Qt.MouseButton.LeftButton)
    assert _state(window) == BUSY


def test_a_table_with_strange_columns_is_read_once_they_are_chosen(
    qtbot, window, dataset_folder, tmp_path
):
    rows = [
        f"{p.relative_to(dataset_folder)},{p.parent.name}" for p in dataset_folder.rglob("*.png")
    ]
    table = tmp_path / "grades.csv"
    table.write_text("photo,stage\n" + "\n".join(rows) + "\n", encoding="utf-8")
    _check(qtbot, window, table)
    page = window.preflight_page
    assert _state(window) == ERROR
    form = page.table_form
    assert form.isVisible()
    form.images_edit.setText(str(dataset_folder))
    form.image_box.setCurrentText("photo")
    form.label_box.setCurrentText("stage")
    form._request()
    qtbot.waitUntil(lambda: _state(window) == READY, timeout=WAIT_MS)
    assert "photo" in page.card.form_label.text()
    assert "stage" in page.card.form_label.text()


def test_an_existing_project_of_the_dataset_is_offered(qtbot, window, dataset_folder):
    from qmix_core.dataset.dataset import load_dataset
    from qmix_core.preflight.check import check_dataset

    dataset = check_dataset(load_dataset(dataset_folder)).dataset
    folder = dataset_folder.parent / "eyes.qmix"
    ProjectStore.create(folder, dataset).close()
    _check(qtbot, window, dataset_folder)
    page = window.preflight_page
    assert page.card.existing_panel.isVisible()
    assert page.card.folder_label.text().endswith("eyes-2.qmix")
    assert window.focusWidget() is page.card.existing_button
    assert page.card.start_button.property("kind") != "primary"
    with qtbot.waitSignal(page.open_requested) as opened:
        qtbot.mouseClick(page.card.existing_button, Qt.MouseButton.LeftButton)
    assert opened.args[0] == folder


def test_a_parent_that_cannot_be_written_moves_the_project_to_the_documents(
    dataset_folder, tmp_path, monkeypatch
):
    from qmix_core.dataset.dataset import load_dataset

    monkeypatch.setattr("qmix_gui.preflight.jobs.os.access", lambda *_: False)
    monkeypatch.setattr("qmix_gui.preflight.jobs.user_documents_path", lambda: tmp_path / "docs")
    folder, existing = place_project(load_dataset(dataset_folder), "eyes")
    assert folder == tmp_path / "docs" / "eyes.qmix"
    assert existing is None


def test_cancel_leads_back_to_the_first_page(qtbot, window, dataset_folder):
    window.check_dataset(dataset_folder)
    qtbot.mouseClick(window.preflight_page.cancel_button, Qt.MouseButton.LeftButton)
    assert window.stack.currentWidget() is window.welcome_page
    qtbot.waitUntil(lambda: window.new_project.check_job.is_drained, timeout=WAIT_MS)
    # the dropped check changes nothing any more
    assert window.stack.currentWidget() is window.welcome_page


@pytest.mark.parametrize(
    ("chosen", "is_fine"),
    [
        (RunOptions(), True),
        (RunOptions(preset="quick"), True),
        (RunOptions(preset="standard"), True),
        (RunOptions(encoder="resnet18"), False),
        (RunOptions(encoder="resnet18", weights=DOWNLOAD), True),
        (RunOptions(preset="quick", weights="/no-such-file.pth"), False),
    ],
)
def test_start_needs_settings_that_can_be_run(qtbot, window, dataset_folder, chosen, is_fine):
    _check(qtbot, window, dataset_folder)
    form = window.preflight_page.options_form
    form.set_options(chosen)
    assert form.options() == chosen
    assert (form.problem == "") is is_fine
    assert window.preflight_page.card.start_button.isEnabled() is is_fine


def test_the_demo_set_is_generated_once(qtbot, window, monkeypatch, isolated_user_folders):
    calls = []

    def write_demo(folder: Path, *, progress) -> None:
        calls.append(folder)
        folder.mkdir(parents=True)
        progress(1, 2)
        (folder / "truth.csv").write_text("", encoding="utf-8")

    monkeypatch.setattr("qmix_core.simulation.demo.write_demo", write_demo)
    window.actions_by_id["file.demo"].trigger()
    on_preflight = lambda: window.stack.currentWidget() is window.preflight_page  # noqa: E731
    qtbot.waitUntil(on_preflight, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: _state(window) == ERROR, timeout=WAIT_MS)  # it holds no image
    assert calls == [isolated_user_folders / "demo"]
    make_demo(calls[0])(lambda *_: None, None)
    assert len(calls) == 1
