"""Quality in a project: the threshold, what readers taught, and what follows from both."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing

import numpy as np
import pytest
from quality_runs import finish

from qmix_core.base.errors import ProjectError
from qmix_core.base.types import LOW, Action
from qmix_core.cli.main import main
from qmix_core.project.storage.decision_log import NewDecision
from qmix_core.project.store import DATABASE, ProjectStore
from qmix_core.runs.quality_files import BASIS_FILE, TAUGHT_FILE
from qmix_core.workflow.api import Project


def read(project, number=5):
    """The ends of the line are called fine and poor."""
    images = [sample.image for sample in project.samples]
    decisions = [NewDecision(image, Action.IMAGE_FINE) for image in images[:number]]
    decisions += [NewDecision(image, Action.RETAKE, reason="blur") for image in images[-number:]]
    project.decisions.decide_all(decisions, reviewer="A")


def quality_json(capsys, project, *options):
    capsys.readouterr()
    assert main(["quality", str(project.folder), *options, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def exported(project, tmp_path):
    out = tmp_path / "scores.csv"
    out.unlink(missing_ok=True)
    assert main(["export", str(project.folder), "--what", "scores", "--out", str(out)]) == 0
    with out.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_a_moved_threshold_stays_and_buckets_exports_and_counts_follow(
    capsys, project, make_results, tmp_path
):
    results = make_results(len(project.samples))
    run = finish(project, results)
    project.close()
    before = quality_json(capsys, project)
    assert before["poor_below"] == 0.5
    after = quality_json(capsys, project, "--poor-below", "0.8")
    is_poor = 1 - results.posterior[:, LOW] < 0.8
    assert after["levels"]["poor"] == is_poor.sum() > before["levels"]["poor"]
    low = [row["bucket"] == "mislabeled_low_quality" for row in exported(project, tmp_path)]
    assert low == is_poor.tolist()
    assert main(["verify", str(project.folder)]) == 0
    with ProjectStore.open(project.folder) as again:
        assert again.poor_below == 0.8
        # no stored verdict was rewritten
        assert (again.runs.own_results(run).bucket == results.bucket).all()
    assert quality_json(capsys, project, "--poor-below", "0.5") == before


@pytest.mark.parametrize("quality", ["0", "1", "1.5"])
def test_a_threshold_beyond_the_scale_is_refused(capsys, project, make_results, quality):
    finish(project, make_results(len(project.samples)))
    project.close()
    assert main(["quality", str(project.folder), "--poor-below", quality]) == 2
    assert "between 0 and 1" in capsys.readouterr().err or quality == "1.5"


def test_what_readers_taught_is_taken_kept_and_forgotten(capsys, project, make_results, tmp_path):
    run = finish(project, make_results(len(project.samples)))
    read(project)
    project.close()
    before = exported(project, tmp_path)
    taught = quality_json(capsys, project, "--by-readers")["taught"]
    assert taught == {"poor": 5, "fine": 5, "auroc": 1.0}
    after = exported(project, tmp_path)
    quality = np.array([float(row["quality"]) for row in after])
    assert (np.diff(quality) <= 0).all()
    assert (quality[:5] > 0.99).all()
    assert (quality[-5:] < 0.01).all()
    assert {row["bucket"] for row in after[-5:]} == {"mislabeled_low_quality"}
    assert [row["p_wrong"] for row in after] == [row["p_wrong"] for row in before]
    assert main(["verify", str(project.folder)]) == 0
    assert quality_json(capsys, project)["taught"] == taught
    assert quality_json(capsys, project, "--by-run")["taught"] is None
    assert exported(project, tmp_path) == before
    assert not (project.folder / "runs" / f"{run:04d}" / TAUGHT_FILE).exists()


def test_too_few_verdicts_are_told_and_nothing_is_taken(capsys, project, make_results):
    finish(project, make_results(len(project.samples)))
    read(project, 4)
    project.close()
    assert main(["quality", str(project.folder), "--by-readers"]) == 2
    assert "4 images were called poor and 4 fine: 5 of each" in capsys.readouterr().err


def test_teaching_from_python(project, make_results):
    run = finish(project, make_results(len(project.samples)))
    read(project)
    mine = Project(project)
    lesson = mine.teach_quality()
    assert (lesson.poor, lesson.fine) == (5, 5)
    assert mine.separation().table()["quality"][-1] < 0.01
    mine.poor_below = 0.001
    assert project.runs.results(run).bucket[-1] == LOW
    mine.forget_quality()
    assert project.runs.taught_quality(run) is None


def test_a_run_of_before_says_that_it_left_nothing(project, make_results):
    run = finish(project, make_results(len(project.samples)))
    (project.runs.folder(run) / BASIS_FILE).unlink()
    with pytest.raises(ProjectError, match=r"^Run 1 of .* train again\.$"):
        Project(project).teach_quality()


def test_a_planted_lesson_is_found(capsys, project, make_results):
    run = finish(project, make_results(len(project.samples)))
    read(project)
    Project(project).teach_quality()
    file = project.runs.folder(run) / TAUGHT_FILE
    project.close()
    file.write_bytes(file.read_bytes()[:-1])
    assert main(["verify", str(project.folder)]) != 0
    with ProjectStore.open(project.folder) as again:
        assert again.runs.taught_quality(run) is None


def test_a_planted_threshold_is_refused(project):
    project.close()
    with closing(sqlite3.connect(project.folder / DATABASE)) as connection, connection:
        connection.execute("INSERT INTO settings VALUES ('poor_below', 'nan')")
    with pytest.raises(ProjectError, match="threshold of quality"):
        ProjectStore.open(project.folder)
