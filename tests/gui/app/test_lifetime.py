"""The real program: how it ends, and what its next start says."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import Qt

from qmix_core.base.types import CHECKPOINT_FILE
from qmix_core.project.store import ProjectStore
from qmix_gui.app.session import Lifetime
from qmix_gui.app.session_mark import SessionMark

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="a person's folders as on Linux")
WAIT_S = 15

#: Starts the application, then with "real" or "stand-in" a training; says when that is at work.
PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from qmix_core.base.events import CheckpointSaved
from qmix_gui.app import main as app
from qmix_core.runs.run_options import RunOptions
from qmix_gui.settings.settings import REVIEWER, Settings

Settings().set(REVIEWER, "Dr. Test")
what, *arguments = sys.argv[1:]
open_window = app._open
CHILD = '''
from qmix_core.base.cancellation import Control
from qmix_core.base.events import CheckpointSaved
from qmix_core.base.parent_link import ParentLink
import time
control = Control()
with ParentLink(control) as link:
    link.send(CheckpointSaved(1, ""))
    while True:
        control.check()
        time.sleep(0.02)
'''

def drive(window, parsed):
    open_window(window, parsed)
    window.training.event_received.connect(
        lambda event: isinstance(event, CheckpointSaved) and print("ready", flush=True))
    begin = {
        "nothing": lambda: print("ready", flush=True),
        "stand-in": lambda: window.training.start_command([sys.executable, "-c", CHILD]),
        "real": lambda: window.workspace.start_run(RunOptions(epochs=300, image_size=32)),
    }
    window.begin = QTimer(window, singleShot=True)
    window.begin.timeout.connect(begin[what])
    window.begin.start(300)

app._open = drive
sys.exit(app.main(arguments))
"""


@pytest.fixture
def start_program(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    programs: list[subprocess.Popen[str]] = []
    folders = {
        f"XDG_{kind}_HOME": str(tmp_path / "home" / kind)
        for kind in ("STATE", "CONFIG", "DATA", "CACHE")
    }

    def start(*arguments: str) -> subprocess.Popen[str]:
        program = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *arguments],
            env=os.environ | {"HOME": str(tmp_path / "home")} | folders,
            stdout=subprocess.PIPE,
            text=True,
        )
        programs.append(program)
        assert program.stdout.readline() == "ready\n"
        return program

    yield start
    for program in programs:
        program.kill()
        program.communicate()


def _marks(tmp_path: Path) -> list[Path]:
    return sorted(tmp_path.glob("home/STATE/qmix-gui/log/running/*.json"))


@linux_only
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_application_cleanly(start_program, tmp_path, number):
    program = start_program("nothing")
    assert len(_marks(tmp_path)) == 1
    program.send_signal(number)
    assert program.wait(WAIT_S) == 128 + number
    assert _marks(tmp_path) == []


@linux_only
def test_a_signal_stops_the_training_with_its_checkpoint(start_program, tmp_path, project_folder):
    program = start_program("real", str(project_folder))
    (child,) = psutil.Process(program.pid).children()
    program.terminate()
    assert program.wait(WAIT_S) == 128 + signal.SIGTERM
    assert not child.is_running()
    with ProjectStore.open(project_folder) as project:
        assert [run.status for run in project.runs.all()] == ["cancelled"]
        assert (project.runs.folder(1) / CHECKPOINT_FILE).is_file()


@linux_only
def test_a_killed_window_leaves_a_mark_and_no_training(start_program, tmp_path, project_folder):
    program = start_program("stand-in", str(project_folder))
    (child,) = psutil.Process(program.pid).children()
    program.kill()
    child.wait(WAIT_S)
    (mark,) = _marks(tmp_path)
    assert str(project_folder) in mark.read_text(encoding="utf-8")


@pytest.fixture
def lifetime(qapp, window, isolated_user_folders) -> Iterator[Lifetime]:
    lifetime = Lifetime(qapp, window)
    yield lifetime
    lifetime.end()


def _leave_mark(folder: Path, project: Path | None) -> None:
    """As a process leaves it that was killed."""
    SessionMark(folder).note_project(project)
    mark = next(folder.glob("*.json"))
    mark.write_text(mark.read_text().replace(f'"pid": {os.getpid()}', '"pid": 999999999'))


def test_after_an_unclean_end_the_project_is_offered_and_opened(
    qtbot, lifetime, window, isolated_user_folders, project_folder
):
    log = isolated_user_folders / "log"
    log.mkdir(parents=True)
    (log / "qmix-gui.log").write_text("what happened before\n", encoding="utf-8")
    _leave_mark(log / "running", project_folder)
    lifetime.begin()
    offer = lifetime.offer
    qtbot.waitUntil(offer.isVisible)
    assert not offer.report_edit.isVisible()
    qtbot.mouseClick(offer.report_button, Qt.MouseButton.LeftButton)
    assert offer.report_edit.isVisible()
    assert "what happened before" in offer.report_edit.toPlainText()
    qtbot.mouseClick(offer.accept_button, Qt.MouseButton.LeftButton)
    assert window.workspace.project.folder == project_folder


def test_a_declined_offer_opens_nothing_and_is_not_made_again(
    qtbot, lifetime, window, isolated_user_folders, project_folder
):
    folder = isolated_user_folders / "log" / "running"
    _leave_mark(folder, project_folder)
    lifetime.begin()
    qtbot.waitUntil(lifetime.offer.isVisible)
    qtbot.mouseClick(lifetime.offer.reject_button, Qt.MouseButton.LeftButton)
    assert window.workspace is None
    lifetime.end()
    assert list(folder.iterdir()) == []


def test_an_unclean_end_with_nothing_open_is_not_worth_a_question(lifetime, isolated_user_folders):
    _leave_mark(isolated_user_folders / "log" / "running", None)
    lifetime.begin()
    assert lifetime.offer is None


def test_the_end_of_the_session_stops_the_training_and_is_no_crash(
    qtbot, lifetime, window, isolated_user_folders, project_folder, child_command
):
    lifetime.begin()
    window.open_project(project_folder)
    folder = isolated_user_folders / "log" / "running"
    assert str(project_folder) in next(folder.glob("*.json")).read_text(encoding="utf-8")
    command = child_command("""
        sys.stdin.readline()
        say(RunFinished("cancelled", "As asked."))
    """)
    window.training.start_command(command)
    with qtbot.waitSignal(window.training.finished, timeout=20_000) as finished:
        lifetime._system_end.end_session()
    assert finished.args[:2] == ["cancelled", "As asked."]
    assert list(folder.iterdir()) == []
