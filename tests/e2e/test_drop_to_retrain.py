"""Drop a labelled folder in, watch QMix train, see every image in its bucket, correct labels,
export a cleaned CSV, retrain with the corrections. Real events, a real training child.
"""

from __future__ import annotations

import csv
import hashlib

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from qmix_core.project.store import Project
from qmix_gui.main_window import MainWindow
from qmix_gui.run_settings import RunSettings
from qmix_gui.views.comparison_dialog import ComparisonDialog
from qmix_gui.views.export_dialog import ExportDialog

WAIT_MS = 90_000


@pytest.fixture
def short_run_window(qtbot, settings, theme):
    window = MainWindow(settings, theme, run_settings=RunSettings(preset="tiny", epochs=3))
    window.show()
    yield window
    window.shut_down()
    window.close()
    window.deleteLater()


def fingerprints(folder):
    return {
        path: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def press(qtbot, page, key):
    """Press a key on the image at hand; give the image's name."""
    qtbot.waitUntil(lambda: page.shown_sample() is not None, timeout=WAIT_MS)
    sample = page.shown_sample()
    with qtbot.waitSignal(page.session.decided, timeout=WAIT_MS):
        qtbot.keyClick(page.stage.gallery, key)
    return page.session.project.samples[sample].image


@pytest.mark.timeout(180)
def test_from_a_dropped_folder_to_a_retrained_project(
    qtbot, short_run_window, class_folders, drag_and_drop, tmp_path
):
    window = short_run_window
    before = fingerprints(class_folders)

    # drop, check, start
    assert drag_and_drop(window, class_folders)
    start = window.preflight_page.start_button
    qtbot.waitUntil(lambda: start.isVisible() and start.isEnabled(), timeout=WAIT_MS)
    qtbot.mouseClick(start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=WAIT_MS)
    space = window.workspace

    # watch it train, with images to look at meanwhile
    qtbot.waitUntil(lambda: space.panel.progress.epoch > 0, timeout=WAIT_MS)
    assert space.page.queue.current is not None
    qtbot.waitUntil(lambda: space.session.results is not None, timeout=WAIT_MS)

    # every image is in a bucket
    total = sum(space.panel.progress.counts.values())
    assert total == 25
    assert (space.session.results.bucket >= 0).all()

    # correct labels by key: sick, healthy, exclude, keep, then one taken back
    page = space.page
    decided = {press(qtbot, page, Qt.Key.Key_2): "2"}
    decided[press(qtbot, page, Qt.Key.Key_1)] = "1"
    excluded = press(qtbot, page, Qt.Key.Key_X)
    kept = press(qtbot, page, Qt.Key.Key_K)
    undone = press(qtbot, page, Qt.Key.Key_X)
    with qtbot.waitSignal(space.session.decided):
        qtbot.keyClick(page.stage.gallery, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len({*decided, excluded, kept, undone}) == 5

    # export, and find exactly these decisions
    out = tmp_path / "cleaned.csv"
    window.actions_by_id["file.export"].trigger()
    dialog = window.findChild(ExportDialog)
    dialog.path_edit.setText(str(out))
    with qtbot.waitSignal(dialog.exported, timeout=WAIT_MS):
        dialog.export_button.click()
    dialog.close()
    with out.open(newline="", encoding="utf-8") as file:
        rows = {row["image"]: row for row in csv.DictReader(file)}
    assert len(rows) == 24
    assert excluded not in rows
    classes = {"1": "healthy", "2": "sick"}
    for image, key in decided.items():
        assert rows[image]["label"] == classes[key]
    assert rows[kept]["status"] == "confirmed"
    assert rows[undone]["status"] == "unreviewed"
    reviewed = [image for image, row in rows.items() if row["status"] != "unreviewed"]
    assert sorted(reviewed) == sorted([*decided, kept])

    # retrain with the corrections; the list waits until the reader takes the results
    window.actions_by_id["run.retrain"].trigger()
    qtbot.waitUntil(lambda: page.results_bar.isVisible(), timeout=WAIT_MS)
    assert space.session.run == 1
    qtbot.mouseClick(page.results_bar.action_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: space.session.run == 2, timeout=WAIT_MS)
    position = space.session.position
    assert space.session.results.bucket[position[excluded]] == -1
    for image in (*decided, kept):
        assert space.session.results.posterior[position[image]].tolist() == [1, 0, 0]

    # what changed is shown
    window.actions_by_id["run.compare"].trigger()
    comparison = window.findChild(ComparisonDialog)
    words = " ".join(label.text() for label in comparison.findChildren(QLabel))
    assert "3" in words
    comparison.close()

    folder = space.project.folder
    window.shut_down()
    with Project.open(folder) as project:
        assert [run.status for run in project.runs()] == ["done", "done"]
        assert project.review(excluded).reviewer == "Dr. Test"
    assert fingerprints(class_folders) == before
