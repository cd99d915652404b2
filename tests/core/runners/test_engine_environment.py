"""An environment for the engine: made from a folder of wheels, renewed, cancelled, removed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from qmix_core.base.cancellation import Cancelled, Control
from qmix_core.base.errors import ConfigError, RunError
from qmix_core.cli.main import main
from qmix_core.runners import engine_environment, other_python

PROBE = {"torch": "2.99", "device": "cuda"}


def has_uv() -> bool:
    try:
        engine_environment._uv()
    except ConfigError:
        return False
    return True


pytestmark = pytest.mark.skipif(not has_uv(), reason="no uv here (pip install uv)")


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    folder = tmp_path / "data" / "engine"
    monkeypatch.setattr(engine_environment, "engine_folder", lambda: folder)
    monkeypatch.setattr(other_python, "REQUIREMENTS", ("qmix-tiny>=1.0",))
    monkeypatch.setattr(other_python, "ask", lambda *_, **__: json.dumps(PROBE).encode())
    return folder


@pytest.fixture
def wheels(tmp_path) -> Path:
    """A folder with one wheel of one module."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    facts = "qmix_tiny-1.0.dist-info"
    with zipfile.ZipFile(folder / "qmix_tiny-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("qmix_tiny.py", "NAME = 'tiny'\n")
        wheel.writestr(
            f"{facts}/METADATA", "Metadata-Version: 2.1\nName: qmix-tiny\nVersion: 1.0\n"
        )
        wheel.writestr(
            f"{facts}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{facts}/RECORD", "")
    return folder


def make(wheels, control=None, tell=lambda *_: None, **how):
    control = control or Control()
    return engine_environment.make_engine(tell=tell, control=control, wheels=wheels, needs=1, **how)


def test_from_a_folder_of_wheels_without_a_network(folder, wheels, capsys):
    assert main(["engine", "make", "--wheels", str(wheels)]) == 0
    assert "--runner python:" in capsys.readouterr().out
    status = engine_environment.engine_status()
    assert (status.is_there, status.is_current, status.torch) == (True, True, "2.99")
    assert Path(status.python).exists()
    assert list(folder.rglob("qmix_tiny.py"))
    assert not (folder / "cache").exists()
    assert main(["engine", "remove"]) == 0
    assert not list(folder.parent.iterdir())
    assert main(["engine", "status", "--json"]) == 0


def test_one_of_another_version_is_renewed(folder, wheels, monkeypatch):
    made = make(wheels)
    monkeypatch.setattr(other_python, "REQUIREMENTS", ("qmix-tiny>=0.9",))
    assert not engine_environment.engine_status().is_current
    assert make(wheels).is_current
    assert [entry.name for entry in folder.parent.iterdir()] == [folder.name]
    assert made.python == engine_environment.engine_status().python


def test_a_failure_is_one_sentence_and_the_old_one_stays(folder, wheels, monkeypatch):
    make(wheels)
    monkeypatch.setattr(other_python, "REQUIREMENTS", ("qmix-not-there",))
    with pytest.raises(RunError, match="qmix-not-there"):
        make(wheels)
    assert [entry.name for entry in folder.parent.iterdir()] == [folder.name]
    assert engine_environment.engine_status().is_there


def test_cancel_leaves_nothing(folder, wheels):
    control = Control()
    with pytest.raises(Cancelled):
        make(wheels, control, lambda *_: control.cancel())
    assert not list(folder.parent.iterdir())


def test_a_disk_without_room_is_told_before(folder, wheels):
    too_much = shutil.disk_usage(wheels).free + (2 << 30)
    with pytest.raises(ConfigError, match="GB free, and the engine environment needs"):
        engine_environment.make_engine(
            tell=lambda *_: None, control=Control(), wheels=wheels, needs=too_much
        )
    with pytest.raises(ConfigError, match="holds no wheels"):
        make(folder.parent)


def test_the_plan_says_what_it_takes_and_changes_nothing(folder, wheels, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://me:secret@proxy.example:3128")
    plan = engine_environment.plan_engine()
    assert (plan.needs_mb, plan.problem) == (8192, "")
    assert 0 < plan.download_mb < plan.needs_mb
    assert "3128" in plan.sentence()
    assert "secret" not in plan.sentence()
    offline = engine_environment.plan_engine(wheels=wheels)
    assert (offline.needs_mb, offline.download_mb, offline.proxy) == (0, 0, "")
    assert "holds no wheels" in engine_environment.plan_engine(wheels=wheels.parent).problem
    assert not folder.parent.exists()


def test_events_tell_a_parent_the_steps_and_an_order_of_it_ends_the_making(folder, tmp_path):
    """In a process of its own, which its parent may end."""
    body = (
        "from qmix_core.cli import engine as cli\n"
        "from qmix_core.cli.main import main\n"
        "from qmix_core.runners import engine_environment as engine\n"
        "import pathlib, time\n"
        f"engine.engine_folder = lambda: pathlib.Path({str(folder)!r})\n"
        "engine._make = lambda uv, new, wheels, backend, python, tell, control: (\n"
        "    tell('libraries', 7), [(control.check(), time.sleep(0.05)) for _ in range(2000)])\n"
        "raise SystemExit(main(['engine', 'make', '--events', '--torch-backend', 'cpu']))\n"
    )
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", body], **pipes) as making:
        told = json.loads(making.stdout.readline())
        assert (told["stage"], told["done"], told["total"]) == ("libraries", 7, 2088)
        assert list(folder.parent.iterdir())
        making.communicate("cancel\n")
    assert making.returncode == 3
    assert not list(folder.parent.iterdir())


def test_what_a_killed_making_left_goes_with_the_next_one(folder, wheels):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    dead, alive = (folder.with_name(f".engine-{pid}-0") for pid in (gone.pid, os.getppid()))
    for place in (dead, alive):
        place.mkdir(parents=True)
    make(wheels)
    assert not dead.exists()
    assert alive.exists()


def test_one_that_trains_is_neither_removed_nor_replaced(folder, wheels):
    python = make(wheels).python
    with subprocess.Popen([python, "-c", "input()"], stdin=subprocess.PIPE) as training:
        for act in (engine_environment.remove_engine, lambda: make(wheels)):
            with pytest.raises(RunError, match="A training uses"):
                act()
        training.communicate(b"\n")
    assert engine_environment.engine_status().is_there


def fake_uv(tmp_path, monkeypatch, body: str) -> Path:
    """A program in the place of uv that writes down what it is told; gives that file."""
    program, asked = tmp_path / "uv", tmp_path / "asked"
    program.write_text(f'#!/bin/sh\necho "$@" >> {asked}\n{body}\n')
    program.chmod(0o755)
    monkeypatch.setattr(engine_environment, "_uv", lambda: str(program))
    return asked


@pytest.mark.skipif(os.name == "nt", reason="a shell script")
def test_where_the_index_of_torch_is_out_of_reach_the_usual_one_serves(
    folder, tmp_path, monkeypatch
):
    body = 'case "$*" in *--torch-backend*) echo "error: Failed to fetch x" >&2; exit 2;; esac'
    asked = fake_uv(tmp_path, monkeypatch, body)
    steps = []
    make(None, tell=lambda step, _: steps.append(step))
    first, auto, plain, readers = asked.read_text().splitlines()
    assert first.startswith("venv")
    assert auto.endswith("--torch-backend auto")
    assert plain == auto.removesuffix(" --torch-backend auto")
    assert all(name in readers for name in other_python.READERS)
    assert steps[-1] == "trying"


@pytest.mark.skipif(os.name == "nt", reason="a shell script")
@pytest.mark.parametrize(
    ("said", "remedy"),
    [
        ("error: Failed to fetch: dns error", "HTTPS_PROXY"),
        ("error: failed to write: No space left on device (os error 28)", "Free some space"),
        ("error: torch was not found in the provided package locations", "wheels that are missing"),
    ],
)
def test_a_failure_of_uv_has_its_remedy(folder, tmp_path, monkeypatch, said, remedy):
    fake_uv(tmp_path, monkeypatch, f'[ "$1" = venv ] || {{ echo "{said}" >&2; exit 2; }}')
    with pytest.raises(RunError, match=remedy) as caught:
        make(None)
    assert "\n" not in str(caught.value)
