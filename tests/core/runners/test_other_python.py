"""The engine under another Python of this computer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tomllib
import venv
from pathlib import Path

import pytest
from small_encoder import FLAGS

from qmix_core.base.errors import ConfigError
from qmix_core.project.store import ProjectStore
from qmix_core.runners.other_python import REQUIREMENTS, require_usable
from qmix_core.workflow.try_runner import try_runner

ROOT = Path(__file__).resolve().parents[3]
#: Of the project's requirements, what only the window needs.
WINDOW = ("PySide6", "pyqtgraph")


@pytest.fixture(scope="module")
def bare(tmp_path_factory) -> Path:
    """An environment without any library."""
    folder = tmp_path_factory.mktemp("bare") / "env"
    venv.create(folder, symlinks=True)
    return folder / "bin" / "python"


@pytest.fixture(scope="module")
def python(tmp_path_factory) -> Path:
    """Another environment with the libraries of this one, but without QMix."""
    folder = tmp_path_factory.mktemp("other") / "env"
    venv.create(folder, symlinks=True)
    own = next(folder.glob("lib/python*/site-packages"))
    (own / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    return folder / "bin" / "python"


def run_events(*arguments: object) -> list[dict]:
    """The events of `qmix train`, told to a parent that lives."""
    with subprocess.Popen(
        [sys.executable, "-m", "qmix_core", "train", *map(str, arguments), "--events"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    ) as child:
        events = [json.loads(line) for line in child.stdout]
        assert child.wait() == 0
        return events


def test_the_engine_needs_what_the_project_says():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    needed = [item for item in project["dependencies"] if not item.startswith(WINDOW)]
    assert sorted(REQUIREMENTS) == sorted(needed)


def test_a_run_under_another_python_is_a_run_of_the_project(class_folders, tmp_path, python):
    folder = tmp_path / "p.qmix"
    events = run_events(class_folders, "--project", folder, *FLAGS, f"--runner=python:{python}")
    assert (events[-1]["event"], events[-1]["status"]) == ("run_finished", "done")
    with ProjectStore.open(folder) as project:
        (run,) = project.runs.all()
        assert run.status == "done"


def test_the_test_of_a_python_tells_what_it_has(python):
    found = try_runner(f"python:{python}")
    assert found.images_per_second > 0
    assert found.torch


def test_a_python_without_libraries_is_told_what_to_install(bare):
    with pytest.raises(ConfigError, match=r"lacks .*torch.*: run .* -m pip install .*'torch>="):
        require_usable(str(bare))


def test_what_is_no_python_is_one_sentence(tmp_path):
    with pytest.raises(ConfigError, match="There is no program"):
        require_usable(str(tmp_path / "python"))
    with pytest.raises(ConfigError, match="does not run as a Python"):
        require_usable("/bin/true")
