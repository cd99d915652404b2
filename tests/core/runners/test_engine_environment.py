"""An environment for the engine: made from a folder of wheels, renewed, cancelled, removed."""

from __future__ import annotations

import json
import shutil
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
