"""From what a person chose to the settings of the run, and the project that it is for."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from qmix_core.base.errors import DataError, QMixError
from qmix_core.dataset.pixels.image_reader import Wanted, read_to_show
from qmix_core.project.store import ProjectStore
from qmix_core.runs.config import RunConfig
from qmix_core.runs.run_options import RunOptions
from qmix_core.runs.size_by_set import LARGEST, fitted_to_set

#: So many images tell how many pixels those of a set have.
_LOOKED_AT = 32


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


def sized_for(config: RunConfig, options: RunOptions, project: ProjectStore) -> RunConfig:
    """The settings with the image size that suits the project's images, unless one was chosen."""
    if options.image_size is not None:
        return config
    count = len(project.samples)
    if fitted_to_set(config, images=count, sides=(1, LARGEST)) == config:
        return config
    some = project.samples[:: max(1, count // _LOOKED_AT)]
    sides = usual_sides([project.files.path(sample) for sample in some])
    return fitted_to_set(config, images=count, sides=sides)


def usual_sides(paths: Sequence[Path]) -> tuple[int, int]:
    """The shorter and the longer side of most images, in pixels; 0 where none can be read."""
    sides: list[list[int]] = []
    for path in paths:
        # what cannot be read is told later, by name
        with suppress(DataError, OSError):
            sides.append(sorted(read_to_show(path, Wanted(at_least=LARGEST)).size))
    shorter, longer = np.median(sides, axis=0).tolist() if sides else (0, 0)
    return int(shorter), int(longer)


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
