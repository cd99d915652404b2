"""A project's folder from elsewhere: no link in it is followed, none is trusted unasked."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from small_encoder import FLAGS

from qmix_core.base.errors import ProjectError
from qmix_core.base.types import Action
from qmix_core.cli.main import main
from qmix_core.project.storage import trust
from qmix_core.project.storage.decision_log import NewDecision
from qmix_core.project.store import DATABASE, ProjectStore

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links and owners of POSIX")

ENTRIES = (
    "decisions.jsonl", "review.json", "review.lock", "training.lock", "pseudonyms.key", DATABASE,
    "runs", "runs/0001", "runs/0002", "runs/0001/checkpoint.pt", "runs/0001/config.json",
    "runs/0001/log.txt", "cache", "cache/stamps.tsv", "cache/thumbnails/ab", "backups",
    "backups/project.1.sqlite", "readings", "readings/packages", "readings/0001.json",
    "damaged-2020/x", "project.sqlite-wal",
)  # fmt: skip
COMMANDS = {
    "status": ["status", "{project}"],
    "apply": ["apply", "{project}", "{table}", "--reviewer", "R"],
    "train": ["train", "--project", "{project}", *FLAGS],
    "export": ["export", "{project}", "--what", "scores", "--anonymous", "--out", "{out}"],
    "verify": ["verify", "{project}", "--quick"],
    "recover": ["recover", "{project}"],
    "trust": ["trust", "{project}"],
}


@pytest.fixture
def folder(project: ProjectStore) -> Path:
    project.decisions.decide(NewDecision(project.samples[0].image, Action.EXCLUDE), reviewer="R")
    project.close()
    return project.folder


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    """A file and a folder outside, which nothing may touch."""
    outside = tmp_path / "outside"
    (outside / "folder").mkdir(parents=True)
    (outside / "file").write_text("export A=1\n")
    return outside


def state(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.name: path.read_bytes() for path in files}


def replace_by_link(place: Path, target: Path) -> None:
    if place.is_dir():
        shutil.rmtree(place)
    place.unlink(missing_ok=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(target)


def run(command: str, folder: Path, tmp_path: Path) -> int:
    (tmp_path / "d.csv").write_text("image,action\nhealthy/h01.png,exclude\n")
    values = {"project": folder, "table": tmp_path / "d.csv", "out": tmp_path / "out.csv"}
    return main([part.format(**values) for part in COMMANDS[command]])


@pytest.mark.parametrize("to", ["file", "folder", "nowhere"])
@pytest.mark.parametrize("entry", ENTRIES)
def test_a_link_among_a_projects_own_entries_is_named_and_not_followed(folder, victim, entry, to):
    before = state(victim)
    replace_by_link(folder / entry, victim / to)
    with pytest.raises(ProjectError) as error:
        ProjectStore.open(folder)
    assert entry in str(error.value)
    assert state(victim) == before


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_follows_a_link_in_a_project(folder, victim, tmp_path, capsys, command):
    before = state(victim)
    replace_by_link(folder / "decisions.jsonl", victim / "file")
    assert run(command, folder, tmp_path) == 2
    *_, said = capsys.readouterr().err.splitlines()
    assert "decisions.jsonl is a link" in said
    assert state(victim) == before


def test_a_fifo_in_a_project_is_named_and_not_waited_for(folder):
    (folder / "review.json").unlink()
    os.mkfifo(folder / "review.json")
    with pytest.raises(ProjectError, match=r"review\.json is a link or a special file"):
        ProjectStore.open(folder)


def test_the_project_folder_itself_may_be_a_link(folder, tmp_path):
    (tmp_path / "short.qmix").symlink_to(folder)
    with ProjectStore.open(tmp_path / "short.qmix") as project:
        assert len(project.decisions.all()) == 1


# -- trust ----------------------------------------------------------------------------------------


def make_writable_by_all(folder: Path) -> None:
    folder.chmod(0o777)


def give_a_second_name(folder: Path) -> None:
    os.link(folder / DATABASE, folder.parent / "second")


def move_alone(folder: Path) -> None:
    """Away from its images, to where another made it seem to belong."""
    away = folder.parent / "mail" / "deeper" / folder.name
    away.parent.mkdir(parents=True)
    folder.rename(away)
    folder.symlink_to(away)


UNUSUAL = {
    "others may write to it": make_writable_by_all,
    "has a second name elsewhere": give_a_second_name,
    "takes its images from": move_alone,
}


@pytest.mark.parametrize("reason", UNUSUAL)
def test_what_is_unusual_is_read_only_until_it_is_trusted(folder, tmp_path, capsys, reason):
    UNUSUAL[reason](folder)
    with ProjectStore.open(folder) as project:
        assert reason in project.distrust
        assert len(project.decisions.all()) == 1
    before = (folder / DATABASE).read_bytes()
    for command in ("apply", "train"):
        assert run(command, folder, tmp_path) == 2
        said = capsys.readouterr().err
        assert "is opened read-only" in said
        assert f"qmix trust {folder}" in said
    assert (folder / DATABASE).read_bytes() == before
    assert run("trust", folder, tmp_path) == 0
    assert run("apply", folder, tmp_path) == 0
    with ProjectStore.open(folder) as project:
        assert project.distrust == ""
        assert len(project.decisions.all()) == 2


def test_trust_is_kept_for_the_person_and_not_in_the_project(folder, tmp_path, trust_file):
    make_writable_by_all(folder)
    assert run("trust", folder, tmp_path) == 0
    # another project that takes the place of the first is none that was trusted
    folder.rename(tmp_path / "away.qmix")
    shutil.copytree(tmp_path / "away.qmix", folder)
    with ProjectStore.open(folder) as project:
        assert "others may write" in project.distrust
    trust_file.write_text("[{}]")
    with ProjectStore.open(folder) as project:
        assert project.distrust


def test_a_project_of_another_user_is_not_trusted(folder, monkeypatch):
    mine = os.geteuid()
    monkeypatch.setattr(trust.os, "geteuid", lambda: mine + 1)
    with ProjectStore.open(folder) as project:
        assert "another user" in project.distrust


def test_a_project_that_moved_with_its_images_is_ones_own(folder, class_folders, tmp_path):
    there = tmp_path / "usb"
    there.mkdir()
    shutil.move(folder, there)
    shutil.move(class_folders, there)
    with ProjectStore.open(there / folder.name) as project:
        assert project.distrust == ""


# -- recover --------------------------------------------------------------------------------------


def test_recover_copies_nothing_to_places_that_others_share(folder, tmp_path, monkeypatch):
    shared = tmp_path / "shared"
    shared.mkdir()
    monkeypatch.setenv("TMPDIR", str(shared))
    monkeypatch.setattr("tempfile.tempdir", None)
    made: list[Path] = []
    make = tempfile.mkdtemp

    def note(suffix: str | None, prefix: str, place: Path) -> str:
        made.append(place)
        return make(suffix, prefix, place)

    monkeypatch.setattr("tempfile.mkdtemp", note)
    (folder / DATABASE).write_bytes(b"damaged")
    assert main(["recover", str(folder)]) == 0
    assert list(shared.iterdir()) == []
    assert made
    assert all(place.is_relative_to(folder) for place in made)
    assert not list(folder.rglob(".recovering-*"))


def test_what_a_killed_recovery_left_is_removed_by_the_next(folder):
    left = folder / ".recovering-killed"
    left.mkdir()
    (left / "copy").write_text("names of patients")
    assert main(["recover", str(folder)]) == 0
    assert not left.exists()
