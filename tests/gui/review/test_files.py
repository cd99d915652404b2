"""Files that move and change while a reader is at work, through the window."""

from __future__ import annotations

import hashlib
import shutil
import threading
import time

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication, QTreeWidgetItemIterator

from qmix_core.base.types import Action
from qmix_core.project.operations.file_scan import dataset_state
from qmix_core.project.store import ProjectStore
from qmix_gui.review.files import dataset_watcher as files_desk

WAIT_MS = 20_000


@pytest.fixture
def opened(qtbot, window, project_folder, add_run):
    """The window on a project with a run, its files looked at."""
    add_run(project_folder)
    window.open_project(project_folder)
    wait_for_files(qtbot, window)
    return window


def wait_for_files(qtbot, window):
    files = window.workspace.page.files
    qtbot.waitUntil(lambda: not files.is_busy, timeout=WAIT_MS)
    return files


def look(qtbot, window):
    window.workspace.page.files.look()
    return wait_for_files(qtbot, window)


def listed(dialog):
    walk, names = QTreeWidgetItemIterator(dialog.tree), []
    while walk.value():
        names.append(walk.value().text(0))
        walk += 1
    return "\n".join(names)


def repaint(path, seed):
    pixels = np.random.default_rng(seed).integers(0, 256, (72, 72, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(path)


def hashes(folder):
    return {
        path.relative_to(folder): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*.png")
    }


def test_untouched_files_are_not_spoken_of(qtbot, opened):
    files = opened.workspace.page.files
    assert files.state.is_unchanged
    assert files.bar.isHidden()


@pytest.mark.parametrize("door", ["drop", "button"])
def test_a_moved_folder_is_found_again(
    qtbot, window, project_folder, dataset_folder, drag_and_drop, monkeypatch, door
):
    before = hashes(dataset_folder)
    new = dataset_folder.with_name("elsewhere")
    dataset_folder.rename(new)
    window.open_project(project_folder)
    files = wait_for_files(qtbot, window)
    assert f"The images are not at {dataset_folder} any more" in files.bar.text
    first = window.workspace
    if door == "drop":
        assert drag_and_drop(window, new)
    else:
        monkeypatch.setattr(files_desk.QFileDialog, "getExistingDirectory", lambda *_: str(new))
        files.bar.buttons["find"].click()
    qtbot.waitUntil(lambda: window.workspace is not first, timeout=WAIT_MS)
    assert "12 of 12 images match" in window.message_bar.text
    assert window.workspace.project.root == new
    page = window.workspace.page
    wait_for_files(qtbot, window)
    assert page.files.bar.isHidden()
    qtbot.waitUntil(lambda: page.thumbnails.pixmap(page.queue.current) is not None)
    assert hashes(new) == before


def test_a_folder_of_other_images_is_refused_with_figures(
    qtbot, window, project_folder, dataset_folder
):
    other = dataset_folder.with_name("other")
    shutil.copytree(dataset_folder, other)
    for path in other.rglob("*.png"):
        repaint(path, 7)
    dataset_folder.rename(dataset_folder.with_name("away"))
    window.open_project(project_folder)
    files = wait_for_files(qtbot, window)
    files.relink(other)
    qtbot.waitUntil(lambda: "0 of 12 images match" in files.bar.text, timeout=WAIT_MS)
    assert list(files.bar.buttons) == ["find"]
    assert window.workspace.project.root == dataset_folder


def test_a_folder_with_an_altered_image_asks_first_and_marks_it(
    qtbot, window, project_folder, dataset_folder, tmp_path
):
    other = tmp_path / "other"
    shutil.copytree(dataset_folder, other)
    repaint(other / "0_none" / "0.png", 7)
    dataset_folder.rename(dataset_folder.with_name("away"))
    window.open_project(project_folder)
    files = wait_for_files(qtbot, window)
    files.relink(other)
    qtbot.waitUntil(lambda: "use" in files.bar.buttons, timeout=WAIT_MS)
    assert "11 of 12 images match, 1 have other content" in files.bar.text
    files.bar.buttons["use"].click()
    assert window.workspace.project.root == other
    assert window.workspace.session.files.mark(0) == "altered"


def test_altered_images_lose_verdict_and_decision_until_taken_in(qtbot, opened, dataset_folder):
    session, page = opened.workspace.session, opened.workspace.page
    session.decisions.decide([0, 1], Action.EXCLUDE)
    order = page.queue.model.order.tolist()
    repaint(dataset_folder / "0_none" / "0.png", 7)
    files = look(qtbot, opened)
    # its stamp was never kept: only a close look can tell
    files.check_every_file()
    wait_for_files(qtbot, opened)
    assert "0_none/0.png" in listed(files.dialog)
    assert session.files.mark(0) == "altered"
    assert session.verdicts.bucket(0) is None
    assert session.reviews.of(0).status == "unreviewed"
    assert session.reviews.of(1).status == "excluded"
    assert page.queue.model.order.tolist() == order
    page.open_sample(0)
    assert "has changed" in page.why_card.file_note.text()
    assert "no verdict" in page.why_card.verdict.text()
    assert not session.decisions.decide([0], Action.CONFIRM)
    assert "has changed on disk" in page.message_bar.text

    files.dialog.buttons["show"].click()
    assert page.queue.model.order.tolist() == [0]
    files.show_files()
    files.dialog.buttons["take"].click()

    assert opened.workspace.session is not session
    session = opened.workspace.session
    assert session.files.mark(0) is None
    assert session.verdicts.bucket(0) is None
    assert session.decisions.decide([0], Action.CONFIRM)
    assert opened.workspace.page.queue.current == 0


def test_new_images_are_added_from_the_dialog_at_the_end(qtbot, opened, dataset_folder):
    sample = opened.workspace.page.queue.current
    for number in range(3):
        repaint(dataset_folder / "1_some" / f"new{number}.png", number)
    (dataset_folder / "2_much" / "0.png").unlink()
    files = look(qtbot, opened)
    assert "3 new, 1 missing" in files.bar.text
    files.bar.buttons["details"].click()
    text = listed(files.dialog)
    assert "1_some/new0.png" in text
    assert "2_much/0.png" in text
    files.dialog.buttons["add"].click()
    project = opened.workspace.project
    assert [item.image for item in project.samples[12:]] == [f"1_some/new{n}.png" for n in range(3)]
    assert opened.workspace.session.verdicts.bucket(12) is None
    assert opened.workspace.page.queue.current == sample
    assert "3 images were added" in opened.message_bar.text


def test_a_renamed_image_goes_on_under_its_new_name(qtbot, opened, dataset_folder):
    session = opened.workspace.session
    session.decisions.decide([0], Action.EXCLUDE)
    (dataset_folder / "0_none" / "0.png").rename(dataset_folder / "0_none" / "first.png")
    files = look(qtbot, opened)
    assert "1 renamed" in files.bar.text
    assert session.reviews.of(0).status == "excluded"
    page = opened.workspace.page
    page.open_sample(0)
    assert "first.png" in page.why_card._name.text()
    qtbot.waitUntil(lambda: page.shown_sample() == 0)
    assert page.stage.viewer.image.picture.problem == ""


def test_nothing_is_taken_in_while_a_training_runs(qtbot, opened, dataset_folder):
    repaint(dataset_folder / "1_some" / "new.png", 1)
    files = look(qtbot, opened)
    files.set_training(True)
    files.show_files()
    assert not files.dialog.buttons["add"].isEnabled()
    files.relink(dataset_folder)
    assert "Wait for the training" in opened.workspace.page.message_bar.text


def test_a_dead_drive_holds_neither_opening_nor_closing_up(
    qtbot, window, project_folder, dataset_folder, monkeypatch, add_run
):
    add_run(project_folder)
    answer = threading.Event()

    def never(*arguments, **options):
        answer.wait(30)
        return dataset_state(*arguments, **options)

    monkeypatch.setattr(files_desk, "dataset_state", never)
    monkeypatch.setattr(files_desk, "SLOW_MS", 50)
    start = time.monotonic()
    window.open_project(project_folder)
    files = window.workspace.page.files
    qtbot.waitUntil(lambda: "answers slowly" in files.bar.text, timeout=WAIT_MS)
    window.close_project()
    QApplication.processEvents()
    assert time.monotonic() - start < 10
    answer.set()


def test_opening_asks_the_disk_nothing_about_the_dataset(
    monkeypatch, qapp, project_folder, dataset_folder
):
    asked = []
    for name in ("stat", "scandir", "listdir"):
        real = getattr(files_desk.Path if name == "stat" else __import__("os"), name)

        def watch(path, *rest, real=real, **options):
            if str(path).startswith(str(dataset_folder)):
                asked.append(str(path))
            return real(path, *rest, **options)

        target = files_desk.Path if name == "stat" else __import__("os")
        monkeypatch.setattr(target, name, watch)
    with ProjectStore.open(project_folder) as project:
        project.runs.results(1)
        project.decisions.reviews()
    assert asked == []
