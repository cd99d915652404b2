"""A guard over this process and its children: whoever reaches for the network is caught."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

#: Run by every Python child before its own code.
_CHILD = """
import os, socket
from pathlib import Path

def _caught(*args, **kwargs):
    with Path(os.environ["QMIX_TEST_NETWORK_LOG"]).open("a") as file:
        file.write(f"{os.getpid()} {args[-2:]}\\n")
    raise OSError("the network is off")

for _name in ("connect", "connect_ex", "sendto", "bind"):
    setattr(socket.socket, _name, _caught)
for _name in ("getaddrinfo", "gethostbyname", "create_connection"):
    setattr(socket, _name, _caught)
with Path(os.environ["QMIX_TEST_GUARDED"]).open("a") as file:
    file.write(f"{os.getpid()}\\n")
"""


@pytest.fixture
def no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Gives the file that lists guarded children; fails where anything reached for the network."""
    guard = tmp_path / "network guard"
    guard.mkdir()
    (guard / "sitecustomize.py").write_text(_CHILD, encoding="utf-8")
    log, guarded = guard / "attempts.txt", guard / "children.txt"
    monkeypatch.setenv("QMIX_TEST_NETWORK_LOG", str(log))
    monkeypatch.setenv("QMIX_TEST_GUARDED", str(guarded))
    path = os.environ.get("PYTHONPATH")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (str(guard), path))))

    def caught(*args: object, **kwargs: object) -> None:
        with log.open("a") as file:
            file.write(f"parent {args[-2:]}\n")
        raise OSError("the network is off")

    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, caught)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, caught)
    yield guarded
    assert not log.exists(), log.read_text(encoding="utf-8")
