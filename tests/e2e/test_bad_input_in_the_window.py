"""What a person can cause ends in a sentence that names the file, in the window too."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from sample_images import COLORS, paint

from qmix_core.project.store import ProjectStore
from qmix_core.runs.run_options import RunOptions
from qmix_gui.app.main_window import MainWindow

WAIT_MS = 60_000


@pytest.fixture
def open_window(settings, theme):
    opened = []

    def open_with(run_options=None):
        window = MainWindow(settings, theme, run_options=run_options)
        window.show()
        opened.append(window)
        return window

    yield open_with
    for window in opened:
        window.shut_down()
        window.close()
        window.deleteLater()


def empty_folder(root):
    root.mkdir()


def one_class_only(root):
    paint(root / "only" / "a.png", COLORS["sick"], 1)


def all_unreadable(root):
    for label in ("a", "b"):
        (root / label).mkdir(parents=True)
        (root / label / "text.png").write_text("no image")


def unknown_column(root):
    paint(root / "images" / "a.png", COLORS["sick"], 1)
    (root / "labels.csv").write_text("photo,verdict\na,1\n")


def table_of_missing_images(root):
    root.mkdir()
    (root / "labels.csv").write_text("image,label\nnowhere,1\nnever,2\n")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (empty_folder, "one sub-folder per class"),
        (one_class_only, "at least two classes"),
        (all_unreadable, "text.png"),
        (unknown_column, "photo, verdict"),
        (table_of_missing_images, "no image below"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_dropped_dataset_that_cannot_be_used_says_why(
    qtbot, open_window, drag_and_drop, tmp_path, make, words
):
    window = open_window()
    make(tmp_path / "bad set")
    assert drag_and_drop(window, tmp_path / "bad set")
    label = window.preflight_page.error_label
    qtbot.waitUntil(label.isVisible, timeout=WAIT_MS)
    assert words in label.text()
    assert "Traceback" not in label.text()


def test_weights_of_another_network_are_named_and_the_project_stays(
    qtbot, open_window, drag_and_drop, class_folders, tmp_path
):
    junk = tmp_path / "junk.pth"
    junk.write_bytes(b"no weights")
    window = open_window(RunOptions(preset="quick", weights=str(junk)))
    assert drag_and_drop(window, class_folders)
    start = window.preflight_page.card.start_button
    qtbot.waitUntil(lambda: start.isVisible() and start.isEnabled(), timeout=WAIT_MS)
    qtbot.mouseClick(start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.message_bar.isVisible(), timeout=WAIT_MS)
    assert "junk.pth" in window.workspace.panel.reason_label.text()
    folder = window.workspace.project.folder
    window.shut_down()
    with ProjectStore.open(folder) as project:
        assert [run.status for run in project.runs.all()] == ["failed"]
        assert len(project.samples) == 25
