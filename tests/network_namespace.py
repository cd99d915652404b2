"""A second network on this computer, with one link to it that can be taken down."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from ipaddress import ip_network
from pathlib import Path


def why_not() -> str:
    """Why there can be none here, empty where there can."""
    if sys.platform != "linux" or shutil.which("ip") is None:
        return "no ip program here (apt-get install iproute2)"
    if os.geteuid() != 0:
        return "network namespaces need root"
    tried = subprocess.run(["unshare", "--net", "true"], capture_output=True, check=False)
    return "" if tried.returncode == 0 else f"no right to make one: {tried.stderr.decode().strip()}"


class NetworkNamespace:
    """A network namespace behind a pair of virtual cards.

    `address` is the far end's, `inside` what a command begins with to run there.
    """

    def __init__(self) -> None:
        number = os.getpid() % 32_768
        self._name, self._near = f"qmix{number}", f"qmn{number}"
        far = f"qmf{number}"
        # four of the addresses that are kept for tests of networks
        net = ip_network("198.18.0.0/15")[4 * number]
        first, second = str(net + 1), str(net + 2)
        self.address = second
        self.inside = ("ip", "netns", "exec", self._name)
        self._near_address = f"{first}/30"
        _ip("netns", "add", self._name)
        try:
            _ip("link", "add", self._near, "type", "veth", "peer", "name", far, "netns", self._name)
            _ip("addr", "add", self._near_address, "dev", self._near)
            _ip("link", "set", self._near, "up")
            _ip("-n", self._name, "addr", "add", f"{second}/30", "dev", far)
            _ip("-n", self._name, "link", "set", far, "up")
            _ip("-n", self._name, "link", "set", "lo", "up")
        except BaseException:
            self.remove()
            raise

    def set_link(self, *, is_up: bool) -> None:
        """Plug the cable in, or pull it."""
        _ip("link", "set", self._near, "up" if is_up else "down")

    @property
    def is_up(self) -> bool:
        """Whether the cable is in."""
        return Path(f"/sys/class/net/{self._near}/operstate").read_text().strip() == "up"

    def remove(self) -> None:
        """Leave nothing; the cards go with the namespace."""
        subprocess.run(["ip", "link", "del", self._near], capture_output=True, check=False)
        _ip("netns", "del", self._name)


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)
