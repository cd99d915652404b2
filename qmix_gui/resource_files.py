"""Where the icons and translations lie, in a source tree and in an installed wheel."""

from __future__ import annotations

from pathlib import Path


def resources_folder() -> Path:
    """The folder `resources`: beside the package in a source tree, inside it when installed."""
    package = Path(__file__).resolve().parent
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"
