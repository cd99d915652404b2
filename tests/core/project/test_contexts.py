"""How a decision came about is a column; what people write says nothing to the program."""

from __future__ import annotations

import pytest

from qmix_core.base.types import Action, Context
from qmix_core.cli.main import main
from qmix_core.project.storage.decision_log import NewDecision
from qmix_core.review.blind_checks import is_check

IMAGE = "healthy/h00.png"


def decide(project, action, context=Context.REVIEW, *, run=1):
    new = NewDecision(IMAGE, action, context=context)
    return project.decisions.decide(new, reviewer="x", run=run)


@pytest.mark.parametrize(
    "rows",
    [
        "image,action,reason\n{image},confirm,blind check of run 1\n",
        "image,action,context,run\n{image},confirm,blind_check,1\n",
        "image,action,reason\n{image},confirm,adjudicated (A: 0; B: 1)\n",
    ],
)
def test_a_table_cannot_forge_a_blind_check(project, tmp_path, rows):
    table = tmp_path / "d.csv"
    table.write_text(rows.format(image=IMAGE))
    assert main(["apply", str(project.folder), str(table), "--reviewer", "x"]) == 0
    assert project.decisions.review(IMAGE).context is Context.FILE
    assert [row.context for row in project.decisions.on(IMAGE)] == [Context.FILE]


def test_a_blind_check_stays_one_when_the_reader_changes_their_mind(project):
    decide(project, Action.CONFIRM, Context.BLIND_CHECK)
    decide(project, Action.EXCLUDE, run=2)
    decide(project, Action.NOTE, run=2)
    review = project.decisions.review(IMAGE)
    assert is_check(review, 1)
    assert not is_check(review, 2)


def test_a_decision_of_a_file_takes_its_place(project):
    decide(project, Action.CONFIRM, Context.BLIND_CHECK)
    decide(project, Action.EXCLUDE, Context.FILE)
    assert not is_check(project.decisions.review(IMAGE), 1)


def test_an_undone_blind_check_is_none(project):
    decide(project, Action.CONFIRM, Context.BLIND_CHECK)
    project.decisions.undo(reviewer="x")
    assert not is_check(project.decisions.review(IMAGE), 1)
