"""A server, a small dataset, and what every run elsewhere must leave."""

from __future__ import annotations

import os

import pytest
from ssh_server import WHY_NOT, SshServer


@pytest.fixture(scope="module")
def session_server(tmp_path_factory):
    if WHY_NOT:
        pytest.skip(WHY_NOT)
    server = SshServer(tmp_path_factory.mktemp("ssh") / "server")
    yield server
    server.stop()


@pytest.fixture
def server(session_server, monkeypatch):
    monkeypatch.setenv("PATH", f"{session_server.bin}{os.pathsep}{os.environ['PATH']}")
    return session_server
