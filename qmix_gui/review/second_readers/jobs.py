"""The pieces of work for background jobs that concern second readers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qmix_core.base.cancellation import Control
from qmix_core.base.types import Progress
from qmix_core.project.store import ProjectStore
from qmix_gui.jobs.background_job import Work


def package(project_folder: Path, chosen: Sequence[int], out: Path, instructions: str) -> Work:
    """Write a package from a connection of its own; gives Packed."""

    def work(progress: Progress, control: Control) -> object:
        from qmix_core.second_readers.packing import write_package

        with ProjectStore.open(project_folder) as project:
            return write_package(
                project, chosen, out, instructions=instructions, progress=progress, control=control
            )

    return work


def agreement(project_folder: Path, *, grades: Sequence[int] | None) -> Work:
    """Compare all raters of a project; gives a list of PairAgreement."""

    def work(progress: Progress, control: Control) -> object:
        import numpy as np

        from qmix_core.dataset.patients import patient_groups
        from qmix_core.second_readers.agreement import all_pairs
        from qmix_core.second_readers.raters import ReaderBook

        with ProjectStore.open(project_folder) as project:
            groups = np.array(patient_groups(project.samples, project.form.patient))
            raters = ReaderBook(project).raters
            return all_pairs(
                raters, project.classes.names, groups, grades=grades, check=control.check
            )

    return work
