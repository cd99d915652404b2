"""A bundle: what its one program does itself, what its engine does, and what is not inside."""

from __future__ import annotations

import ast
import importlib.util
import os
import sys
import tomllib
from pathlib import Path

import pytest

from qmix_core.cli import in_engine
from qmix_core.cli.main import main
from qmix_core.runners import carried, engine_environment, other_python, own_engine

ROOT = Path(__file__).resolve().parents[2]
ENGINE = "/engine/bin/python"


def load(path: Path):
    spec = importlib.util.spec_from_file_location(f"of_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def bundle(tmp_path, monkeypatch) -> Path:
    """This process takes itself for a bundle's program; give the folder of what it carries."""
    inside = tmp_path / "bundle" / "_internal"
    inside.mkdir(parents=True)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(inside), raising=False)
    monkeypatch.setattr(engine_environment, "engine_folder", lambda: tmp_path / "data" / "engine")
    return inside


@pytest.fixture
def handed_on(bundle, monkeypatch) -> list[tuple[str, list[str]]]:
    """What goes to the engine environment, instead of going there."""
    asked: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(in_engine, "own_engine", lambda: ENGINE)
    monkeypatch.setattr(
        other_python, "become", lambda python, words: asked.append((python, list(words))) or 7
    )
    return asked


@pytest.mark.parametrize(
    "words",
    [
        ["train", "--project", "P.qmix", "--events"],
        ["train", "--project", "P.qmix", "--resume", "--events"],
        ["attention", "--child", "--run", "1", "--label=a", "--out=x.npz", "--", "P.qmix", "i"],
        ["quality", "photographs", "--out", "q.csv"],
        ["far", "probe"],
        ["far", "run", "job"],
    ],
)
def test_what_loads_torch_goes_to_the_engine_environment(handed_on, words):
    assert main(words) == 7
    assert handed_on == [(ENGINE, words)]


@pytest.mark.parametrize(
    "words",
    [
        ["check", "no-such-folder"],
        ["status", "no.qmix"],
        ["export", "no.qmix", "--what", "cleaned", "--out", "c.csv"],
        ["train", "--project", "no.qmix", "--runner", "ssh:lab"],
        ["train", "--project", "no.qmix", "--runner", "nonsense"],
        ["engine", "status"],
    ],
)
def test_everything_else_is_done_by_the_bundle_itself(handed_on, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(words) in (0, 2)
    assert not handed_on


def test_outside_a_bundle_nothing_is_handed_on(monkeypatch):
    monkeypatch.setattr(other_python, "become", lambda *_: pytest.fail("handed on"))
    assert own_engine.own_engine() == sys.executable
    assert main(["train", "--project", "no.qmix"]) == 2


def test_without_an_engine_a_training_ends_with_the_sentence_that_helps(bundle, capsys):
    assert main(["train", "--project", "P.qmix", "--events"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "qmix engine make" in said


@pytest.mark.parametrize(
    ("program", "words", "expected"),
    [
        ("qmix-gui", ["-m", "qmix_core", "check", "x"], ("command", ["check", "x"])),
        ("qmix-gui", ["-P", "-m", "qmix_core", "far", "probe"], ("command", ["far", "probe"])),
        ("qmix-gui", ["--demo"], ("window", ["--demo"])),
        ("qmix", ["check", "x"], ("command", ["check", "x"])),
        ("qmix", ["-m", "qmix_core", "check", "x"], ("command", ["check", "x"])),
    ],
)
def test_the_program_is_window_and_command_line(bundle, monkeypatch, program, words, expected):
    import qmix_core.cli.main as cli
    import qmix_gui.app.main as gui

    ran = []
    monkeypatch.setattr(cli, "main", lambda given: ran.append(("command", given)) or 0)
    monkeypatch.setattr(gui, "main", lambda given: ran.append(("window", given)) or 0)
    monkeypatch.setattr(sys, "executable", f"/opt/qmix-gui/{program}")
    monkeypatch.setattr(sys, "argv", [program, *words])
    assert load(ROOT / "main.py").main() == 0
    assert ran == [expected]


@pytest.mark.skipif(os.name == "nt", reason="the carried Python lies otherwise there")
def test_the_engine_is_based_on_a_copy_of_the_carried_python(bundle, tmp_path):
    place = tmp_path / "data"
    place.mkdir()
    assert carried.base_python(place) == carried.ANY_PYTHON
    program = bundle / "python" / "bin" / "python3.11"
    program.parent.mkdir(parents=True)
    program.write_text("a Python")
    (program.parent / "python3").symlink_to("python3.11")
    base = Path(carried.base_python(place))
    assert base.is_relative_to(place)
    assert base.read_text() == "a Python"
    program.unlink()
    assert carried.base_python(place) == str(base), "the bundle may go, the engine stays"
    engine_environment.remove_engine()
    assert not list(place.iterdir())


def test_the_carried_uv_comes_first(bundle):
    assert carried.carried_uv() == ""
    name = "uv.exe" if os.name == "nt" else "uv"
    (bundle / "bin").mkdir()
    (bundle / "bin" / name).touch()
    assert engine_environment._uv() == str(bundle / "bin" / name)


def test_children_get_the_systems_libraries(bundle, monkeypatch):
    monkeypatch.setenv("LD_LIBRARY_PATH", str(bundle))
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG", raising=False)
    carried.leave_bundle()
    assert "LD_LIBRARY_PATH" not in os.environ
    monkeypatch.setenv("LD_LIBRARY_PATH", str(bundle))
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/usr/own")
    carried.leave_bundle()
    assert os.environ["LD_LIBRARY_PATH"] == "/usr/own"


def test_no_torch_is_inside():
    tree = ast.parse((ROOT / "packaging" / "qmix.spec").read_text(encoding="utf-8"))
    lists = {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "NOT_INSIDE"
    }
    assert {"torch", "torchvision", "timm", "sklearn", "matplotlib"} <= set(lists["NOT_INSIDE"])
    passed = [
        word.value.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Analysis"
        for word in node.keywords
        if word.arg == "excludes"
    ]
    assert passed == ["NOT_INSIDE"]


def test_the_bundle_is_made_of_what_the_project_requires_less_the_engine():
    build = load(ROOT / "packaging" / "build.py")
    names = {build._name(item) for item in build.window_requirements()}
    assert not names & build.ENGINE_ONLY
    assert {"pyside6-essentials", "numpy", "scipy", "pydicom", "pillow-heif", "uv"} <= names
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {build._name(item) for item in project["dependencies"]} >= build.ENGINE_ONLY


def test_the_engine_reads_the_files_that_the_window_reads():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "optional-dependencies"
    ]
    assert set(other_python.READERS) == {*extras["dicom"], *extras["heic"], *extras["xlsx"]}
