"""The export as a piece of work for a background job."""

from __future__ import annotations

from pathlib import Path

from qmix_core.base.cancellation import Control
from qmix_core.base.types import Progress
from qmix_core.export.exports import Exported, ExportOptions, run_export
from qmix_core.project.store import ProjectStore
from qmix_gui.jobs.background_job import Work
from qmix_gui.theme.translation import tr


def export(project_folder: Path, what: str, out: Path, options: ExportOptions) -> Work:
    """Write an export from its own connection; gives Exported."""

    def work(progress: Progress, control: Control) -> Exported:
        with ProjectStore.open(project_folder) as project:
            return run_export(
                project, what, out, options, progress=progress, control=control, tr=tr
            )

    return work
