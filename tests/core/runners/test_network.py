"""A run over a real network whose cable is pulled: two namespaces, a pair of cards, an sshd."""

from __future__ import annotations

import os
import threading
import time

import numpy as np
import pytest
from network_namespace import NetworkNamespace, why_not
from small_encoder import OPTIONS
from ssh_server import WHY_NOT, SshServer

from qmix_core.base.cancellation import Control
from qmix_core.base.events import EpochStarted, RunFinished, SeparationDone, Warned
from qmix_core.base.types import REMOTE_FILE
from qmix_core.runners.spec import parse_runner
from qmix_core.runs.run_options import RunOptions
from qmix_core.workflow.run_elsewhere import run_elsewhere

DOWN_S = 5.0


@pytest.fixture
def network():
    if problem := WHY_NOT or why_not():
        pytest.skip(problem)
    network = NetworkNamespace()
    yield network
    network.remove()


@pytest.fixture
def server(network, tmp_path, monkeypatch):
    server = SshServer(tmp_path / "server", address=network.address, inside=network.inside)
    monkeypatch.setenv("PATH", f"{server.bin}{os.pathsep}{os.environ['PATH']}")
    yield server
    server.stop()


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("is_hung_up", [False, True], ids=["kept", "hung up"])
def test_a_cable_that_is_pulled_for_seconds_costs_no_round(
    project, network, server, tmp_path, is_hung_up
):
    there = tmp_path / "there"
    runner = f"ssh:{server.host}:{server.python}"
    options = RunOptions(**OPTIONS, runner=runner, remote_folder=str(there))
    events, times, cables = [], [], []

    def sink(event) -> None:
        events.append(event)
        times.append(time.monotonic())
        if isinstance(event, EpochStarted) and not cables:
            network.set_link(is_up=False)
            if is_hung_up:
                # nobody can be told of it before the cable is in again
                assert server.drop_lines()
            cables.append(threading.Timer(DOWN_S, lambda: network.set_link(is_up=True)))
            cables[0].start()

    finished = run_elsewhere(project, options, parse_runner(runner), sink=sink, control=Control())
    assert cables
    assert network.is_up
    assert finished.status == "done"
    # nothing came while it was down, and all came after it
    assert max(np.diff(times)) > DOWN_S - 1
    rounds = [event.epoch for event in events if isinstance(event, SeparationDone)]
    assert rounds == sorted(set(rounds))
    assert len([event for event in events if isinstance(event, RunFinished)]) == 1
    told = [e.code for e in events if isinstance(e, Warned) and e.code.startswith("line_")]
    if is_hung_up:
        assert (told[0], told[-1]) == ("line_dropped", "line_back")
    else:
        assert told == []
    assert not there.exists()
    assert not (project.runs.folder(finished.run) / REMOTE_FILE).exists()
