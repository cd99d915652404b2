"""A real sshd with its own keys, port and settings; nothing of the system's is used."""

from __future__ import annotations

import getpass
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
_SSHD = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/usr/bin")
WHY_NOT = (
    ""
    if _SSHD and shutil.which("ssh") and shutil.which("ssh-keygen")
    else "no OpenSSH server here (apt-get install openssh-server)"
)
_UP_S = 60.0


class SshServer:
    """`host`: what the server is called in the ssh that `bin` holds; `python`: what runs there.

    `inside`: what its command begins with, as to run in another network, where it has `address`.
    """

    host = "lab"
    python = sys.executable

    def __init__(
        self,
        folder: Path,
        *,
        path: str = str(ROOT),
        address: str = "127.0.0.1",
        inside: tuple[str, ...] = (),
    ) -> None:
        self.folder = folder
        self._address, self._inside = address, inside
        folder.mkdir(mode=0o700)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        for name in ("host_key", "user_key"):
            _run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name))
        self._write("authorized", (folder / "user_key.pub").read_text())
        key = (folder / "host_key.pub").read_text()
        self._write("known_hosts", f"[{address}]:{self.port} {key}")
        self._write(
            "sshd_config",
            f"Port {self.port}\nListenAddress {address}\nHostKey {folder}/host_key\n"
            f"PidFile {folder}/pid\nAuthorizedKeysFile {folder}/authorized\nUsePAM no\n"
            "StrictModes no\nPasswordAuthentication no\nPermitRootLogin yes\nLogLevel ERROR\n"
            f'SetEnv "PYTHONPATH={path}" OMP_NUM_THREADS=1 OMP_WAIT_POLICY=PASSIVE\n',
        )
        self._write(
            "ssh_config",
            f"Host {self.host}\n HostName {address}\n Port {self.port}\n"
            f" User {getpass.getuser()}\n IdentityFile {folder}/user_key\n IdentitiesOnly yes\n"
            f" UserKnownHostsFile {folder}/known_hosts\n GlobalKnownHostsFile /dev/null\n",
        )
        self.bin = folder / "bin"
        self.bin.mkdir()
        own = self.bin / "ssh"
        own.write_text(f'#!/bin/sh\nexec {shutil.which("ssh")} -F {folder}/ssh_config "$@"\n')
        own.chmod(0o755)
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def _write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.write_text(text)
        path.chmod(0o600)

    def start(self) -> None:
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(exist_ok=True)
        self._process = subprocess.Popen(
            [*self._inside, str(_SSHD), "-D", "-e", "-f", str(self.folder / "sshd_config")],
            stderr=(self.folder / "sshd.log").open("ab"),
        )
        until = time.monotonic() + _UP_S
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex((self._address, self.port)) == 0:
                    return
            time.sleep(0.05)
        raise RuntimeError((self.folder / "sshd.log").read_text())

    def drop_lines(self) -> int:
        """Cut every open line; what was detached there goes on. Gives their number."""
        assert self._process is not None
        lines = psutil.Process(self._process.pid).children()
        for line in lines:
            line.kill()
        return len(lines)

    def stop(self) -> None:
        """Be gone, with all lines."""
        if self._process is not None:
            self._process.send_signal(signal.SIGSTOP)  # no new line comes between
            self.drop_lines()
            self._process.kill()
            self._process.wait()
            self._process = None


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True)
