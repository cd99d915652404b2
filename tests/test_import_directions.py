"""Data flows one way: who may import whom (docs/architecture.md)."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("qmix_core", "qmix_gui")
#: The rooms of each package, lowest first: a room imports only from rooms before it.
ROOMS = {
    "qmix_core": (
        "base",
        "dataset",
        "preflight",
        "simulation",
        "runners",
        "runs",
        "engine",
        "review",
        "project",
        "second_readers",
        "export",
        "workflow",
        "cli",
    ),
    "qmix_gui": (
        "theme",
        "settings",
        "jobs",
        "widgets",
        "image_viewer",
        "run_options",
        "start",
        "preflight",
        "training",
        "reading",
        "export",
        "review",
        "settings_dialog",
        "app",
    ),
}
#: Features of the window: none knows another, the application joins them.
FEATURES = ("start", "preflight", "training", "reading", "export", "review", "settings_dialog")
#: module prefix -> prefixes that it must not import, directly
FORBIDDEN = {
    "qmix_core": ("PySide6", "pyqtgraph", "qmix_gui"),
    "qmix_core.base": ("torch", "torchvision"),
    "qmix_core.dataset": ("torch", "torchvision"),
    "qmix_core.dataset.files": (
        "PIL",
        "qmix_core.dataset.labels",
        "qmix_core.dataset.pixels",
        "qmix_core.dataset.tables",
    ),
    "qmix_core.dataset.labels": ("qmix_core.dataset.pixels", "qmix_core.dataset.tables"),
    "qmix_core.dataset.pixels": ("qmix_core.dataset.labels", "qmix_core.dataset.tables"),
    "qmix_core.dataset.tables": ("qmix_core.dataset.pixels",),
    "qmix_core.preflight": ("torch", "torchvision"),
    "qmix_core.runners": ("torch", "torchvision"),
    "qmix_core.runs": ("torch", "torchvision"),
    "qmix_core.engine": ("sqlite3",),
    "qmix_core.project": ("torch", "torchvision", "qmix_core.engine"),
    "qmix_core.second_readers": ("torch", "torchvision", "qmix_core.engine"),
    "qmix_core.review": ("torch", "torchvision", "qmix_core.engine"),
    "qmix_core.export": ("torch", "torchvision", "qmix_core.engine"),
    "qmix_gui": ("torch", "torchvision", "sklearn", "sqlite3"),
    "qmix_gui.review.model": ("PySide6.QtWidgets",),
}
#: modules that must not even load torch indirectly
TORCH_FREE = (
    "qmix_core.base.types",
    "qmix_core.dataset.dataset",
    "qmix_core.dataset.pixels.image_reader",
    "qmix_core.preflight.check",
    "qmix_core.simulation.demo",
    "qmix_core.runs.run_options",
    "qmix_core.runners.line",
    "qmix_core.runners.far_side",
    "qmix_core.runners.this_computer",
    "qmix_core.workflow.run_elsewhere",
    "qmix_core.runs.scores",
    "qmix_core.project.store",
    "qmix_core.project.operations.status",
    "qmix_core.second_readers.packing",
    "qmix_core.second_readers.agreement",
    "qmix_core.export.exports",
    "qmix_core.export.report",
    "qmix_core.cli.main",
)


@cache
def modules() -> dict[str, Path]:
    """Name of every module -> its file."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
    }


@cache
def imports(path: Path) -> frozenset[str]:
    """All that a file imports, anywhere in it: modules and the names taken from them."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            # a package is named only for the modules in it
            found |= names if names <= modules().keys() else {node.module, *names}
    return frozenset(found)


@cache
def module_graph() -> dict[str, set[str]]:
    return {
        name: {item for item in imports(path) if item in modules() and item != name}
        for name, path in modules().items()
    }


def grouped(graph: dict[str, set[str]], group_of) -> dict[str, set[str]]:
    """The graph of groups that a graph of modules makes."""
    groups: dict[str, set[str]] = {}
    for name, targets in graph.items():
        own = groups.setdefault(group_of(name), set())
        own |= {group_of(target) for target in targets} - {group_of(name)}
    return groups


def folder(name: str) -> str:
    return ".".join(modules()[name].relative_to(ROOT).parent.parts)


def room(name: str) -> str:
    return ".".join(folder(name).split(".")[:2])


def is_below(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(prefix + ".")


def circle(graph: dict[str, set[str]]) -> list[str]:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1]
    return []


@pytest.mark.parametrize("group_of", [str, folder, room], ids=["files", "folders", "rooms"])
def test_imports_go_in_no_circle(group_of):
    assert circle(grouped(module_graph(), group_of)) == []


def test_a_circle_would_be_found():
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"a"}})


@pytest.mark.parametrize("package", PACKAGES)
def test_rooms_import_only_from_lower_rooms(package):
    order = ROOMS[package]
    wrong = [
        f"{low} imports {high}"
        for low, targets in grouped(module_graph(), room).items()
        for high in targets
        if low.startswith(package + ".") and high.startswith(package + ".")
        if order.index(high.split(".")[1]) > order.index(low.split(".")[1])
    ]
    assert not wrong


@pytest.mark.parametrize("package", PACKAGES)
def test_the_order_names_every_room(package):
    rooms = {room(name).split(".")[1] for name in modules() if room(name).startswith(f"{package}.")}
    assert rooms == set(ROOMS[package])


def test_no_feature_of_the_window_knows_another():
    features = {f"qmix_gui.{feature}" for feature in FEATURES}
    wrong = [
        f"{own} imports {other}"
        for own, targets in grouped(module_graph(), room).items()
        for other in targets & features
        if own in features
    ]
    assert not wrong


def test_no_module_imports_against_the_direction():
    wrong = [
        f"{name} imports {imported}"
        for name, path in modules().items()
        for prefix, banned in FORBIDDEN.items()
        if is_below(name, prefix)
        for imported in imports(path)
        if any(is_below(imported, item) for item in banned)
    ]
    assert not wrong


def test_the_rules_see_every_package():
    assert all(any(is_below(name, prefix) for name in modules()) for prefix in FORBIDDEN)


@pytest.mark.parametrize("module", TORCH_FREE)
def test_module_loads_without_torch(module):
    code = f"import sys, {module}; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
