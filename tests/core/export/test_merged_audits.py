"""An audit of a copy of the project: what is there is skipped, conflicts are left to a person."""

from __future__ import annotations

import csv
import json
import shutil

import pytest

from qmix_core.base.types import Action, Context, Status
from qmix_core.cli.main import main
from qmix_core.project.storage.decision_log import NewDecision
from qmix_core.project.store import ProjectStore


@pytest.fixture
def pair(project, tmp_path):
    """A project and its copy, with one decision that both have."""
    decide(project, 0, Action.EXCLUDE)
    project.close()
    other = tmp_path / "copy.qmix"
    shutil.copytree(project.folder, other)
    with ProjectStore.open(project.folder) as own, ProjectStore.open(other) as copy:
        yield own, copy


def decide(project, number, action, reviewer="Dr. A", **values):
    image = project.samples[number].image
    return project.decisions.decide(NewDecision(image, action, **values), reviewer=reviewer)


@pytest.fixture
def merge(pair, tmp_path, capsys):
    def run(into=None, of=None, *options):
        own, copy = pair
        out = tmp_path / "audit.csv"
        out.unlink(missing_ok=True)
        export = ["export", str((of or copy).folder), "--what", "audit", "--out", str(out)]
        assert main(export) == 0
        (into or own).close()  # the lock
        capsys.readouterr()
        apply = ["apply", str((into or own).folder), str(out), "--reviewer", "Dr. M", "--json"]
        assert main([*apply, *options]) == 0
        return json.loads(capsys.readouterr().out)

    return run


def test_what_the_copy_alone_decided_comes_with_author_and_time(pair, merge):
    own, copy = pair
    row = decide(copy, 1, Action.RELABEL, "Dr. B", label="sick", reason="spots", note="see")
    done = merge()
    assert (done["decisions"], done["known"], done["conflicts"]) == (1, 1, [])
    new = own.decisions.all()[-1]
    assert (new.reviewer, new.reason, new.note, new.context) == (
        "Dr. M", "spots", "see", Context.FILE,
    )  # fmt: skip
    assert new.origin == f"{row.hash} {row.at} Dr. B"


def test_twice_is_once(pair, merge):
    own, copy = pair
    decide(copy, 1, Action.EXCLUDE)
    assert merge()["decisions"] == 1
    count = len(own.decisions.all())
    assert merge()["decisions"] == 0
    assert len(own.decisions.all()) == count


def test_what_the_project_decided_since_is_kept_and_the_conflict_is_listed(pair, merge):
    own, copy = pair
    decide(copy, 1, Action.RELABEL, "Dr. A", label="sick")
    decide(copy, 2, Action.EXCLUDE, "Dr. A")
    decide(own, 1, Action.EXCLUDE, "Dr. B")
    decide(own, 3, Action.EXCLUDE, "Dr. B")
    done = merge()
    assert done["decisions"] == 1
    [conflict] = done["conflicts"]
    assert conflict["image"] == own.samples[1].image
    assert (conflict["own"]["reviewer"], conflict["other"]["reviewer"]) == ("Dr. B", "Dr. A")
    reviews = own.decisions.reviews()
    assert reviews[own.samples[1].image].reviewer == "Dr. B"
    assert reviews[own.samples[2].image].status is Status.EXCLUDED
    assert reviews[own.samples[3].image].status is Status.EXCLUDED


def test_a_conflict_is_listed_until_someone_decides_again(pair, merge):
    own, copy = pair
    decide(copy, 1, Action.RELABEL, "Dr. A", label="sick")
    decide(own, 1, Action.EXCLUDE, "Dr. B")
    merge()
    [conflict] = merge()["conflicts"]
    assert conflict["image"] == own.samples[1].image
    decide(own, 1, Action.EXCLUDE, "Dr. B")
    done = merge()
    assert (done["decisions"], done["conflicts"]) == (0, [])
    # a new decision of the other is news again
    decide(copy, 1, Action.CONFIRM, "Dr. A")
    assert [conflict["other"]["action"] for conflict in merge()["conflicts"]] == ["confirm"]
    assert main(["verify", str(own.folder), "--quick"]) == 0


