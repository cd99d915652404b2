"""From what a person chose to the settings of the run, and the project that it is for."""

from __future__ import annotations

from pathlib import Path

from qmix_core.base.errors import QMixError
from qmix_core.project.store import ProjectStore
from qmix_core.runs.config import RunConfig
from qmix_core.runs.run_options import RunOptions


def settle(options: RunOptions) -> RunConfig:
    """The settings of a run on this computer, with what its encoder expects. Loads torch.

    Raises:
        QMixError: a value that is out of range or does not fit the others, an unknown encoder, or
        a device that is not there.
    """
    from qmix_core.engine.computing.device import resolve_device
    from qmix_core.engine.encoders.encoders import fitted_to_encoder

    config = options.config(has_gpu=resolve_device(options.device).type != "cpu")
    return fitted_to_encoder(config, keep_size=options.image_size is not None)


def open_for(folder: Path, dataset: Path | None) -> ProjectStore:
    """Open a project, checking that it belongs to the dataset folder or table, if one is given.

    Raises:
        QMixError: it belongs to another. ProjectError: as `ProjectStore.open`.
    """
    project = ProjectStore.open(folder)
    given = dataset and dataset.expanduser().resolve()
    if given not in (None, project.source, project.root):
        project.close()
        raise QMixError(
            f"{folder} belongs to the dataset {project.source}: name another project, "
            "or use qmix relink where the dataset has moved."
        )
    return project
