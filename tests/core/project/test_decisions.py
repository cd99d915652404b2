from __future__ import annotations

import os
import sqlite3

import pytest

from qmix_core.base.errors import ProjectError
from qmix_core.base.types import Action, Review, Status
from qmix_core.project.storage.decision_log import NewDecision, chain_hash
from qmix_core.project.store import DATABASE, ProjectStore

FIRST, SECOND = "healthy/h00.png", "healthy/h01.png"


def decide(project, image, action, **more):
    return project.decisions.decide(NewDecision(image, action, **more), reviewer="Dr. Ü")


def test_relabel_is_the_current_label_after_reopening(project):
    decide(project, FIRST, Action.RELABEL, label="sick")
    with ProjectStore.open(project.folder) as again:
        review = again.decisions.review(FIRST)
    assert (review.status, review.label, review.reviewer) == (Status.RELABELED, "sick", "Dr. Ü")


def test_relabel_to_the_given_label_is_a_confirmation(project):
    assert decide(project, FIRST, Action.RELABEL, label="healthy").action is Action.CONFIRM


def test_confirming_after_a_relabel_brings_the_given_label_back(project):
    decide(project, FIRST, Action.RELABEL, label="sick")
    decide(project, FIRST, Action.CONFIRM)
    assert project.decisions.review(FIRST).label is None


def test_note_keeps_the_state(project):
    decide(project, FIRST, Action.EXCLUDE, reason="blurred")
    decide(project, FIRST, Action.NOTE, note="ask the clinic")
    review = project.decisions.review(FIRST)
    assert (review.status, review.reason, review.note) == (
        Status.EXCLUDED,
        "blurred",
        "ask the clinic",
    )


def images(rows):
    return [row.image for row in rows]


def reopen(project):
    project.close()
    return ProjectStore.open(project.folder)


def test_undo_and_redo_of_any_depth_also_after_a_restart(project):
    decide(project, FIRST, Action.RELABEL, label="sick")
    decide(project, SECOND, Action.EXCLUDE)
    with reopen(project) as again:
        assert images(again.decisions.undo(reviewer="x")) == [SECOND]
        assert images(again.decisions.undo(reviewer="x")) == [FIRST]
        assert again.decisions.undo(reviewer="x") == []
        assert again.decisions.reviews() == {}
        assert images(again.decisions.redo(reviewer="x")) == [FIRST]
        assert images(again.decisions.redo(reviewer="x")) == [SECOND]
        assert again.decisions.redo(reviewer="x") == []
        assert again.decisions.review(SECOND).status is Status.EXCLUDED
        assert images(again.decisions.undo(reviewer="x")) == [SECOND]
    with ProjectStore.open(project.folder) as last:
        assert last.decisions.review(SECOND) == Review()
        assert last.decisions.review(FIRST).label == "sick"


def test_decisions_made_at_once_are_undone_and_redone_at_once_after_a_restart(project):
    decide(project, FIRST, Action.CONFIRM)
    rows = project.decisions.decide_all(
        [NewDecision(image, Action.EXCLUDE) for image in (FIRST, SECOND)], reviewer="x"
    )
    assert [row.batch for row in project.decisions.all()] == [None, 4, 4]
    assert len({row.at for row in rows}) == 1
    with reopen(project) as again:
        assert images(again.decisions.undo(reviewer="x")) == [SECOND, FIRST]
        assert again.decisions.review(FIRST).status is Status.CONFIRMED
    with ProjectStore.open(project.folder) as again:
        assert images(again.decisions.redo(reviewer="x")) == [FIRST, SECOND]
        assert again.decisions.review(SECOND).status is Status.EXCLUDED
    with ProjectStore.open(project.folder) as again:
        assert images(again.decisions.undo(reviewer="x")) == [SECOND, FIRST]
        assert images(again.decisions.undo(reviewer="x")) == [FIRST]
        assert again.decisions.reviews() == {}


def test_a_new_decision_ends_redo(project):
    decide(project, FIRST, Action.EXCLUDE)
    project.decisions.undo(reviewer="x")
    decide(project, SECOND, Action.CONFIRM)
    assert project.decisions.redo(reviewer="x") == []


def test_log_is_chained_and_refuses_changes(project):
    decide(project, FIRST, Action.EXCLUDE)
    decide(project, SECOND, Action.CONFIRM)
    log = project.decisions.all()
    assert log[1].hash == chain_hash(log[0].hash, log[1])
    with sqlite3.connect(project.folder / DATABASE) as other:
        for statement in ("DELETE FROM decisions", "UPDATE decisions SET reviewer = 'me'"):
            with pytest.raises(sqlite3.Error, match="append-only"):
                other.execute(statement)
    other.close()


def test_unknown_image_class_and_missing_reviewer_change_nothing(project):
    with pytest.raises(ProjectError, match="no image"):
        decide(project, "nowhere.png", Action.EXCLUDE)
    with pytest.raises(ProjectError, match="choose one of healthy, sick"):
        decide(project, FIRST, Action.RELABEL, label="mild")
    with pytest.raises(ProjectError, match="reviewer"):
        project.decisions.decide(NewDecision(FIRST, Action.EXCLUDE), reviewer=" ")
    assert project.decisions.all() == []


def test_several_decisions_are_all_made_or_none(project):
    wanted = [NewDecision(FIRST, Action.EXCLUDE), NewDecision("nowhere.png", Action.EXCLUDE)]
    with pytest.raises(ProjectError):
        project.decisions.decide_all(wanted, reviewer="x")
    assert project.decisions.reviews() == {}


def test_project_that_cannot_be_written_is_named(project, tmp_path):
    from qmix_core.dataset.dataset import load_dataset

    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(ProjectError, match="cannot be written"):
        ProjectStore.create(blocked / "p.qmix", load_dataset(project.root))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root writes everywhere")
def test_project_in_a_read_only_folder_is_named(project, tmp_path):
    from qmix_core.dataset.dataset import load_dataset

    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    with pytest.raises(ProjectError, match="cannot be written"):
        ProjectStore.create(locked / "p.qmix", load_dataset(project.root))


def test_folder_without_database_is_no_project(tmp_path):
    with pytest.raises(ProjectError, match="no QMix project"):
        ProjectStore.open(tmp_path)


def test_project_of_a_newer_version_is_refused_kindly(project):
    with sqlite3.connect(project.folder / DATABASE) as other:
        other.execute("PRAGMA user_version = 99")
    other.close()
    with pytest.raises(ProjectError, match="newer QMix GUI"):
        ProjectStore.open(project.folder)


def test_an_undo_reads_as_little_after_many_as_after_few(project):
    images = [sample.image for sample in project.samples]

    def statements(count):
        """Statements and rows of one undo and one redo, after so many decisions and undos."""
        for number in range(count):
            decide(project, images[number % len(images)], Action.CONFIRM)
        for _ in range(count - 1):
            assert project.decisions.undo(reviewer="x")
        seen = []
        project._database.connection.set_trace_callback(seen.append)
        undone = project.decisions.undo(reviewer="x")
        redone = project.decisions.redo(reviewer="x")
        project._database.connection.set_trace_callback(None)
        assert (len(undone), len(redone)) == (1, 1)
        assert not any(
            "FROM decisions" in text
            and "WHERE" not in text.split("FROM decisions")[1]
            and "LIMIT 1" not in text
            for text in seen
        )
        return len(seen)

    assert statements(120) == statements(3)
