"""Damaged projects, second windows and failing disks, as the person in the window meets them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from qmix_core.base.types import Action, Status
from qmix_core.project.storage.journal import JOURNAL
from qmix_core.project.store import DATABASE, ProjectStore
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.start.sources import find_source

WAIT_MS = 20_000


@pytest.fixture
def session(qapp, project_folder):
    with ProjectStore.open(project_folder) as project:
        yield ReviewSession(project, reviewer="Dr. Test")


@pytest.mark.parametrize("is_gone", [False, True])
def test_a_damaged_project_is_recovered_by_a_click_and_opened(
    qtbot, window, project_folder, session, is_gone
):
    session.project.begin_review()
    # the backup that this begins must not have the decisions yet
    session.project._keeper._backups.close()
    session.decisions.decide([0, 1], Action.EXCLUDE)
    session.project.close()
    database = project_folder / DATABASE
    database.unlink() if is_gone else database.write_bytes(b"not a database" * 100)
    source = find_source(project_folder)
    assert source.is_project
    window.open_source(source)
    assert window.workspace is None
    assert "damaged" in window.message_bar.text
    assert window.message_bar.action_button.text() == "Recover"

    qtbot.mouseClick(window.message_bar.action_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=WAIT_MS)

    statement = window.recovery.statement.informativeText()
    assert "lacked: 2." in statement
    assert "Decisions lost: 0." in statement
    assert window.workspace.session.reviews.of(1).status is Status.EXCLUDED
    window.recovery.statement.close()


def test_a_project_that_cannot_be_recovered_says_so(qtbot, window, project_folder):
    (project_folder / DATABASE).write_bytes(b"not a database" * 100)
    for backup in (project_folder / "backups").iterdir():
        backup.write_bytes(b"neither")
    window.open_project(project_folder)
    qtbot.mouseClick(window.message_bar.action_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "no intact backup" in window.message_bar.text, timeout=WAIT_MS)


def test_the_second_window_shows_a_banner_and_refuses_decisions(window, project_folder):
    with ProjectStore.open(project_folder) as other:
        other.begin_review()
        window.open_project(project_folder)
        page = window.workspace.page
        assert page.care_bar.isVisible()
        assert "Opened read-only" in page.care_bar.text
        assert "another window" in page.care_bar.text
        assert not window.workspace.session.decisions.decide([0], Action.EXCLUDE)
        assert "Opened read-only" in page.message_bar.text
        assert window.workspace.session.reviews.of(0).status is Status.UNREVIEWED
        assert window.actions_by_id["file.export"].isEnabled()
    window.close_project()
    window.open_project(project_folder)
    assert window.workspace.page.care_bar.isHidden()
    assert window.workspace.session.decisions.decide([0], Action.EXCLUDE)


def test_closing_the_window_lets_another_review(window, project_folder):
    window.open_project(project_folder)
    window.close_project()
    with ProjectStore.open(project_folder) as other:
        other.begin_review()
        assert other.read_only == ""


def test_a_journal_that_cannot_be_written_is_told_once_and_the_decision_counts(
    window, project_folder
):
    (project_folder / JOURNAL).mkdir()
    window.open_project(project_folder)
    page, session = window.workspace.page, window.workspace.session
    assert JOURNAL in page.care_bar.text
    page.care_bar.hide()
    (project_folder / JOURNAL).rmdir()
    assert session.decisions.decide([0], Action.EXCLUDE)
    assert page.care_bar.isHidden()
    (project_folder / JOURNAL).unlink()
    (project_folder / JOURNAL).mkdir()
    assert session.decisions.decide([1], Action.EXCLUDE)
    assert page.care_bar.isVisible()
    page.care_bar.hide()
    assert session.decisions.decide([2], Action.EXCLUDE)
    assert page.care_bar.isHidden()
    assert [session.reviews.of(sample).status for sample in range(3)] == [Status.EXCLUDED] * 3


def test_a_bulk_decision_is_undone_and_redone_whole_after_a_restart(session, project_folder):
    session.decisions.decide([2], Action.CONFIRM)
    session.decisions.decide([0, 1, 2], Action.EXCLUDE)
    session.project.close()
    with ProjectStore.open(project_folder) as project:
        again = ReviewSession(project, reviewer="Dr. Test")
        assert again.decisions.undo().image == project.samples[0].image
        assert again.reviews.of(2).status is Status.CONFIRMED
        assert again.decisions.redo().image == project.samples[2].image
        assert [again.reviews.of(sample).status for sample in range(3)] == [Status.EXCLUDED] * 3


def test_after_a_drive_was_away_the_window_shows_what_is_on_it(session, project_folder, qtbot):
    away = project_folder.with_name("away")
    project_folder.rename(away)
    with qtbot.waitSignal(session.decisions.failed):
        assert not session.decisions.decide([0], Action.EXCLUDE)
    assert session.reviews.of(0).status is Status.UNREVIEWED
    # what was decided on another computer meanwhile
    session.project._keeper.close()
    with ProjectStore.open(away) as other:
        other_session = ReviewSession(other, reviewer="Dr. Other")
        other_session.decisions.decide([1], Action.CONFIRM)
    away.rename(project_folder)
    with qtbot.waitSignal(session.decisions.made) as decided:
        assert session.decisions.decide([0], Action.EXCLUDE)
    assert sorted(decided.args[0]) == [0, 1]
    assert session.reviews.of(1).status is Status.CONFIRMED
