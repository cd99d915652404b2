"""A server, a small dataset, and what every run elsewhere must leave."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable

import pytest
from ssh_server import WHY_NOT, SshServer


class Quiet:
    """Calls `then` once, when nothing was heard for `seconds`; a slow computer makes it later."""

    def __init__(self, seconds: float, then: Callable[[], object]) -> None:
        self._seconds, self._then = seconds, then
        self._heard = time.monotonic()
        self._waiter: threading.Thread | None = None
        self.has_come = threading.Event()

    def heard(self) -> None:
        self._heard = time.monotonic()

    def wait(self) -> None:
        self._waiter = threading.Thread(target=self._wait, daemon=True)
        self._waiter.start()

    def _wait(self) -> None:
        while (left := self._heard + self._seconds - time.monotonic()) > 0:
            time.sleep(left)
        self.has_come.set()
        self._then()

    @property
    def is_waited_for(self) -> bool:
        return self._waiter is not None


@pytest.fixture
def quiet() -> type[Quiet]:
    return Quiet


@pytest.fixture(autouse=True)
def _patience(monkeypatch):
    """A busy computer is not one that cannot be reached."""
    monkeypatch.setattr("qmix_core.runners.remote_run.CANCEL_S", 300.0)
    monkeypatch.setattr("qmix_core.workflow.run_elsewhere._TIDY_S", 300.0)


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
