"""Stand-ins for the training process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from qmix_core.runs.run_options import RunOptions


@pytest.fixture
def fake_training(monkeypatch, child_command) -> Callable[[str], list[RunOptions]]:
    """Puts a child of this body in place of the training; gives the settings of each start."""

    def install(body: str) -> list[RunOptions]:
        starts: list[RunOptions] = []

        def command(project: Path, options: RunOptions) -> list[str]:
            starts.append(options)
            return [*child_command(body), str(project)]

        monkeypatch.setattr("qmix_gui.training.controller.train_command", command)
        return starts

    return install


@pytest.fixture
def fake_resume(monkeypatch, child_command) -> Callable[[str], list[Path]]:
    """Puts a child of this body in place of a resumed training; gives the project of each start."""

    def install(body: str) -> list[Path]:
        starts: list[Path] = []

        def command(project: Path, _options: RunOptions) -> list[str]:
            starts.append(project)
            return [*child_command(body), str(project)]

        monkeypatch.setattr("qmix_gui.training.controller.resume_command", command)
        return starts

    return install
