"""Data flows one way: who may import whom (DESIGN, "Layout")."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("qmix_core", "qmix_gui")

#: module prefix -> prefixes that it must not import, directly
FORBIDDEN = {
    "qmix_core": ("PySide6", "pyqtgraph", "qmix_gui"),
    "qmix_core.data": (
        "qmix_core.engine",
        "qmix_core.project",
        "qmix_core.export",
        "qmix_core.cli",
    ),
    "qmix_core.engine": ("qmix_core.project", "qmix_core.export", "qmix_core.cli", "sqlite3"),
    "qmix_core.project": ("torch", "torchvision", "qmix_core.export", "qmix_core.cli"),
    "qmix_core.export": ("torch", "torchvision", "qmix_core.cli"),
    "qmix_core.readers": ("torch", "torchvision", "qmix_core.cli", "qmix_core.export"),
    "qmix_core.types": ("torch", "qmix_core.data", "qmix_core.engine"),
    "qmix_gui": ("torch", "torchvision", "sklearn"),
    "qmix_gui.views": ("sqlite3",),
    "qmix_gui.models": ("qmix_gui.views",),
}
#: modules that must not even load torch indirectly
TORCH_FREE = (
    "qmix_core.types",
    "qmix_core.data.dataset",
    "qmix_core.data.images",
    "qmix_core.data.preflight",
    "qmix_core.data.demo",
    "qmix_core.project.store",
    "qmix_core.project.compare",
    "qmix_core.export.exports",
    "qmix_core.export.report",
    "qmix_core.export.tables",
    "qmix_core.readers.packing",
    "qmix_core.readers.reading_folder",
    "qmix_core.readers.agreement",
    "qmix_core.engine.scores",
    "qmix_core.cli",
)


def modules() -> list[tuple[str, Path]]:
    return [
        (".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), path)
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
    ]


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def is_below(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(prefix + ".")


def test_no_module_imports_against_the_direction():
    wrong = [
        f"{name} imports {imported}"
        for name, path in modules()
        for prefix, banned in FORBIDDEN.items()
        if is_below(name, prefix)
        for imported in imports(path)
        if any(is_below(imported, item) for item in banned)
    ]
    assert not wrong


def test_the_rules_see_every_package():
    names = [name for name, _ in modules()]
    assert all(any(is_below(name, prefix) for name in names) for prefix in FORBIDDEN)


@pytest.mark.parametrize("module", TORCH_FREE)
def test_module_loads_without_torch(module):
    code = f"import sys, {module}; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
