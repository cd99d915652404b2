"""A project with a finished run, for the exports to other tools."""

from __future__ import annotations

import numpy as np
import pytest

from qmix_core.base.types import EpochScores, Partition, RunResults
from qmix_core.runs.run_options import RunOptions
from qmix_core.runs.scores import save_epoch

CLASSES = 2


@pytest.fixture
def judged(project):
    """A finished run; the clear error is `healthy/wrong.png`."""
    count = len(project.samples)
    given = np.array([project.classes.names.index(s.label) for s in project.samples])
    suggested = given.copy()
    wrong = [s.image for s in project.samples].index("healthy/wrong.png")
    suggested[wrong] = 1
    probabilities = np.full((2, count, CLASSES), 0.1, dtype=np.float32)
    probabilities[:, np.arange(count), suggested] = 0.9
    posterior = np.tile(np.array([0.9, 0.05, 0.05], dtype=np.float32), (count, 1))
    posterior[wrong] = (0.05, 0.9, 0.05)
    half = np.full(count, 0.5, dtype=np.float32)
    results = RunResults(
        bucket=Partition.of(posterior).bucket,
        suggested=suggested,
        probability=half,
        posterior=posterior,
        error_score=1 - posterior[:, 0],
        loss=half,
        uncertainty=half,
        stability=half,
    )
    run = project.runs.begin(RunOptions(epochs=3).config(), device="cpu")
    both = np.zeros((2, count), dtype=np.float32)
    scores = EpochScores(1, probabilities, both, both, np.stack([posterior] * 2))
    save_epoch(project.runs.folder(run), scores, sample=np.arange(count), plot=None)
    project.runs.finish(run, status="done", results=results)
    return project
