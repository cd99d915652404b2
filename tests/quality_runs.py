"""Runs that left what quality is taught with."""

from __future__ import annotations

import numpy as np

from qmix_core.base.types import Partition
from qmix_core.runs.quality_files import QualityBasis, save_basis
from qmix_core.runs.run_options import RunOptions


def finish(project, results):
    """A run whose images lie on a line from fine to poor, which the run itself does not see."""
    count = len(project.samples)
    results.bucket[:] = Partition.of(results.posterior).bucket
    run = project.runs.begin(RunOptions(epochs=3).config(), device="cpu")
    line = np.linspace(-1, 1, count)[:, None]
    log_odds = np.full(count, -3.0)
    save_basis(project.runs.folder(run), QualityBasis(np.arange(count), line, log_odds))
    project.runs.finish(run, status="done", results=results)
    return run
