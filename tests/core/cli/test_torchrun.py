"""`torchrun -m qmix_core train`: one run in several processes, and one project."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from small_encoder import FLAGS

import qmix_core
from qmix_core.cli.main import main
from qmix_core.project.store import ProjectStore

#: Some seconds, but longer where others compute.
LONGEST_S = 900
pytestmark = pytest.mark.timeout(LONGEST_S)


def torchrun(*arguments, processes=2):
    ordered = ["--standalone", f"--nproc-per-node={processes}", "-m", "qmix_core", *arguments]
    root = Path(qmix_core.__file__).resolve().parent.parent
    return subprocess.run(
        [sys.executable, "-m", "torch.distributed.run", *ordered],
        env=os.environ | {"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )


def results(project):
    with ProjectStore.open(project) as opened:
        assert [run.status for run in opened.runs.all()] == ["done"]
        return opened.runs.results(1)


def test_a_run_of_two_processes_is_told_once_and_scores_like_that_of_one(class_folders, tmp_path):
    alone, shared = tmp_path / "alone.qmix", tmp_path / "shared.qmix"
    assert main(["train", str(class_folders), "--project", str(alone), *FLAGS]) == 0
    done = torchrun("train", str(class_folders), "--project", str(shared), *FLAGS)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("run 1 done") == 1
    assert "on cpu, 2 processes" in done.stderr
    one, two = results(alone), results(shared)
    assert one.posterior == pytest.approx(two.posterior, abs=1e-4)
    assert one.error_score == pytest.approx(two.error_score, abs=1e-4)
    assert [len(list((each / "cache").glob("features-*"))) for each in (alone, shared)] == [1, 1]
    features = [np.load(next((p / "cache").glob("features-*"))) for p in (alone, shared)]
    assert np.array_equal(*features)
