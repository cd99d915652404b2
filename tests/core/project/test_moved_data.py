"""The folder moves, files change: what a project makes of it, through the command line."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil

import numpy as np
import pytest
from sample_images import COLORS, paint
from small_encoder import CONFIG, FLAGS

from qmix_core.base.cancellation import Cancelled, Control
from qmix_core.base.errors import ProjectError
from qmix_core.base.events import Warned
from qmix_core.base.types import Action, Review, RunResults, Status
from qmix_core.cli.main import main
from qmix_core.dataset.dataset import load_dataset
from qmix_core.dataset.files import file_stamps
from qmix_core.preflight.check import check_dataset
from qmix_core.project.operations.file_scan import Depth, dataset_state
from qmix_core.project.storage.decision_log import NewDecision
from qmix_core.project.store import ProjectStore
from qmix_core.runs.run_options import RunOptions
from qmix_core.workflow.run_project import run_project

FIRST, SECOND, THIRD = "healthy/h00.png", "healthy/h01.png", "healthy/h02.png"


@pytest.fixture
def qmix(capsys, tmp_path):
    """Runs a command, gives its exit code, JSON and error; no command may touch an original."""

    def run(*arguments):
        before = originals(tmp_path)
        code = main([*(str(item) for item in arguments), "--json"])
        assert before.items() <= originals(tmp_path).items()
        out, err = capsys.readouterr()
        return code, json.loads(out or "{}"), err

    return run


def originals(folder):
    return {
        path: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and ".qmix" not in str(path)
    }


def judge(project):
    """A finished run that calls every image mislabeled."""
    count = len(project.samples)
    half = np.full(count, 0.5, dtype=np.float32)
    results = RunResults(
        bucket=np.ones(count, dtype=np.int64),
        suggested=np.zeros(count, dtype=np.int64),
        probability=half,
        posterior=np.full((count, 3), 1 / 3, dtype=np.float32),
        error_score=half,
        loss=half,
        uncertainty=half,
        stability=half,
    )
    run = project.runs.begin(RunOptions(epochs=2).config(), device="cpu")
    project.runs.finish(run, status="done", results=results)
    return run


def decide(project, image, action=Action.RELABEL, label="sick"):
    # opened apart, so that `project` does not hold the place of the one who decides
    with ProjectStore.open(project.folder) as reviewing:
        reviewing.decisions.decide(NewDecision(image, action, label=label), reviewer="Dr. Ü")


def exported(qmix, project, what="cleaned"):
    out = project.folder.parent / f"{what}.csv"
    assert qmix("export", project.folder, "--what", what, "--out", out)[0] == 0
    with out.open(newline="", encoding="utf-8") as file:
        rows = {row["image"]: row for row in csv.DictReader(file)}
    out.unlink()
    return rows


def swap(root, first, second):
    (root / first).rename(root / "aside")
    (root / second).rename(root / first)
    (root / "aside").rename(root / second)


# -- nothing, moved ---------------------------------------------------------------------------


def test_an_untouched_project_has_nothing_to_say(qmix, project):
    code, report, _ = qmix("check", "--project", project.folder)
    assert code == 0
    assert [report[key] for key in ("altered", "missing", "new", "renamed")] == [[], [], [], {}]
    assert not report["gone"]


def test_a_project_moved_with_its_dataset_opens_without_asking(qmix, project, tmp_path):
    decide(project, FIRST)
    project.close()
    new = tmp_path / "disk" / "study"
    new.mkdir(parents=True)
    project.root.rename(new / project.root.name)
    project.folder.rename(new / project.folder.name)
    folder = new / project.folder.name
    code, report, _ = qmix("check", "--project", folder)
    assert (code, report["root"]) == (0, str(new / project.root.name))
    assert not report["gone"]
    assert report["missing"] == report["altered"] == report["new"] == []
    with ProjectStore.open(folder) as again:
        assert again.source == again.root
        assert again.decisions.review(FIRST).label == "sick"


def test_a_project_that_moved_alone_still_finds_its_images(qmix, project, tmp_path):
    project.close()
    folder = tmp_path / "far" / "away" / "mine.qmix"
    folder.parent.mkdir(parents=True)
    project.folder.rename(folder)
    assert qmix("check", "--project", folder)[1]["root"] == str(project.root)


def test_a_renamed_folder_is_relinked_and_the_review_goes_on(qmix, project):
    decide(project, FIRST)
    new = project.root.with_name("somewhere else")
    project.root.rename(new)
    assert qmix("check", "--project", project.folder)[1]["gone"]
    code, report, _ = qmix("relink", project.folder, new)
    assert (code, report["matched"], report["renamed"]) == (0, 25, 0)
    with ProjectStore.open(project.folder) as again:
        assert again.root == new
        assert again.decisions.review(FIRST).label == "sick"
        assert dataset_state(again).is_unchanged


def test_relink_of_the_folder_above_finds_the_dataset_inside(qmix, project, tmp_path):
    new = tmp_path / "disk" / "set"
    new.parent.mkdir()
    project.root.rename(new)
    assert qmix("relink", project.folder, new.parent)[1]["root"] == str(new)


def test_relink_finds_images_by_their_hash_where_the_inner_structure_changed(qmix, project):
    new = project.root.with_name("flat")
    (new / "all").mkdir(parents=True)
    for number, sample in enumerate(project.samples):
        shutil.copy(project.root / sample.image, new / "all" / f"{number}.png")
    shutil.rmtree(project.root)
    code, report, _ = qmix("relink", project.folder, new)
    assert (code, report["matched"], report["renamed"]) == (0, 25, 25)
    with ProjectStore.open(project.folder) as again:
        paths = [again.files.path(sample) for sample in again.samples]
        assert paths == [new / "all" / f"{number}.png" for number in range(25)]


def test_relink_refuses_with_figures_and_changes_nothing(qmix, project, tmp_path):
    other = tmp_path / "resized"
    shutil.copytree(project.root, other)
    paint(other / FIRST, COLORS["sick"], 4711)
    (other / SECOND).unlink()
    code, _, err = qmix("relink", project.folder, other)
    assert code == 2
    assert "23 of 25 images match" in err
    assert "1 have other content, 1 are not there" in err
    code, _, err = qmix("relink", project.folder, tmp_path / "review.qmix")
    assert code == 2
    assert "none of the images" in err
    with ProjectStore.open(project.folder) as again:
        assert again.root == project.root
        assert not again.files.known.altered


def test_a_forced_relink_keeps_images_of_other_content_marked(qmix, project, tmp_path):
    decide(project, FIRST)
    other = tmp_path / "resized"
    shutil.copytree(project.root, other)
    paint(other / FIRST, COLORS["sick"], 4711)
    code, report, _ = qmix("relink", project.folder, other, "--force")
    assert (code, report["matched"], report["altered"]) == (0, 24, [FIRST])
    with ProjectStore.open(project.folder) as again:
        assert list(again.files.known.altered) == [FIRST]
        assert again.decisions.review(FIRST) == Review()


def test_relink_of_a_table_dataset_follows_the_table(qmix, table_dataset, tmp_path):
    dataset = check_dataset(load_dataset(table_dataset)).dataset
    with ProjectStore.create(tmp_path / "t.qmix", dataset) as project:
        folder = project.folder
    new = tmp_path / "archive"
    table_dataset.parent.rename(new)
    assert qmix("relink", folder, new)[0] == 0
    paint(new / "images" / "0099.png", COLORS["sick"], 99)
    with (new / "train.csv").open("a", encoding="utf-8") as file:
        file.write("0099,site B,1\r\n")
    code, report, _ = qmix("check", "--project", folder, "--add")
    assert (code, report["new"], report["added"]) == (0, ["images/0099.png"], 1)
    with ProjectStore.open(folder) as again:
        assert again.source == new / "train.csv"
        assert again.samples[-1].cells == ("0099", "site B", "1")


# -- content ----------------------------------------------------------------------------------


def test_new_content_is_not_given_the_former_verdict_or_decision(qmix, project):
    judge(project)
    decide(project, FIRST)
    decide(project, SECOND)
    paint(project.root / FIRST, COLORS["sick"], 4711)
    code, report, _ = qmix("check", "--project", project.folder)
    assert (code, report["altered"], report["missing"]) == (0, [FIRST], [])
    rows = exported(qmix, project)
    assert (rows[FIRST]["status"], rows[FIRST]["label"]) == ("altered", "healthy")
    assert rows[FIRST]["bucket"] == rows[FIRST]["error_score"] == rows[FIRST]["reviewer"] == ""
    assert (rows[SECOND]["status"], rows[SECOND]["label"]) == ("relabeled", "sick")
    again = ProjectStore.open(project.folder)
    with again, pytest.raises(ProjectError, match="has changed on disk"):
        decide(again, FIRST, Action.EXCLUDE)


def test_the_former_bytes_bring_verdict_and_decision_back(qmix, project):
    judge(project)
    decide(project, FIRST)
    kept = (project.root / FIRST).read_bytes()
    paint(project.root / FIRST, COLORS["sick"], 4711)
    qmix("check", "--project", project.folder)
    (project.root / FIRST).write_bytes(kept)
    assert qmix("check", "--project", project.folder)[1]["altered"] == []
    assert exported(qmix, project)[FIRST]["status"] == "relabeled"


def test_content_that_was_taken_in_is_reviewed_afresh(qmix, project):
    run = judge(project)
    decide(project, FIRST)
    paint(project.root / FIRST, COLORS["sick"], 4711)
    code, report, _ = qmix("check", "--project", project.folder, "--take-altered")
    assert (code, report["taken_in"]) == (0, 1)
    with ProjectStore.open(project.folder) as again:
        assert again.decisions.review(FIRST) == Review()
        assert again.runs.results(run).bucket[0] == -1
        decide(again, FIRST, Action.EXCLUDE)
        assert again.decisions.all()[-1].old_label == "healthy"
        assert again.decisions.all()[-1].sha256 != again.decisions.all()[0].sha256
        assert again.runs.results(judge(again)).bucket[0] == 1
        assert len(again.decisions.all()) == 2
    assert qmix("check", "--project", project.folder)[1]["altered"] == []


def test_two_swapped_files_are_both_altered_and_never_moved(qmix, project):
    decide(project, FIRST)
    swap(project.root, FIRST, SECOND)
    _, report, _ = qmix("check", "--project", project.folder)
    assert (report["altered"], report["renamed"]) == ([FIRST, SECOND], {})
    with ProjectStore.open(project.folder) as again:
        assert again.decisions.reviews() == {}
        assert again.files.known.places == {}


def test_a_file_replaced_by_another_of_the_set_is_altered(qmix, project):
    shutil.copy(project.root / SECOND, project.root / FIRST)
    (project.root / SECOND).unlink()
    _, report, _ = qmix("check", "--project", project.folder)
    assert (report["altered"], report["missing"], report["renamed"]) == ([FIRST], [SECOND], {})


def test_an_undo_still_reaches_a_decision_on_former_content(qmix, project):
    decide(project, FIRST)
    kept = (project.root / FIRST).read_bytes()
    paint(project.root / FIRST, COLORS["sick"], 4711)
    qmix("check", "--project", project.folder)
    with ProjectStore.open(project.folder) as again:
        assert again.decisions.undo(reviewer="x")[0].image == FIRST
    (project.root / FIRST).write_bytes(kept)
    qmix("check", "--project", project.folder)
    with ProjectStore.open(project.folder) as again:
        assert again.decisions.review(FIRST).status is Status.UNREVIEWED


# -- renamed, removed, added ------------------------------------------------------------------


def test_a_renamed_file_keeps_its_decisions_and_is_exported_under_its_new_name(qmix, project):
    decide(project, FIRST)
    (project.root / FIRST).rename(project.root / "healthy" / "renamed.png")
    _, report, _ = qmix("check", "--project", project.folder)
    assert report["renamed"] == {FIRST: "healthy/renamed.png"}
    assert report["missing"] == report["new"] == []
    assert exported(qmix, project)["healthy/renamed.png"]["label"] == "sick"
    table = project.folder.parent / "d.csv"
    table.write_text("image,action\nhealthy/renamed.png,exclude\n", encoding="utf-8")
    assert qmix("apply", project.folder, table, "--reviewer", "x")[0] == 0
    with ProjectStore.open(project.folder) as again:
        assert again.decisions.review(FIRST).status is Status.EXCLUDED
        assert dataset_state(again).is_unchanged


def test_a_missing_image_keeps_its_decisions_and_is_not_among_the_kept(qmix, project):
    decide(project, FIRST)
    decide(project, SECOND, Action.EXCLUDE, "")
    kept = (project.root / FIRST).read_bytes()
    for image in (FIRST, SECOND):
        (project.root / image).unlink()
    assert qmix("check", "--project", project.folder)[1]["missing"] == [FIRST, SECOND]
    assert FIRST not in exported(qmix, project)
    assert exported(qmix, project, "scores")[FIRST]["note"] == "[the file is missing]"
    assert SECOND in exported(qmix, project, "excluded")
    (project.root / FIRST).write_bytes(kept)
    assert exported(qmix, project)[FIRST]["label"] == "sick"


def test_new_images_are_listed_and_added_at_the_end(qmix, project):
    judge(project)
    decide(project, FIRST)
    names = [sample.image for sample in project.samples]
    paint(project.root / "healthy" / "a_new.png", COLORS["healthy"], 77)
    (project.root / "healthy" / "broken.png").write_text("no image")
    paint(project.root / "severe" / "s.png", COLORS["sick"], 78)
    _, report, _ = qmix("check", "--project", project.folder)
    assert report["new"] == ["healthy/a_new.png"]
    assert any("broken.png" in text for text in report["problems"])
    assert any("'severe'" in text for text in report["problems"])
    assert qmix("check", "--project", project.folder, "--add")[1]["added"] == 1
    with ProjectStore.open(project.folder) as again:
        assert [sample.image for sample in again.samples] == [*names, "healthy/a_new.png"]
        assert again.runs.results(1).bucket.tolist() == [1] * 25 + [-1]
        assert again.decisions.review(FIRST).label == "sick"
        assert again.decisions.review("healthy/a_new.png") == Review()
        assert again.classes.names == ("healthy", "sick")
    assert qmix("check", "--project", project.folder, "--add")[1]["added"] == 0


def test_a_drive_that_is_away_changes_nothing_and_comes_back(qmix, project):
    decide(project, FIRST)
    away = project.root.with_name("away")
    project.root.rename(away)
    for emptied in (False, True):
        if emptied:
            project.root.mkdir()  # a mount point without its drive
        report = qmix("check", "--project", project.folder)[1]
        assert report["gone"]
        assert report["missing"] == []
    assert exported(qmix, project)[FIRST]["label"] == "sick"
    project.root.rmdir()
    away.rename(project.root)
    report = qmix("check", "--project", project.folder)[1]
    assert not report["gone"]
    assert report["missing"] == report["altered"] == []


# -- before a run -----------------------------------------------------------------------------


def test_a_run_names_altered_and_missing_images_and_leaves_them_out(project):
    paint(project.root / FIRST, COLORS["sick"], 4711)
    (project.root / SECOND).unlink()
    (project.root / THIRD).rename(project.root / "healthy" / "renamed.png")
    sent = []
    finished = run_project(project, CONFIG, sink=sent.append, control=Control())
    assert finished.status == "done"
    warnings = {event.code: event.text for event in sent if isinstance(event, Warned)}
    assert FIRST in warnings["altered"]
    assert SECOND in warnings["missing"]
    assert project.runs.results(finished.run).bucket[:3].tolist()[:2] == [-1, -1]
    assert project.runs.results(finished.run).bucket[2] >= 0


def test_a_run_without_its_folder_names_it_and_the_remedy(qmix, project):
    project.root.rename(project.root.with_name("away"))
    code, _, err = qmix("train", "--project", project.folder, *FLAGS)
    assert code == 2
    assert f"not at {project.root}" in err
    assert "qmix relink" in err


# -- how closely ------------------------------------------------------------------------------


@pytest.fixture
def settled(monkeypatch):
    """Files count as settled at once."""
    monkeypatch.setattr(file_stamps, "_SETTLED", 0)


def test_a_quick_look_reads_only_what_has_another_stamp(project, settled, monkeypatch):
    assert dataset_state(project, depth=Depth.QUICK).unread == 25
    assert dataset_state(project, depth=Depth.SURE).unread == 0
    read = []
    monkeypatch.setattr(
        file_stamps, "hash_file", lambda path: read.append(path.name) or hash_of(path)
    )
    assert dataset_state(project, depth=Depth.QUICK).is_unchanged
    assert read == []
    shutil.copy(project.root / SECOND, project.root / FIRST)
    assert list(dataset_state(project, depth=Depth.QUICK).altered) == [FIRST]
    assert read == ["h00.png"]
    assert list(dataset_state(project, depth=Depth.FULL).altered) == [FIRST]
    assert len(read) == 26


def hash_of(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_swap_of_files_of_one_size_and_date_is_seen_at_once(project, settled):
    size = max((project.root / image).stat().st_size for image in (FIRST, SECOND))
    for image in (FIRST, SECOND):
        path = project.root / image
        path.write_bytes(path.read_bytes().ljust(size, b"\0"))
        os.utime(path, (1e9, 1e9))
    contents = {image: hash_of(project.root / image) for image in (FIRST, SECOND)}
    project.files.change(settings={}, contents=contents)
    assert dataset_state(project, depth=Depth.SURE).is_unchanged
    swap(project.root, FIRST, SECOND)
    assert list(dataset_state(project, depth=Depth.QUICK).altered) == [FIRST, SECOND]


def test_a_quick_look_does_not_forget_what_a_close_one_found(qmix, project):
    paint(project.root / FIRST, COLORS["sick"], 4711)
    qmix("check", "--project", project.folder)
    shutil.rmtree(project.cache_folder)
    with ProjectStore.open(project.folder) as again:
        assert list(dataset_state(again, depth=Depth.QUICK).altered) == [FIRST]


def test_identical_files_with_different_labels_are_not_guessed_apart(qmix, project):
    shutil.copy(project.root / FIRST, project.root / "sick" / "twin.png")
    assert qmix("check", "--project", project.folder, "--add")[1]["added"] == 1
    (project.root / FIRST).unlink()
    (project.root / "sick" / "twin.png").rename(project.root / "sick" / "other.png")
    _, report, _ = qmix("check", "--project", project.folder)
    assert report["renamed"] == {}
    assert report["missing"] == [FIRST, "sick/twin.png"]


def test_a_look_can_be_cancelled(project):
    control = Control()
    control.cancel()
    with pytest.raises(Cancelled):
        dataset_state(project, control=control)
