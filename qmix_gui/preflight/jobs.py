"""The pieces of work for background jobs: preflight, the demo set, a new project."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path, user_documents_path

from qmix_core.base.cancellation import Cancelled, Control
from qmix_core.base.errors import ProjectError
from qmix_core.base.types import Progress
from qmix_core.dataset.dataset import Dataset, TableOptions, load_dataset
from qmix_core.dataset.labels.label_choice import LabelsMissing, LabelsUnclear
from qmix_core.preflight.check import Preflight, check_dataset
from qmix_core.preflight.training_cost import training_costs
from qmix_core.project.operations.apply import create_decided
from qmix_core.project.storage.decision_log import NewDecision
from qmix_core.project.store import SUFFIX, ProjectStore
from qmix_core.simulation.noise import TRUTH_NAME
from qmix_gui.jobs.background_job import Work
from qmix_gui.preflight.label_question import LabelQuestion
from qmix_gui.settings.settings import APP_NAME


@dataclass(frozen=True, slots=True)
class Checked:
    """A dataset that passed, where its project would go, and its latest project if it has one."""

    preflight: Preflight
    project_folder: Path
    existing: Path | None


def check(source: Path, options: TableOptions | None) -> Work:
    """Load and check a dataset: Checked, or a LabelQuestion where its labels are not clear."""

    def work(progress: Progress, control: Control) -> Checked | LabelQuestion:
        try:
            dataset = load_dataset(source, options=options)
        except LabelsUnclear as unclear:
            return LabelQuestion(source, unclear.choices)
        except LabelsMissing as missing:
            return LabelQuestion(missing.folder)
        control.check()
        preflight = check_dataset(dataset, progress=progress, control=control)
        name = source.resolve().stem if source.is_file() else preflight.dataset.root.name
        folder, existing = place_project(preflight.dataset, name or "dataset")
        training_costs(1, 1)  # compares this computer now, off the GUI thread
        return Checked(preflight, folder, existing)

    return work


def place_project(dataset: Dataset, name: str) -> tuple[Path, Path | None]:
    """A free project folder beside the dataset, and the latest project there of this dataset.

    Where the dataset's parent cannot be written, the place is the person's documents folder.
    """
    parent = dataset.root.parent
    if not os.access(parent, os.W_OK):
        parent = user_documents_path()
    existing = None
    folder = parent / f"{name}{SUFFIX}"
    number = 1
    while folder.exists():
        if _is_project_of(folder, dataset.root):
            existing = folder
        number += 1
        folder = parent / f"{name}-{number}{SUFFIX}"
    return folder, existing


def _is_project_of(folder: Path, root: Path) -> bool:
    try:
        with ProjectStore.open(folder) as project:
            return project.root == root
    except ProjectError:
        return False


def create_project(
    folder: Path, dataset: Dataset, decisions: Sequence[NewDecision] = (), *, reviewer: str = ""
) -> Work:
    """Make a project folder with its first decisions; gives its path."""

    def work(progress: Progress, control: Control) -> Path:
        create_decided(folder, dataset, decisions, reviewer=reviewer)
        return folder

    return work


def demo_folder() -> Path:
    """Where the generated demo set lies for this user."""
    return user_data_path(APP_NAME, appauthor=False) / "demo"


def make_demo(folder: Path) -> Work:
    """Generate the demo set unless it is complete already; gives its folder."""

    def work(progress: Progress, control: Control) -> Path:
        from qmix_core.simulation.demo import write_demo

        # truth.csv is written last
        if (folder / TRUTH_NAME).is_file():
            return folder
        if folder.exists():
            shutil.rmtree(folder)
        try:
            write_demo(folder, progress=progress)
        except Cancelled:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return folder

    return work
