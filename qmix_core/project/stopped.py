"""The run of a project that was stopped and can go on."""

from __future__ import annotations

from qmix_core.errors import ProjectError
from qmix_core.project.store import Project
from qmix_core.types import CHECKPOINT_FILE


def stopped_run(project: Project) -> int:
    """The last run, where it was stopped after a complete epoch.

    Raises:
        ProjectError: there is no run to go on with.
    """
    runs = project.runs()
    if not runs or runs[-1].status == "done":
        raise ProjectError(
            f"There is nothing to resume in {project.folder}: no run of it was stopped. Start a "
            "run without --resume."
        )
    if not (project.run_folder(runs[-1].id) / CHECKPOINT_FILE).is_file():
        raise ProjectError(
            f"Run {runs[-1].id} of {project.folder} cannot go on: no epoch of it was complete. "
            "Start a run without --resume."
        )
    return runs[-1].id
