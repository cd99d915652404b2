"""One reviewer at a time; all others read, and runs are written beside them."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import pytest
from small_encoder import FLAGS

from qmix_core.base.errors import ProjectError
from qmix_core.base.types import Action, Status
from qmix_core.cli.main import main
from qmix_core.project.storage import lock
from qmix_core.project.storage.decision_log import NewDecision
from qmix_core.project.store import ProjectStore
from qmix_core.runs.run_options import RunOptions

OTHER = """
import sys
import threading
import time
from pathlib import Path
from qmix_core.project.store import ProjectStore
project = ProjectStore.open(Path(sys.argv[1]))
project.begin_review()
print(project.read_only or "reviewing", flush=True)
sys.stdin.read()
"""


@contextmanager
def other_window(folder):
    with subprocess.Popen(
        [sys.executable, "-c", OTHER, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        yield child, child.stdout.readline().strip()
        child.kill()


@pytest.fixture
def folder(project):
    project.close()
    return project.folder


def decide(project):
    new = NewDecision(project.samples[0].image, Action.EXCLUDE)
    return project.decisions.decide(new, reviewer="x")


def test_the_second_window_reads_is_told_who_decides_and_decides_nothing(folder, tmp_path):
    with other_window(folder) as (child, said), ProjectStore.open(folder) as second:
        assert said == "reviewing"
        second.begin_review()
        assert f"pid {child.pid}" in second.read_only
        assert "another window" in second.read_only
        with pytest.raises(ProjectError, match="Opened read-only"):
            decide(second)
        assert second.decisions.all() == []
        assert main(["export", str(folder), "--out", str(tmp_path / "out.csv")]) == 0


def test_apply_is_refused_while_a_window_is_open(folder, tmp_path, capsys):
    table = tmp_path / "d.csv"
    table.write_text("image,action\nhealthy/h00.png,exclude\n")
    arguments = ["apply", str(folder), str(table), "--reviewer", "x"]
    with other_window(folder):
        assert main(arguments) == 2
        assert "another window" in capsys.readouterr().err
    assert main(arguments) == 0


def test_the_lock_vanishes_with_a_window_that_is_killed(folder):
    with other_window(folder) as (child, _):
        child.kill()
        child.wait()
        with ProjectStore.open(folder) as project:
            assert decide(project)
            assert project.read_only == ""


def test_two_windows_of_one_process_exclude_each_other(folder):
    with ProjectStore.open(folder) as first, ProjectStore.open(folder) as second:
        decide(first)
        with pytest.raises(ProjectError, match="another window"):
            decide(second)


def test_a_run_is_written_beside_the_window(folder, make_results):
    with ProjectStore.open(folder) as window, ProjectStore.open(folder) as training:
        window.begin_review()
        run = training.runs.begin(RunOptions(epochs=3).config(), device="cpu")
        decide(window)
        results = make_results(len(training.samples))
        training.runs.finish(run, status="done", results=results)
        assert window.runs.finished() == [run]


def test_a_folder_that_cannot_be_written_opens_read_only(folder, monkeypatch):
    with ProjectStore.open(folder) as project:
        decide(project)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    monkeypatch.setattr("qmix_core.project.storage.opening._is_writable", lambda _folder: False)
    with ProjectStore.open(folder) as project:
        project.begin_review()
        assert "cannot be written" in project.read_only
        assert project.decisions.review(project.samples[0].image).status is Status.EXCLUDED
        with pytest.raises(ProjectError, match="cannot be written"):
            decide(project)
        with pytest.raises(ProjectError, match="Read-only"):
            project.runs.begin(RunOptions(epochs=3).config(), device="cpu")
    assert {path: path.read_bytes() for path in before} == before


def test_a_second_training_waits_for_one_that_ends_and_is_refused_by_one_that_does_not(
    folder, capsys, monkeypatch
):
    training = ["train", "--project", str(folder), *FLAGS]
    monkeypatch.setattr(lock, "_LONGEST_END", 0.3)
    with lock.training_alone(folder, check=lambda: None):
        assert main(training) == 2
        assert "Another process is training on" in capsys.readouterr().err
    with ProjectStore.open(folder) as project:
        assert project.runs.all() == []
    monkeypatch.setattr(lock, "_LONGEST_END", 30)
    ending, ended = threading.Event(), threading.Event()

    def end_soon():
        with lock.training_alone(folder, check=lambda: None):
            ending.set()
            time.sleep(0.5)
            ended.set()

    other = threading.Thread(target=end_soon)
    other.start()
    ending.wait()
    with lock.training_alone(folder, check=lambda: None):
        assert ended.is_set()
    other.join()
