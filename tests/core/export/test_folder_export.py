"""The cleaned folder: what it holds, how it comes about, and what it never does."""

from __future__ import annotations

import csv
import hashlib
import json
import os

import pytest
from table_files import check_json, make_images, project_of, relabel

from qmix_core.base.cancellation import Cancelled, Control
from qmix_core.base.errors import ProjectError
from qmix_core.base.types import Action
from qmix_core.cli.main import main
from qmix_core.dataset.dataset import load_dataset
from qmix_core.dataset.tables.manifest import MANIFEST
from qmix_core.export import folder as module
from qmix_core.export.folder import Link, export_folder
from qmix_core.project.storage.decision_log import NewDecision


def files_of(folder, *, besides=""):
    """What the files hold; a project writes its backups at any time: `besides` these."""
    files = (path for path in folder.rglob("*") if path.is_file() and besides not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def manifest_of(folder):
    with (folder / MANIFEST.file).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def reviewed(project):
    relabel(project, "healthy/wrong.png", "sick")
    project.decisions.decide(NewDecision("sick/s00.png", Action.EXCLUDE), reviewer="Dr. A")
    project.decisions.decide(NewDecision("sick/s01.png", Action.RETAKE), reviewer="Dr. A")
    return project


@pytest.mark.parametrize("link", ["copy", "hard", "symlink"])
def test_the_folder_read_back_is_the_cleaned_dataset(capsys, reviewed, tmp_path, link):
    before = files_of(reviewed.root)
    out = tmp_path / "cleaned"
    arguments = ["--what", "folder", "--link", link, "--out", str(out), "--json"]
    assert main(["export", str(reviewed.folder), *arguments]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["rows"], said["link"], said["left_out"]) == (23, link, [])
    assert check_json(capsys, out)["classes"] == {"healthy": 12, "sick": 11}
    one = out / "sick" / "wrong.png"
    assert one.read_bytes() == (reviewed.root / "healthy" / "wrong.png").read_bytes()
    assert one.is_symlink() == (link == "symlink")
    assert one.samefile(reviewed.root / "healthy" / "wrong.png") == (link != "copy")
    assert files_of(reviewed.root) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_the_manifest_leads_back_to_each_original(reviewed, tmp_path):
    export_folder(reviewed, tmp_path / "out")
    rows = manifest_of(tmp_path / "out")
    assert len(rows) == 23
    for row in rows:
        data = (tmp_path / "out" / row["path"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == row["sha256"]
        assert (reviewed.root / row["original_path"]).read_bytes() == data
    moved = next(row for row in rows if row["original_label"] != row["label"])
    assert (moved["path"], moved["status"]) == ("sick/wrong.png", "relabeled")


def test_the_manifest_is_a_table_of_labels_too(capsys, reviewed, tmp_path):
    export_folder(reviewed, tmp_path / "out")
    found = check_json(capsys, tmp_path / "out" / MANIFEST.file)
    assert found["classes"] == {"healthy": 12, "sick": 11}


def test_labels_and_names_that_no_system_can_hold_become_ones_that_it_can(tmp_path):
    for name in ("001/eye.png", "002/eye.png", "003/Eye.PNG", "x/b.png"):
        make_images(tmp_path / "in" / name.rpartition("/")[0], [name.rpartition("/")[2]])
    table = tmp_path / "in" / "t.csv"
    labels = ["DR: 1/2", "DR: 1/2", "DR: 1/2", ".."]
    names = ["001/eye.png", "002/eye.png", "003/Eye.PNG", "x/b.png"]
    rows = "".join(f"{name},{label}\n" for name, label in zip(names, labels, strict=True))
    table.write_text(f"image,label\n{rows}")
    with project_of(table, tmp_path / "p.qmix") as project:
        export_folder(project, tmp_path / "out")
    paths = [row["path"] for row in manifest_of(tmp_path / "out")]
    assert paths[:3] == ["DR_ 1_2/001_eye.png", "DR_ 1_2/002_eye.png", "DR_ 1_2/003_Eye.PNG"]
    assert len(load_dataset(tmp_path / "out").samples) == 4
    assert {row["label"] for row in manifest_of(tmp_path / "out")} == {"DR: 1/2", ".."}


@pytest.mark.parametrize("what", ["folder", "imagefolder"])
def test_classes_called_like_splits_masks_or_hidden_folders_come_in_again(capsys, tmp_path, what):
    classes = ["masks", "train", "test", ".hidden", "trash", "thumbnails", "@eaDir", "heat map"]
    names = [f"{number}.png" for number in range(2 * len(classes))]
    make_images(tmp_path / "in", names)
    rows = "".join(f"{name},{classes[at % len(classes)]}\n" for at, name in enumerate(names))
    (tmp_path / "in" / "t.csv").write_text(f"image,label\n{rows}")
    with project_of(tmp_path / "in" / "t.csv", tmp_path / "p.qmix") as project:
        arguments = ["--what", what, "--out", str(tmp_path / "wrap" / "out")]
        (tmp_path / "wrap").mkdir()
        assert main(["export", str(project.folder), *arguments]) == 0
    capsys.readouterr()
    for place in ("wrap/out", "wrap"):
        found = check_json(capsys, tmp_path / place)
        assert found["classes"] == dict.fromkeys(sorted(classes), 2)
        assert [p for p in found["problems"] if p["kind"] == "left_out_folder"] == []


@pytest.mark.parametrize("place", ["root", "inside", "above", "project", "full"])
def test_it_is_never_made_in_or_over_anything(reviewed, tmp_path, place):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    out = {
        "root": reviewed.root,
        "inside": reviewed.root / "new",
        "above": tmp_path,
        "project": reviewed.folder / "new",
        "full": tmp_path / "full",
    }[place]
    before = files_of(tmp_path, besides="backups")
    with pytest.raises(ProjectError, match="choose"):
        export_folder(reviewed, out)
    assert files_of(tmp_path, besides="backups") == before


def test_a_link_into_the_dataset_is_seen_through(reviewed, tmp_path):
    (tmp_path / "link").symlink_to(reviewed.root, target_is_directory=True)
    with pytest.raises(ProjectError, match="inside the dataset"):
        export_folder(reviewed, tmp_path / "link" / "new")


def test_cancelling_leaves_nothing(reviewed, tmp_path):
    control = Control()

    def stop(done, _total):
        if done == 5:
            control.cancel()

    with pytest.raises(Cancelled):
        export_folder(reviewed, tmp_path / "x" / "out", progress=stop, control=control)
    assert list((tmp_path / "x").iterdir()) == []


def test_a_disk_that_is_too_small_is_told_before_anything_is_copied(
    reviewed, tmp_path, monkeypatch
):
    usage = type("Usage", (), {"free": 100})
    monkeypatch.setattr(module.shutil, "disk_usage", lambda _: usage)
    with pytest.raises(ProjectError, match=r"needs 0\.0 GB.*link the images"):
        export_folder(reviewed, tmp_path / "x" / "out")
    assert list((tmp_path / "x").iterdir()) == []
    assert export_folder(reviewed, tmp_path / "x" / "out", link=Link.HARD).images == 23


def test_where_hard_links_are_impossible_it_copies_and_says_so(
    capsys, reviewed, tmp_path, monkeypatch
):
    def refuse(*_):
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    out = tmp_path / "out"
    arguments = ["--what", "folder", "--link", "hard", "--out", str(out)]
    assert main(["export", str(reviewed.folder), *arguments]) == 0
    assert "cannot have such links, so the images were copied" in capsys.readouterr().out
    assert not (out / "sick" / "wrong.png").samefile(reviewed.root / "healthy" / "wrong.png")


def test_an_image_that_is_gone_or_altered_is_told(capsys, reviewed, tmp_path):
    (reviewed.root / "healthy" / "h00.png").unlink()
    (reviewed.root / "healthy" / "h01.png").write_bytes(b"other")
    out = tmp_path / "out"
    assert main(["export", str(reviewed.folder), "--what", "folder", "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert "22 images are in" in said
    assert "1 image could not be read and is not among them: healthy/h00.png" in said
    status = {row["path"]: row["status"] for row in manifest_of(out)}
    assert status["healthy/h01.png"] == "altered"
