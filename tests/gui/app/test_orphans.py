"""However the window dies, nothing of its training is left a few seconds later."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from qmix_core.runs.run_options import RunOptions
from qmix_gui.training.supervisor import train_command

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

PARENT = """
import sys
from PySide6.QtCore import QCoreApplication
from qmix_core.base.events import RunStarted, EpochStarted
from qmix_gui.training.supervisor import TrainingThread

def show_event(event):
    if isinstance(event, RunStarted):
        print("event", event.name, flush=True)
    if isinstance(event, EpochStarted):
        thread.pause()
        print("paused", flush=True)

app = QCoreApplication([])
thread = TrainingThread(sys.argv[1:])
thread.event_received.connect(show_event)
thread.log_line.connect(lambda line: print(line, flush=True))
thread.start()
app.exec()
"""
#: A child on the real link to its parent; each body is a job that would never end by itself.
CHILD = """
import ctypes, os, subprocess, sys, time
from qmix_core.base.cancellation import Control
from qmix_core.base.events import EpochDone
from qmix_core.base.parent_link import ParentLink

def say(*words):
    print(*words, file=sys.stderr, flush=True)

control = Control()
with ParentLink(control, grace_s=0.5) as link:
    say("pid", os.getpid())
"""
BUSY = """
    while True:
        control.check()
        time.sleep(0.02)
"""
PAUSED = "    control.pause()\n" + BUSY
IN_NATIVE_CODE = "    time.sleep(600)\n"
FLOODING = """
    while True:
        control.check()
        link.send(EpochDone(1, {}))
"""
FLOODING_WITHOUT_CHECKS = """
    while True:
        link.send(EpochDone(1, {}))
"""
WITH_CHILDREN = """
    code = "import time; time.sleep(600)"
    for is_apart in (False, True):
        child = subprocess.Popen([sys.executable, "-c", code], start_new_session=is_apart)
        say("pid", child.pid)
    say("ready")
"""
HOLDING_THE_LOCK = "    ctypes.PyDLL(None).sleep(600)\n"
STOPPED = """
    import signal, threading
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGSTOP)).start()
    time.sleep(600)
"""
CONTINUED = """
    import signal
    os.kill(os.getpid(), signal.SIGCONT)
    time.sleep(2)
    say("pid", signal.alarm(0))
"""

_PR_SET_CHILD_SUBREAPER = 36
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="others have no such second line")


@pytest.fixture
def start_parent(tmp_path: Path) -> Iterator[Callable[[list[str]], subprocess.Popen[str]]]:
    parents: list[subprocess.Popen[str]] = []

    def start(command: list[str]) -> subprocess.Popen[str]:
        parent = subprocess.Popen(
            [sys.executable, "-c", PARENT, *command], stdout=subprocess.PIPE, text=True
        )
        parents.append(parent)
        return parent

    yield start
    for parent in parents:
        parent.kill()
        parent.communicate()


@pytest.fixture
def orphans_come_here() -> Iterator[None]:
    """As under a shell that is process 1: then Linux continues no stopped orphan of the session."""
    libc = ctypes.CDLL(None)
    libc.prctl(_PR_SET_CHILD_SUBREAPER, 1)
    yield
    libc.prctl(_PR_SET_CHILD_SUBREAPER, 0)


def _child(folder: Path, body: str) -> list[str]:
    script = folder / "child.py"
    script.write_text(textwrap.dedent(CHILD) + body, encoding="utf-8")
    return [sys.executable, str(script)]


def _read_pids(parent: subprocess.Popen[str], count: int) -> list[int]:
    lines = iter(parent.stdout.readline, "")
    words = (line.split() for line in lines)
    pids = (int(line[1]) for line in words if line[:1] == ["pid"])
    return [next(pids) for _ in range(count)]


def _wait_until_gone(pids: list[int], seconds: float) -> list[int]:
    end = time.monotonic() + seconds
    while time.monotonic() < end and any(_is_alive(pid) for pid in pids):
        time.sleep(0.05)
    return [pid for pid in pids if _is_alive(pid)]


def _is_alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.mark.parametrize(
    ("body", "count"),
    [
        (BUSY, 1),
        (PAUSED, 1),
        (IN_NATIVE_CODE, 1),
        (FLOODING, 1),
        (FLOODING_WITHOUT_CHECKS, 1),
        (WITH_CHILDREN + BUSY, 3),
        (WITH_CHILDREN + IN_NATIVE_CODE, 3),
    ],
    ids=["busy", "paused", "native", "flood", "deaf flood", "children", "native with children"],
)
def test_a_killed_window_leaves_nothing_running(start_parent, tmp_path, body, count):
    parent = start_parent(_child(tmp_path, body))
    pids = _read_pids(parent, count)
    parent.kill()
    assert _wait_until_gone(pids, 4) == []


def test_a_full_pipe_does_not_keep_the_child(start_parent, tmp_path):
    parent = start_parent(_child(tmp_path, FLOODING_WITHOUT_CHECKS))
    pids = _read_pids(parent, 1)
    # nobody reads any more, so that the child stands in its write
    parent.send_signal(signal.SIGSTOP)
    time.sleep(0.5)
    parent.kill()
    assert _wait_until_gone(pids, 4) == []


@linux_only
def test_a_stopped_child_ends_with_a_window_that_was_started_from_a_shell(
    start_parent, tmp_path, orphans_come_here
):
    parent = start_parent(_child(tmp_path, STOPPED))
    pids = _read_pids(parent, 1)
    child = psutil.Process(pids[0])
    end = time.monotonic() + 4
    while child.status() != psutil.STATUS_STOPPED and time.monotonic() < end:
        time.sleep(0.05)
    parent.kill()
    assert _wait_until_gone(pids, 4) == []
    os.waitpid(pids[0], 0)


@linux_only
def test_a_child_that_was_stopped_and_continued_lives_on(start_parent, tmp_path):
    parent = start_parent(_child(tmp_path, CONTINUED))
    _, seconds_left = _read_pids(parent, 2)
    assert seconds_left == 0


@pytest.mark.slow
@linux_only
def test_a_child_whose_python_cannot_run_any_more_is_ended_by_the_system(start_parent, tmp_path):
    parent = start_parent(_child(tmp_path, HOLDING_THE_LOCK))
    pids = _read_pids(parent, 1)
    time.sleep(0.3)
    parent.kill()
    assert _wait_until_gone(pids, 21) == []


def test_the_real_training_ends_while_it_is_paused(start_parent, project_folder):
    command = train_command(project_folder, RunOptions(epochs=300, image_size=32, device="cpu"))
    parent = start_parent(command)
    lines = iter(parent.stdout.readline, "")
    assert "paused\n" in lines
    pids = [child.pid for child in psutil.Process(parent.pid).children(recursive=True)]
    assert len(pids) == 1
    parent.kill()
    assert _wait_until_gone(pids, 4) == []
