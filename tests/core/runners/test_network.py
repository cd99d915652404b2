"""A run over a real network whose cable is pulled: two namespaces, a pair of cards, an sshd."""

from __future__ import annotations

import os

import pytest
from network_namespace import NetworkNamespace, why_not
from small_encoder import OPTIONS
from ssh_server import WHY_NOT, SshServer

from qmix_core.base.cancellation import Control
from qmix_core.base.events import EpochStarted, RunFinished, SeparationDone, Warned
from qmix_core.base.types import REMOTE_FILE
from qmix_core.runners import line
from qmix_core.runners.spec import parse_runner
from qmix_core.runs.run_options import RunOptions
from qmix_core.workflow.run_elsewhere import run_elsewhere

DOWN_S = 5.0
#: On a busy computer the cable is in again late, and ssh is to wait for it.
PATIENT = ("ServerAliveCountMax=100",)


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
    project, network, server, tmp_path, quiet, monkeypatch, is_hung_up
):
    if not is_hung_up:
        monkeypatch.setattr(line, "_SSH_OPTIONS", (*PATIENT, *line._SSH_OPTIONS))
    there = tmp_path / "there"
    runner = f"ssh:{server.host}:{server.python}"
    options = RunOptions(**OPTIONS, runner=runner, remote_folder=str(there))
    events = []
    # nothing comes while it is down
    down = quiet(DOWN_S, lambda: network.set_link(is_up=True))

    def sink(event) -> None:
        events.append(event)
        down.heard()
        if isinstance(event, EpochStarted) and not down.is_waited_for:
            network.set_link(is_up=False)
            if is_hung_up:
                # nobody can be told of it before the cable is in again
                assert server.drop_lines()
            down.wait()

    finished = run_elsewhere(project, options, parse_runner(runner), sink=sink, control=Control())
    assert down.has_come.is_set()  # before the end, and all came after it
    assert network.is_up
    assert finished.status == "done"
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
