"""Image quality judged before the training, with labels and without; the child is a stand-in."""

from __future__ import annotations

import csv
import json

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from qmix_core.base.types import Status
from qmix_core.project.store import ProjectStore

WAIT_MS = 20_000
ERROR, READY, QUESTION = 1, 2, 3
#: Every fourth image is poor, the third cannot be read; waits for leave where it is told to.
CHILD = """
    import json
    from pathlib import Path
    from qmix_core.runs.quality_report import *
    folder, wait = Path(sys.argv[1]), Path(sys.argv[4])
    request = load_request(Path(sys.argv[2]))
    files = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.png"))]
    names = request.images or files
    Path(sys.argv[5]).write_text(json.dumps([names, request.labels, os.getpid()]))
    say(Preparing("embedding", 1, len(names)))
    while not wait.exists():
        time.sleep(0.02)
    say(Preparing("embedding", len(names), len(names)))
    def one(place, name):
        if place == 2:
            return ImageQuality(name, None, problem=f"{name} cannot be read.")
        poor = place % 4 == 0
        return ImageQuality(name, 0.1 + place / 100 if poor else 0.95, "haze" if poor else "")
    images = tuple(one(place, name) for place, name in enumerate(names))
    save_report(Path(sys.argv[3]), QualityReport(images, True, True, request.labels[:1]))
"""


@pytest.fixture
def child(monkeypatch, tmp_path, child_command):
    """Paths of the leave to go on and of what the child was asked."""
    leave, asked = tmp_path / "leave", tmp_path / "asked.json"
    command = child_command(CHILD)
    monkeypatch.setattr(
        "qmix_gui.preflight.quality_job.judge_command",
        lambda *places: [*command, *map(str, places), str(leave), str(asked)],
    )
    return leave, asked


@pytest.fixture
def page(qtbot, window, dataset_folder):
    return shown(qtbot, window, dataset_folder, READY)


def shown(qtbot, window, folder, state):
    window.check_dataset(folder)
    page = window.preflight_page
    qtbot.waitUntil(lambda: page._states.currentIndex() == state, timeout=WAIT_MS)
    return page


def judged(qtbot, page, button, child):
    child[0].touch()
    button.click()
    qtbot.waitUntil(page.quality_dialog.save_button.isVisible, timeout=WAIT_MS)
    return page.quality_dialog


def kinds(page):
    tree = page.report.tree
    items = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    return {item.data(0, Qt.ItemDataRole.UserRole): item for item in items}


def test_it_shows_how_far_it_is_and_then_counts_reasons_and_what_must_be_known(qtbot, page, child):
    page.report.quality_button.click()
    dialog = page.quality_dialog
    qtbot.waitUntil(lambda: dialog.busy_label.text() == "1 of 12 images", timeout=WAIT_MS)
    assert dialog.cancel_button.isVisible()
    child[0].touch()
    qtbot.waitUntil(dialog.save_button.isVisible, timeout=WAIT_MS)
    assert [label.text() for label in dialog.counts.values()] == ["8", "0", "3"]
    assert "Files that cannot be read: 1" in dialog.other_label.text()
    assert "haze 3" in dialog.reasons_label.text()
    assert "Most images of '0_none' are hazy: judged among themselves." in (
        dialog.remarks_label.text()
    )
    names, labels, _pid = json.loads(child[1].read_text())
    assert len(names) == 12
    assert [name.split("/")[0] for name in names] == labels


def test_time_left_is_told_from_the_pace(qtbot, page, child):
    now = [0.0]
    page.report.quality_button.click()
    dialog = page.quality_dialog
    dialog._clock = lambda: now[0]
    dialog._show_progress(0, 1000)
    now[0] = 10
    dialog._show_progress(100, 1000)
    assert dialog.left_label.text() == "2 min left"


def test_cancel_ends_the_child_and_leaves_the_findings_as_they_were(qtbot, page, child):
    before = set(kinds(page))
    page.report.quality_button.click()
    dialog = page.quality_dialog
    qtbot.waitUntil(lambda: dialog.busy_label.text() == "1 of 12 images", timeout=WAIT_MS)
    dialog.cancel_button.click()
    pid = json.loads(child[1].read_text())[2]
    qtbot.waitUntil(lambda: not psutil.pid_exists(pid), timeout=WAIT_MS)
    assert set(kinds(page)) == before


