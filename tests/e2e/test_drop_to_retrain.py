"""Drop a labelled folder in, watch QMix train, see every image in its bucket, correct labels,
export a cleaned CSV, retrain with the corrections. Real events, a real training child.
"""

from __future__ import annotations

import csv
import hashlib

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from qmix_core.project.store import ProjectStore
from qmix_core.runs.run_options import RunOptions
from qmix_gui.app.main_window import MainWindow
from qmix_gui.export.dialog import ExportDialog
from qmix_gui.review.decisions.comparison_dialog import ComparisonDialog
from qmix_gui.review.model.image_scores import ImageScores, explanation_text
from qmix_gui.training.retrain_dialog import RetrainDialog

WAIT_MS = 90_000


@pytest.fixture
def short_run_window(qtbot, settings, theme):
    window = MainWindow(
        settings, theme, run_options=RunOptions(preset="quick", epochs=3, image_size=32)
    )
    # the screen of the offscreen platform is small
    window.resize(1440, 900)
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
    """Press a key on the current image; give the image's name."""
    qtbot.waitUntil(lambda: page.shown_sample() is not None, timeout=WAIT_MS)
    sample = page.shown_sample()
    with qtbot.waitSignal(page.session.decisions.made, timeout=WAIT_MS):
        qtbot.keyClick(page.stage.gallery, key)
    return page.session.project.samples[sample].image


def drop_and_train(qtbot, window, folder, drag_and_drop):
    """Drop a folder, start the run and wait for its results; give the workspace."""
    assert drag_and_drop(window, folder)
    start = window.preflight_page.card.start_button
    qtbot.waitUntil(lambda: start.isVisible() and start.isEnabled(), timeout=WAIT_MS)
    qtbot.mouseClick(start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=WAIT_MS)
    space = window.workspace
    qtbot.waitUntil(lambda: space.panel.progress.epoch > 0, timeout=WAIT_MS)
    # there are images to look at meanwhile
    assert space.page.queue.current is not None
    qtbot.waitUntil(lambda: space.session.verdicts.results is not None, timeout=WAIT_MS)
    return space


def export_cleaned(qtbot, window, out):
    """Export by the dialog; give the rows by image."""
    window.actions_by_id["file.export"].trigger()
    dialog = window.findChild(ExportDialog)
    dialog.path_edit.setText(str(out))
    with qtbot.waitSignal(dialog.exported, timeout=WAIT_MS):
        dialog.export_button.click()
    dialog.close()
    with out.open(newline="", encoding="utf-8") as file:
        return {row["image"]: row for row in csv.DictReader(file)}


def retrain(qtbot, window):
    """Train again; the list waits until the reader takes the results."""
    space = window.workspace
    window.actions_by_id["run.retrain"].trigger()
    window.findChild(RetrainDialog).start_button.click()
    bar = space.page.results_bar
    qtbot.waitUntil(bar.isVisible, timeout=WAIT_MS)
    assert space.session.verdicts.run == 1
    qtbot.mouseClick(bar.action_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: space.session.verdicts.run == 2, timeout=WAIT_MS)


def assert_sentences_agree_with_buckets(session):
    starts = ("Image and label agree", ("Labelled", "Borderline"), "Too poor to read")
    scores = ImageScores(session)
    for sample, bucket in enumerate(session.verdicts.results.bucket):
        assert explanation_text(session, sample, scores.of(sample)).startswith(starts[bucket])


def test_from_a_dropped_folder_to_a_retrained_project(
    qtbot, no_network, short_run_window, class_folders, drag_and_drop, tmp_path
):
    window = short_run_window
    before = fingerprints(class_folders)
    space = drop_and_train(qtbot, window, class_folders, drag_and_drop)
    assert sum(space.panel.progress.counts.values()) == 25
    assert (space.session.verdicts.results.bucket >= 0).all()
    assert_sentences_agree_with_buckets(space.session)

    page = space.page
    sick, healthy = (press(qtbot, page, key) for key in (Qt.Key.Key_2, Qt.Key.Key_1))
    excluded, kept, undone = (
        press(qtbot, page, key) for key in (Qt.Key.Key_X, Qt.Key.Key_K, Qt.Key.Key_X)
    )
    with qtbot.waitSignal(space.session.decisions.made):
        qtbot.keyClick(page.stage.gallery, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len({sick, healthy, excluded, kept, undone}) == 5

    rows = export_cleaned(qtbot, window, tmp_path / "cleaned.csv")
    assert len(rows) == 24
    assert excluded not in rows
    assert (rows[sick]["label"], rows[healthy]["label"]) == ("sick", "healthy")
    assert (rows[kept]["status"], rows[undone]["status"]) == ("confirmed", "unreviewed")
    reviewed = [image for image, row in rows.items() if row["status"] != "unreviewed"]
    assert sorted(reviewed) == sorted([sick, healthy, kept])

    retrain(qtbot, window)
    results, position = space.session.verdicts.results, space.session.reviews.position
    assert results.bucket[position[excluded]] == -1
    for image in (sick, healthy, kept):
        assert results.posterior[position[image]].tolist() == [1, 0, 0]

    window.actions_by_id["run.compare"].trigger()
    comparison = window.findChild(ComparisonDialog)
    words = " ".join(label.text() for label in comparison.findChildren(QLabel))
    assert "Of 3 images" in words
    comparison.close()

    folder = space.project.folder
    window.shut_down()
    with ProjectStore.open(folder) as project:
        assert [run.status for run in project.runs.all()] == ["done", "done"]
        assert project.decisions.review(excluded).reviewer == "Dr. Test"
    assert fingerprints(class_folders) == before
    # both training children ran without the network
    assert len(set(no_network.read_text().split())) >= 2
