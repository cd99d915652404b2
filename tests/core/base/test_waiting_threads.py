"""A run beside other programs must not spin against them."""

from __future__ import annotations

import os

import pytest

from qmix_core.base import waiting_threads
from qmix_core.cli.main import main


@pytest.mark.parametrize(
    ("busy", "before", "after"),
    [(90.0, None, "PASSIVE"), (5.0, None, None), (90.0, "ACTIVE", "ACTIVE")],
)
def test_a_training_on_a_busy_computer_lets_threads_sleep(monkeypatch, busy, before, after):
    monkeypatch.setenv("OMP_WAIT_POLICY", before or "")
    if before is None:
        monkeypatch.delenv("OMP_WAIT_POLICY")
    monkeypatch.setattr(waiting_threads.psutil, "cpu_percent", lambda interval: busy)
    assert main(["train", "--project", "no-such.qmix"]) == 2
    assert os.environ.get("OMP_WAIT_POLICY") == after