def test_who_settled_a_conflict_is_followed_by_the_other_side(pair, merge):
    own, copy = pair
    decide(copy, 1, Action.RELABEL, "Dr. A", label="sick")
    decide(own, 1, Action.EXCLUDE, "Dr. B")
    merge()
    decide(own, 1, Action.CONFIRM, "Dr. B")
    done = merge(into=copy, of=own)
    assert done["conflicts"] == []
    assert copy.decisions.reviews()[copy.samples[1].image].status is Status.CONFIRMED


def test_the_same_decision_of_both_is_no_conflict(pair, merge):
    own, copy = pair
    decide(copy, 1, Action.EXCLUDE, "Dr. A")
    decide(own, 1, Action.EXCLUDE, "Dr. B")
    assert merge()["conflicts"] == []
    assert len(own.decisions.on(own.samples[1].image)) == 1


def test_what_the_copy_took_back_is_taken_back(pair, merge):
    own, copy = pair
    copy.decisions.undo(reviewer="Dr. A")
    assert merge()["decisions"] == 1
    assert own.decisions.reviews() == {}


def test_there_and_back_brings_nothing_new(pair, merge):
    own, copy = pair
    decide(copy, 1, Action.EXCLUDE)
    merge()
    done = merge(into=copy, of=own)
    assert (done["decisions"], done["conflicts"]) == (0, [])


def test_the_history_of_a_merge_verifies(pair, merge):
    own, copy = pair
    decide(copy, 1, Action.EXCLUDE)
    merge()
    assert main(["verify", str(own.folder), "--quick"]) == 0


def test_an_undone_settlement_leaves_the_conflict_open(pair, merge):
    own, copy = pair
    decide(copy, 1, Action.RELABEL, "Dr. A", label="sick")
    decide(own, 1, Action.EXCLUDE, "Dr. B")
    merge()
    decide(own, 1, Action.CONFIRM, "Dr. B")
    assert merge()["conflicts"] == []
    own.decisions.undo(reviewer="Dr. B")
    [conflict] = merge()["conflicts"]
    assert conflict["own"]["reviewer"] == "Dr. B"


def test_conflicts_are_settled_by_filling_in_the_file_that_lists_them(
    pair, merge, tmp_path, capsys
):
    own, copy = pair
    other = decide(copy, 1, Action.RELABEL, "Dr. A", label="sick")
    mine = decide(own, 1, Action.EXCLUDE, "Dr. B")
    listed = tmp_path / "conflicts.csv"
    merge(None, None, "--conflicts", str(listed))
    with listed.open(newline="", encoding="utf-8") as file:
        [row] = csv.DictReader(file)
    assert (row["image"], row["action"]) == (own.samples[1].image, "")
    assert (row["here"], row["here_by"], row["here_at"]) == ("exclude", "Dr. B", mine.at)
    assert (row["in_audit"], row["in_audit_by"], row["in_audit_at"]) == (
        "relabel sick", "Dr. A", other.at,
    )  # fmt: skip
    apply = ["apply", str(own.folder), str(listed), "--reviewer", "Dr. M"]
    # a row that nobody filled in decides nothing, and a file that may be filled in stays
    assert main(apply) == 2
    assert "row 2: there is no action ''" in capsys.readouterr().err
    audit = ["apply", str(own.folder), str(tmp_path / "audit.csv"), "--reviewer", "Dr. M"]
    assert main([*audit, "--conflicts", str(listed)]) == 2
    assert "is there already" in capsys.readouterr().err
    with listed.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerow(row | {"action": "relabel", "label": "sick"})
    assert main(apply) == 0
    review = own.decisions.reviews()[own.samples[1].image]
    assert (review.status, review.label, review.reviewer) == (Status.RELABELED, "sick", "Dr. M")
    assert review.reason == "adjudicated (Dr. B: exclude; Dr. A: relabel sick)"
    assert merge(None, None, "--conflicts", str(tmp_path / "none.csv"))["conflicts"] == []
    assert not (tmp_path / "none.csv").exists()
