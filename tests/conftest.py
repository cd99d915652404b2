"""Small datasets and projects that tests share."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from pathlib import Path

# the sets of the tests are so small that threads only wait for each other
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import pytest
from hypothesis import settings
from sample_images import COLORS, paint

from qmix_core.base.types import RunResults
from qmix_core.dataset.dataset import load_dataset
from qmix_core.preflight.check import check_dataset
from qmix_core.project.store import ProjectStore

# a failure on one machine is one on every other; benchmarks/fuzz_inputs.py looks at random
settings.register_profile("repeatable", derandomize=True)
settings.load_profile("repeatable")


@pytest.fixture(autouse=True)
def trust_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The person's own list of trusted projects is never touched."""
    file = tmp_path / "user-data" / "trusted.json"
    monkeypatch.setattr("qmix_core.project.storage.trust.trust_file", lambda: file)
    return file


@pytest.fixture
def class_folders(tmp_path: Path) -> Path:
    """Two classes of 12 images; `healthy/wrong.png` shows the other class."""
    root = tmp_path / "Fundus Bilder ü"
    for number in range(12):
        paint(root / "healthy" / f"h{number:02d}.png", COLORS["healthy"], number)
        paint(root / "sick" / f"s{number:02d}.png", COLORS["sick"], 100 + number)
    paint(root / "healthy" / "wrong.png", COLORS["sick"], 999)
    return root


@pytest.fixture
def table_dataset(tmp_path: Path) -> Path:
    """An APTOS-shaped table beside its images: ids with leading zeros, no extension."""
    root = tmp_path / "aptos"
    rows = []
    for number in range(12):
        label = number % 2
        name = f"{number:04d}"
        paint(root / "images" / f"{name}.png", tuple(COLORS.values())[label], number)
        rows.append((name, "site A", str(label)))
    with (root / "train.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("id_code", "site", "diagnosis"))
        writer.writerows(rows)
    return root / "train.csv"


@pytest.fixture
def project(class_folders: Path, tmp_path: Path) -> ProjectStore:
    report = check_dataset(load_dataset(class_folders))
    with ProjectStore.create(tmp_path / "review.qmix", report.dataset) as opened:
        yield opened


@pytest.fixture
def make_results() -> Callable[[int], RunResults]:
    """Made-up verdicts on this many images, all on the first class."""

    def make(count: int) -> RunResults:
        posterior = np.random.default_rng(0).dirichlet((1, 1, 1), count).astype(np.float32)
        bucket = posterior.argmax(axis=1).astype(np.int64)
        numbers = np.full((5, count), 0.5, dtype=np.float32)
        none = np.zeros(count, dtype=np.int64)
        return RunResults(bucket, none, numbers[0], posterior, *numbers[1:])

    return make
