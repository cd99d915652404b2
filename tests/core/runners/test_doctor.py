"""`qmix doctor`: every part of this computer with its state, and a remedy where one is needed."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from qmix_core.base.errors import ConfigError
from qmix_core.cli.main import main
from qmix_core.runners import other_python, this_computer
from qmix_core.runners.this_computer import State, look

PROBE = {
    "torch": "2.99", "torchvision": "0.99", "device": "cpu", "device_name": "x",
    "device_memory_gb": 0.0, "images_per_second": 12.3,
}  # fmt: skip


@pytest.fixture(autouse=True)
def quick_probe(monkeypatch) -> None:
    monkeypatch.setattr(other_python, "ask", lambda *_, **__: json.dumps(PROBE).encode())


def states() -> dict[str, State]:
    return {finding.name: finding.state for finding in look()}


def test_everything_is_told_with_its_state(capsys):
    code = main(["doctor", "--json"])
    told = json.loads(capsys.readouterr().out)
    names = {finding["name"] for finding in told["findings"]}
    assert {"Python", "Engine", "GPU and driver", "Memory", "Display", "Cache folder"} <= names
    assert code == int(not told["is_well"])
    for finding in told["findings"]:
        assert "{" not in finding["text"] + finding["remedy"]
        assert finding["state"] == "ok" or finding["remedy"]
    main(["doctor"])
    assert "torch 2.99" in capsys.readouterr().out


def test_an_engine_that_does_not_start_is_a_problem_with_a_remedy(monkeypatch, capsys):
    def fail(*_, **__):
        raise ConfigError("libtorch.so is missing")

    monkeypatch.setattr(other_python, "ask", fail)
    assert main(["doctor"]) == 1
    out = capsys.readouterr().out
    assert "libtorch.so is missing" in out
    assert "engine environment" in out


def test_a_gpu_that_torch_does_not_use_is_told(monkeypatch):
    monkeypatch.setattr(this_computer, "_nvidia_smi", lambda: "Card, 550.1, 24 GB")
    found = states()
    assert found["GPU in use"] is State.WARNING
    assert found["GPU and driver"] is State.OK


def test_a_card_without_a_driver_is_a_problem(monkeypatch):
    monkeypatch.setattr(this_computer, "_nvidia_smi", lambda: "")
    monkeypatch.setattr(this_computer, "_nvidia_cards", lambda: True)
    assert states()["GPU and driver"] is State.PROBLEM


def test_a_missing_library_is_told_with_its_package(monkeypatch):
    monkeypatch.setattr(this_computer, "_loads", lambda name: name != "libEGL.so.1")
    finding = next(item for item in look() if item.name == "Libraries of the window")
    assert finding.state is State.PROBLEM
    assert "apt-get install libegl1" in finding.said()[1]


def test_no_display_and_a_folder_that_cannot_be_written(monkeypatch, tmp_path):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(this_computer, "user_cache_path", lambda *_, **__: tmp_path / "cache")

    def refuse(dir):  # noqa: A002 - the name of the library's own argument
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(this_computer.tempfile, "TemporaryFile", refuse)
    found = states()
    assert found["Display"] is State.WARNING
    assert found["Cache folder"] is State.PROBLEM


@pytest.mark.parametrize(
    ("cuda", "told"), [("cuda: Optional[str] = None", "Card, Other"), ("cuda: str = '13.0'", "")]
)
def test_a_gpu_that_this_torch_cannot_use_is_seen_without_torch(monkeypatch, tmp_path, cuda, told):
    (tmp_path / "version.py").write_text(f"__version__ = '2.99'\n{cuda}\nhip = None\n")
    spec = SimpleNamespace(origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr(this_computer.importlib.util, "find_spec", lambda _name: spec)
    monkeypatch.setattr(this_computer, "_nvidia_smi", lambda: "Card, 550.1, 24 GB; Other, 1, 2")
    assert this_computer.gpu_at_rest() == told
    monkeypatch.setattr(this_computer, "_nvidia_smi", lambda: "")
    assert this_computer.gpu_at_rest() == ""