def test_poor_ones_are_looked_at_left_out_and_become_decisions_of_the_project(
    qtbot, window, page, child, monkeypatch
):
    monkeypatch.setattr("qmix_gui.app.workspace.Workspace.start_run", lambda self, settings: None)
    dialog = judged(qtbot, page, page.report.quality_button, child)
    dialog.look_button.click()
    names = [finding.image for finding in dialog.dialog.model.findings]
    assert names == ["0_none/0.png", "1_some/0.png", "2_much/0.png"]
    assert "quality 10%, most like: haze" in dialog.dialog.pane.text.text()
    dialog.dialog.accept()
    dialog.leave_out_button.click()
    assert not dialog.leave_out_button.isEnabled()
    assert "3 of 3 images are left out" in dialog.out_label.text()
    dialog.accept()
    assert "3 left out" in page.card.what_label.text()
    item = kinds(page)["poor_quality"]
    assert item.text(0).startswith("Judged too poor to read: 3")
    page._choices.keep(["2_much/0.png"])

    page.card.start_button.click()
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=WAIT_MS)
    with ProjectStore.open(window.workspace.project.folder) as project:
        review = project.decisions.review("0_none/0.png")
        assert (review.status, review.reason) == (Status.EXCLUDED, "preflight: poor_quality")
        assert project.decisions.review("2_much/0.png").status is Status.UNREVIEWED
        found = [problem.text for problem in project.problems if problem.kind == "judged_quality"]
    assert found[0] == "Of 12 images: 8 good, 0 usable, 3 poor."
    assert "hazy: judged among themselves" in found[1]


def test_opened_again_it_shows_what_was_found_and_judges_nothing(qtbot, page, child):
    judged(qtbot, page, page.report.quality_button, child).accept()
    child[1].unlink()
    page.report.quality_button.click()
    assert page.quality_dialog.counts["poor"].text() == "3"
    assert not child[1].exists()


def test_the_table_is_saved(qtbot, page, child, tmp_path, monkeypatch):
    out = tmp_path / "out.csv"
    dialog = judged(qtbot, page, page.report.quality_button, child)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    dialog.save_button.click()
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0] == {
        "image": "0_none/0.png",
        "quality": "0.1000",
        "is_poor": "true",
        "reason": "haze",
    }
    assert len(rows) == 12
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path), ""))
    dialog.save_button.click()
    assert "cannot be written" in dialog.out_label.text()


def test_a_folder_without_labels_is_judged_and_nothing_is_left_out(
    qtbot, window, dataset_folder, child
):
    loose = dataset_folder / "0_none"
    page = shown(qtbot, window, loose, QUESTION)
    dialog = judged(qtbot, page, page.question_panel.quality_button, child)
    assert json.loads(child[1].read_text())[:2] == [[f"{n}.png" for n in range(4)], []]
    assert dialog.counts["poor"].text() == "1"
    assert dialog.leave_out_button.isHidden()
    dialog.look_button.click()
    assert [card.image for card in dialog.dialog.pane.cards] == ["0.png"]
    assert dialog.dialog.all_button.isHidden()
    assert page._states.currentIndex() == QUESTION


def test_a_dataset_that_cannot_be_used_is_judged_all_the_same(qtbot, window, dataset_folder, child):
    for label in ("1_some", "2_much"):
        for file in (dataset_folder / label).iterdir():
            file.unlink()
        (dataset_folder / label).rmdir()
    page = shown(qtbot, window, dataset_folder, ERROR)
    dialog = judged(qtbot, page, page.quality_button, child)
    assert dialog.counts["poor"].text() == "1"


def test_what_the_child_says_on_its_end_is_shown_and_it_can_be_tried_again(
    qtbot, page, monkeypatch, child_command
):
    command = child_command("sys.exit('qmix: The weights are gone.')")
    monkeypatch.setattr("qmix_gui.preflight.quality_job.judge_command", lambda *_: command)
    page.report.quality_button.click()
    dialog = page.quality_dialog
    qtbot.waitUntil(dialog.again_button.isVisible, timeout=WAIT_MS)
    assert dialog.error_label.text() == "The weights are gone."
