"""Disks that are really full: one sentence, no signal, nothing half made, and the next run starts.

Small file systems of their own, which only root can mount; elsewhere these tests are skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from small_encoder import FLAGS

from qmix_core.base.atomic_write import PART
from qmix_core.cli.main import main
from qmix_core.project.store import ProjectStore

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        sys.platform != "linux" or os.geteuid() != 0, reason="mounts small disks, as root of Linux"
    ),
]
Mount = Callable[..., Path]


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Mount]:
    """Mounts a disk; gives its folder. Skips where this is not allowed."""
    places: list[Path] = []

    def run(*command: object) -> None:
        if shutil.which(str(command[0])) is None:
            pytest.skip(f"there is no {command[0]} here")
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")

    def tmpfs(kilobytes: int) -> Path:
        place = tmp_path / "disk"
        place.mkdir()
        run("mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", place)
        places.append(place)
        return place

    def ext4(megabytes: int) -> Path:
        place, image = tmp_path / "disk", tmp_path / "disk.img"
        place.mkdir()
        with image.open("wb") as file:
            file.truncate(megabytes << 20)
        # blocks smaller than a page
        run("mkfs.ext4", "-q", "-F", "-b", "1024", "-m", "0", image)
        run("mount", "-o", "loop", image, place)
        places.append(place)
        return place

    yield lambda kind, size: {"tmpfs": tmpfs, "ext4": ext4}[kind](size)
    for place in places:
        subprocess.run(["umount", "-l", place], check=False)


def qmix(*arguments: object) -> subprocess.CompletedProcess[str]:
    """In a process of its own: a signal must not end the tests."""
    command = [sys.executable, "-m", "qmix_core", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("kilobytes", [150, 250, 400])
def test_training_on_a_full_disk_is_a_sentence_and_goes_once_there_is_room(
    class_folders, mount, kilobytes
):
    disk = mount("tmpfs", kilobytes)
    project = disk / "p.qmix"
    command = ("train", class_folders, "--project", project, *FLAGS)
    done = qmix(*command)
    assert done.returncode in {1, 2}, done.stderr
    said = done.stderr.strip().splitlines()[-1]
    assert said.startswith("qmix: ")
    assert "Traceback" not in done.stderr
    assert not list(disk.rglob(f"*{PART}"))
    subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
    again = [part for part in command if part != class_folders] if project.exists() else command
    assert qmix(*again).returncode == 0
    assert main(["verify", str(project)]) == 0


DECIDE = """
import os, sys
from pathlib import Path
from qmix_core.base.errors import QMixError
from qmix_core.base.types import Action
from qmix_core.project.storage.decision_log import NewDecision
from qmix_core.project.store import ProjectStore
folder, fill = Path(sys.argv[1]), Path(sys.argv[1]).parent / "fill"
project = ProjectStore.open(folder)
def decide():
    for sample in project.samples[:12]:
        try:
            row = project.decisions.decide(NewDecision(sample.image, Action.EXCLUDE), reviewer="R")
        except QMixError:
            continue
        print(row.id, flush=True)
for turn in range(4):
    decide()
    with fill.open("ab", buffering=0) as file:
        for size in (65536, 1024, 1):
            try:
                while True:
                    file.write(b"0" * size)
            except OSError:
                pass
    decide()
    fill.unlink()
"""


@pytest.mark.parametrize("megabytes", [10, 12, 14])
def test_deciding_on_a_full_disk_ends_by_no_signal_and_keeps_what_was_shown(
    project, mount, megabytes
):
    project.close()
    there = mount("ext4", megabytes) / "p.qmix"
    shutil.copytree(project.folder, there)
    assert main(["trust", str(there)]) == 0
    shown = subprocess.run(
        [sys.executable, "-c", _with_trust(DECIDE), str(there)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert shown.returncode == 0, shown.stderr
    (there.parent / "fill").unlink(missing_ok=True)
    with ProjectStore.open(there) as again:
        assert {int(line) for line in shown.stdout.split()} <= {
            row.id for row in again.decisions.all()
        }
        assert len(shown.stdout.split()) > 40


def _with_trust(program: str) -> str:
    """The program, with this test's list of trusted projects instead of the person's own."""
    from qmix_core.project.storage import trust

    return (
        "from pathlib import Path\nfrom qmix_core.project.storage import trust\n"
        f"trust.trust_file = lambda: Path({str(trust.trust_file())!r})\n{program}"
    )
