from __future__ import annotations

import sys
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import Qt
from stand_in_runs import is_preflight_ready

from qmix_core.base.types import Action
from qmix_core.dataset.dataset import load_dataset
from qmix_core.preflight.check import check_dataset
from qmix_core.project.store import ProjectStore
from qmix_gui.export.dialog import ExportDialog
from qmix_gui.settings.settings import RECENT, REVIEWER, SCHEME, Settings
from qmix_gui.theme.bucket_style import is_dark
from qmix_gui.widgets.reviewer_prompt import ReviewerPrompt

WAIT_MS = 20_000


def test_it_starts_on_the_welcome_page_with_the_review_keys_asleep(window):
    assert window.stack.currentWidget() is window.welcome_page
    assert not window.actions_by_id["review.accept"].isEnabled()
    assert not window.actions_by_id["file.export"].isEnabled()
    assert not window.actions_by_id["run.retrain"].isEnabled()


def test_opening_and_closing_a_project_leaves_nothing_open(qtbot, window, project_folder):
    assert window.open_project(project_folder)
    page = window.workspace.page
    assert window.stack.currentWidget() is page
    assert window.windowTitle().startswith("review")
    assert window.actions_by_id["review.exclude"].isEnabled()
    with qtbot.waitSignal(page.destroyed, timeout=WAIT_MS):
        window.actions_by_id["file.close"].trigger()
    assert window.workspace is None
    assert window.stack.currentWidget() is window.welcome_page
    assert [row._folder for row in window.welcome_page.recent_rows] == [project_folder]
    opened = [file.path for file in psutil.Process().open_files()]
    assert not any("project.sqlite" in path for path in opened)


def test_what_is_no_project_is_told_on_the_page(window, tmp_path):
    assert not window.open_project(tmp_path)
    assert "no QMix project" in window.welcome_page.error_label.text()
    assert window.stack.currentWidget() is window.welcome_page


def test_a_failed_open_keeps_the_project_that_is_open(window, project_folder, tmp_path):
    window.open_project(project_folder)
    workspace = window.workspace
    assert not window.open_project(tmp_path)
    assert window.workspace is workspace
    assert "no QMix project" in window.message_bar.text
    assert workspace.session.decisions.decide([0], Action.CONFIRM)


def test_the_file_that_export_proposes_can_be_written_where_the_project_lies_in_the_dataset(
    qtbot, window, dataset_folder
):
    dataset = check_dataset(load_dataset(dataset_folder)).dataset
    with ProjectStore.create(dataset_folder / "inside.qmix", dataset) as project:
        folder = project.folder
    window.open_project(folder)
    window.actions_by_id["file.export"].trigger()
    dialog = window.findChild(ExportDialog)
    dialog.export_button.click()
    qtbot.waitUntil(dialog.folder_button.isVisible, timeout=WAIT_MS)
    assert Path(dialog.path_edit.text()).parent == dataset_folder.parent
    dialog.close()


def test_a_drop_anywhere_in_the_window_opens_it(qtbot, window, drag_and_drop, project_folder):
    assert drag_and_drop(window, project_folder)
    assert window.workspace is not None


def test_a_window_that_is_open_read_only_disables_what_it_cannot_do(window, project_folder):
    with ProjectStore.open(project_folder) as other:
        other.begin_review()
        window.open_project(project_folder)
        assert window.workspace.project.read_only
        actions = window.actions_by_id
        for name in ("review.accept", "review.exclude", "class.1", "run.retrain", "review.undo"):
            assert not actions[name].isEnabled(), name
        assert actions["file.export"].isEnabled()
        assert actions["view.viewer"].isEnabled()
    window.close_project()
    window.open_project(project_folder)
    assert actions["review.accept"].isEnabled()
    assert actions["run.retrain"].isEnabled()


def test_before_a_run_no_time_for_suspicious_images_is_told(window, project_folder, add_run):
    window.open_project(project_folder)
    decide = window.workspace.session.decisions.decide
    for sample in range(8):
        decide([sample], Action.CONFIRM)
    assert window.review_status.count_label.text() == "8 of 12 reviewed"


def test_the_first_page_tells_how_far_a_project_is(window, project_folder):
    window.open_project(project_folder)
    window.workspace.session.decisions.decide([0, 3], Action.EXCLUDE)
    window.close_project()
    (row,) = window.welcome_page.recent_rows
    assert row.progress_label.text() == "2 of 12 reviewed"
    row.remove_button.click()
    assert window._settings.progress(project_folder) is None


def test_the_tool_bar_repeats_no_decision_button(window):
    shown = {action.objectName() for action in window._tool_bar.actions()}
    assert "run.retrain" in shown
    assert "review.undo" in shown
    decisions = ("accept", "confirm", "exclude", "retake", "keep_poor", "ambiguous", "note")
    assert shown.isdisjoint(f"review.{name}" for name in decisions)


def test_the_reviewer_is_asked_once_and_remembered(qtbot, window, settings, project_folder):
    settings.set(REVIEWER, "")
    window.open_project(project_folder)
    prompt = window.findChild(ReviewerPrompt)
    prompt.name_edit.clear()
    assert not prompt.ok_button.isEnabled()
    qtbot.keyClicks(prompt.name_edit, "Dr. Eye")
    qtbot.mouseClick(prompt.ok_button, Qt.MouseButton.LeftButton)
    assert window.workspace.session.decisions.reviewer == "Dr. Eye"
    assert settings.get(REVIEWER) == "Dr. Eye"
    assert window.review_status.reviewer_button.text() == "Dr. Eye"


def test_the_status_bar_counts_reviewed_images(window, project_folder):
    window.open_project(project_folder)
    session = window.workspace.session
    assert window.review_status.count_label.text() == "0 of 12 reviewed"
    session.decisions.decide([0], Action.CONFIRM)
    session.decisions.decide([3], Action.EXCLUDE)
    assert window.review_status.count_label.text() == "2 of 12 reviewed"
    session.decisions.undo()
    assert window.review_status.count_label.text() == "1 of 12 reviewed"


def test_the_theme_is_switched_and_remembered(window, settings):
    assert is_dark()
    window.actions_by_id["view.dark"].trigger()
    assert not is_dark()
    assert settings.get(SCHEME) == "light"
    window.actions_by_id["view.system_theme"].trigger()
    assert settings.get(SCHEME) == "system"


def test_a_value_of_another_type_counts_as_absent(tmp_path):
    path = tmp_path / "settings.ini"
    path.write_text('[files]\nrecent=17\n[reviewer]\nname="\\"Eve\\""\n', encoding="utf-8")
    settings = Settings(path)
    assert settings.get(RECENT) == []
    assert settings.get(REVIEWER) == "Eve"


def test_choosing_a_folder_checks_it(qtbot, window, dataset_folder, monkeypatch):
    monkeypatch.setattr(
        "qmix_gui.start.source_chooser.QFileDialog.getExistingDirectory",
        lambda *_: str(dataset_folder),
    )
    window.actions_by_id["file.open"].trigger()
    qtbot.waitUntil(lambda: is_preflight_ready(window), timeout=WAIT_MS)


@pytest.mark.skipif(sys.platform == "win32", reason="folders can be replaced on POSIX only")
def test_a_damaged_project_is_told_apart(window, project_folder):
    (project_folder / "project.sqlite").write_bytes(b"not a database at all" * 100)
    for rest in project_folder.glob("project.sqlite-*"):
        rest.unlink()
    assert not window.open_project(project_folder)
    assert "cannot be read" in window.message_bar.text
    with pytest.raises(Exception, match="cannot be read"):
        ProjectStore.open(project_folder)
